"""What the columns of a schedule table hold, by the words of their heads, in the six languages."""

from __future__ import annotations

import re

from mandategraph.read.text import fold

_OTHERS = r"""
    主办|组织方|联系|备注|经费|状态
    \borgani[sz]ers?\b  \borgani[sz]ed\b  \bhosts?\b  \bhosted\b  \bcontacts?\b  \bremarks?\b  \bnotes?\b  \bstatus\b
    \bbudget\b  \bcosts?\b  \bfunding\b  \bparticipants?\b  \bresponsib\w+  \bdeadlines?\b
    \borganisat(?:eur|rice)s?\b  \bhôtes?\b  \bremarques?\b  \bobservations?\b  \bcoûts?\b  \bfinancement\b  \bresponsables?\b
    \borganizador(?:es|as?)?\b  \banfitri[óo]n(?:es)?\b  \bcontactos?\b  \bnotas?\b  \bestado\b  \bcostos?\b  \bfinanciación\b
    организатор  контакт  примечани
"""
"""Heads of columns that hold nothing of a schedule, though a word of theirs may (`Organizer of the meeting`)."""

_HEADS: tuple[tuple[str, str], ...] = (
    ("when-where", r"""
        日期和地点|时间和地点|日期/地点|时间/地点
        \bdates?\s*(?:and|&|/|,)\s*(?:venue|place|location)  \bwhen\s*(?:and|&|/)\s*where
        \bdates?\s*(?:et|/)\s*lieu  \bquand\s+et\s+où  \bfechas?\s*(?:y|/)\s*lugar  \bcuándo\s+y\s+dónde
        \b(?:venue|place|location)\s*(?:and|&|/)\s*(?:dates?|time)  \blieu\s*(?:et|/)\s*dates?  \blugar\s*(?:y|/)\s*fechas?
        地点和(?:日期|时间)  \bдат[аы]\s+и\s+место  \bместо\s+и\s+(?:дат|сроки)
    """),
    ("when-end", r"""
        结束日期|结束时间|截止日期
        ^end(?:ing|s)?\b  ^end\s+date  ^to(?:\s+date)?$  ^until$  \b(?:date|jour)\s+de\s+(?:fin|clôture)  ^fin$  ^au$
        \bfecha\s+(?:de\s+)?(?:finali[sz]ación|fin|término|clausura|conclusión)  ^hasta$  ^final$
    """),
    ("country", r"""
        国家  \bcountry\b  \bpays\b  \bpaís\b  \bстрана\b
    """),
    ("when", r"""
        ^start(?:s|ing)?$  ^begin(?:s|ning)?$  ^from(?:\s+date)?$  ^début$  ^du$  ^inicio$  ^desde$  ^comienzo$
        日期|时间|时段
        \bdates?\b  \bwhen\b  \btime ?frames?\b  \btimes?\b  \btiming\b  \bperiods?\b  \bmonths?\b
        \bquand\b  \bpériodes?\b  \bmois\b  \bhoraires?\b
        \bfechas?\b  \bcuándo\b  \bper[ií]odos?\b  \bmes(?:es)?\b
        \bдат[аы]\b  \bсроки?\b  \bкогда\b  \bвремя\b
    """),
    ("where", r"""
        地点|会址|会场|举办地|城市
        \bvenues?\b  \bplaces?\b  \blocations?\b  \bwhere\b  \bcity\b
        \blieux?\b  \bville\b  \bendroit\b  (?<!\w)où(?!\w)
        \blugar(?:es)?\b  \bsedes?\b  \bciudad\b  \bdónde\b  \bubicación\b
        \bместо\b  \bгде\b  \bгород\b
    """),
    ("element", r"""
        要素|主题|议题|专题|重点
        \bel[eé]ment(?:o?s?)\b  \béléments?\b  \bsubjects?\b  \btopics?\b  \bthemes?\b  \bissues?\b  \bfocus\b
        \bsujets?\b  \bthèmes?\b  \bthématiques?\b
        \btemas?\b  \basuntos?\b  \bcuesti[óo]n(?:es)?\b  \btemáticas?\b  \bmaterias?\b
        \bэлемент  \bтем[аы]\b  \bвопрос
    """),
    ("mandate", r"""
        任务授权|授权|任务来源|依据|决定|决议
        \bmandat(?:es?|s|os?)?\b  \bauthority\b  \bd[eé]cisions?\b  \bdecisi[oó]n(?:es)?\b  \bbas(?:is|es?)\b
        \bfondements?\b  \bfundamentos?\b  \bautori(?:té|dad)\b
        \bмандат  \bоснование\b  \bрешени
    """),
    ("role", r"""
        作用|产出|成果|投入|贡献|结果|后续
        \broles?\b  \brôles?\b  \bpapel\b  \bfunci[óo]n\b  \boutputs?\b  \boutcomes?\b  \binputs?\b  \bdeliverables?\b  \bexpected\b
        \bproducts?\b  \bresults?\b  \bcontributions?\b  \bfollow-?up\b  \bnext\s+steps\b
        \brésultats?\b  \bproduits?\b  \bapports?\b  \blivrables?\b  \bsuites?\b  \battendue?s\b
        \bresultados?\b  \bproductos?\b  \bcontribuci[óo]n(?:es)?\b  \baport(?:e|aci[óo]n)(?:e?s)?\b  \bentregables?\b  \bseguimiento\b
        \besperad[ao]s\b  \bроль\b  \bрезультат  \bвклад
    """),
    ("type", r"""
        类型|形式
        \btypes?\b  \btipos?\b  \bformats?\b  \bkind\b  \bmodalit(?:y|és?)\b  \bmodalidad\b  \bтип\b  \bвид\b  \bформат\b
    """),
    ("meeting", r"""
        会议|活动|名称
        \bmeetings?\b  \bevents?\b  \bactivit(?:y|ies)\b  \bconsultations?\b  \bsessions?\b  \bname\b  \bworkshops?\b  \bgatherings?\b
        \bréunions?\b  \bmanifestations?\b  \bactivités?\b  \brencontres?\b  \bévénements?\b  \bévènements?\b
        \bateliers?\b  \bintitulé\b
        \breuni[óo]n(?:es)?\b  \beventos?\b  \bactividad(?:es)?\b  \bencuentros?\b  \btaller(?:es)?\b  \bactos?\b  \bnombre\b
        \bсовещани  \bмероприяти  \bзаседани  \bвстреч
    """),
)  # fmt: skip
"""The first that matches a head says what its column holds; the order matters (a role may be that of a meeting)."""


