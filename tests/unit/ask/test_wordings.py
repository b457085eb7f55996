"""Wordings that documents of the kinds we read use, one class after another: heads of columns, times, postponed meetings …"""

from __future__ import annotations

import io

import facts
import pytest
from mandategraph.extract.drafts.citing import cited_in
from mandategraph.extract.drafts.draft import draft_of
from mandategraph.extract.drafts.handing import handings
from mandategraph.extract.drafts.naming import naming
from mandategraph.extract.drafts.places import read_place
from mandategraph.extract.drafts.wording import level
from mandategraph.model.records import Extraction
from mandategraph.read.formats.detect import render_bytes
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
    ("会议|主题|日期|地点|决定|预期成果", "meeting element when where mandate role"),
    ("Мероприятие|Место проведения|Сроки|Основание|Результаты", "meeting where when mandate role"),
    ("Meeting number|Meeting|Dates", "- meeting when"),
    ("No.|Start date|End date|Meeting|City|Country|Decision", "- when when-end meeting where country mandate"),
    ("Reunión|Inicio|Final|Ciudad|País", "meeting when when-end where country"),
    ("Réunion|Date de début|Date de fin|Ville|Pays", "meeting when when-end where country"),
    ("会议|开始日期|结束日期|城市|国家", "meeting when when-end where country"),
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
    ("en", "SBI adopted recommendations 5/2 and 5/4.", "CBD/SBI/REC/5/2 CBD/SBI/REC/5/4"),
    ("en", "As set out in decision 15/4, annex.", "CBD/COP/DEC/15/4/annex"),
    ("en", "The annex to decision 15/4 and annex II to decision 15/6", "CBD/COP/DEC/15/4/annex CBD/COP/DEC/15/6"),
    ("fr", "figurant à l’annexe à la décision 15/4", "CBD/COP/DEC/15/4/annex"),
    ("es", "que figura en el anexo de la decisión 15/4", "CBD/COP/DEC/15/4/annex"),
    ("zh", "第15/4号决定附件和第15/6号决定附件二", "CBD/COP/DEC/15/4/annex CBD/COP/DEC/15/6"),
    ("fr", "Le SBI a adopté les recommandations 5/2 à 5/4.", "CBD/SBI/REC/5/2 CBD/SBI/REC/5/3 CBD/SBI/REC/5/4"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "refs"), CITED)
def test_what_a_sentence_cites(language: str, text: str, refs: str) -> None:
    found = [one.ref.partition(":")[2] for one in cited_in(level(text), naming=naming(language))]
    assert " ".join(found) == refs


HANDED = [
    ("en", "The dialogue will propose options to SBI-8.", "will options meeting:SBI-8"),
    ("en", "It is expected that SBSTTA-29 will submit a report to SBI-8.", "expected report meeting:SBI-8"),
    ("en", "SBSTTA-29 will submit a report for consideration by SBI-8.", "will report meeting:SBI-8"),
    ("fr", "La consultation pourrait proposer des options à SBI-8.", "may options meeting:SBI-8"),
    ("fr", "CP-LG-18 établira un projet de feuille de route pour examen par SBI-8.", "will draft meeting:SBI-8"),
    ("es", "El taller propondrá opciones a SBI-8.", "will options meeting:SBI-8"),
    ("es", "Está previsto que el taller remita un informe a SBI-8.", "expected report meeting:SBI-8"),
    ("zh", "预计附属机构将向执行问题附属机构第八次会议提出建议。", "expected recommendation meeting:SBI-8"),
    ("zh", "附属机构将审议专家组的成果，并向执行问题附属机构第八次会议提出建议。", "will recommendation meeting:SBI-8"),
    ("es", "El taller presentará un informe al Órgano Subsidiario sobre la Aplicación para que lo examine en su octava reunión.",
     "will report meeting:SBI-8"),
    ("fr", "L’atelier donnera un avis à l’Organe subsidiaire chargé de l’application pour examen à sa huitième réunion.",
     "will advice meeting:SBI-8"),
    ("en", "The workshop will give advice to the Subsidiary Body on Implementation for consideration at its eighth meeting.",
     "will advice meeting:SBI-8"),
    ("zh", "研讨会将向执行问题附属机构第八次会议提交报告。", "will report meeting:SBI-8"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "said"), HANDED)
