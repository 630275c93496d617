"""Pair statements of two sources who speak of the same in like words, wherever they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from standoff.records import Conflict, ConflictKind, make_id
from standoff.resolve.conflicts.statements import (
    Statement,
    Words,
    find_cue,
    find_cues,
    is_denied,
    say_source,
)

FEW = 3  # settled statements about one party that a doubt is held against
COMMON = 25  # statements that share a word beyond which the word no longer brings two together
ALIKE = 0.35  # share of common words from which two statements can be about the same


def pair_denials(statements: Sequence[Statement], *, words: Words, names: Mapping[str, str]) -> Iterator[Conflict]:
    """Yield statements of two sources in like words of which one denies or leaves open what the other gives as so.

    Of two sources in two reports, the pair that shares most is kept.
    """
    best: dict[tuple[str | None, ...], Conflict] = {}
    seen: set[tuple[str, int, str, int]] = set()
    for stem in sorted(words.holders):
        group = words.holders[stem] if len(words.holders[stem]) <= COMMON else []
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                left, right = sorted((one, other), key=lambda item: (item.article, item.start, item.id))
                key = (left.id, left.start, right.id, right.start)
                if left.source == right.source or key in seen or _overlap(left, right) or _retells(left, right):
                    continue
                seen.add(key)
                conflict = _compare(left, right, words=words, names=names)
                spot = (left.article, right.article, *sorted((str(left.source), str(right.source))))
                if conflict is not None and (spot not in best or conflict.score > best[spot].score):
                    best[spot] = conflict
    yield from best.values()


def pair_doubts(statements: Sequence[Statement], *, names: Mapping[str, str]) -> Iterator[Conflict]:
    """Yield, within a report, what one gives as settled about a party and another leaves open about it.

    Of two sources on one party, the pair with the strongest doubt is kept.
    """
    settled: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for item in statements:
        if item.told and "settled" in item.marks and "hedge" not in item.marks:
            for actor in item.about:
                settled[item.article, actor].append(item)
    best: dict[tuple[str, str, str | None, str | None], Conflict] = {}
    doubts = (item for item in statements if item.told and "hedge" in item.marks and "settled" not in item.marks)
    for item in doubts:
        for actor in sorted(item.about):
            for other in settled[item.article, actor][:FEW]:
                key = (item.article, actor, other.source, item.source)
                if other.source == item.source or _overlap(other, item):
                    continue
                conflict = _doubt(item, other, names.get(actor, "the same party"), names)
                if key not in best or conflict.score > best[key].score:
                    best[key] = conflict
    yield from best.values()


def _doubt(doubt: Statement, other: Statement, actor: str, names: Mapping[str, str]) -> Conflict:
    left, right = sorted((doubt, other), key=lambda side: (side.start, side.id))
    return _make(
        left,
        right,
        kind="between-sources",
        score=0.4 + 0.05 * min(len(find_cues(doubt.text, "hedge")), 4),
        why=(
            f"Of {actor}, {say_source(other, names)} gave as settled (“{find_cue(other.text, 'settled')}”) what "
            f"{say_source(doubt, names)} left open (“{find_cue(doubt.text, 'hedge')}”)."
        ),
    )


def _compare(left: Statement, right: Statement, *, words: Words, names: Mapping[str, str]) -> Conflict | None:
    """Give the candidate that two statements make, if they share enough and differ in what they make of it."""
    about = left.about & right.about
    same = words.compare(left, right)
    shared = left.stems & right.stems
    if differ(left, right) is None or len(shared) < 2 or same < ALIKE or not about:
        return None
    if differ(left, right) == "denial" and not any(is_denied(side.text, shared) for side in (left, right)):
        return None  # "not a word of it, and still they support him" does not deny the support
    return _make(
        left,
        right,
        kind="contested",
        score=0.2 + 0.4 * same + 0.1 * min(len(about), 2) + 0.1 * (left.article == right.article),
        why=(
            f"{say_source(left, names)} and {say_source(right, names)} both spoke of "
            f"{', '.join(words.find_telling(left, right))}{say_difference(left, right)}."
        ),
    )


def _make(left: Statement, right: Statement, *, kind: ConflictKind, score: float, why: str) -> Conflict:
    return Conflict(
        id=make_id("conflict", left.id, right.id),
        kind=kind,
        left=left.id,
        right=right.id,
        score=round(min(score, 0.95), 3),
        why=why,
    )


def differ(left: Statement, right: Statement) -> str | None:
    """Give what sets two statements apart: one denies, or one leaves open what the other gives as settled."""
    if ("denial" in left.marks) != ("denial" in right.marks):
        return "denial"
    for one, other in ((left, right), (right, left)):
        if "hedge" in one.marks - other.marks and "settled" in other.marks - one.marks:
            return "hedge"
    return None


def say_difference(left: Statement, right: Statement) -> str:
    """Say what `differ` found, with the word that shows it."""
    mark = differ(left, right)
    if mark is None:
        return ""
    order, side = ("first", left) if mark in left.marks else ("second", right)
    verb = "denies" if mark == "denial" else "leaves open"
    return f"; the {order} {verb} it (“{find_cue(side.text, mark)}”)"


def _retells(left: Statement, right: Statement) -> bool:
    """Tell whether one is the report's own sentence about whoever says the other: it tells it, and denies nothing."""
    told = {left.source, right.source} - {None}
    return (
        None in (left.source, right.source)
        and left.article == right.article
        and bool(told & (left.about | right.about))
    )


def _overlap(left: Statement, right: Statement) -> bool:
    return left.article == right.article and left.start < right.end and right.start < left.end
