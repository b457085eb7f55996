"""Derivation: what follows from the statements of all documents together and needs more than a CONSTRUCT rule.

Runs on the filled store, after the rules in `queries/derive/`; what it finds goes to the derived graph.
"""
