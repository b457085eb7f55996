"""Text in XML: attribute values and contents that every XML 1.0 parser takes."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def attribute(value: str) -> str:
    """The value in quotes, for an attribute. Characters that XML 1.0 cannot hold become U+FFFD."""
    return quoteattr(_NOT_XML.sub("\ufffd", value))


def content(value: str) -> str:
    """The value for the text of an element; a carriage return stays one."""
    return escape(_NOT_XML.sub("\ufffd", value), {"\r": "&#13;"})
