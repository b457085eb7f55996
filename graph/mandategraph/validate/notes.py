"""The notes of a report in Chinese: a catalogue from the English wording, whose holes are filled from what was written."""

from __future__ import annotations

import re

_CATALOGUE = {
    "sh:{} is no property of SHACL and was passed over (near it: sh:{})": "sh:{} 不是 SHACL 的属性，已略过（相近：sh:{}）",
    "handed to pySHACL as a whole: rules here depend on how numbers are written": "整体交由 pySHACL 检查：规则取决于数字的写法",
    "handed to pySHACL: {}: {}": "交由 pySHACL 检查：{}：{}",
    "run on a copy of the data: {}: {}": "在数据副本上检查：{}：{}",
    "{} known from the baseline left out": "略去基线中已有的 {} 项",
    "a shape without a name": "无名的形状",
    "it uses {}": "使用了 {}",
    "it follows a path of no steps from a node that the data does not name": "从数据未提及的节点出发，路径可为零步",
    "A query asks for a shape that has no IRI.": "查询要用到没有 IRI 的形状",
    "A parameter is a blank node.": "某参数是空白节点",
    "the store refuses its query": "存储拒绝其查询",
    "Virtuoso errs on {}": "Virtuoso 不能正确处理{}",
    "VALUES beside a filter or in a UNION": "过滤条件旁或 UNION 中的 VALUES",
    "whether a literal is well-formed": "字面量是否合规",
    "sameTerm with a constant": "与常量比较的 sameTerm",
    "the order of values of two kinds": "两类值的先后",
    "paths of any length": "任意长度的路径",
}
_PATTERNS = [
    (re.compile(re.escape(english).replace(r"\{\}", "(.+?)"), re.DOTALL), chinese)
    for english, chinese in _CATALOGUE.items()
]


def note_in(note: str, lang: str) -> str:
    """A note as a sentence without its full stop; in Chinese what the catalogue knows, the parts of it too."""
    if lang != "zh":
        return note
    for pattern, chinese in _PATTERNS:
        found = pattern.fullmatch(note)
        if found:
            return chinese.format(*(note_in(part, lang) for part in found.groups()))
    return note
