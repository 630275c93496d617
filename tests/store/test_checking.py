"""Checking: a sound store has no fault, and each kind of damage is found and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import text

from standoff.records import Article, Judgement, Mention, Passage, Reading, Record
from standoff.store.care.checking import Finding, check_store
from standoff.store.database import Store

ARTICLE = Article(id="a1", source="one.txt", title="Ada speaks", text="Ada spoke.")
MENTION = Mention(id="mention_1", passage=Passage(article="a1", start=0, end=3, text="Ada"), actor="actor_1")


@pytest.fixture
def filled(store: Store) -> Store:
    store.add_reading(Reading(article=ARTICLE, mentions=(MENTION,)), made_by={})
    store.save_record(Record(articles=(ARTICLE,), mentions=(MENTION,)), made_from=store.sign_contents())
    return store


def say(store: Store, *, broken: bool = True) -> list[str]:
    return [finding.sentence for finding in check_store(store) if finding.broken == broken]


def test_a_sound_store_has_no_fault(filled: Store) -> None:
    assert check_store(filled) == []


def test_the_record_of_the_examples_has_no_fault(store: Store, record: Record) -> None:
    store.save_record(record)
    assert say(store) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE readings SET body = '{}'", "The reading of a1 is none"),
        ("UPDATE articles SET text = 'Bo spoke.'", "mention_1 has words that are not those at 0 to 3"),
        ("UPDATE articles SET text = 'Ada speaks.'", "In articles, row a1 was changed by other means"),
        ("DELETE FROM articles", "mention_1 points at article a1, which is not there"),
        ("UPDATE articles SET source = NULL", "An entry of the record is none"),
        ("DELETE FROM entries WHERE kind = 'mentions'", "mentions mention_1 is not as in the record"),
        ("UPDATE entries SET text = 'other' WHERE id = 'a1'", "articles a1 is not as in the record"),
        ("DELETE FROM words", "The search has the words of 0 entries"),
    ],
)
def test_damage_is_found(filled: Store, damage: str, said: str) -> None:
    with filled.write() as connection:
        connection.execute(text(damage))
    assert any(said in sentence for sentence in say(filled)), say(filled)


def test_a_passage_of_a_reading_that_is_no_slice_is_found(filled: Store) -> None:
    wrong = replace(MENTION, passage=replace(MENTION.passage, start=1, end=4))
    filled.add_reading(Reading(article=ARTICLE, mentions=(wrong,)), made_by={})
    assert say(filled) == ["In the reading of a1, mention_1 has words that are not those at 1 to 4."]


def test_of_many_faults_some_are_said_and_the_rest_counted(filled: Store) -> None:
    wrong = [
        replace(MENTION, id=f"mention_{number}", passage=replace(MENTION.passage, start=1, end=4))
        for number in range(20)
    ]
    filled.add_reading(Reading(article=ARTICLE, mentions=tuple(wrong)), made_by={})
    assert len(say(filled)) == 6
    assert say(filled)[-1] == "In the reading of a1, 15 more are like that."


def test_what_its_owner_should_know_is_no_fault(filled: Store) -> None:
    filled.add_judgement(
        Judgement(id="j1", kind="events", entry="event_9", verdict="reject", who="Ada", at="2026-03-01T09:00:00+00:00")
    )
    assert say(filled) == []
    assert say(filled, broken=False) == [
        "1 judgement rests on what is in no reading any more.",
        "The record is older than the readings, judgements or settings.",
    ]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_file_with_a_damaged_page_is_said_to_be_damaged(
    store_url: str, opened: Callable[..., Store], record: Record
) -> None:
    import pathlib

    store = opened(store_url)
    store.save_record(record)
    store.close()
    path = pathlib.Path(store_url)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 9] = b"\xff" * (4096 * 6)
    path.write_bytes(bytes(content))
    try:
        found = check_store(opened(store_url))
    except Exception as error:  # whichever page it meets first
        found = [Finding(str(error))]
    assert any("fault" in finding.sentence or "damaged" in finding.sentence for finding in found)