def test_what_is_handed_on_and_how_firmly(language: str, text: str, said: str) -> None:
    (one,) = handings(level(text), naming(language))
    assert f"{one.modality} {one.deliverable} {one.other}" == said


PLACES = [
    ("fr", "Kinshasa (République démocratique du Congo)", "Kinshasa", ""),
    ("fr", "Abou Dhabi (Émirats arabes unis)", "Abou-Dhabi", ""),
    ("es", "La Paz (Estado Plurinacional de Bolivia)", "La-Paz", ""),
    ("es", "Saint George's (San Vicente y las Granadinas)", "Saint-George-s", ""),
    ("zh", "亚美尼亚埃里温", "埃里温", ""),
    ("zh", "秘鲁，利马", "利马", ""),
    ("zh", "新加坡", "新加坡", ""),
    ("en", "Bonn, please see below", "", "Bonn, please see below"),
    ("en", "Bonn, Host to be named", "", "Bonn, Host to be named"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "city", "unknown"), PLACES)
def test_a_city_and_its_country(language: str, text: str, city: str, unknown: str) -> None:
    place = read_place(text, naming(language))
    assert (" ".join(place.refs), place.unknown) == (f"place:{city}" if city else "", unknown)


def read(*blocks: str) -> Extraction:
    """The draft of a text of some paragraphs."""
    return draft_of(render_bytes("\n\n".join(blocks).encode(), "made.txt"))


PUT_OFF = [
    "The eighth meeting of the Subsidiary Body on Implementation, originally scheduled for May 2027, has been postponed. "
    "It will now take place in Lima, Peru, from 6 to 10 September 2027.",
    "The eighth meeting of the Subsidiary Body on Implementation was to be held in May 2027, but it was postponed to "
    "6-10 September 2027, in Lima.",
    "La huitième réunion de l’Organe subsidiaire chargé de l’application, qui devait se tenir en mai 2027, a été reportée; "
    "elle aura lieu à Lima (Pérou) du 6 au 10 septembre 2027.",
    "La octava reunión del Órgano Subsidiario sobre la Aplicación, prevista inicialmente para mayo de 2027, se ha aplazado "
    "y se celebrará en Lima (Perú) del 6 al 10 de septiembre de 2027.",
    "执行问题附属机构第八次会议原定于2027年5月举行，现已推迟，将于2027年9月6日至10日在利马举行。",
]


@pytest.mark.parametrize("text", PUT_OFF)
def test_a_meeting_put_off_has_both_times(text: str) -> None:
    found = facts.facts(read("Note", f"1. {text}"))
    assert found["dates"] == {
        "meeting:SBI-8 2027-05-01..2027-05-31 month fixed planned",
        "meeting:SBI-8 2027-09-06/2027-09-10 fixed planned",
    }
    assert found["places"] & {"meeting:SBI-8 place:Lima", "meeting:SBI-8 place:利马"}


OTHERS = [
    "The eighth meeting of the Subsidiary Body on Implementation spoke of a workshop to be held on 5 May 2027 in Lima.",
    "The eighth meeting of the Subsidiary Body on Implementation was told of the workshop. It will take place on 5 May 2027.",
    "La octava reunión del Órgano Subsidiario sobre la Aplicación habló del taller que se celebrará el 5 de mayo de 2027.",
    "La huitième réunion de l’Organe subsidiaire chargé de l’application a parlé de l’atelier qui se tiendra le 5 mai 2027.",
]


@pytest.mark.parametrize("text", OTHERS)
def test_the_time_of_something_else_is_not_that_of_the_meeting(text: str) -> None:
    assert facts.facts(read("Note", f"1. {text}"))["dates"] == set()


LISTS = [
    ("The following two events are planned:", "Circle of elders, March 2027, Lima, Peru", "Circle of elders"),
    ("Les rencontres suivantes sont prévues :", "Cercle des anciens, mars 2027, Lima (Pérou)", "Cercle des anciens"),
    ("Está previsto celebrar las siguientes reuniones:", "Rueda de ancianos, marzo de 2027, Lima (Perú)", "Rueda de ancianos"),
    ("计划举行以下会议：", "长者圈，2027年3月，利马", "长者圈"),
]  # fmt: skip


