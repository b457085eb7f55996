"""Web addresses in a text, and what those of the Secretariat tell: the code of a meeting, the number of a notification."""

from __future__ import annotations

import re

from mandategraph.extract.names import Namer
from mandategraph.read.text import fold

_ADDRESS = re.compile(r"(?:https?://|www\.)(?:(?!https?://)[!-~])+")
_MEETING = re.compile(r"https?://www\.cbd\.int/meetings/([A-Za-z0-9-]+)$")
_NOTIFICATION = re.compile(r"/notifications/\d{4}/ntf-(\d{4}-\d{3})")
_PIECE = 48


def addresses(text: str) -> list[str]:
    """Every address once, in order, without the punctuation after it."""
    found = [match[0].rstrip(".,;:)]") for match in _ADDRESS.finditer(text)]
    return list(dict.fromkeys(found))


def pieces(address: str) -> tuple[str, ...]:
    """An address cut so that no piece is longer than a quotation may be; joined they give it back."""
    return tuple(address[at : at + _PIECE] for at in range(0, len(address), _PIECE))


def meeting_code(address: str) -> str:
    """The code at the end of the address of a meeting's page, as written, or an empty string."""
    match = _MEETING.match(address)
    return match[1] if match else ""


def meeting_of(code: str, namer: Namer) -> str:
    """The meeting with this code: `WG2020-02` is WG2020-2, a code that is not body and number stays as it is."""
    plain = re.sub(r"-0+(?=\d+$)", "-", code)
    named = namer.meetings(fold(plain))
    whole = [mention for mention in named if (mention.start, mention.end) == (0, len(plain))]
    return whole[0].ref if whole else f"meeting:{code}"


def notification_of(address: str) -> str:
    """The notification that the address is of, or an empty string."""
    match = _NOTIFICATION.search(address)
    return f"document:ntf-{match[1]}" if match else ""
