"""Find where a holder's stance on an issue has changed.

A shift needs two days that are in order for certain: the last day of the one statement comes before the first of the
other, or one report tells both and dates the one back ("in May she had asked for talks"). A stance reported late keeps
its own time, and the report that told it first hand stands for it, if there is one. A repetition is no shift, nor is
what others say of the holder, nor a stance that is told to be of some earlier time without saying of which.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from standoff.codebooks import load_codebook
from standoff.records import Actor, Attribution, Position, Reading, Shift, make_id
from standoff.resolve.vouching import are_one_side, find_tellers, name_sides

NEWS = 7  # days that a report looks back to tell what is new
LEAST = 0.25  # the product of two scores below which a change is more likely to be a misreading than a change of mind
FOLDED = 0.8  # what a change counts for that shows only between two who speak for one side
BEFORE = 30  # characters before the words of a stance in which its tense is looked for
EARLIER = re.compile(r"\b(?:had|once|previously|earlier|formerly|used to)\b(?:\s+\w+){0,2}\s*$", re.I)
QUOTED_EARLIER = re.compile(r"\b(?:had|have|has|[’']ve)\b(?:\s+\w+){0,2}\s*$", re.I)
DONE_EARLIER = re.compile(r"\bhad\s+(?:\w+\s+){0,2}?\w+", re.I)
MOVES = {
    ("for", "against"): "has turned against it",
    ("against", "for"): "has come round to it",
    ("for", "conditional"): "now sets a condition",
    ("conditional", "for"): "drops the condition",
    ("against", "conditional"): "no longer refuses, but sets a condition",
    ("conditional", "against"): "now refuses on any condition",
}
WARMTH = {"for": 2, "conditional": 1, "against": 0}


class Dated(NamedTuple):
    """A position with the first and last day on which it can have been taken."""

    earliest: str
    latest: str
    position: Position
    looks_back: bool  # the report gives the stance a time of its own, before the news


class _Line:
    """The dated positions of one holder or side on one issue, so sorted that those around a day are found at once."""

    def __init__(self, items: Iterable[Dated]) -> None:
        self.items = sorted(items, key=lambda item: (item.latest, item.earliest, item.position.id))
        self.ends = [item.latest for item in self.items]
        self.newest = list(accumulate((item.earliest for item in self.items), max))
        self.by_start = sorted(self.items, key=lambda item: (item.earliest, item.latest, item.position.id))
        self.starts = [item.earliest for item in self.by_start]
        self.open_until = list(accumulate((item.latest for item in self.by_start), max))
        self.looking_back: dict[str, list[Dated]] = defaultdict(list)
        for item in self.items:
            if item.looks_back:
                self.looking_back[item.position.passage.article].append(item)

    def find_last(self, day: str, told_back: Sequence[Dated]) -> list[Dated]:
        """Give what was said last before `day`: the statements that no other is certain to have followed."""
        count = bisect_left(self.ends, day)
        back = [item for item in told_back if item.latest >= day]
        newest = max([*self.newest[max(0, count - 1) : count], *(item.earliest for item in back)], default="")
        return [*self.items[bisect_left(self.ends, newest) : count], *(item for item in back if item.latest >= newest)]

    def find_around(self, item: Dated) -> Iterator[Dated]:
        """Yield the statements whose days may be those of `item`, itself among them."""
        for place in range(bisect_right(self.starts, item.latest) - 1, -1, -1):
            if self.open_until[place] < item.earliest:
                break
            if self.by_start[place].latest >= item.earliest:
                yield self.by_start[place]


class _Change(NamedTuple):
    """Two dated positions that show one change, whose it is, and how sure it is."""

    score: float
    side: str
    holder: str
    before: Dated
    after: Dated


def find_shifts(readings: Sequence[Reading], *, actors: Sequence[Actor]) -> list[Shift]:
    """Give the changes of stance between a holder's dated positions, in order of time.

    A holder may have several stances at one time; there is a change only where a stance is new and an earlier one is
    gone. A country and all who speak for it, or a body and its officers, count as one side: a change that shows for
    several of them is listed once, with the surest words; and where each of them alone said too little, the side has
    changed if all spoke with one voice before, and with another after. Being undecided is no side to move from or to.
    """
    names = {actor.id: actor.name for actor in actors}
    sides, company = name_sides(actors), _list_company(readings)
    dated = _gather(readings, actors)
    changes = [
        *_list_changes(dated, {item.position.id: item.position.holder for item in dated}, sides, factor=1.0),
        *_list_changes(dated, {item.position.id: sides[item.position.holder] for item in dated}, sides, factor=FOLDED),
    ]
    changes = [change for change in changes if change.score >= LEAST and _is_one_dispute(change, sides, company)]
    kept = _choose(changes)
    kept.sort(key=lambda change: (change.after.earliest, change.after.position.id, change.before.position.id))
    return [_make_shift(change, names=names) for change in kept]


def _gather(readings: Sequence[Reading], actors: Sequence[Actor]) -> list[Dated]:
    """Date the positions that holders take themselves, those without a side to move from or to left out."""
    tellers, known = find_tellers(readings), {actor.id: actor for actor in actors}
    found = []
    for reading in readings:
        said = {item.id: item for item in reading.attributions}
        for position in reading.positions:
            if position.stance not in WARMTH or position.holder not in known:
                continue
            dated = _date(position, reading, said.get(position.basis or ""))
            if dated is not None and are_one_side(tellers.get(position.id, position.holder), position.holder, known):
                found.append(dated)
    return found


def _date(position: Position, reading: Reading, basis: Attribution | None) -> Dated | None:
    """Bound the day of a position: by its own time if it has one, else by its article's day if it is of the news."""
    when = position.when
    if when is not None and when.earliest and when.latest:
        return Dated(when.earliest, when.latest, position, _is_past(when.latest, reading.article.latest))
    day = reading.article
    if day.earliest and day.latest and not _is_earlier(position, reading.article.text, basis):
        return Dated(day.earliest, day.latest, position, looks_back=False)
    return None


