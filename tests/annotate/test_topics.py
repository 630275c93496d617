"""What sides are taken on is found whatever it is called, and only what could be an issue is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from builders import make_article

from standoff.annotate.topics import find_topics, is_deed, is_name, load_topic_words

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    "family",
    [
        ("closure", "closing", "close"),
        ("privatisation", "privatise"),
        ("resettlement", "resettle"),
        ("removal", "remove"),
        ("arbitration", "arbitrator", "arbitrate"),
        ("sale", "sell"),
        ("withdrawal", "withdraw"),
    ],
)
def test_words_of_one_stem_are_one_family(family: tuple[str, ...]) -> None:
    assert len({load_topic_words().find_family(word) for word in family}) == 1


@pytest.mark.parametrize(("one", "other"), [("toll", "tolerance"), ("ban", "bank"), ("dam", "damage"), ("tax", "taxi")])
def test_words_that_only_begin_alike_are_not(one: str, other: str) -> None:
    words = load_topic_words()
    assert words.find_family(one) != words.find_family(other)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The bishop rejected the plan for a toll on the bridge.", ["toll"]),
        ("The bishop rejected a pay rise of 4 percent.", ["pay"]),
        ("The bishop called it a mistake in every respect.", []),
        ("The board defended the closure of the northern pits.", ["closure"]),
        ("The board will close the pits.", []),
    ],
)
def test_a_name_is_the_noun_that_carries_what_is_said(nlp: Language, text: str, names: list[str]) -> None:
    found = [token.lemma_ for token in nlp(text) if is_name(token) and token.lemma_ not in {"bishop", "board"}]
    assert found == names


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        ("The board will close the pits.", ["close"]),
        ("The board opposes the toll.", []),
        ("The board said the toll was unfair.", []),
        ("The board took steps.", []),
    ],
)
def test_a_deed_is_a_verb_with_its_object_that_no_stance_word_is(nlp: Language, text: str, deeds: list[str]) -> None:
    assert [token.lemma_ for token in nlp(text) if is_deed(token)] == deeds


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mayor Ada Ito condemned the night ban.", {("Ada Ito", "night ban", "against")}),
        ("Mayor Ada Ito will silence the bells.", {("Ada Ito", "silence bell", "against")}),
        ("Mayor Ada Ito will hire contractors.", {("Ada Ito", "hire contractor", "for")}),
        ("Mayor Ada Ito came home after the ban.", set()),
    ],
)
def test_a_stance_is_told_with_its_holder(nlp: Language, text: str, found: set[tuple[str, str, str]]) -> None:
    topics = list(find_topics(nlp(text), make_article(text=text)))
    assert {(item.holder, item.name or item.deed, item.stance) for item in topics if item.stance} == found
    assert all(text[item.passage.start : item.passage.end] == item.passage.text for item in topics)


def test_who_ends_or_makes_a_thing_speaks_to_the_thing(nlp: Language) -> None:
    text = "Mayor Ada Ito silenced the bells. Father Ben Oke will use the bells. The bells are a treasure, he said."
    bell = load_topic_words().find_family("bell")
    deeds = [item for item in find_topics(nlp(text), make_article(text=text)) if item.deed]
    assert {item.deed: item.family for item in deeds} == {"silence bell": bell, "use bell": bell}


def test_a_word_of_a_shipped_issue_names_it(nlp: Language) -> None:
    text = "Mayor Ada Ito rejected arbitration and the toll on bread."
    shipped = {item.word: item.shipped for item in find_topics(nlp(text), make_article(text=text))}
    assert shipped["arbitration"] == "mediation"


def test_a_text_without_words_has_no_topics(nlp: Language) -> None:
    assert list(find_topics(nlp(""), make_article(text=""))) == []
