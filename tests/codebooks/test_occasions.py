"""The codebook of occasions: its examples, in both directions."""

from __future__ import annotations

import pytest

from standoff.annotate.facts import read_facts
from standoff.codebooks import Code, load_codebook
from standoff.models.language import load_language

CODEBOOK = load_codebook("occasions")


def list_examples(field: str) -> list[object]:
    return [
        pytest.param(code.key, text, id=f"{code.key}-{number}")
        for code in CODEBOOK.codes.values()
        for number, text in enumerate(getattr(code, field))
    ]


def find_kinds(text: str) -> list[str]:
    return [fact["kind"] for fact in read_facts(load_language()(text), "occasions")]


@pytest.mark.parametrize(("kind", "text"), list_examples("examples"))
def test_example_is_found(kind: str, text: str) -> None:
    assert kind in find_kinds(text)


@pytest.mark.parametrize(("kind", "text"), list_examples("not_examples"))
def test_counter_example_is_not_found(kind: str, text: str) -> None:
    assert kind not in find_kinds(text)


@pytest.mark.parametrize("code", CODEBOOK.codes.values(), ids=lambda code: code.key)
def test_code_is_whole(code: Code) -> None:
    assert {"title", "family", "deed", "national", "bare", "verbs", "events"} <= set(code.extra)
    assert code.examples
    assert code.not_examples
    assert code.extra.get("broader", "election") in CODEBOOK.codes
