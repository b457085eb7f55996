"""The register graph: every thing spoken of, with its code, one label in each language, and where it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import pyoxigraph as ox

from mandategraph.emit.nodes import thing
from mandategraph.model import numerals
from mandategraph.model.curated import Label
from mandategraph.model.records import Extraction
from mandategraph.model.references import Ref
from mandategraph.model.register import Entity, Register
from mandategraph.model.statements import references, sections
from mandategraph.rdf.quads import Graph, address, concept, term, text

_CLASSES = {
    "body": ("Body",), "office": ("Office",), "organization": ("Organization",), "party": ("Party",),
    "group": ("Group",), "place": ("Place",), "meeting": ("Meeting",), "element": ("Element",), "kmgbf": ("skos:Concept",),
    "agenda-item": ("AgendaItem",),
}  # fmt: skip
_ADDED = ("date", "page")
"""What a dataset adds to a thing that a rule names."""

_NUMBERED = re.compile(r"meeting:(.+)-(\d+)$")
_DECISION = re.compile(r"document:CBD/(COP|CP/MOP|NP/MOP)/DEC/([0-9IVX]+)/(\d+)$")
_SERIES = {"COP": ("", "COP", "cop"), "CP/MOP": ("CP-", "CP-MOP", "mop"), "NP/MOP": ("NP-", "NP-MOP", "np-mop")}
_RECOMMENDATION = re.compile(r"document:CBD/([A-Z0-9]+)/REC/(\d+)/(\d+)$")
_RESOLUTION = re.compile(r"document:(A/RES/(\d{2}/\d{1,3}))$")
_AGENDA_ITEM = re.compile(r"agenda-item:(.+)\.(\d{1,2})$")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NOTIFICATION = re.compile(r"document:ntf-(\d{4}-\d{3})$")

MEETING_PAGE = "https://www.cbd.int/meetings/"
"""Pages of meetings stand at this address and the meeting's code."""

TOPICS = "scheme:topics"
"""The scheme of the subjects that schedule tables name; elements of a document have schemes of their own."""

SUBJECTS = "scheme:event-subjects"
"""The scheme of the subjects that only events of an overview have."""


def entity_of(
    ref: str,
    register: Register,
    labels: dict[str, Label],
    written: dict[str, str],
    schemes: Mapping[str, str] | None = None,
    stated: Mapping[str, Entity] | None = None,
) -> Entity:
    """What is known of a reference: by the register, by the rule of its code, by what a dataset says of it, or by the
    place where it is listed.

    `schemes` gives the scheme of an element that a document sets out, `stated` what datasets say of things.
    """
    known = register.get(ref)
    if known:
        return known
    if schemes and ref in schemes:
        entity = _by_place(ref, labels, written)
        return replace(entity, details={"scheme": schemes[ref]})
    by_rule = (
        _numbered(ref, register) or _decision(ref) or _recommendation(ref) or _resolution(ref) or _notification(ref)
        or _agenda_item(ref)
    )  # fmt: skip
    told = stated.get(ref) if stated else None
    if by_rule and told:
        added = {name: told.details[name] for name in _ADDED if name in told.details}
        return replace(by_rule, details={**added, **by_rule.details})
    return by_rule or told or _by_place(ref, labels, written)


def _numbered(ref: str, register: Register) -> Entity | None:
    """A meeting known by body and ordinal: `meeting:SBI-3` is the third meeting of SBI."""
    match = _NUMBERED.match(ref)
    body = register.get(f"body:{match[1]}") if match else None
    if not match or not body:
        return None
    number = int(match[2])
    series = body.details.get("series", "次")
    return Entity(
        ref,
        Ref(ref).code,
        f"{body.zh}第{numerals.chinese(number)}{series}会议",
        f"{numerals.ordinal(number).capitalize()} meeting of the {body.en}",
        body.official,
        details={"body": body.ref, "ordinal": number},
    )


def _decision(ref: str) -> Entity | None:
    match = _DECISION.match(ref)
    if not match:
        return None
    _, body, path = _SERIES[match[1]]
    number = decision_number(ref)
    details = {"class": "Decision", "symbol": Ref(ref).code, "adopted_by": f"body:{body}"}
    if path == "cop" and match[2].isdigit():
        details["page"] = f"https://www.cbd.int/decisions/cop/{match[2]}/{match[3]}"
    return Entity(ref, number, f"第{number}号决定", f"Decision {number}", True, details=details)


def decision_number(ref: str) -> str:
    """The short code of a decision: `document:CBD/CP/MOP/DEC/9/7` is CP-9/7; other documents keep their symbol."""
    match = _DECISION.match(ref)
    return f"{_SERIES[match[1]][0]}{match[2]}/{match[3]}" if match else Ref(ref).code


def _recommendation(ref: str) -> Entity | None:
    match = _RECOMMENDATION.match(ref)
    if not match:
        return None
    body, session, number = match.groups()
    symbol = Ref(ref).code
    details = {"class": "Recommendation", "symbol": symbol}
    return Entity(
        ref,
        symbol,
        f"{body}第{session}/{number}号建议",
        f"Recommendation {body} {session}/{number}",
        False,
        details=details,
    )


