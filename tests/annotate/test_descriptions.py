"""Who is described and not named: inner bodies, owners, offices of a country, capitals that act; on other disputes."""

from __future__ import annotations

import pytest

from standoff.annotate.facts import read_facts


def name_mentions(nlp, text):
    doc = nlp(text)
    actors = read_facts(doc, "actors")
    return [
        (doc.text[fact["start"] : fact["end"]], actors[fact["actor"]]["name"]) for fact in read_facts(doc, "mentions")
    ]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("A spokesman for the Kenyan government denied it.", "the Kenyan government", "Government of Kenya"),
        ("A spokesman for the Kenyan government denied it.", "A spokesman for the Kenyan government", None),
        ("Reporters called the Peruvian embassy's spokeswoman.", "the Peruvian embassy", "Embassy of Peru"),
        ("Keita's office would not comment. Oumar Keita left.", "Keita's office", "office of Oumar Keita"),
        ("Ada Ito, leader of Fiji's Reform Party, spoke.", "Fiji's Reform Party", "Reform Party"),
        ("They founded a joint commission. The commission met.", "The commission", "joint commission"),
        ("He told radio station Aurora Norte about it.", "radio station Aurora Norte", "Aurora Norte"),
        ("The Pan-African Dockers Union agreed.", "The Pan-African Dockers Union", "Pan-African Dockers Union"),
        ("The minister criticised Ankara on Friday.", "Ankara", "Türkiye"),
        ("Nicosia recalled its envoy.", "Nicosia", "Cyprus"),
        ("The rebels wrote to Khartoum in May.", "Khartoum", "Sudan"),
        ("Talks with Caracas broke down.", "Caracas", "Venezuela"),
    ],
)
def test_gives_inner_parties_their_own_mention(reader, text, words, name):
    found = dict(name_mentions(reader, text))
    assert words in found
    assert name is None or found[words] == name


@pytest.mark.parametrize(
    "text", ["Villagers met in Khartoum.", "The road to Ankara was closed.", "Nicosia was quiet on Friday."]
)
def test_a_capital_may_be_just_a_place(reader, text):
    assert not {"Sudan", "Türkiye", "Cyprus"} & {name for _, name in name_mentions(reader, text)}


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Kenya's President Ruth Wanjiru waited an hour for Somali President Abdi Noor. The Somali president left.",
            "The Somali president",
            "Abdi Noor",
        ),
        (
            "Prime Minister Ruth Wanjiru saw Juma Ali, who serves Prime Minister Abdi Noor. The prime minister left.",
            "The prime minister",
            "Ruth Wanjiru",
        ),
        ("Keita said no. But the Malian president smiled.", "the Malian president", "Keita"),
        ("The freight company Altmark Rail cut jobs. The company said it had to.", "The company", "Altmark Rail"),
        ("The ferry company, Solent Lines, sued on Monday. The company will wait.", "The company", "Solent Lines"),
        ("Rebels met a judge, Paulo Reis. The judge wept.", "a judge", "Paulo Reis"),
        ("Lund accused the treasurer of theft and left.", "the treasurer", "treasurer"),
        ("Lund accused the head of the inquiry of bias.", "the head of the inquiry", "head of the inquiry"),
        ("She asked the director for a ticket.", "the director", "director"),
        (
            "“We will wait,” the navy's spokesman, Idris Kane, said. A spokeswoman for the Ferry Union agreed.",
            "A spokeswoman for the Ferry Union",
            "spokeswoman for Ferry Union",
        ),
        (
            "Warden offers truce\n\nThe warden met the inmates. Warden Ruth Abara promised them soap.",
            "The warden",
            "Ruth Abara",
        ),
        ("Dravik, a Moldovan brewery, sued the city on Monday. The brewery won.", "Dravik", "Dravik"),
        ("Corvo Minerals left. Corvo denied it, and a man from Corvo wept.", "Corvo", "Corvo Minerals"),
        ("Police held the head of the Free Student Union.", "the Free Student Union", "Free Student Union"),
        (
            "The Harbour Party met the opposition Reed Party. The Reed party lost.",
            "The Reed party",
            "Reed Party",
        ),
        (
            "The Islands Growers and Packers Association sued.",
            "The Islands Growers and Packers Association",
            "Islands Growers and Packers Association",
        ),
        ("The climate group Kelp Line sued. Kelp Line lost, and Ada Ito wept.", "Kelp Line", "Kelp Line"),
        ("The island bloc PIFO met. PIFO said no.", "The island bloc", "PIFO"),
        (
            "Prime Minister Ida Lund met Premier Tom Reyes of Quebec. The premier left.",
            "The premier",
            "Tom Reyes",
        ),
        ("Last year nine dockers were held.", "nine dockers", "dockers"),
        ("Mr Ruiz met his Peruvian counterpart, Ana Soto.", "his Peruvian counterpart", "Ana Soto"),
        (
            "Lena Dahl, a Swedish envoy, left Doha. The Swedish diplomat met rebels.",
            "The Swedish diplomat",
            "Lena Dahl",
        ),
        ("The orders from Minsk were clear.", "Minsk", "Belarus"),
        ("Sanctions on Minsk were widened.", "Minsk", "Belarus"),
        ("Peru's Food Supply Agency (Conasup) sold rice. Conasup paid.", "Conasup", "Food Supply Agency"),
        ("Juma Ali was held, his lawyer said. The lawyer, Rose Auma, wept.", "his lawyer", "Rose Auma"),
    ],
)
def test_finds_who_holds_an_office(reader, text, words, name):
    assert dict(name_mentions(reader, text))[words] == name


