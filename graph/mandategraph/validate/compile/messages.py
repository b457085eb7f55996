"""The words of a result: those of the shape or constraint, or plain ones where the shapes have none."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mandategraph.messages import gettext
from mandategraph.store.base import Term, literal
from mandategraph.validate.compile.base import Test
from mandategraph.validate.shape import Shape
from mandategraph.validate.vocabulary import SH

_HOLE = re.compile(r"\{[?$](\w+)\}")
_ENDING = "ConstraintComponent"

# fmt: off
_PLAIN = {
    "Class": gettext("The value is not of the class {}."),
    "Datatype": gettext("The value is not a well-formed {}."),
    "NodeKind": gettext("The value is not of the kind {}."),
    "MinCount": gettext("There are fewer values than {}."),
    "MaxCount": gettext("There are more values than {}."),
    "MinExclusive": gettext("The value must be more than {}."),
    "MinInclusive": gettext("The value must be {} or more."),
    "MaxExclusive": gettext("The value must be less than {}."),
    "MaxInclusive": gettext("The value must be {} or less."),
    "MinLength": gettext("The text is shorter than {} characters."),
    "MaxLength": gettext("The text is longer than {} characters."),
    "Pattern": gettext("The text does not match {}."),
    "LanguageIn": gettext("The language is not one of {}."),
    "UniqueLang": gettext("Two values have the same language."),
    "Equals": gettext("The values are not those of {}."),
    "Disjoint": gettext("The value is a value of {} too."),
    "LessThan": gettext("The value is not less than that of {}."),
    "LessThanOrEquals": gettext("The value is more than that of {}."),
    "HasValue": gettext("The value {} is missing."),
    "In": gettext("The value is not one of {}."),
    "Node": gettext("The value does not conform to {}."),
    "Not": gettext("The value conforms to {}, and must not."),
    "And": gettext("The value does not conform to all of {}."),
    "Or": gettext("The value conforms to none of {}."),
    "Xone": gettext("The value does not conform to exactly one of {}."),
    "QualifiedMinCount": gettext("Fewer values than {} are of the kind asked for."),
    "QualifiedMaxCount": gettext("More values than {} are of the kind asked for."),
    "Closed": gettext("This property is not foreseen here."),
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
    """What is said of a constraint without a message of its own, in every language."""
    name = component.removeprefix(SH).removesuffix(_ENDING)
    said = _PLAIN.get(name, gettext("This breaks the rule."))
    return tuple(literal(words.replace("{}", parameter), language) for language, words in said.items())


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
