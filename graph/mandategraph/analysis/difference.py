"""What changed between two states of knowledge, as events in words and not as triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mandategraph.analysis import tables
from mandategraph.analysis.changes import changes, sentence, state
from mandategraph.analysis.facts import Feed, Schedule
from mandategraph.analysis.network import Network
from mandategraph.analysis.tables import column, one
from mandategraph.analysis.times import HELD
from mandategraph.answers.answer import Answer, Cell, Row

_COLUMNS = (
    column("thing", "What", "事项", coded=True),
    column("event", "Event", "事件"),
    column("change", "What changed", "变化"),
    column("source", "Source", "出处"),
)
_EVENTS = {
    "document-added": Cell("document-added", "a document became known", "新增文件"),
    "document-removed": Cell("document-removed", "a document is no longer there", "文件不再存在"),
    "meeting-changed": Cell("meeting-changed", "a meeting changed", "会议变更"),
    "meeting-added": Cell("meeting-added", "a meeting is told of first", "首次述及会议"),
    "meeting-removed": Cell("meeting-removed", "a meeting is no longer told of", "不再述及会议"),
    "input-added": Cell("input-added", "an input is told of first", "首次述及投入"),
    "input-removed": Cell("input-removed", "an input is no longer told of", "不再述及投入"),
    "input-changed": Cell("input-changed", "an input changed", "投入变更"),
}
_NOTE = {
    "en": "Of each meeting the latest statement of either state is compared, what took place before what was planned; "
    "of each input, how firm it is. Evidence is that of the later state, and of the earlier one for what is gone.",
    "zh": "每次会议比较两个状态中的最新陈述，实际先于计划；每项投入比较其承诺程度。出处取自后一状态，已不存在的取自前一状态。",
}
_NOTHING = {"en": "The two states tell the same.", "zh": "两个状态所述相同。"}
_ORDER = tuple(_EVENTS)


@dataclass(frozen=True)
class Event:
    """One thing that is different: of which kind, about what, in words, and where it stands."""

    kind: str
    thing: Cell
    en: str
    zh: str
    sources: tuple[Cell, ...]


def difference(before: Network, after: Network, names: tuple[str, str]) -> Answer:
    """The events that lead from one state to another; ``names`` are what the user called them."""
    events = [*_documents(before, after), *_meetings(before, after), *_replaced(before, after), *_inputs(before, after)]
    events.sort(key=lambda event: _ORDER.index(event.kind))
    rows: list[Row] = [
        (
            one(event.thing),
            one(_EVENTS[event.kind]),
            one(Cell(event.en, event.en, event.zh)),
            tables.some(event.sources),
        )
        for event in events
    ]
    question = {
        "en": f"What changed between {names[0]} and {names[1]}?",
        "zh": f"{names[0]}与{names[1]}之间有何变化？",
    }
    params = {"from": [names[0]], "to": [names[1]]}
    return tables.answer("diff", question, _NOTE if rows else _NOTHING, _COLUMNS, rows, params=params, empty="no")


def _documents(before: Network, after: Network) -> Iterator[Event]:
    for kind, here, there in (("document-added", after, before), ("document-removed", before, after)):
        for document in here.documents:
            if document not in there.documents:
                cell = here.cell(document)
                yield Event(kind, cell, cell.en or "", cell.zh or "", ())


def _meetings(before: Network, after: Network) -> Iterator[Event]:
    for meeting in _ordered(after, before.schedules.keys() | after.schedules.keys()):
        old, new = _latest(before, meeting), _latest(after, meeting)
        if new is None and old is not None:
            words = state(before, old)
            yield Event("meeting-removed", before.cell(meeting), words["en"], words["zh"], old.sources)
        elif old is None and new is not None:
            if any(
                part_of in after.schedules and part_of not in before.schedules for part_of in _wholes(after, meeting)
            ):
                continue  # the meeting that it is a part of is told
            words = state(after, new)
            yield Event("meeting-added", after.cell(meeting), words["en"], words["zh"], new.sources)
        elif old is not None and new is not None and _content(before, old) != _content(after, new):
            found = changes(after, old, new)
            yield Event(
                "meeting-changed", after.cell(meeting), sentence(found, "en"), sentence(found, "zh"), new.sources
            )


def _replaced(before: Network, after: Network) -> Iterator[Event]:
    for meeting in _ordered(after, after.replaced.keys() - before.replaced.keys()):
        for other in after.replaced[meeting]:
            new = _latest(after, other)
            words = state(after, new) if new else {"en": "", "zh": ""}
            name = after.cell(other)
            english = f"replaced by {_short(name, 'en')} ({words['en']})"
            chinese = f"由{_short(name, 'zh')}取代（{words['zh']}）"
            yield Event("meeting-changed", after.cell(meeting), english, chinese, new.sources if new else ())


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
    what, how = network.cell(feed.deliverable), network.cell(feed.modality)
    to, about = network.cell(feed.receiver or None), network.cell(feed.element)
    receiver, receiver_zh = _short(to, "en") or "a receiver not named", _short(to, "zh") or "未指明的接收方"
    subject = f" on {about.en}" if about.en else ""
    subject_zh = f"，关于{about.zh}" if about.zh else ""
    english = f"{what.en or what.value} to {receiver}{subject} ({how.en or how.value})"
    chinese = f"向{receiver_zh}提交{what.zh or what.value}{subject_zh}（{how.zh or how.value}）"
    return Event(kind, network.cell(feed.giver), english, chinese, feed.sources)


def _firmer(network: Network, old: Feed, new: Feed) -> Event:
    event = _input(network, "input-changed", new)
    was = network.cell(old.modality)
    return Event(
        event.kind, event.thing, f"{event.en}, before: {was.en or was.value}",
        f"{event.zh}，此前：{was.zh or was.value}", event.sources,
    )  # fmt: skip


def _short(cell: Cell, language: str) -> str:
    """The code; a name where the code is only a place in a document."""
    if "." not in (cell.value or ""):
        return cell.value or ""
    return (cell.zh if language == "zh" else cell.en) or cell.value or ""
