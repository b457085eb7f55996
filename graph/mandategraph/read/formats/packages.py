"""Zipped XML (OOXML) opened safely: sizes checked before anything is unpacked, no entities, no network, no code."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from mandategraph.read.formats.limits import MAX_MEMBERS, MAX_RATIO, MAX_UNPACKED, SPLIT
from mandategraph.system.errors import InputError

if TYPE_CHECKING:
    from lxml import etree

_SMALL = 1_000_000


class Package:
    """A zipped file whose parts are XML."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open it.

        Raises:
            InputError: it is broken, encrypted, or would unpack beyond the limits.
        """
        self.name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise self._broken() from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise InputError(f"holds {len(members)} parts (at most {MAX_MEMBERS})", file=name, hint=SPLIT)
        swollen = any(m.file_size > _SMALL and m.file_size > MAX_RATIO * max(m.compress_size, 1) for m in members)
        if swollen or sum(member.file_size for member in members) > MAX_UNPACKED:
            raise InputError(
                "would unpack to far more than a document holds (a zip bomb?)", file=name, hint="do not open it"
            )
        if any(member.flag_bits & 1 for member in members):
            raise InputError("is protected by a password", file=name, hint="save it without one and try again")

    def has(self, part: str) -> bool:
        return part in self._zip.NameToInfo

    def names(self) -> list[str]:
        return self._zip.namelist()

    def xml(self, part: str) -> etree._Element:
        """The root of a part.

        Raises:
            InputError: it is not there, broken, declares entities, or is larger than it says.
        """
        from lxml import etree

        try:
            with self._zip.open(part) as member:
                data = member.read(MAX_UNPACKED + 1)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise self._broken() from error
        if len(data) > MAX_UNPACKED:
            raise InputError("would unpack to far more than a document holds", file=self.name, hint="do not open it")
        return parse_xml(data, self.name, etree.XMLParser)

    def _broken(self) -> InputError:
        return InputError(
            "is broken or cut short", file=self.name, hint="get the whole file again, or open and save it anew"
        )


def parse_xml(data: bytes, name: str, parser: type[etree.XMLParser]) -> etree._Element:
    """XML without document type: entities are neither expanded nor fetched.

    Raises:
        InputError: it is not well formed, or declares a document type.
    """
    from lxml import etree

    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise InputError("declares XML entities, which no document needs", file=name, hint="do not open it")
    try:
        safe = parser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return etree.fromstring(data, safe)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(
            "is broken or cut short (its XML does not parse)", file=name, hint="open and save it anew"
        ) from error
