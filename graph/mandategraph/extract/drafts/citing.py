"""What a text cites: decisions and resolutions down to their paragraphs, and other documents by their symbols."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.extract.drafts.naming import Naming, symbols
from mandategraph.extract.drafts.passage import CODE, Draft, Passage
from mandategraph.extract.drafts.wording import level
from mandategraph.extract.names import Mention
from mandategraph.model.decision_references import Reference, find_references
from mandategraph.model.paragraph_records import CitationRecord, CitedPartRecord
from mandategraph.model.references import Ref

_RECOMMENDATION = re.compile(
    r"\b(?P<word>recomm[ae]ndations?|recomendaci[óo]n(?:es)?)\s+(?P<number>\d{1,2}/\d{1,2})(?![\d/])|第?(?P<number2>\d{1,2}/\d{1,2})号建议",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:\s*(?:,|、)\s*(?:and\s+|et\s+|y\s+)?|\s+(?:and|et|y)\s+|\s*[和及]\s*|(?P<to>\s*-\s*|\s+(?:to|à|a)\s+|\s*至\s*))第?(?P<number>\d{1,2}/\d{1,2})(?![\d/])号?",
    re.IGNORECASE,
)
_ANNEX_AFTER = re.compile(
    r"\s*,?\s*(?:\(\s*)?(?:annexe?|anexo)\b(?!\s+[\dIVX])|的?附件(?![\d一二三四五六七八九])", re.IGNORECASE
)
_ANNEX_BEFORE = re.compile(
    r"\b(?:the\s+annex\s+(?:to|of)|l'\s*annexe\s+(?:à|de)\s+(?:la\s+)?|(?:el|al|del)\s+anexo\s+(?:a|de)\s+(?:la\s+)?)\s*$",
    re.IGNORECASE,
)
"""The one annex of a decision; one of several, with its number, counts as the decision."""
_RECOMMENDING = ("SBSTTA", "SBI", "WG8J", "WG2020")
_BESIDE = 12
"""So far after a number stands the body that gave it: ` of the `, ` de l'`."""
_STOP = re.compile(r"[.;。；]\s|[。；]")
_CONTAINERS = ("TableRow", "TableHead", "HeadingBlock")


@dataclass(frozen=True)
class Cited:
    """A document or a paragraph of one, and where in the text it is named."""

    ref: str
    start: int
    end: int
    parts: tuple[CitedPartRecord, ...] = ()


def cited_in(text: str, own: str = "", *, bare: bool = False, naming: Naming | None = None) -> list[Cited]:
    """Everything that a levelled text cites, in order. `bare` lets `14/34` alone be a decision, as in a column of them.

    With `naming`, recommendations too that are told by a number and a body.
    """
    found: list[Cited] = []
    for reference in find_references(text, _is_decision, no_days=True) if bare else find_references(text):
        found += _annex(text, reference) or _paragraphs(
            reference.symbol, reference.paragraphs, reference.start, reference.end
        )
    for mention in symbols(text):
        if not any(mention.start < one.end and one.start < mention.end for one in found):
            found.append(Cited(mention.ref, mention.start, mention.end))
    found += _recommendations(text, naming) if naming else []
    return sorted((one for one in found if one.ref != own), key=lambda one: (one.start, one.ref))


def _recommendations(text: str, naming: Naming) -> list[Cited]:
    """`recommendation 24/5 of the Subsidiary Body …`, `SBSTTA recommendation 24/5`, 执行问题附属机构第5/12号建议."""
    found, bodies = [], naming.bodies(text)
    for match in _RECOMMENDATION.finditer(text):
        after = [one for one in bodies if 0 <= one.start - match.end() <= _BESIDE and match["word"]]
        before = [one for one in bodies if 0 <= match.start() - one.end <= 1]
        own = () if before or after else _adopting(text, match.start(), bodies, naming)
        body = next((Ref(one.ref).code for one in (*before, *after, *own)), "")
        if body in _RECOMMENDING:
            number = match["number"] or match["number2"]
            found.append(Cited(f"document:CBD/{body}/REC/{number}", match.start(), match.end()))
            found += _further(text, f"document:CBD/{body}/REC/", number, match.end())
    return found


def _further(text: str, document: str, number: str, at: int) -> list[Cited]:
    """The recommendations that are listed with one: `29/1, 29/3 and 29/4`, `29/1 to 29/4`."""
    found: list[Cited] = []
    while match := _LISTED.match(text, at):
        (session, first), (own, last) = number.split("/"), match["number"].split("/")
        between = range(int(first) + 1, int(last)) if match["to"] and session == own else ()
        found += [Cited(f"{document}{session}/{one}", match.start("number"), match.end()) for one in between]
        found.append(Cited(f"{document}{match['number']}", match.start("number"), match.end()))
        number, at = match["number"], match.end()
    return found


def _adopting(text: str, at: int, bodies: list[Mention], naming: Naming) -> tuple[Mention, ...]:
    """The body whose own recommendation stands at a place: the only one before it in the sentence, said to adopt it."""
    start = max((stop.end() for stop in _STOP.finditer(text, 0, at)), default=0)
    told = [one for one in bodies if start <= one.start and one.end <= at]
    if len({one.ref for one in told}) != 1 or not naming.words.said["own_act"].search(text, told[-1].end, at):
        return ()
    return (told[-1],)


def _is_decision(symbol: str) -> bool:
    """Sessions of the Conference from 14 on are written in figures, as nothing else in these texts is."""
    return bool(re.match(r"CBD/COP/DEC/1[4-9]/", symbol))


def _paragraphs(symbol: str, numbers: tuple[str, ...], start: int, end: int) -> list[Cited]:
    document = f"document:{symbol}"
    single = [number for one in numbers for number in _each(one)]
    if not single:
        return [Cited(document, start, end)]
    found = []
    for number in single:
        ref = f"part:{symbol}/paragraph-{number}"
        part = CitedPartRecord(ref, "OperativeParagraph", document, f"paragraph {number}", f"第{number}段")
        found.append(Cited(ref, start, end, (part,)))
    return found


def _annex(text: str, reference: Reference) -> list[Cited]:
    """`decision 15/4, annex`, `the annex to decision 15/4`, 第15/4号决定附件: the annex of a decision, where it has one."""
    after = _ANNEX_AFTER.match(text, reference.end)
    before = None if after else _ANNEX_BEFORE.search(text[: reference.start])
    if reference.paragraphs or not (after or before):
        return []
    ref = f"part:{reference.symbol}/annex"
    part = CitedPartRecord(ref, "Annex", f"document:{reference.symbol}", "annex", "附件")
    start, end = before.start() if before else reference.start, after.end() if after else reference.end
    return [Cited(ref, start, end, (part,))]


def _each(number: str) -> list[str]:
    """`3-5` is three paragraphs; `24(e)` stands for its paragraph."""
    span = re.fullmatch(r"(\d{1,3})-(\d{1,3})", number)
    if span and 0 < int(span[2]) - int(span[1]) < 60:
        return [str(one) for one in range(int(span[1]), int(span[2]) + 1)]
    plain = re.match(r"\d+", number)
    return [plain[0]] if plain else []


def read_citations(draft: Draft, own: str) -> None:
    """Keep one record for each thing that a part of the document cites."""
    parts: dict[str, CitedPartRecord] = {}
    for part in draft.tree.parts.values():
        has_cells = part.kind == "TableRow" and not any(one.kind == "TableCell" for one in draft.below(part.path))
        if (part.kind in _CONTAINERS and not has_cells) or not part.text:
            continue
        passage = Passage(part)
        bare, naming = part.column == "mandate", draft.naming_at(part.path)
        for number, cited in enumerate(cited_in(level(part.text), f"document:{own}", bare=bare, naming=naming), 1):
            evidence = passage.evidence(cited.start, cited.end)
            record = CitationRecord(f"{part.path}.citation-{number}", cited.ref, evidence)
            draft.add("citations", record, cited=(CODE, "a symbol or number of a decision"))
            parts.update((one.ref, one) for one in cited.parts)
    draft.sections["cited_parts"] = [parts[ref] for ref in sorted(parts)]
