"""One export from end to end: draw, select, write, and make out the receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from mandategraph.export.draw import draw
from mandategraph.export.drawing import UNDRAWN
from mandategraph.export.files import write_file, write_folder
from mandategraph.export.job import Job
from mandategraph.export.receipt import receipt, write_receipt
from mandategraph.export.registry import Format, Sink
from mandategraph.export.select import Selection, select
from mandategraph.export.styles import STYLES
from mandategraph.messages import LANGUAGES
from mandategraph.store.base import Store

Tick = Callable[[int], None]


@dataclass(frozen=True)
class Order:
    """What to export: the part, the format, the languages of labels, and where to; "" for no receipt and no style."""

    form: Format
    output: str
    selection: Selection = Selection()
    languages: tuple[str, ...] = LANGUAGES
    bom: bool = False
    receipt: str = ""
    style: str = ""

    @property
    def needs_drawing(self) -> bool:
        """Whether things and arrows are wanted, be it to choose or count statements by; they take most of the memory."""
        return self.form.shows == "drawing" or self.selection != Selection() or bool(self.receipt or self.style)


def export(store: Store, order: Order, progress: Callable[[int], Tick] | None = None) -> Job:
    """Carry an order out. ``progress`` is told how many things and arrows there are to write (0 where statements are
    written, which nobody has counted), and gives what to call as they are written.

    Raises UsageError and NotFound for what cannot be selected, InputError for what cannot be written.
    """
    whole = draw(store) if order.needs_drawing else UNDRAWN
    drawing = select(whole, order.selection, store)
    job = Job(drawing, store, order.languages, order.bom)
    if progress:
        drawn = len(drawing.nodes) + len(drawing.edges) if order.form.shows == "drawing" else 0
        job = replace(job, tick=progress(drawn))
    written = _write(job, order)
    if order.style:
        style = STYLES[Path(order.style).suffix](whole)
        write_file(order.style, _writes(style), text=True)
    if order.receipt:
        text = write_receipt(receipt(job, whole, order.form, written))
        write_file(order.receipt, _writes(text), text=True)
    return job


def _write(job: Job, order: Order) -> Path | None:
    write: Callable[[Any], None] = partial(order.form.write, job)
    if order.form.sink is Sink.FOLDER:
        return write_folder(order.output, write)
    return write_file(order.output, write, text=order.form.sink is Sink.TEXT)


def _writes(text: str) -> Callable[[Any], None]:
    return lambda out: out.write(text)
