"""Kinds of meeting by the words of its name. Longer words first: 网络研讨会 is a webinar though 研讨会 is a workshop."""

from __future__ import annotations

import re

_WORDS = {
    "情况通报会": "briefing", "网络简报会": "briefing", "网络研讨会": "webinar", "在线研讨会": "webinar",
    "专题磋商": "consultation", "专家组": "expert-meeting", "联络小组": "committee-meeting",
    "咨询委员会": "committee-meeting", "特别联合虚拟会议": "special-session", "特别虚拟会议": "special-session",
    "科学国际会议": "conference", "讨论论坛": "forum", "论坛": "forum", "调查": "survey", "对话": "dialogue",
    "交流": "dialogue", "培训": "training", "峰会": "summit", "非正式虚拟会议": "informal-session", "正式在线会议": "formal-session",
    "研讨会": "workshop",
}  # fmt: skip
_WORD = re.compile("|".join([*sorted(_WORDS, key=lambda word: (-len(word), word)), "进程$", "^发布", "^讨论"]))
_AT_ONE_END = {"进程": "process", "发布": "launch", "讨论": "dialogue"}
"""Words that tell the kind only where they end or open the name: a webinar may be on a process."""


def kinds_of(folded: str) -> list[tuple[str, str]]:
    """The kinds that a name gives, each once and in its order, with the word that gives it."""
    found: dict[str, str] = {}
    for match in _WORD.finditer(folded):
        found.setdefault(_WORDS.get(match[0]) or _AT_ONE_END[match[0]], match[0])
    return list(found.items())
