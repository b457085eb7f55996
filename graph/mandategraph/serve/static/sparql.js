// The SPARQL page: runs the query without leaving, shows the answer as a table with links, an error at its line.
"use strict";

(() => {
  const ROOT = "https://w3id.org/mandategraph/";
  const ROWS = ["csv", "tsv", "json", "xml", "html", "md"];
  const GRAPHS = ["ttl", "jsonld", "nt", "rdf", "trig"];
  const ACCEPT = "application/sparql-results+json, text/turtle;q=0.9, application/problem+json;q=0.5";
  const SHOWN = 1000;
  const byId = (id) => document.getElementById(id);
  const [form, query, lines, problem] = ["ask", "query", "lines", "problem"].map(byId);
  const [result, told, table, downloads] = ["result", "told", "table", "downloads"].map(byId);
  const [examples, share, stop, run] = ["examples", "share", "stop", "run"].map(byId);
  const language = document.documentElement.lang.slice(0, 2);
  const words = JSON.parse(form.dataset.words);
  let going = null;
  let prefixes = [];

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const make = (name, text, properties = {}) => Object.assign(document.createElement(name), { textContent: text }, properties);
  const address = (format) =>
    "/sparql?" + new URLSearchParams(format ? { query: query.value, format } : { query: query.value });

  function number(here) {
    const count = query.value.split("\n").length;
    lines.replaceChildren(
      ...Array.from({ length: count }, (_, at) =>
        make("span", `${at + 1}\n`, { className: at + 1 === here ? "here" : "" })),
    );
    lines.scrollTop = query.scrollTop;
  }

  function complain(words, line, column) {
    problem.hidden = false;
    result.hidden = true;
    problem.textContent = words;
    query.setAttribute("aria-invalid", "true");
    number(line);
    if (!line) return;
    const before = query.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    const at = before + (column || 1) - 1;
    query.focus();
    query.setSelectionRange(at, Math.min(at + 1, query.value.length));
    const height = query.scrollHeight / query.value.split("\n").length;
    query.scrollTop = Math.max(0, (line - 4) * height);
    lines.scrollTop = query.scrollTop;
  }

  function short(iri) {
    const found = prefixes.find(([, space]) => iri.startsWith(space) && /^[\w.-]*$/.test(iri.slice(space.length)));
    return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
  }

  function linked(iri) {
    const ours = iri.startsWith(ROOT + "id/") || iri.startsWith(ROOT + "graph/");
    if (!ours && !/^https?:/.test(iri)) return document.createTextNode(iri);
    return make("a", short(iri), { href: ours ? "/" + iri.slice(ROOT.length) : iri, title: iri, rel: "noreferrer" });
  }

  function cell(term) {
    const made = document.createElement("td");
    if (!term) return made;
    if (term.type === "uri") made.append(linked(term.value));
    else made.append(term.type === "bnode" ? `_:${term.value}` : term.value);
    if (term["xml:lang"]) made.append(" ", make("small", term["xml:lang"]));
    return made;
  }

  function rows(content) {
    if ("boolean" in content) return make("p", content.boolean ? words.yes : words.no);
    const whole = document.createElement("table");
    const head = whole.createTHead().insertRow();
    head.append(...content.head.vars.map((name) => make("th", name, { scope: "col" })));
    const body = whole.createTBody();
    for (const row of content.results.bindings.slice(0, SHOWN)) {
      body.insertRow().append(...content.head.vars.map((name) => cell(row[name])));
    }
    return whole;
  }

  function links(formats) {
    downloads.querySelectorAll("a").forEach((old) => old.remove());
    downloads.append(...formats.map((name) => make("a", name, { href: address(name), download: `result.${name}` })));
  }

  function count(response, shown) {
    const total = Number(response.headers.get("X-Result-Rows") || 0);
    const cut = response.headers.get("X-Result") === "truncated";
    const first = shown !== null && total > shown ? filled(words.first, { shown }) : "";
    return filled(total === 1 ? words.row : words.rows, { total, first, cut: cut ? words.cut : "" });
  }

  async function show(response) {
    const kind = response.headers.get("Content-Type") || "";
    if (!response.ok) {
      const said = kind.includes("json") ? await response.json() : { detail: await response.text() };
      complain(said.detail, said.line, said.column);
      return;
    }
    if (kind.includes("sparql-results+json")) {
      table.replaceChildren(rows(await response.json()));
      links(ROWS);
      told.textContent = count(response, SHOWN);
    } else {
      table.replaceChildren(make("pre", await response.text()));
      links(GRAPHS);
      told.textContent = count(response, null);
    }
    result.hidden = false;
  }

  async function ask() {
    if (going) going.abort();
    const mine = (going = new AbortController());
    problem.hidden = true;
    query.removeAttribute("aria-invalid");
    number();
    stop.hidden = false;
    history.replaceState(null, "", address());
    share.href = address();
    share.hidden = false;
    try {
      const headers = { Accept: ACCEPT, "Content-Type": "application/sparql-query" };
      await show(await fetch("/sparql", { method: "POST", headers, body: query.value, signal: mine.signal }));
    } catch (error) {
      if (error.name !== "AbortError") complain(words.silent);
    }
    if (going === mine) {
      going = null;
      stop.hidden = true;
    }
  }

  async function offer() {
    const listed = await (await fetch("/api", { headers: { Accept: "application/json" } })).json();
    const text = (one) => `${one.ids.join(" ")} ${one.question[language] || one.question.en}`.trim();
    listed.sort((one, other) => text(one).localeCompare(text(other)));
    examples.append(...listed.map((one) => make("option", text(one), { value: one.name })));
  }

  async function choose() {
    const chosen = examples.value;
    if (!chosen) return;
    const got = await fetch(`/api/${chosen}.rq`).catch(() => null);
    if (examples.value !== chosen) return;  // another was chosen while this one was on its way
    if (!got || !got.ok) {
      complain(words.silent);
      return;
    }
    const text = await got.text();
    query.value = text.split("\n").filter((line) => !line.startsWith("#+")).join("\n").trim() + "\n";
    query.scrollTop = 0;
    await ask();
  }

  function keys(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      ask();
    }
  }

  prefixes = [...document.querySelectorAll("form code[title]")]
    .map((one) => [one.textContent.slice(0, -1), one.title])
    .sort((one, other) => other[1].length - one[1].length);
  document.querySelectorAll(".plain").forEach((one) => one.remove());
  if (query.value === "" && location.hash.length > 1) {
    query.value = new URLSearchParams(location.hash.slice(1)).get("query") || "";
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  form.addEventListener("keydown", keys);
  examples.addEventListener("change", choose);
  stop.addEventListener("click", () => going && going.abort());
  query.addEventListener("input", () => number());
  query.addEventListener("scroll", () => { lines.scrollTop = query.scrollTop; });
  window.addEventListener("hashchange", () => {
    const given = new URLSearchParams(location.hash.slice(1)).get("query");
    if (given) { query.value = given; ask(); }
  });
  number();
  offer().catch(() => { examples.disabled = true; });
  if (form.dataset.run) ask();
})();
