"""Find where a holder's stance on an issue has changed.

A shift needs two days that are in order for certain: the last day of the one statement comes before the first of the
other, or one report tells both and dates the one back ("in May she had asked for talks"). A stance reported late keeps
its own time, and the report that told it first hand stands for it, if there is one. A repetition is no shift, nor is
what others say of the holder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from standoff.records import Actor, Position, Reading, Shift, make_id
from standoff.resolve.vouching import are_one_side, find_tellers

STEP = {"for": 2, "conditional": 1, "neutral": 0, "against": -2}  # how warm a stance is, for "softer" and "harder"
NEWS = 7  # days that a report looks back to tell what is new
LEAST = 0.25  # the product of two scores below which a change is more likely to be a misreading than a change of mind


class Dated(NamedTuple):
    """A position with the first and last day on which it can have been taken."""

    earliest: str
    latest: str
    position: Position
    looks_back: bool  # the report gives the stance a time of its own, before the news


class _Line(NamedTuple):
    """The dated positions of one holder on one issue, by their last day, and by article those that look back."""

    items: list[Dated]
    looking_back: dict[str, list[Dated]]


def find_shifts(readings: Sequence[Reading], *, actors: Sequence[Actor]) -> list[Shift]:
    """Give the changes of stance between a holder's dated positions, in order of time.

    A holder may have several stances at one time; there is a change only where a stance is new and an earlier one is
    gone. Of several pairs that show one change, the pair with the best scores is kept.
    """
    names = {actor.id: actor.name for actor in actors}
    changes = [pair for _, line in sorted(_gather(readings, actors).items()) for pair in _find_changes(line)]
    changes.sort(key=lambda pair: (pair[1].earliest, pair[1].position.id, pair[0].position.id))
    return [_make_shift(before, after, names=names) for before, after in changes]


def _gather(readings: Sequence[Reading], actors: Sequence[Actor]) -> dict[tuple[str, str], _Line]:
    """Group the dated positions that holders take themselves by holder and issue, in order of time."""
    tellers, known = find_tellers(readings), {actor.id: actor for actor in actors}
    lines: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    for reading in readings:
        for position in reading.positions:
            dated = _date(position, reading)
            teller = tellers.get(position.id, position.holder)
            if dated is not None and are_one_side(teller, position.holder, known):
                lines[position.holder, position.issue].append(dated)
    return {key: _draw_line(line) for key, line in lines.items()}


def _draw_line(items: list[Dated]) -> _Line:
    looking_back: dict[str, list[Dated]] = defaultdict(list)
    for item in items:
        if item.looks_back:
            looking_back[item.position.passage.article].append(item)
    return _Line(sorted(items, key=lambda item: (item.latest, item.earliest, item.position.id)), looking_back)


def _date(position: Position, reading: Reading) -> Dated | None:
    """Bound the day of a position: by its own time if it has one, else by its article's day."""
    for when in (position.when, reading.article):
        if when is not None and when.earliest and when.latest:
            looks_back = when is position.when and _is_past(when.latest, reading.article.latest)
            return Dated(when.earliest, when.latest, position, looks_back)
    return None


def _is_past(day: str, told: str | None) -> bool:
    """Tell whether a day lies so far before the report that it is no news: "in May", and not "on Tuesday"."""
    return told is not None and (date.fromisoformat(told) - date.fromisoformat(day)).days > NEWS


def _find_changes(line: _Line) -> Iterator[tuple[Dated, Dated]]:
    """Yield the best pair for each change of stance of one holder on one issue."""
    best: dict[tuple[str, str, tuple[str, ...]], tuple[Dated, Dated]] = {}
    for after in line.items:
        told_back = [] if after.looks_back else line.looking_back.get(after.position.passage.article, [])
        last = _find_last(line.items, after.earliest, told_back)
        was = {item.position.stance for item in last}
        now = {
            item.position.stance
            for item in line.items
            if item.earliest <= after.latest and after.earliest <= item.latest and item not in last
        }
        if after.position.stance in was:
            continue
        for before in (_find_first_hand(line.items, item) for item in last):
            if before.position.stance in now - {item.position.stance for item in told_back}:
                continue
            if before.position.score * after.position.score < LEAST:
                continue
            key = (before.position.stance, after.position.stance, tuple(item.position.id for item in last))
            if key not in best or _rank((before, after)) > _rank(best[key]):
                best[key] = (before, after)
    yield from best.values()


def _find_last(items: Sequence[Dated], day: str, told_back: Sequence[Dated]) -> list[Dated]:
    """Give what the holder said last before `day`: the statements that no other is certain to have followed."""
    past = [*(item for item in items if item.latest < day), *(item for item in told_back if item.latest >= day)]
    newest = max((item.earliest for item in past), default="")
    return [item for item in past if item.latest >= newest]


def _find_first_hand(items: Sequence[Dated], item: Dated) -> Dated:
    """Give the statement that a look back refers to: the same stance, told in its time by another report."""
    if not item.looks_back:
        return item
    same = (
        other
        for other in items
        if not other.looks_back
        and other.position.stance == item.position.stance
        and item.earliest <= other.latest
        and other.earliest <= item.latest
        and other.position.passage.article != item.position.passage.article
    )
    return max(same, key=lambda other: (other.position.score, other.position.id), default=item)


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
            f"{names.get(first.holder, 'The holder')} on {first.issue}: {_say(before)}, {_say(after)}; "
            f"{moved} than before."
        ),
    )


def _say(item: Dated) -> str:
    return f"{item.position.stance} {_say_days(item)}"


def _say_days(item: Dated) -> str:
    return f"on {item.earliest}" if item.earliest == item.latest else f"between {item.earliest} and {item.latest}"
