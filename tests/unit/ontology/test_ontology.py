"""The ontology: whole, in both languages, with one list of prefixes, and consistent under a real reasoner."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from functools import cache
from html import unescape
from importlib.resources.abc import Traversable
from pathlib import Path

import mandategraph
import pyoxigraph as ox
import pytest
import shipped
from mandategraph.export.ontology_page import ASKED, ontology_page
from mandategraph.rdf import namespaces
from mandategraph.system import resources
from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

MG = Namespace("https://w3id.org/mandategraph/ontology#")
MGV = Namespace("https://w3id.org/mandategraph/value#")
SCHEMA = Namespace("https://schema.org/")
ONTOLOGY = URIRef("https://w3id.org/mandategraph/ontology")
README = Path(__file__).parents[3] / "ontology" / "README.md"
CONTEXT = Path(__file__).parents[2] / "shapes" / "context.ttl"
VANN = Namespace("http://purl.org/vocab/vann/")
RENAMED = README.with_name("renamed.tsv")
ALIGNED = (
    RDFS.subPropertyOf, OWL.equivalentProperty, SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch,
)  # fmt: skip
TERMS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


@cache
def ontology() -> Graph:
    return parsed(resources.ontology_files())


def parsed(files: list[Traversable]) -> Graph:
    graph = Graph()
    for file in files:
        graph.parse(data=file.read_text(encoding="utf-8"), format="turtle")
    return graph


def ours(node: Node) -> bool:
    return isinstance(node, URIRef) and str(node).startswith((str(MG), str(MGV)))


def of_type(*types: URIRef) -> set[Node]:
    return {term for kind in types for term in ontology().subjects(RDF.type, kind) if ours(term)}


def defined() -> set[Node]:
    return of_type(*TERMS, OWL.AnnotationProperty, SKOS.Concept, SKOS.ConceptScheme)


def languages(term: Node, predicate: URIRef) -> list[str]:
    texts = [text for text in ontology().objects(term, predicate) if isinstance(text, Literal)]
    return sorted(str(text.language) for text in texts if str(text).strip())


def test_every_property_is_said_to_be_used_on_what_it_is_used_on() -> None:
    """For each thing of the shipped graph: one of its types is under what the property is said of."""
    used = shipped.ask(
        "DISTINCT ?p ?x ?t WHERE { GRAPH ?g { ?x ?p ?v } GRAPH ?h { ?x a ?t } FILTER(?h != graph:ontology) }"
    )
    types: dict[tuple[str, str], set[str]] = {}
    for name, thing, kind in used:
        types.setdefault((name, thing), set()).add(kind)
    wrong = set()
    for (name, _), kinds in types.items():
        said = {*ontology().objects(MG[name], RDFS.domain), *ontology().objects(MG[name], SCHEMA.domainIncludes)}
        under = {above for kind in kinds for above in ontology().transitive_objects(MG[kind], RDFS.subClassOf)}
        if said and not said & under:
            wrong.add((name, *sorted(kinds)))
    assert wrong == set()


def test_every_interpretation_has_a_note_or_a_reason_as_the_ontology_says() -> None:
    silent = "?x WHERE { ?x mg:basis mgv:interpretation FILTER NOT EXISTS { ?x mg:explanatoryNote|mg:reason ?words } }"
    assert shipped.ask(silent) == set()
    for text in ontology().objects(MG.explanatoryNote, SKOS.definition):
        assert "mg:reason" in text


def test_it_can_be_asked_as_its_readme_and_its_page_say() -> None:
    (query,) = re.findall(r"```sparql\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert query == ASKED
    assert all(ASKED in unescape(ontology_page(language, shipped.opened())) for language in ("en", "zh"))
    found = shipped.ask(query.partition("SELECT ")[2])
    assert found and {kind for _, kind, _ in found} == {"ScheduleStatement"}
    assert not shipped.ask("?x WHERE { ?x a mg:Statement }") and not shipped.ask("?x WHERE { ?x mg:fedBy ?y }")


def test_there_is_something_here() -> None:
    assert len(of_type(OWL.Class)) >= 50
    assert len(of_type(OWL.ObjectProperty, OWL.DatatypeProperty)) >= 90
    assert len(of_type(SKOS.ConceptScheme)) >= 24
    assert (ONTOLOGY, OWL.versionInfo, Literal("0.1.0")) in ontology()
    licence = URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert (ONTOLOGY, DCTERMS.license, licence) in ontology()
    assert languages(ONTOLOGY, DCTERMS.title) == languages(ONTOLOGY, DCTERMS.description) == ["en", "zh"]
    assert (ONTOLOGY, OWL.versionIRI, URIRef(f"{ONTOLOGY}/0.1.0")) in ontology()
    created, modified = (str(ontology().value(ONTOLOGY, name)) for name in (DCTERMS.created, DCTERMS.modified))
    assert date.fromisoformat(created) <= date.fromisoformat(modified)
    assert ontology().value(ONTOLOGY, DCTERMS.creator)
    assert str(ontology().value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "mg"
    assert str(ontology().value(ONTOLOGY, VANN.preferredNamespaceUri)) == namespaces.ONTOLOGY


# Words that mean nothing of their own, or that SPARQL and Python keep for themselves.
PREPOSITIONS = frozenset((
    "about", "above", "after", "against", "among", "around", "as", "at", "before", "below", "beside", "between",
    "beyond", "by", "during", "for", "from", "in", "into", "of", "off", "on", "onto", "over", "past", "since",
    "through", "till", "to", "toward", "under", "until", "up", "upon", "via", "with", "within", "without",
))  # fmt: skip
KEYWORDS = frozenset((
    "add", "all", "and", "as", "asc", "ask", "base", "bind", "break", "by", "case", "class", "clear",
    "construct", "copy", "create", "default", "delete", "desc", "describe", "distinct", "drop", "else", "end",
    "exists", "false", "field", "filter", "graph", "group", "hands", "having", "if", "import", "in", "insert",
    "is", "line", "lists", "limit", "load", "minus", "move", "named", "names", "not", "offset", "optional",
    "or", "order", "pass", "prefix", "reduced", "return", "row", "rule", "select", "service", "set", "silent",
    "then", "true", "undef", "union", "until", "using", "values", "where", "while", "with", "yield",
))  # fmt: skip


def test_no_term_is_named_by_a_preposition_or_a_keyword() -> None:
    properties = {str(term).removeprefix(str(MG)) for term in of_type(OWL.ObjectProperty, OWL.DatatypeProperty)}
    assert not properties & (PREPOSITIONS | KEYWORDS)
    values = {str(term).removeprefix(str(MGV)) for term in of_type(SKOS.Concept, SKOS.ConceptScheme)}
    assert not values & PREPOSITIONS


def test_no_two_terms_differ_by_case_or_hyphen_alone_and_values_stand_apart() -> None:
    for kinds, space in ((TERMS, MG), ((SKOS.Concept, SKOS.ConceptScheme), MGV)):
        names: dict[str, set[str]] = {}
        for term in of_type(*kinds):
            assert str(term).startswith(str(space)), term
            local = str(term).removeprefix(str(space))
            names.setdefault(re.sub(r"[-_]", "", local).lower(), set()).add(local)
        assert not {name: found for name, found in names.items() if len(found) > 1}


def test_old_names_lead_to_terms_of_now() -> None:
    rows = [line.split("\t") for line in RENAMED.read_text(encoding="utf-8").splitlines()]
    assert rows[0] == ["old", "new"] and rows[1:] == sorted(rows[1:]) and len(rows) > 200
    rules = {shape for shape in parsed(resources.shape_files()).subjects(RDF.type) if isinstance(shape, URIRef)}
    known = {namespaces.curie(str(term)) for term in defined() | rules}
    assert {new for _, new in rows[1:]} <= known
    assert not {old for old, _ in rows[1:]} & known


def test_every_property_is_aligned_or_said_to_have_no_counterpart() -> None:
    for term in of_type(OWL.ObjectProperty, OWL.DatatypeProperty):
        others = {value for name in ALIGNED for value in ontology().objects(term, name) if not ours(value)}
        silent = languages(term, MG.noCounterpart)
        assert bool(others) != bool(silent), term
        assert silent in ([], ["en", "zh"]), term


def test_a_property_is_under_one_that_its_own_kind_allows() -> None:
    """No object property under an annotation or a property of values, and the other way round."""
    for term, above_ in ontology().subject_objects(RDFS.subPropertyOf):
        assert set(ontology().objects(above_, RDF.type)) & set(ontology().objects(term, RDF.type)), (term, above_)


def test_every_class_and_property_has_an_example_that_can_be_read() -> None:
    head = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in namespaces.prefixes().items())
    known = {str(term) for term in defined()}
    for term in of_type(*TERMS):
        (example,) = ontology().objects(term, SKOS.example)
        read = [quad.triple for quad in ox.parse(head + example, format=ox.RdfFormat.TURTLE)]
        parts = [part for triple in read for part in triple]
        named = {part.value for part in parts if isinstance(part, ox.NamedNode)}
        assert str(term) in named, term
        assert {name for name in named if name.startswith((str(MG), str(MGV)))} <= known, term
        assert all(len(part.value) < 60 for part in parts if isinstance(part, ox.Literal)), term


def test_every_scheme_stands_in_a_file_of_its_own_and_names_its_top_concepts() -> None:
    schemes = {str(scheme).removeprefix(str(MGV)) for scheme in of_type(SKOS.ConceptScheme)}
    for name in schemes:
        scheme = MGV[name]
        (file,) = (one for one in resources.ontology_files() if one.name == f"{name}.ttl")
        alone = parsed([file])
        assert set(alone.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme}
        below = set(ontology().subjects(SKOS.inScheme, scheme))
        tops = set(ontology().objects(scheme, SKOS.hasTopConcept))
        assert tops == set(ontology().subjects(SKOS.topConceptOf, scheme)) == below != set()
    elsewhere = parsed([one for one in resources.ontology_files() if one.name.removesuffix(".ttl") not in schemes])
    assert not set(elsewhere.subjects(RDF.type, SKOS.Concept)) | set(elsewhere.subjects(RDF.type, SKOS.ConceptScheme))


TRIED = Namespace("https://example.org/")


@cache
def stated() -> Graph:
    """Ontology, the sound example graph, and a meeting that was held beside one that was planned."""
    whole = ontology() + Graph().parse(CONTEXT)
    for name, phase in (("held", MGV.held), ("planned", MGV.planned)):
        whole.add((TRIED[f"statement-{name}"], MG.schedules, TRIED[name]))
        whole.add((TRIED[f"statement-{name}"], MG.phase, phase))
    return whole


@cache
def closure() -> Graph:
    """The same with all that OWL 2 RL draws from it, which takes seconds."""
    owlrl = pytest.importorskip("owlrl", reason="owlrl is not installed")
    whole = stated() + Graph()
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, rdfs_closure=False).expand(whole)
    return whole


def test_a_meeting_is_an_activity_only_where_it_was_held() -> None:
    kinds = {name: set(closure().objects(TRIED[name], RDF.type)) for name in ("held", "planned")}
    assert {MG.Meeting, MG.HeldMeeting, PROV.Activity} <= kinds["held"]
    assert MG.Meeting in kinds["planned"] and not {MG.HeldMeeting, PROV.Activity} & kinds["planned"]


def test_every_term_is_labelled_and_defined_in_both_languages() -> None:
    for term in defined():
        label = SKOS.prefLabel if term in of_type(SKOS.Concept, SKOS.ConceptScheme) else RDFS.label
        assert languages(term, label) == ["en", "zh"], term
        assert languages(term, SKOS.definition) == ["en", "zh"], term
        assert (term, RDFS.isDefinedBy, ONTOLOGY) in ontology(), term


def test_no_two_classes_or_properties_share_a_definition() -> None:
    texts = [text for term in of_type(*TERMS) for text in ontology().objects(term, SKOS.definition)]
    assert len(texts) == len(set(texts))


def test_every_term_that_is_used_is_defined() -> None:
    for graph in (ontology(), parsed(resources.shape_files()), Graph().parse(CONTEXT)):
        used = {term for triple in graph for term in triple if ours(term)}
        assert used <= defined(), sorted(map(str, used - defined()))


def test_a_term_is_of_one_kind_only() -> None:
    kinds = (*TERMS, OWL.AnnotationProperty, SKOS.Concept, SKOS.ConceptScheme)
    for term in defined():
        assert len(set(ontology().objects(term, RDF.type)) & set(kinds)) == 1, term


def test_concepts_lie_in_schemes_and_modalities_say_whether_they_are_firm() -> None:
    schemes = of_type(SKOS.ConceptScheme)
    for concept in of_type(SKOS.Concept):
        assert set(ontology().objects(concept, SKOS.inScheme)) <= schemes
        assert (concept, SKOS.inScheme, None) in ontology(), concept
    firm = {concept for concept in ontology().subjects(MG.firm, Literal(True))}
    loose = {concept for concept in ontology().subjects(MG.firm, Literal(False))}
    assert firm == {MGV.will, MGV.unmarked, MGV.done}
    assert loose == {MGV.may, MGV.expected}
    assert firm | loose == set(ontology().subjects(SKOS.inScheme, MGV.modalities))
    notations = {ontology().value(MGV[f"type-{number}"], SKOS.notation) for number in range(1, 6)}
    assert notations == {Literal(str(number)) for number in range(1, 6)}


MADE_WITH = ("coded-",)
"""What the code joins to a word of a record to name a concept, so that the whole name stands nowhere."""


def test_every_concept_is_used_by_what_is_shipped_or_by_our_code() -> None:
    """So that nobody looks for statements that nothing makes."""
    graph = ox.NamedNode(namespaces.graph("ontology"))
    stated = {
        quad.object.value
        for quad in shipped.store()
        if quad.graph_name != graph and isinstance(quad.object, ox.NamedNode)
    }
    package = Path(mandategraph.__file__).parent
    files = [*package.rglob("*.py"), *package.rglob("*.yml"), *resources.internal_queries().values()]
    words = {word for file in files for word in re.findall(r"[\w-]+", file.read_text(encoding="utf-8"))}
    names = {str(concept).removeprefix(str(MGV)) for concept in of_type(SKOS.Concept) if str(concept) not in stated}
    unused = [name for name in sorted(names - words) if not name.startswith(MADE_WITH)]
    assert unused == []


def test_blank_nodes_only_where_owl_knows_no_other_way() -> None:
    for node in {subject for subject in ontology().subjects() if isinstance(subject, BNode)}:
        said = set(ontology().predicates(node, None)) - {RDFS.subClassOf}
        restriction = RDF.type in said and (node, RDF.type, OWL.Restriction) in ontology()
        assert restriction or said in ({RDF.first, RDF.rest}, {RDF.type, OWL.members}, {OWL.inverseOf})


def test_hard_axioms_stand_on_our_own_terms() -> None:
    """What we say of the terms of others is only what they are, and PROV's own axiom."""
    logical = {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith, OWL.inverseOf}
    foreign = {(s, p, o) for s, p, o in ontology() if p in logical and not ours(s) and not isinstance(s, BNode)}
    assert foreign == {(PROV.Entity, OWL.disjointWith, PROV.Activity)}
    assert all(ours(value) for node, value in ontology().subject_objects(RDFS.subClassOf) if isinstance(node, BNode))


