"""Tell which attribution stands inside which, from the characters of cues and contents alone.

Whoever found them, rules or a model that knows nothing of nesting: an attribution whose cue lies within another's
content stands inside that one, and so does one without a cue whose own content lies there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

Span = tuple[int, int]
GAP = 4  # characters between an outer content and the quotation that its last words lead into: a colon and a mark
TRIED = 8  # holders looked at for one attribution, the smallest first: crooked parses may hold one another's cue


class Stretch(NamedTuple):
    """The characters of an attribution: its cue, or None, and its content in one part or several."""

    cue: Span | None
    content: Sequence[Span]


class _Part(NamedTuple):
    """One part of a content. Of parts that hold the same place the smallest comes first, then the one told last."""

    length: int
    order: int
    start: int
    end: int


def find_outer(stretches: Sequence[Stretch]) -> list[int | None]:
    """Give for each attribution the number of the innermost one that it stands inside, or None.

    Two that hold each other's cue, as crooked parses have it, stand the one with less content inside the other; none
    ever stands, at any depth, inside itself. A cue that is only partly within a content counts if its middle is. Every
    content is taken up once and given up once, so the cost hardly grows faster than the text.
    """
    parts = sorted(
        (start, end, number)
        for number, stretch in enumerate(stretches)
        for start, end in stretch.content
        if start < end
    )
    places = sorted((_find_place(stretch), number) for number, stretch in enumerate(stretches) if stretch.content)
    outer: list[int | None] = [None] * len(stretches)
    opened: list[_Part] = []
    at = 0
    for place, number in places:
        while at < len(parts) and parts[at][0] <= place:
            start, end, holder = parts[at]
            heappush(opened, _Part(end - start, -holder, start, end))
            at += 1
        for holder in _list_holders(opened, place):
            if _holds(stretches, holder, number) and not _leads_to(outer, holder, number):
                outer[number] = holder
                break
    return outer


def reach_over(contents: Sequence[list[Span]], outer: Sequence[int | None], text: str) -> None:
    """Let each content end no earlier than what the last words in it lead into: said he had told her: “Go.”

    A content ends before a quotation that stands inside it where whoever found it knew of no marks. Only marks, stops
    and blanks may stand between the two.
    """
    order = sorted(range(len(contents)), key=lambda number: -contents[number][0][0] if contents[number] else 0)
    for number in order:
        holder = outer[number]
        if holder is None or not contents[number] or not contents[holder]:
            continue
        (start, end), (first, last) = contents[holder][-1], contents[number][0]
        near = end <= first <= end + GAP
        if near and not any(letter.isalnum() or letter == "\n" for letter in text[end:first]):
            contents[holder][-1] = (start, contents[number][-1][1] if len(contents[number]) == 1 else last)


def _find_place(stretch: Stretch) -> int:
    """Give the character that must lie within another's content: the middle of the cue, or where the content begins."""
    return stretch.content[0][0] if stretch.cue is None else (stretch.cue[0] + stretch.cue[1] - 1) // 2


def _list_holders(opened: list[_Part], place: int) -> Iterator[int]:
    """Yield who holds a place, the smallest part first, and drop the parts that end before it."""
    kept: list[_Part] = []
    try:
        while opened and len(kept) < TRIED:
            part = heappop(opened)
            if part.end > place:
                kept.append(part)
                yield -part.order
    finally:
        for part in kept:
            heappush(opened, part)


def _holds(stretches: Sequence[Stretch], holder: int, number: int) -> bool:
    """Tell whether one attribution may hold another: one that is its equal, or that it holds more of, may not."""
    mine, other = stretches[number], stretches[holder]
    if holder == number:
        return False
    if mine.cue is None:
        within = all(any(low <= start and end <= high for low, high in other.content) for start, end in mine.content)
        return within and _measure(mine) < _measure(other)
    mutual = other.cue is not None and any(start <= _find_place(other) < end for start, end in mine.content)
    return not mutual or (_measure(mine), -number) < (_measure(other), -holder)


def _measure(stretch: Stretch) -> int:
    return sum(end - start for start, end in stretch.content)


def _leads_to(outer: Sequence[int | None], number: int | None, goal: int) -> bool:
    """Tell whether an attribution stands, at some depth, inside another."""
    while number is not None and number != goal:
        number = outer[number]
    return number is not None
