"""Writing a made-up graph: shared statements first, then process by process, the same bytes whoever works on them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

import pyoxigraph as ox

from mandategraph.synthetic.template import Template, numbered, template_of, years_of
from mandategraph.system.workers import Workers

_TOGETHER = 4
"""So many processes are made in one piece of work."""


@cache
def shipped_template() -> Template:
    """The template of the shipped graph; made once in each worker."""
    from mandategraph.pipeline.build import fill

    store = ox.Store()
    fill(store)
    return template_of(store)


def synthesize(meetings: int, seed: int = 0, workers: Workers | None = None) -> Iterator[bytes]:
    """A graph of at least so many meetings, in whole processes, as N-Quads in pieces; without the ontology.

    Raises:
        StoreError, UsageError: the cluster does not answer.
    """
    template = shipped_template()
    yield template.shared.encode()
    numbers = list(numbered(meetings, template.meetings))
    groups = [tuple(numbers[start : start + _TOGETHER]) for start in range(0, len(numbers), _TOGETHER)]
    yield from (workers or Workers()).mapped(partial(_made, seed), groups)


def _made(seed: int, numbers: tuple[int, ...]) -> bytes:
    template = shipped_template()
    return "".join(template.process(number, years_of(seed, number)) for number in numbers).encode()
