"""What lies around a report or an actor, on both engines."""

from __future__ import annotations

import pytest

from standoff.records import Failure, Judgement, Mention, Record
from standoff.store.database import Store
from standoff.store.index.around import (
    find_heirs,
    list_companions,
    list_failures,
    list_mentions,
    list_names,
    list_weights,
    tally_articles,
    tally_roles,
)
from standoff.store.index.queries import Key, Query
from tests.builders import cut, make_actor, make_article, make_event, make_happening

ITO = make_actor("Ito", country="JPN", sectors=("GOV",))
GUILD = make_actor("Guild", kind="organisation", country="JPN", sectors=("LAB", "BUS"))
ARTICLES = tuple(
    make_article(name, day=f"2024-03-0{number}") for number, name in enumerate(("a1", "a2", "a3"), start=1)
)


def mention(text: str, actor: str, *, article: str = "a1", start: int = 0) -> Mention:
    return Mention(
        id=f"mention_{article}_{start}_{actor}", passage=cut(text, article=article, start=start), actor=actor
    )


MET = make_event("met", recipients=("guild",), article="a1")
MET_TOO = make_event("met again", recipients=("guild",), article="a2")
MENTIONS = (
    mention("Ito", "ito"),
    mention("Ito", "ito", start=20),
    mention("Ito", "ito", article="a2"),
    mention("the minister", "ito", article="a2", start=30),
    mention("Guild", "guild", article="a3"),
)


@pytest.fixture
def dispute(store: Store) -> Store:
    """Give a store in which two of three reports tell of one meeting."""
    store.save_record(
        Record(
            articles=ARTICLES,
            actors=(ITO, GUILD),
            mentions=MENTIONS,
            events=(MET, MET_TOO),
            happenings=(make_happening(events=(MET, MET_TOO)),),
            failures=(Failure(source="a1.txt", stage="events", reason="it broke off."),),
        )
    )
    return store


def test_companions_share_a_happening(dispute: Store) -> None:
    with dispute.read() as connection:
        assert list_companions(connection, "a1") == ("a2",)
        assert list_companions(connection, "a3") == ()


def test_failures_are_those_of_the_source(dispute: Store) -> None:
    with dispute.read() as connection:
        assert [failure.stage for failure in list_failures(connection, "a1.txt")] == ["events"]
        assert list_failures(connection, "a2.txt") == ()


def test_entries_are_counted_by_article_and_by_role(dispute: Store) -> None:
    with dispute.read() as connection:
        counts = tally_articles(connection, ["a1", "a3"])
        assert counts == {("a1", "articles"): 1, ("a1", "events"): 1, ("a1", "mentions"): 2,
                          ("a1", "happenings"): 1, ("a3", "articles"): 1, ("a3", "mentions"): 1}  # fmt: skip
        assert tally_roles(connection, "guild")["events", "recipient"] == 2
        assert tally_articles(connection, []) == {}


def test_names_are_counted_with_their_first_place(dispute: Store) -> None:
    with dispute.read() as connection:
        first, second = list_names(connection, "ito")
        assert list_mentions(connection, "guild") == {MENTIONS[-1].id}
    assert (first.text, first.times, first.articles, first.article, first.start) == ("Ito", 3, 2, "a1", 0)
    assert (second.text, second.times) == ("the minister", 1)


def test_an_actor_is_as_prominent_as_it_is_often_named_and_acts(dispute: Store) -> None:
    with dispute.read() as connection:
        assert list_weights(connection, ["ito", "guild"]) == {"ito": 6, "guild": 3}
    best = dispute.find_entries(Query(kinds=("actors",), order="best")).keys
    assert best == (Key("actors", "ito"), Key("actors", "guild"))


def test_actors_are_asked_for_by_country_and_sector(dispute: Store) -> None:
    def ask(**asked: str) -> set[str]:
        return {key.id for key in dispute.find_entries(Query(kinds=("actors",), **asked)).keys}

    assert ask(country="JPN") == {"ito", "guild"}
    assert ask(country="JPN", sector="LAB") == {"guild"}
    assert ask(country="URY") == set()
    assert dispute.tally_entries(Query(kinds=("actors",)), ("sector",)) == {("BUS",): 1, ("GOV",): 1, ("LAB",): 1}


def test_entries_are_asked_for_between_characters_of_an_article(dispute: Store) -> None:
    def ask(start: int, end: int) -> int:
        return dispute.find_entries(Query(kinds=("mentions",), articles=("a1",), between=(start, end))).total

    assert (ask(0, 100), ask(0, 3), ask(3, 20), ask(22, 23)) == (2, 1, 0, 1)


def judge(*places: str) -> Judgement:
    return Judgement(
        id="judgement_1",
        kind="actors",
        entry="gone",
        verdict="same",
        fields={"places": {"entry": list(places[:1]), "other": list(places[1:])}},
        who="ada",
        at="2024-03-05T00:00:00+00:00",
    )


def test_heirs_are_who_is_named_now_where_the_judgement_says(dispute: Store) -> None:
    with dispute.read() as connection:
        assert find_heirs(connection, [judge("a1:0-3", "a2:0-3")]) == ("ito",)
        assert find_heirs(connection, [judge("a3:0-5", "a1:0-3")]) == ("guild", "ito")
        assert find_heirs(connection, [judge("a1:1-2")]) == ()
        assert find_heirs(connection, []) == ()
