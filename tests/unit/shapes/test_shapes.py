"""The shapes themselves: each rule fires where it must and nowhere else, and none is misspelt, unworded or untried."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from mandategraph.system import resources
from mandategraph.validate import validate
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node
from rule_examples import EXAMPLES, SHAPE, examples, expected, local, parsed, rules, shapes, targeted_shapes

MG = Namespace("https://w3id.org/mandategraph/ontology#")
# SHACL Core, whole (W3C Recommendation of 20 July 2017); an engine passes over any other term in silence.
# fmt: off
CORE = {
    "NodeShape", "PropertyShape", "IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral",
    "Violation", "Warning", "Info", "targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "property",
    "node", "path", "inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath", "severity",
    "message", "deactivated", "name", "description", "order", "group", "defaultValue", "class", "datatype", "nodeKind",
    "minCount", "maxCount", "minExclusive", "minInclusive", "maxExclusive", "maxInclusive", "minLength", "maxLength",
    "pattern", "flags", "languageIn", "uniqueLang", "equals", "disjoint", "lessThan", "lessThanOrEquals", "not", "and",
    "or", "xone", "qualifiedValueShape", "qualifiedValueShapesDisjoint", "qualifiedMinCount", "qualifiedMaxCount",
    "closed", "ignoredProperties", "hasValue", "in",
}
# fmt: on
IN_QUERIES = {"SPARQLConstraint", "sparql", "select", "prefixes"}  # SHACL-SPARQL, for rules across several things
PART_OF_A_LIST = {"entity-english-status"}  # rules that allow only some of the concepts of a list, on purpose


@cache
def ontology() -> Graph:
    return parsed(*resources.ontology_files())


@cache
def quads(file: Path) -> bytes:
    return ox.serialize(ox.parse(path=file, format=ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_QUADS) or b""


def fired(*files: Path) -> set[str]:
    return {finding.rule for finding in validate(b"".join(map(quads, files))).findings}


def name_of(example: Path) -> str:
    return f"{example.parent.name}/{example.stem}"


@pytest.mark.parametrize("example", [*examples("valid"), *examples("invalid")], ids=name_of)
def test_exactly_the_expected_rules_fire(example: Path) -> None:
    assert fired(EXAMPLES / "context.ttl", example) == expected(example)


def test_context_is_sound() -> None:
    assert fired(EXAMPLES / "context.ttl") == set()


def test_every_example_is_collected_and_says_what_it_is() -> None:
    assert set(EXAMPLES.rglob("*.ttl")) == {EXAMPLES / "context.ttl", *examples("valid"), *examples("invalid")}
    assert not [name_of(example) for example in examples("valid") if expected(example)]
    assert not [name_of(example) for example in examples("invalid") if not expected(example)]


def test_every_rule_has_a_failing_example() -> None:
    tried = set().union(*(expected(example) for example in examples("invalid")))
    assert tried == set(rules())


def test_every_targeted_shape_has_passing_and_failing_examples() -> None:
    targeted = {local(shape) for shape in targeted_shapes()}
    for kind in ("valid", "invalid"):
        assert {example.parent.name for example in examples(kind)} == targeted


def test_there_are_as_many_examples_and_rules_as_ever() -> None:
    assert len(rules()) >= 100
    assert len(examples("invalid")) >= 150
    assert len(examples("valid")) >= 40


def test_only_terms_of_shacl() -> None:
    used = {str(term) for triple in shapes() for term in triple if isinstance(term, URIRef)}
    ours = {term.removeprefix(str(SH)) for term in used if term.startswith(str(SH))}
    assert ours <= CORE | IN_QUERIES


def test_shapes_have_names_and_are_used() -> None:
    kinds = [kind for shape in (SH.NodeShape, SH.PropertyShape) for kind in shapes().subjects(RDF.type, shape)]
    assert all(isinstance(shape, URIRef) and str(shape).startswith(SHAPE) for shape in kinds)
    nested = {member for head in shapes().objects(None, SH["or"]) for member in Collection(shapes(), head)}
    nested |= {member for head in shapes().objects(None, SH.xone) for member in Collection(shapes(), head)}
    for predicate in (SH.property, SH.node, SH.qualifiedValueShape):
        nested |= set(shapes().objects(None, predicate))
    targeted = targeted_shapes()
    assert set(kinds) == nested | targeted


def test_every_rule_has_a_severity_and_a_message_in_both_languages() -> None:
    for name, rule in rules().items():
        assert len(set(shapes().objects(rule, SH.severity))) == 1, name
        messages = [text for text in shapes().objects(rule, SH.message) if isinstance(text, Literal)]
        assert sorted(str(text.language) for text in messages) == ["en", "zh"], name
        assert all(str(text).rstrip().endswith((".", "。")) for text in messages), name


def members(scheme: Node) -> set[Node]:
    return set(ontology().subjects(SKOS.inScheme, scheme))


def allowed(rule: URIRef) -> Iterable[Node]:
    head = shapes().value(rule, SH["in"])
    return Collection(shapes(), head) if head is not None else ()


def test_lists_of_values_are_those_of_the_vocabulary() -> None:
    schemes = [members(scheme) for scheme in ontology().subjects(RDF.type, SKOS.ConceptScheme)]
    closed = {name: set(allowed(rule)) for name, rule in rules().items()}
    closed = {name: values for name, values in closed.items() if any(isinstance(value, URIRef) for value in values)}
    assert len(closed) >= 14
    for name, values in closed.items():
        if name in PART_OF_A_LIST:
            assert any(values < scheme for scheme in schemes), name
        else:
            assert values in schemes, f"{name} and its vocabulary differ"


def test_evidence_is_asked_of_every_kind_of_statement() -> None:
    asked = set(shapes().objects(URIRef(SHAPE + "Statement"), SH.targetClass))
    kinds = set(ontology().subjects(RDFS.subClassOf, MG.Statement))
    assert asked == kinds - {MG.Name}, "names have a rule of their own, NameSource"


def test_blank_nodes_are_only_lists_and_paths() -> None:
    for node in {subject for subject in shapes().subjects() if isinstance(subject, BNode)}:
        assert set(shapes().predicates(node, None)) <= {RDF.first, RDF.rest, SH.inversePath, SH.alternativePath}


def test_every_property_shape_is_named_in_both_languages() -> None:
    for shape in shapes().subjects(SH.path):
        names = [name for name in shapes().objects(shape, SH.name) if isinstance(name, Literal) and name.strip()]
        assert sorted(str(name.language) for name in names) == ["en", "zh"], shape


def test_every_class_and_every_property_of_the_ontology_is_covered() -> None:
    """Classes by a target on them or on a class above, properties by the path of a rule."""
    targets = {one for name in (SH.targetClass, SH.targetSubjectsOf) for one in shapes().objects(None, name)}
    classes = [term for term in ontology().subjects(RDF.type, OWL.Class) if str(term).startswith(str(MG))]
    bare = {kind for kind in classes if not targets & set(ontology().transitive_objects(kind, RDFS.subClassOf))}
    assert not bare, "classes without a shape"
    walked = {step for path in shapes().objects(None, SH.path) for step in steps(path)}
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    properties = {
        term for kind in kinds for term in ontology().subjects(RDF.type, kind) if str(term).startswith(str(MG))
    }
    assert len(classes) >= 50 and len(properties) >= 160
    assert sorted(map(str, properties - walked)) == [], "properties without a rule"


def steps(path: Node) -> set[Node]:
    """The properties that a path is made of."""
    if isinstance(path, URIRef):
        return {path}
    return set().union(*(steps(part) for _, _, part in shapes().triples((path, None, None))))
