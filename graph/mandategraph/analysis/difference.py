"""What changed between two states of knowledge, as events in words and not as triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mandategraph.analysis import tables
from mandategraph.analysis.changes import changes, sentence, state
from mandategraph.analysis.facts import Feed, Schedule
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import one
from mandategraph.analysis.times import HELD
from mandategraph.answers.answer import Answer, Cell, Row, column
from mandategraph.messages import NO_TEXT, Text, gettext, pgettext, same

_COLUMNS = (
    column("thing", pgettext("column of a difference", "What"), coded=True),
    column("event", gettext("Event")),
    column("change", gettext("What changed")),
    column("source", gettext("Source")),
)
_EVENTS = {
    "document-added": Cell("document-added", gettext("a document became known")),
    "document-removed": Cell("document-removed", gettext("a document is no longer there")),
    "meeting-changed": Cell("meeting-changed", gettext("a meeting changed")),
    "meeting-added": Cell("meeting-added", gettext("a meeting is told of first")),
    "meeting-removed": Cell("meeting-removed", gettext("a meeting is no longer told of")),
    "input-added": Cell("input-added", gettext("an input is told of first")),
    "input-removed": Cell("input-removed", gettext("an input is no longer told of")),
    "input-changed": Cell("input-changed", gettext("an input changed")),
}
_NOTE = gettext(
    "Of each meeting the latest statement of either state is compared, what took place before what was "
    "planned; of each input, how firm it is. Evidence is that of the later state, and of the earlier one "
    "for what is gone."
)
_NOTHING = gettext("The two states tell the same.")
_ORDER = tuple(_EVENTS)


@dataclass(frozen=True)
class Event:
    """One thing that is different: of which kind, about what, in words, and where it stands."""

    kind: str
    thing: Cell
    words: Text
    sources: tuple[Cell, ...]


def difference(before: Network, after: Network, names: tuple[str, str]) -> Answer:
    """The events that lead from one state to another; ``names`` are what the user called them."""
    events = [*_documents(before, after), *_meetings(before, after), *_replaced(before, after), *_inputs(before, after)]
    events.sort(key=lambda event: _ORDER.index(event.kind))
    rows: list[Row] = [
        (
            one(event.thing),
            one(_EVENTS[event.kind]),
            one(tables.words_cell(event.words)),
            tables.some(event.sources),
        )
        for event in events
    ]
    question = gettext("What changed between {before} and {after}?", before=names[0], after=names[1])
    params = {"from": [names[0]], "to": [names[1]]}
    return tables.answer("diff", question, _NOTE if rows else _NOTHING, _COLUMNS, rows, params=params, empty="no")


def _documents(before: Network, after: Network) -> Iterator[Event]:
    for kind, here, there in (("document-added", after, before), ("document-removed", before, after)):
        for document in here.documents:
            if document not in there.documents:
                cell = here.cell(document)
                yield Event(kind, cell, cell.labels, ())


def _meetings(before: Network, after: Network) -> Iterator[Event]:
    for meeting in _ordered(after, before.schedules.keys() | after.schedules.keys()):
        old, new = _latest(before, meeting), _latest(after, meeting)
        if new is None and old is not None:
            yield Event("meeting-removed", before.cell(meeting), state(before, old), old.sources)
        elif old is None and new is not None:
            if any(
                part_of in after.schedules and part_of not in before.schedules for part_of in _wholes(after, meeting)
            ):
                continue  # the meeting that it is a part of is told
            yield Event("meeting-added", after.cell(meeting), state(after, new), new.sources)
        elif old is not None and new is not None and _content(before, old) != _content(after, new):
            found = sentence(changes(after, old, new))
            yield Event("meeting-changed", after.cell(meeting), found, new.sources)


def _replaced(before: Network, after: Network) -> Iterator[Event]:
    for meeting in _ordered(after, after.replaced.keys() - before.replaced.keys()):
        for other in after.replaced[meeting]:
            new = _latest(after, other)
            how = state(after, new) if new else NO_TEXT
            words = gettext("replaced by {meeting} ({state})", meeting=_short(after.cell(other)), state=how)
            yield Event("meeting-changed", after.cell(meeting), words, new.sources if new else ())


def _wholes(network: Network, session: str) -> list[str]:
    return [meeting for meeting, parts in network.sessions.items() if session in parts]


def _latest(network: Network, meeting: str) -> Schedule | None:
    """The statement that tells most of how things stand: held, then under way, then the plan known last."""
    told = network.schedules.get(meeting, ())
    return max(told, key=lambda one: (-HELD.index(one.phase), told.index(one)), default=None)


def _content(network: Network, one: Schedule) -> tuple[object, ...]:
    return (one.phase, one.status, one.precision, one.start, one.end, one.earliest, one.latest, one.places, one.mode)


def _inputs(before: Network, after: Network) -> Iterator[Event]:
    old, new = _by_content(before.feeds), _by_content(after.feeds)
    for key in _ordered_keys(after, old.keys() | new.keys()):
        if key not in old:
            yield _input(after, "input-added", new[key])
        elif key not in new:
            yield _input(before, "input-removed", old[key])
        elif old[key].modality != new[key].modality:
            yield _firmer(after, old[key], new[key])


Key = tuple[str, str, str, str]


def _by_content(feeds: Iterable[Feed]) -> dict[Key, Feed]:
    """Feeds by what passes from whom to whom about what; of equal ones the last counts."""
    return {(feed.giver, feed.receiver, feed.element or "", feed.deliverable): feed for feed in feeds}


def _ordered_keys(network: Network, keys: Iterable[Key]) -> list[Key]:
    return sorted(keys, key=lambda key: [network.code(part) if part else "" for part in key])


def _ordered(network: Network, things: Iterable[str]) -> list[str]:
    return sorted(things, key=lambda thing: (network.code(thing), thing))


def _input(network: Network, kind: str, feed: Feed) -> Event:
    return Event(kind, network.cell(feed.giver), _passed(network, feed), feed.sources)


def _passed(network: Network, feed: Feed) -> Text:
    """What is handed to whom, on what and how firmly."""
    about = network.cell(feed.element)
    said: dict[str, object] = {
        "what": network.cell(feed.deliverable).words,
        "receiver": _short(network.cell(feed.receiver)) if feed.receiver else gettext("a receiver not named"),
        "firmness": network.cell(feed.modality).words,
    }
    if about.labels:
        return gettext("{what} to {receiver} on {element} ({firmness})", element=about.labels, **said)
    return gettext("{what} to {receiver} ({firmness})", **said)


def _firmer(network: Network, old: Feed, new: Feed) -> Event:
    was = network.cell(old.modality).words
    words = gettext("{input}, before: {firmness}", input=_passed(network, new), firmness=was)
    return Event("input-changed", network.cell(new.giver), words, new.sources)


def _short(cell: Cell) -> Text:
    """The code; a name where the code is only a place in a document."""
    return cell.words if "." in (cell.value or "") else same(cell.value or "")
