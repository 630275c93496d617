"""Positions: what a clause makes of the issue that it names, whose stance that is, and what is no stance at all."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.annotate.facts import read_facts, write_facts
from standoff.annotate.positions import IssueCues, PositionsFinder, keep_best

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def read_positions(doc: Doc) -> list[Any]:
    return read_facts(doc, "positions")


def stances_of(nlp: Language, text: str, holder: str = "Ada Ito") -> set[tuple[str, str]]:
    doc = nlp(text)
    names = [actor["name"] for actor in read_facts(doc, "actors")]
    return {(fact["issue"], fact["stance"]) for fact in read_positions(doc) if holder in names[fact["holder"]]}


@pytest.mark.parametrize(
    ("text", "issue", "stance"),
    [
        ("Premier Ada Ito rejected talks with the guild.", "negotiation", "against"),
        ("Premier Ada Ito refused to end the talks with the guild.", "negotiation", "for"),
        ("Premier Ada Ito said there would be no talks with the guild.", "negotiation", "against"),
        ("Premier Ada Ito said talks with the guild were pointless.", "negotiation", "against"),
        ("Premier Ada Ito said talks must start now.", "negotiation", "for"),
        ("Premier Ada Ito said she would never negotiate with the guild.", "negotiation", "against"),
        ("Premier Ada Ito said she was ready to negotiate if the guild disarmed.", "negotiation", "conditional"),
        ("Premier Ada Ito said she would not negotiate until the guild disarmed.", "negotiation", "conditional"),
        ("Premier Ada Ito offered an amnesty in return for the hostages.", "pardon", "conditional"),
        ("Premier Ada Ito discussed the sanctions with her cabinet.", "sanctions", "neutral"),
        ("Premier Ada Ito said the sanctions should be lifted.", "sanctions", "against"),
        ("Premier Ada Ito said only an early election could end the deadlock.", "new-election", "for"),
        ("Premier Ada Ito called the election a farce.", "election", "against"),
        ("Premier Ada Ito expressed concern about press freedom.", "media-freedom", "for"),
        ("Premier Ada Ito expressed concern about the strike.", "wages-strike", "against"),
        ('"If we pardon them, we will lose the country," Premier Ada Ito said.', "pardon", "against"),
        ("Premier Ada Ito vowed not to hold fresh elections.", "new-election", "against"),
        ("Premier Ada Ito said none other than the bishop should mediate.", "mediation", "for"),
    ],
)
def test_a_stance_is_composed_from_the_words_above_the_issue(nlp: Language, text: str, issue: str, stance: str) -> None:
    assert (issue, stance) in stances_of(nlp, text)


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Premier Ada Ito said the talks ended at noon.", "negotiation"),
        ("Premier Ada Ito was asked about the dissolved party.", "political-ban"),
        ('"Will there be talks?" Premier Ada Ito asked.', "negotiation"),
        ("Premier Ada Ito denied that she had rejected arbitration.", "mediation"),
        ("Premier Ada Ito flew home during the negotiations.", "negotiation"),
    ],
)
def test_news_questions_and_denials_are_no_stance(nlp: Language, text: str, issue: str) -> None:
    assert issue not in {found for found, _ in stances_of(nlp, text)}


@pytest.mark.parametrize(
    ("text", "issue", "stance"),
    [
        (
            "Peace talks will open in Oslo. Rebel Ada Ito said she would go to Oslo only if they disarmed.",
            0,
            "conditional",
        ),
        (
            "A bishop offered to host talks. Rebel Ada Ito said she would come, provided that they disarmed.",
            0,
            "conditional",
        ),
        ("Talks resume on Monday. General Ada Ito said she would not travel while the town burned.", 0, "conditional"),
        ("Talks were to open on Monday. Rebel chief Ada Ito said she would not attend.", 0, "against"),
        (
            'The firm denied that it refused to negotiate. "We would meet them tomorrow," manager Ada Ito said.',
            0,
            "for",
        ),
        ("Bob Lane called for a warship to be sent. President Ada Ito ruled that out.", "military-presence", "against"),
        ("Bob Lane threatened to restore sanctions. President Ada Ito rejected that.", "sanctions", "against"),
        ("The court dissolved the Liberty Party. Senator Ada Ito condemned the ruling.", "political-ban", "against"),
        ("The envoy said talks would resume in May. Premier Ada Ito welcomed the announcement.", 0, "for"),
        ("Minister Ada Ito said she would impose sanctions on whoever breaks the truce.", "sanctions", "conditional"),
        ("Minister Ada Ito said she would impose sanctions on whoever breaks the truce.", "ceasefire", "for"),
        ("Union leader Ada Ito threatened a strike if the bill is not withdrawn.", "wages-strike", "conditional"),
        ("If the sides have not settled by May, premier Ada Ito has offered to mediate.", "mediation", "for"),
        ("The truce was rejected by rebel leader Ada Ito.", "ceasefire", "against"),
        ("Premier Ada Ito demanded that the troops be withdrawn.", "military-presence", "against"),
        ("President Ada Ito said that no foreign power should intervene.", "foreign-pressure", "against"),
    ],
)
def test_what_a_clause_leaves_unsaid_is_taken_from_before_or_beside(
    nlp: Language, text: str, issue: str | int, stance: str
) -> None:
    assert (issue or "negotiation", stance) in stances_of(nlp, text)


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Minister Ada Ito defended the petrol tax.", "trade"),
        (
            "Police put marchers into lorries. Minister Ada Ito said that without the levy nurses could not be paid.",
            "trade",
        ),
        ("Minister Ada Ito said that the state would not intervene in the strike.", "foreign-pressure"),
        ("Two demonstrators were shot dead on Monday, according to premier Ada Ito.", "protest"),
        ("Premier Ada Ito said that Chile had been asked to mediate.", "mediation"),
        ("Premier Ada Ito did not say whether talks would be held.", "negotiation"),
        ('The envoy announced talks. "They will come for my sister," lawyer Ada Ito said.', "negotiation"),
        ("The envoy announced talks in Oslo. General Ada Ito said her soldiers would go home.", "negotiation"),
        ("Premier Ada Ito said that the rebels threatened the election.", "election"),
    ],
)
def test_a_teller_and_a_likeness_of_words_take_no_stance(nlp: Language, text: str, issue: str) -> None:
    assert issue not in {found for found, _ in stances_of(nlp, text)}


@pytest.mark.parametrize(
    ("text", "issue", "stance"),
    [
        ("Ministers signed a trade agreement. Bob Lane backs it. Senator Ada Ito opposes it.", "trade", "against"),
        ("Ministers signed a trade agreement. Senator Ada Ito defended the agreement.", "trade", "for"),
        ("Ministers signed a trade agreement. Senator Ada Ito said the deal must be scrapped.", "trade", "against"),
        ("Chile offered to host talks. Rebel chief Ada Ito is open to the offer.", "mediation", "for"),
        ("Bob Lane demanded an amnesty. President Ada Ito rejected that demand.", "pardon", "against"),
        ("Bob Lane demanded an amnesty. Senator Ada Ito has not yet decided.", "pardon", "neutral"),
        ("Bob Lane rejected the ceasefire. Senator Ada Ito declined to comment.", "ceasefire", "neutral"),
        ("Senator Ada Ito declined to comment on the sanctions.", "sanctions", "neutral"),
        ("Senator Ada Ito abstained in the vote on sanctions.", "sanctions", "neutral"),
        ("Minister Ada Ito said the sanctions had to be lifted.", "sanctions", "against"),
        ("Minister Ada Ito said the embargo would hurt farmers and should be scrapped.", "sanctions", "against"),
        ("Minister Ada Ito would resume talks on a free trade agreement.", "trade", "for"),
        ("Minister Ada Ito would hold talks the minute the shelling stopped.", "negotiation", "conditional"),
        ("Minister Ada Ito would hold talks on the day the militia laid down its arms.", "negotiation", "conditional"),
        ("Bishop Ada Ito would mediate should both sides ask him.", "mediation", "conditional"),
        ("Should the army withdraw, minister Ada Ito would send aid.", "aid", "conditional"),
        ("Premier Ada Ito has no position on the amnesty.", "pardon", "neutral"),
        ("Widow Ada Ito marched for the release of the prisoners.", "detention", "against"),
    ],
)
def test_answers_and_undecided_voices_of_agency_prose_are_heard(
    nlp: Language, text: str, issue: str, stance: str
) -> None:
    assert (issue, stance) in stances_of(nlp, text)


@pytest.mark.parametrize(
    ("text", "issue", "stance"),
    [
        ("Senator Ada Ito accused Bob Lane of refusing to negotiate.", "negotiation", "against"),
        ("Senator Ada Ito spoke to reporters after meeting the foreign envoy.", "international-talks", "for"),
        ("Bob Lane rejected talks in Oslo. Minister Ada Ito would go on prosecuting smugglers.", "negotiation", "for"),
        ("Minister Ada Ito would jail whoever spreads rumours.", "detention", "conditional"),
        (
            "Senator Ada Ito read the trade deal. Farmers signed a land deal. She likes the deal.",
            "trade",
            0,
        ),
    ],
)
def test_a_charge_a_time_and_a_patient_are_no_stance_of_the_speaker(
    nlp: Language, text: str, issue: str, stance: str | int
) -> None:
    assert (issue, stance or "for") not in stances_of(nlp, text)


def test_not_having_asked_is_neutral_and_the_tellers_claim(nlp: Language) -> None:
    doc = nlp("French premier Ada Ito said Norway had not called for negotiations.")
    names = [actor["name"] for actor in read_facts(doc, "actors")]
    found = [fact for fact in read_positions(doc) if fact["issue"] == "negotiation"]
    assert [(names[fact["holder"]], fact["stance"]) for fact in found] == [("Norway", "neutral")]
    assert found[0]["score"] < 0.6
    assert "as Ada Ito tells it" in found[0]["why"]


def test_an_officials_word_on_the_own_country_is_the_stance_of_both(nlp: Language) -> None:
    doc = nlp("Norwegian foreign minister Ada Ito said Norway supports the negotiations.")
    names = [actor["name"] for actor in read_facts(doc, "actors")]
    found = [fact for fact in read_positions(doc) if fact["issue"] == "negotiation"]
    assert [(names[fact["holder"]], fact["stance"]) for fact in found] == [("Ada Ito", "for"), ("Norway", "for")]
    assert {fact["score"] for fact in found} == {0.8}


def test_a_condition_and_a_passage_are_words_of_the_text(nlp: Language) -> None:
    text = "Premier Ada Ito said she was ready to negotiate if the guild disarmed."
    (fact,) = [fact for fact in read_positions(nlp(text)) if fact["issue"] == "negotiation"]
    assert text[slice(*fact["condition"])] == "if the guild disarmed"
    assert text[fact["start"] : fact["end"]] == "she was ready to negotiate if the guild disarmed"


@pytest.mark.parametrize(
    "text",
    [
        "Premier Ada Ito said the talks would not include the fishing fleet.",
        "Premier Ada Ito said the negotiations will not touch the islands.",
    ],
)
def test_what_talks_leave_out_is_no_condition_for_them(nlp: Language, text: str) -> None:
    (fact,) = [fact for fact in read_positions(nlp(text)) if fact["issue"] == "negotiation"]
    assert (fact["stance"], fact["condition"]) == ("conditional", None)
    assert "kept within bounds" in fact["why"]


def test_talks_within_bounds_may_have_a_condition_too(nlp: Language) -> None:
    text = "Premier Ada Ito said the talks would not include the fishing fleet unless the guild disarmed."
    (fact,) = [fact for fact in read_positions(nlp(text)) if fact["issue"] == "negotiation"]
    assert text[slice(*fact["condition"])] == "unless the guild disarmed"


def test_toward_is_the_other_party(nlp: Language) -> None:
    doc = nlp("Premier Ada Ito rejected talks with Norway.")
    names = [actor["name"] for actor in read_facts(doc, "actors")]
    (fact,) = [fact for fact in read_positions(doc) if fact["issue"] == "negotiation"]
    assert names[fact["toward"]] == "Norway"


def _fact(**fields: Any) -> Any:
    plain = {"start": 0, "end": 9, "holder": 0, "issue": "aid", "stance": "for", "score": 0.5}
    return {**plain, **fields}


def test_the_best_of_several_wordings_is_kept() -> None:
    facts = [_fact(), _fact(start=20, end=30, score=0.8), _fact(start=40, end=50, score=0.8)]
    assert keep_best(facts) == [facts[1]]


def test_one_passage_gives_one_stance() -> None:
    facts = [_fact(stance="against"), _fact(stance="conditional"), _fact(start=20, end=30, stance="neutral")]
    assert [fact["stance"] for fact in keep_best(facts)] == ["conditional", "neutral"]


def test_a_deed_shows_a_stance(nlp: Language) -> None:
    doc = nlp.make_doc("The sea is wide.")
    doc = nlp.get_pipe("parser")(nlp.get_pipe("tok2vec")(doc))
    write_facts(doc, "actors", [{"name": "Ada Ito", "kind": "person"}])
    event = {"start": 0, "end": 7, "type": "RETREAT", "mode": "release", "actors": [0], "recipients": []}
    event |= {"status": "actual", "time": None, "score": 0.8}
    write_facts(doc, "events", [event, {**event, "status": "negated", "mode": "withdraw"}])
    facts = read_positions(PositionsFinder("issues")(doc))
    assert [(fact["issue"], fact["stance"], fact["event"]) for fact in facts] == [("detention", "against", 0)]


def test_a_users_issues_take_the_place_of_the_shipped(nlp: Language, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "pits.toml"
    path.write_text(
        'name = "pits"\nversion = "1"\nsource = "us"\nlicence = "CC0"\n'
        '[codes.pit-closure]\ndefinition = "Closing pits."\ncues = ["pit closure"]\n'
        'for_cues = ["close the pit"]\nagainst_cues = ["reopen the pit"]\n',
        encoding="utf-8",
    )
    own = PositionsFinder(str(path))
    doc = own(nlp("Premier Ada Ito rejected pit closures and promised to reopen the old pit. She wants talks."))
    assert [(fact["issue"], fact["stance"]) for fact in read_positions(doc)] == [("pit-closure", "against")]


def test_alone_in_a_pipeline_without_a_parser_it_finds_nothing_and_does_not_fail() -> None:
    alone = spacy.blank("en")
    alone.add_pipe("standoff_positions")
    assert read_positions(alone("Ada Ito rejected talks.")) == []


WORDS = "no talks not will must if unless Ada Ito said reject end the sanctions “ ” . ? ! and or 🙂 to of than without"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS.split(" ")), max_size=40))
def test_any_text_gives_passages_within_it_and_survives_bytes(nlp: Language, words: list[str]) -> None:
    doc = nlp(" ".join(words))
    doc.to_bytes()
    kept = read_positions(doc)
    for fact in kept:
        assert 0 <= fact["start"] < fact["end"] <= len(doc.text)
        assert 0 < fact["score"] <= 1
    assert len({(fact["holder"], fact["issue"], fact["stance"]) for fact in kept}) == len(kept)


def test_a_sentence_of_two_thousand_words_is_no_trouble(nlp: Language) -> None:
    text = "Premier Ada Ito said " + "that there would be no talks and " * 300 + "no end."
    assert read_positions(nlp(text)) is not None


def test_cues_match_with_words_between_and_longest_first(nlp: Language) -> None:
    doc = nlp("They must free the many political prisoners and avoid an air strike.")
    found = [(hit.issue, hit.sign, hit.span.text) for hit in IssueCues("issues").find(doc)]
    assert found == [
        ("detention", -1, "free the many political prisoners"),
        ("military-presence", 1, "air strike"),
    ]