def above(term: Node) -> set[Node | None]:
    return set(ontology().transitive_objects(term, RDFS.subClassOf))


def test_nothing_is_both_entity_and_activity() -> None:
    for term in of_type(OWL.Class):
        assert not {PROV.Entity, PROV.Activity} <= above(term), term
    activities = {term for term in of_type(OWL.Class) if PROV.Activity in above(term)}
    assert activities == {MG.HeldMeeting}
    for term in (MG.ScheduleStatement, MG.Contribution, MG.Mandate, MG.Deliverable, MG.Erratum, MG.Document):
        assert PROV.Entity in above(term), term


def prefixes_of(text: str) -> Iterator[tuple[str, str]]:
    yield from re.findall(r"^@prefix\s+([\w-]*):\s+<([^>]+)>\s*\.", text, re.MULTILINE)


def test_one_list_of_prefixes() -> None:
    declared = {
        str(ontology().value(one, SH.prefix)): str(ontology().value(one, SH.namespace))
        for one in ontology().objects(ONTOLOGY, SH.declare)
    }
    assert len(declared) == len(set(declared.values())) >= 30
    for file in [*resources.ontology_files(), *resources.shape_files()]:
        for prefix, namespace in prefixes_of(file.read_text(encoding="utf-8")):
            assert declared.get(prefix) == namespace, f"{file.name}: {prefix}"
    for example in CONTEXT.parent.rglob("*.ttl"):
        for prefix, namespace in prefixes_of(example.read_text(encoding="utf-8")):
            assert declared.get(prefix) == namespace, f"{example.name}: {prefix}"


