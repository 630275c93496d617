"""Score what is put on a timeline, on short dated passages with what belongs there and what does not."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from standoff.errors import ConfigError
from standoff.evaluate.record.measures import (
    Figure,
    cover_passages,
    lies_within,
    measure_share,
    spread_spans,
    take_percent,
)
from standoff.evaluate.reports.coded import read_day
from standoff.evaluate.rows import load_rows
from standoff.evaluate.singly import HALVES, check_half, read_together
from standoff.records import Article, Happening, Record


class PairedPassage(NamedTuple):
    """Hold what was coded of a passage, (words, days), with the entry found for each, and the entries left over."""

    half: str
    article: Article
    coded: tuple[tuple[str, str], ...]
    found: tuple[Happening | None, ...]
    dated: tuple[bool, ...]
    spare: tuple[Happening, ...]


def pair_happenings(paths: Iterable[str | os.PathLike[str]], *, half: str | None = None) -> list[PairedPassage]:
    """Give for each passage which of the coded entries are found, read by itself, and which are too many."""
    check_half(half)
    rows = [(str(path), row) for path in paths for row in load_rows(pathlib.Path(path), "passage", "passages")]
    for path, row in rows:
        _check_row(path, row)
    rows = [(path, row) for path, row in rows if half in (None, row["half"])]
    articles = [
        Article(id=row["id"], source=f"{path}/{row['id']}", published=row["published"], text=row["text"])
        for path, row in rows
    ]
    records = read_together([article] for article in articles)
    return [
        _pair_passage(row, article, record) for (_, row), article, record in zip(rows, articles, records, strict=True)
    ]


def _check_row(path: str, row: Mapping[str, Any]) -> None:
    where = f"{path}: passage {row.get('id')}"
    if row.get("half") not in HALVES or not {"id", "text", "published", "stands"} <= row.keys():
        raise ConfigError(f"{where}: give id, half ({' or '.join(HALVES)}), published, text and stands.")
    read_day(row["published"], f"{where}: published")
    for words in (*(entry[0] for entry in row["stands"]), *row.get("may", ())):
        if row["text"].count(words) != 1:
            raise ConfigError(f"{where}: “{words}” does not stand once in its text; quote it exactly.")


def _pair_passage(row: Mapping[str, Any], article: Article, record: Record) -> PairedPassage:
    """Pair coded entries with those found, one to one: a right day first, then the fewest words that hold it."""

    def spread(words: str) -> set[int]:
        start = article.text.index(words)
        return spread_spans((start, start + len(words)))

    places = {happening.id: cover_passages(happening.passages, article.id) for happening in record.happenings}
    left = {happening.id: happening for happening in record.happenings}
    coded = tuple((words, days) for words, days in row["stands"])
    found: dict[int, Happening] = {}
    dated: dict[int, bool] = {}
    touching = [
        (not lies_within(happening.when, days), -len(places[happening.id] & spread(words)), number, happening.id)
        for number, (words, days) in enumerate(coded)
        for happening in record.happenings
        if places[happening.id] & spread(words)
    ]
    for is_off, _, number, name in sorted(touching):
        if number not in found and name in left:
            found[number], dated[number] = left.pop(name), not is_off
    allowed = [spread(words) for words in row.get("may", ())]
    spare = tuple(item for item in left.values() if not any(places[item.id] & place for place in allowed))
    return PairedPassage(
        row["half"],
        article,
        coded,
        tuple(found.get(number) for number in range(len(coded))),
        tuple(dated.get(number, False) for number in range(len(coded))),
        spare,
    )


def score_happenings(paired: Sequence[PairedPassage]) -> dict[str, Figure]:
    """Score entries of a timeline: `told` R of the coded ones whatever their day, and P, R and F1 with the right day.

    `quiet` is the share of the passages of which nothing belongs on a timeline that have no entry.
    """
    coded = sum(len(item.coded) for item in paired)
    touched = sum(found is not None for item in paired for found in item.found)
    right = sum(flag for item in paired for flag in item.dated)
    listed = touched + sum(len(item.spare) for item in paired)
    empty = [item for item in paired if not item.coded]
    return {
        "told R": measure_share(touched, coded),
        "right P": measure_share(right, listed),
        "right R": measure_share(right, coded),
        "right F1": Figure(take_percent(2 * right, listed + coded), coded),
        "quiet": measure_share(sum(not item.spare for item in empty), len(empty)),
    }


def list_misses(paired: Iterable[PairedPassage]) -> list[str]:
    """Give a line for each entry of the tune half that is missed, put on another day, or too many."""
    lines = []
    for item in paired:
        if item.half == "held":
            continue
        for (words, days), found, is_dated in zip(item.coded, item.found, item.dated, strict=True):
            if found is None:
                lines.append(f"{item.article.id}: missed: “{words}” ({days})")
            elif not is_dated:
                lines.append(f"{item.article.id}: “{words}” ({days}) put on {_show(found)}: {found.label}")
        lines += [f"{item.article.id}: too many: {found.label} ({_show(found)})" for found in item.spare]
    return lines


def _show(happening: Happening) -> str:
    when = happening.when
    return "no day" if when is None else f"{when.earliest or '…'} to {when.latest or '…'}"
