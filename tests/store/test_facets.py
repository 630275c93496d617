"""Searching the index on either engine: by relevance, issue, outlet and who is named; counted by traits; hits told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from standoff.records import Record
from standoff.store.database import Store
from standoff.store.index.entries import entries
from standoff.store.index.facets import tally_facets
from standoff.store.index.queries import Query, count_kinds, list_keys
from standoff.store.index.relations import relate_actors, relate_issues
from standoff.store.index.search import find_hits, fold_accents

SAID = ("attributions",)


@pytest.fixture
def store(record: Record, store_url: str, opened: Callable[..., Store]) -> Store:
    kept = opened(store_url)
    kept.save_record(record)
    return kept


def find_ids(store: Store, query: Query) -> set[str]:
    return {key.id for key in store.find_entries(replace(query, limit=1000)).keys}


def test_statements_are_on_the_issues_of_what_rests_on_them(store: Store, record: Record) -> None:
    position = next(item for item in record.positions if item.basis and item.basis.startswith("attribution"))
    assert position.issue in relate_issues(record)[position.basis or ""]
    on = Query(kinds=SAID, on=position.issue)
    expected = {item.id for item in record.attributions if position.issue in relate_issues(record).get(item.id, ())}
    assert find_ids(store, on) == expected
    word = record.attributions[-1].content[0].text.split()[0]
    assert find_ids(store, replace(on, on_words=f'"{word}"')) >= expected | {record.attributions[-1].id}


def test_who_is_named_counts_only_if_asked_for(store: Store, record: Record) -> None:
    named = relate_actors(record)
    actor = Counter(one for listed in named.values() for one in listed).most_common(1)[0][0]
    expected = {id for id, listed in named.items() if actor in listed}
    assert find_ids(store, Query(kinds=SAID, actor=actor, roles=("named",))) == expected
    said = {
        item.id
        for item in record.attributions
        if actor == item.addressee or (item.source and item.source.actor == actor)
    }
    assert find_ids(store, Query(kinds=SAID, actor=actor)) == said


def test_facets_count_what_is_found(store: Store, record: Record) -> None:
    query = Query(kinds=SAID, roles=("source",))
    for narrow in (False, True):
        with store.read() as connection:
            facets = tally_facets(connection, query, narrow=narrow)
        counts = Counter(item.source.actor for item in record.attributions if item.source and item.source.actor)
        assert dict(facets.actors).items() <= counts.items()
        assert facets.actors[0][1] == counts.most_common(1)[0][1]
        assert sum(count for _, count in facets.years) <= len(record.attributions)
        outlets = {article.id: article.outlet for article in record.articles}
        by_outlet = Counter(outlets[item.content[0].article] for item in record.attributions)
        assert dict(facets.outlets) == {outlet: count for outlet, count in by_outlet.items() if outlet}


def test_an_outlet_keeps_its_own(store: Store, record: Record) -> None:
    outlet = next(article.outlet for article in record.articles if article.outlet)
    articles = {article.id for article in record.articles if article.outlet == outlet}
    expected = {item.id for item in record.attributions if item.content[0].article in articles}
    assert find_ids(store, Query(kinds=SAID, outlet=outlet)) == expected


def test_kinds_are_counted_together(store: Store, record: Record) -> None:
    word = record.attributions[0].content[0].text.split()[0]
    with store.read() as connection:
        counts = count_kinds(connection, Query(words=f'"{word}"', kinds=SAID))
    assert counts is not None
    assert counts["attributions"] == store.find_entries(Query(words=f'"{word}"', kinds=SAID)).total


def test_the_best_match_comes_first_and_its_hits_are_told(store: Store, record: Record) -> None:
    item = max(record.attributions, key=lambda item: len(item.content[0].text))
    words = [word for word in item.content[0].text.split() if word.isalpha() and len(word) > 4]
    query = Query(kinds=SAID, words=" or ".join(words), order="relevance", limit=5)
    with store.read() as connection:
        keys = list_keys(connection, query)
        number = connection.execute(select(entries.c.number).where(entries.c.id == item.id)).scalar_one()
        hits = find_hits(connection, " ".join(words[:2]), [number])
    assert item.id in {key.id for key in keys}
    assert {word.casefold() for word in words[:2]} <= {part.casefold() for hit in hits for part in hit.split()}


def test_a_name_is_found_however_it_is_typed(store: Store, record: Record) -> None:
    actor = next(actor for actor in record.actors if not actor.name.isascii())
    found = find_ids(store, Query(kinds=("actors",), words=f'"{actor.name}"'))
    assert actor.id in found
    assert find_ids(store, Query(kinds=("actors",), words=f'"{fold_accents(actor.name)}"')) == found


def test_what_is_sorted_by_day_has_the_undated_last(store: Store) -> None:
    for order, turned in (("oldest", False), ("newest", True)):
        keys = store.find_entries(Query(kinds=SAID, order=order, limit=1000)).keys  # type: ignore[arg-type]
        with store.read() as connection:
            days = {
                row.id: row.day for row in connection.execute(select(entries.c.id, entries.c.day)) if row.id is not None
            }
        listed = [days[key.id] for key in keys]
        dated = [day for day in listed if day]
        assert dated == sorted(dated, reverse=turned)
        assert not any(listed[len(dated) :])
