"""Documents of any kind become draft records: what they say is found, what they do not say is not."""

from __future__ import annotations

import random
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import documents
import facts
import pytest
from mandategraph.extract.drafts.draft import draft_of, read_document
from mandategraph.extract.drafts.naming import naming
from mandategraph.extract.drafts.when import find_whens
from mandategraph.extract.drafts.wording import LANGUAGES, language_of, level, wording
from mandategraph.model.record_files import dump, load
from mandategraph.model.records import Extraction
from mandategraph.read.formats.detect import render_bytes
from mandategraph.system.errors import MandategraphError

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import extraction as bench
import read_by_hand

FLOOR = 0.9
"""Least precision and recall of each kind of fact over all invented documents together."""
KNOWN_FLOOR = 0.99
"""The same for the two sources of the graph."""


@pytest.fixture(scope="session")
def scores() -> dict[str, bench.Score]:
    return bench.measured(documents.names())[0]


@pytest.mark.parametrize("kind", facts.KINDS)
def test_precision_and_recall_of_each_kind_of_fact(scores: dict[str, bench.Score], kind: str) -> None:
    score = scores[kind]
    assert score.right + score.missed >= 3, "too few facts to speak of"
    assert score.precision >= FLOOR
    assert score.recall >= FLOOR


def test_the_two_sources_are_read_whole() -> None:
    told = read_by_hand.measured(bench.Score)
    if not told:
        pytest.skip("the source documents are not at hand")
    for title, by_kind, differences in told:
        for kind, score in by_kind.items():
            assert score.precision >= KNOWN_FLOOR, (title, kind, differences)
            assert score.recall >= KNOWN_FLOOR, (title, kind, differences)


def test_where_a_document_is_silent_nothing_is_found() -> None:
    data, file = documents.made("en-silent")
    found = facts.facts(read_document(render_bytes(data, file), data))
    told = {kind: lines for kind, lines in found.items() if lines and kind != "heading"}
    assert told == {}


@pytest.mark.parametrize("kind", ["docx", "pdf", "html", "markdown"])
@pytest.mark.parametrize("name", ["es-note", "fr-decision", "en-schedule"])
def test_the_same_facts_from_every_kind_of_file(name: str, kind: str) -> None:
    data = documents.source(name)
    data |= {"format": kind, "head": data.get("head", "running head")}
    maker = {
        "docx": documents.as_docx,
        "pdf": documents.as_pdf,
        "html": documents.as_html,
        "markdown": documents.as_markdown,
    }[kind]
    made = maker(data)
    found = facts.facts(read_document(render_bytes(made, name + documents.SUFFIXES[kind]), made))
    for one in ("meetings", "dates", "places", "clauses", "deadlines", "targets", "mandates", "elements"):
        assert found[one] == set(map(str, documents.expected(name)[one])), one


@pytest.mark.parametrize("name", documents.names())
def test_drafts_are_reproducible_and_their_evidence_is_short_and_in_place(name: str) -> None:
    data, file = documents.made(name)
    made = draft_of(documents.rendered(name))
    assert dump(draft_of(render_bytes(data, file))) == dump(made)
    assert load(dump(made), name) == made
    parts = {part.path: part for part in made.parts}
    for section in (
        "meetings",
        "schedules",
        "clauses",
        "mandates",
        "contributions",
        "citations",
        "names",
        "not_understood",
    ):
        for record in getattr(made, section):
            for proof in getattr(record, "evidence", (record,)):
                assert len(proof.quote) < 60
                assert parts[proof.place].first <= proof.line <= parts[proof.place].last
    assert {sure.record.partition("/")[0] for sure in made.confidences} <= {
        "document",
        *(part.name for part in fields(made)),
    }
    assert all(0 < sure.hundredths < 100 and sure.rule for sure in made.confidences)


def test_lines_lead_back_to_the_page() -> None:
    data, file = documents.made("en-schedule")
    made = draft_of(render_bytes(data, file))
    assert {part.locator.partition(",")[0] for part in made.parts} == {"page 1"}
    data, file = documents.made("en-recommendation")
    assert all(
        part.locator.startswith("paragraph ")
        for part in draft_of(render_bytes(data, file)).parts
        if part.kind != "Footnote"
    )