def _any_of(words: str) -> str:
    return "|".join(re.split(r"\s{2,}", words.strip()))


_OTHER = re.compile(rf"\W*(?:{_any_of(_OTHERS)})")
_PATTERNS = tuple((name, re.compile(_any_of(words))) for name, words in _HEADS)
_LONGEST = 90

IN_RECORDS = dict.fromkeys(("when", "when-end", "where", "country"), "when-where")
"""Under which head of the model a narrower column is recorded."""


def column_of_head(head: str) -> str:
    """What a column holds; an empty string when its head says nothing we know."""
    folded = fold(head).lower()
    if not folded or len(folded) > _LONGEST or _OTHER.match(folded):
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
    columns = _settled(cells, [column_of_head(cell) for cell in cells])
    named = [column for column in columns if column]
    if "meeting" not in named or not {"when", "when-where"} & set(named) or len(set(named)) < len(named):
        return []
    return columns


def _settled(cells: tuple[str, ...], columns: list[str]) -> list[str]:
    """Of two columns that seem to hold the same, the one whose head is the bare word is it: `Meeting`, not `Meeting no.`."""
    settled = list(columns)
    for name, pattern in _PATTERNS:
        same = [at for at, column in enumerate(columns) if column == name]
        bare = [at for at in same if pattern.fullmatch(fold(cells[at]).lower())]
        if len(same) > 1 and len(bare) == 1:
            for at in same:
                settled[at] = name if at in bare else ""
    return settled
