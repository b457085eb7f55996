"""Which findings count: by rule, and only those that are new against an earlier report."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from mandategraph.system.errors import InputError, UsageError
from mandategraph.validate.findings import Finding, Report


def only(report: Report, wanted: Sequence[str], unwanted: Sequence[str], known: Iterable[str]) -> Report:
    """The findings of some rules, or of all but some.

    Raises:
        UsageError: a name is no rule; says which are near.
    """
    from rapidfuzz import process

    names = set(known)
    for name in (*wanted, *unwanted):
        if name not in names:
            near = ", ".join(found for found, _, _ in process.extract(name, sorted(names), limit=3))
            raise UsageError(f"'{name}' is no rule.", None, f"Near it: {near}.")
    kept = [one for one in report.findings if (not wanted or one.rule in wanted) and one.rule not in unwanted]
    return replace(report, findings=tuple(kept))


def new(report: Report, baseline: Path) -> Report:
    """The findings that an earlier report in JSON has not; each of its findings excuses one.

    Raises:
        InputError: the file is missing or is no report.
    """
    try:
        rows = json.loads(baseline.read_text(encoding="utf-8"))["findings"]
        known = Counter(tuple(str(row[name]) for name in _SAME) for row in rows)
    except OSError as error:
        raise InputError(f"the baseline cannot be read ({error.strerror})", file=str(baseline), hint=_HOW) from None
    except (ValueError, KeyError, TypeError):
        raise InputError("this is no report in JSON", file=str(baseline), hint=_HOW) from None
    kept = []
    for finding in report.findings:
        key = tuple(str(getattr(finding, name)) for name in _SAME)
        if known[key]:
            known[key] -= 1
        else:
            kept.append(finding)
    excused = len(report.findings) - len(kept)
    notes = (*report.notes, f"{excused} known from the baseline left out") if excused else report.notes
    return replace(report, findings=tuple(kept), notes=notes)


def fingerprint(finding: Finding) -> str:
    """What tells findings apart from one run to the next: neither words nor lines, which change."""
    return "|".join(str(getattr(finding, name)) for name in _SAME)


_SAME = ("rule", "component", "focus", "path", "value")
_HOW = "Write one with --format json --output FILE."
