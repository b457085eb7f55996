"""The words of looking things up: columns, kinds of things, grounds and places, in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from mandategraph.answers.answer import Cell, Column, labelled_column
from mandategraph.answers.citing import cited
from mandategraph.lookup.names import Candidate
from mandategraph.model import codes
from mandategraph.rdf import namespaces
from mandategraph.store.base import Term as Value

_BARE = ("text", "line", "column", "written", "part")
REGISTER = Cell("register of names and codes", None, "名称和编号登记册")
# In the order in which they are told when a text is several of them.
_GROUND_WORDS = {
    "code": ("code {value}", "编号{value}"),
    "identifier": ("published code {value}", "公布的编号{value}"),
    "symbol": ("symbol {value}", "文号{value}"),
    "page": ("address of its web page, {value}", "网页地址{value}"),
    "label": ("name in the register, {value}", "登记册中的名称：{value}"),
    "other name": ("other name in the register, {value}", "登记册中的其他名称：{value}"),
}
_SPELLING = ("spelling in {document}, {value}", "{document}中的写法：{value}")
_BY_RULE = ("a reference by rule: {value}", "按规则识别的引用：{value}")
_BY_NUMBER = ("by rule: the body's name and the number of its meeting", "按规则：机构名称加会议届次")
_DIFFERENT = (" (written differently)", "（写法不同）")
_SHARED = ("only a part of its name, {name}; {count} bodies share it", "仅为其名称“{name}”的一部分，{count}个机构共有")
_NOT_SAME = {
    "en": "{thing} is judged not to be the same as {place}: {reason}.",
    "zh": "{thing}经判断与{place}所指不同：{reason}。",
}
_KINDS = {
    "meeting": "会议", "body": "机构", "document": "文件", "decision": "决定", "resolution": "决议", "place": "地点",
    "element": "要素", "group": "群体", "office": "职务", "organization": "组织", "party": "缔约方", "agenda-item": "议程项目",
    "term": "用语", "part": "段落", "passage": "段落", "clause": "条款", "mandate": "任务授权", "position": "立场", "erratum": "勘误",
    "schedule": "时间安排", "deliverable": "产出", "contribution": "投入", "classification": "类型", "remark": "评论",
    "treatment": "处理的议题", "requirement": "要求", "input": "投入文件", "name": "名称", "note": "脚注", "preparation": "筹备", "participation": "参与",  # noqa: E501
}  # fmt: skip
NUMBERED = re.compile(
    r"(?<![A-Za-z0-9/_.-])[A-Z][A-Z0-9]*(?:[-/][A-Z]+)?(?:\s?-\s?|\s)?[0-9]{1,2}(?![A-Za-z0-9_/(]|[-.][A-Za-z0-9])"
)
"""What may be a body's code with the number of a meeting, in a running text: ``COP15``, ``COP 15``, ``COP-15``."""
_COUNTED = re.compile(r"(?P<body>[A-Za-z]+(?:[-/][A-Za-z]+)?)[\s-]*0*(?P<number>[1-9][0-9]?)")


def column(name: str, en: str, zh: str, *, coded: bool = False) -> Column:
    """A column with a value and labels, or with a bare value where it has no words; that of the sources has places."""
    made = labelled_column(name, en, zh, coded=coded)
    return replace(made, parts=("value",)) if name in _BARE else made


def kind(name: str) -> Cell:
    """A kind of thing."""
    return Cell(name, name.replace("-", " "), _KINDS.get(name))


def kind_of(thing: Candidate) -> str:
    """The kind of a thing, decisions and resolutions told from other documents."""
    symbol = namespaces.compact(thing.iri)
    if thing.kind != "document":
        return thing.kind
    return "resolution" if symbol.startswith("A/RES/") else "decision" if "/DEC/" in symbol else "document"


