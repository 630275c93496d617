"""What is counted for pictures, on both engines: stances by day and teller, deeds by pair and month."""

from __future__ import annotations

import pytest

from standoff.records import Attribution, Event, Record
from standoff.store.database import Store
from standoff.store.index.dealings import Direction, find_deeds, find_words, rank_pairs, tally_dealings
from standoff.store.index.entries import sign_index
from standoff.store.index.queries import Query
from standoff.store.index.tallies import Stand, count_outlets, find_span, tally_stands
from tests.builders import (
    cut,
    make_actor,
    make_article,
    make_attribution,
    make_event,
    make_happening,
    make_position,
    make_when,
)

ITO, GUILD, LIND = make_actor("Ito"), make_actor("Guild", kind="organisation"), make_actor("Lind")
ARTICLES = (make_article("a1", day="2024-03-01", outlet="Post"), make_article("a2", day="2024-03-02", outlet="Post"))


def did(
    text: str, by: str, to: str, *, kind: str = "ACCUSE", day: str | None = "2024-03-01", **fields: object
) -> Event:
    when = make_when(day) if day else make_when("2024-03-30", "2024-04-02")
    return make_event(text, kind=kind, actors=(by,), recipients=(to,), when=when, **fields)


@pytest.fixture
def deeds(store: Store) -> Store:
    """Give a store in which two reports tell of one deed, one of them twice of another."""
    told = (did("no talks", "ito", "guild"), did("there would be", "ito", "guild", article="a2"))
    events = (
        *told,
        did("Ada", "ito", "guild", kind="CONSULT"),
        did("Ito", "ito", "guild", kind="CONSULT"),
        did("guild", "guild", "ito", kind="PROTEST", day=None),
        did("Monday", "guild", "lind", status="negated"),
        did("said", "lind", "lind"),
    )
    happening = make_happening(events=told)
    store.save_record(Record(articles=ARTICLES, actors=(ITO, GUILD, LIND), events=events, happenings=(happening,)))
    return store


def test_counts_a_deed_once_however_often_it_is_told(deeds: Store) -> None:
    with deeds.read() as connection:
        found = tally_dealings(connection)
    assert [(item.actor, item.recipient, item.type, item.month, item.deeds) for item in found if item.month] == [
        ("ito", "guild", "ACCUSE", "2024-03", 1),
        ("ito", "guild", "CONSULT", "2024-03", 1),
    ]
    assert [(item.type, item.deeds) for item in found if item.month is None] == [("PROTEST", 1)]


def test_counts_only_the_pairs_asked_for(deeds: Store) -> None:
    with deeds.read() as connection:
        assert tally_dealings(connection, pairs=[("guild", "ito")]) == tally_dealings(connection)
        assert tally_dealings(connection, pairs=[("guild", "lind")]) == []
        (refused,) = tally_dealings(connection, pairs=[("guild", "lind")], statuses=["negated"])
    assert refused.deeds == 1


def test_ranks_pairs_by_their_deeds_both_ways(deeds: Store) -> None:
    with deeds.read() as connection:
        assert rank_pairs(connection) == ([("guild", "ito", 3)], 1)
        assert rank_pairs(connection, actor="ito") == ([("guild", "ito", 3)], 1)
        assert rank_pairs(connection, actor="lind") == ([], 0)
        assert rank_pairs(connection, offset=5) == ([], 1)


@pytest.mark.parametrize(("direction", "count"), [("both", 5), ("to", 4), ("from", 1)])
def test_finds_the_tellings_of_what_one_did_to_the_other(deeds: Store, direction: Direction, count: int) -> None:
    with deeds.read() as connection:
        keys, total = find_deeds(connection, "ito", "guild", direction=direction, limit=2)
        assert (len(keys), total) == (min(count, 2), count)
        assert find_deeds(connection, "ito", "guild", type="CONSULT", since="2024-03-01", limit=9)[1] == 2
        assert find_deeds(connection, "ito", "guild", until="2024-02-01", limit=9)[1] == 0
        assert find_deeds(connection, "guild", "lind", status="actual", limit=9)[1] == 0


def test_finds_what_either_said_to_the_other(store: Store) -> None:
    said = (
        make_attribution("no talks", by="ito", addressee="guild"),
        make_attribution("talks", by="guild", addressee="ito"),
        make_attribution("Monday", by="lind", addressee="ito"),
    )
    store.save_record(Record(articles=ARTICLES, actors=(ITO, GUILD, LIND), attributions=said))
    with store.read() as connection:
        keys, total = find_words(connection, "ito", "guild", limit=9)
    assert total == 2
    assert {key.id for key in keys} == {said[0].id, said[1].id}


def tell(by: str, *, inside: str | None = None) -> Attribution:
    return make_attribution(f"talks {by}", by=by, inside=inside)


def test_counts_stances_with_who_tells_of_them(store: Store) -> None:
    outer = tell("lind")
    own, nested = tell("ito"), make_attribution("no talks", by="ito", inside=outer.id)
    positions = (
        make_position("talks", when=make_when("2024-03-01"), basis=own.id),
        make_position("talk", when=make_when("2024-03-01"), basis=own.id),
        make_position("no talks", stance="against", when=make_when("2024-04-01"), basis=nested.id),
        make_position("Monday", issue="election", basis="event_of_another_kind"),
    )
    store.save_record(
        Record(articles=ARTICLES, actors=(ITO, LIND), attributions=(own, outer, nested), positions=positions)
    )
    with store.read() as connection:
        found = tally_stands(connection, issues=["negotiation"], holders=["ito"])
        assert [(stand.stance, stand.teller, stand.times) for stand in found] == [
            ("for", "ito", 2),
            ("against", "lind", 1),
        ]
        assert [stand.issue for stand in tally_stands(connection, issues=["election"])] == ["election"]
        assert tally_stands(connection, holders=["lind"]) == []
    assert isinstance(found[0], Stand)


def test_tells_the_days_and_outlets_of_the_reports(store: Store) -> None:
    store.save_record(Record(articles=ARTICLES))
    with store.read() as connection:
        assert find_span(connection, "articles") == ("2024-03-01", "2024-03-02")
        assert find_span(connection, "events") == (None, None)
        assert count_outlets(connection) == 1


def test_index_is_signed_by_what_it_holds(store: Store) -> None:
    def sign() -> str | None:
        with store.read() as connection:
            return sign_index(connection)

    first, second = Record(articles=ARTICLES), Record(articles=ARTICLES[:1])
    signed = [sign()]
    for record in (first, second, first):
        store.save_record(record)
        signed.append(sign())
    assert signed[1] == signed[3]
    assert len(set(signed)) == 3


def test_happening_has_the_type_of_most_of_its_deeds(store: Store) -> None:
    events = (did("Ada", "ito", "guild"), did("Ito", "ito", "guild", kind="COERCE"), did("said", "ito", "guild"))
    happening = make_happening(events=events, passages=(cut("Ada"),))
    store.save_record(Record(articles=ARTICLES, actors=(ITO, GUILD), events=events, happenings=(happening,)))
    assert store.find_entries(Query(kinds=("happenings",), type="ACCUSE")).total == 1
    assert store.find_entries(Query(kinds=("happenings",), type="COERCE")).total == 0
