"""Pair positions that do not fit: two holders on opposite sides, or a stance that another tells otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from standoff.records import Actor, Conflict, Position, Reading, make_id
from standoff.resolve.conflicts.statements import list_stems
from standoff.resolve.vouching import find_tellers

RIVALS = 2  # passages that one claim about a holder is held against
PER_ISSUE = 3  # pairs of holders shown for one issue: more says only that there are two camps


def pair_stances(readings: Sequence[Reading], *, actors: Mapping[str, Actor]) -> Iterator[Conflict]:
    """Yield, for each issue, the most telling pairs of holders of whom one is for it and the other against."""
    best: dict[tuple[str, str, str], tuple[float, Position, Position]] = {}
    for issue, line in sorted(_group(readings).items()):
        own = sorted((position for position, teller in line if teller in (None, position.holder)), key=_place)
        for one in own:
            for other in own:
                if one.stance != "for" or other.stance != "against" or one.holder == other.holder:
                    continue
                left, right = sorted((one, other), key=_place)
                key = (issue, min(one.holder, other.holder), max(one.holder, other.holder))
                score = _score_pair(left, right)
                if key not in best or score > best[key][0]:
                    best[key] = (score, left, right)
    ranked = sorted(best.items(), key=lambda entry: (entry[0][0], -entry[1][0], entry[1][1].id, entry[1][2].id))
    shown: dict[str, int] = defaultdict(int)
    for (issue, *_), (score, left, right) in ranked:
        shown[issue] += 1
        if shown[issue] > PER_ISSUE:
            continue
        yield Conflict(
            id=make_id("conflict", left.id, right.id),
            kind="between-sources",
            issue=issue,
            left=left.id,
            right=right.id,
            score=round(score, 3),
            why=f"{_say(left, actors)}, while {_say(right, actors)}.",
        )


def pair_tellings(readings: Sequence[Reading], *, actors: Mapping[str, Actor]) -> Iterator[Conflict]:
    """Yield a holder's stance beside what another says that the holder's stance is.

    A country and those who speak for it count as one holder: what a minister is said to want is held against what an
    envoy of the same country does.
    """
    for issue, line in sorted(_group(readings).items()):
        for claimed, teller in line:
            if teller is None or teller == claimed.holder:
                continue
            rivals = [
                position
                for position, other in line
                if other != teller
                and position.stance != claimed.stance
                and are_one_side(position.holder, claimed.holder, actors)
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
                        f"{_name(teller, actors)} tells the stance of {_name(claimed.holder, actors)} on {issue} as "
                        f"{claimed.stance} (“{claimed.passage.text}”); elsewhere {_say(told, actors)}."
                    ),
                )


def are_one_side(one: str, other: str, actors: Mapping[str, Actor]) -> bool:
    """Tell whether two holders speak for one side: the same actor, or a country and an official of it."""
    if one == other:
        return True
    first, second = actors.get(one), actors.get(other)
    if first is None or second is None or first.country is None or first.country != second.country:
        return False
    pair = (first, second)
    return any(actor.kind == "country" for actor in pair) and any(
        actor.kind != "country" and "GOV" in actor.sectors for actor in pair
    )


def _group(readings: Sequence[Reading]) -> dict[str, list[tuple[Position, str | None]]]:
    """Group positions by issue, each with the actor whose statement it rests on."""
    tellers = find_tellers(readings)
    groups: dict[str, list[tuple[Position, str | None]]] = defaultdict(list)
    for reading in readings:
        for position in reading.positions:
            groups[position.issue].append((position, tellers.get(position.id)))
    return groups


def _place(position: Position) -> tuple[str, int, str]:
    return position.passage.article, position.passage.start, position.id


def _score_pair(left: Position, right: Position) -> float:
    """Score two opposed stances: by how sure each is, whether they face each other, and the words they share."""
    facing = (left.toward == right.holder) + (right.toward == left.holder)
    one, other = list_stems(left.passage.text), list_stems(right.passage.text)
    shared = len(one & other) / max(1, min(len(one), len(other)))
    return min(left.score * right.score * (0.6 + 0.15 * facing + 0.3 * shared), 0.95)


def _name(actor: str, actors: Mapping[str, Actor]) -> str:
    return actors[actor].name if actor in actors else "another"


def _say(position: Position, actors: Mapping[str, Actor]) -> str:
    return f"{_name(position.holder, actors)} is {position.stance} on {position.issue} (“{position.passage.text}”)"
