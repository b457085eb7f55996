"""What is settled and checked when all lines of a document are read: footnote marks, and whether the whole is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mandategraph.read.marks import trailing_figure
from mandategraph.read.parts import DocumentTree, Part, Repair
from mandategraph.read.text import chinese_number, fold, roman
from mandategraph.system.errors import InputError

_NUMERAL = "[一二三四五六七八九十]+"


def settle_marks(tree: DocumentTree) -> None:
    """Give footnote marks that slid into the text back to their part: a bare figure at its end that a note has.

    Raises:
        InputError: a mark has no footnote.
    """
    notes = {int(part.number): part for part in tree.of_kind("Footnote")}
    marked = {mark for part in tree.parts.values() for mark in part.marks}
    for part in list(tree.of_kind("TableCell", "Item", "Paragraph", "OperativeParagraph")):
        split = trailing_figure(part.text)
        if split and split[1] in notes and split[1] not in marked:
            line = part.pieces[-1][0]
            part.pieces[-1] = (line, trailing_figure(part.pieces[-1][1])[0])  # type: ignore[index]
            part.marks.append(split[1])
            marked.add(split[1])
            detail = f"footnote mark {split[1]} had lost its raised form"
            tree.repairs.append(Repair("glued-footnote-mark", line, part.path, detail))
    for value in sorted(marked - set(notes)):
        holder = next(part for part in tree.parts.values() if value in part.marks)
        raise _short(
            tree, holder, f"footnote {value} is marked at {holder.cite or holder.kind} but its text is missing"
        )


def check_complete(tree: DocumentTree) -> None:
    """What the text announces must be there: annexes it names, the tables it counts, a list where it ends in a colon.

    Raises:
        InputError: with the first thing that is missing.
    """
    for part in tree.of_kind("OperativeParagraph", "Paragraph"):
        for what in _missing(tree, part):
            raise _short(tree, part, f"{what}, though {part.cite} speaks of it")


def _missing(tree: DocumentTree, part: Part) -> Iterator[str]:
    folded = fold(part.text)
    if part.kind == "Paragraph":
        if folded.endswith(":") and not list(tree.below(part.path)):
            yield "a list is missing"
        return
    annexes = {annex.number for annex in tree.of_kind("Annex")}
    for mark in re.findall(rf"(?<!决定)附件({_NUMERAL})", folded):
        if mark not in annexes:
            yield f"annex {roman(chinese_number(mark)).upper()} is missing"
    announced = re.search(rf"({_NUMERAL})个表格", folded)
    tables = sum(1 for _ in tree.of_kind("Table"))
    if announced and tables != chinese_number(announced[1]):
        yield f"{chinese_number(announced[1])} tables are announced, {tables} found"


def _short(tree: DocumentTree, part: Part, what: str) -> InputError:
    return InputError(
        what, where=f"{tree.name}, line {part.first}", hint="the document is cut short: load the whole of it"
    )