def ground(text: str, thing: Candidate, held: Sequence[tuple[str, str]], named: Sequence[Mapping[str, Value]]) -> Cell:
    """On which ground the text means the thing: a published code, a spelling in a document, a page's address, a rule.

    ``held`` are the matching values of the register, ``named`` the matching spellings in documents.
    """
    held = sorted(held, key=lambda one: (list(_GROUND_WORDS).index(one[0]), one[1]))
    published = [(name, value) for name, value in held if name in ("identifier", "symbol", "page")]
    if codes.key(text) != codes.fold(text):  # an address
        published.sort(key=lambda one: one[0] != "page")
    if published or (held and not named):
        name, value = (published or held)[0]
        english, chinese = _GROUND_WORDS[name]
        return _told(name, english, chinese, text, value)
    if named:
        document = ", ".join(sorted({namespaces.compact(row["document"].value) for row in named}))
        value = min(row["value"].value for row in named)
        english, chinese = (words.format(document=document, value="{value}") for words in _SPELLING)
        return _told("spelling", english, chinese, text, value)
    if thing.kind == "document":
        return Cell("rule", *(words.format(value=thing.code) for words in _BY_RULE))
    return Cell("rule", *_BY_NUMBER)


def _told(name: str, english: str, chinese: str, text: str, value: str) -> Cell:
    differs = name != "page" and "".join(text.split()) != "".join(value.split())
    en, zh = _DIFFERENT if differs else ("", "")
    return Cell(name, english.format(value=value) + en, chinese.format(value=value) + zh)


def shared_part(name: str, count: int) -> Cell:
    """The ground on which a generic part of a name may mean a body."""
    return Cell("part of a name", *(words.format(name=name, count=count) for words in _SHARED))


def generic_in(key: str, body: Candidate) -> str | None:
    """The name of the body that ends (in Chinese) or begins (in English) with this folded text, as whole words."""
    if len(key) < 2:
        return None
    if body.zh and codes.fold(body.zh).endswith(key) and codes.fold(body.zh) != key and not key.isascii():
        return body.zh
    tokens = body.en.split()
    for count in range(1, len(tokens)):
        if codes.fold("".join(tokens[:count])) == key and tokens[count].lower() in ("on", "of", "for", "under", "to"):
            return body.en
    return None


def meeting_code(text: str, bodies: Collection[str]) -> str | None:
    """``COP-15`` for ``COP15`` or ``COP 15``, when the letters are those of a body; else None."""
    found = _COUNTED.fullmatch(codes.plain(text).strip())
    body = found["body"].upper().replace("/", "-") if found else ""
    return f"{body}-{found['number']}" if found and body in bodies else None


def place(row: Mapping[str, Value]) -> Cell:
    """Document, place and line, in both languages."""
    document = namespaces.compact(row["document"].value) if "document" in row else ""
    line = row["line"].value if "line" in row else ""
    cite, cite_zh = (row[name].value if name in row else "" for name in ("cite", "citeZh"))
    english, chinese = cited(document, cite, cite_zh, line)
    return Cell(english, None, chinese)


def first_places(found: Iterable[Mapping[str, Value]]) -> tuple[Cell, ...]:
    """The first place in each document, and how many more there are."""
    by_document: dict[str, dict[tuple[int, str], Cell]] = {}
    for row in found:
        cell = place(row)
        by_document.setdefault(row["document"].value, {})[int(row["line"].value), cell.value or ""] = cell
    made = []
    for _, places in sorted(by_document.items()):
        first, more = places[min(places)], len(places) - 1
        english, chinese = (f" and {more} more", f"等{more + 1}处") if more else ("", "")
        made.append(Cell(f"{first.value}{english}", None, f"{first.zh}{chinese}"))
    return tuple(made)


def not_same(language: str, thing: str, row: Mapping[str, Value]) -> str:
    """A judgement that two things are not one, as a sentence."""
    cell = place(row)
    where = (cell.zh if language == "zh" else cell.value) or ""
    return _NOT_SAME[language].format(thing=thing, place=where, reason=row["reason"].value.rstrip(".。"))
