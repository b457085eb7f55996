// Checks files of Cypher with the parser of Neo4j's own editor and prints what it objects to: node read-cypher.js FILE…
"use strict";
const { readFileSync } = require("node:fs");
const { lintCypherQuery } = require("@neo4j-cypher/language-support");

const report = process.argv.slice(2).map((file) => {
  const statements = readFileSync(file, "utf8").split(/;\n/).filter((statement) => statement.trim());
  const problems = statements.flatMap((statement) => {
    const found = lintCypherQuery(statement, {});
    return (found.diagnostics ?? found).map(({ message }) => message);
  });
  return { statements: statements.length, problems };
});
console.log(JSON.stringify(report));
