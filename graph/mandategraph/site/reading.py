"""The words of the page on how to read the others."""

from __future__ import annotations

from mandategraph.messages import Text, gettext

READING: tuple[tuple[str, Text, tuple[Text, ...]], ...] = (
    (
        "three-kinds-of-no",
        gettext("Three kinds of no"),
        (
            gettext(
                "No. The documents say so: they speak of the matter, and what they say is no. A meeting that a note "
                "reports as not held was not held."
            ),
            gettext(
                "Not stated. A document that covers the time and the matter is silent. It may have been so or not; "
                "the documents do not tell. Who “some Parties” are is not stated."
            ),
            gettext(
                "Not covered. The matter lies outside the time or the scope of every document here. Silence then "
                "means nothing at all."
            ),
            gettext("An empty table would hide which of the three it is. Here every answer says it."),
        ),
    ),
    (
        "plan-and-fact",
        gettext("Plan and fact"),
        (
            gettext(
                "A plan and a report are two statements of two documents. Neither overwrites the other: both are "
                "shown side by side, and what changed between them is worked out. A reason is given only where a "
                "document gives one."
            ),
            gettext(
                "Dates are never made more precise than the documents have them: “January or February”, “to be "
                "confirmed”, or one range for two meetings stay what they are, and are drawn dashed."
            ),
        ),
    ),
    (
        "how-firm",
        gettext("How firm: will, is expected to, may"),
        (
            gettext(
                "“Will” is a commitment, “is expected to” less than that, and “may” leaves it open. A row without "
                "such a word counts as firm. “Done” is a report that it was handed over."
            ),
        ),
    ),
    (
        "basis",
        gettext("What an answer rests on"),
        (
            gettext(
                "Explicit in the text: it can be read where the source says. Derived by a rule: dates, counts and "
                "comparisons, by a rule that is named. An interpretation: our reading, told as one, with its reason."
            ),
            gettext(
                "A source names the document, the place in it and the line of its text, with a few words of the "
                "original."
            ),
        ),
    ),
)
"""The page on how to read the others: (anchor, title, paragraphs)."""
