"""Stored SPARQL queries: one `.rq` file for one kind of question, and `derive/` for the rules behind derived statements."""
