"""Stored SPARQL queries: one `.rq` file for one kind of question; `derive/` holds the rules of derived statements."""
