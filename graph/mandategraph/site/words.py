"""The words of the pages: plain ones, for people who never heard of the technique behind them."""

from __future__ import annotations

import re

from mandategraph.messages import NAME, TAG, Text, gettext, ngettext, pgettext, same

_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_SPAN = re.compile(r"(?P<sign>-?)P(?:(?P<days>\d+)D|T0S)")

_WORDS: dict[str, Text] = {
    "site": same("mandategraph"),
    "language-name": NAME,
    "language-tag": TAG,
    "colon": gettext(": "),
    "then": pgettext("after a decision", "– "),
    "tagline": gettext("Who was asked to do what, by which decision, for which meeting"),
    "intro": gettext(
        "International agreements are made by a web of meetings. A decision asks a body to deal with one "
        "topic and to hand the result to a later meeting; then meetings move. These pages show what was "
        "planned, what took place, and where each fact stands in the documents."
    ),
    "rests-on": gettext("Read from {count} documents:"),
    "skip": gettext("Skip to the content"),
    "menu": gettext("Menu"),
    "main-nav": gettext("Main"),
    "languages": gettext("Language"),
    "breadcrumb": gettext("You are here"),
    "list-of": gettext("One of the"),
    "language": gettext("Language"),
    "author": gettext("Author"),
    "has-ofMeeting": gettext("Agenda items"),
    "has-parentBody": gettext("Bodies under it"),
    "has-adoptedBy": gettext("It adopted"),
    "has-supersedes": gettext("Superseded by"),
    "has-meetingOf": gettext("Its meetings"),
    "has-partOfMeeting": gettext("Parts of it"),
    "has-officeOf": gettext("Offices"),
    "has-broader": gettext("Under it"),
    "start": gettext("Start"),
    "map": gettext("Map"),
    "map-title": gettext("What feeds what"),
    "timeline": gettext("Timeline"),
    "timeline-title": gettext("Plan and fact in time"),
    "coverage": gettext("Coverage"),
    "coverage-title": gettext("Which meetings deal with which topic"),
    "reservations": gettext("Reservations"),
    "reservations-title": gettext("Who objects to what"),
    "decisions": gettext("Decisions"),
    "decisions-title": gettext("Decisions, and what they ask for"),
    "reading": gettext("How to read"),
    "reading-title": gettext("How to read these pages"),
    "search": gettext("Search"),
    "search-title": gettext("Search all pages"),
    "search-label": gettext("Name, code or part of a phrase"),
    "search-hint": gettext(
        "In English or Chinese; part of a word will do, with or without spaces, in full or half width."
    ),
    "search-none": gettext("Nothing holds these words."),
    "search-count": gettext("{count} found"),
    "search-more": gettext("The first {shown} are shown; a longer phrase finds fewer."),
    "search-noscript": gettext(
        "The search needs a script, which is switched off here. The lists of meetings, decisions, bodies, "
        "topics and documents hold everything too."
    ),
    "questions": gettext("Questions and answers"),
    "question": gettext("Question"),
    "kind-meeting": gettext("Meetings"),
    "kind-body": gettext("Bodies"),
    "kind-element": gettext("Topics"),
    "kind-document": gettext("Documents"),
    "kind-office": gettext("Offices"),
    "kind-organization": gettext("Organizations"),
    "kind-party": gettext("Parties"),
    "kind-group": gettext("Groups and unnamed holders"),
    "kind-place": gettext("Places"),
    "kind-agenda-item": gettext("Agenda items"),
    "kind-concept": gettext("Elements of other frameworks"),
    "more-lists": gettext("More lists"),
    "name": gettext("Name"),
    "code": gettext("Code"),
    "kind": gettext("Kind"),
    "names": gettext("Names and codes"),
    "also-written": gettext("As the documents write it"),
    "translation": gettext("our translation"),
    "what-it-is": gettext("What it is"),
    "nothing-said": gettext("No statement in the documents points to it."),
    "plan": gettext("Plan"),
    "fact": gettext("What took place"),
    "plan-and-fact": gettext("Plan and fact"),
    "changed": pgettext("heading of a page", "What changed"),
    "no-plan": gettext("No document states a plan for it."),
    "no-fact": gettext("No document says that it took place."),
    "planned": gettext("planned"),
    "held": gettext("held"),
    "under-way": gettext("under way"),
    "dates": gettext("Dates"),
    "place": gettext("Place"),
    "mode": gettext("Mode"),
    "as-written": gettext("As written"),
    "source": gettext("Source"),
    "sources": gettext("Sources"),
    "basis": gettext("Basis"),
    "note": gettext("Note"),
    "also": gettext("Also"),
    "explicit": gettext("explicit in the text"),
    "derived": gettext("derived by a rule"),
    "interpretation": gettext("an interpretation"),
    "status": gettext("Result"),
    "answered": gettext("answered"),
    "no": gettext("no"),
    "not-stated": gettext("not stated"),
    "not-covered": gettext("not covered"),
    "no-long": gettext("No: the documents say so."),
    "not-stated-long": gettext("Not stated: no document in whose period it falls says anything about it."),
    "not-covered-long": gettext("Not covered: outside the period or scope of the documents."),
    "rows-found": gettext("{count} found"),
    "asked-with": gettext("Asked for"),
    "ask-yourself": gettext("To ask it anew at the command line:"),
    "before": gettext("It receives from"),
    "after": gettext("It hands on to"),
    "see-on-map": gettext("Follow it on the map"),
    "see-on-timeline": gettext("See it on the timeline"),
    "asked-about": gettext("Questions that speak of it"),
    "related": gettext("See also"),
    "address": gettext("Permanent name"),
    "statements": gettext("Statements"),
    "legend": gettext("Legend"),
    "legend-plan": gettext("planned"),
    "legend-fact": gettext("took place"),
    "legend-both": gettext("took place as planned"),
    "legend-unsure": gettext("dates known only in part, or to be confirmed"),
    "legend-other": gettext("no date stated, or not a meeting"),
    "meeting": gettext("Meeting"),
    "undated": gettext("No date stated"),
    "map-intro": gettext(
        "Time runs from left to right; every body has a lane. A hollow mark is a plan, a filled one what "
        "took place. An arrow leads from what gives to what receives, and its line tells how firmly it was "
        "promised."
    ),
    "map-keys": gettext(
        "Keys: Tab and the arrow keys move between meetings, Enter opens the page of one, the space bar "
        "follows its chain, Escape shows all again."
    ),
    "map-region": gettext("Map of meetings and what they hand on; scrolls sideways"),
    "map-table": gettext("The same as a table"),
    "filter": gettext("Show"),
    "filter-element": gettext("Topic"),
    "filter-body": gettext("Body"),
    "filter-modality": gettext("How firm"),
    "filter-chain": gettext("Chain of"),
    "filter-direction": gettext("Direction"),
    "both-ways": gettext("what leads to it and what follows"),
    "upstream": gettext("only what leads to it"),
    "downstream": gettext("only what follows from it"),
    "all": gettext("all"),
    "reset": gettext("Show all"),
    "map-shown": gettext("{inputs} inputs shown, among {meetings} meetings and others"),
    "from": pgettext("giver", "From"),
    "to": pgettext("receiver", "To"),
    "element": gettext("Topic"),
    "how-firm": gettext("How firm"),
    "hands": gettext("What is handed over"),
    "under": pgettext("authority", "Under"),
    "no-receiver": gettext("no receiver named"),
    "timeline-intro": gettext(
        "Each row is a meeting. Hollow bars are plans, filled ones what took place; a dashed, striped bar "
        "spans the time within which the dates lie where they are known only in part."
    ),
    "in-time": gettext("In time"),
    "coverage-intro": gettext(
        "Topics of meetings above, elements of the framework below, meetings across in the order of time. A "
        "hollow ring: a plan has the meeting deal with it; a filled dot: a meeting that took place did; a "
        "ringed dot: both."
    ),
    "coverage-region": gettext("Matrix of topics and meetings; scrolls sideways"),
    "coverage-match": gettext("Match"),
    "coverage-gap": gettext("Gap"),
    "only-gaps": gettext("Only what has a gap"),
    "side-topic": gettext("Topics of meetings"),
    "side-framework": gettext("Elements of the framework"),
    "gaps": gettext("Gaps"),
    "count-gap": gettext("Rows"),
    "in-plan": gettext("planned"),
    "in-fact": gettext("held"),
    "in-both": gettext("planned and held"),
    "reservations-intro": gettext(
        "{positions} positions on {items} items, by {holders} holders. Nobody is named: “some Parties” in "
        "one footnote are not known to be “some Parties” in another, so every one of them is counted apart "
        "and has a page of its own."
    ),
    "reservations-region": gettext("Map of items and positions; scrolls sideways"),
    "reservations-none": gettext("No document reports positions."),
    "item": gettext("Item"),
    "move-to": gettext("to"),
    "no-positions-table": pgettext("positions", "none"),
    "decisions-intro": gettext(
        "Every decision and resolution that the documents cite or rest on, and the meetings that are asked "
        "to do something under it."
    ),
    "decision": gettext("Decision"),
    "mandates": gettext("Meetings asked, and on what"),
    "cited": gettext("Cited"),
    "no-mandate": gettext("cited only"),
    "no-decisions": gettext("No decisions are known here."),
    "print": gettext("Print"),
    "footer": gettext(
        "Facts read from public documents of the Convention on Biological Diversity, with the place of each. "
        "Data: CC BY 4.0."
    ),
    "choose": gettext("Read in English"),
    "not-named": gettext("no date"),
}

