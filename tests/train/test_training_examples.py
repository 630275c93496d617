"""What a window teaches is what the text says: tags, links and names, and no link out of the window."""

from __future__ import annotations

import re

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from standoff.models.reader.tags import NAME_TAGS, OWN_TAGS, TAGS
from standoff.train.examples import Text, cut_examples, cut_text, draw_batches

TEXT = "Ada Ito said the ferry is safe and warned of fog.\nThe crew agreed: no trip today."


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    words = re.findall(r"\w+|[^\w\s]", TEXT.lower())
    known = dict.fromkeys(["[UNK]", "[CLS]", "[SEP]", "[MASK]", *words])
    made = Tokenizer(models.WordPiece({word: number for number, word in enumerate(known)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


def locate(words: str) -> list[list[int]]:
    return [[TEXT.index(words), TEXT.index(words) + len(words)]]


@pytest.fixture
def text(tokenizer: Tokenizer) -> Text:
    attributions = [
        {"source": locate("Ada Ito"), "cue": locate("said"), "content": locate("the ferry is safe")},
        {"source": locate("Ada Ito"), "cue": locate("warned"), "content": locate("of fog")},
        {"source": [], "cue": locate("agreed"), "content": locate("no trip today")},
    ]
    return cut_text({"text": TEXT, "attributions": attributions}, [(0, 7, "PERSON"), (16, 21, "SHIP")], tokenizer)


def test_one_window_holds_every_link(tokenizer: Tokenizer, text: Text) -> None:
    (example,) = cut_examples(text, tokenizer, size=64)
    assert example.spans == {
        "source": [(0, 2)],
        "cue": [(2, 3), (8, 9), (14, 15)],
        "content": [(3, 7), (9, 11), (16, 19)],
    }
    assert example.cue_of == [0, 1, 2]
    assert example.source_of == [0, 0, None]
    assert [TAGS[number] for number in example.tags[:4]] == ["B-source", "E-source", "S-cue", "B-content"]
    assert [NAME_TAGS[number] for number in example.names[:3]] == ["B-PERSON", "I-PERSON", "O"]
    assert not example.names[3:].any()  # a kind that nobody knows is no name


def test_the_words_of_a_cue_are_its_own(tokenizer: Tokenizer, text: Text) -> None:
    (example,) = cut_examples(text, tokenizer, size=64)
    warned = [OWN_TAGS[number] for number in example.own[1]]
    assert warned[:2] == ["B-source", "E-source"]
    assert warned[9:11] == ["B-content", "E-content"]
    assert set(warned[2:9]) == {"O"}


def test_links_out_of_the_window_are_none(tokenizer: Tokenizer, text: Text) -> None:
    first, second, *_ = cut_examples(text, tokenizer, size=10)
    assert first.cue_of == [0]
    assert second.source_of == [None]


def test_no_span_crosses_a_line(tokenizer: Tokenizer) -> None:
    attribution = {"source": [], "cue": locate("warned"), "content": [[TEXT.index("of fog"), TEXT.index(" agreed")]]}
    text = cut_text({"text": TEXT, "attributions": [attribution]}, [], tokenizer)
    (example,) = cut_examples(text, tokenizer, size=64)
    assert example.spans["content"] == [(9, 12), (12, 14)]
    assert example.cue_of == [0, 0]


def test_batches_hold_every_word_once(tokenizer: Tokenizer, text: Text) -> None:
    batches = draw_batches([text] * 5, tokenizer, window=64, pieces=60, chance=np.random.default_rng(1))
    assert sum(len(example.words) for batch in batches for example in batch) == 5 * 20
    assert all(len(batch) * max(len(example.ids) for example in batch) <= 60 for batch in batches)
