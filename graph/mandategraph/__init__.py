"""Who was asked to do what, by which decision, for which meeting: a knowledge graph of international decision-making.

>>> import mandategraph
>>> with mandategraph.open() as graph:
...     answer = graph.ask("which meetings feed COP-15")
>>> answer.status, [str(thing) for thing in answer.column("feeder")]
('answered', ['WG2020-3'])

`open` gives a `Graph`; what it answers are values with rows, sources and a status. The rooms of the package stand in one
order, which is the direction in which data flows; none imports a later one.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mandategraph.api.answers import Answer, SparqlResult
    from mandategraph.api.description import Description
    from mandategraph.api.graph import Graph
    from mandategraph.api.opening import open_graph as open
    from mandategraph.api.values import Row, Source, Thing, Words
    from mandategraph.system.errors import InputError, MandategraphError, NotFound, StoreError, UsageError

__version__ = "0.1.0"

__all__ = [
    "Answer", "Description", "Graph", "InputError", "MandategraphError", "NotFound", "Row", "Source", "SparqlResult",
    "StoreError", "Thing", "UsageError", "Words", "__version__", "open",
]  # fmt: skip

_HOMES = {
    "api.answers": ("Answer", "SparqlResult"),
    "api.description": ("Description",),
    "api.graph": ("Graph",),
    "api.values": ("Row", "Source", "Thing", "Words"),
    "system.errors": ("InputError", "MandategraphError", "NotFound", "StoreError", "UsageError"),
}
"""Imported when first used: the command line must start without them."""


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name == "open":
        return import_module(f"{__name__}.api.opening").open_graph
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
