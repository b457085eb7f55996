"""SPARQL as written by people: cut into tokens, prefixes spelt out, variables bound beforehand.

Pre-binding (SHACL, appendix A) substitutes the focus node for `$this` in every nook of a query. For whole graphs at
once the pattern that binds all focus nodes is put where the query begins and into every inner group whose expressions
speak of `$this`: there the variable would be unbound otherwise, since SPARQL evaluates groups from the inside out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mandategraph.rdf.sparql_lexer import Token, prologue, telling
from mandategraph.system.errors import InputError


def tokens(text: str, prefixes: Mapping[str, str]) -> list[Token]:
    """The tokens of a query without comments, prologue and prefixes: names become IRIs.

    Raises:
        InputError: a prefix is not declared.
    """
    found = list(telling(text))
    declared = prologue(found)
    body = found[found.index(declared.first) :] if declared.first else []
    known = {**prefixes, **declared.prefixes}
    return [piece for token in body for piece in _spelt(token, known)]


def _spelt(token: Token, known: Mapping[str, str]) -> list[Token]:
    if token.kind != "name":
        return [token]
    text = token.text.rstrip(".")
    prefix, _, local = text.partition(":")
    if prefix not in known:
        raise InputError(f"The prefix {prefix}: is not declared.", "shapes", "Declare it with sh:prefixes.")
    iri = known[prefix] + re.sub(r"\\(.)", r"\1", local)
    return [Token("iri", f"<{iri}>"), *[Token("mark", ".")] * (len(token.text) - len(text))]


def written(found: list[Token]) -> str:
    """Tokens as text again; a bracket stands close to a function's name, since Oxigraph does not read `CONCAT (`."""
    out, before = "", None
    for token in found:
        tight = token.kind == "lang" or (token.text == "^" and out.endswith("^"))
        tight = tight or out.endswith("^^") or (token.text in "=&|" and out[-1:] in tuple("<>!=&|"))
        tight = tight or (token.kind == "number" and out[-1:] in ("-", "+"))
        tight = tight or (token.text == "(" and before is not None and before.kind == "word")
        out += token.text if tight or not out else f" {token.text}"
        before = token
    return out


def bind(found: list[Token], terms: Mapping[str, str], absent: frozenset[str] = frozenset()) -> list[Token]:
    """Put terms in the place of variables. In lists of selected variables they are left out; `BOUND` of one is true,
    and of an absent one false."""
    out: list[Token] = []
    index, selecting = 0, False
    while index < len(found):
        token = found[index]
        name = found[index + 2].variable if token.word == "BOUND" and index + 3 < len(found) else ""
        if name in terms or name in absent:
            out.append(Token("word", "true" if name in terms else "false"))
            index += 4
            continue
        selecting = (selecting or token.word == "SELECT") and token.word != "WHERE" and token.text not in "({"
        if token.variable in terms:
            out += [] if selecting else [Token("term", terms[token.variable])]
        else:
            out.append(token)
        index += 1
    return out


def rename(found: list[Token], names: Mapping[str, str], suffix: str) -> list[Token]:
    """Give variables the names listed, and all others a suffix, so that queries can be put inside each other."""
    return [
        Token("var", "?" + names.get(token.variable, token.variable + suffix)) if token.variable else token
        for token in found
    ]


def inject(found: list[Token], pattern: str, dataset: str = "", name: str = "this") -> list[Token]:
    """Bind a variable beforehand by a pattern, at the beginning of the query and of each group that needs it.

    `dataset` are FROM clauses to put before the query's WHERE.
    """
    outer = _outermost(found)
    needs = {outer} | _needing(found, name)
    where = outer - 1 if outer and found[outer - 1].word == "WHERE" else outer
    out: list[Token] = []
    for index, token in enumerate(found):
        if index == where and dataset:
            out.append(Token("dataset", dataset))
        out.append(token)
        if index in needs:
            out.append(Token("pattern", pattern))
    return out


def _outermost(found: list[Token]) -> int:
    depth = 0
    for index, token in enumerate(found):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.text == "{" and not depth:
            return index
    return len(found)


def _needing(found: list[Token], name: str) -> set[int]:
    """The opening brackets of all groups in whose expressions (EXISTS among them) the variable is spoken of."""
    needs: set[int] = set()
    groups: list[tuple[int, bool, int]] = []  # where it opens, whether it belongs to the group around it, depth
    depth = 0
    for index, token in enumerate(found):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.text == "{":
            before = [one.word for one in found[max(0, index - 2) : index]]
            inner = "EXISTS" in before[-1:] or "GRAPH" in before[:1]
            groups.append((index, inner, depth))
        elif token.text == "}":
            groups.pop()
        elif token.variable == name and groups:
            home = next((at for at in range(len(groups) - 1, -1, -1) if not groups[at][1]), 0)
            inside = home < len(groups) - 1
            opens, _, outside = groups[home]
            selects = opens + 1 < len(found) and found[opens + 1].word == "SELECT"
            if (inside or depth > outside) and not selects:
                needs.add(opens)
    return needs
