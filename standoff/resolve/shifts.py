"""Find where a holder's stance on an issue has changed.

A shift needs two days that are in order for certain: the last day of the one statement comes before the first of the
other. What is only reported late keeps the day on which it was said, so it makes no shift; nor does a repetition, nor
what others say of the holder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from standoff.records import Actor, Position, Reading, Shift, make_id
from standoff.resolve.vouching import are_one_side, find_tellers

STEP = {"for": 2, "conditional": 1, "neutral": 0, "against": -2}  # how warm a stance is, for "softer" and "harder"
LEAST = 0.25  # the product of two scores below which a change is more likely to be a misreading than a change of mind


class Dated(NamedTuple):
    """A position with the first and last day on which it can have been taken."""

    earliest: str
    latest: str
    position: Position


def find_shifts(readings: Sequence[Reading], *, actors: Sequence[Actor]) -> list[Shift]:
    """Give the changes of stance between a holder's dated positions, in order of time.

    A holder may have several stances at one time; there is a change only where a stance is new and an earlier one is
    gone. Of several pairs that show one change, the pair with the best scores is kept.
    """
    names = {actor.id: actor.name for actor in actors}
    changes = [pair for _, line in sorted(_gather(readings, actors).items()) for pair in _find_changes(line)]
    changes.sort(key=lambda pair: (pair[1].earliest, pair[1].position.id, pair[0].position.id))
    return [_make_shift(before, after, names=names) for before, after in changes]


def _gather(readings: Sequence[Reading], actors: Sequence[Actor]) -> dict[tuple[str, str], list[Dated]]:
    """Group the dated positions that holders take themselves by holder and issue, in order of time."""
    tellers, known = find_tellers(readings), {actor.id: actor for actor in actors}
    lines: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    for reading in readings:
        for position in reading.positions:
            dated = _date(position, reading)
            teller = tellers.get(position.id, position.holder)
            if dated is not None and are_one_side(teller, position.holder, known):
                lines[position.holder, position.issue].append(dated)
    return {
        key: sorted(line, key=lambda item: (item.latest, item.earliest, item.position.id))
        for key, line in lines.items()
    }


def _date(position: Position, reading: Reading) -> Dated | None:
    """Bound the day of a position: by its own time if it has one, else by its article's day."""
    for when in (position.when, reading.article):
        if when is not None and when.earliest and when.latest:
            return Dated(when.earliest, when.latest, position)
    return None


def _find_changes(line: Sequence[Dated]) -> Iterator[tuple[Dated, Dated]]:
    """Yield the best pair for each change of stance of one holder on one issue."""
    best: dict[tuple[str, str, tuple[str, ...]], tuple[Dated, Dated]] = {}
    for after in line:
        last = _find_last(line, after.earliest)
        was = {item.position.stance for item in last}
        now = {item.position.stance for item in line if item.earliest <= after.latest and after.earliest <= item.latest}
        if after.position.stance in was:
            continue
        for before in last:
            if before.position.stance in now or before.position.score * after.position.score < LEAST:
                continue
            key = (before.position.stance, after.position.stance, tuple(item.position.id for item in last))
            if key not in best or _rank((before, after)) > _rank(best[key]):
                best[key] = (before, after)
    yield from best.values()


def _find_last(line: Sequence[Dated], day: str) -> list[Dated]:
    """Give what the holder said last before `day`: the statements that no other is certain to have followed."""
    past = [item for item in line if item.latest < day]
    newest = max((item.earliest for item in past), default="")
    return [item for item in past if item.latest >= newest]


def _rank(pair: tuple[Dated, Dated]) -> tuple[float, str, str]:
    before, after = (item.position for item in pair)
    return before.score * after.score, before.id, after.id


def _make_shift(before: Dated, after: Dated, *, names: dict[str, str]) -> Shift:
    first, second = before.position, after.position
    moved = "softer" if STEP[second.stance] > STEP[first.stance] else "harder"
    return Shift(
        id=make_id("shift", first.id, second.id),
        holder=first.holder,
        issue=first.issue,
        before=first.id,
        after=second.id,
        score=round(first.score * second.score, 3),
        why=(
            f"{names.get(first.holder, 'The holder')} on {first.issue}: "
            f"{_say(before)}, {_say(after)}; {moved} than before."
        ),
    )


def _say(item: Dated) -> str:
    return f"{item.position.stance} {_say_days(item)} (“{item.position.passage.text}”)"


def _say_days(item: Dated) -> str:
    return f"on {item.earliest}" if item.earliest == item.latest else f"between {item.earliest} and {item.latest}"
