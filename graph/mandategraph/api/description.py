"""All that is known of one thing, as an object."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from mandategraph.answers.description import Profile
from mandategraph.answers.grid import Layout
from mandategraph.api.answers import WIDTH, as_rdflib, known_language
from mandategraph.api.values import Thing
from mandategraph.messages import preferring
from mandategraph.store.base import Triples

if TYPE_CHECKING:
    import rdflib


class Description:
    """All that is known of one thing, with sources. `profile` holds it as plain values; printed, it reads as `show`."""

    def __init__(self, profile: Profile, describe: Callable[[Sequence[str]], Triples], lang: str = "en") -> None:
        self.profile = profile
        self.lang = known_language(lang)
        self._describe = describe

    @property
    def iri(self) -> str:
        """The name of the thing in the graph."""
        return self.profile.iri

    @property
    def thing(self) -> Thing:
        """The thing with its code and its labels."""
        name = self.profile.name
        return Thing(self.profile.iri, name.value, name.labels)

    def write(self, form: str = "table", width: int | None = WIDTH) -> str:
        """The description as `table` (text), `md` or `json`."""
        from mandategraph.answers.write_description import write_profile

        return write_profile(self.profile, form, Layout(preferring(self.lang), width))

    def to_rdflib(self) -> rdflib.Graph:
        """The statements of which the thing is the subject."""
        return as_rdflib(self._describe([self.iri]))

    def __str__(self) -> str:
        return self.write()

    def __repr__(self) -> str:
        return f"<Description of {self.thing}>"

    def to_dict(self) -> dict[str, Any]:
        """The description as plain values: code, labels, facts, and statements with their places."""
        found: dict[str, Any] = json.loads(self.write("json"))
        return found

    def _repr_html_(self) -> str:
        from markdown_it import MarkdownIt

        made: str = MarkdownIt("js-default", {"html": False}).render(self.write("md"))
        return made

    def _repr_markdown_(self) -> str:
        return self.write("md")
