"""Files as they are: our own scripts and styles, and a built site where one is served."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from mandategraph.serve.http_responses import not_modified, unchanged
from mandategraph.serve.request_limits import SITE_POLICY
from mandategraph.system.errors import InputError

_KEPT = "public, max-age=300"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


async def asset(request: Request) -> Response:
    """One of our own scripts and styles."""
    name = request.path_params["name"]
    content = _content(name)
    if content is None:
        raise HTTPException(404)
    tag = f'"{sha256(content).hexdigest()[:32]}"'
    if unchanged(request, tag):
        return not_modified(tag, _KEPT)
    headers = {"ETag": tag, "Cache-Control": _KEPT, "Content-Type": _TYPES[Path(name).suffix]}
    return Response(content, 200, headers)


@lru_cache(maxsize=16)
def _content(name: str) -> bytes | None:
    if "/" in name or name.startswith(".") or Path(name).suffix not in _TYPES:
        return None
    file = files("mandategraph.serve").joinpath("static").joinpath(name)
    return file.read_bytes() if file.is_file() else None


class Site:
    """A built site in a folder. Raises InputError when there is no such folder."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder).resolve()
        if not self._folder.is_dir():
            raise InputError("there is no such folder", file=folder, hint="Build a site there, or leave out --site.")
        self._files = StaticFiles(directory=self._folder, html=True)

    async def file(self, request: Request) -> Response:
        """A file of the site."""
        response = await self._files.get_response(request.path_params["path"] or ".", request.scope)
        response.headers["Content-Security-Policy"] = SITE_POLICY
        return response

    def page_of(self, kind: str, code: str, language: str) -> str | None:
        """The path of the page that the site has for a thing; None where it has none."""
        relative = f"{language}/{kind}/{unquote(code)}.html"
        file = (self._folder / relative).resolve()
        if "\0" in relative or not file.is_relative_to(self._folder) or not file.is_file():
            return None
        return "/" + quote(relative)
