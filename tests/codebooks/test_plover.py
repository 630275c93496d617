"""The PLOVER codebook: whole, and true in both directions when its sentences go through the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from standoff.annotate.events.cues import load_cues
from standoff.annotate.facts import read_facts
from standoff.codebooks import load_codebook

if TYPE_CHECKING:
    from spacy.language import Language

CODES = load_codebook("plover").codes
EXAMPLES = [(key, text) for key, code in CODES.items() for text in code.examples]
NOT_EXAMPLES = [(key, text) for key, code in CODES.items() for text in code.not_examples]


def _find_types(nlp: Language, text: str) -> list[str]:
    return [fact["type"] for fact in read_facts(nlp(text), "events")]


def test_codebook_holds_the_sixteen_types_with_their_quads() -> None:
    quads = {
        1: "AGREE CONSULT SUPPORT CONCEDE",
        2: "COOPERATE AID RETREAT",
        3: "REQUEST ACCUSE REJECT THREATEN",
        4: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
    }
    assert {key: rules.quad for key, rules in load_cues().types.items()} == {
        key: quad for quad, keys in quads.items() for key in keys.split()
    }


def test_conflict_scores_below_zero_and_cooperation_above() -> None:
    for key, rules in load_cues().types.items():
        assert (rules.score > 0) == (rules.quad <= 2), key


@pytest.mark.parametrize("key", CODES)
def test_a_type_has_enough_examples_both_ways(key: str) -> None:
    assert len(CODES[key].examples) >= 6
    assert len(CODES[key].not_examples) >= 4


@pytest.mark.parametrize(("key", "text"), EXAMPLES)
def test_an_example_yields_its_type(nlp: Language, key: str, text: str) -> None:
    assert key in _find_types(nlp, text)


@pytest.mark.parametrize(("key", "text"), NOT_EXAMPLES)
def test_a_counter_example_does_not(nlp: Language, key: str, text: str) -> None:
    assert key not in _find_types(nlp, text)


def test_contexts_are_the_manuals_thirty_seven() -> None:
    contexts = load_codebook("contexts").codes
    assert len(contexts) == 37
    assert all(code.cues for code in contexts.values())
