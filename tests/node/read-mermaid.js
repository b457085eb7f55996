// Parses a flowchart with Mermaid and prints its vertices and edges: node read-mermaid.js FILE
"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { pathToFileURL } = require("node:url");
const { JSDOM } = require("jsdom");

async function main() {
  const { window } = new JSDOM("<!doctype html><body></body>");
  globalThis.window = window;
  globalThis.document = window.document;
  const place = join(process.env.NODE_PATH, "mermaid", "dist", "mermaid.core.mjs");
  const { default: mermaid } = await import(pathToFileURL(place));
  mermaid.initialize({ startOnLoad: false, maxEdges: 1e6, maxTextSize: 1e9 });
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(readFileSync(process.argv[2], "utf8"));
  const vertices = [...diagram.db.getVertices().values()];
  console.log(JSON.stringify({
    nodes: vertices.map(({ id, text, link, classes }) => ({ id, text, link, classes })),
    edges: diagram.db.getEdges().map(({ id, start, end, text, stroke }) => ({ id, start, end, text, stroke })),
  }));
}

main().catch((error) => { console.error(error); process.exit(1); });
