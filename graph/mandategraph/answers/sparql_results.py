"""SPARQL results as the W3C formats write them: JSON, XML, CSV and TSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence

from mandategraph.store.base import XSD, Rows, Term
from mandategraph.store.formats import not_in_xml

_BARE_NUMBER = {XSD + "integer": re.compile(r"[+-]?[0-9]+"), XSD + "decimal": re.compile(r"[+-]?[0-9]*\.[0-9]+")}


def as_json(result: Rows | bool, links: Sequence[str] = ()) -> str:
    """SPARQL 1.1 Query Results JSON Format; ``links`` lead to what is to be known about the result."""
    head: dict[str, list[str]] = {"link": list(links)} if links else {}
    if isinstance(result, bool):
        return json.dumps({"head": head, "boolean": result}) + "\n"
    bindings = [{name: _json_term(term) for name, term in row.items()} for row in result.dicts()]
    whole = {"head": {"vars": list(result.variables), **head}, "results": {"bindings": bindings}}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def as_xml(result: Rows | bool, links: Sequence[str] = ()) -> str:
    """SPARQL Query Results XML Format; ``links`` lead to what is to be known about the result."""
    from xml.sax.saxutils import quoteattr  # which imports all that fetches addresses, and few want XML

    told = [f"<link href={quoteattr(link)}/>" for link in links]
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">']
    if isinstance(result, bool):
        head = ["<head>", *told, "</head>"] if told else ["<head/>"]
        lines += [*head, f"<boolean>{str(result).lower()}</boolean>", "</sparql>"]
        return "\n".join(lines) + "\n"
    lines += ["<head>", *(f"<variable name={quoteattr(name)}/>" for name in result.variables), *told]
    lines += ["</head>", "<results>"]
    for row in result.dicts():
        bindings = (f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>" for name, term in row.items())
        lines.append(f"<result>{''.join(bindings)}</result>")
    lines += ["</results>", "</sparql>"]
    return "\n".join(lines) + "\n"


def as_csv(result: Rows | bool) -> str:
    """SPARQL 1.1 Query Results CSV Format: plain values, CRLF."""
    out = io.StringIO()
    writer = csv.writer(out)
    if isinstance(result, bool):
        writer.writerows([["boolean"], [str(result).lower()]])
        return out.getvalue()
    writer.writerow(result.variables)
    for row in result.rows:
        values = [_csv_value(term) for term in row]
        # A lone empty field would read as no row at all.
        out.write('""\r\n') if values == [""] else writer.writerow(values)
    return out.getvalue()


def as_tsv(result: Rows | bool) -> str:
    """SPARQL 1.1 Query Results TSV Format: terms in Turtle's syntax."""
    if isinstance(result, bool):
        return f"?boolean\n{str(result).lower()}\n"
    lines = ["\t".join(f"?{name}" for name in result.variables)]
    lines += ["\t".join(_tsv_term(term) for term in row) for row in result.rows]
    return "\n".join(lines) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if term.kind != "literal":
        return {"type": "uri" if term.kind == "iri" else "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.lang:
        found["xml:lang"] = term.lang
    elif term.datatype:
        found["datatype"] = term.datatype
    return found


def _xml_term(term: Term) -> str:
    # A reader would take a bare carriage return for a line feed.
    from xml.sax.saxutils import escape, quoteattr

    value = escape(not_in_xml().sub("\ufffd", term.value), {"\r": "&#13;"})
    if term.kind != "literal":
        tag = "uri" if term.kind == "iri" else "bnode"
        return f"<{tag}>{value}</{tag}>"
    extra = f" xml:lang={quoteattr(term.lang)}" if term.lang else ""
    extra = extra or (f" datatype={quoteattr(term.datatype)}" if term.datatype else "")
    return f"<literal{extra}>{value}</literal>"


def _csv_value(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if term.kind == "blank" else term.value


def _tsv_term(term: Term | None) -> str:
    if term is None:
        return ""
    bare = _BARE_NUMBER.get(term.datatype or "")
    return term.value if bare and bare.fullmatch(term.value) else term.n3()
