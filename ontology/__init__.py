"""The terms of the graph, in Turtle.

`prefixes.ttl` is the only list of prefixes. `core.ttl` names actors, meetings, documents, the places in
them and elements; `process.ttl` names what documents say about a process; `provenance.ttl` names
statements, evidence, names and judgements. `vocabularies/` holds the SKOS lists of allowed values, one
file a list; `alignments/` the links to the models of others. See README.md in this folder.
"""
