"""Resolving step by step: the same bytes as all at once, and no more work than what was touched."""

from __future__ import annotations

import pathlib
import pickle
from dataclasses import replace

import pytest
from builders import cut, make_actor, make_article, make_attribution, make_event, make_position, make_reading, make_when
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.records import Mention, Reading, make_id
from standoff.resolve.memory import Memory, keep, remembered
from standoff.resolve.to_record import resolve_records
from standoff.workflow import annotate_articles, read_articles

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    articles = read_articles([ROOT / "examples" / "articles"])
    return [item for item in annotate_articles(articles) if isinstance(item, Reading)]


@remembered
def join_names(readings: tuple[Reading, ...], mark: str) -> str:
    return mark.join(reading.article.id for reading in readings)


def test_gives_again_what_was_made_of_the_very_same_things() -> None:
    memory, one, two = Memory(), make_reading(make_article("a1")), make_reading(make_article("a2"))
    for run in range(2):
        with memory.open():
            assert join_names((one, two), "+") == "a1+a2"
            assert join_names((one, two), "-") == "a1-a2"
        assert memory.made["join_names"] == (2 if run == 0 else 0)
    with memory.open():
        join_names((one, make_reading(make_article("a2"))), "+")
    assert memory.made["join_names"] == 1  # equal, but another: it is looked at anew


def test_an_equal_reading_is_taken_for_the_one_of_the_run_before() -> None:
    memory, one = Memory(), make_reading(make_article("a1"))
    with memory.open():
        assert keep("a1", one) is one
    with memory.open():
        assert keep("a1", make_reading(make_article("a1"))) is one
        assert keep("a1", make_reading(make_article("a1", text="Another."))) is not one


def test_forgets_what_a_run_does_not_ask_for() -> None:
    memory, one = Memory(), make_reading(make_article("a1"))
    for names in (("x", "y"), ("x",), ("x", "y")):
        with memory.open():
            for name in names:
                join_names((one,), name)
    assert (memory.made["join_names"], memory.recalled["join_names"]) == (1, 1)


def test_a_run_that_fails_leaves_the_memory_as_it_was() -> None:
    memory, one = Memory(), make_reading(make_article("a1"))
    with memory.open():
        join_names((one,), "x")
    with pytest.raises(ZeroDivisionError), memory.open():
        raise ZeroDivisionError
    with memory.open():
        join_names((one,), "x")
    assert memory.made["join_names"] == 0


def test_refuses_what_can_change() -> None:
    with Memory().open(), pytest.raises(TypeError, match="list can change"):
        join_names([make_reading()], "x")  # type: ignore[arg-type]


def test_without_a_memory_nothing_is_kept() -> None:
    assert join_names((make_reading(make_article("a1")),), "x") == "a1"


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_step_by_step_gives_the_same_bytes_as_all_at_once(readings: list[Reading], data: st.DataObject) -> None:
    order = data.draw(st.permutations(readings))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), max_size=4)))
    memory = Memory()
    for end in (*cuts, len(order)):
        held = order[:end]
        if data.draw(st.booleans()):
            held = pickle.loads(pickle.dumps(held))  # as a store gives them: equal, but other objects
        stepwise = resolve_records(held, memory=memory)
    assert stepwise.to_json() == resolve_records(readings).to_json()


def test_taking_an_article_out_again_leaves_no_trace(readings: list[Reading]) -> None:
    memory = Memory()
    resolve_records(readings, memory=memory)
    assert resolve_records(readings[:-1], memory=memory) == resolve_records(readings[:-1])


def test_a_reading_that_was_made_anew_takes_the_place_of_the_old_one(readings: list[Reading]) -> None:
    memory = Memory()
    resolve_records(readings, memory=memory)
    changed = [replace(readings[0], positions=()), *readings[1:]]
    assert resolve_records(changed, memory=memory) == resolve_records(changed)


def make_dispute(number: int, *, reports: int) -> list[Reading]:
    """Build reports of a dispute between two parties that no other dispute has, and a country that all have."""
    text = f"The Guild{number} fined the Board{number} on Monday. Ada Ito{number} said no talks were held with Chad."
    made = []
    for report in range(reports):
        name = f"d{number}r{report}"
        day = f"2024-{1 + number % 9:02}-{1 + report % 28:02}"
        article = make_article(name, text=text, published=day, day=None)
        guild, board, ito, chad = (make_id("actor", name, at) for at in range(4))
        actors = (
            replace(make_actor(f"Guild{number} Union", kind="organisation"), id=guild),
            replace(make_actor(f"Board{number} Trust", kind="organisation"), id=board),
            replace(make_actor(f"Ada Ito{number}"), id=ito),
            replace(make_actor("Chad", kind="country", country="TCD"), id=chad),
        )
        named = (
            (f"The Guild{number}", guild),
            (f"the Board{number}", board),
            (f"Ada Ito{number}", ito),
            ("Chad", chad),
        )
        said = make_attribution("no talks were held with Chad", by=ito, article=name, within=text)
        fined = make_event(
            f"The Guild{number} fined the Board{number}",
            kind="SANCTION", actors=(guild,), recipients=(board,), article=name, within=text, when=make_when(day),
        )  # fmt: skip
        against = make_position("no talks", holder=ito, stance="against", article=name, within=text, basis=said.id)
        mentions = tuple(
            Mention(id=make_id("mention", name, actor), passage=cut(words, article=name, within=text), actor=actor)
            for words, actor in named
        )
        made.append(
            make_reading(
                article, actors=actors, mentions=mentions, attributions=(said,), events=(fined,), positions=(against,)
            )
        )
    return made


@pytest.mark.parametrize("added", [0, 41, 99, 159])
def test_one_article_more_makes_anew_no_more_than_its_own_dispute_has(added: int) -> None:
    disputes = [make_dispute(number, reports=4) for number in range(40)]
    readings = [reading for dispute in disputes for reading in dispute]
    alone, memory = Memory(), Memory()
    resolve_records(disputes[added // 4], memory=alone)
    resolve_records(readings[:added] + readings[added + 1 :], memory=memory)
    whole = sum(memory.made.values())
    resolve_records(readings, memory=memory)
    assert sum(memory.made.values()) <= sum(alone.made.values()) < whole / 30
    assert memory.made["_rename_reading"] <= 4
