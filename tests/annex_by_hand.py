"""The three tables of annex II of the plan, as read from the document by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A row as the document has it: what it hands on (`to`: modality, deliverable) and what it takes up."""

    line: int
    meeting: str
    element: str
    authority: str
    gives: tuple[tuple[str, str, str], ...] = ()
    takes: tuple[tuple[str, str], ...] = ()


COP, CP, NP = "document:CBD/COP/DEC/", "document:CBD/CP/MOP/DEC/", "document:CBD/NP/MOP/DEC/"
HERE = "meeting:WG2020-REC-1-1.annex-2."
WG1, WG2, WG3 = "meeting:WG2020-1", "meeting:WG2020-2", "meeting:WG2020-3"
SBI = "meeting:SBI-3"
DSI = "digital-sequence-information"
BOTH_REQUESTS = ((WG1, "request"), (WG2, "request"))
TABLE_1 = [
    Row(268, HERE + "table-1.row-1", "biosafety", CP + "9/7", ((WG2, "will", "draft"),)),
    Row(269, "meeting:WG8J-11", "traditional-knowledge", COP + "14/34", ((WG2, "unmarked", "recommendation"),)),
    Row(270, "meeting:WG8J-11", "", WG1, ((WG2, "will", "recommendation"),), ((WG1, "request"),)),
    Row(
        277, "meeting:SBSTTA-23", "scientific-base", COP + "14/35", (("body:WG2020", "will", "outcome"),),
        (("document:GBO-5", "report"), ("organization:IPBES", "outcome")),
    ),
    Row(278, "meeting:SBSTTA-23", "", WG1, ((WG2, "will", "recommendation"),), ((WG1, "request"),)),
    Row(
        279, WG2, "scope-and-content", COP + "14/34", (("", "unmarked", "discussion-paper"),),
        (("office:WG2020-CO-CHAIRS", "draft"),),
    ),
    Row(280, HERE + "table-1.row-7", DSI, COP + "14/20", ((WG3, "unmarked", "recommendation"),)),
    Row(281, HERE + "table-1.row-8", "access-and-benefit-sharing", NP + "3/15", ((WG3, "may", "recommendation"),)),
    Row(
        282, "meeting:SBSTTA-24", "goals-targets-indicators", COP + "14/35", ((WG3, "will", "recommendation"),),
        ((WG1, "results"), (WG2, "results")),
    ),
    Row(283, "meeting:SBSTTA-24", "", WG1 + " " + WG2, ((WG3, "will", "recommendation"),), BOTH_REQUESTS),
    Row(
        286, SBI, "resource-mobilization", COP + "14/22", ((WG3, "will", "recommendation"),),
        (("group:UNNAMED-EXPERT-GROUP", "results"),),
    ),
    Row(
        287, SBI, "financial-mechanism", COP + "14/23", ((WG3, "will", "recommendation"),),
        (("body:EXPERTS-14-23", "report"), ("group:PARTIES", "views")),
    ),
    Row(
        288, SBI, "mainstreaming", COP + "14/3", ((WG3, "will", "recommendation"),),
        (("body:IAG-MAINSTREAMING", "report"), *BOTH_REQUESTS),
    ),
    Row(
        289, SBI, "gender-mainstreaming", COP + "14/18", (("", "may", "recommendation"),),
        (("document:GENDER-PLAN-2015-2020", "results"),),
    ),
    Row(290, SBI, "knowledge-management", COP + "14/25", ((WG3, "expected", "recommendation"),)),
    Row(291, SBI, "national-reporting", COP + "14/27", (("", "may", "recommendation"),)),
    Row(294, SBI, "possible-review-mechanisms", COP + "14/29", ((WG3, "may", "recommendation"),)),
    Row(
        295, SBI, "", WG1 + " " + WG2, ((WG3, "will", "recommendation"), (WG3, "may", "guidance")), BOTH_REQUESTS,
    ),
    Row(
        296, WG3, "", COP + "14/34", (("meeting:COP-15", "will", "text"),),
        (("body:WG2020", "results"), ("group:SUBSIDIARY-BODIES", "results"), ("group:OTHER-CONSULTATIONS", "results")),
    ),
]  # fmt: skip

