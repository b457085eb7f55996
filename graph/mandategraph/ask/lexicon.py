"""What words do in questions: which carry nothing, which must agree, which mean the same, and what is said in other
words before they are compared. `wordings` compares; English words stand here as written, or where it says so by stem.
"""

from __future__ import annotations

import re

OPEN, SHUT = "\ue000", "\ue001"
"""Around the mark of a named thing: private characters, which no question holds."""

# fmt: off
# Nothing depends on these: they may stand or not.
STOP = frozenset((
    "a", "an", "the", "of", "to", "into", "in", "on", "at", "is", "are", "was", "were", "be", "been", "do", "does",
    "did", "what", "which", "please", "tell", "me", "show", "list", "give", "all", "there", "that", "it", "its", "and",
    "each", "every", "name", "whose", "you", "we", "i",
))
# These help to tell who gives and who takes, or what is a duty; by themselves they say nothing more.
HELPING = frozenset(("by", "have", "has", "had", "will"))
# Made by rewriting, and never written.
MADE = frozenset(("task", "doing"))
STOP_ZH = re.compile("请问|请|告诉我|列出|给出|一下|哪些|哪个|哪几个|哪|什么|所有|全部|的|了|是|有|吗|呢|都")
# Everything depends on these: a question with one of them is not a question without.
GUARDS = frozenset((
    "why", "no", "not", "never", "without", "only", "except", "may", "firm", "firmly", "before", "after",
    "不", "未", "没", "无", "非", "只", "仅", "可", "除",
))
# What is denied depends on the word after these.
NEGATIONS = frozenset(("not", "never", "不", "未", "没"))
# The same of words that come in several forms, here by their stem, and of Chinese words of more than one character.
GUARD_STEMS = frozenset((
    "early", "earlier", "earliest", "lat", "latest", "first", "second", "third", "fourth", "updat", "practic",
    "cancel", "cancell", "offer", "slip", "forward", "mov", "instead", "partner", "shall", "expect", "oppos", "object",
    "upstream", "doing",
))
GUARDS_ZH = re.compile(
    "第[一二三四五六七八九十]+|附件[一二三四五六七八九十]|更新|取消|提前|推迟|最早|最迟|最晚|改[为向]|被要求|提出主办|内容|预计|反[对向]|上游"
)
# A question with one of these is none with another.
INTERROGATIVES = frozenset(("who", "when", "wher", "谁", "几"))

ALIKE = {
    "input": "feed", "contribute": "feed", "contribution": "feed", "must": "shall", "should": "shall",
    "country": "party", "countries": "party", "parties": "party", "covid-19": "pandemic", "covid": "pandemic",
    "coronavirus": "pandemic", "delay": "slip", "postpone": "slip", "topic": "subject", "theme": "subject",
    "request": "ask", "deal": "about", "address": "about", "concern": "about", "cover": "about", "happen": "become",
    "became": "become", "convene": "organise", "organize": "organise", "under": "rest", "based": "rest",
}
# Who gives and who takes: with these words it matters on which side of them a name stands.
DIRECTED = frozenset((
    "feed", "deliver", "report", "replac", "mandat", "ask", "pass", "follow", "becom", "rest", "go", "hand", "receiv",
    "get", "inform", "cit",
))
DIRECTED_ZH = frozenset(("向", "由", "到", "自", "用"))
SAME_ZH = (
    ("输入", "投入"), ("贡献", "投入"), ("为", "向"), ("给", "向"), ("对", "向"), ("必须", "须"), ("应当", "须"),
)
# fmt: on
_NAME = rf"(?:the\s+)?({OPEN}[a-z]+{SHUT})"
# Said in other words, one after the other. Who is asked ("is {actor} asked", "asked of {actor}", "ask {actor} to") is
# not who asks; what "{actor} does" is not what it must do; the inputs of a meeting are not what it puts in.
REWRITTEN = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"^(?:please\s+)?(?:could|would|can) you\b", " "),
        (r"n['’]t\b", " not"),
        (r"\b(?:could|might)\b", "may"),
        (r"\b(?:has|have|had)\s+to\b", "shall"),
        (r"\b(?:pushed|put)\s+(?:back|off)\b|\bdeferred\b", "postponed"),
        (
            rf"\b(?:is|are|was|were|has|have|had|will)\s+{_NAME}\s+(?:(?:be|been|being)\s+)?(?:asked|requested)\b",
            r" tasked \1",
        ),
        (rf"\b(?:ask|request)(?:s|ed)?\s+{_NAME}\s+to(?:\s+do)?\b", r" tasked \1"),
        (r"\b(?:asked|requested)\s+of\b", " tasked "),
        (rf"(?<={SHUT})\s*do\b(?=\W*$)", " doing "),
        (rf"({OPEN}[a-z]+{SHUT})(?:'s)?\s+inputs?\W*$", r" inputs to \1 "),
        ("(?<=[\u4e00-\u9fff])inputs?\\b", "投入"),
        ("做[了过](?=什么|啥)", " doing "),
        ("为什么|为何|为啥", " why "),
        ("什么时候|何时|哪一?天", " when "),
        ("哪里|哪儿|何处|何地", " where "),
    )
)
