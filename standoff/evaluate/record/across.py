"""Score what shows only across articles: conflicts, shifts of stance, copies."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from standoff.evaluate.record.aligned import Aligned
from standoff.evaluate.record.measures import Share, cover_passages, find_passages, spread_spans, take_percent
from standoff.records import Shift
from standoff.resolve.copies import find_copies


def score_conflicts(view: Aligned) -> dict[str, float]:
    """Score the coded conflicts that the record lists: one conflict or shift whose two ends touch the two passages.

    Only recall: the gold lists the conflicts that matter, not all that could be called one.
    """
    reach = {
        item.id: tuple(find_passages(item))
        for kind in (view.record.attributions, view.record.events, view.record.positions)
        for item in kind
    }
    sides = [(item.left, item.right) for item in view.record.conflicts]
    sides += [(item.before, item.after) for item in view.record.shifts]

    def touches(key: str, end: Mapping[str, Any]) -> bool:
        return bool(cover_passages(reach[key], view.articles[end["article"]].id) & spread_spans(end["snippet"]))

    def is_listed(row: Mapping[str, Any]) -> bool:
        a, b = row["a"], row["b"]
        return any(
            (touches(left, a) and touches(right, b)) or (touches(left, b) and touches(right, a))
            for left, right in sides
        )

    coded = view.gold.cross["conflicts"]
    return {"conflicts": take_percent(sum(map(is_listed, coded)), len(coded))} if coded else {}


def score_shifts(view: Aligned) -> dict[str, float]:
    """Score the coded changes of stance that the record lists, and the shifts listed between coded articles.

    A shift is a coded change if holder, issue, both stances and both articles are the same: `shifts` is the share of
    the coded that are found (recall), `shifts right` the share of those listed that are coded (precision).
    """
    changes = view.gold.cross["position_changes"]
    if not changes:
        return {}
    positions = {item.id: item for item in view.record.positions}
    names = {article.id: name for name, article in view.articles.items()}

    def describe(shift: Shift) -> tuple[str | None, ...] | None:
        before, after = positions[shift.before], positions[shift.after]
        ends = names.get(before.passage.article), names.get(after.passage.article)
        if ends[0] is None or ends[1] is None:
            return None
        return view.get_actor(ends[0], shift.holder), shift.issue, ends[0], before.stance, ends[1], after.stance

    mine = [found for shift in view.record.shifts if (found := describe(shift)) is not None]
    coded = [
        (row["actor"], row["issue"], *(row[end][key] for end in ("from", "to") for key in ("article", "stance")))
        for row in changes
    ]
    return {
        "shifts": take_percent(sum(row in mine for row in coded), len(coded)),
        "shifts right": take_percent(sum(row in coded for row in mine), len(mine)),
    }


def score_copies(view: Aligned) -> dict[str, float]:
    """Score pairs of articles that are copies of one text (F1)."""
    if "copies" not in view.gold.cross:
        return {}
    origins = find_copies(list(view.articles.values()))
    mine = {
        frozenset((left, right))
        for left, right in combinations(view.articles, 2)
        if origins[view.articles[left].id] == origins[view.articles[right].id]
    }
    coded = {frozenset(pair) for group in view.gold.cross["copies"] for pair in combinations(group, 2)}
    return {"copies": Share(len(mine & coded), len(mine), len(coded)).f1}
