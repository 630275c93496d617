"""Where, through what and to whom a thing is said: what stands around the cue, opens its sentence, or goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from standoff.annotate.facts import read_facts

if TYPE_CHECKING:
    from spacy.language import Language

VENUES = [
    (
        "In an interview with Der Bote, the judge said that nobody would be tried.",
        "interview with Der Bote",
    ),
    ("Speaking in Geneva, rapporteur Mila Horak urged the junta to open the road.", "Geneva"),
    ("Testifying before a Senate committee, pilot Dan Hale denied that he had slept.", "Senate committee"),
    ("Reached by telephone, the abbess said the gate was shut.", "telephone"),
    ("Outside parliament, Ivo Kral said the strike would go on.", "parliament"),
    ("In the courtyard of the ministry, a clerk said the files had been burned.", "courtyard of the ministry"),
    ("The president took to Twitter to denounce the judges.", "Twitter"),
    ("“The town is lost,” said the chief, speaking at the edge of the pit.", "edge of the pit"),
    ("The guild said on the radio station Alba that the pits would close.", "radio station Alba"),
    ("Addressing the UN General Assembly, Ada Ito condemned the embargo.", "UN General Assembly"),
    ("The premier used a televised address to condemn the strike.", "televised address"),
    ("Interviewed by Radio Sol, the singer said the visa was a joke.", "Radio Sol"),
    ("The president, who was speaking at a factory in Gomel, said the war was over.", "factory in Gomel"),
    ("Ada Ito chimed in on Twitter, saying the police lied.", "Twitter"),
    ("The miners urged Congress to leave the levy alone.", None),
    ("Before the committee, the banker said he remembered nothing.", "committee"),
    ("Speaking after talks with the envoy, Ada Ito said the deal was close.", None),
    ("Speaking on condition of anonymity, a diplomat said the talks had failed.", None),
    ("At the end of the week, herders said the fence was cut.", None),
    ("In Oslo, the minister rejected the plan.", None),
]
HEARERS = [
    ("In a letter to Ada Ito, the miners demanded a vote.", "Ada Ito"),
    ("In a call with Ada Ito, Marco Rojas rejected the offer.", "Ada Ito"),
    ("Speaking after talks with Ada Ito, Marco Rojas said the deal was close.", None),
    ("Speaking to Ada Ito, Marco Rojas denied that the pit was flooded.", "Ada Ito"),
    ("Addressing the miners, Marco Rojas promised that nobody would starve.", "miners"),
    ("Marco Rojas wrote to Ada Ito, asking for a truce.", "Ada Ito"),
    ("“You lied,” the widow shouted at the guards.", "guards"),
    ("Marco Rojas told a rally in Tema that the port would close.", None),
    ("Marco Rojas accused Ada Ito of theft.", None),
    ("Marco Rojas blamed Ada Ito for the flood.", None),
]


def list_venues(nlp: Language, text: str) -> list[str | None]:
    facts = read_facts(nlp(text), "attributions")
    return [fact["venue"] and text[slice(*fact["venue"])] for fact in facts]


def list_hearers(nlp: Language, text: str) -> list[str | None]:
    doc = nlp(text)
    names = [actor["name"] for actor in read_facts(doc, "actors")]
    told = [fact["addressee"] for fact in read_facts(doc, "attributions")]
    return [None if actor is None else names[actor] for actor in told]


@pytest.mark.parametrize(("text", "venue"), VENUES)
def test_a_scene_is_set_around_the_cue_or_before_the_comma(nlp: Language, text: str, venue: str | None) -> None:
    assert list_venues(nlp, text) == [venue]


@pytest.mark.parametrize(("text", "hearer"), HEARERS)
def test_who_is_told_is_spoken_to_and_not_of(nlp: Language, text: str, hearer: str | None) -> None:
    assert list_hearers(nlp, text) == [hearer]


def test_whoever_goes_on_speaks_where_and_to_whom_he_began(nlp: Language) -> None:
    text = (
        "Marco Rojas told the miners at the gate that the pit would close. He rejected a vote. “It is over,” he said."
        "\n\n"
        "Ada Ito said the pit was sound. Rojas had earlier denied that it leaked."
    )
    assert list_hearers(nlp, text) == ["miners", "miners", "miners", None, None]
    assert list_venues(nlp, text) == ["gate", "gate", "gate", None, None]


def test_what_opens_a_sentence_does_not_hold_for_another_speaker_in_it(nlp: Language) -> None:
    assert list_venues(nlp, "At a rally, Ada Ito said the pit would close, but Marco Rojas denied it would.")[1:] == [
        None
    ]
    assert list_venues(nlp, "At a rally, Ada Ito said that Marco Rojas had promised to leave.") == ["rally", None]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("The chairman told the Gazette in an interview that it would not pay.", ["it would not pay"]),
        ("The ministry said in a statement that the dam was full.", ["the dam was full"]),
        ("The engineers agreed with the monitors that the wall must be lowered.", ["the wall must be lowered"]),
        ("The guild agreed with the owners on a plan that would end the strike.", []),
    ],
)
def test_a_clause_hung_on_a_scene_is_the_cues(nlp: Language, text: str, content: list[str]) -> None:
    facts = read_facts(nlp(text), "attributions")
    assert [text[slice(*part)] for fact in facts for part in fact["content"]] == content


@pytest.mark.parametrize(
    ("text", "venue", "hearer"),
    [
        ("Ada Ito held a briefing on Monday. She said the pit would close.", "briefing", None),
        ("The rebels issued a statement. It said the truce was dead.", "statement", None),
        ("Ada Ito spoke to reporters outside the court. “It is over,” she said.", "court", "reporters"),
        ("Ada Ito wrote a letter to the miners. The pit would close, she said.", "letter to the miners", "miners"),
        ("Ada Ito gave the miners new boots. She said the pit would close.", None, None),
        ("Ada Ito held a briefing on Monday. Marco Rojas said the pit would close.", None, None),
    ],
)
def test_a_sentence_sets_the_scene_for_the_next(
    nlp: Language, text: str, venue: str | None, hearer: str | None
) -> None:
    assert list_venues(nlp, text) == [venue]
    assert list_hearers(nlp, text) == [hearer]


@pytest.mark.parametrize(
    ("text", "hearer", "kind"),
    [
        ("The judge told the juror to write it down.", "juror", "person"),
        ("The judge invited the club's stewards to come forward.", "club's stewards", "group"),
        ("The company informed the regulator that the meters were old.", "regulator", "person"),
        ("Ada Ito told the newspaper Correo that the pit would close.", "Correo", "organisation"),
        ("Ada Ito told this newspaper that the pit would close.", None, None),
        ("The museum told the truth that a country was built on.", None, None),
        ("The bulldozer pushed the mound to make room.", None, None),
    ],
)
def test_who_is_told_is_somebody_though_nobody_named(
    nlp: Language, text: str, hearer: str | None, kind: str | None
) -> None:
    doc = nlp(text)
    actors = read_facts(doc, "actors")
    told = [actors[fact["addressee"]] for fact in read_facts(doc, "attributions") if fact["addressee"] is not None]
    assert [(actor["name"], actor["kind"]) for actor in told] == ([(hearer, kind)] if hearer else [])


def test_a_stranger_is_one_actor_wherever_he_is_told_or_speaks(nlp: Language) -> None:
    text = "Ada Ito told the juror that the pit would close. The juror said it would not. Ito told the juror to leave."
    doc = nlp(text)
    juror = next(number for number, actor in enumerate(read_facts(doc, "actors")) if actor["name"] == "juror")
    facts = read_facts(doc, "attributions")
    assert [fact["addressee"] for fact in facts] == [juror, None, juror]
    assert facts[1]["actor"] == juror
    assert [text[m["start"] : m["end"]] for m in read_facts(doc, "mentions") if m["actor"] == juror] == ["juror"] * 2


def test_whoever_asks_or_answers_is_where_the_other_spoke(nlp: Language) -> None:
    text = "In court on Monday, Marco Rojas denied theft. The judge asked where it was. “In the sea,” Rojas answered."
    assert list_venues(nlp, text) == ["court", "court", "court"]


def test_whoever_uses_a_speech_is_the_one_who_speaks(nlp: Language) -> None:
    text = "The premier used a televised address to condemn the strike."
    (fact,) = read_facts(nlp(text), "attributions")
    assert text[slice(*fact["source"])] == "The premier"


def test_nobody_is_told_by_himself(nlp: Language) -> None:
    text = "Ada Ito asked the pilot, Marco Rojas, why he had left. Rojas told her that he was ill."
    assert list_hearers(nlp, text)[-1] == "Ada Ito"
    facts = read_facts(nlp(text), "attributions")
    assert all(fact["actor"] != fact["addressee"] for fact in facts if fact["actor"] is not None)
