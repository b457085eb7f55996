"""Analyses of the network of meetings: what must reach whom by when, and what follows when a meeting moves.

Works on any store through SPARQL. Every analysis gives an ``Answer`` with basis *derived*, the rule in its note and
the places in the sources row by row; ``dispatch`` lists them all.
"""
