"""The teacher sees places as T5 does, and reads texts in windows in which nothing is marked yet."""

from __future__ import annotations

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

torch = pytest.importorskip("torch", reason="training needs standoff[train]")

from standoff.train.distil import cut_passages  # noqa: E402
from standoff.train.encoders import BUCKETS, place_relative  # noqa: E402
from standoff.train.position_examples import SHIPPED  # noqa: E402


def test_places_near_are_told_apart_and_far_ones_share_buckets() -> None:
    buckets = place_relative(300)
    assert buckets[10, 10] == 0
    assert buckets[10, 9] == 1, "one back"
    assert buckets[9, 10] == BUCKETS // 2 + 1, "one ahead"
    assert buckets[200, 20] == buckets[250, 20]
    assert 0 <= int(buckets.min()) < int(buckets.max()) < BUCKETS


def test_a_text_is_cut_into_windows_whose_words_are_all_there() -> None:
    pieces = ["[UNK]", "[CLS]", "[SEP]", "the", "talks", "failed", "."]
    tokenizer = Tokenizer(models.WordPiece({piece: at for at, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    found = list(cut_passages(["the talks failed. " * 12, ""], tokenizer, size=20))
    assert len(found) > 1
    assert all(len(passage.ids) <= 20 and passage.ids[0] == 1 and passage.ids[-1] == 2 for passage in found)
    assert sum(len(passage.words) for passage in found) == 48
    assert all(set(passage.homes) == {SHIPPED} and not passage.taken for passage in found)
