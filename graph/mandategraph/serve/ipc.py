"""How the server and its workers talk: a frame is a head in JSON and a body of bytes, each led by its length.

Plain data only; a worker that a query has led astray can send nothing that would be run.
"""

from __future__ import annotations

import asyncio
import json
import struct
from typing import Any, BinaryIO

Head = dict[str, Any]

_LENGTHS = struct.Struct(">II")


def packed(head: Head, body: bytes = b"") -> bytes:
    """A frame as bytes."""
    text = json.dumps(head, ensure_ascii=False).encode("utf-8", errors="replace")
    return _LENGTHS.pack(len(text), len(body)) + text + body


def read_frame(stream: BinaryIO) -> tuple[Head, bytes] | None:
    """The next frame of a stream that waits; None at its end."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, body = _LENGTHS.unpack(lengths)
    return json.loads(stream.read(head)), stream.read(body)


async def next_frame(stream: asyncio.StreamReader) -> tuple[Head, bytes]:
    """The next frame of a stream. Raises asyncio.IncompleteReadError at its end."""
    head, body = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    return json.loads(await stream.readexactly(head)), await stream.readexactly(body)
