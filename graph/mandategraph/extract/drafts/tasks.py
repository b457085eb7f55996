"""Who was asked to do what, for which meeting, as paragraphs say it: mandates and contributions outside tables.

An act of a decision that asks a body, a meeting or an office is a mandate by that decision; one of a recommendation is a
mandate at the request of the meeting that adopted it; one of a draft that is put forward is none yet. A sentence of a
note, report or agenda is a mandate where it names the decision, or the meeting, that asked. What is to be handed to a
meeting or body ("for consideration by …", "submit … to …") is a contribution; so is what a named meeting or body will do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.extract.drafts.addressees import addressed
from mandategraph.extract.drafts.citing import cited_in
from mandategraph.extract.drafts.handing import handings
from mandategraph.extract.drafts.naming import Naming
from mandategraph.extract.drafts.passage import CODE, NAME, SENTENCE, SHORT, Draft, Passage
from mandategraph.extract.names import Mention
from mandategraph.model.paragraph_records import ClauseRecord
from mandategraph.model.records import ContributionRecord, DocumentRecord, MandateRecord
from mandategraph.model.references import Ref
from mandategraph.read.parts import Part
from mandategraph.read.text import quote

_ASKED = ("body:", "meeting:", "office:")
_JOINED = re.compile(r"\s*(?:,|、|and|et|y|e|和|及|the|la|le|les|el|los|las|l'|\s)+\s*", re.IGNORECASE)
_REACH = 40
"""So far from the verb its subject is looked for."""


@dataclass(frozen=True)
class _Asking:
    """By which decision, or at the request of which meetings, something is asked; how sure, and by which rule."""

    decision: str = ""
    meetings: tuple[str, ...] = ()
    sure: int = NAME
    rule: str = ""


class Tasks:
    """Reads the mandates and contributions of the paragraphs of a draft, after its clauses."""

    def __init__(self, draft: Draft, document: DocumentRecord) -> None:
        self.draft = draft
        self.said = draft.words.said
        self.own = _own(document)
        self.last = ""

    def read(self) -> None:
        clauses = self.draft.of("clauses")
        for clause in clauses:
            self._clause(clause)
        acts = {clause.place for clause in clauses}
        for part in self.draft.tree.of_kind("Paragraph", "SubParagraph", "Item"):
            if part.kind == "Paragraph" or part.path not in acts:
                self._sentences(part)

    def _clause(self, clause: ClauseRecord) -> None:
        """A clause that asks someone of us for something. One that only leads to its sub-paragraphs asks for nothing."""
        asked = [ref for ref in clause.addressees if ref.startswith(_ASKED)]
        part = self.draft.tree.parts[clause.place]
        passage = Passage(part)
        start, end = self._extent(clause, passage)
        if (
            clause.kind != "operational"
            or part.path.startswith("draft-")
            or passage.text[start:end].rstrip().endswith(":")
        ):
            return
        naming = self.draft.naming_at(part.path)
        givers = [self._at_meeting(ref, passage.text, start, end, naming) for ref in asked]
        mandates = {
            giver: self._mandate(f"{clause.id}", n, giver, self.own, clause) for n, giver in enumerate(givers, 1)
        }
        others = [ref for ref in clause.addressees if ref not in asked]
        self._hand(passage, clause.id, [*givers, *others], mandates, start, end)

    def _extent(self, clause: ClauseRecord, passage: Passage) -> tuple[int, int]:
        """From where to where in its paragraph an act of it reaches."""
        siblings = [one for one in self.draft.of("clauses") if one.place == clause.place]
        starts = [max(passage.part.text.find(one.evidence[0].quote.rstrip("…")), 0) for one in siblings]
        at = siblings.index(clause)
        return starts[at], starts[at + 1] if at + 1 < len(starts) else len(passage.text)

    def _sentences(self, part: Part) -> None:
        passage = Passage(part)
        for number, sentence in enumerate(SENTENCE.finditer(passage.text), 1):
            identifier = f"{part.path}.sentence-{number}"
            if not self._reported(passage, identifier, sentence.start(), sentence.end()):
                self._announced(passage, identifier, sentence.start(), sentence.end())

    def _reported(self, passage: Passage, identifier: str, start: int, end: int) -> bool:
        """Whether a sentence tells of an act of another document, or of a meeting, that asks someone; it is kept then."""
        text, naming = passage.text, self.draft.naming_at(passage.part.path)
        decisions = [
            one.ref.replace("part:", "document:").partition("/paragraph-")[0] for one in cited_in(text[start:end])
        ]
        decisions = [ref for ref in dict.fromkeys(decisions) if "/DEC/" in ref or "A/RES/" in ref]
        if len(decisions) == 1:
            asking = _Asking(decisions[0], (), CODE, "the number of a decision in the sentence")
        elif not decisions and self.last and self.said["same_decision"].search(text, start, end):
            asking = _Asking(self.last, (), SHORT, "the same decision as in the sentence before")
        else:
            asking = _Asking()
        self.last = decisions[-1] if decisions else self.last
        found = False
        for number, verb in enumerate(self.said["reported"].finditer(text, start, end), 1):
            by = asking if asking.decision else _by_meeting(text, start, verb.start(), naming)
            if not (by.decision or by.meetings):
                continue
            whom, asked_from, asked_until = self._whom(text, verb, end, naming)
            givers = [
                self._at_meeting(ref, text, asked_from, asked_until, naming) for ref in whom if ref.startswith(_ASKED)
            ]
            proof = passage.evidence(verb.start(), min(asked_until, verb.start() + 59))
            name = f"{identifier}.{number}"
            mandates = {one: self._mandate(name, n, one, by, proof) for n, one in enumerate(givers, 1)}
            self._hand(passage, name, givers, mandates, verb.end(), asked_until)
            found = found or bool(givers)
        return found

    def _whom(self, text: str, verb: re.Match[str], end: int, naming: Naming) -> tuple[tuple[str, ...], int, int]:
        """Whom a verb of the past asks: those after it, or those before it where it is said of them; and from where to
        where the words of that reach."""
        following = self.said["reported"].search(text, verb.end(), end)
        until = following.start() if following else end
        if self.said["passive"].fullmatch(verb[0].strip()):
            row = _row_before(text, verb.start(), naming)
            return tuple(dict.fromkeys(one.ref for one in row)), row[0].start if row else verb.end(), until
        return addressed(text, verb.end(), until, naming).refs, verb.end(), until

    def _announced(self, passage: Passage, identifier: str, start: int, end: int) -> None:
        """What a meeting or body that a sentence names will, may or is expected to hand on."""
        text, naming = passage.text[start:end], self.draft.naming_at(passage.part.path)
        for number, one in enumerate(handings(text, naming), 1):
            named = [*naming.meetings(text), *naming.bodies(text)]
            before = [
                m for m in named if m.end <= one.start and one.start - m.end < _REACH and not _is_led(text, m, naming)
            ]
            subject = max(before, key=lambda m: (m.end, Ref(m.ref).kind == "meeting"), default=None)
            if (
                one.voice == "giver"
                and one.modality != "unmarked"
                and subject
                and one.other
                and one.other != subject.ref
            ):
                proof = passage.evidence(start + subject.start, start + one.end)
                record = ContributionRecord(
                    f"{identifier}.{number}", subject.ref, one.destination, "giver", one.modality, proof, one.other,
                    one.deliverable, quote(one.as_written),
                )  # fmt: skip
                self.draft.add(
                    "contributions", record, source=(NAME, "the subject of the sentence"), target=(NAME, "a receiver")
                )

    def _mandate(self, name: str, number: int, giver: str, by: _Asking, of: ClauseRecord | tuple) -> str:  # type: ignore[type-arg]
        if not (by.decision or by.meetings):
            return ""
        identifier = name if number == 1 else f"{name}.mandate-{number}"
        proof = of.evidence if isinstance(of, ClauseRecord) else of
        record = MandateRecord(identifier, giver, proof, by.decision, by.meetings)
        field = "decision" if by.decision else "requested_by"
        self.draft.add("mandates", record, mandatee=(NAME, "named after the verb"), **{field: (by.sure, by.rule)})
        return identifier

    def _hand(
        self, passage: Passage, name: str, givers: list[str], mandates: dict[str, str], start: int, end: int
    ) -> None:
        """What those who are asked are to hand to a meeting or body."""
        naming, number = self.draft.naming_at(passage.part.path), 0
        for one in handings(passage.text[start:end], naming):
            for giver in givers if one.voice == "giver" and one.other else ():
                if _body(giver) == one.other or giver == one.other:
                    continue  # the words name the one who is asked
                number += 1
                proof = passage.evidence(start + one.start, start + one.end)
                record = ContributionRecord(
                    f"{name}.{number}", giver, one.destination, "giver", "unmarked", proof, one.other, one.deliverable,
                    quote(one.as_written), "", mandates.get(giver, ""),
                )  # fmt: skip
                self.draft.add("contributions", record, target=(NAME, "a receiver named after a word for giving"))

    def _at_meeting(self, ref: str, text: str, start: int, end: int, naming: Naming) -> str:
        """The meeting of a body at which it is to act: the first number of a meeting after its name, before another's."""
        if Ref(ref).kind != "body":
            return ref
        named = [one for one in naming.bodies(text) if start <= one.start < end and one.ref == ref]
        if not named:
            return ref
        own = named[0]
        others = [one.start for one in naming.bodies(text) if one.start > own.start and one.ref != ref]
        match = naming.at_meeting.search(text, own.end, min([end, *others]))
        number = naming.words.ordinal(match["n1"]) if match else 0
        return naming.namer.registered(f"meeting:{Ref(ref).code}-{number}") if number else ref


