// Loads a .cyjs file into Cytoscape.js without a page and prints what it holds: node read-cyjs.js FILE [STYLE]
"use strict";
const { readFileSync } = require("node:fs");
const cytoscape = require("cytoscape");

const [file, style] = process.argv.slice(2);
const { elements } = JSON.parse(readFileSync(file, "utf8"));
const options = { headless: true, styleEnabled: Boolean(style), elements };
if (style) options.style = JSON.parse(readFileSync(style, "utf8"));
const graph = cytoscape(options);
const dashed = style ? graph.edges().filter((edge) => edge.style("line-style") === "dashed").length : null;
console.log(JSON.stringify({
  nodes: graph.nodes().map((node) => node.data()),
  edges: graph.edges().map((edge) => edge.data()),
  dashed,
}));
graph.destroy();  // else its timers keep the process alive
