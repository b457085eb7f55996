"""Data of a model that is not ours, and shapes that find two faults in it."""

from __future__ import annotations

SHAPES = """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
ex:Person a sh:NodeShape ; sh:targetClass ex:Human ; sh:property [ sh:path ex:name ; sh:minCount 1 ; sh:maxLength 5 ] .
"""

DATA = """@prefix ex: <http://example.org/> .

ex:ann a ex:Human ;
    ex:name "Ann" .

ex:bob a ex:Human .
<http://example.org/cec> a ex:Human ;
    ex:name "Cecilia" .
"""
