"""The index: what is asked for is found, and a part is a whole record of less."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from standoff.errors import ConfigError
from standoff.records import Record, count_kinds
from standoff.store.database import Store
from standoff.store.index.queries import Key, Query


@pytest.fixture
def store(record: Record, store_url: str, opened: Callable[..., Store]) -> Store:
    kept = opened(store_url)
    kept.save_record(record)
    return kept


def test_a_part_of_everything_is_the_record(store: Store, record: Record) -> None:
    kinds = [kind for kind in count_kinds(record) if kind != "failures"]
    keys = [key for kind in kinds for key in store.find_entries(Query(kinds=(kind,), limit=10_000)).keys]
    assert store.load_part(keys) == record


def test_a_part_holds_what_its_entries_refer_to(store: Store, record: Record) -> None:
    position = record.positions[0]
    part = store.load_part([Key("positions", position.id)])
    assert part.positions == (position,)
    assert position.holder in {actor.id for actor in part.actors}
    assert position.passage.article in {article.id for article in part.articles}


def test_saving_again_changes_no_row(store: Store, record: Record) -> None:
    before = store.find_entries(Query(limit=10_000))
    store.save_record(record)
    assert store.find_entries(Query(limit=10_000)) == before


def test_words_are_found_in_any_inflection_and_not_where_they_are_refused(store: Store, record: Record) -> None:
    item = next(item for item in record.attributions if len(item.content[0].text.split()) > 3)
    first, second, third = item.content[0].text.split()[:3]
    assert Key("attributions", item.id) in store.find_entries(Query(words=f'"{first} {second} {third}"')).keys
    assert Key("attributions", item.id) not in store.find_entries(Query(words=f"{second} -{third}")).keys
    assert store.find_entries(Query(words=f"nosuchword or {second}")).total > 0


@pytest.mark.parametrize("asked", ["", "   ", "-", '""', "* ( ) ^ :"])
def test_a_search_without_a_word_is_refused_in_one_sentence(store: Store, asked: str) -> None:
    with pytest.raises(ConfigError, match="no word to search for"):
        store.find_entries(Query(words=asked))


@pytest.mark.parametrize(
    "asked", ["a AND OR NOT b", 'x" OR "1', "NEAR(a b)", "col:value", "'; DROP TABLE entries; --", "a*b*"]
)
def test_what_looks_like_an_operator_is_a_word(store: Store, asked: str) -> None:
    assert store.find_entries(Query(words=asked)).total >= 0


def test_entries_are_asked_for_by_actor_role_issue_and_day(store: Store, record: Record) -> None:
    position = record.positions[0]
    stands = Query(kinds=("positions",), actor=position.holder, roles=("holder",), issue=position.issue)
    assert Key("positions", position.id) in store.find_entries(stands).keys
    counted = store.tally_entries(Query(kinds=("positions",)), ("issue",))
    assert sum(counted.values()) == len(record.positions)


def test_everything_is_counted_by_its_actors(store: Store) -> None:
    counted = store.tally_entries(Query(), ("actor",))
    busiest = next(iter(counted))[0]
    assert counted[(busiest,)] == store.find_entries(Query(actor=busiest, limit=1)).total


def test_much_at_once_is_counted_at_once(
    record: Record, store_url: str, opened: Callable[..., Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standoff.store.index.indexing.TELLING", 100)
    kept = opened(store_url)
    kept.save_record(record)
    if kept.engine.dialect.name == "postgresql":
        with kept.read() as connection:
            known = connection.execute(text("SELECT reltuples FROM pg_class WHERE relname = 'entries'")).scalar_one()
        assert known == kept.find_entries(Query(limit=1)).total
