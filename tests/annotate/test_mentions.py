"""Mentions and actors: names, titles, descriptions and pronouns, on short reports of other disputes."""

from __future__ import annotations

import pathlib
import re
import tomllib
from collections import Counter, defaultdict

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.annotate.facts import read_facts
from standoff.annotate.mentions.words import Words
from standoff.codebooks import load_codebook
from standoff.models.language import MODEL

HERE = pathlib.Path(__file__).parent
ARTICLES = tomllib.loads((HERE / "dispute_articles.toml").read_text(encoding="utf-8"))
PRONOUNS = tomllib.loads((HERE / "pronouns.toml").read_text(encoding="utf-8"))["cases"]
KINDS = {"roles": ("role",), "organisations": ("organisation",), "collectives": ("collective",)}
MARK = re.compile(r"<(/?)([\w-]+)>")


def read_marked(marked):
    """Give the text without its marks, and the marked spans as (start, end, actor)."""
    text, spans, opened, at = "", [], [], 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match.group(1):
            start, name = opened.pop()
            assert name == match.group(2)
            spans.append((start, len(text), name))
        else:
            opened.append((len(text), match.group(2)))
    return text + marked[at:], spans


def overlap(one, other):
    inner = min(one[1], other[1]) - max(one[0], other[0])
    return inner / (max(one[1], other[1]) - min(one[0], other[0])) if inner > 0 else 0.0


def pair_mentions(nlp, marked):
    """Give (marked actor, found actor or None, words) for each marked mention."""
    text, spans = read_marked(marked)
    doc = nlp(text)
    found = [(fact["start"], fact["end"], fact["actor"]) for fact in read_facts(doc, "mentions")]
    pairs = []
    for start, end, actor in spans:
        best = max(found, key=lambda other: overlap((start, end), other), default=(0, 0, None))
        hit = overlap((start, end), best) >= 0.3
        pairs.append((actor, best[2] if hit else None, text[start:end]))
    return pairs


def score_bcubed(pairs):
    covered = [(gold, found) for gold, found, _ in pairs if found is not None]
    by_gold, by_found = defaultdict(Counter), defaultdict(Counter)
    for gold, found in covered:
        by_gold[gold][found] += 1
        by_found[found][gold] += 1

    def purity(groups):
        return sum(sum(n * n for n in group.values()) / group.total() for group in groups.values()) / len(covered)

    precision, recall = purity(by_found), purity(by_gold)
    return 200 * precision * recall / (precision + recall), 100 * len(covered) / len(pairs)


@pytest.fixture(scope="module")
def reader():
    """Give a pipeline with this component alone, as anyone may put it on theirs."""
    nlp = spacy.load(MODEL)
    nlp.add_pipe("standoff_mentions")
    return nlp


@pytest.fixture(scope="module")
def pairs(reader):
    return {name: pair_mentions(reader, article["text"].strip()) for name, article in ARTICLES.items()}


@pytest.mark.parametrize("name", ARTICLES)
def test_resolves_the_actors_of_an_article(pairs, name):
    f1, coverage = score_bcubed(pairs[name])
    assert (f1 >= 85, coverage >= 85) == (True, True), (f1, coverage)


def test_resolves_the_actors_of_all_articles(pairs):
    every = [
        ((name, gold), found if found is None else (name, found), words)
        for name in pairs
        for gold, found, words in pairs[name]
    ]
    f1, coverage = score_bcubed(every)
    assert (f1 >= 94, coverage >= 93) == (True, True), (f1, coverage)


def find_pronoun(nlp, marked):
    text, [(start, _, _)] = read_marked(marked)
    doc = nlp(text)
    actors = read_facts(doc, "actors")
    facts = [fact for fact in read_facts(doc, "mentions") if fact["start"] == start and fact["form"] == "pronoun"]
    return actors[facts[0]["actor"]]["name"] if facts else ""


def test_resolves_pronouns(reader):
    wrong = [case for case in PRONOUNS if find_pronoun(reader, case["text"]) != case["means"]]
    assert len(PRONOUNS) >= 40
    assert len(wrong) <= len(PRONOUNS) * 0.07, wrong


def read_actors(nlp, text):
    return {actor["name"]: actor for actor in read_facts(nlp(text), "actors")}


@pytest.mark.parametrize(
    ("text", "name", "kind", "country", "sectors"),
    [
        ("Malian President Oumar Keita spoke.", "Oumar Keita", "person", "MLI", ["GOV"]),
        ("Gen. Salva Ochieng inspected the post.", "Salva Ochieng", "person", None, ["MIL"]),
        ("Opposition leader Tendai Moyo spoke in Zimbabwe.", "Tendai Moyo", "person", "ZWE", ["PTY", "OPP"]),
        ("Fiji's Foreign Minister Inoke Fanua spoke.", "Inoke Fanua", "person", "FJI", ["GOV"]),
        ("Ada Ito, of Lakeside University in Kenya, spoke.", "Ada Ito", "person", "KEN", ["EDU"]),
        ("Kwame Boateng, director of Amnesty International Ghana, spoke.", "Kwame Boateng", "person", "GHA", ["NGO"]),
        ("Mr Vega, a lawyer for the dockers, spoke.", "Vega", "person", None, ["JUD"]),
        ("The Peruvian government objected.", "Government of Peru", "organisation", "PER", ["GOV"]),
        ("Sweden's Supreme Court ruled.", "Supreme Court", "organisation", "SWE", ["JUD"]),
        ("The Canadian embassy in Lima closed.", "Embassy of Canada", "organisation", "CAN", ["GOV"]),
        ("Critics called it hasty.", "critics", "group", None, []),
        ("About 200 Danish farmers came.", "Danish farmers", "group", "DNK", ["AGR"]),
        ("The Norwegians refused.", "Norwegians", "group", "NOR", ["CVL"]),
        ("Beijing said the islands were its own.", "China", "country", "CHN", ["GOV"]),
    ],
)
def test_knows_what_an_actor_is(reader, text, name, kind, country, sectors):
    actor = read_actors(reader, text)[name]
    assert (actor["kind"], actor["country"], actor["sectors"]) == (kind, country, sectors)


