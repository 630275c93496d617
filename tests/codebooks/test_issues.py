"""The codebooks behind positions and conflicts: whole, and true in both directions."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING

import pytest

from standoff.annotate.facts import read_facts
from standoff.annotate.positions.climb import GOVERNING
from standoff.annotate.positions.cues import IssueCues, load_stance_words
from standoff.codebooks import load_codebook
from standoff.errors import ConfigError
from standoff.resolve.conflicts.statements import find_cue

if TYPE_CHECKING:
    from spacy.language import Language

ISSUES = load_codebook("issues").codes
STATED = [
    (key, text, stance)
    for key, code in ISSUES.items()
    for text, stance in zip(code.examples, code.extra["stances"], strict=True)
]
UNSTATED = [(key, text) for key, code in ISSUES.items() for text in code.not_examples]
STANCES = load_codebook("stances").codes
CONTRASTS = load_codebook("contrasts").codes


@pytest.mark.parametrize(("issue", "text", "stance"), STATED)
def test_an_example_yields_its_stance(nlp: Language, issue: str, text: str, stance: str) -> None:
    found = {(fact["issue"], fact["stance"]) for fact in read_facts(nlp(text), "positions")}
    assert (issue, stance) in found


@pytest.mark.parametrize(("issue", "text"), UNSTATED)
def test_a_counter_example_yields_no_position_on_the_issue(nlp: Language, issue: str, text: str) -> None:
    assert issue not in {fact["issue"] for fact in read_facts(nlp(text), "positions")}


@pytest.mark.parametrize("issue", ISSUES)
def test_every_issue_has_examples_on_both_sides_of_its_border(issue: str) -> None:
    code = ISSUES[issue]
    assert len(code.examples) >= 2
    assert code.not_examples
    assert set(code.extra["stances"]) <= {"for", "against", "conditional", "neutral"}


@pytest.mark.parametrize("key", STANCES)
def test_governing_words_are_found_where_the_codebook_says(nlp: Language, key: str) -> None:
    words = load_stance_words()

    def has_class(text: str) -> bool:
        among = frozenset({key})
        return any(words.classify(token, among) if key in GOVERNING else words.has(token, key) for token in nlp(text))

    assert all(map(has_class, STANCES[key].examples))
    assert not any(map(has_class, STANCES[key].not_examples))


@pytest.mark.parametrize("key", CONTRASTS)
def test_words_of_contrast_are_found_where_the_codebook_says(key: str) -> None:
    assert all(find_cue(text, key) for text in CONTRASTS[key].examples)
    assert not any(find_cue(text, key) for text in CONTRASTS[key].not_examples)


HEAD = 'name = "own"\nversion = "1"\nsource = "us"\nlicence = "CC0"\n'


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('[codes.dam]\ndefinition = "The dam."\ncues = ["dam", " "]\n', "codes.dam.cues has an empty cue"),
        (
            '[codes.dam]\ndefinition = "The dam."\nfor_cues = "flood"\n',
            "codes.dam.for_cues should be a list of strings",
        ),
    ],
)
def test_a_broken_codebook_is_named_with_its_key(tmp_path: pathlib.Path, body: str, says: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(HEAD + body, encoding="utf-8")
    with pytest.raises(ConfigError, match=says):
        IssueCues(path)
