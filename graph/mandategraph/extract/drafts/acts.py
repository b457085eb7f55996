"""Operative and preambular paragraphs: verbs, addressees, deadlines, who is consulted, what is cited.

A paragraph of several acts is several clauses, `paragraph-4.1`, `paragraph-4.2`. A sub-paragraph that begins with a verb
of its own is a clause; one under a paragraph that asks someone for several things is a clause with the verb and the
addressees of its paragraph.
"""

from __future__ import annotations

import re
import unicodedata

from mandategraph.extract.drafts.addressees import Addressed, addressed
from mandategraph.extract.drafts.citing import cited_in
from mandategraph.extract.drafts.deadlines import deadlines_in
from mandategraph.extract.drafts.naming import Naming
from mandategraph.extract.drafts.passage import GUESS, NAME, POSITION, SENTENCE, Draft, Passage
from mandategraph.model.paragraph_records import ClauseRecord
from mandategraph.model.records import DocumentRecord, NameRecord
from mandategraph.read.parts import Part
from mandategraph.read.text import quote

_KINDS = ("PreambularParagraph", "OperativeParagraph", "SubParagraph", "Item")
_ASKS = {"requests", "invites", "encourages", "urges"}
_BRACKETS = re.compile(r"^[\[\]\s]+")


class Acts:
    """Reads the clauses of a draft."""

    def __init__(self, draft: Draft, document: DocumentRecord) -> None:
        self.draft = draft
        self.is_letter = document.genre == "notification"
        self.words = draft.words
        self.ruling: dict[str, tuple[str, Addressed | None]] = {}

    def read(self) -> None:
        for part in self.draft.tree.of_kind(*_KINDS):
            if part.kind in ("PreambularParagraph", "OperativeParagraph"):
                self._paragraph(part)
            elif part.parent in self.ruling:
                self._below(part)
        for part in self.draft.tree.of_kind("Paragraph") if self.is_letter else ():
            self._letter(part)

    def _paragraph(self, part: Part) -> None:
        passage = Passage(part)
        start = _opening(passage.text)
        match = self.words.verb.match(passage.text, start)
        if not match:
            if part.kind == "OperativeParagraph" and not part.text.startswith("["):
                self.draft.unknown(passage.evidence(start, min(len(passage.text), start + 59)))
            return
        acts = [(start, match), *self._further(passage.text, match.end(), part.kind)]
        for number, (begin, verb) in enumerate(acts, 1):
            end = acts[number][0] if number < len(acts) else len(passage.text)
            identifier = f"{part.path}.{number}" if len(acts) > 1 else part.path
            whom = self._act(passage, identifier, self._meaning(verb), begin, verb.end(), end)
            if number == len(acts):
                self.ruling[part.path] = (self._meaning(verb), whom)

    def _letter(self, part: Part) -> None:
        """What a letter itself asks: `The Executive Secretary invites Parties to …`, `Parties are kindly invited to …`."""
        passage, naming = Passage(part), self.draft.naming_at(part.path)
        for sentence in SENTENCE.finditer(passage.text):
            start, end = sentence.span()
            if any("/DEC/" in one.ref for one in cited_in(sentence[0])):
                continue  # what a decision asks, which the letter only tells of
            verb = self.words.said["asks_active"].search(passage.text, start, end)
            whom = addressed(passage.text, verb.end(), end, naming) if verb else None
            if not verb:
                verb = self.words.said["asks_passive"].search(passage.text, start, end)
                before = naming.actors(passage.text[start : verb.start()]) if verb else []
                whom = (
                    Addressed(tuple(dict.fromkeys(one.ref for one in before)), "", start, verb.start())
                    if verb
                    else None
                )
            if verb and whom and whom.refs:
                begin = start + len(sentence[0]) - len(sentence[0].lstrip())
                self._act(passage, self._identifier(part), self._stem(verb["verb"]), begin, verb.end(), end, given=whom)

    def _identifier(self, part: Part) -> str:
        """The path of a part for its first act, with a number for each further one."""
        before = sum(one.place == part.path for one in self.draft.of("clauses"))
        return f"{part.path}.{before + 1}" if before else part.path

    def _stem(self, written: str) -> str:
        """The verb of ours for another form of its word: `invited`, `inviter`, `invitées`."""
        stem = _unmarked(written)[:4]
        return next(meant for words, meant in self.words.verbs.items() if _unmarked(words).startswith(stem))

    def _further(self, text: str, start: int, kind: str) -> list[tuple[int, re.Match[str]]]:
        """The acts after the first: joined to it by `and`, with a verb of their own."""
        if kind != "OperativeParagraph":
            return []
        colon = re.search(r"[:：]", text[start:])
        end = start + colon.start() if colon else len(text)
        return [(match.start(), match) for match in self.words.next_act.finditer(text, start, end)]

    def _below(self, part: Part) -> None:
        """A sub-paragraph: an act of its own, or one of the things that its paragraph asks for."""
        passage = Passage(part)
        start = _opening(passage.text)
        match = self.words.verb.match(passage.text, start)
        ruling, whom = self.ruling[part.parent]
        own = match and (whom is None or self.words.language != "zh")  # a Chinese verb does not tell a task from an act
        if match and own:
            verb = self._meaning(match)
            self.ruling[part.path] = (verb, self._act(passage, part.path, verb, start, match.end(), len(passage.text)))
        elif whom is not None and (part.kind == "SubParagraph" or self._is_task(part, passage.text, start)):
            self._act(passage, part.path, ruling, start, start, len(passage.text), inherited=whom)
            self.ruling[part.path] = (ruling, whom)

    def _is_task(self, part: Part, text: str, start: int) -> bool:
        """Whether an item with a mark of its own says what is to be done; others are examples, or what is to be heeded."""
        return bool(part.number and self.words.said["task"].match(text, start))

    def _meaning(self, match: re.Match[str]) -> str:
        """The verb of ours for the words of a match."""
        spaced = re.sub(r"\s+", " ", match["verb"]).lower()
        return next(meant for words, meant in self.words.verbs.items() if words.lower() == spaced)

    def _act(  # noqa: PLR0913 - positions of one act
        self, passage: Passage, identifier: str, verb: str, start: int, after: int, end: int, *,
        inherited: Addressed | None = None, given: Addressed | None = None,
    ) -> Addressed | None:  # fmt: skip
        naming = self.draft.naming_at(passage.part.path)
        asks = verb in _ASKS
        whom = inherited or given or (addressed(passage.text, after, end, naming) if asks else None)
        refs = whom.refs if whom else ()
        if whom and whom.unknown and not inherited:
            refs = (*refs, self._unnamed(passage, identifier, whom))
            whom = Addressed(refs, "", whom.start, whom.end)
        operational = asks and bool(refs)
        if asks and not refs:
            self.draft.unknown(passage.evidence(start, min(end, start + 59)))
        text = passage.text
        oversight, consulted, partners, capacity = (
            self._named(key, text, start, end, naming) for key in ("oversight", "consulted", "partners", "capacity")
        )
        deadlines = deadlines_in(self.draft, passage, identifier, start, end)
        cites = cited_in(text[start:end], naming=naming)
        meetings = tuple(dict.fromkeys(m.ref for m in naming.meetings(text) if start <= m.start < end))
        record = ClauseRecord(
            identifier, passage.part.path, "operational" if operational else "informational", (verb,),
            passage.evidence(_lead(text, start) if start else 0, _phrase_end(text, start, end)), refs,
            next(iter(capacity), ""), deadlines, oversight, consulted, partners, (), (),
            tuple(dict.fromkeys(one.ref for one in cites)), meetings,
        )  # fmt: skip
        sure = GUESS if whom and any(".addressee" in ref for ref in refs) else NAME
        surely = {"addressees": (sure, "named beside the verb" if given else "named after the verb")} if refs else {}
        if inherited:
            surely = {"addressees": (POSITION, "those of the paragraph")}
        self.draft.add("clauses", record, verbs=(NAME, "the verb that opens the act"), **surely)
        return whom

    def _unnamed(self, passage: Passage, identifier: str, whom: Addressed) -> str:
        """An addressee that the register does not have: a group known by its place, under its name as written."""
        ref = f"group:{self.draft.handle}.{identifier}.addressee"
        proof = passage.evidence(whom.start, whom.end)
        spelled = quote(whom.unknown)
        self.draft.add("names", NameRecord(f"addressee-{identifier}", ref, spelled, "written", proof))
        return ref

    def _named(self, key: str, text: str, start: int, end: int, naming: Naming) -> tuple[str, ...]:
        match = self.words.said[key].search(text, start, end)
        if not match:
            return ()
        return tuple(dict.fromkeys(one.ref for one in naming.actors(match["who"])))


def _unmarked(word: str) -> str:
    """A word without accents, in small letters."""
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def _opening(text: str) -> int:
    match = _BRACKETS.match(text)
    return match.end() if match else 0


def _lead(text: str, start: int) -> int:
    """Past what only joins an act to the one before."""
    match = re.compile(r"[\s,;，；]*(?:(?:and|et|y|e|while|并)\s*(?!\w*$))?").match(text, start)
    return match.end() if match else start


def _phrase_end(text: str, start: int, end: int) -> int:
    """The end of the opening phrase: the first comma that leaves something to quote."""
    found = re.search(r"[,，;；:：]", text[start + 10 : end])
    return start + 10 + found.start() if found else end
