"""Conflicts: which passages are laid side by side, which are not, and how many a person is asked to look at."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from builders import (
    cut,
    make_actor,
    make_article,
    make_attribution,
    make_event,
    make_happening,
    make_position,
    make_reading,
)

from standoff.records import Conflict, Mention, Reading, Stance
from standoff.resolve.conflicts import find_conflicts

ITO, BEN = make_actor("Ada Ito"), make_actor("Ben Moor")
NORWAY = make_actor("Norway", kind="country", country="NOR")
ENVOY = make_actor("Kari Dahl", country="NOR", sectors=("GOV",))
ACTORS = [ITO, BEN, NORWAY, ENVOY]


def conflicts_of(*readings: Reading, **fields: Any) -> list[Conflict]:
    settings: dict[str, Any] = {"actors": ACTORS, "happenings": [], "copies": {}}
    return find_conflicts(readings, **{**settings, **fields})


def read_two(text: str, left: str, right: str, *, about: str = "") -> Reading:
    """Build an article in which Ada Ito says `left` and Ben Moor says `right`, both naming `about`."""
    mentions = tuple(
        Mention(id=f"m{match.start()}", passage=cut(about, start=match.start()), actor="norway")
        for match in re.finditer(re.escape(about), text)
        if about
    )
    return make_reading(
        make_article(text=text),
        mentions=mentions,
        attributions=(
            make_attribution(left, by="ada_ito", within=text),
            make_attribution(right, by="ben_moor", within=text),
        ),
    )


def test_a_report_that_sets_two_speakers_against_each_other() -> None:
    text = "Ada Ito said the envoy would land on Sunday, but Ben Moor said the visit was not settled."
    (found,) = conflicts_of(read_two(text, "the envoy would land on Sunday", "the visit was not settled"))
    assert found.kind == "between-sources"
    assert "with “but”" in found.why
    assert "“not”" in found.why


def test_two_speakers_in_turn_are_no_conflict() -> None:
    text = "Ada Ito said the envoy would land on Sunday. Ben Moor said the visit was settled."
    assert conflicts_of(read_two(text, "the envoy would land on Sunday", "the visit was settled")) == []


def test_like_words_of_which_one_denies() -> None:
    text = (
        "Ada Ito said Norway shipped rockets to the rebels. Later Ben Moor said Norway never shipped rockets anywhere."
    )
    reading = read_two(
        text, "Norway shipped rockets to the rebels", "Norway never shipped rockets anywhere", about="Norway"
    )
    (found,) = conflicts_of(reading)
    assert found.kind == "contested"
    assert "rockets" in found.why
    assert "“never”" in found.why


def test_like_words_that_agree_are_no_conflict() -> None:
    text = "Ada Ito said Norway never sold rockets. Later Ben Moor said Norway never shipped rockets anywhere."
    reading = read_two(text, "Norway never sold rockets", "Norway never shipped rockets anywhere", about="Norway")
    assert conflicts_of(reading) == []


def test_two_holders_on_opposite_sides_are_listed_once() -> None:
    positions = (
        make_position("talks now", holder="ada_ito", stance="for"),
        make_position("talks soon", holder="ada_ito", stance="for", score=0.5),
        make_position("no talks", holder="ben_moor", stance="against"),
    )
    (found,) = conflicts_of(make_reading(positions=positions))
    assert (found.kind, found.issue) == ("between-sources", "negotiation")
    assert "Ada Ito is for on negotiation (“talks now”)" in found.why


def test_a_claim_about_a_holder_is_held_against_the_holders_side() -> None:
    claim = make_attribution("Norway had not called for talks", by="ada_ito")
    told = make_position("Norway had not called", holder="norway", stance="neutral", basis=claim.id, score=0.5)
    own = make_position("Dahl proposed talks", holder="kari_dahl", stance="for")
    (found,) = conflicts_of(make_reading(attributions=(claim,), positions=(told, own)))
    assert found.kind == "contested"
    assert found.why.startswith("Ada Ito tells the stance of Norway on negotiation as neutral")


def test_an_envoys_word_on_the_own_country_is_no_claim_of_another() -> None:
    claim = make_attribution("Norway wants no talks", by="kari_dahl")
    told = make_position("Norway wants no talks", holder="norway", stance="against", basis=claim.id)
    own = make_position("Norway called for aid talks", holder="norway", stance="conditional")
    assert conflicts_of(make_reading(attributions=(claim,), positions=(told, own))) == []


def test_reports_that_differ_in_number_and_extent() -> None:
    texts = {"a": "The court banned 118 members for five years.", "b": "All 120 members were banned completely."}
    events = [make_event(text.rstrip("."), kind="COERCE", article=name, within=text) for name, text in texts.items()]
    readings = [
        make_reading(make_article(name, text=texts[name]), events=(event,))
        for name, event in zip(texts, events, strict=True)
    ]
    found = conflicts_of(*readings, happenings=[make_happening("The ban", events=events)])
    assert [item.kind for item in found] == ["between-articles"]
    assert "118 members, against 120 members" in found[0].why
    assert "says “All”" in found[0].why
    copied = conflicts_of(*readings, happenings=[make_happening("The ban", events=events)], copies={"b": "a"})
    assert copied == []


def test_the_list_is_bounded_sorted_and_the_same_in_any_order() -> None:
    sides: list[tuple[str, Stance]] = [("ada_ito", "for"), ("ben_moor", "against"), ("norway", "against")]
    issues = ("aid", "trade", "election", "pardon", "protest", "sanctions")
    text = ". ".join(f"{holder} on {issue}" for issue in issues for holder, _ in sides)
    readings = [
        make_reading(
            make_article(name, text=text),
            positions=tuple(
                make_position(
                    f"{holder} on {issue}", holder=holder, issue=issue, stance=stance, article=name, within=text
                )
                for issue in issues
                for holder, stance in sides
            ),
        )
        for name in ("a", "b")
    ]
    found = conflicts_of(*readings)
    assert len(found) == 10
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert found == conflicts_of(*reversed(readings))


def test_what_one_gives_as_settled_and_another_leaves_open() -> None:
    text = "Ada Ito said Norway would pay regardless. Ben Moor said the plan of Norway might change."
    (found,) = conflicts_of(
        read_two(text, "Norway would pay regardless", "the plan of Norway might change", about="Norway")
    )
    assert found.why.startswith(
        "Of Norway, Ada Ito gives as settled (“regardless”) what Ben Moor leaves open (“might”)"
    )


def test_one_pair_of_passages_is_listed_once_whatever_records_stand_there() -> None:
    text = (
        "Ada Ito said Norway shipped rockets to the rebels. Later Ben Moor said Norway never shipped rockets anywhere."
    )
    reading = read_two(
        text, "Norway shipped rockets to the rebels", "Norway never shipped rockets anywhere", about="Norway"
    )
    twin = make_attribution("Norway never shipped rockets anywhere", by="kari_dahl", within=text)
    assert len(conflicts_of(replace(reading, attributions=(*reading.attributions, twin)))) == 1


def test_nothing_gives_nothing() -> None:
    assert conflicts_of() == []
    assert conflicts_of(make_reading()) == []
