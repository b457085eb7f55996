"""What a cell or sentence says is handed on: by whom it is spoken, what, to whom, and how firmly."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.extract.drafts.naming import Naming
from mandategraph.extract.names import Mention
from mandategraph.model.references import Ref

_NEAR = 70
"""So far after a body the meeting of it is named that is to take something up."""
_SENTENCE = re.compile(r"[^.。;；]+(?:\.(?=\S)[^.。;；]*)*")
_OF = re.compile(r"\b(?:of|de|du|del|d')\s*(?:the|its|their|all|la|les|las|los|l'|ses|sus|leurs)?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Handed:
    """One thing handed to, or taken from, one other; positions are those of its sentence."""

    voice: str
    modality: str
    deliverable: str
    as_written: str
    other: str
    destination: str
    start: int
    end: int


def handings(text: str, naming: Naming) -> list[Handed]:
    """All handings that a levelled text states, in order."""
    found: list[Handed] = []
    for sentence in _SENTENCE.finditer(text):
        words = sentence[0]
        others = _others(words, naming)
        gives = [one for one in others if _led(words, one, naming.words.said["to"])]
        gave = naming.words.said["gives"].search(words)
        if gave and gives:
            found += [_handed("giver", words, one, sentence, naming) for one in _row_of(words, gives, others)]
        elif gave and (kind := _deliverable(_without_names(words, naming), naming, gave.start())):
            modality = _modality(words, gave.start(), naming)
            start, end = sentence.start() + gave.start(), sentence.end()
            found.append(Handed("giver", modality, kind[0], kind[1], "", "not-stated", start, end))
        if naming.words.said["takes"].search(words):
            taken = [one for one in others if _led(words, one, naming.words.said["from"]) and one not in gives]
            found += [_handed("receiver", words, one, sentence, naming) for one in taken]
    return found


def _others(words: str, naming: Naming) -> list[Mention]:
    """Meetings, and bodies that are not part of the name of one."""
    meetings = naming.meetings(words)
    bodies = [one for one in naming.bodies(words) if not any(m.start < one.end and one.start < m.end for m in meetings)]
    others = sorted([*meetings, *bodies], key=lambda one: one.start)
    return [_at_its(words, one, others, naming) for one in others]


def _at_its(words: str, one: Mention, others: list[Mention], naming: Naming) -> Mention:
    """The meeting of a body that is to take up what it is given: `to the Conference, for consideration at its … meeting`."""
    if Ref(one.ref).kind != "body":
        return one
    until = min([one.end + _NEAR, len(words), *(other.start for other in others if other.start > one.start)])
    match = naming.at_meeting.search(words, one.end, until) or naming.its_meeting.search(words, one.end, until)
    number = naming.words.ordinal(match["n1"]) if match else 0
    ref = naming.namer.registered(f"meeting:{Ref(one.ref).code}-{number}")
    return Mention(ref, one.start, one.end) if number else one


def _led(words: str, one: Mention, lead: re.Pattern[str]) -> bool:
    return bool(lead.search(words[max(0, one.start - 60) : one.start]))


def _row_of(words: str, gives: list[Mention], others: list[Mention]) -> list[Mention]:
    """Receivers named one after another: `to SBI-3 and WG2020-3`."""
    row = list(gives)
    for before, after in zip(others, others[1:], strict=False):
        between = words[before.end : after.start]
        if (
            before in row
            and after not in row
            and re.fullmatch(r"\s*(?:,|、|and|et|y|和|及|to|à|au|al|a|the|la|le|el|\s)*", between, re.I)
        ):
            row.append(after)
    return sorted(dict.fromkeys(row), key=lambda one: one.start)


def _handed(voice: str, words: str, one: Mention, sentence: re.Match[str], naming: Naming) -> Handed:
    verb = naming.words.said["gives" if voice == "giver" else "takes"].search(words)
    assert verb
    bare = _without_names(words, naming)
    if voice == "giver":
        kind = (
            _after(words, bare, one, naming)
            or _deliverable(bare[: one.start], naming, 0)
            or _deliverable(bare, naming, 0)
        )
    else:
        kind = _deliverable(bare[max(0, one.start - 60) : one.start], naming, 0)
    destination = "named-meeting" if Ref(one.ref).kind == "meeting" else "body-only"
    if voice == "receiver":
        destination = "named-meeting"
    what, written = kind or ("unnamed", "")
    return Handed(
        voice, _modality(words, verb.start(), naming), what, written, one.ref, destination,
        sentence.start() + verb.start(), sentence.start() + one.end,
    )  # fmt: skip


def _after(words: str, bare: str, one: Mention, naming: Naming) -> tuple[str, str] | None:
    """In Chinese what is given to 向 someone is named behind, before the next comma."""
    if naming.words.language != "zh" or not words[: one.start].rstrip().endswith("向"):
        return None
    return _deliverable(re.split("[,，、]", bare[one.end :])[0], naming, 0)


def _without_names(words: str, naming: Naming) -> str:
    """The words with those of names blanked: the body for advice hands on no advice by its name."""
    for one in _others(words, naming):
        words = words[: one.start] + " " * (one.end - one.start) + words[one.end :]
    return words


def _modality(words: str, verb: int, naming: Naming) -> str:
    """The modal word nearest before the verb, or in it; unmarked where there is none."""
    until = words[: verb + 25]
    last = {
        name: [m.start() for m in pattern.finditer(until)] for name, pattern in naming.words.tables["modal"].items()
    }
    firm = {"may": 2, "expected": 1, "will": 0}  # a conditional may look like a future: the weaker reading holds
    placed = [(starts[-1], firm[name], name) for name, starts in last.items() if starts]
    nearest = max(placed)[2] if placed else "unmarked"
    presumed = naming.words.said["presumed"].search(
        words, 0, verb
    )  # `it is expected that … will` is no more than expected
    return "expected" if presumed and nearest == "will" else nearest


def _deliverable(words: str, naming: Naming, after: int) -> tuple[str, str] | None:
    """The kind of thing handed on, by the last word for one before the receiver: a synthesis of outcomes is none of them."""
    found = []
    for kind, pattern in naming.words.tables["deliverables"].items():
        heads = (one for one in pattern.finditer(words, after) if not _OF.search(words[: one.start()]))
        found += [(match.start(), kind, match[0]) for match in heads]
    return (max(found)[1], max(found)[2]) if found else None
