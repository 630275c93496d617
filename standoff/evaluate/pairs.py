"""Score a judge of contradictions on pairs of short passages of which it is known whether both can be right.

A file is TOML with a list of `[[pair]]`; docs/evaluate.md says what the keys mean. Half of the gold's pairs are "held":
only their figures are looked at. Training pairs have no halves and are read by the same function.
"""

from __future__ import annotations

import datetime as dt
import os
import pathlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from standoff.errors import ConfigError
from standoff.evaluate.record.measures import Figure, measure_share, take_percent
from standoff.evaluate.rows import load_rows
from standoff.evaluate.singly import HALVES, check_half
from standoff.resolve.conflicts.judge import Claim, judge_pair
from standoff.resolve.conflicts.statements import find_cue, list_stems

TEXTS = ("id", "dispute", "kind", "left", "right", "why")  # keys that hold words
SOURCES = ("left_source", "right_source")  # "" is the report itself
DAYS = ("left_day", "right_day")
FLAGS = ("conflict", "same_report")
KEYS = {*TEXTS, *SOURCES, *DAYS, *FLAGS, "half"}
DEPTHS = (10, 20, 50)  # how far down a ranked list a person may look


class Side(NamedTuple):
    """One passage, who says it ("" for the report itself), the report's ISO day, and which report it is, 1 or 2."""

    text: str
    source: str = ""
    day: str = ""
    report: int = 1


class Pair(NamedTuple):
    """Hold two passages, whether they contradict one another, of what kind, and why; `half` is "" in training data."""

    file: str
    id: str
    dispute: str
    kind: str
    half: str
    conflict: bool
    left: Side
    right: Side
    why: str


class Verdict(NamedTuple):
    """How surely two passages cannot both be right, 0 to 1, and what shows it; above 0 they would be listed."""

    score: float
    why: str = ""


class JudgedPair(NamedTuple):
    """A pair with what a judge made of it."""

    pair: Pair
    verdict: Verdict


Judge = Callable[[Side, Side], Verdict]
Scores = dict[str, dict[str, Figure]]


def read_pairs(paths: Iterable[str | os.PathLike[str]], *, half: str | None = None) -> list[Pair]:
    """Give the pairs of files in their order, of one half only if one is named.

    Raises ConfigError, naming file, pair and key, for a pair that cannot be scored: a key missing or unknown, an id
    that stands twice in its file, a day that is none.
    """
    check_half(half)
    pairs: list[Pair] = []
    for path in map(pathlib.Path, paths):
        seen: set[str] = set()
        for number, row in enumerate(load_rows(path, "pair", "pairs"), 1):
            pair = _read_pair(row, path, number)
            if pair.id in seen:
                raise ConfigError(f"{path}, pair {pair.id}: the id stands twice; give each pair one of its own.")
            seen.add(pair.id)
            pairs.append(pair)
    return [pair for pair in pairs if half in (None, pair.half)]


def _read_pair(row: Mapping[str, Any], path: pathlib.Path, number: int) -> Pair:
    where = f"{path}, pair {row.get('id') or number}"
    for key in sorted(row.keys() - KEYS):
        raise ConfigError(f"{where}: {key} is not known; the keys are {', '.join(sorted(KEYS))}.")
    for key in TEXTS:
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise ConfigError(f"{where}: {key} is missing; give words.")
    for key in SOURCES:
        if not isinstance(row.get(key), str):
            raise ConfigError(f'{where}: {key} is missing; give a name, or "" for the report itself.')
    for key in FLAGS:
        if not isinstance(row.get(key), bool):
            raise ConfigError(f"{where}: {key} is missing; give true or false.")
    for key in DAYS:
        try:
            dt.date.fromisoformat(str(row.get(key)))
        except ValueError as error:
            raise ConfigError(f"{where}: {key} is “{row.get(key)}”; give a day as 2025-03-27.") from error
    half = row.get("half", "")
    if half not in ("", *HALVES):
        raise ConfigError(f"{where}: half is “{half}”; give {' or '.join(HALVES)}, or leave it out.")
    return Pair(
        file=path.name,
        half=half,
        left=Side(row["left"], row["left_source"], str(row["left_day"])),
        right=Side(row["right"], row["right_source"], str(row["right_day"]), 1 if row["same_report"] else 2),
        conflict=row["conflict"],
        **{key: row[key] for key in ("id", "dispute", "kind", "why")},
    )


def judge_by_rules(left: Side, right: Side) -> Verdict:
    """Judge as conflicts are judged today: by the words that exclude one another."""
    found = judge_pair(Claim(left.text), Claim(right.text))
    return Verdict(found.score, found.difference)


def judge_by_chance(left: Side, right: Side) -> Verdict:
    """Judge all pairs alike: what a judge must beat."""
    return Verdict(0.5)


def judge_by_words(left: Side, right: Side) -> Verdict:
    """Judge by the share of the words that the two have in common."""
    one, other = list_stems(left.text), list_stems(right.text)
    shared = sorted(one & other)
    return Verdict(len(shared) / max(1, min(len(one), len(other))), ", ".join(shared))


def judge_by_polarity(left: Side, right: Side) -> Verdict:
    """Judge by a word of denial on one side only, and among those by the words in common."""
    denials = [find_cue(side.text, "denial") for side in (left, right)]
    if (denials[0] is None) == (denials[1] is None):
        return Verdict(0.0)
    return Verdict(0.5 + judge_by_words(left, right).score / 2, denials[0] or denials[1] or "")


