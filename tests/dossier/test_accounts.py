"""An account is made of an actor's own words alone, chosen for what they say and put in order of time."""

from __future__ import annotations

from typing import Any

from builders import cut, make_actor, make_article, make_attribution, make_position, make_when

from standoff.dossier.accounts import QUOTATIONS, present_accounts
from standoff.dossier.catalogue import Catalogue
from standoff.records import Attribution, Position, Record

SAYINGS = (
    "We will never sell the harbour to anybody.",
    "The weather has been kind to us this week.",
    "A sale would ruin every family in this town.",
    "We will never sell the harbour to anybody, ever.",
    "I shall talk if the tender is stopped first.",
    "My father worked here for forty years.",
    "Nobody asked the dockers what they wanted.",
)
TEXT = "\n".join(f"“{words}” she said." for words in SAYINGS)


def say(words: str, **fields: Any) -> Attribution:
    known = {"id": words, "by": "ada_ito", "within": TEXT, "directness": "direct"}
    return make_attribution(words, **{**known, **fields})


def stand(words: str, stance: Any) -> Position:
    return make_position(holder="ada_ito", issue="sale", stance=stance, passage=cut(words, within=TEXT), basis=words)


def account(said: list[Attribution], positions: list[Position] | None = None) -> tuple[list[str], int]:
    """Give the words of the one account of a record, and how many it leaves out; nothing where there is none."""
    record = Record(
        articles=(make_article(text=TEXT, day="2031-05-01"),),
        actors=(make_actor("Ada Ito"), make_actor("Ben Oke")),
        attributions=tuple(said),
        positions=tuple(positions or ()),
    )
    found = present_accounts(Catalogue(record), {})
    return ([one.text for one in found[0].quotations], found[0].left_out) if found else ([], 0)


def test_stances_and_what_is_unlike_them_are_chosen_before_small_talk() -> None:
    said = [say(words) for words in SAYINGS]
    positions = [stand(SAYINGS[0], "against"), stand(SAYINGS[2], "against"), stand(SAYINGS[4], "conditional")]
    words, left_out = account(said, positions)
    assert len(words) == QUOTATIONS
    assert left_out == len(SAYINGS) - QUOTATIONS
    assert {SAYINGS[0], SAYINGS[2], SAYINGS[4]} <= set(words)
    assert SAYINGS[3] not in words
    assert words == sorted(words, key=SAYINGS.index)


def test_quotations_stand_in_order_of_time_and_a_setting_is_given_once() -> None:
    late = make_when("2031-04-01")
    said = [say(SAYINGS[0], when=make_when("2031-04-09")), say(SAYINGS[2], when=late), say(SAYINGS[4], when=late)]
    record = Record(articles=(make_article(text=TEXT),), actors=(make_actor("Ada Ito"),), attributions=tuple(said))
    (found,) = present_accounts(Catalogue(record), {})
    assert [(one.date, one.repeats) for one in found.quotations] == [
        ("1 April 2031", False),
        ("1 April 2031", True),
        ("9 April 2031", False),
    ]


def test_only_own_words_count() -> None:
    paraphrased = [say(words, directness="indirect") for words in SAYINGS[:3]]
    inside = [say(words, inside="other") for words in SAYINGS[3:5]]
    assert account([*paraphrased, *inside]) == ([], 0)
    assert account([say(SAYINGS[0])]) == ([], 0)


def test_a_fragment_is_left_out_and_a_whole_sentence_within_a_report_is_not() -> None:
    text = "He called it “a plain farce of a vote”. It was late: “Nobody will sign this paper,” he went on."
    article = make_article(text=text)
    said = [
        make_attribution(words, by="ada_ito", within=text, directness="mixed", id=words)
        for words in ("it “a plain farce of a vote”", "It was late: “Nobody will sign this paper,”")
    ]
    more = make_attribution("Nobody will sign this paper", by="ada_ito", within=text, directness="direct", id="x")
    record = Record(articles=(article,), actors=(make_actor("Ada Ito"),), attributions=(*said, more))
    assert present_accounts(Catalogue(record), {}) == ()  # the second sentence is the same words