TABLE_2 = [
    Row(301, HERE + "table-2.row-1", "ecosystem-restoration", "", ((WG2, "will", "report"),)),
    Row(302, HERE + "table-2.row-2", "marine-ecosystems", "", ((WG2, "will", "report"),)),
    Row(303, HERE + "table-2.row-3", "preparatory-process", ""),
    Row(304, HERE + "table-2.row-4", "area-based-measures", "", ((WG2, "will", "report"),)),
    Row(
        305, HERE + "table-2.row-5", "implementation-review", COP + "14/29",
        ((WG2, "will", "options"), (SBI, "will", "options")),
    ),
    Row(306, HERE + "table-2.row-6", "resource-mobilization", "", ((WG2, "will", "report"),)),
    Row(
        308, HERE + "table-2.row-7", "implementation-review", COP + "14/29",
        ((WG2, "will", "options"), (SBI, "will", "options")),
    ),
    Row(309, HERE + "table-2.row-8", "capacity-building", "", ((SBI, "will", "report"), (WG3, "will", "report"))),
]  # fmt: skip

TABLE_3 = [
    Row(314, HERE + "table-3.row-1", "landscape-approaches", "", ((WG2, "will", "report"),)),
    Row(315, HERE + "table-3.row-2", "subnational-governments", "", ((WG3, "will", "report"),)),
    Row(316, HERE + "table-3.row-3", "synergies", "", (("", "unmarked", "unnamed"),)),
    Row(317, HERE + "table-3.row-4", "all-elements", ""),
    Row(319, HERE + "table-3.row-5", "digital-sequence-information", ""),
]

ROWS = {
    f"annex-2.table-{table}.row-{number}": row
    for table, rows in enumerate((TABLE_1, TABLE_2, TABLE_3), 1)
    for number, row in enumerate(rows, 1)
}

# Line: days as written, place, and whether the row leaves them open.
TIMES = {
    268: ("2019-10-22", "2019-10-25", "Montreal", "fixed"),
    269: ("2019-11-20", "2019-11-22", "Montreal", "fixed"),
    277: ("2019-11-25", "2019-11-29", "Montreal", "fixed"),
    279: ("2020-02-24", "2020-02-28", "Kunming", "fixed"),
    280: ("2020-03-17", "2020-03-20", "Montreal", "fixed"),
    281: ("2020-04-21", "2020-04-23", "Montreal", "fixed"),
    282: ("2020-05-18", "2020-05-23", "Montreal", "fixed"),
    286: ("2020-05-25", "2020-05-30", "Montreal", "fixed"),
    296: ("2020-07-27", "2020-07-31", "Cali", "fixed"),
    301: ("2019-10-30", "2019-11-01", "Rio-de-Janeiro", "fixed"),
    302: ("2019-11-13", "2019-11-15", "Montreal", "fixed"),
    303: ("2019-11-24", "2019-11-24", "Montreal", "fixed"),
    304: ("", "", "", "to-be-determined"),
    305: ("", "", "", "to-be-confirmed"),
    306: ("", "", "", "to-be-confirmed"),
    308: ("2020-02-21", "2020-02-22", "Kunming", "to-be-confirmed"),
    309: ("2020-03-01", "2020-03-01", "Kunming", "fixed"),
    314: ("2019-09-04", "2019-09-06", "Japan", "fixed"),
    315: ("2020-04-01", "2020-04-03", "Edinburgh", "fixed"),
    316: ("", "", "Switzerland", "to-be-determined"),
    317: ("", "", "", "to-be-determined"),
    319: ("2019-11-06", "2019-11-08", "Pretoria", "fixed"),
}

TYPES = {
    268: 2, 269: 1, 277: 1, 279: 1, 280: 2, 281: 2, 282: 1, 286: 1, 296: 1, 301: 4, 302: 4, 303: 3, 304: 4, 305: 4,
    306: 4, 308: 3, 309: 3, 314: 5, 315: 5, 316: 5, 317: 5, 319: 5,
}  # fmt: skip