BASELINES: Mapping[str, Judge] = {
    "chance": judge_by_chance,
    "words in common": judge_by_words,
    "denial on one side": judge_by_polarity,
}


def judge_pairs(pairs: Iterable[Pair], judge: Judge = judge_by_rules) -> list[JudgedPair]:
    """Give each pair with a judge's verdict on its two sides; the judge sees neither kind nor answer."""
    return [JudgedPair(pair, judge(pair.left, pair.right)) for pair in pairs]


def evaluate_pairs(
    paths: Iterable[str | os.PathLike[str]], *, half: str | None = None, judge: Judge = judge_by_rules
) -> Scores:
    """Give the scores of a judge over the pairs in files, of one half if one is named, beside those of baselines.

    "all" and each baseline: `AUROC`, how often a contradiction is scored above a pair that is none, ties half; `AP`,
    average precision; `P@10` and so on, precision at the top of the ranked list, ties as chance orders them; `P` and
    `R` of what would be listed at all, scored above 0. Each kind: `AUROC` against all pairs of the other answer, and
    `listed`, the share of its pairs that would be listed, which is right for a kind of conflict and wrong for others.
    Raises ConfigError for pairs that cannot be scored.
    """
    pairs = read_pairs(paths, half=half)
    return {
        **score_pairs(judge_pairs(pairs, judge)),
        **{f"baseline: {name}": score_list(judge_pairs(pairs, other)) for name, other in BASELINES.items()},
    }


def score_pairs(judged: Sequence[JudgedPair]) -> Scores:
    """Give the scores of judged pairs for "all", then by kind, conflicts first."""
    kinds = sorted({(not item.pair.conflict, item.pair.kind) for item in judged})
    scores = {"all": score_list(judged)}
    for harmless, kind in kinds:
        own = [item for item in judged if (item.pair.kind, item.pair.conflict) == (kind, not harmless)]
        rivals = [item for item in judged if item.pair.conflict == harmless]
        scores[f"{'no conflict' if harmless else 'conflict'}: {kind}"] = {
            "AUROC": Figure(measure_auroc([*own, *rivals]), len(own)),
            "listed": measure_share(sum(item.verdict.score > 0 for item in own), len(own)),
        }
    return scores


def score_list(judged: Sequence[JudgedPair]) -> dict[str, Figure]:
    """Give what a ranked list of all pairs is worth."""
    conflicts = sum(item.pair.conflict for item in judged)
    listed = [item for item in judged if item.verdict.score > 0]
    right = sum(item.pair.conflict for item in listed)
    return {
        "AUROC": Figure(measure_auroc(judged), len(judged)),
        "AP": Figure(_measure_average_precision(judged), conflicts),
        **{f"P@{depth}": Figure(_measure_top(judged, depth), min(depth, len(judged))) for depth in DEPTHS},
        "P": measure_share(right, len(listed)),
        "R": measure_share(right, conflicts),
        "listed": measure_share(len(listed), len(judged)),
    }


def measure_auroc(judged: Sequence[JudgedPair]) -> float:
    """Give in per cent how often a conflict is scored above a pair that is none, ties counted half."""
    conflicts = [item.verdict.score for item in judged if item.pair.conflict]
    others = [item.verdict.score for item in judged if not item.pair.conflict]
    won = sum((one > other) + 0.5 * (one == other) for one in conflicts for other in others)
    return take_percent(won, len(conflicts) * len(others))


def _measure_average_precision(judged: Sequence[JudgedPair]) -> float:
    """Give the mean, over the conflicts, of the precision down to each; pairs of one score are passed together."""
    conflicts, passed, right, total = sum(item.pair.conflict for item in judged), 0, 0, 0.0
    for tied in _group_ties(judged):
        hits = sum(item.pair.conflict for item in tied)
        passed, right = passed + len(tied), right + hits
        total += hits * right / passed
    return take_percent(total, conflicts)


def _measure_top(judged: Sequence[JudgedPair], depth: int) -> float:
    """Give the precision of the first pairs; of a tie that the depth cuts, the share that chance would leave."""
    left, right = min(depth, len(judged)), 0.0
    for tied in _group_ties(judged):
        taken = min(left, len(tied))
        right += taken * sum(item.pair.conflict for item in tied) / len(tied)
        left -= taken
    return take_percent(right, min(depth, len(judged)))


def _group_ties(judged: Iterable[JudgedPair]) -> list[list[JudgedPair]]:
    """Give the pairs in groups of one score, the highest first."""
    groups: dict[float, list[JudgedPair]] = {}
    for item in judged:
        groups.setdefault(item.verdict.score, []).append(item)
    return [groups[score] for score in sorted(groups, reverse=True)]


def list_misses(judged: Iterable[JudgedPair]) -> list[str]:
    """Give one line for each conflict that is not listed, and for each other pair that is, the surest first.

    Held pairs are never listed: who reads their errors has no held pairs left.
    """
    lines = []
    for pair, verdict in sorted(judged, key=lambda item: (-item.verdict.score, item.pair.id)):
        if pair.half == "held" or (verdict.score > 0) == pair.conflict:
            continue
        said = "not listed" if pair.conflict else f"listed at {verdict.score:.2f} ({verdict.why})"
        lines.append(f"{pair.id} ({pair.kind}): {said}: [{pair.left.text}] [{pair.right.text}]")
    return lines
