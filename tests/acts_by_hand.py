"""What the paragraphs of the plan do, as read from the document by hand: every act with its line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Act:
    """An act as the document has it."""

    line: int
    verbs: str
    addressees: str = ""
    asks_for: str = ""
    under: str = ""
    consulted: str = ""


CHAIRS = "WG2020-CO-CHAIRS EXECUTIVE-SECRETARY"

ACTS = {
    "preamble-1": Act(25, "welcomes"),
    "preamble-2": Act(27, "reaffirms"),
    "preamble-3": Act(29, "reaffirms"),
    "paragraph-1": Act(31, "welcomes"),
    "paragraph-2.1": Act(33, "welcomes"),
    "paragraph-2.2": Act(33, "thanks"),
    "paragraph-3": Act(35, "invites", "PARTIES OTHER-GOVERNMENTS RELEVANT-ORGANIZATIONS STAKEHOLDERS"),
    "paragraph-4.1": Act(37, "requests", CHAIRS, under="COP-BUREAU"),
    "paragraph-4.2": Act(37, "requests", CHAIRS, "zero-draft"),
    "paragraph-4.3": Act(37, "requests", CHAIRS, "zero-draft-outline"),
    "paragraph-5": Act(41, "takes-note"),
    "paragraph-6": Act(43, "requests", CHAIRS, "workplan", "COP-BUREAU", "SBSTTA-CHAIR SBI-CHAIR"),
    "paragraph-7.1": Act(45, "invites", "SBSTTA SBI WG8J"),
    "paragraph-7.2": Act(45, "invites draws-attention", "SBSTTA SBI WG8J"),
    "paragraph-7.a": Act(47, "invites", "SBSTTA"),
    "paragraph-7.b": Act(49, "invites", "WG8J"),
    "paragraph-7.c": Act(51, "invites", "IAG-MAINSTREAMING"),
    "paragraph-8": Act(53, "welcomes"),
    "paragraph-9": Act(55, "invites", "UNEP-EXECUTIVE-DIRECTOR"),
    "paragraph-10": Act(57, "acknowledges"),
    "paragraph-11.1": Act(59, "requests", CHAIRS, consulted="COP-BUREAU"),
    "paragraph-11.2": Act(59, "requests", CHAIRS),
    "paragraph-12.1": Act(61, "requests", CHAIRS),
    "paragraph-12.2": Act(61, "requests", CHAIRS),
}


def codes(refs: tuple[str, ...]) -> str:
    return " ".join(ref.partition(":")[2].removeprefix("WG2020-REC-1-1.") for ref in refs)
