"""What a marked sentence teaches is what its marks say: triggers, parties, and the pairs that an event lies between."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

torch = pytest.importorskip("torch", reason="training needs standoff[train]")

from standoff.evaluate.marked import MarkedSentence, read_marked  # noqa: E402
from standoff.train.batches import UNKNOWN  # noqa: E402
from standoff.train.event_examples import (  # noqa: E402
    SOURCE,
    TARGET,
    draw_lessons,
    join_events,
    list_modes,
    list_pairs,
    list_types,
    make_example,
    make_lesson,
    make_relation,
    pack_sentences,
    read_split,
)

SENTENCE = """
[[sentence]]
text = "<a1>Chad</a1> <e1>freed</e1> <r1>two men</r1> and <a2>Mali</a2> and <a2>Niger</a2> held <e2>talks</e2>."
events = ["RETREAT release actual", "CONSULT - future"]
"""


@pytest.fixture
def tokenizer() -> Tokenizer:
    said = "chad freed two men and mali niger held talks ."
    words = ["[UNK]", "[CLS]", "[SEP]", "[MASK]", *re.findall(r"\S+", said)]
    made = Tokenizer(models.WordPiece({word: number for number, word in enumerate(words)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


@pytest.fixture
def sentence(tmp_path: Path) -> MarkedSentence:
    path = tmp_path / "one.toml"
    path.write_text(SENTENCE, encoding="utf-8")
    (read,) = read_marked(path)
    return read


def test_words_carry_the_types_of_their_events(sentence: MarkedSentence, tokenizer: Tokenizer) -> None:
    example = make_example(sentence, tokenizer)
    assert [list_types()[number] for number in example.types if number] == ["RETREAT", "CONSULT"]
    assert example.triggers == [1, 9]
    assert [list_modes()[number] for number in example.modes] == ["RETREAT/release", ""]
    assert np.flatnonzero(example.recipients[0]).tolist() == [2, 3]
    assert np.flatnonzero(example.actors[1]).tolist() == [5, 7]


def test_with_a_pair_only_the_events_between_it_count(sentence: MarkedSentence, tokenizer: Tokenizer) -> None:
    first, second = sentence.events
    assert len(list_pairs(first)) == 1
    assert len(list_pairs(second)) == 2  # who meet each other stand either way round
    example = make_example(sentence, tokenizer, list_pairs(first)[0])
    assert [list_types()[number] for number in example.types if number] == ["RETREAT"]
    assert [list_types()[number + 1] for number in np.flatnonzero(example.pair)] == ["RETREAT"]
    assert np.flatnonzero(example.sides == SOURCE).tolist() == [1]
    assert np.flatnonzero(example.sides == TARGET).tolist() == [3, 4]


def test_of_ten_sentences_eight_train(tmp_path: Path) -> None:
    (tmp_path / "ten.toml").write_text(SENTENCE * 10, encoding="utf-8")
    files = [tmp_path / "ten.toml"]
    assert [len(read_split(files, split)) for split in ("train", "dev", "test")] == [8, 1, 1]


def test_a_lesson_is_drawn_plain_and_with_one_pair(sentence: MarkedSentence, tokenizer: Tokenizer) -> None:
    chance = np.random.default_rng(1)
    (batch,) = draw_lessons([make_lesson(sentence, tokenizer)], window=64, pieces=100, chance=chance)
    assert sorted(int(example.pair.sum()) for example in batch) == [0, 1]
    joined = join_events(batch, mask=3, hidden=0.0, chance=chance)
    assert joined.ids.shape == (2, 13)
    assert joined.parties.shape == (len(joined.rows), 2, 11)


def test_of_a_relation_only_its_type_is_known(tokenizer: Tokenizer) -> None:
    row = {"marked_sentence": "<s>Chad</s> freed <t>two men</t>.", "gold_root": "YIELD"}
    (example,) = make_relation(row, tokenizer).list_examples()
    assert (example.types == UNKNOWN).all()
    assert [list_types()[number + 1] for number in np.flatnonzero(example.pair)] == ["CONCEDE", "RETREAT"]


def test_sentences_behind_one_another_keep_their_events(sentence: MarkedSentence, tokenizer: Tokenizer) -> None:
    alone = make_example(sentence, tokenizer)
    chance = np.random.default_rng(3)
    passages = pack_sentences([alone] * 6, window=60, chance=chance)
    assert sum(len(passage.triggers) for passage in passages) == 12
    assert all(len(passage.ids) <= 60 for passage in passages)
    longest = max(passages, key=lambda passage: len(passage.ids))
    assert len(longest.words) > 11
    for trigger, mode, actors in zip(longest.triggers, longest.modes, longest.actors, strict=True):
        first = trigger // 11 * 11
        assert longest.types[trigger] == alone.types[trigger - first]
        assert longest.ids[longest.words[trigger]] == alone.ids[alone.words[trigger - first]]
        assert set(np.flatnonzero(actors) // 11) == {trigger // 11}
        assert mode in alone.modes
