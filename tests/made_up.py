"""Stores made up for tests, in the shape of the real one: documents, meetings, and what the documents say of them.

A thing is named by its code. Each statement has a line of its own, counted from 1 in the order in which it is made, and
that line is its source.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from mandategraph.analysis.network import Network
from mandategraph.rdf import namespaces
from mandategraph.store.embedded import OxigraphStore


def thing(code: str) -> str:
    """The IRI of the thing with this code."""
    return f"{namespaces.THINGS}{code}"


def dates(text: str) -> Iterator[str]:
    """What `A/B` (days of the meeting's own), `A..B` (bounds, of which one may be missing) and no text at all state."""
    if "/" in text:
        start, end = text.split("/")
        yield f"mg:startDate {_day(start)} ; mg:endDate {_day(end)}"
        text = f"{start}..{end}"
    for name, day in zip(("earliest", "latest"), text.split("..") if text else (), strict=False):
        if day:
            yield f"mg:{name} {_day(day)}"


class MadeUp:
    """A store in the making; `store()` and `network()` give what has been told until then."""

    def __init__(self) -> None:
        self._register: list[str] = []
        self._said: list[str] = []

    def document(self, code: str, *, covers: str = "", known: str = "") -> MadeUp:
        """A document, the period that it covers (`A/B`), and its date."""
        first, _, last = covers.partition("/")
        period = [f"mg:coversFrom {_day(first)} ; mg:coversTo {_day(last)}"] if covers else []
        return self._named(code, "Document", *period, *([f"dcterms:date {_day(known)}"] if known else []))

    def meetings(self, *codes: str, sessions_of: str = "") -> MadeUp:
        """Meetings, which may be the sessions of another."""
        for code in codes:
            self._named(code, "Meeting", *([f"mg:partOfMeeting {_node(sessions_of)}"] if sessions_of else []))
        return self

    def elements(self, *codes: str, scheme: str = "scheme/topics") -> MadeUp:
        """Elements of a scheme; by default topics as schedule tables write them."""
        for code in codes:
            self._named(code, "Element", f"skos:inScheme {_node(scheme)}")
        return self

    def schedule(
        self,
        meeting: str,
        when: str,
        *,
        phase: str = "planned",
        by: str = "plan",
        status: str = "fixed",
        precision: str = "",
        mode: str = "in-person",
        places: str = "",
    ) -> MadeUp:
        """A document says when a meeting is to be or was (see `dates`); the precision follows unless it is given."""
        usual = "day-precision" if "/" in when else "month-precision" if when else "no-date"
        terms = {"phase": phase, "dateStatus": status, "precision": precision or usual, "mode": mode}
        where = [f"mg:atPlace {_node(place)}" for place in places.split()]
        return self.state(
            "ScheduleStatement",
            by,
            f"mg:schedules {_node(meeting)}",
            *(f"mg:{name} mgv:{term}" for name, term in terms.items()),
            *dates(when),
            *where,
        )

    def feed(
        self,
        giver: str,
        receiver: str = "",
        element: str = "",
        *,
        modality: str = "will",
        voice: str = "giver",
        by: str = "plan",
        row: str = "",
    ) -> MadeUp:
        """A row says that something passes from one to another; `row` names the row, else it is one of its own."""
        return self.state(
            "Contribution",
            by,
            f"mg:contributionSource {_node(giver)} ; mg:voice mgv:{voice} ; mg:modality mgv:{modality}",
            f"mg:contributionRecipient {_node(receiver)}" if receiver else "",
            f"mg:concerns {_node(element)}" if element else "",
            row=row,
        )

    def treated(self, element: str, meeting: str, *, by: str = "plan") -> MadeUp:
        """A document has a meeting deal with an element."""
        return self.state("Treatment", by, f"mg:concerns {_node(element)} ; mg:treatedAt {_node(meeting)}")

    def replaced(self, meeting: str, by_meeting: str, *, by: str = "report") -> MadeUp:
        """A document says what came in the place of a meeting."""
        told = f"mg:changed {_node(meeting)} ; mg:statedKind mgv:replaced ; mg:replacedBy {_node(by_meeting)}"
        return self.state("StatedChange", by, told)

    def state(self, kind: str, by: str, *said: str, row: str = "") -> MadeUp:
        """A statement of a document, by its class and what it says in Turtle."""
        line = len(self._said) + 1
        told = " ; ".join(filter(None, said))
        node, evidence, place = (_node(f"{one}-{line}") for one in ("statement", "evidence", "place"))
        place = _node(f"row-{row}") if row else place
        self._said.append(
            f"{node} a mg:{kind} ; mg:statedIn {_node(by)} ; mg:hasEvidence {evidence} ; {told} . "
            f"{evidence} mg:atProvision {place} ; mg:lineNumber {line} ."
        )
        return self

    def register(self, text: str) -> MadeUp:
        """What stands in the register beside, in Turtle."""
        self._register.append(text)
        return self

    def store(self) -> OxigraphStore:
        """All that was told, as a store."""
        content = ox.Store()
        register, said = "\n".join(self._register), "\n".join(self._said)
        text = f"{_heads()} graph:register {{ {register} }} graph:made-up {{ {said} }}"
        content.load(text.encode(), format=ox.RdfFormat.TRIG)
        return OxigraphStore("made up", content)

    def network(self) -> Network:
        """The same as a network of meetings."""
        return Network(self.store())

    def _named(self, code: str, kind: str, *more: str) -> MadeUp:
        labels = f'"{code}"@en , "{code}"@zh'
        return self.register(
            f'{_node(code)} a mg:{kind} ; mg:code "{code}" ; skos:prefLabel {" ; ".join((labels, *more))} .'
        )


def _heads() -> str:
    return " ".join(f"@prefix {prefix}: <{space}> ." for prefix, space in namespaces.prefixes().items())


def _node(code: str) -> str:
    return f"<{thing(code)}>"


def _day(text: str) -> str:
    return f'"{text}"^^xsd:date'
