"""Conflicts: which passages are laid side by side, which are not, and how many a person is asked to look at."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
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

from standoff.records import Conflict, Mention, Reading, Role, Stance
from standoff.resolve.conflicts import find_conflicts, neighbours, turns, verdicts
from standoff.resolve.conflicts.judge import Claim, Judgement, judge_pair
from standoff.resolve.conflicts.statements import Statement, Words
from standoff.resolve.happenings.differences import compare_tellings

ITO, BEN = make_actor("Ada Ito"), make_actor("Ben Moor")
NORWAY = make_actor("Norway", kind="country", country="NOR")
ENVOY = make_actor("Kari Dahl", country="NOR", sectors=("GOV",))
ACTORS = [ITO, BEN, NORWAY, ENVOY]
MILL = "Ada Ito denied she would sell the mill. Ben Moor had written of a buyer in Bergen."


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
    assert found.why == (
        "Ada Ito said “the envoy would land on Sunday”; the report turns (“but”) to Ben Moor, who said "
        "“the visit was not settled”: the second denies (“not”)."
    )


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
    assert found.why.endswith("the second denies “shipped”.")


def test_like_words_that_agree_are_no_conflict() -> None:
    text = "Ada Ito said Norway never sold rockets. Later Ben Moor said Norway never shipped rockets anywhere."
    reading = read_two(text, "Norway never sold rockets", "Norway never shipped rockets anywhere", about="Norway")
    assert conflicts_of(reading) == []


def read_stances(*taken: tuple[str, str, Stance], article: str = "a") -> Reading:
    """Build an article in which holders say where they stand: words, holder, stance."""
    text = ". ".join(words for words, _, _ in taken)
    said = [make_attribution(words, by=holder, article=article, within=text) for words, holder, _ in taken]
    positions = tuple(
        make_position(words, holder=holder, stance=stance, article=article, within=text, basis=item.id)
        for (words, holder, stance), item in zip(taken, said, strict=True)
    )
    return make_reading(make_article(article, text=text), attributions=tuple(said), positions=positions)


def test_two_holders_on_opposite_sides_are_listed_once_and_last() -> None:
    reading = read_stances(
        ("talks now", "ada_ito", "for"), ("talks soon", "ada_ito", "for"), ("parley later", "ben_moor", "against")
    )
    (found,) = conflicts_of(reading)
    assert (found.kind, found.issue) == ("between-sources", "negotiation")
    assert found.why.startswith("They want opposite things, whatever the facts: ")
    assert found.score < 0.4


def test_deeds_alone_set_nobody_against_anybody() -> None:
    positions = (
        make_position("talks now", holder="ada_ito", stance="for"),
        make_position("no talks", holder="ben_moor", stance="against"),
    )
    assert conflicts_of(make_reading(positions=positions)) == []


def test_a_claim_about_a_holder_is_held_against_the_holders_side() -> None:
    claim = make_attribution("Norway had not called for talks", by="ada_ito")
    told = make_position("Norway had not called", holder="norway", stance="neutral", basis=claim.id, score=0.5)
    own = make_position("Dahl proposed talks", holder="kari_dahl", stance="for")
    (found,) = conflicts_of(make_reading(attributions=(claim,), positions=(told, own)))
    assert found.kind == "contested"
    assert found.why == (
        "Ada Ito tells that Norway is neutral on negotiation (“Norway had not called”); "
        "Kari Dahl is for elsewhere (“Dahl proposed talks”)."
    )


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
    differences = compare_tellings(events, texts=texts, origins={})
    found = conflicts_of(*readings, happenings=[make_happening("The ban", events=events, differences=differences)])
    assert [item.kind for item in found] == ["between-articles"]
    assert "“118 members”, against “120 members”" in found[0].why
    assert "against “All”" in found[0].why
    assert compare_tellings(events, texts=texts, origins={"a": "a", "b": "a"}) == ()


def test_the_list_is_bounded_sorted_and_the_same_in_any_order() -> None:
    things = ("bridges", "harbours", "rockets", "schools", "tunnels", "wells", "farms", "mills")
    readings = [
        told_in_turn(
            *(
                pair
                for thing in things
                for pair in (
                    ("Ada Ito said", f"the {thing} of {name} burned", "ada_ito"),
                    ("But Ben Moor said", f"no {thing} of {name} burned", "ben_moor"),
                )
            ),
            name=name,
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
    assert found.why.startswith("Of Norway, Ada Ito gave as settled (“regardless”) what Ben Moor left open (“might”)")


def test_one_pair_of_passages_is_listed_once_whatever_records_stand_there() -> None:
    text = (
        "Ada Ito said Norway shipped rockets to the rebels. Later Ben Moor said Norway never shipped rockets anywhere."
    )
    reading = read_two(
        text, "Norway shipped rockets to the rebels", "Norway never shipped rockets anywhere", about="Norway"
    )
    twin = make_attribution("Norway never shipped rockets anywhere", by="kari_dahl", within=text)
    assert len(conflicts_of(replace(reading, attributions=(*reading.attributions, twin)))) == 1


def told_in_turn(*said: tuple[str, str, str], name: str = "a", **fields: Any) -> Reading:
    """Build an article of sentences (words before, statement, speaker), one after another."""
    text = " ".join(f"{before} {words}." for before, words, _ in said)
    attributions = tuple(
        make_attribution(words, by=speaker, article=name, within=text, **fields) for _, words, speaker in said
    )
    return make_reading(make_article(name, text=text), attributions=attributions)


def test_a_turn_goes_against_the_one_that_it_fits_and_not_just_the_last() -> None:
    reading = told_in_turn(
        ("Ada Ito said", "the dam breached no treaty on the river", "ada_ito"),
        ("Kari Dahl said", "the harvest would be good", "kari_dahl"),
        ("Ben Moor, however, claimed", "the dam broke a treaty of 1974", "ben_moor"),
    )
    found = [item for item in conflicts_of(reading) if "however" in item.why]
    assert [item.why.split(" said")[0] for item in found] == ["Ada Ito"]


@pytest.mark.parametrize(
    ("words", "count"), [("rejected by the owners. Ada Ito said", 0), ("so Ada Ito countered by saying", 1)]
)
def test_who_is_named_as_turning_something_down_is_nobody_who_speaks_next(words: str, count: int) -> None:
    reading = told_in_turn(
        ("Ben Moor brought up", "a truce on the river", "ben_moor"),
        (f"That idea was {words}", "the envoy will land on Sunday", "ada_ito"),
    )
    assert len(conflicts_of(reading)) == count


def test_who_is_spoken_of_is_who_is_contradicted() -> None:
    text = (
        "Ada Ito said she needed no loan. Kari Dahl said the bank was open. "
        "Ben Moor, however, said Ada Ito begged for money."
    )
    at = text.rindex("Ada Ito")
    reading = make_reading(
        make_article(text=text),
        mentions=(Mention(id="m", passage=cut("Ada Ito", start=at), actor="ada_ito"),),
        attributions=(
            make_attribution("she needed no loan", by="ada_ito", within=text),
            make_attribution("the bank was open", by="kari_dahl", within=text),
            make_attribution("Ada Ito begged for money", by="ben_moor", within=text),
        ),
    )
    (found,) = conflicts_of(reading)
    assert found.left == reading.attributions[0].id


def test_an_answer_goes_against_the_last_word_whatever_else_was_denied() -> None:
    reading = told_in_turn(
        ("Ada Ito said", "no field would stay dry", "ada_ito"),
        ("Kari Dahl called", "the plan a bridge to nowhere", "kari_dahl"),
        ("On the contrary, Ben Moor said,", "it was the boldest work in years", "ben_moor"),
    )
    (found,) = conflicts_of(reading)
    assert found.left == reading.attributions[1].id


def test_another_account_is_held_sentence_by_sentence_against_the_first() -> None:
    reading = told_in_turn(
        ("Ada Ito said", "nine men were arrested", "ada_ito"),
        ("She said", "officers had used no clubs", "ada_ito"),
        ("Ben Moor gave another account:", "forty villagers were taken away", "ben_moor"),
        ("He said", "clubs had rained on them", "ben_moor"),
    )
    found = {(item.left, item.right) for item in conflicts_of(reading)}
    said = [item.id for item in reading.attributions]
    assert {(said[0], said[2]), (said[1], said[3])} <= found


def test_what_was_reported_before_stands_against_its_denial() -> None:
    reading = make_reading(
        make_article(text=MILL),
        attributions=(
            make_attribution("she would sell the mill", by="ada_ito", act="deny", cue="denied", within=MILL),
            make_attribution("a buyer in Bergen", by="ben_moor", cue="written", within=MILL),
        ),
    )
    (found,) = conflicts_of(reading)
    assert found.why.startswith("Ada Ito denied “she would sell the mill”; the report turns (“denied”) to Ben Moor")


def test_a_body_and_whoever_speaks_for_it_do_not_contradict_each_other() -> None:
    union = make_actor("Rail Union", kind="organisation")
    chair = replace(make_actor("Ada Ito"), roles=(Role(title="chairwoman", organisation="Rail Union"),))
    reading = told_in_turn(
        ("Ada Ito said", "there was money for the wages", "ada_ito"),
        ("But the Rail Union said", "there was no money for the wages", "rail_union"),
    )
    assert conflicts_of(reading, actors=[union, chair]) == []
    assert conflicts_of(reading, actors=[union, make_actor("Ada Ito")])


def test_the_report_that_tells_a_speakers_deed_does_not_deny_the_speaker() -> None:
    text = "Ada Ito turned down the loan of the river bank. Ada Ito said she needed no loan of the river bank."
    reading = make_reading(
        make_article(text=text),
        mentions=tuple(
            Mention(id=f"m{match.start()}", passage=cut("Ada Ito", start=match.start()), actor="ada_ito")
            for match in re.finditer("Ada Ito", text)
        ),
        events=(make_event("Ada Ito turned down the loan of the river bank", kind="REJECT", within=text),),
        attributions=(make_attribution("she needed no loan of the river bank", by="ada_ito", within=text),),
    )
    assert conflicts_of(reading) == []


def test_a_statement_that_retells_another_is_not_its_speakers_claim() -> None:
    text = "Ada Ito said: He wrote “never sign the treaty”. But Ben Moor said they would sign the treaty."
    outer = make_attribution("He wrote “never sign the treaty”", by="ada_ito", within=text)
    inner = make_attribution("never sign the treaty", by="kari_dahl", within=text)
    reading = make_reading(
        make_article(text=text),
        attributions=(
            outer,
            replace(inner, inside=outer.id),
            make_attribution("they would sign the treaty", by="ben_moor", within=text),
        ),
    )
    assert conflicts_of(reading) == []


def test_a_verdict_on_what_was_ruled_is_held_against_the_ruling() -> None:
    text = "The court ruled the money was stolen. Kari Dahl said the sky was blue. Ada Ito called the ruling a farce."
    reading = make_reading(
        make_article(text=text),
        attributions=(
            make_attribution("the money was stolen", by="ben_moor", within=text, cue="ruled"),
            make_attribution("the sky was blue", by="kari_dahl", within=text),
            make_attribution("the ruling a farce", by="ada_ito", within=text, cue="called"),
        ),
    )
    (found,) = conflicts_of(reading)
    assert {found.left, found.right} == {reading.attributions[0].id, reading.attributions[2].id}


def test_a_headline_that_says_the_same_is_not_listed_again() -> None:
    text = (
        "Moor: the levy is a toll on the river road. Ada Ito said the levy is a bill. "
        "Ben Moor called the levy a toll on the river road."
    )
    reading = make_reading(
        make_article(text=text),
        attributions=(
            make_attribution("the levy is a toll on the river road", by="ben_moor", within=text, cue="called"),
            make_attribution("the levy is a bill", by="ada_ito", within=text),
            make_attribution("the levy a toll on the river road", by="ben_moor", within=text, cue="called"),
        ),
    )
    assert len(conflicts_of(reading)) == 1


def test_two_counts_of_people_need_not_be_of_the_same_people() -> None:
    reading = told_in_turn(
        ("Ada Ito said", "the bridge had killed 16 people in June", "ada_ito"),
        ("Ben Moor said", "some 200 people waited with flowers", "ben_moor"),
    )
    assert conflicts_of(reading) == []


def test_two_sources_count_the_same_things_differently() -> None:
    reading = told_in_turn(
        ("Ada Ito said", "there were 26 lorries on the pass", "ada_ito"),
        ("Ben Moor said", "at least forty-two lorries stood there", "ben_moor"),
    )
    (found,) = conflicts_of(reading)
    assert found.why == "Ada Ito counted 26 lorries, Ben Moor forty-two lorries."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("some 40 lorries", "forty lorries"),
        ("more than thirty lorries", "50 lorries"),
        ("two days on the pass", "nine days on the pass"),
        ("12 lorries", "the other three lorries"),
        ("two lorries", "five tankers"),
        ("a cost of $30 tolls", "a cost of $40 tolls"),
    ],
)
def test_numbers_that_go_together(one: str, other: str) -> None:
    reading = told_in_turn(("Ada Ito saw", one, "ada_ito"), ("Ben Moor saw", other, "ben_moor"))
    assert conflicts_of(reading) == []


def test_reports_that_count_differently_share_more_than_the_noun() -> None:
    texts = {
        "a": "Troops stopped 12 lorries at the northern pass.",
        "b": "Troops stopped thirty lorries at the northern pass.",
        "c": "Farmers sold 90 lorries.",
    }
    readings = [
        make_reading(
            make_article(name, text=text),
            events=(make_event(text.rstrip("."), article=name, within=text),),
        )
        for name, text in texts.items()
    ]
    (found,) = conflicts_of(*readings)
    assert (found.kind, found.why) == (
        "between-articles",
        "The report counted 12 lorries, the other thirty lorries.",
    )


def test_a_name_is_held_against_what_the_other_side_says_it_is() -> None:
    text = "Ada Ito called the march a riot. Ben Moor said the march would be peaceful."
    reading = make_reading(
        make_article(text=text),
        attributions=(
            make_attribution("the march a riot", by="ada_ito", within=text, cue="called"),
            make_attribution("the march would be peaceful", by="ben_moor", within=text),
        ),
    )
    (found,) = conflicts_of(reading)
    assert found.why == (
        "Ada Ito gave it a name: “the march a riot”; Ben Moor said otherwise: “the march would be peaceful”."
    )
    allies = tuple(make_position(f"no {name}", holder=name, stance="against") for name in ("ada_ito", "ben_moor"))
    assert conflicts_of(replace(reading, positions=allies)) == []


def test_an_accusation_is_held_against_the_denial_of_the_accused_side() -> None:
    text = "Kari Dahl said no boat was touched. Ada Ito accused Norway of sinking a boat."
    reading = make_reading(
        make_article(text=text),
        mentions=(Mention(id="m", passage=cut("Norway", within=text), actor="norway"),),
        attributions=(
            make_attribution("no boat was touched", by="kari_dahl", within=text),
            make_attribution("sinking a boat", by="ada_ito", within=text, act="accuse", addressee="norway"),
        ),
    )
    (found,) = conflicts_of(reading)
    assert found.why.startswith("Ada Ito accused: “sinking a boat”; Kari Dahl said otherwise")


def test_stances_of_different_times_are_no_conflict() -> None:
    sides: list[tuple[str, str, Stance]] = [("a", "2024-01-02", "for"), ("b", "2024-05-02", "against")]
    readings = [
        make_reading(
            make_article(name, day=day),
            mentions=tuple(
                Mention(id=f"{name}{actor}", passage=cut(actor, article=name), actor=actor)
                for actor in ("ada_ito", "ben_moor")
            ),
            positions=(make_position("talks", holder=holder, stance=stance, article=name),),
        )
        for (name, day, stance), holder in zip(sides, ("ada_ito", "ben_moor"), strict=True)
    ]
    assert conflicts_of(*readings) == []


def test_reasons_are_short() -> None:
    long = "nothing was taken " + "from the old town hall by the river " * 9
    reading = told_in_turn(
        ("Ada Ito said", "“gold” was taken " + long[18:], "ada_ito"), ("But Ben Moor said", long, "ben_moor")
    )
    assert all(len(item.why) <= 260 and item.why.count("“") <= 5 for item in conflicts_of(reading))


def test_comparisons_grow_with_the_articles_and_not_with_their_square(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0
    compare = Words.compare

    def count_compare(self: Words, left: Statement, right: Statement) -> float:
        nonlocal count
        count += 1
        return compare(self, left, right)

    monkeypatch.setattr(Words, "compare", count_compare)

    def read_many(number: int) -> int:
        nonlocal count
        count = 0
        text = "Ada Ito said 12 lorries passed the bridge. But Ben Moor said no lorries passed."
        conflicts_of(
            *(
                make_reading(
                    make_article(f"a{place}", text=text),
                    attributions=(
                        make_attribution(
                            "12 lorries passed the bridge", by="ada_ito", article=f"a{place}", within=text
                        ),
                        make_attribution("no lorries passed", by="ben_moor", article=f"a{place}", within=text),
                    ),
                )
                for place in range(number)
            )
        )
        return count

    assert read_many(400) <= 2.2 * read_many(200)


def test_two_long_speeches_are_not_compared_sentence_by_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    count = 0

    def count_judged(left: Claim, right: Claim) -> Judgement:
        nonlocal count
        count += 1
        return judge_pair(left, right)

    for module in (neighbours, turns, verdicts):
        monkeypatch.setattr(module, "judge_pair", count_judged)
    speeches = [
        (f"{name} said", f"the {thing} number {place} burned", speaker)
        for name, speaker, thing in (("Ada Ito", "ada_ito", "mill"), ("But Ben Moor", "ben_moor", "barn"))
        for place in range(100)
    ]
    conflicts_of(told_in_turn(*speeches))
    assert count < 200


def test_nothing_gives_nothing() -> None:
    assert conflicts_of() == []
    assert conflicts_of(make_reading()) == []
