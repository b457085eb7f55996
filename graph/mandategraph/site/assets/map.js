/* The map: filter by topic, body and firmness; follow a chain; move between meetings by keyboard.
   Without this script the map and its table stay as they are. */
"use strict";
(function () {
  var drawing = document.getElementById("drawing");
  var form = document.getElementById("filters");
  var shown = document.getElementById("shown");
  var meetings = Array.from(drawing.querySelectorAll("a.meeting"));
  var inputs = Array.from(drawing.querySelectorAll("g.input"));
  var rows = Array.from(document.querySelectorAll("#rows tbody tr"));
  var bodies = {};
  meetings.forEach(function (one) { bodies[one.id] = one.dataset.body; });
  form.hidden = false;

  function held(value, wanted) { return !wanted || value === wanted; }

  /* Everything that leads to a meeting ("from" the inputs that name it as "to"), or follows from it. */
  function reached(start, near, far) {
    var found = new Set([start]);
    var next = [start];
    while (next.length) {
      var here = next.pop();
      inputs.forEach(function (input) {
        var there = input.dataset[far];
        if (input.dataset[near] === here && there && !found.has(there)) {
          found.add(there);
          next.push(there);
        }
      });
    }
    return found;
  }

  function chainOf(start, direction) {
    var up = direction === "down" ? new Set([start]) : reached(start, "to", "from");
    var down = direction === "up" ? new Set([start]) : reached(start, "from", "to");
    return function (one) {
      return (direction !== "down" && up.has(one.dataset.to)) || (direction !== "up" && down.has(one.dataset.from));
    };
  }

  function chosen() {
    var values = {};
    new FormData(form).forEach(function (value, name) { values[name] = value; });
    var inChain = values.chain ? chainOf(values.chain, values.direction) : function () { return true; };
    var any = values.element || values.body || values.modality || values.chain;
    return {
      any: Boolean(any),
      chain: values.chain,
      body: values.body,
      fits: function (one) {
        return held(one.dataset.modality, values.modality) &&
          (!values.element || one.dataset.elements.split(" ").indexOf(values.element) >= 0) &&
          (!values.body || bodies[one.dataset.from] === values.body || bodies[one.dataset.to] === values.body) &&
          inChain(one);
      }
    };
  }

  function apply() {
    var now = chosen();
    var ends = new Set(now.chain ? [now.chain] : []);
    inputs.forEach(function (input) {
      var fits = now.fits(input);
      input.classList.toggle("off", !fits);
      input.classList.toggle("on", now.any && fits);
      if (fits) {
        ends.add(input.dataset.from);
        if (input.dataset.to) ends.add(input.dataset.to);
      }
    });
    meetings.forEach(function (one) {
      var fits = !now.any || ends.has(one.id) || (now.body && !now.chain && one.dataset.body === now.body);
      one.classList.toggle("off", !fits);
      one.classList.toggle("on", one.id === now.chain);
    });
    var count = 0;
    rows.forEach(function (row) {
      row.hidden = !now.fits(row);
      count += row.hidden ? 0 : 1;
    });
    shown.textContent = form.dataset.shown.replace("{inputs}", count).replace("{meetings}", ends.size);
  }

  /* Point at a meeting, or reach it by keyboard, and what touches it stands out. */
  function touch(id, on) {
    inputs.forEach(function (input) {
      if (input.dataset.from === id || input.dataset.to === id) input.classList.toggle("near", on);
    });
  }

  function place(one) {
    var box = one.querySelector("rect").getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  }

  /* The nearest meeting in a direction; what lies off to the side counts for further away. */
  function beside(from, key) {
    var here = place(from), across = key === "ArrowLeft" || key === "ArrowRight";
    var sign = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
    var best = null, least = Infinity;
    meetings.forEach(function (one) {
      if (one === from || one.classList.contains("off") || !one.getAttribute("href")) return;
      var there = place(one);
      var along = sign * (across ? there.x - here.x : there.y - here.y);
      var aside = Math.abs(across ? there.y - here.y : there.x - here.x);
      if (along > 1 && along + 3 * aside < least) {
        least = along + 3 * aside;
        best = one;
      }
    });
    return best;
  }

  function follow(id) {
    form.elements.chain.value = form.elements.chain.value === id ? "" : id;
    apply();
  }

  meetings.forEach(function (one) {
    ["mouseenter", "focus"].forEach(function (name) { one.addEventListener(name, function () { touch(one.id, true); }); });
    ["mouseleave", "blur"].forEach(function (name) { one.addEventListener(name, function () { touch(one.id, false); }); });
    one.addEventListener("keydown", function (event) {
      var next = /^Arrow/.test(event.key) ? beside(one, event.key) : null;
      if (next) {
        event.preventDefault();
        next.focus();
        next.scrollIntoView({ block: "nearest", inline: "center" });
      } else if (event.key === " ") {
        event.preventDefault();
        follow(one.id);
      }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") form.reset();
  });
  form.addEventListener("change", apply);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(apply, 0); });

  /* map.html#meeting-WG2020-3 follows the chain of that meeting. */
  function fromAddress() {
    var id = decodeURIComponent(location.hash.slice(1));
    var one = id && document.getElementById(id);
    if (!one || meetings.indexOf(one) < 0) return;
    form.elements.chain.value = id;
    one.scrollIntoView({ block: "center", inline: "center" });
  }
  window.addEventListener("hashchange", function () { fromAddress(); apply(); });
  /* A narrow screen opens where the first meeting is that hands something on. */
  function begin() {
    var first = Math.min.apply(null, inputs.map(function (one) {
      return Number(document.getElementById(one.dataset.from).querySelector("rect").getAttribute("x"));
    }));
    var chart = drawing.parentNode;
    if (isFinite(first)) chart.scrollLeft = Math.max(0, first - chart.clientWidth / 3);
  }
  begin();
  fromAddress();
  apply();
})();
