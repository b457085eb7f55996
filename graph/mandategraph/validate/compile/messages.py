"""The words of a result: those of the shape or constraint, or plain ones where the shapes have none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mandategraph.store.base import Term, literal
from mandategraph.validate.compile.base import Test
from mandategraph.validate.shape import Shape
from mandategraph.validate.vocabulary import SH

_HOLE = re.compile(r"\{[?$](\w+)\}")
_ENDING = "ConstraintComponent"

# fmt: off
_PLAIN = {
    "Class": ("The value is not of the class {}.", "该值不属于类 {}。"),
    "Datatype": ("The value is not a well-formed {}.", "该值不是合规的 {}。"),
    "NodeKind": ("The value is not of the kind {}.", "该值的种类不是 {}。"),
    "MinCount": ("There are fewer values than {}.", "值少于 {} 个。"),
    "MaxCount": ("There are more values than {}.", "值多于 {} 个。"),
    "MinExclusive": ("The value must be more than {}.", "该值须大于 {}。"),
    "MinInclusive": ("The value must be {} or more.", "该值须不小于 {}。"),
    "MaxExclusive": ("The value must be less than {}.", "该值须小于 {}。"),
    "MaxInclusive": ("The value must be {} or less.", "该值须不大于 {}。"),
    "MinLength": ("The text is shorter than {} characters.", "文本少于 {} 个字符。"),
    "MaxLength": ("The text is longer than {} characters.", "文本多于 {} 个字符。"),
    "Pattern": ("The text does not match {}.", "文本不符合 {}。"),
    "LanguageIn": ("The language is not one of {}.", "语言不在 {} 之列。"),
    "UniqueLang": ("Two values have the same language.", "两个值的语言相同。"),
    "Equals": ("The values are not those of {}.", "这些值与 {} 的值不同。"),
    "Disjoint": ("The value is a value of {} too.", "该值也是 {} 的值。"),
    "LessThan": ("The value is not less than that of {}.", "该值不小于 {} 的值。"),
    "LessThanOrEquals": ("The value is more than that of {}.", "该值大于 {} 的值。"),
    "HasValue": ("The value {} is missing.", "缺少值 {}。"),
    "In": ("The value is not one of {}.", "该值不在 {} 之列。"),
    "Node": ("The value does not conform to {}.", "该值不符合 {}。"),
    "Not": ("The value conforms to {}, and must not.", "该值符合 {}，但不应符合。"),
    "And": ("The value does not conform to all of {}.", "该值未全部符合 {}。"),
    "Or": ("The value conforms to none of {}.", "该值不符合 {} 中任何一项。"),
    "Xone": ("The value does not conform to exactly one of {}.", "该值并非恰好符合 {} 中的一项。"),
    "QualifiedMinCount": ("Fewer values than {} are of the kind asked for.", "符合要求的值少于 {} 个。"),
    "QualifiedMaxCount": ("More values than {} are of the kind asked for.", "符合要求的值多于 {} 个。"),
    "Closed": ("This property is not foreseen here.", "此处不应有该属性。"),
}
# fmt: on


def worded(shape: Shape, test: Test, row: Mapping[str, Term]) -> tuple[Term, ...]:
    """The messages of one result. A row's own `?message` comes first, then the constraint's, then the shape's."""
    own = row.get("message") if test.select else None
    found = (own,) if own is not None else (test.select.messages if test.select else ()) or test.messages
    found = (shape.messages or found) if test.bound else (found or shape.messages)
    if not found:
        return plain(test.component, parameter(shape, test.component))
    if not (test.select or test.bound):
        return found
    values = {**row, **dict(test.select.bound if test.select else test.bound)}
    return tuple(_filled(message, values) for message in found)


def plain(component: str, parameter: str) -> tuple[Term, ...]:
    """What is said of a constraint without a message of its own, in English and Chinese."""
    name = component.removeprefix(SH).removesuffix(_ENDING)
    english, chinese = _PLAIN.get(name, ("This breaks the rule.", "不符合规则。"))
    return literal(english.replace("{}", parameter), "en"), literal(chinese.replace("{}", parameter), "zh")


def parameter(shape: Shape, component: str) -> str:
    """The parameters of a constraint of SHACL Core as people read them: values, members of lists, names of shapes."""
    if not component.startswith(SH):
        return ""
    name = component.removeprefix(SH).removesuffix(_ENDING)
    name = name[:1].lower() + name[1:]
    found = shape.values(name)
    if name in ("and", "or", "xone"):
        found = [member for head in found for member in shape.graph.members(head)]
    if name in ("and", "or", "xone", "node", "not"):
        return ", ".join(Shape(shape.graph, node).name for node in found)
    if name in ("in", "languageIn"):
        found = [member for head in found for member in shape.graph.members(head)]
    return ", ".join(value.value for value in found)


def _filled(message: Term, values: Mapping[str, Term]) -> Term:
    def put(hole: re.Match[str]) -> str:
        found = values.get(hole.group(1))
        return hole.group() if found is None else found.value

    return Term(message.kind, _HOLE.sub(put, message.value), message.lang, message.datatype)
