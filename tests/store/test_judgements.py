"""Judgements: added, withdrawn by further ones, never changed, and told to be orphaned when their ground has gone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from keeping import CORRECTION, PASSAGE, REJECTION
from sqlalchemy import text

from standoff.errors import StoreError
from standoff.records import Article, Attribution, Mention, Reading, Record
from standoff.store.database import Store

MENTION = Mention(id="mention_1", passage=PASSAGE, actor="actor_1")
SAID = Attribution(
    id="attribution_1", source=None, cue=None, content=(PASSAGE,), directness="direct", score=1.0, made_by="test"
)
READING = Reading(
    article=Article(id="a1", source="one.txt", text="Ada spoke."), mentions=(MENTION,), attributions=(SAID,)
)


@pytest.fixture
def judged(store: Store) -> Store:
    store.add_reading(READING, made_by={})
    store.save_record(Record(articles=(READING.article,), mentions=(MENTION,), attributions=(SAID,)))
    for judgement in (REJECTION, CORRECTION):
        store.add_judgement(judgement)
    return store


def test_judgements_come_back_in_the_order_in_which_they_were_made(judged: Store) -> None:
    assert judged.list_judgements() == (REJECTION, CORRECTION)
    assert judged.list_judgements(kind="mentions", entry="mention_1") == (REJECTION, CORRECTION)
    assert judged.list_judgements(kind="events") == judged.list_judgements(entry="mention_2") == ()


def test_a_pair_is_found_by_either_side(judged: Store) -> None:
    pair = replace(REJECTION, id="j3", kind="actors", entry="actor_1", other="actor_2", verdict="same", rests_on=())
    judged.add_judgement(pair)
    assert judged.list_judgements(entry="actor_1") == judged.list_judgements(entry="actor_2") == (pair,)


def test_the_same_judgement_twice_is_one(judged: Store) -> None:
    judged.add_judgement(REJECTION)
    assert judged.list_judgements() == (REJECTION, CORRECTION)


def test_another_judgement_by_the_same_id_is_refused(judged: Store) -> None:
    with pytest.raises(StoreError, match="another judgement j1"):
        judged.add_judgement(replace(REJECTION, verdict="confirm"))


def test_what_is_withdrawn_holds_no_more_and_is_kept(judged: Store) -> None:
    withdrawal = judged.withdraw_judgement("j1", "Bo Lund", "I was wrong.")
    assert judged.list_judgements() == (CORRECTION,)
    assert judged.list_judgements(open_only=False) == (REJECTION, CORRECTION, withdrawal)
    assert (withdrawal.kind, withdrawal.entry, withdrawal.verdict) == ("judgements", "j1", "withdraw")
    assert (withdrawal.who, withdrawal.why, withdrawal.passage) == ("Bo Lund", "I was wrong.", PASSAGE)


def test_the_first_withdrawal_stands(judged: Store) -> None:
    first = judged.withdraw_judgement("j1", "Bo Lund")
    assert judged.withdraw_judgement("j1", "Cy Moe") == first
    assert len(judged.list_judgements(open_only=False)) == 3


def test_what_is_not_there_or_is_a_withdrawal_cannot_be_withdrawn(judged: Store) -> None:
    with pytest.raises(StoreError, match="no judgement j9"):
        judged.withdraw_judgement("j9", "Bo Lund")
    withdrawal = judged.withdraw_judgement("j1", "Bo Lund")
    with pytest.raises(StoreError, match="cannot be withdrawn; judge the entry anew"):
        judged.withdraw_judgement(withdrawal.id, "Bo Lund")


@pytest.mark.parametrize("deed", ["UPDATE judgements SET why = 'never'", "DELETE FROM judgements"])
def test_the_database_itself_refuses_to_change_a_judgement(judged: Store, deed: str) -> None:
    with pytest.raises(StoreError, match="never changed or removed"), judged.write() as connection:
        connection.execute(text(deed))
    assert judged.list_judgements() == (REJECTION, CORRECTION)


def test_judgements_survive_another_record_and_another_reading(judged: Store) -> None:
    judged.add_reading(replace(READING, mentions=()), made_by={"standoff": "another"})
    judged.save_record(Record())
    assert judged.list_judgements() == (REJECTION, CORRECTION)


def test_a_judgement_is_orphaned_when_what_it_rests_on_is_in_no_reading(judged: Store) -> None:
    assert judged.list_orphans() == ()
    judged.save_record(Record(articles=(READING.article,)))  # rejected: it is in the reading alone
    assert judged.list_orphans() == ()
    judged.add_reading(replace(READING, mentions=()), made_by={})
    assert judged.list_orphans() == (REJECTION, CORRECTION)
    judged.withdraw_judgement("j1", "Bo Lund")
    assert judged.list_orphans() == (CORRECTION,)


def test_what_was_resolved_rests_on_its_grounds_and_not_on_itself(judged: Store) -> None:
    rejected = replace(
        REJECTION, id="j3", kind="conflicts", entry="conflict_1", rests_on=("attribution_1", "mention_1"), passage=None
    )
    judged.add_judgement(rejected)
    assert judged.list_orphans() == ()
    judged.add_reading(replace(READING, mentions=()), made_by={})
    judged.save_record(Record(articles=(READING.article,), attributions=(SAID,)))
    assert rejected in judged.list_orphans()


def test_a_judgement_on_actors_stands_while_any_of_their_mentions_is_left(judged: Store) -> None:
    pair = replace(
        REJECTION,
        id="j3",
        kind="actors",
        entry="actor_1",
        other="actor_2",
        verdict="same",
        rests_on=("mention_1", "gone"),
    )
    judged.add_judgement(pair)
    assert judged.list_orphans() == ()
    judged.add_reading(replace(READING, mentions=()), made_by={})
    judged.save_record(Record(articles=(READING.article,)))
    assert pair in judged.list_orphans()
