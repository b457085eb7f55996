"""What the columns of a schedule table hold, by the words of their heads, in four languages."""

from __future__ import annotations

import re

from mandategraph.read.text import fold

_HEADS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("when-where", (
        "日期和地点", "时间和地点", r"dates? (?:and|&|/) ?(?:venue|place|location)", "dates? et lieu", "fechas? y lugar",
        "when and where",
    )),
    ("when", ("日期", "时间", r"\bdates?\b", r"\bwhen\b", r"\bfechas?\b", r"\bquand\b", r"\bp[eé]r[ií]od[oe]?\b",
        r"\bcuándo\b")),
    ("where", (
        "地点", r"\bvenue\b", r"\bplace\b", r"\blocation\b", r"\bwhere\b", r"\blieu\b", r"\blugar\b",
        r"\bsede\b", r"\bciudad\b", r"\bville\b",
    )),
    ("element", (
        "要素", "主题", "议题", r"\bel[eé]ment(?:o?s?)\b", r"\béléments?\b", r"\bsubjects?\b", r"\btopics?\b",
        r"\bthemes?\b", r"\bissues?\b",
        r"\bsujets?\b", r"\bthèmes?\b", r"\btemas?\b", r"\basuntos?\b",
    )),
    ("mandate", (
        "任务授权", "授权", r"\bmandat(?:es?|s|os?)?\b", r"\bauthority\b", r"\bd[eé]cisions?\b",
        r"\bdecisi[oó]n(?:es)?\b", r"\blegislative basis\b",
        r"\bbase\b",
    )),
    ("role", (
        "作用", "产出", "成果", "投入", r"\brole\b", r"\brôle\b", r"\bpapel\b", r"\bfunci[óo]n\b", r"\boutputs?\b",
        r"\boutcomes?\b", r"\binputs?\b",
        r"\bdeliverables?\b", r"\bexpected\b", r"\brésultats?\b", r"\bproduits?\b", r"\bcontributions?\b",
        r"\bresultados?\b", r"\bproductos?\b",
        r"\bcontribuci[óo]n(?:es)?\b",
    )),
    ("type", ("类型", r"\btypes?\b", r"\btipos?\b", r"\bformat\b", r"\bkind\b")),
    ("meeting", (
        "会议", "活动", r"\bmeetings?\b", r"\bevents?\b", r"\bactivit(?:y|ies)\b", r"\bréunions?\b",
        r"\bmanifestations?\b", r"\bactivités?\b",
        r"\breuni[óo]n(?:es)?\b", r"\beventos?\b", r"\bactividad(?:es)?\b", r"\bconsultations?\b",
        r"\bsessions?\b", r"\bname\b",
    )),
)  # fmt: skip
"""The first that matches a head says what its column holds; the order matters (a role may be that of a meeting)."""

_PATTERNS = tuple((name, re.compile("|".join(words))) for name, words in _HEADS)
_LONGEST = 90

IN_RECORDS = {"when": "when-where", "where": "when-where"}
"""Under which head of the model a narrower column is recorded."""


def column_of_head(head: str) -> str:
    """What a column holds; an empty string when its head says nothing we know."""
    folded = fold(head).lower()
    if not folded or len(folded) > _LONGEST:
        return ""
    return next((name for name, pattern in _PATTERNS if pattern.search(folded)), "")


def columns_of(cells: tuple[str, ...]) -> list[str]:
    """What each column of a table holds by its head row; empty where this row is no head of a schedule.

    A schedule has a column of meetings and one that says when.
    """
    if any(
        re.search(r"\d{4}|\d{1,2}[月日]", cell)
        for cell in cells
        if not re.search(r"20[0-9]{2}年后|post-2020|après-2020|posterior a 2020", fold(cell).lower())
    ):
        return []
    columns = [column_of_head(cell) for cell in cells]
    named = [column for column in columns if column]
    if "meeting" not in named or not {"when", "when-where"} & set(named) or len(set(named)) < len(named):
        return []
    return columns
