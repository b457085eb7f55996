"""Does each input reach its meeting in time? And what did the dates that came about do to the plan?"""

from __future__ import annotations

from mandategraph.analysis import tables
from mandategraph.analysis.facts import Feed
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import one
from mandategraph.analysis.times import HELD, PLAN, Calendar, Margin, margin
from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.messages import Text, gettext, joined_text, pgettext

_COLUMNS = (
    column("giver", gettext("Input from"), coded=True),
    column("receiver", gettext("To"), coded=True),
    column("closes", gettext("Input closes")),
    column("due", gettext("Due")),
    column("margin", gettext("Margin")),
    column("verdict", gettext("In time?")),
    column("certainty", gettext("Certainty")),
    column("element", gettext("Subject")),
    column("modality", gettext("Will or may")),
    column("source", gettext("Source")),
    column("dates_source", gettext("Dates from")),
)
_VERDICT = 5
_SLIP = (
    *_COLUMNS[:2],
    column("planned_margin", gettext("Margin in the plan")),
    column("margin", gettext("Margin with the dates held")),
    column("basis_of_dates", gettext("Dates used")),
    column("effect", gettext("Effect")),
    *_COLUMNS[7:],
)
_USED = {
    "planned": pgettext("dates used", "plan"),
    "held": pgettext("dates used", "held"),
    "under-way": gettext("under-way"),
    "": gettext("not stated"),
}
_EFFECTS = {
    "kept": Cell("kept", gettext("still in time")),
    "broken": Cell("broken", gettext("no longer in time")),
    "mended": Cell("mended", gettext("now in time")),
    "late": Cell("late", gettext("too late before and after")),
    "unsure": Cell("unsure", gettext("known only in part")),
    "unknown": Cell("unknown", gettext("unknown: a date is not stated")),
}
_RULE = gettext(
    "Margin: days from the last day of the input to the first day of the meeting that receives "
    "it{before}. Rows that name no receiving meeting have none and are left out. Partial dates give a "
    "smallest and a largest margin."
)
_BEFORE = gettext(
    ", less the {days} days before it by which documents must be there (the rule of paragraph 4 for the "
    "second meeting of the working group)"
)
_SLIP_NOTE = gettext(
    "The feeds are those of the plan. Dates are those held where a document gives them, else those "
    "planned; a meeting not reported as held keeps its planned dates."
)


def timeliness(
    network: Network, meeting: str | None = None, before: int = 0, held: bool = False, late: bool = False
) -> Answer:
    """For each pair of meetings: when the input closes, when it is due, the margin in days and the verdict.

    ``meeting`` limits to what one meeting receives; ``before`` is how many days before the opening documents are due;
    ``held`` takes the dates held where there are such; ``late`` leaves out what is in time for sure.
    Rule of ``before``: paragraph 4 of CBD/WG2020/REC/1/1.
    """
    calendar = Calendar(network, HELD if held else PLAN)
    feeds = _chosen(network, calendar, meeting)
    found = [_row(network, calendar, feed, before) for feed in feeds]
    rows = [row for row in found if not late or row[_VERDICT][0].value != "in-time"]
    code = network.code(meeting) if meeting else ""
    params = {
        "meeting": [code] if code else [],
        "before": [f"{before}d"] if before else [],
        "dates": ["held"] if held else [],
        "late": ["yes"] if late else [],
    }
    return tables.answer(
        "schedule", _question(code, before, held, late), _note(before), _COLUMNS, rows, params=params,
        key=("giver", "receiver"), empty="no" if found else "not-stated",
    )  # fmt: skip


def slip(network: Network, meeting: str | None = None) -> Answer:
    """For each planned feed: its margin by the plan and by the dates that came about, and the effect."""
    plan, real = Calendar(network, PLAN), Calendar(network, HELD)
    rows = (_slip_row(network, plan, real, feed) for feed in _chosen(network, plan, meeting))
    code = network.code(meeting) if meeting else ""
    question = gettext("What did the dates that came about do to the planned inputs?")
    if code:
        question = gettext("What did the dates that came about do to the planned inputs of {meeting}?", meeting=code)
    params = {"meeting": [code] if code else [], "slip": ["yes"]}
    return tables.answer("schedule", question, _SLIP_NOTE, _SLIP, rows, params=params, key=("giver", "receiver"))


def _chosen(network: Network, calendar: Calendar, meeting: str | None) -> list[Feed]:
    """The feeds between meetings, in the order of the calendar."""
    feeds = [feed for feed in network.meeting_feeds() if meeting in (None, feed.receiver)]

    def order(feed: Feed) -> tuple[str, str, str, str]:
        receiver, giver = calendar.span(feed.receiver), calendar.span(feed.giver)
        return (receiver.opening.text() or "9", feed.receiver, giver.closing.text() or "9", feed.giver)

    return sorted(feeds, key=order)


def _row(network: Network, calendar: Calendar, feed: Feed, before: int) -> Row:
    giver, receiver = calendar.span(feed.giver), calendar.span(feed.receiver)
    due = receiver.opening.shifted(-before)
    found = margin(giver.closing, due)
    return (
        one(network.cell(feed.giver)),
        one(network.cell(feed.receiver)),
        one(tables.day_cell(giver.closing, giver)),
        one(tables.day_cell(due, receiver)),
        one(tables.margin_cell(found)),
        one(tables.VERDICTS[found.verdict]),
        one(tables.certainty_cell(found, giver, receiver)),
        *_tail(network, feed),
        tables.statement_sources(giver, receiver),
    )


def _tail(network: Network, feed: Feed) -> tuple[tuple[Cell, ...], ...]:
    return (one(network.cell(feed.element)), one(network.cell(feed.modality)), tables.some(feed.sources))


def _slip_row(network: Network, plan: Calendar, real: Calendar, feed: Feed) -> Row:
    spans = (real.span(feed.giver), real.span(feed.receiver))
    planned = margin(plan.span(feed.giver).closing, plan.span(feed.receiver).opening)
    found = margin(spans[0].closing, spans[1].opening)
    used = [span.phase if span.phase in _USED else "" for span in spans]
    return (
        one(network.cell(feed.giver)),
        one(network.cell(feed.receiver)),
        one(tables.margin_cell(planned)),
        one(tables.margin_cell(found)),
        one(
            Cell(
                "/".join(_USED[phase]["en"] for phase in used),
                joined_text((_USED[phase] for phase in used), gettext(" to ")),
            )
        ),
        one(_EFFECTS[_effect(planned, found)]),
        *_tail(network, feed),
        tables.statement_sources(*spans),
    )


def _effect(planned: Margin, found: Margin) -> str:
    if found.verdict in ("unknown", "maybe"):
        return "unknown" if found.verdict == "unknown" else "unsure"
    if found.verdict == "late":
        return "late" if planned.verdict == "late" else "broken"
    return "mended" if planned.verdict == "late" else "kept"


def _question(code: str, before: int, held: bool, late: bool) -> Text:
    basis = gettext("by the dates held") if held else gettext("under the plan")
    when = gettext("{days} days before it opens", days=before) if before else pgettext("a question", "in time")
    if late:
        meeting = code or gettext("their meeting")
        return gettext("Which inputs may not reach {meeting} {when}, {basis}?", meeting=meeting, when=when, basis=basis)
    meeting = code or gettext("its meeting")
    return gettext(
        "Does each input reach {meeting} {when} {basis}, and with what margin?", meeting=meeting, when=when, basis=basis
    )


def _note(before: int) -> Text:
    return _RULE.format(before=_BEFORE.format(days=before) if before else "")
