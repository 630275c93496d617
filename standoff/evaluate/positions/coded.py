"""Read the gold of positions: made-up news reports, each with every position that a careful reader finds in it.

A file is TOML with a list of `[[report]]`, and `[issues.KEY]` tables for the issues of its own, written like the codes
of `issues.toml`; docs/evaluate.md says what the keys mean. Passages are written as in `standoff.evaluate.gold`.
"""

from __future__ import annotations

import json
import pathlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, NoReturn, get_args

from standoff.codebooks import find_codebook, load_codebook
from standoff.errors import ConfigError
from standoff.evaluate.described import ARTICLE
from standoff.evaluate.gold import Span, resolve_passage
from standoff.evaluate.rows import load_rows
from standoff.evaluate.singly import HALVES, check_half
from standoff.records import Stance

SHIPPED = "issues"
STANCES: tuple[str, ...] = get_args(Stance)
REPORT = ("id", "dispute", "half", "text", "positions")
SAME = "same"
NEEDED = ("holder", "issue", "stance", "words")
PASSAGES = ("words", "condition", "when")
ROW = (*NEEDED, "toward", "condition", "when", "perhaps")


class Row(NamedTuple):
    """Hold one coded position: the names of its parties, and the words that it rests on.

    `perhaps` is true where careful readers would differ: such a row is no loss if it is missed, no fault if found.
    """

    holder: str
    issue: str
    stance: str
    words: Span
    toward: str | None
    condition: Span | None
    when: Span | None
    perhaps: bool


class Report(NamedTuple):
    """Hold one report with its coded positions; `names` gives each of their parties every name that it is known by."""

    file: str
    id: str
    dispute: str
    half: str
    text: str
    names: Mapping[str, tuple[str, ...]]
    rows: tuple[Row, ...]


class ReportFile(NamedTuple):
    """Hold the reports of one file, the issues of its own as it defines them, and every issue that it uses."""

    path: pathlib.Path
    own: Mapping[str, Mapping[str, Any]]
    issues: frozenset[str]
    reports: tuple[Report, ...]


def read_report_files(paths: Iterable[pathlib.Path], *, half: str | None = None) -> list[ReportFile]:
    """Give the files of reports in their order, with the reports of one half only if one is named.

    The issues that a file uses are those of both halves. Raises ConfigError, naming file, report and key, for a report
    that cannot be scored: a key missing or unknown, a holder or passage that the text does not hold, an issue that
    neither the file nor the shipped codebook defines, a condition without a conditional stance or the reverse.
    """
    check_half(half)
    return [_read_file(path, half) for path in paths]


def find_name(name: str, text: str) -> list[Span]:
    """Give every place where a name or description stands by itself in a text, case and a leading article aside.

    >>> find_name("the pickets", "Pickets left. The pickets sang.")
    [(0, 7), (18, 25)]
    """
    words = ARTICLE.sub("", name)
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)]


def write_codebook(own: Mapping[str, Mapping[str, Any]], path: pathlib.Path) -> None:
    """Write a report file's own issues and the shipped ones into one codebook.

    Its own come first: where both name an issue by the same words, the first is meant.
    """
    head, mark, shipped = find_codebook(SHIPPED).read_text(encoding="utf-8").partition("[codes.")
    lines = [head]
    for key, table in own.items():
        lines.append(f"[codes.{key}]")
        # a string, a list of strings or a truth value is written in JSON as it is in TOML
        lines += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in table.items()]
    path.write_text("\n".join([*lines, mark + shipped]), encoding="utf-8")