def hermit_finds_consistent(extra: str, tmp_path: Path, data: Graph | None = None) -> bool:
    """Whether HermiT finds ontology, alignments, data (the sound example graph if not given) and `extra` (Turtle)
    consistent together."""
    owlready2 = pytest.importorskip("owlready2", reason="owlready2 is not installed")
    if shutil.which("java") is None:
        pytest.skip("HermiT needs Java, and there is none")
    header = f"@prefix mg: <{MG}> . @prefix mgv: <{MGV}> . @prefix id: <https://w3id.org/mandategraph/id/> .\n"
    graph = ontology() + (data or Graph().parse(CONTEXT)) + Graph().parse(data=header + extra, format="turtle")
    file = tmp_path / "whole.nt"
    graph.serialize(file, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(file.as_uri()).load()
    try:
        # OWL 2 has no xsd:date; the shapes check dates.
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return not list(world.inconsistent_classes())


@pytest.mark.parametrize(
    ("extra", "consistent"),
    [
        # What is consistent with more is consistent as it is.
        pytest.param("id:x a mg:Session , mg:Meeting .", True, id="session"),
        pytest.param("id:x a mg:Meeting , mg:ScheduleStatement .", False, id="plan-is-no-activity"),
        pytest.param("id:x a mg:Body ; mg:meetingOf id:y .", False, id="body-meets", marks=pytest.mark.slow),
        pytest.param(
            "id:x mg:contributionSource id:y ; mg:schedules id:z .",
            False, id="two-statements-in-one", marks=pytest.mark.slow,
        ),
        pytest.param("id:x mg:feedsFirmly id:x .", False, id="feeds-itself", marks=pytest.mark.slow),
        pytest.param("id:x a mg:Evidence ; mg:lineNumber 1 , 2 .", False, id="two-lines", marks=pytest.mark.slow),
    ],
)  # fmt: skip
def test_hermit_agrees(extra: str, consistent: bool, tmp_path: Path) -> None:
    """By default one fault of a class; those of domains, pairs of properties, loops and numbers start Java once each."""
    assert hermit_finds_consistent(extra, tmp_path) is consistent


@pytest.mark.slow
@pytest.mark.parametrize(
    ("extra", "consistent"),
    [
        pytest.param("", True, id="as-it-is"),
        pytest.param("<https://w3id.org/mandategraph/id/meeting/SBI-3> a mg:Body .", False, id="meeting-is-a-body"),
    ],
)
def test_hermit_agrees_on_the_shipped_graph(extra: str, consistent: bool, tmp_path: Path) -> None:
    """Ontology, alignments and all data together; and a fault in one real thing would be found."""
    assert any("alignments" in file.name for file in resources.ontology_files())
    assert hermit_finds_consistent(extra, tmp_path, shipped_data()) is consistent


def shipped_data() -> Graph:
    apart = ox.NamedNode(namespaces.graph("ontology"))
    lines = "".join(f"{quad.triple} .\n" for quad in shipped.store() if quad.graph_name != apart)
    return Graph().parse(data=lines, format="nt")


def test_owl_rl_draws_no_contradiction_and_no_surprise() -> None:
    before = {(thing, kind) for thing, kind in stated().subject_objects(RDF.type) if ours(kind)}
    errors = Namespace("http://www.daml.org/2002/03/agents/agent-ont#")
    assert not list(closure().subjects(RDF.type, errors.ErrorMessage))
    after = {(thing, kind) for thing, kind in closure().subject_objects(RDF.type) if ours(kind) and not ours(thing)}
    upper = {(thing, top) for thing, kind in before for top in above(kind) if top is not None and ours(top)}
    drawn = {pair for pair in after if isinstance(pair[0], URIRef) and pair[0] not in TRIED}
    assert drawn and drawn <= upper | before
