"""Pair what two sources say one after the other, where it cannot well be both: reports let their sources answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from standoff.records import Actor, Conflict, Reading, make_id
from standoff.resolve.conflicts.blocks import Block, claim, cut_blocks, list_stances
from standoff.resolve.conflicts.judge import judge_pair
from standoff.resolve.conflicts.statements import Statement, Words, quote, say_source, say_verb, says_much
from standoff.resolve.vouching import are_one_side

NEAR = 450  # characters between two statements of which the second can still answer the first
REACH = 2  # blocks on in which an answer is looked for
LEAST = 0.6  # what the judge must give two neighbours, measured on tests/across/tune
# That one denies something and the other does not is not enough: it must be the same thing. Counts are paired apart.
LEFT_OUT = frozenset({"polarity", "number"})


def pair_neighbours(
    statements: Sequence[Statement], *, readings: Sequence[Reading], words: Words, actors: Mapping[str, Actor]
) -> Iterator[Conflict]:
    """Yield, for each two blocks of a report that stand close, the pair of statements that excludes one another most.

    Sources of one side, and statements that take one stance on an issue, are left out.
    """
    names = {actor.id: actor.name for actor in actors.values()}
    stances = list_stances(readings)
    for blocks in cut_blocks(statements).values():
        for place, block in enumerate(blocks):
            for other in blocks[place + 1 : place + 1 + REACH]:
                if other.start - block.end <= NEAR and not are_one_side(block.source, other.source, actors):
                    yield from _compare(block, other, stances=stances, words=words, names=names)


def _compare(
    block: Block,
    other: Block,
    *,
    stances: Mapping[str, set[tuple[str, str]]],
    words: Words,
    names: Mapping[str, str],
) -> Iterator[Conflict]:
    pairs = [
        (judge_pair(claim(left), claim(right)), left, right)
        for left in block.closing
        for right in other.opening
        if says_much(left) and says_much(right) and not (left.retold or right.retold)
        if not stances.get(left.id, set()) & stances.get(right.id, set())
    ]
    pairs = [pair for pair in pairs if pair[0].score >= LEAST and pair[0].kind not in LEFT_OUT]
    if not pairs:
        return
    judged, left, right = max(pairs, key=lambda pair: (pair[0].score, -pair[2].start, pair[1].start))
    near = other.number - block.number == 1
    yield Conflict(
        id=make_id("conflict", left.id, right.id),
        kind="contested" if judged.kind == "denial" else "between-sources",
        left=left.id,
        right=right.id,
        score=round(min(0.1 + 0.6 * judged.score + 0.1 * near + 0.1 * words.compare(left, right), 0.95), 3),
        why=(
            f"{say_source(left, names)} {say_verb(left)} {quote(left.text)}, {say_source(right, names)} "
            f"{say_verb(right)} {quote(right.text)}: "
            f"{judged.difference}."
        ),
    )
