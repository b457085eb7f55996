"""Random data and random shapes, as Turtle without its prefixes."""

from __future__ import annotations

from hypothesis import strategies as st

PREFIXES = """@prefix ex: <http://example.org/> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""

NODES = ["ex:a", "ex:b", "ex:c", "ex:d", "_:n"]
CLASSES = ["ex:C", "ex:D", "ex:E"]
PROPERTIES = ["ex:p", "ex:q", "ex:r"]
LITERALS = ["1", "2", "5", '"x"', '"yy"', '"x"@en', '"y"@en', '"x"@de', '"2020-01-01"^^xsd:date',
            '"2021-01-01"^^xsd:date', "true"]  # fmt: skip

names = st.sampled_from(PROPERTIES)
values = st.sampled_from([*NODES[:4], *LITERALS])
constants = st.sampled_from([*NODES[:4], *LITERALS])
classes = st.sampled_from(CLASSES)


@st.composite
def data(draw: st.DrawFn) -> str:
    facts = draw(st.lists(st.tuples(st.sampled_from(NODES), names, st.one_of(values, st.just("_:n"))), max_size=14))
    types = draw(st.lists(st.tuples(st.sampled_from(NODES), st.just("a"), classes), max_size=6))
    below = draw(st.lists(st.tuples(classes, st.just("rdfs:subClassOf"), classes), max_size=2))
    return "\n".join(" ".join(triple) + " ." for triple in [*facts, *types, *below])


def paths() -> st.SearchStrategy[str]:
    def more(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.one_of(
            inner.map(lambda path: f"[ sh:inversePath {path} ]"),
            st.tuples(inner, inner).map(lambda two: f"( {' '.join(two)} )"),
            st.tuples(inner, inner).map(lambda two: f"[ sh:alternativePath ( {' '.join(two)} ) ]"),
            inner.map(lambda path: f"[ sh:zeroOrMorePath {path} ]"),
            inner.map(lambda path: f"[ sh:oneOrMorePath {path} ]"),
            inner.map(lambda path: f"[ sh:zeroOrOnePath {path} ]"),
        )

    return st.one_of(names, names, more(names), more(more(names)))


def on_values() -> st.SearchStrategy[str]:
    few = st.lists(constants, min_size=1, max_size=3, unique=True)
    return st.one_of(
        classes.map("sh:class {}".format),
        st.sampled_from(["xsd:integer", "xsd:string", "xsd:date", "xsd:boolean"]).map("sh:datatype {}".format),
        st.sampled_from(["IRI", "Literal", "BlankNode", "IRIOrLiteral", "BlankNodeOrIRI"]).map(
            "sh:nodeKind sh:{}".format
        ),
        few.map(lambda found: f"sh:in ( {' '.join(found)} )"),
        st.sampled_from(["sh:minInclusive 2", "sh:maxExclusive 5", "sh:minExclusive 1", "sh:maxInclusive 2"]),
        st.sampled_from(["sh:minLength 2", "sh:maxLength 1", 'sh:pattern "^x"', 'sh:pattern "X" ; sh:flags "i"']),
        st.sampled_from(['sh:languageIn ( "en" )', 'sh:languageIn ( "de" "en" )']),
        names.map("sh:equals {}".format),
        names.map("sh:disjoint {}".format),
        constants.map("sh:hasValue {}".format),
        st.just("sh:closed true ; sh:ignoredProperties ( ex:p <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> )"),
    )


def on_properties() -> st.SearchStrategy[str]:
    return st.one_of(
        st.sampled_from(["sh:minCount 1", "sh:minCount 2", "sh:maxCount 0", "sh:maxCount 1", "sh:uniqueLang true"]),
        names.map("sh:lessThan {}".format),
        names.map("sh:lessThanOrEquals {}".format),
    )


@st.composite
def property_shape(draw: st.DrawFn, depth: int) -> str:
    parts = draw(st.lists(st.one_of(on_properties(), constraints(depth)), min_size=1, max_size=3, unique_by=_kind))
    return f"sh:path {draw(paths())} ; " + " ; ".join(parts)


def _kind(part: str) -> str:
    return part.split()[0]


def constraints(depth: int) -> st.SearchStrategy[str]:
    """A constraint, with shapes inside shapes down to some depth."""
    if not depth:
        return on_values()
    inner = st.one_of(constraints(depth - 1), property_shape(depth - 1)).map(lambda part: f"[ {part} ]")
    two = st.tuples(inner, inner).map(" ".join)
    return st.one_of(
        on_values(),
        constraints(depth - 1).map("sh:node [ {} ]".format),
        inner.map("sh:not {}".format),
        two.map("sh:and ( {} )".format),
        two.map("sh:or ( {} )".format),
        two.map("sh:xone ( {} )".format),
        property_shape(depth - 1).map("sh:property [ {} ]".format),
        st.tuples(paths(), inner, st.sampled_from(["Min", "Max"]), st.sampled_from([1, 2])).map(
            lambda made: "sh:property [ sh:path {} ; sh:qualifiedValueShape {} ; sh:qualified{}Count {} ]".format(*made)
        ),
    )


@st.composite
def shapes(draw: st.DrawFn) -> str:
    target = draw(
        st.one_of(
            classes.map("sh:targetClass {}".format),
            constants.map("sh:targetNode {}".format),
            names.map("sh:targetSubjectsOf {}".format),
            names.map("sh:targetObjectsOf {}".format),
        )
    )
    parts = draw(st.lists(constraints(2), min_size=1, max_size=3, unique_by=_kind))
    return f"ex:S a sh:NodeShape ; {target} ; {' ; '.join(parts)} ."