@pytest.mark.parametrize(
    ("text", "sectors"),
    [
        ("Former Malian President Oumar Keita spoke.", ["ELI"]),
        ("Ex-minister Ada Ito spoke.", ["ELI"]),
        ("Ada Ito, a former Kenyan judge, spoke.", ["ELI"]),
        ("Acting Malian President Oumar Keita spoke.", ["GOV"]),
        ("Former rebel commander Musa Deng spoke.", ["REB"]),
        ("The former army sergeant Musa Deng spoke.", ["MIL"]),
    ],
)
def test_who_held_an_office_of_state_is_its_elite(reader, text, sectors):
    assert (
        next(actor for actor in read_actors(reader, text).values() if actor["kind"] == "person")["sectors"] == sectors
    )


def test_keeps_a_title_as_the_text_has_it(reader):
    text = "Former caretaker prime minister Luis Prado met Ana Rocha, head of the Coast Guard Union (CGU)."
    actors = read_actors(reader, text)
    assert actors["Luis Prado"]["roles"][0]["title"] == "Former caretaker prime minister"
    role = actors["Ana Rocha"]["roles"][0]
    assert (role["title"], role["organisation"]) == ("head of the Coast Guard Union", "Coast Guard Union")
    assert text[role["start"] : role["end"]] == role["title"]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("The Reform Party split. The Reform Movement was founded in May.", ["Reform Party", "Reform Movement"]),
        ("Peru closed the Peruvian embassy in Quito.", ["Peru", "Embassy of Peru"]),
        ("Ana Rocha met Luis Rocha. Ana Rocha smiled.", ["Ana Rocha", "Luis Rocha"]),
        (
            "The Finnish government fell. Finland will vote. The Finns rejoiced.",
            ["Government of Finland", "Finland", "Finns"],
        ),
    ],
)
def test_keeps_near_namesakes_apart(reader, text, apart):
    assert set(apart) <= set(read_actors(reader, text))


def test_an_age_stands_for_the_person(reader):
    doc = reader("Lourdes Abarca won the vote in Peru. The 62-year-old said the count was fair.")
    named = {
        mention.text: fact["actor"]
        for mention, fact in zip(doc.spans["mentions"], read_facts(doc, "mentions"), strict=True)
    }
    assert named["The 62-year-old"] == named["Lourdes Abarca"]


@pytest.mark.parametrize("book", ["roles", "organisations", "collectives"])
def test_examples_of_the_codebooks_hold_in_both_directions(reader, book):
    """An example has an actor by one of the code's words, a counter-example none by any of them."""
    for code in load_codebook(book).codes.values():
        for text, expected in [(text, True) for text in code.examples] + [(text, False) for text in code.not_examples]:
            doc = reader(text)
            owned = {token.i for span in doc.spans["mentions"] for token in span}
            tags = [tag for tag in Words(doc).tags if tag.entry.code.key == code.key and tag.kind in KINDS[book]]
            assert any(owned & set(range(tag.start, tag.end)) for tag in tags) == expected, (code.key, text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("Aa Bé.,“”\"'()[]\n😀-’\u0301 HeItThe"), max_size=120))
def test_reads_any_text(reader, text):
    check_facts(reader(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Ito",
        "(",
        "“",
        "He",
        "A. " * 300,
        "the " * 500,
        "HE SAID THE ARMY OF PERU " * 60,
        "Ito said he " * 200,
        "(UN) " * 200,
    ],
)
def test_reads_odd_text(reader, text):
    check_facts(reader(text))


def check_facts(doc):
    actors, mentions = read_facts(doc, "actors"), read_facts(doc, "mentions")
    assert all(0 <= fact["start"] < fact["end"] <= len(doc.text) for fact in mentions)
    assert {fact["actor"] for fact in mentions} == set(range(len(actors)))
    assert all(actor["name"] for actor in actors)
    doc.to_bytes()


def test_what_one_is_called_by_another_is_no_office(nlp: spacy.Language) -> None:
    doc = nlp("“Ada Ito is a fake person,” Mara Lind said. Ito is the mayor of Tamale.")
    ito = next(actor for actor in read_facts(doc, "actors") if actor["name"] == "Ada Ito")
    assert [role["title"] for role in ito["roles"]] == ["mayor of Tamale"]