def _is_earlier(position: Position, text: str, basis: Attribution | None) -> bool:
    """Tell whether a stance is told to be of an earlier time: "had asked for talks", "I have said that I would not"."""
    if basis is None:
        return DONE_EARLIER.search(position.passage.text) is not None
    start = basis.cue.start if basis.cue else position.passage.start
    pattern = EARLIER if basis.inside is None else QUOTED_EARLIER
    return pattern.search(text[max(0, start - BEFORE) : start]) is not None


def _is_past(day: str, told: str | None) -> bool:
    """Tell whether a day lies so far before the report that it is no news: "in May", and not "on Tuesday"."""
    return told is not None and (date.fromisoformat(told) - date.fromisoformat(day)).days > NEWS


def _list_changes(
    dated: Iterable[Dated], owners: Mapping[str, str], sides: Mapping[str, str], *, factor: float
) -> Iterator[_Change]:
    """Yield the changes of each owner on each issue; those of a side only where it speaks with one voice."""
    lines: dict[tuple[str, str], list[Dated]] = defaultdict(list)
    for item in dated:
        lines[owners[item.position.id], item.position.issue].append(item)
    for (owner, _), items in sorted(lines.items()):
        for before, after in _find_changes(_Line(items), of_side=factor < 1):
            side = sides[after.position.holder]
            score = round(factor * before.position.score * after.position.score, 3)
            yield _Change(score, side, owner, before, after)


def _find_changes(line: _Line, *, of_side: bool) -> Iterator[tuple[Dated, Dated]]:
    """Yield the best pair for each change of stance of one holder, or of one side, on one issue."""
    best: dict[tuple[str, str, tuple[str, ...]], tuple[Dated, Dated]] = {}
    for after in line.items:
        told_back = [] if after.looks_back else line.looking_back.get(after.position.passage.article, [])
        last = line.find_last(after.earliest, told_back)
        past = {item.position.id for item in last}
        was = {item.position.stance for item in last}
        now = {item.position.stance for item in line.find_around(after) if item.position.id not in past}
        if after.position.stance in was or (of_side and max(len(was), len(now)) > 1):
            continue
        for before in (_find_first_hand(line, item) for item in last):
            if before.position.stance in now - {item.position.stance for item in told_back}:
                continue
            key = (before.position.stance, after.position.stance, tuple(item.position.id for item in last))
            if key not in best or _rank((before, after)) > _rank(best[key]):
                best[key] = (before, after)
    yield from best.values()


