"""Word pieces keep every offset, windows touch and are never too large, and kinds show capitals and open marks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from standoff.models.reader.pieces import QUOTES, cut_pieces, cut_windows


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """Build a toy tokenizer of single letters, of the shipped one's make."""
    letters = "abcdefghijklmnopqrstuvwxyz0123456789.,:;!?'\"“”‘’`-"
    vocabulary = {"[UNK]": 0, **{letter: number for number, letter in enumerate(letters, 1)}}
    vocabulary |= {f"##{letter}": 100 + number for number, letter in enumerate(letters)}
    made = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


@settings(deadline=None)
@given(text=st.text(max_size=200), size=st.integers(1, 40), first=st.one_of(st.none(), st.integers(1, 40)))
def test_windows_touch_and_fit(tokenizer: Tokenizer, text: str, size: int, first: int | None) -> None:
    pieces = cut_pieces(text, tokenizer)
    windows = list(cut_windows(pieces, size=size, first=first))
    assert [number for start, stop in windows for number in range(start, stop)] == list(range(len(pieces)))
    assert all(stop - start <= max(size, first or 0) for start, stop in windows)


@settings(deadline=None)
@given(text=st.text(max_size=200))
def test_offsets_are_slices(tokenizer: Tokenizer, text: str) -> None:
    pieces = cut_pieces(text, tokenizer)
    assert np.all(pieces.starts < pieces.ends)
    assert np.all(pieces.ends <= len(text))
    assert np.all(np.diff(pieces.starts) >= 0)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("a “b c” d", [0, 2, 1, 1, 2, 0]),
        ('a "b" c', [0, 2, 1, 2, 0]),
        ("''a'' b", [2, 2, 1, 2, 2, 0]),
        ("a “b\nc", [0, 2, 1, 0]),
        ("a's b", [0, 0, 0, 0]),
    ],
)
def test_kinds_show_open_marks(tokenizer: Tokenizer, text: str, quotes: list[int]) -> None:
    pieces = cut_pieces(text, tokenizer)
    assert (pieces.kinds // 2 % QUOTES).tolist() == quotes


def test_lines_stay_whole_where_they_fit(tokenizer: Tokenizer) -> None:
    pieces = cut_pieces("a b c\nd e\nf g h", tokenizer)
    assert list(cut_windows(pieces, size=6)) == [(0, 5), (5, 8)]
    assert list(cut_windows(pieces, size=4)) == [(0, 3), (3, 5), (5, 8)]


def test_a_long_line_is_cut_after_a_sentence(tokenizer: Tokenizer) -> None:
    pieces = cut_pieces("a b. c d e f", tokenizer)
    assert next(cut_windows(pieces, size=5)) == (0, 3)