@pytest.mark.parametrize(("lead", "item", "name"), LISTS)
def test_what_a_list_of_meetings_holds_are_meetings_whatever_they_are_called(lead: str, item: str, name: str) -> None:
    found = facts.facts(read("Note", f"1. {lead}", f"(a) {item};"))
    assert found["dates"] == {f'"{name}" 2027-03-01..2027-03-31 month fixed planned'}


def test_what_another_list_holds_are_none() -> None:
    found = facts.facts(
        read("Note", "1. At the meeting the following steps were noted:", "(a) Printing of the guide, March 2027;")
    )
    assert not found["meetings"]


DECISIONS = [
    ("Decision", "The Conference of the Parties,", "1. Requests the Executive Secretary:", "(a) To assist Parties:",
     "(i) To draw up model permits, by the end of 2027;", "(ii) Seeds, spores and cuttings."),
    ("Décision", "La Conférence des Parties,", "1. Prie la Secrétaire exécutive :", "a) D’aider les Parties :",
     "i) À établir des permis types, d’ici à la fin de 2027;", "ii) Graines, spores et boutures."),
    ("Decisión", "La Conferencia de las Partes,", "1. Pide a la Secretaria Ejecutiva:", "a) Que ayude a las Partes a:",
     "i) Elaborar permisos modelo, a más tardar a fines de 2027;", "ii) Semillas, esporas y esquejes."),
    ("决定", "缔约方大会，", "1. 请执行秘书：", "(a) 协助各缔约方：", "(一) 制定许可证范本，2027年底前完成；", "(二) 种子和插条。"),
]  # fmt: skip


@pytest.mark.parametrize("blocks", DECISIONS)
def test_tasks_two_levels_down_are_clauses_and_examples_are_none(blocks: tuple[str, ...]) -> None:
    found = facts.facts(read(*blocks))
    secretary = "requests office:EXECUTIVE-SECRETARY"
    assert found["clauses"] == {
        f"{one} {secretary}" for one in ("paragraph-1", "paragraph-1.a", "paragraph-1.a.item-1")
    }
    assert found["deadlines"] == {"paragraph-1.a.item-1 2027-12-31"}


LETTERS = [
    ("NOTIFICATION", "Ref.: SCBD/OES/94012", "To: all national focal points", "Subject: Call for experts", "Dear Madam or Sir,",
     "1. In decision 16/31, in which the Executive Secretary is requested to convene a dialogue, the matter was left open.",
     "2. Parties and other Governments are kindly invited to name experts by 12 February 2027.", "Executive Secretary"),
    ("NOTIFICATION", "Réf. : SCBD/OES/94012", "À : tous les correspondants nationaux", "Objet : Call for experts", "Madame, Monsieur,",
     "1. La décision 16/31 a laissé la question ouverte.",
     "2. Les Parties et les autres gouvernements sont invités à désigner des experts avant le 12 février 2027.",
     "La Secrétaire exécutive"),
    ("NOTIFICACIÓN", "Ref.: SCBD/OES/94012", "A: todos los puntos focales", "Asunto: Call for experts", "Estimada señora:",
     "1. La decisión 16/31 dejó abierta la cuestión.",
     "2. Se invita a las Partes y otros Gobiernos a que designen expertos antes del 12 de febrero de 2027.", "Secretaria Ejecutiva"),
    ("通知", "文号：SCBD/OES/94012", "致：各国家联络点", "事由：Call for experts", "尊敬的先生：",
     "1. 第16/31号决定没有解决这一问题。",
     "2. 兹邀请各缔约方和其他国家政府在2027年2月12日前提名专家。", "执行秘书"),
]  # fmt: skip


