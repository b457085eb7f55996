"""Makes codings of records on the paragraphs of decisions, as a publisher that tracks them gives them."""

from __future__ import annotations

import re

from mandategraph.intake.builder import Builder
from mandategraph.intake.meetings import notification_of
from mandategraph.intake.register_index import code_of, decision_of
from mandategraph.intake.slots import FieldValue, Slots
from mandategraph.model.dataset_records import CodingRecord
from mandategraph.read.text import quote

_KINDS = {"operational": "operational", "informational": "informational", "information": "informational"}
_STATUSES = {"active", "elapsed", "implemented", "superseded", "retired"}
_CODE = re.compile(r"CBD/([A-Z-]+)/(\d+)/(\d+)\.([A-Z]?)(\d+(?:\.\d+)*)")
_RECOMMENDATION = re.compile(r"CBD/(SBSTTA|SBI|WG8J|WG2020)/(\d+)/(\d+)")


def make_paragraph(slots: Slots, out: Builder) -> None:
    """One coded paragraph: which it is, its kind and statuses, the actors named, and what followed."""
    part = _paragraph(slots, out)
    if not part:
        out.refuse(slots, slots.first("code"), "it is not told which paragraph of which decision this is")
        return
    _agree(slots, out)
    kind = slots.first("kind")
    if kind and kind.meant not in _KINDS:
        out.not_understood(slots, kind, f"'{quote(kind.written)}' is no kind of paragraph")
    statuses = [_status(slots, out, said) for said in slots.all("status")]
    actors = [_actor(out, said) for slot in ("actor", "actor-words") for said in slots.all(slot)]
    follow = [found for said in (*slots.all("notification"), *slots.all("decision-link"), *slots.all("document"))
              if (found := _follow_up(slots, out, said))]  # fmt: skip
    said = [*slots.all("code")[:1], kind, *slots.all("status"), *slots.all("actor"), *slots.all("actor-words")]
    record = CodingRecord(
        slots.place, part, slots.evidence(*said, *slots.all("notification"), *slots.all("decision-link")),
        _KINDS.get(kind.meant, "") if kind else "", tuple(dict.fromkeys(statuses)), tuple(dict.fromkeys(actors)),
        tuple(dict.fromkeys(follow)),
    )  # fmt: skip
    out.add("codings", record)


def _paragraph(slots: Slots, out: Builder) -> str:
    """The part of the decision, from its code or, where there is none, from its numbers.

    What is numbered below a paragraph is lettered in decisions: 17.02 is paragraph 17 (b).
    """
    numbers = [slots.text(slot) for slot in ("body", "session", "decision-number", "paragraph-number")]
    section = slots.text("section")
    code = _CODE.fullmatch(slots.text("code"))
    if code:  # the code goes first: a number such as 21.10 loses its last digit in JSON
        numbers, section = [code[1], code[2], code[3], code[5]], section or code[4]
    if not all(numbers):
        return ""
    body, session, number, paragraph = numbers
    symbol = decision_of(f"CBD/{body}/{session}/{number}")
    first, *rest = re.split(r"\.", paragraph)
    if not symbol or not first.isdigit() or not all(one.isdigit() for one in rest):
        return ""
    items = [chr(ord("a") + int(one) - 1) if 1 <= int(one) <= 26 else f"item-{int(one)}" for one in rest]
    return out.part(symbol, section if re.fullmatch(r"[A-Za-z]", section) else "", str(int(first)), items,
                    annex=slots.text("annex"))  # fmt: skip


def _agree(slots: Slots, out: Builder) -> None:
    """Tell of a section that has no letter, and of fields that give another place than the code, which goes first."""
    section = slots.first("section")
    if section and not re.fullmatch(r"[A-Za-z]", section.meant):
        out.not_understood(slots, section, f"'{quote(section.written)}' is no letter of a section")
    code = _CODE.fullmatch(slots.text("code"))
    if not code:
        return
    by_code = zip(("body", "session", "decision-number", "section", "paragraph-number"), code.groups(), strict=True)
    for slot, told in by_code:
        said = slots.first(slot)
        if said and told and not _same(said.meant, told):
            out.not_understood(slots, said, f"'{quote(said.written)}' is not what the code says ({told}), which counts")


def _same(one: str, other: str) -> bool:
    """Whether two numbers or names are the same: 21.1 may be 21.10, and 05 is 5."""
    try:
        return float(one) == float(other)
    except ValueError:
        return one.casefold() == other.casefold()


def _status(slots: Slots, out: Builder, said: FieldValue) -> str:
    if said.meant in _STATUSES:
        return said.meant
    out.not_understood(slots, said, f"'{quote(said.written)}' is no status that the list knows")
    return "other"


def _actor(out: Builder, said: FieldValue) -> str:
    return out.known.actor(said.meant) or out.thing(f"group:{code_of(said.meant)}", said.written)


def _follow_up(slots: Slots, out: Builder, said: FieldValue) -> str:
    if found := notification_of(said.written) or (f"document:{made}" if (made := decision_of(said.written)) else ""):
        return found
    if match := _RECOMMENDATION.fullmatch(said.written):
        return f"document:CBD/{match[1]}/REC/{int(match[2])}/{int(match[3])}"
    out.not_understood(slots, said, f"'{quote(said.written)}' is no document that a rule knows")
    return ""