TIMES = [
    ("en", "17 to 22 November 2019", "2019-11-17/2019-11-22 day fixed"),
    ("en", "30 October–1 November 2019", "2019-10-30/2019-11-01 day fixed"),
    ("en", "29 December to 2 January 2020", "2019-12-29/2020-01-02 day fixed"),
    ("en", "January or February 2020", "2020-01-01/2020-02-29 alternative-months fixed"),
    ("en", "March 2020 (TBC)", "2020-03-01/2020-03-31 month to-be-confirmed"),
    ("en", "November 17-22, 2019", "2019-11-17/2019-11-22 day fixed"),
    ("en", "10 and 17 March 2020", "2020-03-10/2020-03-17 several-dates fixed"),
    ("en", "8–12 May and 15 May 2028", "2028-05-08/2028-05-15 several-dates fixed"),
    ("en", "8–12 and 15 May 2028", "2028-05-08/2028-05-15 several-dates fixed"),
    ("en", "28 February–3 March, 7 and 9 March 2027", "2027-02-28/2027-03-09 several-dates fixed"),
    ("en", "12 and 13 March 2027", "2027-03-12/2027-03-13 day fixed"),
    ("en", "28 December, 4 January 2028", "2027-12-28/2028-01-04 several-dates fixed"),
    ("en", "March 11, 18 and 25, 2027", "2027-03-11/2027-03-25 several-dates fixed"),
    ("en", "Room 3, 12 May 2027", "2027-05-12/2027-05-12 day fixed"),
    ("en", "May 8-12 and 15, 2028 (tentative)", "2028-05-08/2028-05-15 several-dates to-be-confirmed"),
    ("fr", "7, 14 et 21 octobre 2027", "2027-10-07/2027-10-21 several-dates fixed"),
    ("fr", "du 8 au 12 mai et le 15 mai 2028", "2028-05-08/2028-05-15 several-dates fixed"),
    ("es", "8 a 12 de mayo y 15 de mayo de 2028", "2028-05-08/2028-05-15 several-dates fixed"),
    ("es", "4, 11 y 18 de marzo de 2027", "2027-03-04/2027-03-18 several-dates fixed"),
    ("zh", "2028年5月8日至12日和15日", "2028-05-08/2028-05-15 several-dates fixed"),
    ("zh", "2027年3月11日、18日和25日", "2027-03-11/2027-03-25 several-dates fixed"),
    ("zh", "2027年12月28日至30日和2028年1月4日", "2027-12-28/2028-01-04 several-dates fixed"),
    ("en", "week of 3 May 2027 (tbc)", "2027-05-03/2027-05-09 bounded to-be-confirmed"),
    ("fr", "semaine du 3 mai 2027", "2027-05-03/2027-05-09 bounded fixed"),
    ("es", "semana del 3 de mayo de 2027", "2027-05-03/2027-05-09 bounded fixed"),
    ("zh", "2027年5月3日开始的一周", "2027-05-03/2027-05-09 bounded fixed"),
    ("en", "2019-11-17", "2019-11-17/2019-11-17 day fixed"),
    ("en", "17/11/2019", "2019-11-17/2019-11-17 day fixed"),
    ("fr", "du 17 au 22 novembre 2019", "2019-11-17/2019-11-22 day fixed"),
    ("fr", "le 1er mars 2020", "2020-03-01/2020-03-01 day fixed"),
    ("fr", "janvier ou février 2020 (à confirmer)", "2020-01-01/2020-02-29 alternative-months to-be-confirmed"),
    ("es", "del 17 al 22 de noviembre de 2019", "2019-11-17/2019-11-22 day fixed"),
    ("es", "del 30 de octubre al 1 de noviembre de 2019", "2019-10-30/2019-11-01 day fixed"),
    ("es", "enero o febrero de 2020", "2020-01-01/2020-02-29 alternative-months fixed"),
    ("zh", "2019年11月17日至22日", "2019-11-17/2019-11-22 day fixed"),
    ("zh", "2020 年 1 月或 2 月（待确认）", "2020-01-01/2020-02-29 alternative-months to-be-confirmed"),
    ("en", "third quarter of 2027", "2027-07-01/2027-09-30 quarter fixed"),
    ("en", "Q1-Q2 2027 (TBC)", "2027-01-01/2027-06-30 bounded to-be-confirmed"),
    ("en", "H2 2027", "2027-07-01/2027-12-31 bounded fixed"),
    ("fr", "deuxième trimestre 2027", "2027-04-01/2027-06-30 quarter fixed"),
    ("es", "primer semestre de 2027", "2027-01-01/2027-06-30 bounded fixed"),
    ("zh", "2027年第四季度", "2027-10-01/2027-12-31 quarter fixed"),
    ("en", "с 17 по 22 ноября 2019 года", "2019-11-17/2019-11-22 day fixed"),
    ("en", "17 - 22 نوفمبر 2019", "2019-11-17/2019-11-22 day fixed"),
]


@pytest.mark.parametrize(("language", "text", "said"), TIMES)
def test_times_of_every_shape(language: str, text: str, said: str) -> None:
    (found,) = find_whens(level(text), wording(language))
    when = found.when
    assert f"{when.earliest}/{when.latest} {when.precision} {when.status}" == said
    assert (when.start is not None) == (when.precision == "day")


@pytest.mark.parametrize(
    "text", ["30 February 2020", "12 June", "14/34", "version 2.10.2019a", "in 2020", "31 November to 2 December 2020"]
)
def test_what_is_no_time_is_none(text: str) -> None:
    days = [
        one.when for one in find_whens(level(text), wording("en")) if one.when.start and one.when.end != one.when.start
    ]
    assert days == []


@pytest.mark.parametrize(
    ("text", "count"), [("2028", 1), ("late 2028", 1), ("decision of 2028 on lakes", 0), ("Room 2028", 0)]
)
def test_a_year_alone_is_a_time_only_in_front_of_a_date_cell(text: str, count: int) -> None:
    assert len(find_whens(text, wording("en"), cell=True)) == count
    assert find_whens(text, wording("en")) == []


