"""The unnamed holders of positions: things that are made where a footnote mentions them."""

from __future__ import annotations

from collections import Counter

from mandategraph.emit.nodes import thing
from mandategraph.model.records import Extraction
from mandategraph.model.references import Ref
from mandategraph.rdf.quads import Graph, concept, text

_HOLDERS = {
    "some-parties": ("一些缔约方", "some Parties"),
    "other-parties": ("其他缔约方", "other Parties"),
    "others": ("其他人", "others"),
    "unattributed": ("未具名的提议方", "an unnamed proposer"),
}


def emit_holders(graph: Graph, extraction: Extraction) -> None:
    """The unnamed holders of positions, one for each mention, by the footnote that mentions them."""
    holders = {(position.id.partition(".")[0], position.holder) for position in extraction.positions}
    several = Counter(footnote for footnote, _ in holders)
    for position in extraction.positions:
        footnote, _, order = position.holder.rpartition("/")[2].partition("footnote-")[2].partition(".")
        zh, en = _HOLDERS[position.holder_kind]
        which_zh = f"（脚注{footnote}第{order}处）" if several[f"footnote-{footnote}"] > 1 else f"（脚注{footnote}）"
        which = (
            f" (footnote {footnote}, no. {order})" if several[f"footnote-{footnote}"] > 1 else f" (footnote {footnote})"
        )
        node = thing(position.holder)
        graph.type(node, "Group")
        graph.add(
            node, code=Ref(position.holder).code, skos__prefLabel=(text(zh + which_zh, "zh"), text(en + which, "en")),
            englishLabelStatus=concept("our-translation"),
        )  # fmt: skip
