"""The heading block: symbol, date, languages, body, meeting with its dates and place, agenda item, title, author."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from mandategraph.extract.drafts.naming import Naming, symbols
from mandategraph.extract.drafts.when import Stated, find_whens
from mandategraph.extract.drafts.wording import level
from mandategraph.model.references import Ref
from mandategraph.read.parts import DocumentTree

_LANGUAGES = {
    "chinese": "zh", "chinois": "zh", "chino": "zh", "中文": "zh", "english": "en", "anglais": "en", "inglés": "en", "ingles": "en",
    "英文": "en", "french": "fr", "français": "fr", "francais": "fr", "francés": "fr", "frances": "fr", "法文": "fr", "spanish": "es",
    "espagnol": "es", "español": "es", "espanol": "es", "西班牙文": "es", "russian": "ru", "russe": "ru", "ruso": "ru", "俄文": "ru",
    "arabic": "ar", "arabe": "ar", "árabe": "ar", "阿拉伯文": "ar",
}  # fmt: skip
_FURNITURE = re.compile(
    r"^(?:distr\b.*|general|générale?|limited|limitée|limitada|united nations|nations unies|naciones unidas|联合国|"
    r"convention on\s*biological diversity|convention sur\s*la diversité biologique|convenio sobre\s*la diversidad biológica|"
    r"生物多样性公约|cbd|unep|advance unedited version|introduction|introducción|background|"
    r"antecedentes|contexte|généralités|导言|引言|背景|[!-~À-ÿ]{0,4}|.)$",
    re.IGNORECASE,
)
_LETTER_SYMBOL = re.compile(r"(?<![A-Za-z0-9/])SCBD(?:/[A-Z0-9]+)+(?![\w/])")
_SIGNED = 8
"""Among so many parts at the end of a letter its signature is looked for."""


@dataclass
class Heading:
    """What a heading block says; `places` gives for each fact the line and the words that it rests on."""

    symbol: str = ""
    day: date | None = None
    language: str = ""
    original: str = ""
    body: str = ""
    body_written: str = ""
    ordinal: int = 0
    meeting: str = ""
    held: Stated | None = None
    item: str = ""
    author: str = ""
    title: str = ""
    adopted: bool = False
    notification: bool = False
    said: dict[str, tuple[int, str]] = field(default_factory=dict)


class HeadingReader:
    """Reads the block line by line: each line says one thing, and what says nothing is the title or furniture."""

    def __init__(self, tree: DocumentTree, naming: Naming) -> None:
        self.tree = tree
        self.naming = naming
        self.words = naming.words
        self.found = Heading()
        self.left: list[tuple[int, str]] = []

    def read(self) -> Heading:
        part = self.tree.parts.get("heading")
        for line, raw in part.pieces if part else ():
            if not self._line(line, re.sub(r"\s+", " ", level(raw)).strip(" *")):
                self.left.append((line, raw))
        self._title()
        if self.found.notification:
            self._signature()
        return self.found

    def _line(self, line: int, text: str) -> bool:
        """Whether the line says something that we know."""
        readers = (
            self._letter,
            self._symbol,
            self._languages,
            self._date,
            self._item,
            self._author,
            self._adopted,
            self._meeting,
            self._number,
        )
        said = [reader(line, text) for reader in readers]
        return any(said)

    def _note(self, name: str, line: int, text: str) -> bool:
        self.found.said.setdefault(name, (line, text))
        return True

    def _symbol(self, line: int, text: str) -> bool:
        named = symbols(text)
        if not named or self.found.symbol:
            return bool(named) and text == text[named[0].start : named[0].end]
        self.found.symbol = Ref(named[0].ref).code
        self._note("symbol", line, text[named[0].start : named[0].end])
        return text[named[0].end :].strip(" *") == "" or len(text) < len(self.found.symbol) + 30

    def _letter(self, line: int, text: str) -> bool:
        """What only letters have: that it is a notification and its number, a reference, to whom it goes, its subject."""
        patterns, plain = self.words.heading, text.strip("* ")
        notification = patterns["notification"].match(plain)
        if notification and len(plain) < 40 and not self.found.notification:
            self.found.notification = True
            if notification["number"]:
                self.found.symbol = f"ntf-{notification['number']}"
                self._note("symbol", line, text)
            return True
        reference = _LETTER_SYMBOL.search(plain) if patterns["reference"].match(plain) else None
        if reference and not self.found.symbol:
            self.found.symbol = reference[0]
            return self._note("symbol", line, reference[0])
        subject = patterns["subject"].match(plain)
        if subject and self.found.notification and not self.found.title:
            self.found.title = subject["title"]
            return self._note("title", line, subject["title"])
        return bool(reference or (self.found.notification and patterns["to"].match(plain)))

    def _signature(self) -> None:
        """The office that stands alone on a line near the end of a letter is its author."""
        for part in list(self.tree.of_kind("Paragraph"))[-_SIGNED:]:
            text = level(part.text).strip(" ,.")
            named = self.naming.actors(text)
            if (
                len(named) == 1
                and named[0].ref.startswith("office:")
                and named[0].end - named[0].start > 0.8 * len(text)
            ):
                self.found.author = named[0].ref
                self.found.said["author"] = (part.first, text)

    def _languages(self, line: int, text: str) -> bool:
        original = self.words.heading["original"].match(text) or re.match(
            r"original\s*:\s*(?P<language>\w+)", text, re.I
        )
        if original:
            word = next(filter(None, (original.groupdict().get(k) for k in ("language", "language2"))), "")
            self.found.original = _LANGUAGES.get(word.lower(), "")
            return self._note("original_language", line, text)
        plain = re.sub(r"\s+(?:only|seulement|solamente)$", "", text.lower())
        if plain in _LANGUAGES:
            self.found.language = _LANGUAGES[plain]
            return self._note("language", line, text)
        return False

    def _date(self, line: int, text: str) -> bool:
        """A line that is a day is the date of the document; one with a time and a place tells of the meeting."""
        for one in find_whens(text, self.words):
            rest = (text[: one.start] + text[one.end :]).strip(" ,.;:()-")
            single = one.when.precision == "day" and one.when.start == one.when.end
            if single and not rest and not self.found.day:
                self.found.day = one.when.start
                return self._note("date", line, text)
            if not self.found.held and len(rest) < 80 and not self.words.heading["adopted"].search(text):
                self.found.held = one
                return self._note("held", line, text)
        return False

    def _item(self, line: int, text: str) -> bool:
        match = self.words.heading["item"].match(text)
        if match and not self.found.item:
            self.found.item = re.sub(r"\s*(?:,\s*(?:and\b)?|\b(?:and|et|y)\b|[、和及])\s*", ", ", match["number"])
            return self._note("agenda_item", line, text)
        return bool(match)

    def _author(self, line: int, text: str) -> bool:
        match = self.words.heading["note"].match(text)
        if not match:
            return False
        actors = self.naming.actors(match["who"], anywhere=True)
        self.found.author = actors[0].ref if actors else ""
        return self._note("author", line, text)

    def _adopted(self, line: int, text: str) -> bool:
        if not self.words.heading["adopted"].search(text):
            return False
        self.found.adopted = True
        self._meeting(line, text)
        return True

    def _meeting(self, line: int, text: str) -> bool:
        """A meeting named in full, or a body alone on its line."""
        named = self.naming.meetings(text)
        titled = bool(self.words.heading["report"].search(text))  # the title of a report names its meeting
        if named and not self.found.meeting:
            self.found.meeting = named[0].ref
            self._note("meeting", line, text)
            return not titled and len(text) - (named[0].end - named[0].start) < 60
        bodies = self.naming.bodies(text, anywhere=True)
        whole = [one for one in bodies if one.end - one.start > 0.55 * len(text)]
        if whole and not self.found.body:
            self.found.body, self.found.body_written = whole[0].ref, text
            return self._note("body", line, text) and not titled
        return bool(named or whole) and not titled

    def _number(self, line: int, text: str) -> bool:
        """The number of the meeting on a line of its own. What stands on the line before it is the body."""
        match = self.words.heading["number"].match(text)
        ordinal = self.words.ordinal(match["ordinal"]) if match else 0
        if not ordinal or self.found.ordinal:
            return False
        self.found.ordinal = ordinal
        if not self.found.body and self.left and self.left[-1][0] >= line - 3:
            written = self.left.pop()
            self.found.body_written = level(written[1]).strip()
            self._note("body", *written)
        return self._note("ordinal", line, text)

    def _title(self) -> None:
        """What is left after the facts of the block, to the author of a note."""
        if self.found.title:
            return
        titled = self.tree.parts.get("title")
        if titled:
            self.found.title = titled.text
            self.found.said["title"] = (titled.first, titled.text)
            return
        facts = ("symbol", "date", "language", "original_language", "held", "agenda_item", "body", "ordinal")
        last = max((self.found.said[name][0] for name in facts if name in self.found.said), default=0)
        left = [(line, raw) for line, raw in self.left if line > last and not _FURNITURE.match(level(raw).strip())]
        left = left or [(line, raw) for line, raw in self.left if not _FURNITURE.match(level(raw).strip())]
        author = self.found.said.get("author")
        before = [(line, raw) for line, raw in left if author and line < author[0]]
        left = before or left  # what stands after the author is the text
        if left:
            gap = "" if self.words.language == "zh" else " "
            self.found.title = gap.join(raw.strip() for _, raw in left[:4])
            self.found.said["title"] = left[0]
