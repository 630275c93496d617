"""Read the gold of cases: short made-up texts, each with the attributions that a careful reader finds in it.

A file is TOML with a list of `[[case]]`, each with `id`, `kind`, `half` ("tune" or "held"), `text` and `[[case.said]]`
rows; docs/evaluate.md says what the keys mean. Passages are written as in `standoff.evaluate.gold`.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, NoReturn, get_args

from standoff.errors import ConfigError
from standoff.evaluate.gold import Span, resolve_passage
from standoff.evaluate.rows import load_rows
from standoff.evaluate.singly import HALVES, check_half
from standoff.records import Act, Directness

NEEDED = ("id", "kind", "half", "text", "said")
WORDS = ("who", "directness", "act", "to")  # keys of a row that hold plain words
MAY_BE_NONE = ("venue", "when")  # passages that "" says there are none of
PASSAGES = ("source", "cue", "content", *MAY_BE_NONE)
CHOICES: Mapping[str, tuple[str, ...]] = {"act": get_args(Act), "directness": get_args(Directness)}


class Row(NamedTuple):
    """Hold one coded attribution; None is what the coder left open, "" what he says there is none of."""

    source: Span | None
    who: str | None
    cue: Span | None
    content: tuple[Span, ...]
    inside: int | None
    directness: str | None
    act: str | None
    to: str | None
    venue: Span | Literal[""] | None
    when: Span | Literal[""] | None


class Case(NamedTuple):
    """Hold one text with its coded attributions; `whole` if these are all that it has."""

    file: str
    id: str
    kind: str
    half: str
    text: str
    whole: bool
    rows: tuple[Row, ...]


def read_cases(paths: Iterable[pathlib.Path], *, half: str | None = None) -> list[Case]:
    """Give the cases of files in their order, of one half only if one is named.

    Raises ConfigError, naming file, case and key, for a case that cannot be scored: a key missing or unknown, a passage
    that the text does not hold, an attribution inside one that is not there.
    """
    check_half(half)
    cases: list[Case] = []
    for path in paths:
        known: set[str] = set()
        for number, raw in enumerate(load_rows(path, "case", "cases")):
            case = _read_case(raw, path, number)
            if case.id in known:
                _fail(f"{path}: case {case.id}", "id", "stands twice", "give each case its own")
            known.add(case.id)
            cases.append(case)
    return [case for case in cases if half in (None, case.half)]


def _read_case(raw: Mapping[str, Any], path: pathlib.Path, number: int) -> Case:
    where = f"{path}: case {raw.get('id', f'number {number + 1}')}"
    for key in NEEDED:
        if key not in raw and key != "said":
            _fail(where, key, "is missing", f"each case needs {', '.join(NEEDED)}")
    for key in raw:
        if key not in (*NEEDED, "whole"):
            _fail(where, key, "is not known", f"a case has {', '.join(NEEDED)} and whole")
    if raw["half"] not in HALVES:
        _fail(where, "half", f"is “{raw['half']}”", "give tune or held")
    rows = raw.get("said", [])  # a text in which nobody says anything has none
    said = tuple(_read_row(row, raw["text"], f"{where}, said {at}", at, len(rows)) for at, row in enumerate(rows))
    return Case(path.name, raw["id"], raw["kind"], raw["half"], raw["text"], raw.get("whole", True), said)


def _read_row(row: Mapping[str, Any], text: str, where: str, number: int, count: int) -> Row:
    for key in row:
        if key not in (*PASSAGES, *WORDS, "in"):
            _fail(where, key, "is not known", f"an attribution has {', '.join((*PASSAGES, *WORDS, 'in'))}")
    if not isinstance(row.get("content"), list) or not row["content"]:
        _fail(where, "content", "is missing", "give a list of passages")
    for key in WORDS:
        if not isinstance(row.get(key, ""), str):
            _fail(where, key, "is not text", "write it in quotation marks")
    for key, choices in CHOICES.items():
        if row.get(key) is not None and row[key] not in choices:
            _fail(where, key, f"is “{row[key]}”", f"give one of {', '.join(choices)}")
    holder = row.get("in")
    if holder is not None and (holder not in range(count) or holder == number):
        _fail(where, "in", f"is {holder}", "give the number of another of its attributions, counted from 0")
    found: dict[str, Any] = {key: row.get(key) for key in WORDS}
    for key in PASSAGES:
        value = row.get(key)
        found[key] = "" if value == "" and key in MAY_BE_NONE else resolve_passage(value, text, f"{where}: {key}")
    found["content"] = tuple(found["content"])
    return Row(**found, inside=holder)


def _fail(where: str, key: str, what: str, advice: str) -> NoReturn:
    raise ConfigError(f"{where}: {key} {what}; {advice}.")
