"""Pairs as a judge of contradictions learns them: framed, padded, and split by dispute."""

from __future__ import annotations

import pathlib

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

torch = pytest.importorskip("torch", reason="training needs standoff[train]")

from standoff.evaluate.pairs import Side, read_pairs  # noqa: E402
from standoff.train.pairs import frame_pair, pad_pairs, say_apart, split_disputes  # noqa: E402

PAIRS = sorted((pathlib.Path(__file__).resolve().parents[2] / "data" / "pairs").glob("*.toml"))
WORDS = ["[UNK]", "Ada", "Ito", "the", "report", ":", "gate", "is", "open", "shut", "same", "next", "day"]


@pytest.fixture
def tokenizer() -> Tokenizer:
    made = Tokenizer(models.WordPiece({word: number for number, word in enumerate(WORDS)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def test_a_pair_is_framed_with_its_sources_and_how_far_apart_its_days_are(tokenizer: Tokenizer) -> None:
    left = Side("the gate is open", source="Ada Ito", day="2031-03-01")
    ids, sides = frame_pair(left, Side("the gate is shut", day="2031-03-02"), tokenizer)
    shown = [WORDS[number] if number < len(WORDS) else "|" for number in ids]
    assert " ".join(shown) == "| Ada Ito : the gate is open | the report : the gate is shut | next day |"
    assert " ".join(shown[at] for at, side in enumerate(sides) if side == 2) == "the report : the gate is shut"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2031-03-01", "same day"),
        ("2031-02-28", "next day"),
        ("2031-03-09", "days later"),
        ("2032-03-09", "much later"),
    ],
)
def test_days_apart_are_told_in_words(day: str, words: str) -> None:
    assert say_apart(Side("a", day="2031-03-01"), Side("b", day=day)) == words


def test_shorter_pairs_are_filled_up_with_what_is_on_no_side() -> None:
    ids, sides = pad_pairs([([1, 2, 3], [0, 1, 0]), ([4], [0])])
    assert ids.tolist() == [[1, 2, 3], [4, 0, 0]]
    assert sides.tolist() == [[0, 1, 0], [0, -1, -1]]


def test_no_dispute_is_learnt_from_and_kept_out() -> None:
    pairs = read_pairs(PAIRS)
    for fold in range(5):
        learnt, kept = split_disputes(pairs, fold)
        assert len(learnt) + len(kept) == len(pairs)
        assert not {pair.dispute for pair in learnt} & {pair.dispute for pair in kept}
        assert len(kept) > 100
