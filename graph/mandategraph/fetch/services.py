"""The services that we know: the public index of the Convention (Solr) and InforMEA (OData), page by page.

Pages lie in a folder as they came, beside `pages.json`, which tells of each where it is from, its tag and its digest.
A run that was stopped goes on after its last page; one that was whole asks the service for what has changed.
"""

from __future__ import annotations

import json
import re
from contextlib import closing
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode, urljoin

from mandategraph.fetch.client import Client
from mandategraph.intake.jsonrows import announced, parse, records_in
from mandategraph.intake.rows import decode
from mandategraph.system.errors import InputError, StoreError, UsageError

MANIFEST = "pages.json"
CBD = "https://api.cbd.int/api/v2013/index/select"
INFORMEA = "https://api.cbd.int/informea.svc/"
_SCHEMAS = {"meeting": "startDate_dt", "decision": "updatedDate_dt", "notification": "date_dt"}
_COLLECTIONS = {"meeting": ("Meetings", "start"), "decision": ("Decisions", "published")}
_MOST_PAGES = 10_000


@dataclass
class Page:
    """One page on disk."""

    url: str
    file: str
    digest: str
    records: int
    etag: str = ""
    modified: str = ""


@dataclass
class Run:
    """What is in the folder. `complete` tells whether the last run came to its end."""

    query: str
    pages: list[Page]
    complete: bool = False


@dataclass
class Done:
    """What a run did, in pages; `records` counts those in all of them."""

    pages: int = 0
    records: int = 0
    fetched: int = 0
    unchanged: int = 0
    kept: int = 0


def fetch(
    service: str, schema: str, since: str, folder: Path, url: str, rows: int, delay: float, client: Client | None = None
) -> Done:
    """Fetch all pages of a query into a folder.

    Raises:
        UsageError: the service has no such schema, or `since` is no year or day.
        InputError: the service does not answer, or answers something else.
        StoreError: the folder cannot be written, or holds the pages of another query.
    """
    start = _start(service, schema, since, url, max(rows, 1))
    run = _run(folder, start)
    done = Done()
    made = client or Client(delay)
    with closing(made):
        known = {page.url: page for page in run.pages}
        resumed, run.complete = not run.complete, False
        seen: list[Page] = []
        address: str | None = start
        while address and len(seen) < _MOST_PAGES:
            page, text = _page(made, address, known.get(address), resumed, folder, service, schema, len(seen), done)
            seen.append(page)
            run.pages = [*seen, *(old for old in run.pages if old.url not in {one.url for one in seen})]
            _write(folder / MANIFEST, _manifest(run))
            address = _next(service, address, text, page.records, rows)
    _forget(folder, run.pages[len(seen) :])
    run.pages, run.complete = seen, True
    _write(folder / MANIFEST, _manifest(run))
    done.pages, done.records = len(seen), sum(page.records for page in seen)
    return done


def _start(service: str, schema: str, since: str, url: str, rows: int) -> str:
    """The address of the first page."""
    if since and not re.fullmatch(r"\d{4}(?:-\d{2}-\d{2})?", since):
        raise UsageError(f"'{since}' is neither a year nor a day.", "--since", "Write 2019 or 2019-03-26.")
    day = f"{since}-01-01" if len(since) == 4 else since
    known = _SCHEMAS if service == "cbd-index" else _COLLECTIONS
    if schema not in known:
        raise UsageError(f"{service} has no schema '{schema}'.", "--schema", f"It has {', '.join(known)}.")
    if service == "cbd-index":
        query = f"schema_s:{schema}" + (f" AND {_SCHEMAS[schema]}:[{day}T00:00:00Z TO *]" if day else "")
        asked = {"q": query, "sort": "identifier_s asc", "rows": rows, "start": 0, "wt": "json"}
        return f"{url or CBD}?{urlencode(asked)}"
    collection, field = _COLLECTIONS[schema]
    asked = {"$format": "json", "$expand": "title", "$top": rows, "$skip": 0, "$orderby": "id"}
    if day:
        asked["$filter"] = f"{field} ge datetime'{day}T00:00:00'"
    return f"{urljoin(url or INFORMEA, collection)}?{urlencode(asked, safe='$')}"


def _page(
    client: Client, address: str, known: Page | None, resumed: bool, folder: Path, service: str, schema: str, number: int,
    done: Done,
) -> tuple[Page, str]:  # fmt: skip
    """One page: kept from a stopped run, unchanged since the last one, or fetched."""
    kept = _kept(folder, known)
    if known and kept is not None and resumed:
        done.kept += 1
        return known, kept
    reply = client.get(
        address, known.etag if known and kept is not None else "", known.modified if known and kept is not None else ""
    )
    if reply.unchanged and known and kept is not None:
        done.unchanged += 1
        return known, kept
    text = decode(reply.content, address)
    records = len(records_in(parse(text, address)))
    page = Page(address, f"{service}-{schema}-{number:05}.json", _digest(text), records, reply.etag, reply.modified)
    _write(folder / page.file, text)
    done.fetched += 1
    return page, text


def _next(service: str, address: str, text: str, records: int, rows: int) -> str | None:
    """The address of the page after this one, if there is one: OData tells it, for Solr it is counted."""
    value = parse(text, address)
    if service == "informea":
        inner = value.get("d") if isinstance(value, dict) and isinstance(value.get("d"), dict) else value
        told = next(
            (
                inner[name]
                for name in ("__next", "odata.nextLink", "@odata.nextLink")
                if isinstance(inner, dict) and inner.get(name)
            ),
            None,
        )
        if isinstance(told, str):
            return urljoin(address, told)
        return _moved(address, r"(\$skip=)(\d+)", records) if records >= rows else None
    total = announced(value)
    found = re.search(r"[?&]start=(\d+)", address)
    reached = (int(found[1]) if found else 0) + records
    more = records > 0 and (reached < total if total is not None else records >= rows)
    return _moved(address, r"([?&]start=)(\d+)", records) if more else None


def _moved(address: str, place: str, by: int) -> str:
    return re.sub(place, lambda found: f"{found[1]}{int(found[2]) + by}", address)


def _run(folder: Path, query: str) -> Run:
    path = folder / MANIFEST
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not path.is_file():
            return Run(query, [])
        data = json.loads(path.read_text(encoding="utf-8"))
        run = Run(data["query"], [Page(**page) for page in data["pages"]], bool(data["complete"]))
    except OSError as error:
        raise StoreError(f"the folder cannot be used ({error.strerror})", str(folder), "name another with -o") from None
    except (ValueError, KeyError, TypeError):
        raise InputError("the list of pages is damaged", file=str(path), hint="remove it to fetch anew") from None
    if run.query != query:
        raise StoreError("the folder holds the pages of another query", str(folder), "name another with -o")
    return run


def _kept(folder: Path, page: Page | None) -> str | None:
    """The text of a page that is on disk as it was written."""
    try:
        text = (folder / page.file).read_text(encoding="utf-8") if page else None
    except (OSError, UnicodeDecodeError):
        return None
    return text if page and text is not None and _digest(text) == page.digest else None


def _forget(folder: Path, pages: list[Page]) -> None:
    for page in pages:
        (folder / page.file).unlink(missing_ok=True)


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _manifest(run: Run) -> str:
    return json.dumps(asdict(run), ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    try:
        aside = path.with_name(f"{path.name}.next")
        aside.write_text(text, encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        raise StoreError(f"cannot be written ({error.strerror})", str(path), "name another folder with -o") from None
