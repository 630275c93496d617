"""Odd texts are read without a crash, and a text ten times as long costs some ten times the steps."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

LANDS = "Chad, Mali, Peru, Fiji, Laos, Togo, Oman, Cuba, Iran, Iraq, "
TOLD = "Police arrested 12 dockers in Kisumu on Monday. The minister refused to meet Ruth Odera, she said. "


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 500,
        "\u0001 \u200f \u202e",
        "strike and " * 1000,
        LANDS * 4 + "and Benin condemned Sudan.",
        TOLD.upper() * 5,
        "“We refuse,” said the minister. " * 40,
        "“ “ “ " * 200,
        "😀 👍🏽 police arrested 🚓 him 😡. " * 20,
        "قال الوزير إن الشرطة اعتقلت عشرة متظاهرين في المدينة. " * 10,
        "In in at near, in the in of of in Kisumu.",
    ],
)
def test_an_odd_text_is_read(nlp: Language, text: str) -> None:
    nlp(text)


@pytest.mark.parametrize("part", ["standoff_layout", "standoff_mentions", "standoff_events", "standoff_positions"])
@pytest.mark.parametrize("unit", [TOLD, "“We refuse,” said the minister. "])
def test_steps_grow_with_the_text_and_not_with_its_square(nlp: Language, part: str, unit: str) -> None:
    few, many = (_count_steps(nlp, part, unit * times) for times in (15, 90))
    assert many < 8 * few + 2000


def _count_steps(nlp: Language, part: str, text: str) -> int:
    doc = nlp.make_doc(text)
    for name, component in nlp.pipeline:
        if name != part:
            doc = component(doc)
            continue
        steps = 0

        def step(frame: Any, event: str, arg: Any) -> None:
            nonlocal steps
            steps += 1

        sys.setprofile(step)
        try:
            component(doc)
        finally:
            sys.setprofile(None)
        return steps
    raise AssertionError(part)
