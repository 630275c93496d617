"""Pair what one side calls a thing with what the other side says of it, and an accusation with the answer to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set

from standoff.records import Actor, Conflict, Reading, make_id
from standoff.resolve.conflicts.blocks import claim, cut_blocks
from standoff.resolve.conflicts.judge import judge_pair
from standoff.resolve.conflicts.statements import Statement, find_cue, list_stems, quote, say_source, says_much
from standoff.resolve.vouching import are_one_side

BACK = 6  # blocks before and after within which a report answers
ACT = 3  # letters at least by which a deed of speech is known in its noun: ruled, ruling; offered, offer
ENDING = re.compile(r"(?:ed|ing|s|e)$")
ANSWERS = 2  # answers shown to one accusation, of two sources
LEAST = 0.2  # the weight below which another's statement is no answer to a verdict
REQUESTS = frozenset({"demand", "request", "promise", "threaten", "ask"})  # "called on villagers to …" names nothing
PREDICATE = re.compile(
    r"\b(?:is|are|was|were|would be|will be|has been|have been)(?:\s+(?:not|only|a|an|the))*\s+(?!\w+(?:ing|ed)\b)\w",
    re.I,
)


def pair_verdicts(
    statements: Sequence[Statement],
    *,
    readings: Sequence[Reading],
    actors: Mapping[str, Actor],
    names: Mapping[str, str],
    answered: Set[str],
) -> Iterator[Conflict]:
    """Yield, for each thing that one source gives a name ("called it a toll"), what another says that it is.

    That may be the very statement that is judged ("ruled that …" under "called the ruling a farce"). And for each
    accusation what the accused side denies. Sources of one side, and those who take the same side on an issue, are left
    out. The best fitting answer is taken, one for each verdict.
    """
    camps = _list_camps(readings)
    for blocks in cut_blocks(statements).values():
        for place, block in enumerate(blocks):
            near = [other for other in blocks[max(0, place - BACK) : place + BACK + 1] if other.number != place]
            for item in block.statements:
                named = find_cue(item.cue, "naming") is not None and item.act not in REQUESTS
                if item.source not in actors or item.id in answered or not (named or item.act == "accuse"):
                    continue
                rivals = [
                    (
                        _weigh(item, other, named=named, is_next=abs(one.number - place) == 1),
                        -abs(one.number - place),
                        other.id,
                        other,
                    )
                    for one in near
                    for other in (one.closing if one.number < place else one.opening)
                    if other.source in actors and _may_answer(item, other, named=named, actors=actors, camps=camps)
                ]
                shown: set[str | None] = set()
                for weight, _, _, other in sorted(rivals, key=lambda rival: rival[:3], reverse=True):
                    if weight < LEAST or len(shown) >= (1 if named else ANSWERS):
                        break
                    if other.source not in shown:
                        shown.add(other.source)
                        yield _make(item, other, weight=weight, named=named, names=names)


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
        says_what = PREDICATE.search(other.text) is not None and says_much(other) and not find_cue(other.cue, "naming")
        return says_what or _is_judged(item, other)
    accused = item.about | ({item.addressee} if item.addressee else set())
    return ("denial" in other.marks or _defends(other)) and any(
        are_one_side(two, target, actors) for target in accused if target != one
    )


def _defends(other: Statement) -> bool:
    """Tell whether a statement is reported as an answer: as a denial, or as standing by what was done."""
    return other.act in {"deny", "praise"} or find_cue(other.cue, "defence") is not None


def _is_judged(item: Statement, other: Statement) -> bool:
    """Tell whether a verdict names the other statement itself: what was ruled, as the ruling."""
    stem = ENDING.sub("", other.cue.lower().split()[-1]) if other.cue else ""
    return len(stem) >= ACT and any(word.startswith(stem) for word in re.findall(r"\w+", item.text.lower()))


def _weigh(item: Statement, other: Statement, *, named: bool, is_next: bool) -> float:
    """Weigh how much of the same two statements speak; one that denies outright, or came first, answers best."""
    shared = len(list_stems(item.context) & list_stems(other.context))
    weight = 0.1 * min(shared, 3) + 0.3 * _defends(other) + 0.05 * (other.start < item.start) + 0.15 * is_next
    return (
        weight
        + 0.2 * (not named)
        + 0.3 * (named and _is_judged(item, other))
        + 0.3 * judge_pair(claim(item), claim(other)).score
    )


def _make(item: Statement, other: Statement, *, weight: float, named: bool, names: Mapping[str, str]) -> Conflict:
    left, right = sorted((item, other), key=lambda side: (side.start, side.id))
    judges, answers = say_source(item, names), say_source(other, names)
    verb = "gave it a name" if named else "accused"
    return Conflict(
        id=make_id("conflict", left.id, right.id),
        kind="between-sources",
        left=left.id,
        right=right.id,
        score=round(min(0.35 + 0.4 * weight, 0.9), 3),
        why=(
            f"{judges} {verb}: {quote(item.text)}; {answers} "
            f"{'denied' if other.act == 'deny' else 'said otherwise'}: {quote(other.text)}."
        ),
    )


def _list_camps(readings: Sequence[Reading]) -> dict[str, set[tuple[str, str]]]:
    """Give on which side of which issues each actor is."""
    camps: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for reading in readings:
        for position in reading.positions:
            if position.stance in {"for", "against"}:
                camps[position.holder].add((position.issue, position.stance))
    return camps
