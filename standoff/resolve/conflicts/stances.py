"""Pair positions that do not fit: two holders on opposite sides, or a stance that another tells otherwise."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from standoff.records import Actor, Conflict, Position, Reading, make_id
from standoff.resolve.conflicts.statements import list_stems, quote
from standoff.resolve.vouching import are_one_side, find_tellers

RIVALS = 2  # passages that one claim about a holder is held against
NEAREST = 60  # positions of one side that a claim is looked for among, the nearest in time: a great power has thousands
LOWEST = 0.4  # what an opposition of wishes counts for, beside a disagreement on what is so
PER_HOLDER = 1  # opponents shown of one holder on one issue: more says only that there are two camps

SPAN = 45  # days over which two stances count as taken at one time; later ones may be a change of mind

Spot = tuple[str, str]


def pair_stances(readings: Sequence[Reading], *, actors: Mapping[str, Actor]) -> Iterator[Conflict]:
    """Yield, for each issue, the most telling pairs of holders who say that they are for it and against it.

    That two sides want opposite things is what a dispute is, so these rank below all else. Two holders are compared
    only in words of their own, not by their deeds, and only if a report in which the one takes a stance names the
    other: else they may belong to two disputes.
    """
    own, days = _list_own(readings), _list_days(readings)
    best: dict[tuple[str, str, str], tuple[float, Position, Position]] = {}
    for reading in readings:
        named = sorted({mention.actor for mention in reading.mentions} | {item.holder for item in reading.positions})
        for one in reading.positions:
            for other in (rival for actor in named for rival in own.get((one.issue, actor), ())):
                if {one.stance, other.stance} != {"for", "against"} or one not in own[one.issue, one.holder]:
                    continue
                left, right = sorted((one, other), key=_place)
                key = (one.issue, min(one.holder, other.holder), max(one.holder, other.holder))
                score = _score_pair(left, right)
                if are_one_side(one.holder, other.holder, actors) or not _is_one_time(one, other, days):
                    continue
                if key not in best or (-score, left.id, right.id) < _rank(best[key]):
                    best[key] = (score, left, right)
    shown: dict[tuple[str, str], int] = defaultdict(int)
    for score, left, right in sorted(best.values(), key=_rank):
        sides = ((left.issue, left.holder), (right.issue, right.holder))
        if any(shown[side] >= PER_HOLDER for side in sides):
            continue
        for side in sides:
            shown[side] += 1
        yield Conflict(
            id=make_id("conflict", left.id, right.id),
            kind="between-sources",
            issue=left.issue,
            left=left.id,
            right=right.id,
            score=round(LOWEST * score, 3),
            why=(
                f"They want opposite things, whatever the facts: {_name(left.holder, actors)} is {left.stance} "
                f"{left.issue} ({quote(left.passage.text)}), {_name(right.holder, actors)} {right.stance} it "
                f"({quote(right.passage.text)})."
            ),
        )


def _rank(pair: tuple[float, Position, Position]) -> tuple[float, str, str]:
    return -pair[0], pair[1].id, pair[2].id


def _list_own(readings: Sequence[Reading]) -> dict[tuple[str, str], list[Position]]:
    """Group the positions that holders take themselves by issue and holder: the surest of each stance."""
    surest: dict[tuple[str, str, str], Position] = {}
    for issue, line in _group(readings).items():
        for position, teller in line:
            key = (issue, position.holder, position.stance)
            if teller == position.holder and (
                key not in surest or (-position.score, position.id) < (-surest[key].score, surest[key].id)
            ):
                surest[key] = position
    own: dict[tuple[str, str], list[Position]] = defaultdict(list)
    for (issue, holder, _), position in surest.items():
        own[issue, holder].append(position)
    return own


def pair_tellings(readings: Sequence[Reading], *, actors: Mapping[str, Actor]) -> Iterator[Conflict]:
    """Yield a holder's stance beside what another says that the holder's stance is.

    A country and those who speak for it count as one side: what a minister is said to want is held against what an
    envoy of the same country does, and what an envoy says of the own country is no claim of another.
    """
    days = _list_days(readings)
    for issue, line in sorted(_group(readings).items()):
        taken = {(position.holder, position.stance, position.basis) for position, _ in line}
        by_side: dict[str | None, list[tuple[Spot, Position, str | None]]] = defaultdict(list)
        for position, teller in line:
            for side in {position.holder, actors[position.holder].country if position.holder in actors else None}:
                by_side[side].append((_find_spot(position, days), position, teller))
        for told_by in by_side.values():
            told_by.sort(key=lambda item: (item[0], item[1].id))
        for claimed, teller in line:
            if teller is None or are_one_side(teller, claimed.holder, actors):
                continue
            if (teller, claimed.stance, claimed.basis) in taken:
                continue  # the teller speaks for both: "the two governments agreed"
            country = actors[claimed.holder].country if claimed.holder in actors else None
            rivals = [
                position
                for position, other in _list_near(by_side[country or claimed.holder], _find_spot(claimed, days))
                if other != teller
                and position.stance != claimed.stance
                and are_one_side(position.holder, claimed.holder, actors)
                and _is_one_time(position, claimed, days)
            ]
            rivals.sort(key=lambda item: (item.passage.article != claimed.passage.article, -item.score, item.id))
            for told in rivals[:RIVALS]:
                left, right = sorted((claimed, told), key=_place)
                near = told.passage.article == claimed.passage.article
                yield Conflict(
                    id=make_id("conflict", left.id, right.id),
                    kind="contested",
                    issue=issue,
                    left=left.id,
                    right=right.id,
                    score=round(0.35 + 0.5 * claimed.score * told.score + 0.1 * near, 3),
                    why=(
                        f"{_name(teller, actors)} tells that {_name(claimed.holder, actors)} is {claimed.stance} on "
                        f"{issue} ({quote(claimed.passage.text)}); {_name(told.holder, actors)} is {told.stance} "
                        f"elsewhere ({quote(told.passage.text)})."
                    ),
                )


def _list_near(line: list[tuple[Spot, Position, str | None]], spot: Spot) -> Iterator[tuple[Position, str | None]]:
    """Yield those of a side's positions, in order of time, that lie nearest to a place in it."""
    first = max(0, min(bisect_left(line, spot, key=lambda item: item[0]) - NEAREST // 2, len(line) - NEAREST))
    yield from ((position, teller) for _, position, teller in line[first : first + NEAREST])


def _find_spot(position: Position, days: Mapping[str, tuple[str | None, str | None]]) -> Spot:
    """Give where a position stands in the order of time, beside those of its article: the day, if one is known."""
    when = position.when
    bounds = (when.earliest, when.latest) if when and when.earliest else days[position.passage.article]
    return bounds[0] or bounds[1] or "", position.passage.article


def _group(readings: Sequence[Reading]) -> dict[str, list[tuple[Position, str | None]]]:
    """Group positions by issue, each with the actor whose statement it rests on."""
    tellers = find_tellers(readings)
    groups: dict[str, list[tuple[Position, str | None]]] = defaultdict(list)
    for reading in readings:
        for position in reading.positions:
            groups[position.issue].append((position, tellers.get(position.id)))
    return groups


def _list_days(readings: Sequence[Reading]) -> dict[str, tuple[str | None, str | None]]:
    """Give the first and last day of each position's article, by the article's id."""
    return {reading.article.id: (reading.article.earliest, reading.article.latest) for reading in readings}


def _is_one_time(one: Position, other: Position, days: Mapping[str, tuple[str | None, str | None]]) -> bool:
    """Tell whether two stances may be of one time: of one report, or their days are unknown or close together."""
    if one.passage.article == other.passage.article:
        return True
    bounds = [
        (item.when.earliest, item.when.latest) if item.when and item.when.earliest else days[item.passage.article]
        for item in (one, other)
    ]
    known = sorted(day for pair in bounds for day in pair if day is not None)
    return not known or (date.fromisoformat(known[-1]) - date.fromisoformat(known[0])).days <= SPAN


def _place(position: Position) -> tuple[str, int, str]:
    return position.passage.article, position.passage.start, position.id


def _score_pair(left: Position, right: Position) -> float:
    """Score two opposed stances: by how sure each is, whether they face each other, and the words they share."""
    facing = (left.toward == right.holder) + (right.toward == left.holder)
    one, other = list_stems(left.passage.text), list_stems(right.passage.text)
    shared = len(one & other) / max(1, min(len(one), len(other)))
    return min(left.score * right.score * (0.45 + 0.15 * facing + 0.3 * shared), 0.95)


def _name(actor: str, actors: Mapping[str, Actor]) -> str:
    return actors[actor].name if actor in actors else "another"
