"""The attribute ruler with tables annotates what spaCy's own does."""

from __future__ import annotations

import pathlib

import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler

from standoff.models.language import MODEL
from standoff.models.ruler import IndexedMatcher

ARTICLES = pathlib.Path(__file__).resolve().parents[2] / "examples" / "articles"
ODD = "I ain't going to, y'all: nothin' is free \n\n there's what she's got. Let's go, c'mon! It gets late."


@pytest.fixture(scope="module")
def bare() -> Language:
    return spacy.load(MODEL, exclude=["ner"])


@pytest.mark.parametrize("text", ["", ODD, *(path.read_text() for path in sorted(ARTICLES.glob("*.txt")))])
def test_the_tables_find_what_the_matcher_finds(bare: Language, text: str) -> None:
    ruler = bare.get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    with bare.select_pipes(disable=["attribute_ruler", "lemmatizer"]):
        doc = bare(text)
    assert sorted(set(IndexedMatcher(ruler)(doc))) == sorted(set(ruler.match(doc)))


@pytest.mark.parametrize(
    "pattern",
    [
        [{"LOWER": "ore"}],
        [{"LOWER": {"IN": ["ore", "tin"]}, "TAG": {"NOT_IN": ["VB"]}}],
        [{"TAG": "NN"}, {"LOWER": "ore"}],
        [{"LOWER": "ore"}, {"IS_PUNCT": True}],
        [{"LOWER": {"REGEX": "^or"}}],
        [{"LOWER": "tin", "OP": "+"}, {}],
        [{"DEP": {"NOT_IN": ["ROOT"]}}],
        [{"IS_SPACE": False, "LOWER": "."}],
    ],
)
def test_any_pattern_finds_the_same_words(bare: Language, pattern: list[dict[str, object]]) -> None:
    ruler = AttributeRuler(bare.vocab)
    ruler.add([pattern], {"POS": "X"})  # type: ignore[list-item]
    with bare.select_pipes(disable=["attribute_ruler", "lemmatizer"]):
        doc = bare("Tin ore and tin tin ore. Ore")
    found = IndexedMatcher(ruler)(doc)
    assert found == ruler.match(doc)
    assert found