PLAIN = {
    "modality": "how-firm",
    "skos:inScheme": "list-of",
    "skos:notation": "code",
    "dcterms:language": "language",
    "dcterms:creator": "author",
}
"""Names of properties -> the words that the pages say instead."""

FAMILIES: dict[str, Text] = {
    "F": gettext("What feeds what"),
    "M": gettext("Mandates: who was asked, by which decision"),
    "P": gettext("Plan and fact"),
    "S": gettext("Will it arrive in time, and what follows if a meeting moves"),
    "C": gettext("Who is asked to do what by when"),
    "B": gettext("Bodies and people"),
    "E": gettext("Topics: coverage and gaps"),
    "N": gettext("Positions and reservations"),
    "W": gettext("Consultations, webinars, partners"),
    "G": gettext("Publications"),
    "X": gettext("Documents and sources"),
    "L": gettext("Names and codes"),
}
"""Questions by the letter of their ids, in the order of the start page."""


def word(key: str, language: str, **values: object) -> str:
    """The words for a key in a language, with values filled in."""
    found = _WORDS[key][language]
    return found.format(**values) if values else found


def span(text: str, language: str) -> str | None:
    """A number of days before or after something, in words; None for a text that is no such span (xsd:duration)."""
    found = _SPAN.fullmatch(text)
    if found is None:
        return None
    days, after = int(found["days"] or 0), found["days"] and int(found["days"]) and not found["sign"]
    if after:
        return ngettext("{count} day after", "{count} days after", days)[language]
    return ngettext("{count} day before", "{count} days before", days)[language]


def kind_name(kind: str, language: str) -> str:
    """What the list of a kind of things is called."""
    return word(f"kind-{kind}", language) if f"kind-{kind}" in _WORDS else kind.replace("-", " ").capitalize()


def family(letter: str) -> Text:
    """What a group of questions is about; the letter itself where that is not known."""
    return FAMILIES.get(letter) or same(letter)


def has_chinese(text: str) -> bool:
    """Whether any ideograph is in the text."""
    return _CHINESE.search(text) is not None
