"""Turns shapes into SPARQL: each constraint becomes a condition on values, a condition on focus nodes, or a pattern of
what breaks it; `plan` puts those of one target into as few SELECTs as it can.

The semantics are those of the W3C Recommendation "Shapes Constraint Language (SHACL)" of 20 July 2017, Core and
SHACL-SPARQL.
"""