@pytest.mark.parametrize("blocks", LETTERS)
def test_a_letter_has_a_reference_a_subject_a_signature_and_asks_in_its_own_name(blocks: tuple[str, ...]) -> None:
    found = facts.facts(read(*blocks))
    told = {
        "symbol SCBD/OES/94012",
        "genre notification",
        "title Call for experts",
        "author office:EXECUTIVE-SECRETARY",
    }
    assert {one for one in found["heading"] if not one.startswith("language")} == told
    assert found["clauses"] == {"paragraph-2 invites group:PARTIES group:OTHER-GOVERNMENTS"}
    assert found["deadlines"] == {"paragraph-2 2027-02-12"}


def test_a_letter_with_its_number_is_known_by_it() -> None:
    made = read(
        "NOTIFICATION No. 2027-003", "Ref.: SCBD/OES/94012", "Subject: Call for experts", "1. The call is open to all."
    )
    assert made.document.symbol == "ntf-2027-003"


ASKED = [
    "In decision 17/26 the Executive Secretary was requested to present a report to SBI-8.",
    "Dans la décision 17/26, la Secrétaire exécutive a été priée de présenter un rapport à SBI-8.",
    "En la decisión 17/26 se pidió a la Secretaria Ejecutiva que presentara un informe a SBI-8.",
    "En la decisión 17/26 se ha solicitado a la Secretaria Ejecutiva que presente un informe a SBI-8.",
    "Por la decisión 17/26, la Secretaria Ejecutiva fue invitada a presentar un informe a SBI-8.",
    "第17/26号决定中，执行秘书被要求向执行问题附属机构第八次会议提交报告。",
]


@pytest.mark.parametrize("text", ASKED)
def test_who_was_asked_in_the_passive_voice(text: str) -> None:
    found = facts.facts(read("Note", f"1. {text}"))
    assert found["mandates"] == {"office:EXECUTIVE-SECRETARY CBD/COP/DEC/17/26"}
    assert found["targets"] == {"office:EXECUTIVE-SECRETARY unmarked report meeting:SBI-8"}


INVITED = [
    "In decision 17/26 the Subsidiary Body on Implementation was invited to consider the matter at its eighth meeting.",
    "Por la decisión 17/26, el Órgano Subsidiario sobre la Aplicación fue invitado a examinar la cuestión en su octava reunión.",
    "根据第17/26号决定，执行问题附属机构受邀在其第八次会议上审议这一问题。",
]


@pytest.mark.parametrize("text", INVITED)
def test_the_meeting_of_a_body_that_was_invited(text: str) -> None:
    assert facts.facts(read("Note", f"1. {text}"))["mandates"] == {"meeting:SBI-8 CBD/COP/DEC/17/26"}


PARTS = [
    "The first part of the fifteenth meeting of the Conference of the Parties was held in Kunming, China, from 11 to 15 October "
    "2021 and the second part was held in Montreal, Canada, from 7 to 19 December 2022.",
    "The fifteenth meeting of the Conference of the Parties was held in Kunming, China, from 11 to 15 October 2021 and resumed in "
    "Montreal, Canada, from 7 to 19 December 2022.",
    "La quinzième réunion de la Conférence des Parties s’est tenue à Kunming (Chine) du 11 au 15 octobre 2021 et a repris ses "
    "travaux à Montréal (Canada) du 7 au 19 décembre 2022.",
    "La 15ª reunión de la Conferencia de las Partes se celebró en Kunming (China) del 11 al 15 de octubre de 2021 y se reanudó en "
    "Montreal (Canadá) del 7 al 19 de diciembre de 2022.",
    "缔约方大会第十五届会议第一阶段会议于2021年10月11日至15日在昆明举行，第二阶段会议于2022年12月7日至19日在蒙特利尔举行。",
]


@pytest.mark.parametrize("text", PARTS)
def test_a_meeting_in_two_parts_has_the_times_of_both(text: str) -> None:
    found = facts.facts(read("Note", f"1. {text}"))
    assert found["dates"] == {
        "meeting:COP-15 2021-10-11/2021-10-15 fixed held",
        "meeting:COP-15 2022-12-07/2022-12-19 fixed held",
    }
    assert found["places"] == {"meeting:COP-15 place:Kunming", "meeting:COP-15 place:Montreal"}


