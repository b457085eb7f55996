// Checks a file of Cypher with the parser of Neo4j's own editor and prints what it objects to, statement by statement:
// node read-cypher.js FILE
"use strict";
const { readFileSync } = require("node:fs");
const { lintCypherQuery } = require("@neo4j-cypher/language-support");

const text = readFileSync(process.argv[2], "utf8");
const statements = text.split(/;\n/).filter((statement) => statement.trim());
const problems = [];
for (const [number, statement] of statements.entries()) {
  const found = lintCypherQuery(statement, {});
  for (const { message, severity } of found.diagnostics ?? found) problems.push({ number, message, severity });
}
console.log(JSON.stringify({ statements: statements.length, problems }));