def _resolution(ref: str) -> Entity | None:
    match = _RESOLUTION.match(ref)
    if not match:
        return None
    details = {"class": "Resolution", "symbol": match[1]}
    return Entity(
        ref, match[1], f"联合国大会第{match[2]}号决议", f"General Assembly resolution {match[2]}", True, details=details
    )


def _notification(ref: str) -> Entity | None:
    match = _NOTIFICATION.match(ref)
    if not match:
        return None
    return Entity(
        ref, Ref(ref).code, f"第{match[1]}号通知", f"Notification {match[1]}", False,
        details={"class": "Notification", "symbol": ""},
    )  # fmt: skip


def _agenda_item(ref: str) -> Entity | None:
    match = _AGENDA_ITEM.match(ref)
    if not match:
        return None
    meeting, number = match.groups()
    details = {"meeting": f"meeting:{meeting}", "number": number}
    return Entity(
        ref,
        Ref(ref).code,
        f"{meeting}议程项目{number}",
        f"Agenda item {number} of {meeting}",
        False,
        (),
        False,
        details,
    )


def _by_place(ref: str, labels: dict[str, Label], written: dict[str, str]) -> Entity:
    """A thing without a published code: its name is what stands at its place, its code the place."""
    code = Ref(ref).code
    label = labels.get(ref)
    zh = (label.zh if label else "") or written.get(ref, code)
    en = label.en if label else _as_listed(ref, code, written.get(ref, ""))
    return Entity(ref, code, zh, en, False, published=False)


def _as_listed(ref: str, code: str, written: str) -> str:
    """The name as written, where it is not in Chinese; else only where it is listed."""
    if written and not _HAN.search(written):
        return written
    return f"{_CLASSES.get(Ref(ref).kind, ('Thing',))[0]} listed at {code}"


def emit_entity(graph: Graph, entity: Entity, aliases: Iterable[str] = (), page: str = "") -> None:
    """State one thing. `aliases` are codes under which it was listed before it was known to be the same.

    `page` is the page that a document gives it, before any that follows from its code.
    """
    node = thing(entity.ref)
    details = entity.details
    if entity.kind == "document":
        graph.type(node, "Document")
        graph.add(node, rdf__type=term(details.get("class", "Document")))
    else:
        graph.type(node, *_CLASSES[entity.kind])
    graph.add(
        node,
        code=entity.code,
        skos__prefLabel=(text(entity.zh, "zh"), text(entity.en, "en")),
        englishLabelStatus=concept("official" if entity.official else "our-translation"),
        labelStatus=concept("as-printed") if details.get("printed") else None,
        skos__altLabel=(*(text(one, "zh") for one in entity.spellings), *(_labelled(one) for one in entity.also)),
        skos__hiddenLabel=tuple(aliases),
        symbol=details.get("symbol", entity.code if entity.kind == "document" and entity.published else None),
        dcterms__identifier=(details.get("symbol") or entity.code) if entity.published else None,
        meetingOf=tuple(map(thing, _listed(details.get("body")))),
        number=details.get("number"),
        ofMeeting=thing(details["meeting"]) if details.get("meeting") else None,
        supersedes=thing(details["supersedes"]) if details.get("supersedes") else None,
        ordinal=details.get("ordinal"),
        partOfMeeting=thing(details["part_of"]) if details.get("part_of") else None,
        parentBody=thing(details["parent"]) if details.get("parent") and entity.kind == "body" else None,
        officeOf=thing(details["parent"]) if details.get("parent") and entity.kind == "office" else None,
        servesAs=concept("means") if details.get("means") else None,
        skos__notation=details.get("notation"),
        adoptedBy=thing(details["adopted_by"]) if details.get("adopted_by") else None,
        dcterms__date=details.get("date"),
        foaf__page=address(page) if page else _page(entity),
        skos__inScheme=_scheme(entity),
    )


def _labelled(name: str) -> ox.Literal:
    return text(name, "zh" if _HAN.search(name) else "en")


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


def _scheme(entity: Entity) -> object:
    if entity.kind == "kmgbf":
        return term("kmgbf:kmgbfScheme")
    return thing(entity.details.get("scheme", TOPICS)) if entity.kind == "element" else None


def _page(entity: Entity) -> object:
    if entity.details.get("page"):
        return address(entity.details["page"])
    by_code = entity.kind == "meeting" and entity.published and not entity.details.get("elsewhere")
    return address(MEETING_PAGE + entity.code) if by_code else None


def refs_in(extraction: Extraction) -> list[Ref]:
    """Every thing that an extraction speaks of."""
    found = {Ref.of("document", extraction.document.symbol), *references(extraction.document)}
    for section in sections(type(extraction)):
        for record in getattr(extraction, section):
            found.update(references(record))
    return sorted(found)
