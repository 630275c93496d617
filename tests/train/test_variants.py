"""Rows in other words keep their form: words of one kind for one another, sides for sides; nothing is known of them."""

from __future__ import annotations

import numpy as np
import pytest
from tokenizers import Tokenizer

pytest.importorskip("torch", reason="training needs standoff[train]")

from standoff.models.reader.pieces import SOURCE, TARGET
from standoff.train.event_examples import EventExample
from standoff.train.variants import vary_rows

ROWS = [
    {"marked_sentence": "<s>Mali</s> praised <t>the old guild</t> in June."},
    {"marked_sentence": "<t>Omar</t> was blamed by <s>Chad</s> in May."},
]
NAMES = {"mali", "theoldguild", "omar", "chad"}


def spell(example: EventExample, tokenizer: Tokenizer, side: int) -> str:
    pieces = (tokenizer.id_to_token(number) for number in example.ids[example.sides == side])
    return "".join(piece.removeprefix("##") for piece in pieces)


def test_rows_are_said_in_other_words(tokenizer: Tokenizer) -> None:
    lessons = vary_rows(ROWS, tokenizer, times=40, chance=np.random.default_rng(3))
    examples = [example for lesson in lessons for example in lesson.pairs]
    assert len(examples) == 80
    for example in examples:
        assert {spell(example, tokenizer, side) for side in (SOURCE, TARGET)} <= NAMES
        assert (example.types < 0).all()
        assert not example.pair.any()
    first = examples[::2]
    assert {spell(example, tokenizer, SOURCE) for example in first} == NAMES
    endings = {spell(example, tokenizer, 0).removesuffix(".[SEP]")[-3:] for example in first}
    assert endings > {"une", "may"}  # of "June", "May" and other names


def test_chance_alone_decides(tokenizer: Tokenizer) -> None:
    first, again = (vary_rows(ROWS, tokenizer, times=3, chance=np.random.default_rng(3)) for _ in range(2))
    assert [lesson.pairs[0].ids.tolist() for lesson in first] == [lesson.pairs[0].ids.tolist() for lesson in again]
