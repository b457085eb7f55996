"""The days that rules come to, on made-up meetings: counted from opening or closing, before or after, by the calendar."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from mandategraph.derive.deadlines import days, deadline_days
from mandategraph.rdf import namespaces

GRAPH = """
@prefix mg: <https://w3id.org/mandategraph/ontology#> . @prefix mgv: <https://w3id.org/mandategraph/value#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix id: <https://w3id.org/mandategraph/id/> .
<https://example.org/g> {
  id:rule a mg:Deadline ; mg:anchorMeeting id:m ; mg:anchorPoint mgv:%s ; mg:offsetFromAnchor "%s"^^xsd:duration .
  id:plan a mg:ScheduleStatement ; mg:schedules id:m ; mg:startDate "2020-03-01"^^xsd:date ; mg:endDate "2020-03-06"^^xsd:date .
  id:vague a mg:ScheduleStatement ; mg:schedules id:m ; mg:earliest "2020-06-01"^^xsd:date .
  id:other a mg:ScheduleStatement ; mg:schedules id:n ; mg:startDate "2020-04-01"^^xsd:date ; mg:endDate "2020-04-02"^^xsd:date .
}
"""


@pytest.mark.parametrize(
    ("point", "offset", "day"),
    [
        ("opening", "-P42D", "2020-01-19"),  # 1 March back 42 days: 1 February (29 days in February 2020), then 13 more
        ("opening", "-P1D", "2020-02-29"),
        ("opening", "P0D", "2020-03-01"),
        ("closing", "P30D", "2020-04-05"),
        ("closing", "-P6D", "2020-02-29"),
    ],
)
def test_the_day(point: str, offset: str, day: str) -> None:
    store = ox.Store()
    store.load((GRAPH % (point, offset)).encode(), format=ox.RdfFormat.TRIG)
    stated = [
        (namespaces.compact(one.predicate.value).rpartition(":")[2], one.object.value) for one in deadline_days(store)
    ]
    assert [value for name, value in stated if name == "fallsOn"] == [day], "one day, from the one statement with days"
    assert [value.rpartition("/")[2] for name, value in stated if name == "countedFrom"] == ["plan"]


@pytest.mark.parametrize(("text", "count"), [("-P42D", -42), ("P7D", 7), ("P0D", 0), ("P1DT0S", 1), ("PT0S", 0)])
def test_whole_days(text: str, count: int) -> None:
    assert days(text) == count


@pytest.mark.parametrize("text", ["PT5H", "P1M", "P1Y", "7", "P7DT1S", ""])
def test_any_other_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="."):
        days(text) if text else days("x")
