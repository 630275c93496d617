"""Pair statements of two sources that seem to deny one another.

Two signs are looked for. The report itself may set them against each other ("X said … but Y said …"). Or two sources
speak of the same in the same words, and one denies, or leaves open, what the other gives as settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from standoff.records import Conflict, ConflictKind, Reading, make_id
from standoff.resolve.conflicts.statements import Statement, Words, count_cues, find_cue, is_denied

NEAR = 250  # characters between two statements that a report can still be setting against each other
OPENING = 30  # characters of the second statement in which it may itself take the turn ("while it is true that …")
FEW = 3  # settled statements about one party that a doubt is held against
COMMON = 25  # statements that share a word beyond which the word no longer brings two together
ALIKE = 0.35  # share of common words from which two statements can be about the same


def pair_contrasts(
    statements: Sequence[Statement], *, readings: Sequence[Reading], words: Words, names: Mapping[str, str]
) -> Iterator[Conflict]:
    """Yield neighbouring statements of two sources that the report joins by a word of contrast."""
    texts = {reading.article.id: reading.article.text for reading in readings}
    told: dict[str, list[Statement]] = defaultdict(list)
    for item in statements:
        if item.told and item.inside is None:
            told[item.article].append(item)
    for article, line in sorted(told.items()):
        line.sort(key=lambda item: (item.start, item.end, item.id))
        for left, right in pairwise(line):
            if left.source == right.source or right.start - left.end > NEAR:
                continue
            turn = find_cue(texts[article][left.end : right.start + OPENING], "turn")
            same = words.compare(left, right)
            differs, shared = differ(left, right) is not None, bool(left.about & right.about)
            if turn is not None and left.stems and right.stems and (differs or shared or same >= ALIKE):
                yield _make(
                    left,
                    right,
                    kind="between-sources",
                    score=0.5 + 0.2 * differs + 0.1 * shared + 0.15 * same,
                    why=(
                        f"The report sets {say_source(left, names)} (“{left.text}”) against {say_source(right, names)} "
                        f"(“{right.text}”) with “{turn}”{say_difference(left, right)}."
                    ),
                )


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
                if left.source == right.source or key in seen or _overlap(left, right):
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
        score=0.4 + 0.05 * min(count_cues(doubt.text, "hedge"), 4),
        why=(
            f"Of {actor}, {say_source(other, names)} gives as settled (“{find_cue(other.text, 'settled')}”) what "
            f"{say_source(doubt, names)} leaves open (“{find_cue(doubt.text, 'hedge')}”): "
            f"“{left.text}” and “{right.text}”."
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
    first, second = say_source(left, names), say_source(right, names)
    return _make(
        left,
        right,
        kind="contested",
        score=0.2 + 0.4 * same + 0.1 * min(len(about), 2) + 0.1 * (left.article == right.article),
        why=(
            f"{first[0].upper()}{first[1:]} (“{left.text}”) and {second} (“{right.text}”) both speak of "
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
    verb = "denies or turns round" if mark == "denial" else "leaves open"
    return f"; the {order} {verb} something (“{find_cue(side.text, mark)}”), the other does not"


def say_source(item: Statement, names: Mapping[str, str]) -> str:
    """Name the source of a statement."""
    return "the article itself" if item.source is None else names.get(item.source, "an unnamed source")


def _overlap(left: Statement, right: Statement) -> bool:
    return left.article == right.article and left.start < right.end and right.start < left.end