def _row_before(text: str, verb: int, naming: Naming) -> list[Mention]:
    """The actors named one after another right before a verb that is said of them."""
    row: list[Mention] = []
    for one in reversed(naming.actors(text[:verb])):
        between = text[one.end : row[0].start if row else verb]
        if (row and not _JOINED.fullmatch(between)) or len(between) >= _REACH:
            break
        row.insert(0, one)
    return row


def _body(ref: str) -> str:
    """The body of a meeting by number; any other reference as it is."""
    return re.sub(r"^meeting:(.+)-\d+$", r"body:\1", ref)


def _own(document: DocumentRecord) -> _Asking:
    """By what the acts of a document itself ask."""
    if "/DEC/" in document.symbol:
        return _Asking(f"document:{document.symbol}", (), CODE, "an act of this decision")
    if document.genre in ("decision", "recommendation", "report") and document.meeting:
        return _Asking("", (document.meeting,), NAME, "an act of the meeting that adopted the document")
    return _Asking()


def _by_meeting(text: str, start: int, verb: int, naming: Naming) -> _Asking:
    """The meeting that asks: named right before the verb."""
    before: list[Mention] = [
        one for one in naming.meetings(text) if start <= one.start and 0 <= verb - one.end < _REACH
    ]
    return _Asking("", (before[-1].ref,), NAME, "the meeting named before the verb") if before else _Asking()


def _is_led(text: str, one: Mention, naming: Naming) -> bool:
    """Whether a name stands after `to` or `for consideration by`, and so does nothing itself."""
    return bool(naming.words.said["to"].search(text[max(0, one.start - 60) : one.start]))
