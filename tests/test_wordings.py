"""Wordings that documents of the kinds we read use, one class after another: heads of columns, times, postponed meetings …"""

from __future__ import annotations

import pytest
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
