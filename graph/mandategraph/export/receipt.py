"""The receipt of an export: how many things and arrows were written, dropped and merged, and why, held against counts
that the graph gives by itself. ``balanced`` says that nothing is missing from it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from mandategraph.export.draw import NO_END, solutions
from mandategraph.export.drawing import Drawing
from mandategraph.export.job import Job
from mandategraph.export.registry import Format
from mandategraph.rdf import namespaces
from mandategraph.store.base import Store
from mandategraph.system import resources

_BESIDE = {
    "Evidence": "stands in the columns source, evidence and quote of what rests on it",
    "Deliverable": "stands in the columns kind and hands_as_written of its arrow",
    "Deadline": "stands in the columns due_on, due_from and due_offset of its arrows",
}
_ABOUT_TEXT = "tells of the text of a document, not of the process"
_NOT_DRAWN = {
    "Erratum": _ABOUT_TEXT,
    "Repair": _ABOUT_TEXT,
    "FootnoteContent": _ABOUT_TEXT,
    "TextStatus": _ABOUT_TEXT,
    "TypeDefinition": _ABOUT_TEXT,
    "DeadlineDay": "worked out from a deadline and a schedule; 'mandategraph deadlines' gives it",
}
_PLACE = "a place in a document to which nothing points; stands in the columns source, evidence and place"
_ELSE = NO_END
_LEFT_OUT = "left out by the selection"
_FORMAT = "the format has none"


def receipt(job: Job, whole: Drawing, form: Format, written: Path | None) -> dict[str, Any]:
    """What became of the graph in one export. ``whole`` is the drawing before anything was selected, ``written`` the file
    or folder (None for standard output)."""
    drawn = {"nodes": len(whole.nodes), "edges": len(whole.edges)}
    kept = {"nodes": len(job.drawing.nodes), "edges": len(job.drawing.edges)}
    shown = kept if form.shows == "statements" else {what: job.written[what] for what in kept}
    dropped = _dropped(job, whole, {what: kept[what] - shown[what] for what in kept})
    made: dict[str, Any] = {
        "format": form.name,
        "languages": list(job.languages),
        "graph": drawn,
        "written": shown | ({"statements": job.written["statements"]} if form.shows == "statements" else {}),
        "dropped": dropped,
        "merged": {what: count for what, count in sorted(job.merged.items()) if count},
        "statements": _statements(job, whole),
        "files": _files(written),
    }
    made["balanced"] = job.drawing.triples is not None or all(
        drawn[what] == shown[what] + sum(count for reason, count in dropped[what].items() if reason != NO_END)
        for what in drawn
    )
    return made


def write_receipt(made: dict[str, Any]) -> str:
    """The receipt as JSON."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _dropped(job: Job, whole: Drawing, unwritten: dict[str, int]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {"nodes": Counter(), "edges": Counter()}
    for one in job.drawing.dropped:
        found["nodes" if one.id in whole.nodes else "edges"][one.reason] += 1
    for what, count in unwritten.items():
        found[what][_FORMAT] += count
    return {what: {reason: n for reason, n in sorted(some.items()) if n} for what, some in found.items()}


def _statements(job: Job, whole: Drawing) -> dict[str, dict[str, Any]]:
    """By class: how many statements the graph has, how many of them are arrows, told at things, or not drawn, and why."""
    arrows = {edge.statement for edge in job.drawing.edges}
    told = {statement for node in job.drawing.nodes.values() for statement in node.statements}
    drawable = {edge.statement for edge in whole.edges}
    drawable |= {statement for node in whole.nodes.values() for statement in node.statements}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, about in _classes(job.store):
        if about in whole.nodes:
            continue
        found[name]["in_graph"] += 1
        if about in arrows:
            found[name]["as_edges"] += 1
        elif about in told:
            found[name]["at_nodes"] += 1
        else:
            found[name][_LEFT_OUT if about in drawable else _reason(name, about)] += 1
    return {name: _told(count) for name, count in sorted(found.items())}


def _classes(store: Store) -> set[tuple[str, str]]:
    rows = solutions(store, resources.internal_query("export/statements-by-class"))
    return {(namespaces.compact(row["class"]), row["about"]) for row in rows}


def _reason(name: str, about: str) -> str:
    if namespaces.kind_of(about) == "part":
        return _PLACE
    return _BESIDE.get(name) or _NOT_DRAWN.get(name) or _ELSE


def _told(count: Counter[str]) -> dict[str, Any]:
    counted = ("in_graph", "as_edges", "at_nodes")
    reasons = {reason: n for reason, n in sorted(count.items()) if reason not in counted}
    return {name: count[name] for name in counted} | ({"not_drawn": reasons} if reasons else {})


def _files(written: Path | None) -> dict[str, dict[str, Any]]:
    if written is None:
        return {}
    files = sorted(written.iterdir()) if written.is_dir() else [written]
    return {file.name: {"bytes": file.stat().st_size, "sha256": _digest(file)} for file in files if file.is_file()}


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        digest = sha256()
        while block := content.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