def _find_first_hand(line: _Line, item: Dated) -> Dated:
    """Give the statement that a look back refers to: the same stance, told in its time by another report."""
    if not item.looks_back:
        return item
    same = (
        other
        for other in line.find_around(item)
        if not other.looks_back
        and other.position.stance == item.position.stance
        and other.position.passage.article != item.position.passage.article
    )
    return max(same, key=lambda other: (other.position.score, other.position.id), default=item)


def _rank(pair: tuple[Dated, Dated]) -> tuple[float, str, str]:
    before, after = (item.position for item in pair)
    return before.score * after.score, before.id, after.id


def _list_company(readings: Iterable[Reading]) -> dict[str, frozenset[str]]:
    """Give the actors that each article mentions."""
    return {reading.article.id: frozenset(item.actor for item in reading.mentions) for reading in readings}


def _is_one_dispute(change: _Change, sides: Mapping[str, str], company: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether two stances are of one dispute: their reports name a third side in common, and one to be met.

    Wanting talks with the one and none with the other is no change of mind, unless a report names both.
    """
    ends = (change.before.position, change.after.position)
    first, second = ({sides.get(actor) for actor in company.get(item.passage.article, ())} for item in ends)
    met = [sides.get(item.toward) for item in ends if item.toward]
    if len(met) == len(ends) and met[0] not in {met[1], *second} and met[1] not in first:
        return False
    others = first - {change.side}, second - {change.side}
    return not all(others) or bool(others[0] & others[1])


def _choose(changes: Iterable[_Change]) -> list[_Change]:
    """Keep, of the changes of one side from one stance to another at one time, the surest."""
    kept: dict[tuple[str, str, str, str], list[_Change]] = defaultdict(list)
    for change in sorted(changes, key=lambda item: (-item.score, item.before.position.id, item.after.position.id)):
        first, second = change.before.position, change.after.position
        line = kept[change.side, first.issue, first.stance, second.stance]
        if not any(_overlap(change, other) for other in line):
            line.append(change)
    return [change for line in kept.values() for change in line]


def _overlap(one: _Change, other: _Change) -> bool:
    """Tell whether the time between one change's two days is also between the other's."""
    return one.before.earliest <= other.after.latest and other.before.earliest <= one.after.latest


def _make_shift(change: _Change, *, names: Mapping[str, str]) -> Shift:
    first, second = change.before.position, change.after.position
    own = first.holder == second.holder
    holder = first.holder if own else change.holder
    return Shift(
        id=make_id("shift", first.id, second.id),
        holder=holder,
        issue=first.issue,
        before=first.id,
        after=second.id,
        score=change.score,
        why=(
            f"{names.get(holder, 'The holder')} on {first.issue}: {_say(change.before, names, own=own)}, "
            f"{_say(change.after, names, own=own)}; {_say_move(first, second)}."
        ),
    )


def _say(item: Dated, names: Mapping[str, str], *, own: bool) -> str:
    who = "" if own else f" ({names.get(item.position.holder, 'unnamed')})"
    days = f"on {item.earliest}" if item.earliest == item.latest else f"between {item.earliest} and {item.latest}"
    return f"{item.position.stance} {days}{who}"


def _say_move(before: Position, after: Position) -> str:
    """Say what has changed and, where the codebook knows which way is softer, whether it is softer or harder."""
    move = MOVES[before.stance, after.stance]
    settings = load_codebook("contrasts").settings
    warmer = WARMTH[after.stance] > WARMTH[before.stance]
    if before.issue in settings["softer_for"]:
        return f"{move} ({'softer' if warmer else 'harder'} than before)"
    if before.issue in settings["softer_against"]:
        return f"{move} ({'harder' if warmer else 'softer'} than before)"
    return move
