"""Clauses with a day of their own: what was done then, what is to be, and what tells neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from standoff.annotate.facts import read_facts

if TYPE_CHECKING:
    from spacy.language import Language

KINDS = ("occurrence", "plan", "deadline", "step")
PUBLISHED = "2021-05-06"  # a Thursday


def find(nlp: Language, text: str, published: str | None = PUBLISHED) -> list[dict[str, Any]]:
    doc = nlp.make_doc(text)
    doc._.published = published
    return [fact for fact in read_facts(nlp(doc), "occasions") if fact["kind"] in KINDS]


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("The reservoir in Kars overflowed on Sunday.", "occurrence", "reservoir in Kars overflows"),
        ("On Tuesday the dam at Kars cracked.", "occurrence", "dam at Kars cracks"),
        ("The border post was repainted in April.", "occurrence", "border post repainted"),
        ("Smoke began to rise over Lefkara on 2 May.", "occurrence", "Smoke begins to rise over Lefkara"),
        ("The mill, built in 1958, stands empty.", "occurrence", "mill built"),
        ("The quota, which lapsed in March, had helped nobody.", "occurrence", "quota lapses"),
        ("The bank let the bolívar float in 2018.", "occurrence", "bank lets the bolívar float"),
        ("Output in Silesia sank by a fifth last year.", "occurrence", "Output in Silesia sinks by a fifth"),
        ("The museum of Khasab reopens on Saturday.", "plan", "museum of Khasab to reopen"),
        ("The concession expires on 30 June.", "plan", "concession to expire"),
        ("Almaz Toktorov is to be sworn in on 24 May.", "plan", "Almaz Toktorov to be sworn in"),
        ("The results are due on 9 May.", "plan", "results due"),
        ("A recount has been set for 12 May.", "plan", "recount set"),
        ("Herders plan to graze the reserve next week.", "plan", "herders plan to graze the reserve"),
        ("Unless flour comes by Saturday, the bakers will close.", "deadline", "Deadline: Unless flour comes"),
    ],
)
def test_a_dated_clause_tells_something(nlp: Language, text: str, kind: str, label: str) -> None:
    (fact,) = find(nlp, text)
    assert (fact["kind"], fact["label"]) == (kind, label)
    assert fact["time"] is not None


@pytest.mark.parametrize(
    "text",
    [
        "The reservoir in Kars did not overflow on Sunday.",
        "Nobody crossed the bridge on Sunday.",
        "There were no ferries to Khasab on Saturday.",
        "Had the bank paid in April, the mill would have opened in May.",
        "If it rains on Saturday, the ferry turns round.",
        "The ferry might sail on Saturday.",
        "Did the dam crack on Tuesday?",
        "The ferry sails on Saturdays.",
        "Each Friday the bakers close at noon.",
        "The bread is white in May.",
        "A loaf cost two dinars in April.",
        "The constitution of 1991 forbids it.",
        "The baker said on Tuesday that it was hot.",
    ],
)
def test_what_is_not_told_as_done_or_due_is_none(nlp: Language, text: str) -> None:
    assert find(nlp, text) == []


def test_a_verb_that_an_event_has_is_left_to_it(nlp: Language) -> None:
    text = "Police arrested the mayor of Goma on Tuesday."
    assert find(nlp, text) == []


def test_the_passage_holds_subject_verb_and_day(nlp: Language) -> None:
    text = "Nobody was hurt. On Tuesday the dam at Kars cracked, engineers said, and water ran out."
    (fact,) = find(nlp, text)
    assert text[fact["start"] : fact["end"]] == "Tuesday the dam at Kars cracked"
