"""Who organised, convened, guided, supported and funded a meeting, as the sentences of a note say it, and for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mandategraph.model.register import Register
from mandategraph.read.text import fold

_WHO = r"(?P<{0}>[^,。;:]{{2,80}}?)"
_SENTENCES = (
    re.compile(
        rf"由{_WHO.format('organiser')}(?:合作)?组织(?![织者])(?:,{_WHO.format('supporter')}支持)?(?:,{_WHO.format('funder')}资助)?"
    ),
    re.compile(rf"由{_WHO.format('convener')}共同召集"),
    re.compile(r"(?:^|[,。是])(?P<organiser>[^,。;:是在]{2,20})在(?P<supporter>[^,。;:]{2,20})支持下组织"),
    re.compile(rf",{_WHO.format('organiser')}与其(?P<partner>伙伴)合作,在{_WHO.format('guide')}的?指导下,组织了"),
    re.compile(rf",{_WHO.format('convener')}在{_WHO.format('guide')}的?指导下召开了"),
    re.compile(rf",在{_WHO.format('guide')}的?指导下组织了"),
    re.compile(r",(?P<organiser>[^,。在与]{2,20})组织了几次网络研讨会"),
)
_IN_A_LEAD = {"伙伴": "group:SECRETARIAT-PARTNERS"}
"""Words that name an actor only in these sentences."""
_LIST = re.compile(r"[、和与]")
_OPEN_SUPPORT = re.compile(r"(?:^|。)(?P<list>[^。]+)等许多[^。]*?为迄今开展的磋商提供了支持")
_REGION = re.compile(r"\)([^()]+?)网络研讨会")
_AUDIENCES = (
    (re.compile(r"利益攸关方公开网络研讨会"), "group:STAKEHOLDERS"),
    (re.compile(r"土著人民和地方社区.*?对话"), "group:IPLC"),
    (re.compile(r"次国家和地方政府.*?进程"), "group:SUBNATIONAL-GOVERNMENTS"),
)


@dataclass(frozen=True)
class Role:
    """Actors in one role, each with its name; `unknown` are names that the register does not know; `words` as folded."""

    role: str
    actors: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    words: str


class Actors:
    """Actors of every kind by name, for lists that are nothing but names."""

    def __init__(self, register: Register) -> None:
        kinds = ("party", "organization", "office", "body", "group")
        self._known = dict(_IN_A_LEAD) | {
            fold(name): one.ref for one in register.of_kind(*kinds) for name in (one.zh, *one.spellings)
        }

    def listed(self, words: str) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        """The actors that a list names, and what in it is no name that we know; a name may itself hold 和 or 、."""
        rest = _LIST.split(words)
        marks = _LIST.findall(words)
        found: list[tuple[str, str]] = []
        unknown: list[str] = []
        at = 0
        while at < len(rest):
            for end in range(len(rest), at, -1):
                name = "".join(rest[i] + (marks[i] if i < end - 1 else "") for i in range(at, end))
                if name in self._known:
                    found.append((self._known[name], name))
                    break
            else:
                end = at + 1
                if unknown and words[: words.find(rest[at])].endswith(unknown[-1] + marks[at - 1]):
                    unknown[-1] += marks[at - 1] + rest[at]
                else:
                    unknown.append(rest[at])
            at = end
        return tuple(found), tuple(unknown)


def roles_in(text: str, actors: Actors) -> list[Role]:
    """The roles that the sentences of a text give, in order."""
    folded = fold(text)
    found: list[Role] = []
    for pattern in _SENTENCES:
        for match in pattern.finditer(folded):
            for role, words in match.groupdict().items():
                if words:
                    known, unknown = actors.listed(words.removesuffix("的"))
                    found.append(Role(role, known, unknown, words))
    return found


def supporters(text: str, actors: Actors) -> tuple[Role, str] | None:
    """The list of those who supported the consultations so far, which the text itself leaves open, and its words."""
    match = _OPEN_SUPPORT.search(fold(text))
    if not match:
        return None
    known, unknown = actors.listed(match["list"])
    return Role("supporter", known, unknown, match["list"]), "等许多缔约方和组织"


def audiences(folded: str, register: Register) -> list[tuple[str, str]]:
    """Groups and regions for which an event was held, with the words that say so."""
    found = [(group, match[0]) for pattern, group in _AUDIENCES for match in pattern.finditer(folded)]
    region = _REGION.search(folded)
    if region:
        regions = [(fold(g.zh), g.ref) for g in register.of_kind("group") if g.details.get("type") == "region"]
        found += [(ref, name) for name, ref in regions if name in region[1]]
    return found
