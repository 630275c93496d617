"""Placing rows: as many as possible stay where they are, and every other finds a place between its neighbours."""

from __future__ import annotations

from itertools import pairwise

import hypothesis.strategies as st
from hypothesis import given

from standoff.store.record.saving import find_stays, place_rows


@given(st.lists(st.integers(1, 30), unique=True), st.sets(st.integers(0, 29)))
def test_what_stays_is_in_order_and_no_more_could(places: list[int], new: set[int]) -> None:
    listed = [None if number in new else place for number, place in enumerate(places)]
    stays = find_stays(listed)
    kept = [place for place, stay in zip(listed, stays, strict=True) if stay]
    assert all(place is not None for place in kept)
    assert all(one < other for one, other in pairwise(place for place in kept if place is not None))
    assert len(kept) == count_longest([place for place in listed if place is not None])


def count_longest(places: list[int]) -> int:
    """Count the longest increasing run the slow way."""
    best: list[int] = []
    for number, place in enumerate(places):
        best.append(1 + max((best[k] for k in range(number) if places[k] < place), default=0))
    return max(best, default=0)


@given(st.lists(st.integers(1, 10**9), unique=True).map(sorted), st.lists(st.integers(0, 40), max_size=40))
def test_every_row_gets_a_place_between_its_neighbours(places: list[int], gaps: list[int]) -> None:
    listed: list[int | None] = list(places)
    for gap in gaps:
        listed.insert(min(gap, len(listed)), None)
    placed = place_rows(listed)
    if placed is not None:
        assert all(one < other for one, other in pairwise(placed))
        assert all(place in (None, at) for place, at in zip(listed, placed, strict=True))


def test_no_room_between_two_neighbours_is_said() -> None:
    assert place_rows([1, None, 2]) is None
    assert place_rows([1, None, 3]) == [1, 2, 3]
