"""Replies of jobs as responses of HTTP: what they are, whether they are complete, how long they may be kept."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from hashlib import sha256
from urllib.parse import quote_plus

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from mandategraph.messages import LANGUAGES
from mandategraph.serve.job import Job
from mandategraph.serve.negotiation import Media, chosen
from mandategraph.serve.pages import problem_page
from mandategraph.serve.problems import Refusal
from mandategraph.serve.protocol import Parameters, read_parameters
from mandategraph.serve.result import Result
from mandategraph.serve.settings import Limits
from mandategraph.serve.sticky_parameters import PageLayout, kept, present

EXPOSED = (
    "ETag", "Link", "Content-Location", "Retry-After",
    "X-Result", "X-Status", "X-Result-Rows", "X-Total-Count", "X-Limit-Rows", "X-Limit-Seconds", "X-Limit", "X-As-Of",
)  # fmt: skip
"""Headers that scripts of other sites may read."""

_PIECE = 64 * 1024
_KEPT = "public, max-age=60, must-revalidate"
_ASKED_AGAIN = "public, no-cache"
_PROBLEMS: Media = {
    "json": ("application/problem+json", "application/json"),
    "text": ("text/plain",),
    "html": ("text/html",),
}


def etag(fingerprint: str | None, salt: str, job: Job) -> str | None:
    """A strong validator of the reply to a job: what the store was built from, what the queries are, what was asked."""
    if fingerprint is None:
        return None
    asked = json.dumps(job.as_data(), sort_keys=True, ensure_ascii=True)
    return f'"{sha256("|".join((fingerprint, salt, asked)).encode()).hexdigest()[:32]}"'


def unchanged(request: Request, tag: str | None, *, exists: bool = True) -> bool:
    """Whether the asker has this very reply already (RFC 9110, section 13.1.2); one that takes any reply for it has it
    only where there is one, so as long as ``exists`` is not known it does not count."""
    given = request.headers.get("if-none-match")
    if not given or tag is None:
        return False
    known = {one.strip().removeprefix("W/") for one in given.split(",")}
    return tag in known or (exists and "*" in known)


def not_modified(tag: str, policy: str = _KEPT, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to those who have the reply already: it says what that reply would have said of how long it may be kept
    (``policy``) and where it is found (RFC 9110, section 15.4.5)."""
    told = {"ETag": tag, "Cache-Control": policy, "Vary": "Accept, Accept-Language", **(headers or {})}
    return Response(status_code=304, headers=told)


def response(request: Request, reply: Result, tag: str | None, limits: Limits) -> Response:
    """A reply as a response; a ``tag`` says that it depends on store and request alone, and so may be kept a while."""
    own = f'"{sha256(reply.media.encode() + reply.body).hexdigest()[:32]}"'
    policy = _KEPT if tag else _ASKED_AGAIN
    if reply.status == 200 and unchanged(request, tag or own):
        return not_modified(tag or own, policy, reply.headers)
    headers = {
        "Content-Type": reply.media,
        "ETag": tag or own,
        "Cache-Control": policy,
        "Vary": "Accept, Accept-Language",
        "X-Result": reply.extent,
        **announced(limits),
        **reply.headers,
    }
    if reply.rows is not None:
        headers["X-Result-Rows"] = str(reply.rows)
        if reply.extent == "complete":
            headers["X-Total-Count"] = str(reply.rows)
    if reply.page and reply.page_size:
        headers["Link"] = _pages(request, reply.page, reply.page_size, reply.rows or 0)
    return _sent(reply.body, reply.status, headers)


def announced(limits: Limits) -> dict[str, str]:
    """The limits of one query, for every reply."""
    return {"X-Limit-Seconds": f"{limits.seconds:g}", "X-Limit-Rows": str(limits.rows)}


def problem(request: Request, refusal: Refusal, limits: Limits) -> Response:
    """A refusal as a response: plain words for those who ask for data, a page for browsers, RFC 9457 for programs."""
    default = "text" if request.url.path == "/sparql" else "json"
    try:
        choice = chosen(request.headers.get("accept"), _PROBLEMS, None, default)
    except Refusal:
        choice = chosen(None, _PROBLEMS, None, default)
    told = refusal.problem()
    if choice.form == "json":
        text = json.dumps(told, ensure_ascii=False) + "\n"
    elif choice.form == "html":
        layout = PageLayout(LANGUAGES, kept=tuple(_stays(request)), present=present(request))
        text = problem_page(f"{told['status']} {told['title']}", refusal.words(), _paths(refusal), layout)
    else:
        text = refusal.words() + "\n"
    headers = {**announced(limits), **refusal.headers, "Content-Type": choice.media, "Cache-Control": "no-store"}
    if "limit" in refusal.details:
        headers["X-Limit"] = str(refusal.details["limit"])
    if refusal.status in (408, 413):
        headers["Connection"] = "close"
    return Response(text.encode("utf-8", errors="replace"), refusal.status, headers | {"Vary": "Accept"})


def _sent(body: bytes, status: int, headers: dict[str, str]) -> Response:
    if len(body) <= 4 * _PIECE:
        return Response(body, status, headers)

    async def pieces() -> AsyncIterator[bytes]:
        # In pieces, each sent when the one before has been taken.
        for start in range(0, len(body), _PIECE):
            yield body[start : start + _PIECE]

    return StreamingResponse(pieces(), status, headers | {"Content-Length": str(len(body))})


def _stays(request: Request) -> Parameters:
    try:
        return kept(read_parameters(request.scope["query_string"]))
    except Refusal:
        return []


def _paths(refusal: Refusal) -> list[str]:
    return [path for path in refusal.details.get("nearest", ()) if path.startswith("/")]


def _pages(request: Request, page: int, size: int, rows: int) -> str:
    """The Link header (RFC 8288) to the other pages of an answer, with relative addresses."""
    last = max(1, -(-rows // size))
    wanted = {"first": 1, "prev": page - 1, "next": page + 1, "last": last}
    return ", ".join(
        f'<{_address(request, number, size)}>; rel="{name}"' for name, number in wanted.items() if 1 <= number <= last
    )


def _address(request: Request, page: int, size: int) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in ("page", "page_size")]
    items = [*kept, ("page", str(page)), ("page_size", str(size))]
    query = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in items)
    return f"{request.scope['raw_path'].decode('ascii', 'replace')}?{query}"
