"""Score the times component on a file of articles with hand-marked TIMEX3 expressions."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from standoff.annotate.facts import read_facts
from standoff.evaluate.lines import read_lines, write_lines
from standoff.models.language import load_language

NEEDED = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "standoff_times")


def evaluate_times(
    path: str | os.PathLike[str], *, predictions: str | os.PathLike[str] | None = None
) -> dict[str, float]:
    """Give the F1, in per cent, of spans (strict, relaxed) and of values on a file of JSON lines.

    Each line has `doc_id`, `dct` (the article's day), `text` and `timexes` (`start`, `end`, `value`). Counted as
    TempEval-3 does: relaxed counts spans that touch, value those of them whose value is the same. With `predictions`,
    what was found is written there, a line for each article. Raises SourceError for a file that cannot be read.
    """
    rows = read_lines(path, needs=("doc_id", "text", "timexes"))
    found = find_times(rows)
    if predictions is not None:
        write_lines(
            predictions, ({"doc_id": row["doc_id"], "timexes": times} for row, times in zip(rows, found, strict=True))
        )
    return score_times([row["timexes"] for row in rows], found)


def find_times(rows: Sequence[Mapping[str, Any]]) -> list[list[dict[str, Any]]]:
    """Give for each article the expressions that the pipeline finds, as `start`, `end`, `type` and `value`."""
    nlp = load_language()
    found = []
    with nlp.select_pipes(enable=[name for name in NEEDED if name in nlp.pipe_names]):
        for row in rows:
            doc = nlp.make_doc(row["text"])
            doc._.published = row.get("dct")
            facts = read_facts(nlp(doc), "times")
            found.append([{name: fact[name] for name in ("start", "end", "type", "value")} for fact in facts])
    return found


def score_times(
    gold: Sequence[Sequence[Mapping[str, Any]]], found: Sequence[Sequence[Mapping[str, Any]]]
) -> dict[str, float]:
    """Give strict, relaxed and value F1 in per cent; an expression found counts for the first of the gold it touches.

    >>> marked = [[{"start": 0, "end": 6, "value": "2018"}]]
    >>> score_times(marked, [[{"start": 2, "end": 6, "value": "2018"}]])
    {'strict': 0.0, 'relaxed': 100.0, 'value': 100.0}
    """
    hits = {"strict": 0, "relaxed": 0, "value": 0}
    for expected, ours in zip(gold, found, strict=True):
        left = list(ours)
        for mark in expected:
            match = next((time for time in left if time["start"] < mark["end"] and mark["start"] < time["end"]), None)
            if match is None:
                continue
            left.remove(match)
            hits["relaxed"] += 1
            hits["strict"] += (match["start"], match["end"]) == (mark["start"], mark["end"])
            hits["value"] += match["value"] == mark["value"]
    total = sum(map(len, gold)) + sum(map(len, found))
    return {name: 200 * count / total if total else 0.0 for name, count in hits.items()}
