"""Hold `find_outer` to what it promises of spans alone: any depth, no circle, and a cost that grows with the text."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from standoff.annotate.attributions import nesting
from standoff.annotate.attributions.nesting import Stretch, find_outer, reach_over

CASES = {
    "one beside the other": ([Stretch((10, 14), [(15, 40)]), Stretch((50, 54), [(55, 80)])], [None, None]),
    "a cue in a content": ([Stretch((10, 14), [(15, 60)]), Stretch((20, 24), [(30, 60)])], [None, 0]),
    "the outer cue last": ([Stretch((10, 14), [(15, 40)]), Stretch((60, 64), [(0, 50)])], [1, None]),
    "told in another order": (
        [Stretch((40, 44), [(45, 90)]), Stretch((20, 24), [(25, 90)]), Stretch((5, 9), [(10, 90)])],
        [1, 2, None],
    ),
    "in the second part of a content": (
        [Stretch((30, 34), [(0, 20), (40, 90)]), Stretch((50, 54), [(55, 90)])],
        [None, 0],
    ),
    "content broken by the outer cue": (
        [Stretch((25, 30), [(0, 20), (40, 90)]), Stretch((10, 14), [(40, 90)])],
        [None, 0],
    ),
    "no cue, within another": ([Stretch((0, 4), [(5, 90)]), Stretch(None, [(20, 60)])], [None, 0]),
    "no cue, partly within": ([Stretch((0, 4), [(5, 50)]), Stretch(None, [(20, 60)])], [None, None]),
    "no cue, the same words": ([Stretch((0, 4), [(5, 90)]), Stretch(None, [(5, 90)])], [None, None]),
    "no cue, in two parts of one": (
        [Stretch((30, 34), [(0, 20), (40, 90)]), Stretch(None, [(2, 9), (50, 60)])],
        [None, 0],
    ),
    "a cue that laps over the edge": ([Stretch((0, 4), [(12, 60)]), Stretch((10, 16), [(20, 60)])], [None, 0]),
    "each holds the other's cue": ([Stretch((0, 4), [(5, 40)]), Stretch((20, 24), [(0, 18), (25, 60)])], [1, None]),
    "nothing but a cue": ([Stretch((0, 4), []), Stretch((10, 14), [(0, 9)])], [None, None]),
    "within its own words": ([Stretch((10, 14), [(0, 40)])], [None]),
}


@pytest.mark.parametrize(("stretches", "outer"), CASES.values(), ids=CASES)
def test_stretch_stands_inside_the_smallest_that_holds_its_cue(
    stretches: list[Stretch], outer: list[int | None]
) -> None:
    assert find_outer(stretches) == outer


def test_circle_of_three_is_broken() -> None:
    ring = [Stretch((0, 4), [(50, 60)]), Stretch((52, 56), [(20, 31)]), Stretch((22, 26), [(0, 12)])]
    outer = find_outer(ring)
    assert outer.count(None) == 1


def test_depth_has_no_bound() -> None:
    deep = [Stretch((10 * n, 10 * n + 4), [(10 * n + 5, 10_000)]) for n in range(300)]
    assert find_outer(deep) == [None, *range(299)]


def test_a_content_reaches_over_the_quotation_that_its_last_words_lead_into() -> None:
    text = "Ada said Bo told Cy: “Go home.” Nobody went."
    quoted = (text.index("Go"), text.index("”"))
    contents = [[(9, text.index(":"))], [quoted], [(text.index("Nobody"), len(text) - 1)]]
    reach_over(contents, [None, 0, 0], text)
    assert contents == [[(9, quoted[1])], [quoted], [(text.index("Nobody"), len(text) - 1)]]


def count_steps(many: int) -> int:
    """Count the calls that it takes to nest `many` times three attributions, one in the other."""
    stretches = []
    for at in range(0, many * 100, 100):
        stretches += [
            Stretch((at, at + 4), [(at + 5, at + 90)]),
            Stretch((at + 20, at + 24), [(at + 25, at + 90)]),
            Stretch(None, [(at + 40, at + 80)]),
        ]
    steps = 0

    def note(frame: Any, event: str, _: object) -> None:
        nonlocal steps
        steps += event == "call" and frame.f_code.co_filename == nesting.__file__

    sys.setprofile(note)
    try:
        outer = find_outer(stretches)
    finally:
        sys.setprofile(None)
    assert outer[-3:] == [None, len(stretches) - 3, len(stretches) - 2]
    return steps


def test_cost_grows_with_the_text() -> None:
    assert count_steps(2000) < 4.5 * count_steps(500)
