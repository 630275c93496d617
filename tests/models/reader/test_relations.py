"""The shipped network for relations tells what a marked source does to a marked target, whatever the sentence."""

from __future__ import annotations

import pytest

from standoff.models.reader import RelationReader, load_relation_reader


@pytest.fixture(scope="module")
def reader() -> RelationReader:
    return load_relation_reader()


def find(text: str, words: str | None) -> tuple[int, int] | None:
    return None if words is None else (text.index(words), text.index(words) + len(words))


def name_best(reader: RelationReader, text: str, source: str | None, target: str | None) -> tuple[str, str | None]:
    read = reader.read(text, find(text, source), find(text, target))
    assert sum(read.types.values()) == pytest.approx(1.0)
    best = max(read.types, key=lambda name: read.types[name])
    return best, read.modes[best]


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("Greece", "Turkey", ("ACCUSE", "allege")),
        ("Cyprus", "Turkish envoys", ("AGREE", None)),
    ],
)
def test_the_sides_choose_what_is_asked_for(
    reader: RelationReader, source: str, target: str, told: tuple[str, str | None]
) -> None:
    text = "Greece blamed Turkey for the raid, but Cyprus agreed to meet Turkish envoys."
    assert name_best(reader, text, source, target) == told


def test_a_side_may_be_unknown(reader: RelationReader) -> None:
    assert name_best(reader, "The dockers went on strike for higher wages.", "The dockers", None)[0] == "PROTEST"


def test_of_an_endless_sentence_the_first_part_counts(reader: RelationReader) -> None:
    text = "Chad shelled Sudan" + ", and the port was shut" * 400 + "."
    assert name_best(reader, text, "Chad", "Sudan")[0] == "ASSAULT"


def test_nothing_to_read_is_said(reader: RelationReader) -> None:
    with pytest.raises(ValueError, match="no word"):
        reader.read(" \n", None, None)
