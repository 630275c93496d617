"""The event sentences in data/events read, stand once each, are not those of the gold, and their card counts right."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from standoff.evaluate.marked import MarkedSentence, read_marked
from tests.cards import list_runs, list_words, read_counts

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "data" / "events").glob("*.toml"))
GOLD = ROOT / "tests" / "cases" / "events.toml"
CARD = ROOT / "data" / "events" / "README.md"


@pytest.fixture(scope="module")
def sentences() -> list[MarkedSentence]:
    return [sentence for path in FILES for sentence in read_marked(path)]


def test_every_event_has_its_word(sentences: list[MarkedSentence]) -> None:
    for sentence in sentences:
        for event in sentence.events:
            assert re.search(r"\w", sentence.text[slice(*event.trigger)]), f"{sentence.file} {sentence.number}"


def test_no_two_events_share_a_word(sentences: list[MarkedSentence]) -> None:
    for sentence in sentences:
        triggers = [event.trigger for event in sentence.events]
        assert len(set(triggers)) == len(triggers), f"{sentence.file} {sentence.number}"


def test_no_sentence_stands_twice(sentences: list[MarkedSentence]) -> None:
    assert [text for text, count in Counter(list_words(s.text) for s in sentences).items() if count > 1] == []


def test_no_sentence_is_near_the_gold(sentences: list[MarkedSentence]) -> None:
    gold = set().union(*(list_runs(sentence.text) for sentence in read_marked(GOLD)))
    assert [f"{s.file} {s.number}" for s in sentences if list_runs(s.text) & gold] == []


def test_splits_are_disjoint_and_whole(sentences: list[MarkedSentence]) -> None:
    pytest.importorskip("torch", reason="training needs standoff[train]")
    from standoff.train.event_examples import SPLITS, read_split

    parts = {split: {(s.file, s.number) for s in read_split(FILES, split)} for split in SPLITS}
    assert sum(map(len, parts.values())) == len(set().union(*parts.values())) == len(sentences)


def test_the_card_counts_right(sentences: list[MarkedSentence]) -> None:
    events = [event for sentence in sentences for event in sentence.events]
    files, types = read_counts(CARD, "file"), read_counts(CARD, "type")
    assert {name: int(row[0]) for name, row in files.items() if name != "all"} == Counter(s.file for s in sentences)
    bare = Counter(s.file for s in sentences if not s.events)
    assert {name: int(row[2]) for name, row in files.items() if name != "all"} == bare
    assert {name: int(row[0]) for name, row in types.items() if name != "all"} == Counter(e.type for e in events)
    assert [int(table["all"][0]) for table in (files, types)] == [len(sentences), len(events)]
