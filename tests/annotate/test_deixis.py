"""Who "I" and "you" are, given attributions that say who speaks."""

from __future__ import annotations

import pytest
import spacy

from standoff.annotate.deixis import DeixisFinder
from standoff.annotate.facts import read_facts, write_facts


def make_doc(text, *, actors, mentions=(), attributions=()):
    """Give a doc with facts: actors by name, mentions as (words, actor, form), attributions by their content."""
    doc = spacy.blank("en")(text)
    facts = [
        {"name": name, "kind": "person", "country": None, "sectors": [], "aliases": [], "roles": []} for name in actors
    ]
    write_facts(doc, "actors", facts)
    rows = []
    for words, actor, form in mentions:
        start = text.index(words)
        rows.append({"start": start, "end": start + len(words), "actor": actor, "form": form})
    write_facts(doc, "mentions", rows)
    made = []
    for fact in attributions:
        start = text.index(fact["content"])
        base = {
            "source": None, "actor": None, "cue": None, "directness": "direct", "act": "say", "addressee": None,
            "venue": None, "time": None, "inside": None, "score": 1.0, "made_by": "test",
        }  # fmt: skip
        made.append({**base, **fact, "content": [[start, start + len(fact["content"])]]})
    write_facts(doc, "attributions", made)
    return DeixisFinder()(doc)


def read_pronouns(doc):
    return [
        (doc.text[fact["start"] : fact["end"]], fact["actor"])
        for fact in read_facts(doc, "mentions")
        if fact["form"] == "pronoun"
    ]


@pytest.mark.parametrize("word", ["I", "me", "my", "myself", "we", "us", "our", "ourselves"])
def test_first_person_is_the_speaker(word):
    doc = make_doc(
        f"“It was {word},” said Ito.",
        actors=["Mori", "Ito"],
        attributions=[{"content": f"It was {word},", "actor": 1}],
    )
    assert read_pronouns(doc) == [(word, 1)]


def test_the_us_is_no_pronoun():
    doc = make_doc("“Not the US,” said Ito.", actors=["Ito"], attributions=[{"content": "Not the US,", "actor": 0}])
    assert read_pronouns(doc) == []


def test_second_person_is_the_addressee():
    doc = make_doc(
        "“You lied,” Ito told Mori.",
        actors=["Ito", "Mori"],
        attributions=[{"content": "You lied,", "actor": 0, "addressee": 1}],
    )
    assert read_pronouns(doc) == [("You", 1)]


def test_an_editors_bracket_names_the_addressee():
    doc = make_doc(
        "“This man [Mori] knows it. You lied,” Ito said.",
        actors=["Ito", "Mori"],
        mentions=[("Mori", 1, "name"), ("Ito", 0, "name")],
        attributions=[{"content": "This man [Mori] knows it. You lied,", "actor": 0}],
    )
    assert read_pronouns(doc) == [("You", 1)]
    assert read_facts(doc, "attributions")[0]["addressee"] == 1


def test_the_addressee_stays_for_the_next_words():
    doc = make_doc(
        "“You lied,” Ito told Mori. “You will pay,” he said.",
        actors=["Ito", "Mori"],
        attributions=[
            {"content": "You lied,", "actor": 0, "addressee": 1},
            {"content": "You will pay,", "actor": 0},
        ],
    )
    assert read_pronouns(doc) == [("You", 1), ("You", 1)]


def test_the_innermost_speaker_is_meant():
    doc = make_doc(
        "“He told me: ‘I quit’,” Ito said.",
        actors=["Ito", "Mori"],
        attributions=[
            {"content": "He told me: ‘I quit’,", "actor": 0},
            {"content": "I quit", "actor": 1, "inside": 0},
        ],
    )
    assert read_pronouns(doc) == [("me", 0), ("I", 1)]


def test_indirect_speech_has_no_speaker_of_i():
    doc = make_doc(
        "Ito said I was right.",
        actors=["Ito"],
        attributions=[{"content": "I was right", "actor": 0, "directness": "indirect"}],
    )
    assert read_pronouns(doc) == []


def test_a_speaker_does_not_call_himself_he():
    doc = make_doc(
        "Mori resigned. “He was tired,” Ito said.",
        actors=["Mori", "Ito"],
        mentions=[("Mori", 0, "name"), ("He", 1, "pronoun"), ("Ito", 1, "name")],
        attributions=[{"content": "He was tired,", "actor": 1}],
    )
    assert read_pronouns(doc) == [("He", 0)]


def test_without_attributions_nothing_changes():
    doc = make_doc("I am Ito.", actors=["Ito"], mentions=[("Ito", 0, "name")])
    assert read_pronouns(doc) == []


def test_survives_attributions_that_hold_each_other():
    doc = make_doc(
        "“I said I quit,” Ito said.",
        actors=["Ito"],
        attributions=[
            {"content": "I said I quit,", "actor": 0, "inside": 1},
            {"content": "I quit", "actor": 0, "inside": 0},
        ],
    )
    assert [actor for _, actor in read_pronouns(doc)] == [0, 0]
    doc.to_bytes()


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("“We were not told,” said Rosa Lind, spokeswoman for the Bakers' Union.", "Bakers' Union"),
        ("“We met the mayor twice,” Harbour Board spokesman Ken Doyle said.", "Harbour Board"),
        ("“We were not told,” said Rosa Lind, a member of the Bakers' Union.", "Rosa Lind"),
        ("“I was not told,” said Rosa Lind, spokeswoman for the Bakers' Union.", "Rosa Lind"),
    ],
)
def test_who_speaks_for_a_body_says_we_of_it(nlp, text, means):
    doc = nlp(text)
    actors = read_facts(doc, "actors")
    assert [actors[actor]["name"] for words, actor in read_pronouns(doc) if words in ("We", "I")] == [means]