@pytest.mark.parametrize(
    "text", ["Fiji did not need a mediator.", "“No man is a bridge,” he said.", "He came to plead in person."]
)
def test_nobody_in_particular_is_no_actor(reader, text):
    assert not {"mediator", "man", "person"} & {name for _, name in name_mentions(reader, text)}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The HMS Kent stayed. Mr Ruiz saw the Kent leave, he said.", {"Ruiz"}),
        ("He said that voters left. At least 41 people and at most 30 miners died.", {"voters", "people", "miners"}),
    ],
)
def test_a_ship_and_a_small_word_are_no_part_of_an_actor(reader, text, names):
    assert {name for _, name in name_mentions(reader, text)} == names


def test_a_title_sheds_its_possessive_and_gains_its_organisation(reader):
    actors = read_facts(reader("The Reform Party split. Its leader, Ada Ito, wept."), "actors")
    ito = next(actor for actor in actors if actor["name"] == "Ada Ito")
    assert [(role["title"], role["organisation"]) for role in ito["roles"]] == [("leader", "Reform Party")]
    assert not any(alias.startswith("Its") for alias in ito["aliases"])


def test_them_are_those_whom_a_part_is_taken_of(reader):
    found = name_mentions(reader, "Soldiers arrested nine miners, among them a boy of twelve.")
    assert dict(found)["them"] == "miners"


@pytest.mark.parametrize(
    "text",
    [
        "Two ships met in the South China Sea.",
        "Ada Ito, the premier of New South Wales, left.",
        "The road through New Mexico was shut.",
    ],
)
def test_a_place_with_a_countrys_word_in_its_name_is_not_that_country(reader, text):
    assert not {"China", "United Kingdom", "Mexico"} & {name for _, name in name_mentions(reader, text)}


def test_the_agency_of_a_dateline_is_nobody(reader):
    text = "TUNIS, May 3 (Harbour Press) – Norway and Chad agreed to talk about fish."
    assert "Harbour Press" not in {name for _, name in name_mentions(reader, text)}


def test_an_ambassador_is_not_of_the_country_that_he_is_sent_to(reader):
    doc = reader("Norway recalled its ambassador to Chad on Friday.")
    [envoy] = [fact for fact in read_facts(doc, "actors") if fact["kind"] == "person"]
    assert envoy["country"] == "NOR"


def test_a_congress_of_teachers_is_no_parliament(reader):
    doc = reader("The Teachers' Congress met the Congress of Deputies.")
    sectors = {fact["name"]: fact["sectors"] for fact in read_facts(doc, "actors")}
    assert "LEG" not in sectors["Teachers' Congress"]


def test_a_firm_is_told_by_what_it_is_called(reader):
    doc = reader("Dravik, a Moldovan brewery, sued the city. Corvo Minerals said so. Police left the Ilo pit.")
    kinds = {fact["name"]: fact["kind"] for fact in read_facts(doc, "actors")}
    assert (kinds["Dravik"], kinds["Corvo Minerals"], kinds.get("Ilo")) == ("organisation", "organisation", None)
