"""Pair what one side calls a thing with what the other side says of it, and an accusation with the answer to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from standoff.records import Actor, Conflict, Reading, make_id
from standoff.resolve.conflicts.statements import Statement, find_cue, list_stems, quote, say_source
from standoff.resolve.vouching import are_one_side

WINDOW = 12  # statements before and after within which a report answers
PREDICATE = re.compile(
    r"\b(?:is|are|was|were|would be|will be)(?:\s+(?:not|only|a|an|the))*\s+(?!\w+(?:ing|ed)\b)\w", re.I
)


def pair_verdicts(
    statements: Sequence[Statement],
    *,
    readings: Sequence[Reading],
    actors: Mapping[str, Actor],
    names: Mapping[str, str],
) -> Iterator[Conflict]:
    """Yield, for each thing that one source gives a name ("called it a toll"), what another says that it is.

    And for each accusation what the accused side denies. Sources of one side, and those who take the same side on an
    issue, are left out. The nearest of the best fitting answers is taken, one for each verdict.
    """
    camps = _list_camps(readings)
    lines: dict[str, list[Statement]] = defaultdict(list)
    for item in statements:
        if item.told and item.inside is None and item.source in actors:
            lines[item.article].append(item)
    for _, line in sorted(lines.items()):
        line.sort(key=lambda item: (item.start, item.end, item.id))
        for place, item in enumerate(line):
            named = find_cue(item.cue, "naming") is not None
            if not named and item.act != "accuse":
                continue
            near = line[max(0, place - WINDOW) : place + WINDOW + 1]
            rivals = [other for other in near if _may_answer(item, other, named=named, actors=actors, camps=camps)]
            if not rivals:
                continue
            best = max(rivals, key=lambda other: (_weigh(item, other), -abs(other.start - item.start), other.id))
            yield _make(item, best, named=named, names=names)


def _may_answer(
    item: Statement,
    other: Statement,
    *,
    named: bool,
    actors: Mapping[str, Actor],
    camps: Mapping[str, set[tuple[str, str]]],
) -> bool:
    """Tell whether another statement can be the other side's word on what `item` judges."""
    one, two = str(item.source), str(other.source)
    if one == two or are_one_side(one, two, actors) or camps.get(one, set()) & camps.get(two, set()):
        return False
    if named:
        return PREDICATE.search(other.text) is not None and find_cue(other.cue, "naming") is None
    accused = item.about | ({item.addressee} if item.addressee else set())
    answers = "denial" in other.marks or other.act in {"deny", "praise"}
    return answers and any(are_one_side(two, target, actors) for target in accused if target != one)


def _weigh(item: Statement, other: Statement) -> float:
    """Weigh how much of the same two statements speak; one that denies outright, or came first, answers best."""
    shared = len(list_stems(item.context) & list_stems(other.context))
    return 0.1 * min(shared, 3) + 0.3 * (other.act == "deny") + 0.05 * (other.start < item.start)


def _make(item: Statement, other: Statement, *, named: bool, names: Mapping[str, str]) -> Conflict:
    left, right = sorted((item, other), key=lambda side: (side.start, side.id))
    judges, answers = say_source(item, names), say_source(other, names)
    verb = "gives it a name" if named else "accuses"
    return Conflict(
        id=make_id("conflict", left.id, right.id),
        kind="between-sources",
        left=left.id,
        right=right.id,
        score=round(min(0.42 + 0.3 * _weigh(item, other), 0.9), 3),
        why=f"{judges} {verb}: {quote(item.text)}; {answers} says otherwise: {quote(other.text)}.",
    )


def _list_camps(readings: Sequence[Reading]) -> dict[str, set[tuple[str, str]]]:
    """Give on which side of which issues each actor is."""
    camps: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for reading in readings:
        for position in reading.positions:
            if position.stance in {"for", "against"}:
                camps[position.holder].add((position.issue, position.stance))
    return camps
