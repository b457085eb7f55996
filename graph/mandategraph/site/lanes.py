"""The lanes of the map and of the timeline: a body with its meetings each, then the meetings of no body."""

from __future__ import annotations

from dataclasses import dataclass

from mandategraph.answers.answer import Cell
from mandategraph.messages import gettext
from mandategraph.site.content import Content, Thing
from mandategraph.site.timeline_marks import begins, marks_of

_MEETING_OF = "meetingOf"
_PART_OF = "partOfMeeting"
CONSULTATIONS = Cell("consultations", gettext("Consultations and workshops that hand something on"))
OTHER_EVENTS = Cell("other-events", gettext("Other events"))
OTHER_INPUTS = Cell("other-inputs", gettext("Bodies, people and documents (no date of their own)"))


@dataclass(frozen=True, slots=True)
class Lane:
    """A name, the body it is of (None for meetings of no body), and its meetings, the earliest first."""

    name: Cell
    body: str | None
    meetings: tuple[Thing, ...]


def lanes(content: Content) -> tuple[Lane, ...]:
    """Bodies by how much passes through their meetings, then consultations that hand something on, then the rest.

    A meeting of several bodies stands in the first of their lanes, a session in that of its meeting.
    """
    through = _traffic(content)
    bodies = sorted(content.of_kind("body"), key=lambda body: (-through.get(body.iri, 0), body.code))
    rank = {body.iri: number for number, body in enumerate(bodies)}
    ends = {end for feed in content.network.feeds for end in (feed.giver, feed.receiver)}
    held: dict[str, list[Thing]] = {}
    for meeting in content.of_kind("meeting"):
        body = body_of(content, meeting.iri, rank)
        lane = body or (CONSULTATIONS if meeting.iri in ends else OTHER_EVENTS).value or ""
        held.setdefault(lane, []).append(meeting)
    found = [Lane(_named(body), body.iri, _in_time(content, held[body.iri])) for body in bodies if body.iri in held]
    rest = [cell for cell in (CONSULTATIONS, OTHER_EVENTS) if cell.value in held]
    return (*found, *(Lane(cell, None, _in_time(content, held[cell.value or ""])) for cell in rest))


def body_of(content: Content, meeting: str, rank: dict[str, int]) -> str | None:
    """The body of a meeting, or of the meeting that it is a session of."""
    bodies = [iri for iri in values(content, meeting, _MEETING_OF) if iri in rank]
    if bodies:
        return min(bodies, key=lambda iri: rank[iri])
    wholes = [whole for whole in values(content, meeting, _PART_OF) if whole != meeting]
    return next((body for whole in wholes if (body := body_of(content, whole, rank))), None)


def values(content: Content, iri: str, name: str) -> list[str]:
    """The things that a property of a thing names."""
    profile = content.profiles.get(iri)
    facts = profile.facts if profile else ()
    return [fact.thing for fact in facts if fact.property.value == name and fact.thing]


def _traffic(content: Content) -> dict[str, int]:
    """By body: how many rows name its meetings as giver or receiver."""
    found: dict[str, int] = {}
    for feed in content.network.feeds:
        for end in (feed.giver, feed.receiver):
            for body in values(content, end, _MEETING_OF):
                found[body] = found.get(body, 0) + 1
    return found


def _named(body: Thing) -> Cell:
    return Cell(body.code if body.published else None, body.name.labels)


def _in_time(content: Content, meetings: list[Thing]) -> tuple[Thing, ...]:
    network = content.network
    return tuple(sorted(meetings, key=lambda one: (begins(marks_of(network, one.iri)), one.code)))
