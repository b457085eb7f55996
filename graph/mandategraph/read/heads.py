"""What the columns of a schedule table hold, by the words of their heads, in four languages."""

from __future__ import annotations

import re

from mandategraph.read.text import fold

_HEADS = (
    ("when-where", r"日期和地点|时间和地点|dates? (?:and|&|/) ?(?:venue|place|location)|dates? et lieu|fechas? y lugar|when and where"),
    ("when", r"日期|时间|\bdates?\b|\bwhen\b|\bfechas?\b|\bquand\b|\bperiod\b|\bpériode\b|\bperíodo\b|\bcuándo\b"),
    ("where", r"地点|\bvenue\b|\bplace\b|\blocation\b|\bwhere\b|\blieu\b|\blugar\b|\bsede\b|\bciudad\b|\bville\b"),
    ("element", r"要素|主题|议题|\belements?\b|\bsubjects?\b|\btopics?\b|\bthemes?\b|\béléments?\b|\bsujets?\b|\bthèmes?\b|\belementos?\b|\btemas?\b|\basuntos?\b|\bissues?\b"),
    ("mandate", r"任务授权|授权|\bmandates?\b|\bauthority\b|\bdecisions?\b|\bmandats?\b|\bdécisions?\b|\bmandatos?\b|\bdecision(?:es)?\b|\bdecisión\b|\blegislative basis\b|\bbase\b"),
    ("role", r"作用|产出|成果|投入|\brole\b|\boutputs?\b|\boutcomes?\b|\binputs?\b|\bdeliverables?\b|\brôle\b|\brésultats?\b|\bproduits?\b|\bcontributions?\b|\bfunci[óo]n\b|\bresultados?\b|\bproductos?\b|\bcontribuci[óo]n(?:es)?\b|\bpapel\b|\bexpected\b"),
    ("type", r"类型|\btypes?\b|\btipos?\b|\bformat\b|\bkind\b"),
    ("meeting", r"会议|活动|\bmeetings?\b|\bevents?\b|\bactivit(?:y|ies)\b|\bréunions?\b|\bmanifestations?\b|\bactivités?\b|\breuni[óo]n(?:es)?\b|\beventos?\b|\bactividad(?:es)?\b|\bconsultations?\b|\bsessions?\b|\bname\b"),
)  # fmt: skip
"""The first that matches a head says what its column holds; the order matters (a role may be that of a meeting)."""

_PATTERNS = tuple((name, re.compile(words)) for name, words in _HEADS)
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
    if any(re.search(r"\d{4}|\d{1,2}[月日]", cell) for cell in cells if not re.search(r"20[0-9]{2}年后|post-2020|après-2020|posterior a 2020", fold(cell).lower())):
        return []
    columns = [column_of_head(cell) for cell in cells]
    named = [column for column in columns if column]
    if "meeting" not in named or not {"when", "when-where"} & set(named) or len(set(named)) < len(named):
        return []
    return columns
