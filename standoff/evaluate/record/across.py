"""Score what shows only across articles: conflicts, shifts of stance, copies."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain, combinations, product
from typing import Any

from standoff.evaluate.gold import list_all
from standoff.evaluate.record.aligned import Aligned
from standoff.evaluate.record.measures import Share, cover_passages, spread_spans, take_percent
from standoff.records import Passage, Shift
from standoff.resolve.conflicts.voices import list_pairs
from standoff.resolve.copies import find_copies

FIRST = 20  # conflicts from the top over which precision is taken: about what a person looks through in one go


def score_conflicts(view: Aligned) -> dict[str, float]:
    """Score the coded conflicts that the record lists, and how many of those listed are coded.

    A coded conflict is listed if the two ends of one conflict or shift touch its two passages, a conflict's further
    voices counted as its ends; one that is listed is right if any two of its ends do. `conflicts` is recall
    over those that matter (not `lesser`), `conflicts(all)` over all. Where the gold codes the lesser ones too,
    `conflicts right` is the share of the first twenty listed that touch a coded one, `conflicts right(all)` of all.
    """
    coded = view.gold.cross["conflicts"]
    if not coded:
        return {}
    reach = _list_reach(view)
    names = {article.id: name for name, article in view.articles.items()}

    def touches(key: str, end: Mapping[str, Any]) -> bool:
        spans = spread_spans(*list_all(end["snippet"]))
        return bool(cover_passages(reach[key], view.articles[end["article"]].id) & spans)

    def is_shown(row: Mapping[str, Any], left: str, right: str) -> bool:
        a, b = row["a"], row["b"]
        return (touches(left, a) and touches(right, b)) or (touches(left, b) and touches(right, a))

    sides = [list_pairs(item) for item in view.record.conflicts]
    moves = [(item.before, item.after) for item in view.record.shifts]
    listed = [any(is_shown(row, *pair) for pair in (*chain.from_iterable(sides), *moves)) for row in coded]
    main = [found for row, found in zip(coded, listed, strict=True) if not row.get("lesser")]
    scores = {"conflicts": take_percent(sum(main), len(main))}
    if len(main) < len(coded):
        between = [
            pairs for pairs in sides if all(names.keys() & {item.article for item in reach[key]} for key in pairs[0])
        ]
        right = [any(is_shown(row, *pair) for row in coded for pair in pairs) for pairs in between]
        scores["conflicts(all)"] = take_percent(sum(listed), len(listed))
        scores["conflicts right"] = take_percent(sum(right[:FIRST]), len(right[:FIRST]))
        scores["conflicts right(all)"] = take_percent(sum(right), len(right))
    return scores


def _list_reach(view: Aligned) -> dict[str, tuple[Passage, ...]]:
    """Give the words that each record which a conflict may name rests on, without who said it, where and when."""
    return {
        **{item.id: item.content for item in view.record.attributions},
        **{item.id: (item.passage,) for item in view.record.events},
        **{item.id: tuple(filter(None, (item.passage, item.condition))) for item in view.record.positions},
    }


def score_shifts(view: Aligned) -> dict[str, float]:
    """Score the coded changes of stance that the record lists, and the shifts listed between coded articles.

    A shift is a coded change if holder, issue, both stances and both articles are the same, where a copy stands for its
    original: `shifts` is the share of the coded that are found (recall), `shifts right` the share of those listed that
    are coded (precision). A row's `actor` may list several holders, of whom any will do (a president and the country),
    and an `article` several reports that tell of the stance.
    """
    changes = view.gold.cross["position_changes"]
    if not changes:
        return {}
    positions = {item.id: item for item in view.record.positions}
    names = {article.id: name for name, article in view.articles.items()}
    first = {name: min(group) for group in view.gold.cross.get("copies", []) for name in group}

    def describe(shift: Shift) -> tuple[str | None, ...] | None:
        before, after = positions[shift.before], positions[shift.after]
        ends = names.get(before.passage.article), names.get(after.passage.article)
        if ends[0] is None or ends[1] is None:
            return None
        early, late = (first.get(end, end) for end in (ends[0], ends[1]))
        return view.get_actor(ends[0], shift.holder), shift.issue, early, before.stance, late, after.stance

    mine = [found for shift in view.record.shifts if (found := describe(shift)) is not None]
    coded = [
        {
            (
                holder,
                row["issue"],
                first.get(early, early),
                row["from"]["stance"],
                first.get(late, late),
                row["to"]["stance"],
            )
            for holder, early, late in product(
                *map(list_all, (row["actor"], row["from"]["article"], row["to"]["article"]))
            )
        }
        for row in changes
    ]
    return {
        "shifts": take_percent(sum(not row.isdisjoint(mine) for row in coded), len(coded)),
        "shifts right": take_percent(sum(any(found in row for row in coded) for found in mine), len(mine)),
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
