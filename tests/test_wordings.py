"""Wordings that documents of the kinds we read use, one class after another: heads of columns, times, postponed meetings …"""

from __future__ import annotations

import pytest
from mandategraph.extract.drafts.citing import cited_in
from mandategraph.extract.drafts.naming import naming
from mandategraph.extract.drafts.wording import level
from mandategraph.read.heads import columns_of

HEADS = [
    ("Output|When and where|Event|Basis", "role when-where meeting mandate"),
    ("Focus|Where|Contribution|Event|Time frame", "element where role meeting when"),
    ("No.|Meeting|Meeting organizer|Venue|Timing|Follow-up", "- meeting - where when role"),
    ("Suites attendues|Lieu|Thème|Mandat|Rencontre|Organisateur|Période", "role where element mandate meeting - when"),
    ("Événement|Où|Quand|Fondement|Apports", "meeting where when mandate role"),
    ("Encuentro|Sede|Período|Cuestión|Fundamento|Aportaciones", "meeting where when element mandate role"),
    ("地点|会议|预期成果|时间|任务来源|议题", "where meeting role when mandate element"),
    ("会议名称|会议地点|会议时间|主办单位|依据", "meeting where when - mandate"),
    ("Мероприятие|Место проведения|Сроки|Основание|Результаты", "meeting where when mandate role"),
    ("Meeting number|Meeting|Dates", "- meeting when"),
    ("Organizer of the meeting|Dates", ""),
    ("Meeting of 2028|Dates", ""),
    ("Meeting|Subject|Organizer", ""),
]  # fmt: skip


@pytest.mark.parametrize(("head", "held"), HEADS)
def test_what_the_columns_of_a_schedule_hold(head: str, held: str) -> None:
    columns = columns_of(tuple(head.split("|")))
    assert " ".join(column or "-" for column in columns) == held


CITED = [
    ("en", "In paragraph 11 of its decision 17/40, the Conference of the Parties", "CBD/COP/DEC/17/40/paragraph-11"),
    ("fr", "Au paragraphe 9 de sa décision XIII/18, la Conférence", "CBD/COP/DEC/XIII/18/paragraph-9"),
    ("es", "En el párrafo 7 de su decisión 17/25, la Conferencia", "CBD/COP/DEC/17/25/paragraph-7"),
    ("en", "SBSTTA addressed the targets in its recommendation 29/2.", "CBD/SBSTTA/REC/29/2"),
    ("en", "SBSTTA met. SBI adopted recommendation 5/2.", "CBD/SBI/REC/5/2"),
    ("en", "SBI considered recommendation 29/2.", ""),
    ("en", "SBI and SBSTTA spoke of its recommendation 29/2.", ""),
    ("fr", "L’OSASTT a adopté la recommandation 29/2.", "CBD/SBSTTA/REC/29/2"),
    ("es", "El OSACTT aprobó la recomendación 29/2.", "CBD/SBSTTA/REC/29/2"),
    ("zh", "执行问题附属机构通过了第5/2号建议。", "CBD/SBI/REC/5/2"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "refs"), CITED)
def test_what_a_sentence_cites(language: str, text: str, refs: str) -> None:
    found = [one.ref.partition(":")[2] for one in cited_in(level(text), naming=naming(language))]
    assert " ".join(found) == refs
