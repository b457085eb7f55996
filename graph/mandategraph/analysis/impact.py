"""What follows when one meeting moves: what is missing where, what is blocked further on, what is stranded behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mandategraph.analysis import propagation, tables
from mandategraph.analysis.facts import Feed
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import one
from mandategraph.analysis.times import PLAN, Bounds, Calendar, Margin, MeetingDates, days_of, later, margin
from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.messages import gettext
from mandategraph.system.errors import NotFound, UsageError

_DAY = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?P<more>[+-]\d+[dw])?", re.IGNORECASE)
_ORDER = (
    "missing",
    "missing-already",
    "unsure",
    "blocked",
    "affected",
    "stranded",
    "another-way",
    "in-time",
    "no-receiver",
    "unknown",
)
_MISSING = ("missing", "missing-already", "unsure")
_EFFECTS = {
    "missing": Cell("missing", gettext("missing at the receiver")),
    "missing-already": Cell("missing-already", gettext("too late already before the move")),
    "unsure": Cell("unsure", gettext("may be missing")),
    "blocked": Cell("blocked", gettext("blocked downstream")),
    "affected": Cell("affected", gettext("may be affected downstream")),
    "stranded": Cell("stranded", gettext("stranded upstream: no other way")),
    "another-way": Cell("another-way", gettext("upstream, but has another way")),
    "in-time": Cell("in-time", gettext("still in time")),
    "no-receiver": Cell("no-receiver", gettext("the row names no receiving meeting")),
    "unknown": Cell("unknown", gettext("unknown: a date is not stated")),
}
_COLUMNS = (
    column("effect", gettext("Effect")),
    column("giver", gettext("From"), coded=True),
    column("receiver", gettext("To"), coded=True),
    column("element", gettext("Subject")),
    column("mandate", gettext("Mandate")),
    column("modality", gettext("Will or may")),
    column("margin_before", gettext("Margin before")),
    column("margin_after", gettext("Margin after")),
    column("source", gettext("Source")),
    column("dates_source", gettext("Dates from")),
)
_NOTE = gettext(
    "Only this meeting is moved; all others keep their planned dates. Missing: what would close after "
    "its receiver opens. Blocked: what rows that draw on it (the same row, the same subject, or a row of "
    "no subject that draws on all) are to pass on further. May be affected: what else the receiver, and "
    "those after it, are to pass on. Stranded: inputs from which no way leads to the receiver but "
    "through what is missing; an input that a row of its taker tells of goes only into what that row "
    "passes on. Inputs of actors and documents count with those of meetings."
)


@dataclass(frozen=True)
class Impact:
    """One feed and what the move does to it; the margins only for feeds of the moved meeting itself."""

    effect: str
    feed: Feed
    before: Margin | None = None
    after: Margin | None = None


def moved_span(span: MeetingDates, text: str) -> MeetingDates:
    """A meeting's time moved by ``+60d``, ``-2w``, or to a new opening day ``2020-09-01`` (or ``2020-08-31+1d``).

    Raises UsageError when the text is neither or the time to move from is not known to the day.
    """
    named = _DAY.fullmatch(text.strip())
    if not named:
        return span.shifted(days_of(text))
    try:
        opening = later(date.fromisoformat(named["day"]), days_of(named["more"] or "0d"))
    except ValueError:
        raise UsageError(f"'{text}' is not a date.", None, "Write it as 2020-09-01, or a shift as +60d.") from None
    if span.opening.earliest is None:
        return MeetingDates(Bounds(opening, opening), Bounds(opening, None), span.statements, True)
    if span.opening.earliest != span.opening.latest:
        last = span.closing.latest and later(opening, (span.closing.latest - span.opening.earliest).days)
        return MeetingDates(Bounds(opening, opening), Bounds(opening, last), span.statements, True)
    return span.shifted((opening - span.opening.earliest).days)


def what_if(network: Network, meeting: str, change: str) -> Answer:
    """What breaks when a meeting moves by ``change`` (``+60d``, ``-2w``, a new opening day).

    Raises UsageError for a change that cannot be read, NotFound when the meeting has no known date to move from.
    """
    calendar = Calendar(network, PLAN)
    span = calendar.span(meeting)
    code = network.code(meeting)
    if not span.opening.known and not _DAY.fullmatch(change.strip()):
        raise NotFound(f"no document says when {code} is.", None, "Give the new opening day instead, as 2020-09-01.")
    after = calendar.with_moved(meeting, moved_span(span, change))
    impacts = _impacts(network, calendar, after, meeting)
    question = gettext(
        "What follows if {meeting} moves to {opening} ({change})?",
        meeting=code,
        opening=after.span(meeting).opening.text(),
        change=change.strip(),
    )
    params = {"meeting": [code], "change": [change.strip()]}
    rows = [_row(network, after, impact) for impact in impacts]
    return tables.answer("whatif", question, _NOTE, _COLUMNS, rows, params=params)


def _impacts(network: Network, before: Calendar, after: Calendar, meeting: str) -> list[Impact]:
    own = [_own(before, after, feed) for feed in network.meeting_feeds() if meeting in (feed.giver, feed.receiver)]
    missing = [impact.feed for impact in own if impact.effect in _MISSING]
    found = {impact.feed.iri: impact for impact in own}
    for feed in network.planned:
        if feed.giver == meeting and feed.receiver not in network.meetings:
            found[feed.iri] = Impact("no-receiver", feed)
    blocked, affected = propagation.onward(network, missing)
    others = [("blocked", feed) for feed in blocked] + [("affected", feed) for feed in affected]
    for effect, feed in others + _behind(network, missing):
        known = found.get(feed.iri)
        found[feed.iri] = Impact(effect, feed, known.before if known else None, known.after if known else None)
    place = {feed.iri: number for number, feed in enumerate(network.planned)}
    return sorted(found.values(), key=lambda impact: (_ORDER.index(impact.effect), place[impact.feed.iri]))


def _own(before: Calendar, after: Calendar, feed: Feed) -> Impact:
    """What the move does to a feed of the moved meeting, given or received."""
    old, new = (
        margin(calendar.span(feed.giver).closing, calendar.span(feed.receiver).opening) for calendar in (before, after)
    )
    effect = {"late": "missing", "maybe": "unsure"}.get(new.verdict, new.verdict)
    if effect == "missing" and old.verdict == "late":
        effect = "missing-already"
    return Impact(effect, feed, old, new)


def _behind(network: Network, missing: list[Feed]) -> list[tuple[str, Feed]]:
    """Feeds upstream of the missing ones: those whose giver has no other way to a receiver, and what else goes in."""
    import networkx

    graph = network.graph()
    graph.remove_edges_from([(feed.giver, feed.receiver, feed.iri) for feed in missing])
    goals = {feed.receiver for feed in missing}
    givers = {feed.giver for feed in missing}
    having_way = set().union(*(networkx.ancestors(graph, goal) for goal in goals))
    found = []
    for feed in propagation.behind(network, missing):
        if feed.giver not in having_way:
            found.append(("stranded", feed))
        elif feed.receiver in givers:
            found.append(("another-way", feed))
    return found


def _row(network: Network, calendar: Calendar, impact: Impact) -> Row:
    feed = impact.feed
    spans = (calendar.span(feed.giver), calendar.span(feed.receiver))
    return (
        one(_EFFECTS[impact.effect]),
        one(network.cell(feed.giver)),
        one(network.cell(feed.receiver)),
        one(network.cell(feed.element)),
        one(feed.authority or Cell()),
        one(network.cell(feed.modality)),
        one(tables.margin_cell(impact.before) if impact.before else Cell()),
        one(tables.margin_cell(impact.after) if impact.after else Cell()),
        tables.some(feed.sources),
        tables.statement_sources(*spans),
    )
