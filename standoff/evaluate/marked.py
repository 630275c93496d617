"""Read sentences whose events are marked in the text: what an event coder is trained on and what it is scored on.

A file is TOML with a list of `[[sentence]]`, each with `text` and `events`; docs/evaluate.md says what the marks and
the other keys mean. Words are marked in place, with the number of their event: `<e1>` its trigger, `<a1>` its actors,
`<r1>` its recipients, `<p1>` its place and `<w1>` its time. Several digits stand for several events (`<a12>`).
"""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, get_args

from standoff.codebooks import load_codebook
from standoff.evaluate.marks import Range, read_entry, refuse
from standoff.evaluate.rows import load_rows
from standoff.records import Status

PARTS = {"e": "trigger", "a": "actors", "r": "recipients", "p": "places", "w": "times"}
KEYS = ("text", "events", "why", "id", "kind", "half", "by", "magnitude")
STATUSES: tuple[str, ...] = get_args(Status)
MAGNITUDES = ("dead", "injured", "arrested", "size")
NO_MODE = "-"


class MarkedEvent(NamedTuple):
    """Hold one coded event; every range is half-open, in characters of the sentence without its marks.

    `by` names who vouches for it ("" the article itself, None if that is not coded).
    """

    type: str
    mode: str | None
    status: str
    trigger: Range
    actors: tuple[Range, ...]
    recipients: tuple[Range, ...]
    places: tuple[Range, ...]
    times: tuple[Range, ...]
    by: str | None
    magnitude: Mapping[str, int]


class MarkedSentence(NamedTuple):
    """Hold a sentence, or a passage of a few, without its marks, and the events that they tell of."""

    file: str
    number: int
    id: str
    kind: str
    half: str
    text: str
    events: tuple[MarkedEvent, ...]


def read_marked(path: str | os.PathLike[str]) -> list[MarkedSentence]:
    """Give the sentences of a file in their order, each with its coded events.

    Raises ConfigError, naming file, sentence and what is wrong with it, for a file that is not one of marked sentences:
    a mark that is not closed or not known, an event without a trigger, a type or mode that the codebook does not have.
    """
    path = pathlib.Path(path)
    return [
        _read_sentence(raw, path, number)
        for number, raw in enumerate(load_rows(path, "sentence", "marked sentences"), start=1)
    ]


def _read_sentence(raw: Mapping[str, Any], path: pathlib.Path, number: int) -> MarkedSentence:
    where = f"{path}: sentence {number}"
    for key in raw:
        if key not in KEYS:
            refuse(where, f"{key} is not known", f"a sentence has {', '.join(KEYS)}")
    for key in ("why", "id", "kind", "half"):
        if not isinstance(raw.get(key, ""), str):
            refuse(where, f"{key} is missing or not text", "write it in quotation marks")
    text, marks, codes, where = read_entry(
        raw, "events", thing="an event", form="TYPE mode status", letters=PARTS, where=where
    )
    voices, sizes = _read_voices(raw, len(codes), where), _read_magnitudes(raw, len(codes), where)
    events = tuple(
        MarkedEvent(
            *_read_code(code, f"{where}, event {at}"),
            **_gather(marks, at, text, f"{where}, event {at}"),
            by=voices[at - 1],
            magnitude=sizes.get(at, {}),
        )
        for at, code in enumerate(codes, start=1)
    )
    names = {key: raw.get(key, "") for key in ("id", "kind", "half")}
    return MarkedSentence(file=path.name, number=number, text=text, events=events, **names)


def _read_code(code: str, where: str) -> tuple[str, str | None, str]:
    """Give type, mode and status of "TYPE mode status", checked against the codebook."""
    parts = code.split()
    if len(parts) != 3:
        refuse(where, f"“{code}” has {len(parts)} words", "write TYPE mode status, with - for no mode")
    kind, mode, status = parts
    codes = load_codebook("plover").codes
    if kind not in codes:
        refuse(where, f"the type “{kind}” is not known", f"choose one of {', '.join(codes)}")
    modes = tuple(codes[kind].extra.get("modes", {}))
    if mode not in (NO_MODE, *modes):
        refuse(where, f"{kind} has no mode “{mode}”", f"choose one of {', '.join((*modes, NO_MODE))}")
    if status not in STATUSES:
        refuse(where, f"the status “{status}” is not known", f"choose one of {', '.join(STATUSES)}")
    return kind, None if mode == NO_MODE else mode, status


def _gather(marks: list[tuple[str, str, Range]], number: int, text: str, where: str) -> dict[str, Any]:
    """Give the ranges of one event by part: its one trigger, and its parties, places and times in their order."""
    mine: dict[str, list[Range]] = {letter: [] for letter in PARTS}
    for letter, digits, span in marks:
        if str(number) in digits:
            mine[letter].append(span)
    if len(mine["e"]) != 1:
        refuse(where, f"it has {len(mine['e'])} triggers", f"mark the one word that carries it with <e{number}>")
    trigger = mine.pop("e")[0]
    if len(text[slice(*trigger)].split()) > 1:
        refuse(where, f"its trigger “{text[slice(*trigger)]}” is more than a word", "mark the word that carries it")
    return {"trigger": trigger, **{PARTS[letter]: tuple(sorted(spans)) for letter, spans in mine.items()}}


def _read_voices(raw: Mapping[str, Any], count: int, where: str) -> list[str | None]:
    """Give who vouches for each event, None where the coder left that open."""
    voices = raw.get("by", [None] * count)
    if not isinstance(voices, list) or len(voices) != count or not all(v is None or isinstance(v, str) for v in voices):
        refuse(where, "by is not a list of names as long as events", "give a name for each event, or an empty one")
    return voices


def _read_magnitudes(raw: Mapping[str, Any], count: int, where: str) -> dict[int, Mapping[str, int]]:
    """Give the magnitudes of each event that has any, by its number."""
    table = raw.get("magnitude", {})
    if not isinstance(table, dict) or not all(isinstance(sizes, dict) for sizes in table.values()):
        refuse(where, "magnitude is not a table of tables", "write magnitude = {1 = {dead = 3}}")
    return dict(_check_magnitudes(table, count, where))


def _check_magnitudes(table: Mapping[str, Any], count: int, where: str) -> Iterator[tuple[int, Mapping[str, int]]]:
    for key, sizes in table.items():
        if not key.isdecimal() or not 1 <= int(key) <= count:
            refuse(where, f"magnitude has “{key}”", f"number the event from 1 to {count}")
        for name, size in sizes.items():
            if name not in MAGNITUDES or type(size) is not int:
                refuse(where, f"magnitude {key} has {name} = {size}", f"give {', '.join(MAGNITUDES)} as whole numbers")
        yield int(key), sizes