HEADINGS = [
    ("CONFERENCE OF THE PARTIES TO THE CONVENTION ON BIOLOGICAL DIVERSITY", "Fifteenth meeting – Part II",
     "Items 6 and 7 of the agenda"),
    ("CONFERENCE OF THE PARTIES TO THE CONVENTION ON BIOLOGICAL DIVERSITY", "Fifteenth meeting, resumed session",
     "Agenda items 6, 7"),
    ("CONFÉRENCE DES PARTIES À LA CONVENTION SUR LA DIVERSITÉ BIOLOGIQUE", "Quinzième réunion – Deuxième partie",
     "Points 6 et 7 de l’ordre du jour"),
    ("CONFERENCIA DE LAS PARTES EN EL CONVENIO SOBRE LA DIVERSIDAD BIOLÓGICA", "15ª reunión – Segunda parte",
     "Temas 6 y 7 del programa"),
    ("生物多样性公约缔约方大会", "第十五届会议第二阶段会议", "议程项目6和7"),
]  # fmt: skip


WORDS = {
    "Fif": "The report of the meeting on lakes was made for all of the Parties.",
    "Qui": "Le rapport de la réunion sur les lacs est pour toutes les Parties.",
    "15ª": "El informe de la reunión sobre los lagos es para todas las Partes.",
    "第十五": "会议报告供各缔约方参考。",
}


@pytest.mark.parametrize("lines", HEADINGS)
def test_a_heading_of_a_part_of_a_meeting_and_of_several_items(lines: tuple[str, str, str]) -> None:
    made = read("CBD/COP/15/17", *lines, f"1. {WORDS[lines[1][:3]]}")
    assert (made.document.meeting or made.document.for_meeting) == "meeting:COP-15"
    assert made.document.agenda_item == "6, 7"


def test_first_and_last_day_city_and_country_in_columns_of_their_own() -> None:
    page = """<html><body><p>Note</p><p>1. The following table is a list of the meetings that are planned.</p><table>
    <tr><th>Start date</th><th>End date</th><th>Meeting</th><th>City</th><th>Country</th><th>Decision</th></tr>
    <tr><td>6 September 2027</td><td>10 September 2027</td><td>SBSTTA-29</td><td>Lima</td><td>Peru</td><td>17/3, para. 4</td></tr>
    <tr><td>4 Oct 2027</td><td></td><td>Workshop on lichens</td><td>Bonn</td><td>Germany</td><td></td></tr></table></body></html>"""
    found = facts.facts(draft_of(render_bytes(page.encode(), "made.html")))
    assert found["dates"] == {
        "meeting:SBSTTA-29 2027-09-06/2027-09-10 fixed planned",
        '"Workshop on lichens" 2027-10-04/2027-10-04 fixed planned',
    }
    assert found["places"] == {"meeting:SBSTTA-29 place:Lima", '"Workshop on lichens" place:Bonn'}
    assert found["mandates"] == {"meeting:SBSTTA-29 CBD/COP/DEC/17/3"}


@pytest.mark.parametrize("mark", ["4.\nRequests", "4.\n\nRequests"])
def test_a_mark_alone_on_its_line_belongs_to_the_text_after_it(mark: str) -> None:
    made = read(
        "Decision", "The Conference of the Parties,", f"{mark} the Executive Secretary to report to the Parties."
    )
    assert [(one.id, one.verbs) for one in made.clauses] == [("paragraph-4", ("requests",))]


def test_the_name_of_an_addressee_may_hold_an_infinitive() -> None:
    words = "Prie l’Organe subsidiaire chargé de fournir des avis scientifiques, techniques et technologiques d’examiner le plan"
    made = read(
        "Décision", "La Conférence des Parties,", f"1. {words} au moins six semaines avant sa trentième réunion;"
    )
    found = facts.facts(made)
    assert found["clauses"] == {"paragraph-1 requests body:SBSTTA"}
    assert found["deadlines"] == {"paragraph-1 meeting:SBSTTA-30 opening -42"}


def test_a_title_in_chinese_may_be_of_four_characters() -> None:
    made = read(
        "CBD/SBI/8/4",
        "2028年2月1日",
        "执行问题附属机构",
        "第八次会议",
        "资源调动",
        "执行秘书的说明",
        "1. 本说明供各缔约方参考。",
    )
    assert made.document.title == "资源调动"


