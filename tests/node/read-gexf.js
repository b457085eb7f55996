// Reads a GEXF file by graphology and prints what it holds: node read-gexf.js FILE
"use strict";
const { readFileSync } = require("node:fs");
const { MultiDirectedGraph } = require("graphology");
const gexf = require("graphology-gexf");

const graph = gexf.parse(MultiDirectedGraph, readFileSync(process.argv[2], "utf8"));
// What it takes from <viz:...>, beside the columns.
const looks = ["color", "size", "shape"];
let colours = 0;
const cells = (attributes) => {
  if (attributes.color) colours += 1;
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !looks.includes(name)));
};
console.log(JSON.stringify({
  type: graph.type,
  multi: graph.multi,
  nodes: Object.fromEntries(graph.mapNodes((id, attributes) => [id, cells(attributes)])),
  edges: Object.fromEntries(graph.mapEdges((id, attributes) => [id, cells(attributes)])),
  ends: Object.fromEntries(graph.mapEdges((id, _, source, target) => [id, [source, target]])),
  colours,
}));
