"""Pair statements of two sources that seem to deny one another.

Two signs are looked for. The report itself may set them against each other ("X said … but Y said …"). Or two sources
speak of the same in the same words, and one denies, or leaves open, what the other gives as settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from standoff.records import Conflict, Reading, make_id
from standoff.resolve.conflicts.statements import Statement, Words, find_cue

NEAR = 250  # characters between two statements that a report can still be setting against each other
COMMON = 25  # statements that share a word beyond which the word no longer brings two together
ALIKE = 0.3  # share of common words from which two statements can be about the same


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
        line.sort(key=lambda item: (item.start, item.end))
        for left, right in zip(line, line[1:], strict=False):
            between = texts[article][left.end : right.start]
            if left.source == right.source or len(between) > NEAR or "\n\n\n" in between:
                continue
            turn = find_cue(between, "turn")
            if turn is None:
                continue
            same = words.compare(left, right)
            differs = bool(differ(left, right))
            shared = bool(left.about & right.about)
            if not (differs or shared or same >= ALIKE):
                continue
            yield Conflict(
                id=make_id("conflict", left.id, right.id),
                kind="between-sources",
                left=left.id,
                right=right.id,
                score=round(min(0.5 + 0.2 * differs + 0.1 * shared + 0.2 * same, 0.95), 3),
                why=(
                    f"The report sets {say_source(left, names)} (“{left.text}”) against {say_source(right, names)} "
                    f"(“{right.text}”) with “{turn}”{say_difference(left, right)}."
                ),
            )


def pair_denials(statements: Sequence[Statement], *, words: Words, names: Mapping[str, str]) -> Iterator[Conflict]:
    """Yield statements of two sources in like words of which one denies or leaves open what the other gives as so."""
    seen: set[tuple[str, str]] = set()
    for stem in sorted(words.holders):
        group = words.holders[stem]
        if not 2 <= len(group) <= COMMON:
            continue
        for place, one in enumerate(group):
            for other in group[place + 1 :]:
                left, right = sorted((one, other), key=lambda item: (item.article, item.start, item.id))
                if (left.id, right.id) in seen or left.source == right.source or _overlap(left, right):
                    continue
                seen.add((left.id, right.id))
                conflict = _compare(left, right, words=words, names=names)
                if conflict is not None:
                    yield conflict


def _compare(left: Statement, right: Statement, *, words: Words, names: Mapping[str, str]) -> Conflict | None:
    """Give the candidate that two statements make, if they share enough and differ in what they make of it."""
    shared = left.stems & right.stems
    about = left.about & right.about
    same = words.compare(left, right)
    if not differ(left, right) or len(shared) < 2 or same < ALIKE or not about:
        return None
    telling = sorted(shared, key=lambda stem: (words.counts[stem], stem))[:3]
    common = [
        next(word for word in left.text.lower().split() if word.strip("“”\"'‘(").startswith(stem))
        for stem in telling
        if any(word.strip("“”\"'‘(").startswith(stem) for word in left.text.lower().split())
    ]
    return Conflict(
        id=make_id("conflict", left.id, right.id),
        kind="contested",
        left=left.id,
        right=right.id,
        score=round(min(0.25 + 0.4 * same + 0.1 * min(len(about), 2), 0.9), 3),
        why=(
            f"{say_source(left, names).capitalize() if left.source is None else say_source(left, names)} and {say_source(right, names)} both speak of "
            f"{', '.join(word.strip(',.;:“”') for word in common) or 'the same'}{say_difference(left, right)}."
        ),
    )


def differ(left: Statement, right: Statement) -> str | None:
    """Give what sets two statements apart: one denies, or one leaves open what the other gives as settled."""
    if ("denial" in left.marks) != ("denial" in right.marks):
        return "denial"
    if ("hedge" in left.marks) != ("hedge" in right.marks) and "settled" in left.marks | right.marks:
        return "hedge"
    return None


def say_difference(left: Statement, right: Statement) -> str:
    """Say what `differ` found, with the word that shows it."""
    mark = differ(left, right)
    if mark is None:
        return ""
    side = left if mark in left.marks else right
    verb = "denies or turns round" if mark == "denial" else "leaves open"
    return f"; the {'first' if side is left else 'second'} {verb} something (“{find_cue(side.text, mark)}”), the other does not"


def say_source(item: Statement, names: Mapping[str, str]) -> str:
    """Name the source of a statement."""
    if item.source is None:
        return "the article itself"
    return names.get(item.source, "an unnamed source")


def _overlap(left: Statement, right: Statement) -> bool:
    return left.article == right.article and left.start < right.end and right.start < left.end
