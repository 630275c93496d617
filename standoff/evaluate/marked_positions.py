"""Read sentences whose positions are marked in the text: what the stance head of the reader is trained on.

A file is TOML with a list of `[[sentence]]`, each with `text` and `positions`, and `[issues.KEY]` tables for issues of
its own; docs/training.md says what the marks mean. Words are marked in place, with the number of their position: `<p1>`
the one word that carries it, `<h1>` its holders, if named, `<c1>` its condition. Several digits stand for several.
"""

from __future__ import annotations

import os
import pathlib
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from standoff.codebooks import load_codebook
from standoff.evaluate.marks import Range, read_entry, refuse
from standoff.evaluate.rows import load_rows
from standoff.models.reader.positions import STANCES

PARTS = {"p": "word", "h": "holders", "c": "conditions"}
KEYS = ("text", "positions", "why")


class MarkedPosition(NamedTuple):
    """Hold one coded position; every range is half-open, in characters of the sentence without its marks."""

    issue: str
    stance: str
    word: Range
    holders: tuple[Range, ...]
    conditions: tuple[Range, ...]


class MarkedStatement(NamedTuple):
    """Hold a sentence, or a passage of a few, without its marks, and the positions taken in it."""

    file: str
    number: int
    text: str
    positions: tuple[MarkedPosition, ...]


class MarkedFile(NamedTuple):
    """Hold the statements of a file, and the definitions of the issues that it brings besides the shipped ones."""

    definitions: Mapping[str, str]
    statements: tuple[MarkedStatement, ...]


def read_marked_positions(path: str | os.PathLike[str]) -> MarkedFile:
    """Give the statements of a file in their order, each with its coded positions, and the file's own issues.

    Raises ConfigError, naming file, sentence and what is wrong: a mark that is not closed or known, an issue that is
    neither defined there nor shipped, a position without its word, a condition that is missing.
    """
    path = pathlib.Path(path)
    rows = load_rows(path, "sentence", "marked sentences")
    definitions = _read_definitions(path)
    known = definitions.keys() | load_codebook("issues").codes.keys()
    return MarkedFile(
        definitions,
        tuple(_read_statement(raw, path, number, known) for number, raw in enumerate(rows, start=1)),
    )


def _read_definitions(path: pathlib.Path) -> dict[str, str]:
    tables = tomllib.loads(path.read_text(encoding="utf-8")).get("issues", {})
    for key, table in tables.items():
        if not isinstance(table, dict) or not isinstance(table.get("definition"), str):
            refuse(f"{path}: issues.{key}", "there is no definition", "say in a sentence what the issue is")
    return {key: table["definition"] for key, table in tables.items()}


def _read_statement(
    raw: Mapping[str, Any], path: pathlib.Path, number: int, known: frozenset[str] | set[str]
) -> MarkedStatement:
    where = f"{path}: sentence {number}"
    for key in raw:
        if key not in KEYS:
            refuse(where, f"{key} is not known", f"a sentence has {', '.join(KEYS)}")
    text, marks, codes, where = read_entry(
        raw, "positions", thing="a position", form="ISSUE stance", letters=PARTS, where=where
    )
    positions = tuple(
        _read_position(code, marks, at, text, f"{where}, position {at}", known)
        for at, code in enumerate(codes, start=1)
    )
    return MarkedStatement(path.name, number, text, positions)


def _read_position(
    code: str,
    marks: list[tuple[str, str, Range]],
    number: int,
    text: str,
    where: str,
    known: frozenset[str] | set[str],
) -> MarkedPosition:
    issue, _, stance = code.partition(" ")
    if issue not in known:
        refuse(where, f"the issue “{issue}” is not known", f"define it under [issues.{issue}]")
    if stance not in STANCES:
        refuse(where, f"the stance “{stance}” is not known", f"choose one of {', '.join(STANCES)}")
    mine: dict[str, list[Range]] = {letter: [] for letter in PARTS}
    for letter, digits, span in marks:
        if str(number) in digits:
            mine[letter].append(span)
    words = [span for span in mine["p"] if len(text[slice(*span)].split()) == 1]
    if len(mine["p"]) != 1 or not words:
        refuse(where, f"it has {len(words)} single words", f"mark the one word that carries it with <p{number}>")
    if (stance == "conditional") != bool(mine["c"]):
        refuse(where, "condition and stance do not fit", f"<c{number}> goes with conditional")
    return MarkedPosition(issue, stance, words[0], tuple(sorted(mine["h"])), tuple(sorted(mine["c"])))
