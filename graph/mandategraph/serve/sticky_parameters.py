"""Pages that stay with what was asked for: their links lead on in the same state of knowledge and the same language,
and a page of an earlier state says so."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request

from mandategraph.answers.grid import Layout, state_told
from mandategraph.messages import LANGUAGES, gettext
from mandategraph.serve.protocol import Parameters

if TYPE_CHECKING:
    from mandategraph.serve.job import Job

AS_OF = "as_of"
KEPT = (AS_OF, "lang")
"""The parameters that the links of a page keep."""

_SPARQL = "/sparql"
_NOW = gettext("What is known now")


def kept(found: Parameters) -> Parameters:
    """Those of the parameters of an address that the links of its page are to keep."""
    return [(name, value) for name, value in found if name in KEPT and value]


def joined(path: str, given: Parameters) -> str:
    """An address with more parameters. SPARQL is answered from all that is known, so it takes no ``as_of``."""
    given = [pair for pair in given if pair[0] != AS_OF or path.partition("?")[0] != _SPARQL]
    path, mark, place = path.partition("#")
    more = ("&" if "?" in path else "?") + urlencode(given) if given else ""
    return path + more + mark + place


def present(request: Request) -> str:
    """The address of a request for what is known now."""
    query = request.scope["query_string"].decode("ascii", "replace")
    given = [one for one in query.split("&") if one and one.partition("=")[0] != AS_OF]
    path: str = request.scope["raw_path"].decode("ascii", "replace")
    return f"{path}?{'&'.join(given)}" if given else path


@dataclass(frozen=True, slots=True)
class PageLayout(Layout):
    """How to write a page: as any answer, and which parameters its links keep; ``present`` is its address for what is
    known now."""

    kept: tuple[tuple[str, str], ...] = ()
    present: str = ""

    @classmethod
    def of(cls, job: Job) -> PageLayout:
        """How the page that a job makes is written."""
        return cls(job.languages or LANGUAGES, kept=job.kept, present=job.present)

    def href(self, path: str) -> str:
        """An address as the attribute of a link; one of this server keeps the parameters."""
        return html.escape(joined(path, list(self.kept)) if path.startswith("/") else path)

    def hidden(self) -> str:
        """The parameters as fields of a form that are not seen."""
        fields = ((name, html.escape(value)) for name, value in self.kept)
        return "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in fields)

    def notice(self) -> str:
        """What a page of an earlier state of knowledge says at its head; nothing on any other."""
        as_of = dict(self.kept).get(AS_OF)
        if as_of is None:
            return ""
        shown = html.escape(state_told(as_of, self), quote=False)
        return f'<p class="state">{shown} <a href="{html.escape(self.present)}">{self.words(_NOW)}</a></p>\n'