ITEMS = [
    ("(a) Workshop for the Pacific, Suva, Fiji, 7-9 December 2027;", "Workshop for the Pacific", "place:Suva"),
    ("(a) Workshop on forests, lakes, Suva, 7-9 December 2027;", "Workshop on forests, lakes", "place:Suva"),
    ("(a) Workshop on forests, 7-9 December 2027, Suva;", "Workshop on forests", "place:Suva"),
    ("(a) Workshop on forests, Fiji, 7-9 December 2027;", "Workshop on forests", "place:Fiji"),
]


@pytest.mark.parametrize(("item", "name", "place"), ITEMS)
def test_the_place_of_an_item_may_stand_before_its_time(item: str, name: str, place: str) -> None:
    found = facts.facts(read("Note", "1. The following is planned:", item))
    assert found["places"] == {f'"{name}" {place}'}


SCHEDULE = [
    ["Event", "Dates", "Venue", "Follow-up"],
    [
        "Workshop on lichens in the north and in the far south",
        "7-9 December 2027",
        "Suva, Fiji",
        "Will submit a report to SBI-8",
    ],
    ["Forum on moss", "To be determined", "Online", ""],
]


@pytest.mark.parametrize("columns", [1, 2])
def test_a_schedule_without_rules_in_a_pdf(columns: int) -> None:
    """The first cell runs over several lines; the table stands alone on the page, or in one of two columns."""
    pytest.importorskip("reportlab", reason="reportlab makes the PDF")
    from reportlab.lib import styles
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

    style = styles.ParagraphStyle("body", fontSize=6 if columns > 1 else 10, leading=7 if columns > 1 else 12)
    width = 460 / columns
    told = (
        "The table lists the meetings that the Secretariat plans to hold for the Parties in the two years to come. " * 6
    )
    cells = [[Paragraph(cell, style) for cell in row] for row in SCHEDULE]
    flow = [Paragraph("Note", style), Paragraph(f"1. {told}", style), Table(cells, colWidths=[width * 0.25] * 4)]
    flow += [Paragraph(f"{number}. {told}", style) for number in range(2, 24)]
    out = io.BytesIO()
    frames = [Frame(60 + at * (width + 20), 72, width, 600) for at in range(columns)]
    BaseDocTemplate(out, invariant=1, pageTemplates=[PageTemplate("page", frames)]).build(flow)
    found = facts.facts(draft_of(render_bytes(out.getvalue(), "made.pdf")))
    name = '"Workshop on lichens in the north and in the far south"'
    assert found["dates"] == {
        f"{name} 2027-12-07/2027-12-09 fixed planned",
        '"Forum on moss" none to-be-determined planned',
    }
    assert found["places"] == {f"{name} place:Suva", '"Forum on moss" online'}
    assert found["targets"] == {f"{name} will report meeting:SBI-8"}


def test_a_table_whose_head_says_nothing_known_is_listed() -> None:
    data = "# Note\n\n1. See the table.\n\n| Indicator | Baseline |\n| --- | --- |\n| Forest area | 31 |\n"
    made = draft_of(render_bytes(data.encode(), "a.md"))
    assert [(one.place, one.quote) for one in made.not_understood] == [("table-1.row-1", "Indicator Baseline")]


NOT_OURS = [
    ("A workshop on reefs took place in Suva from 3 to 5 May 2027.", "3 to 5 May 2027"),
    ("Un atelier sur les récifs s’est tenu à Suva du 3 au 5 mai 2027.", "3 au 5 mai 2027"),
    ("Un taller sobre arrecifes se celebró en Suva del 3 al 5 de mayo de 2027.", "3 al 5 de mayo de 2027"),
    ("珊瑚礁讲习班于2027年5月3日至5日在苏瓦举行。", "2027年5月3日至5日"),
]


@pytest.mark.parametrize(("text", "time"), NOT_OURS)
def test_a_time_of_a_meeting_of_nobody_that_is_known_is_listed(text: str, time: str) -> None:
    made = read("Note", f"1. {text}")
    assert not made.schedules
    assert any(time in one.quote for one in made.not_understood), made.not_understood
