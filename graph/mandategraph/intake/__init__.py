"""Intake: published records become records of our model.

Bytes become rows (`jsonrows`, `csvrows`, `xlsxrows`, `atomrows`), each value with its line. A kind of source
(`kinds`, `mapping`) says by a declarative mapping what each field of a row is; `slots` empties the row by it, and what
is left over is reported. Makers (`meetings`, `documents`, `paragraphs`) turn what stands in the slots into records with
evidence; `release` gathers them into one extraction for each source. Nothing is dropped or put right in silence.
RDF of others (`rdf`) is taken as it is.
"""
