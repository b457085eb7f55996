"""Pages that stay with what was asked for: their links lead on in the same state of knowledge and the same language,
and a page of an earlier state says so."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

from starlette.requests import Request

from mandategraph.answers.grid import Layout, state_told
from mandategraph.messages import LANGUAGES, gettext
from mandategraph.serve.protocol import Parameters

AS_OF = "as_of"
KEPT = (AS_OF, "lang")
"""The parameters that the links of a page keep."""

# Only our own markup has a plain "<": what is shown is escaped.
_LINK = re.compile(r'(<a href=")(/[^"]*)"')
_FORM = '<form action="/search" role="search">'
_MAIN = "<main>\n"
_LANGUAGE = re.compile(r'<html lang="([a-z]+)')
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


def staying(text: str, given: Parameters, present: str) -> str:
    """A page whose links keep the parameters ``given``; ``present`` is its address for what is known now."""
    if not given:
        return text
    hidden = "".join(f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in given)
    text = _LINK.sub(lambda link: f'{link[1]}{html.escape(joined(html.unescape(link[2]), given))}"', text)
    text = text.replace(_FORM, _FORM + hidden, 1)
    as_of = dict(given).get(AS_OF)
    if as_of is None:
        return text
    language = found[1] if (found := _LANGUAGE.search(text)) else LANGUAGES[0]
    shown = html.escape(state_told(as_of, Layout((language,))), quote=False)
    notice = f'<p class="state">{shown} <a href="{html.escape(present)}">{_NOW[language]}</a></p>\n'
    return text.replace(_MAIN, _MAIN + notice, 1)
