/* Search over window.mandategraphPages: part of a phrase, in either script, width and spaces ignored.
   An entry is [path, kind, code, titles by language, other names, other words]. */
"use strict";
(function () {
  var MOST = 60;
  var form = document.getElementById("search");
  var field = document.getElementById("sought");
  var list = document.getElementById("found");
  var count = document.getElementById("count");
  var kinds = JSON.parse(document.getElementById("kinds").textContent);
  var language = document.documentElement.lang.slice(0, 2);
  var chinese = language === "zh";
  var IDEOGRAPH = /[\u3400-\u9fff\uf900-\ufaff]/;

  /* One width and case, no spaces, brackets or quotation marks, one kind of dash, no leading zeros. */
  function folded(text) {
    return text.normalize("NFKC").toLowerCase()
      .replace(/[\u2010-\u2015\u2212]/g, "-")
      .replace(/[\s()\[\]{}<>"'«»“”‘’「」『』《》〈〉【】…]+/g, "")
      .replace(/(^|[^0-9])0+(?=[0-9])/g, "$1");
  }

  function titles(entry) {
    return Object.keys(entry[3]).map(function (one) { return entry[3][one]; });
  }

  var entries = window.mandategraphPages.map(function (entry) {
    return {
      entry: entry,
      names: [entry[2]].concat(titles(entry), entry[4]).filter(Boolean).map(folded),
      words: entry[5].map(folded),
      title: entry[3][language] || titles(entry)[0] || entry[2]
    };
  });

  /* 0 a whole name, 1 its beginning, 2 inside a name, 3 in other words, 4 each word apart; -1 not at all. */
  function rank(item, sought, each) {
    var best = -1;
    item.names.forEach(function (name) {
      var at = name.indexOf(sought);
      if (at < 0) return;
      var fit = name === sought ? 0 : at === 0 ? 1 : 2;
      if (best < 0 || fit < best) best = fit;
    });
    if (best >= 0) return best;
    if (item.words.some(function (text) { return text.indexOf(sought) >= 0; })) return 3;
    if (each.length < 2) return -1;
    var all = item.names.concat(item.words).join("\n");
    return each.every(function (one) { return all.indexOf(one) >= 0; }) ? 4 : -1;
  }

  /* The other name or words that hold what was sought, when the title does not. */
  function reason(item, sought) {
    if (folded(item.title).indexOf(sought) >= 0 || folded(item.entry[2]) === sought) return "";
    var texts = titles(item.entry).concat(item.entry[4], item.entry[5]);
    return texts.find(function (text) { return text && folded(text).indexOf(sought) >= 0; }) || "";
  }

  function worded(tag, text, name) {
    var element = document.createElement(tag);
    element.textContent = text;
    if (name) element.className = name;
    if (chinese !== IDEOGRAPH.test(text) && /[a-z]{3}|[\u3400-\u9fff]/i.test(text)) element.lang = chinese ? "en" : "zh-Hans";
    return element;
  }

  function line(item, sought) {
    var row = document.createElement("li");
    var link = worded("a", item.title);
    link.setAttribute("href", item.entry[0].split("/").map(encodeURIComponent).join("/"));
    row.appendChild(link);
    var code = item.entry[2];
    if (code !== item.title && /^[^a-z.]+$/.test(code)) {  /* a code that people know, not one made of words or a place */
      row.appendChild(document.createTextNode(" "));
      row.appendChild(worded("span", code, "code"));
    }
    row.appendChild(document.createTextNode(" "));
    row.appendChild(worded("span", kinds[item.entry[1]] || item.entry[1], "kind"));
    var why = reason(item, sought);
    if (why) row.appendChild(worded("p", why, "why"));
    return row;
  }

  function find() {
    var sought = folded(field.value);
    list.textContent = "";
    count.textContent = "";
    if (!sought) return;
    var each = field.value.split(/\s+/).map(folded).filter(Boolean);
    var found = [];
    entries.forEach(function (item, place) {
      var fit = rank(item, sought, each);
      if (fit >= 0) found.push([fit, item.title.length, place, item]);
    });
    found.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]; });
    found.slice(0, MOST).forEach(function (one) { list.appendChild(line(one[3], sought)); });
    count.textContent = found.length ? form.dataset.count.replace("{count}", found.length) : form.dataset.none;
    if (found.length > MOST) count.textContent += " " + form.dataset.more.replace("{shown}", MOST);
  }

  field.value = new URLSearchParams(location.search).get("q") || "";
  field.addEventListener("input", find);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    find();
  });
  find();
})();
