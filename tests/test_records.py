"""The record: its passages, its ids, its JSON and its schema."""

from __future__ import annotations

import json
import pathlib

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import SourceError
from standoff.evaluate.record import find_passages
from standoff.records import (
    Article,
    Record,
    count_kinds,
    cut_passage,
    describe_schema,
    make_id,
    read_record,
)


def make_article(text: str) -> Article:
    return Article(id="a", source="a.txt", text=text)


@given(text=st.text(), start=st.integers(0, 50), length=st.integers(0, 50))
def test_a_passage_is_the_slice_of_its_article(text: str, start: int, length: int) -> None:
    article = make_article(text)
    passage = cut_passage(article, start, start + length)
    assert passage.text == passage.text.strip()
    assert article.text[passage.start : passage.end] == passage.text


def test_ids_depend_on_their_parts_alone() -> None:
    assert make_id("event", "a", 1, 2) == make_id("event", "a", 1, 2)
    assert make_id("event", "a", 1, 2) != make_id("event", "a", 12)
    assert make_id("event", "a", 1) != make_id("mention", "a", 1)


def test_every_passage_of_the_examples_is_a_slice(record: Record) -> None:
    texts = {article.id: article.text for article in record.articles}
    passages = list(find_passages(record))
    assert len(passages) > 100
    assert all(texts[item.article][item.start : item.end] == item.text for item in passages)


def test_no_kind_of_the_examples_is_empty_but_failures(record: Record) -> None:
    counts = count_kinds(record)
    assert counts.pop("failures") == 0, record.failures
    assert [kind for kind, count in counts.items() if count == 0] == []


def test_ids_are_unique_and_references_hold(record: Record) -> None:
    kinds = (record.attributions, record.events, record.positions)
    every = [item.id for kind in (record.actors, record.mentions, *kinds, record.happenings) for item in kind]
    assert len(every) == len(set(every))
    actors = {actor.id for actor in record.actors}
    attributions = {item.id for item in record.attributions}
    events = {item.id for item in record.events}
    positions = {item.id for item in record.positions}
    assert {mention.actor for mention in record.mentions} <= actors
    assert {item.inside for item in record.attributions if item.inside} <= attributions
    assert {event.asserted_by for event in record.events if event.asserted_by} <= attributions
    assert {actor for event in record.events for actor in (*event.actors, *event.recipients)} <= actors
    assert {item.basis for item in record.positions if item.basis} <= attributions | events
    assert {item.holder for item in record.positions} <= actors
    assert {key for item in record.happenings for key in item.events} <= events
    assert {key for shift in record.shifts for key in (shift.before, shift.after)} <= positions
    assert {key for item in record.conflicts for key in (item.left, item.right)} <= attributions | events | positions


def test_the_json_is_valid_by_the_schema_and_comes_back(record: Record, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "record.json"
    text = record.to_json(path)
    jsonschema.validate(json.loads(text), describe_schema())
    assert read_record(path) == record
    assert read_record(path).to_json() == text


def test_the_schema_that_ships_is_the_one_of_the_dataclasses() -> None:
    import standoff

    shipped = json.loads((pathlib.Path(standoff.__file__).parent / "record.schema.json").read_text(encoding="utf-8"))
    shipped.pop("$schema")
    assert shipped == describe_schema(), "run: make docs"


def test_said_by_finds_a_speaker_by_any_name(record: Record) -> None:
    said = record.said_by("Marta Olivera")
    assert said
    assert said == record.said_by("marta olivera")
    assert record.said_by("Nobody At All") == ()


def test_frames_hold_a_row_per_entry(record: Record) -> None:
    frames = record.to_frames()
    assert {kind: len(frame) for kind, frame in frames.items()} == count_kinds(record)
    assert "passage.start" in frames["mentions"].columns


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "is not a standoff.record/1 record"), ('{"articles": [{"id": 3}]}', "at articles.0"), ("[]", "at the top")],
)
def test_what_is_no_record_is_refused_in_a_sentence(content: str, said: str, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=said):
        read_record(path)


def test_a_record_that_is_not_there_is_named(tmp_path: pathlib.Path) -> None:
    with pytest.raises(SourceError, match=r"missing\.json: No such file"):
        read_record(tmp_path / "missing.json")