def _read_file(path: pathlib.Path, half: str | None) -> ReportFile:
    rows = load_rows(path, "report", "reports")
    own = tomllib.loads(path.read_text(encoding="utf-8")).get("issues", {})
    shipped = load_codebook(SHIPPED).codes
    for key, table in own.items():
        if key in shipped:
            _fail(f"{path}: issues.{key}", "the name", "is that of a shipped issue", "give it another")
        if not isinstance(table, dict) or not isinstance(table.get("definition"), str):
            _fail(f"{path}: issues.{key}", "definition", "is missing", "say in a sentence what the issue is")
    reports: list[Report] = []
    for number, raw in enumerate(rows, start=1):
        report = _read_report(raw, path, number, frozenset((*shipped, *own)))
        if any(report.id == other.id for other in reports):
            _fail(f"{path}: report {report.id}", "id", "stands twice", "give each report its own")
        reports.append(report)
    used = frozenset((*own, *(row.issue for report in reports for row in report.rows)))
    return ReportFile(path, own, used, tuple(report for report in reports if half in (None, report.half)))


def _read_report(raw: Mapping[str, Any], path: pathlib.Path, number: int, issues: frozenset[str]) -> Report:
    where = f"{path}: report {raw.get('id', f'number {number}')}"
    for key in raw:
        if key not in (*REPORT, SAME):
            _fail(where, key, "is not known", f"a report has {', '.join((*REPORT, SAME))}")
    for key in REPORT[:-1]:
        if not isinstance(raw.get(key), str):
            _fail(where, key, "is missing or not text", f"each report needs {', '.join(REPORT)}")
    if raw["half"] not in HALVES:
        _fail(where, "half", f"is “{raw['half']}”", "give tune or held")
    positions = raw.get("positions")
    if not isinstance(positions, list) or not all(isinstance(row, dict) for row in positions):
        _fail(where, "positions", "is missing or not a list of tables", "give [] if nobody takes a stance")
    text = raw["text"]
    groups = raw.get(SAME, [])
    if not isinstance(groups, list) or not all(isinstance(group, list) and len(group) > 1 for group in groups):
        _fail(where, SAME, "is not a list of lists of names", "list together the names of one and the same party")
    first = {name: group[0] for group in groups for name in group}
    rows = tuple(
        _read_row(row, text, f"{where}, position {at}", issues, first) for at, row in enumerate(positions, start=1)
    )
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        if (row.holder, row.issue, row.stance) in seen:
            _fail(where, f"{row.holder} {row.stance} {row.issue}", "stands twice", "code each position once")
        seen.add((row.holder, row.issue, row.stance))
    names = {name: (name,) for row in rows for name in (row.holder, row.toward) if name}
    names |= {group[0]: tuple(group) for group in groups}
    for name in {name for known in names.values() for name in known}:
        if not find_name(name, text):
            _fail(where, "a party", f"is “{name}”, which the text does not hold", "give a name that it holds")
    return Report(path.name, raw["id"], raw["dispute"], raw["half"], text, names, rows)


def _read_row(raw: Mapping[str, Any], text: str, where: str, issues: frozenset[str], first: Mapping[str, str]) -> Row:
    for key in raw:
        if key not in ROW:
            _fail(where, key, "is not known", f"a position has {', '.join(ROW)}")
    for key in NEEDED:
        if not raw.get(key):
            _fail(where, key, "is missing", f"each position needs {', '.join(NEEDED)}")
    if raw["issue"] not in issues:
        _fail(where, "issue", f"is “{raw['issue']}”", "name a shipped issue, or define it under [issues] in this file")
    if raw["stance"] not in STANCES:
        _fail(where, "stance", f"is “{raw['stance']}”", f"give one of {', '.join(STANCES)}")
    if (raw["stance"] == "conditional") != ("condition" in raw):
        _fail(where, "condition", "does not go with the stance", "give one to what is conditional, and only to that")
    places = {key: resolve_passage(raw.get(key), text, f"{where}: {key}") for key in PASSAGES}
    holder, toward = (first.get(name, name) for name in (raw["holder"], raw.get("toward", "")))
    return Row(
        holder=holder,
        issue=raw["issue"],
        stance=raw["stance"],
        toward=toward or None,
        perhaps=raw.get("perhaps") is True,
        **places,
    )


def _fail(where: str, key: str, what: str, advice: str) -> NoReturn:
    raise ConfigError(f"{where}: {key} {what}; {advice}.")
