"""Score the reader on cases: short texts, each of which tests one thing that makes attributions hard.

Every case is read as an article of its own, through the whole pipeline and its actors resolved. Half of the cases are
"held": only their figures are looked at, so that they tell what to expect of texts that no rule was mended with.
"""

from __future__ import annotations

import os
import pathlib
from collections import Counter
from collections.abc import Iterable, Sequence

from standoff.evaluate.cases.coded import read_cases
from standoff.evaluate.cases.paired import Judged, Paired, list_texts, pair_case
from standoff.evaluate.record.measures import Figure, measure_share, take_percent
from standoff.evaluate.singly import read_singly

__all__ = ["Figure", "evaluate_cases", "list_confusions", "list_misses", "pair_cases", "score_cases"]

FIELDS = ("who", "inside", "source", "directness", "act", "to", "venue", "when")

Scores = dict[str, dict[str, Figure]]


def evaluate_cases(paths: Iterable[str | os.PathLike[str]], *, half: str | None = None) -> Scores:
    """Give the scores of the cases in files, for "all" and then for each kind of case; of one half, if one is named.

    `found` P, R and F1: content that shares half its characters with the coded content; precision over cases whose
    coding is whole. `who` and the other fields are shares of the coded rows that give them: found, and right in that.
    `found+who` is F1 of those found whose source is right, where it is coded. A row that stands in none but was found
    inside another counts against `inside`. Raises ConfigError for cases that cannot be scored.
    """
    return score_cases(pair_cases(paths, half=half))


def pair_cases(paths: Iterable[str | os.PathLike[str]], *, half: str | None = None) -> list[Paired]:
    """Give for each case what is judged of its coded attributions, as the reader reads it today."""
    cases = read_cases([pathlib.Path(path) for path in paths], half=half)
    records = read_singly((f"{case.file}/{case.id}", case.text) for case in cases)
    return [pair_case(case, record) for case, record in zip(cases, records, strict=True)]


def score_cases(paired: Sequence[Paired]) -> Scores:
    """Give the scores of judged cases, for "all" and for each kind, in the order of the kinds' first cases."""
    kinds = dict.fromkeys(item.case.kind for item in paired)
    return {
        "all": _score(paired),
        **{kind: _score([item for item in paired if item.case.kind == kind]) for kind in kinds},
    }


def list_misses(paired: Iterable[Paired]) -> list[str]:
    """Give one line for each coded attribution that is missed or wrong in something, and for each that is too many.

    Held cases are never listed: who reads their errors has no held cases left.
    """
    lines = []
    for case, judged, _, spare in paired:
        if case.half == "held":
            continue
        for item in judged:
            words = list_texts(item.row.content, case.text)
            if item.mine is None:
                lines.append(f"{case.id} {item.number}: not found: {words}")
            elif item.said:
                lines.append(f"{case.id} {item.number}: {item.said} [{words}]")
        for mine in spare if case.whole else ():
            words = list_texts([(part.start, part.end) for part in mine.content], case.text)
            lines.append(f"{case.id}: too many: {mine.cue.text if mine.cue else 'no cue'} [{words}] by {mine.made_by}")
    return lines


def list_confusions(paired: Iterable[Paired]) -> list[tuple[str, str, int]]:
    """Give how often one act was taken for another in cases that are not held: (coded, found, times), most first."""
    counts = Counter(
        (str(item.row.act), str(item.mine.act))
        for case in paired
        if case.case.half != "held"
        for item in case.judged
        if item.mine is not None and not item.right.get("act", True)
    )
    return [(coded, found, times) for (coded, found), times in counts.most_common()]


def _score(paired: Sequence[Paired]) -> dict[str, Figure]:
    judged = [item for case in paired for item in case.judged]
    whole = [case for case in paired if case.case.whole]
    found = sum(case.found for case in whole)
    scores: dict[str, Figure] = {}
    for name, counts in (("found", _is_found), ("found+who", _is_right)):
        precision = take_percent(sum(counts(item) for case in whole for item in case.judged), found)
        recall = take_percent(sum(map(counts, judged)), len(judged))
        if name == "found":
            scores = {"found P": Figure(precision, found), "found R": Figure(recall, len(judged))}
        f1 = take_percent(2 * precision * recall / 100, precision + recall)
        scores[f"{name} F1"] = Figure(f1, len(judged))
    for name in FIELDS:
        asked = [item.right[name] for item in judged if name in item.right]
        if asked:
            scores[name] = measure_share(sum(asked), len(asked))
    return scores


def _is_found(item: Judged) -> bool:
    return item.mine is not None


def _is_right(item: Judged) -> bool:
    return item.mine is not None and item.right.get("who", True)
