"""Score which reports are copies of one text, on sets of reports whose origins are coded."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from standoff.errors import ConfigError
from standoff.evaluate.record.measures import Figure, measure_share, share_sets, take_percent
from standoff.evaluate.reports.coded import Report, read_sets
from standoff.resolve.copies import find_copies

ASKED = frozenset({"origin", "kind"})
Pair = frozenset[str]


class PairedCopies(NamedTuple):
    """Hold the pairs of reports of one half that are copies: as coded, as found, and of what kinds a pair is."""

    half: str
    coded: frozenset[Pair]
    found: frozenset[Pair]
    kinds: dict[Pair, str]
    origins: tuple[int, int]


def pair_copies(paths: Iterable[str | os.PathLike[str]], *, half: str | None = None) -> list[PairedCopies]:
    """Give for each half of the files' sets which pairs of its reports are copies, as coded and as found.

    All reports of a half are looked through together, so that a pair from two disputes can be found too.
    """
    sets = read_sets(paths, half=half, asked=ASKED)
    halves = dict.fromkeys(item.half for item in sets)
    return [_pair_half(name, [item.reports for item in sets if item.half == name]) for name in halves]


def _pair_half(half: str, sets: Sequence[Sequence[Report]]) -> PairedCopies:
    coded: set[Pair] = set()
    kinds: dict[Pair, str] = {}
    origins = 0
    for reports in sets:
        for report in reports:
            if not isinstance(report.coded.get("origin"), list) or not report.coded["origin"]:
                raise ConfigError(f"report {report.article.id}: origin is missing; give a list of names.")
        origins += len({origin for report in reports for origin in report.coded["origin"]})
        for left, right in combinations(reports, 2):
            pair = frozenset((left.article.id, right.article.id))
            kinds[pair] = " / ".join(str(report.coded.get("kind", "")) for report in (left, right))
            if set(left.coded["origin"]) & set(right.coded["origin"]):
                coded.add(pair)
    articles = [report.article for reports in sets for report in reports]
    origin = find_copies(articles)
    found = {
        frozenset((left.id, right.id))
        for left, right in combinations(articles, 2)
        if origin[left.id] == origin[right.id]
    }
    return PairedCopies(half, frozenset(coded), frozenset(found), kinds, (len(set(origin.values())), origins))


def score_copies(paired: Sequence[PairedCopies]) -> dict[str, Figure]:
    """Score pairs of reports that are copies: precision, recall, F1, and how far the count of origins is off.

    `origins` is the count found as a share of the coded one, or the other way round, whichever is smaller.
    """
    shares = [share_sets(item.found, item.coded) for item in paired]
    hits, found, coded = (sum(share[number] for share in shares) for number in range(3))
    mine, theirs = (sum(item.origins[number] for item in paired) for number in range(2))
    return {
        "pairs P": measure_share(hits, found),
        "pairs R": measure_share(hits, coded),
        "pairs F1": Figure(take_percent(2 * hits, found + coded), coded),
        "origins": Figure(take_percent(min(mine, theirs), max(mine, theirs)), theirs),
    }


def list_misses(paired: Iterable[PairedCopies]) -> list[str]:
    """Give a line for each pair that is missed or wrong; never for those of the held half."""
    lines = []
    for item in paired:
        for pair in sorted(item.coded ^ item.found, key=sorted) if item.half != "held" else ():
            what = "missed" if pair in item.coded else "too many"
            lines.append(f"{what}: {' = '.join(sorted(pair))} ({item.kinds.get(pair, 'two disputes')})")
    return lines