def drafted(name: str) -> Extraction:
    return draft_of(render_bytes(*documents.made(name)))


def test_a_short_name_is_less_sure_and_says_where_the_full_one_stands() -> None:
    made = drafted("es-adopted")
    (sure,) = [one for one in made.confidences if (one.record, one.field) == ("clauses/paragraph-2", "addressees")]
    assert sure.hundredths < 80
    assert "short for 'Órgano Subsidiario sobre la Aplicación', preamble-2 line " in sure.rule


def test_a_short_name_that_may_be_of_two_bodies_is_left_open() -> None:
    """Paragraph 4 reports to "the Subsidiary Body": SBSTTA, whose text it is, or SBI, named in paragraph 2."""
    made = drafted("en-columns")
    assert not [one for one in made.contributions if one.evidence[0].place == "paragraph-4"]
    named = {one.thing for one in made.names if one.spelling == "Subsidiary Body"}
    assert named == set()


MEETINGS = [
    ("en", "the fifteenth meeting of the Conference of the Parties", "COP-15"),
    ("en", "the Subsidiary Body on Implementation at its third meeting", "SBI-3"),
    ("en", "SBSTTA 24", "SBSTTA-24"),
    ("fr", "la troisième réunion de l’Organe subsidiaire chargé de l’application", "SBI-3"),
    ("fr", "la Conférence des Parties à sa quinzième réunion", "COP-15"),
    ("es", "la tercera reunión del Órgano Subsidiario sobre la Aplicación", "SBI-3"),
    ("es", "la Conferencia de las Partes en su 15ª reunión", "COP-15"),
    ("zh", "缔约方大会第十五届会议", "COP-15"),
    ("en", "the first and second meetings of the Working Group on the Post-2020 Global Biodiversity Framework", "WG2020-1 WG2020-2"),
    ("en", "the Subsidiary Body on Implementation (SBI) at its thirty-first meeting", "SBI-31"),
    (
        "en",
        "Conference of the Parties to the Convention on Biological Diversity serving as the meeting of the "
        "Parties to the Nagoya Protocol, sixth meeting",
        "NP-MOP-6",
    ),
    ("en", "COP15", "COP-15"),
    ("fr", "l’Organe subsidiaire chargé de l’application (SBI) à sa trente et unième réunion", "SBI-31"),
    (
        "fr",
        "douzième réunion de la Conférence des Parties à la Convention siégeant en tant que Réunion des "
        "Parties au Protocole de Cartagena",
        "CP-MOP-12",
    ),
    ("es", "el Órgano Subsidiario de Asesoramiento Científico, Técnico y Tecnológico (OSACTT) en su 29ª reunión", "SBSTTA-29"),
    (
        "es",
        "la decimosegunda reunión de la Conferencia de las Partes en el Convenio que actúa como Reunión de "
        "las Partes en el Protocolo de Cartagena",
        "CP-MOP-12",
    ),
    ("zh", "科学、技术和工艺咨询附属机构（科咨机构）第二十九次会议", "SBSTTA-29"),
    ("zh", "作为《关于获取遗传资源和公正公平分享其利用所产生惠益的名古屋议定书》缔约方会议的缔约方大会第六次会议", "NP-MOP-6"),
    ("en", "POST2020-WS-2020-02", ""),
    ("en", "the third meeting of the Committee on Something Else", ""),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "codes"), MEETINGS)
def test_meetings_by_their_names(language: str, text: str, codes: str) -> None:
    found = [one.ref.partition(":")[2] for one in naming(language).meetings(level(text))]
    assert " ".join(found) == codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_are_told_apart(language: str) -> None:
    names = [name for name in documents.names() if name.startswith(language) and name != "en-silent"]
    assert names
    for name in names:
        data, file = documents.made(name)
        assert language_of(render_bytes(data, file).text) == language


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A copy with a few bytes changed, dropped or doubled, or cut short."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(out))
        kind = chance.randrange(4)
        if kind == 0:
            out[at] = chance.randrange(256)
        elif kind == 1:
            del out[at : at + chance.randint(1, 40)]
        elif kind == 2:
            out[at:at] = out[at : at + chance.randint(1, 200)]
        else:
            del out[max(200, at) :]
        if len(out) < 4:
            break
    return bytes(out)


FUZZ_ROUNDS = 5
"""Copies of each document; `--fuzz-rounds` is not needed: raise it here for a long run."""


@pytest.mark.parametrize("name", documents.names())
def test_broken_copies_end_in_records_or_in_one_line(name: str) -> None:
    data, file = documents.made(name)
    chance = random.Random(f"fuzz {name}")
    for _ in range(FUZZ_ROUNDS):
        copy = mutated(data, chance)
        try:
            made: Any = read_document(render_bytes(copy, file), copy)
        except MandategraphError as error:
            assert error.exit_code == 2
            assert "\n" not in str(error)
        else:
            assert load(dump(made), name) == made
