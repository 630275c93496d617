"""Occasions: which names of happenings count, when they are, on which side of now, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from standoff.annotate.facts import read_facts
from standoff.annotate.occasions import OccasionsFinder

if TYPE_CHECKING:
    from spacy.language import Language


def find(nlp: Language, text: str, published: str | None = None) -> list[dict[str, Any]]:
    doc = nlp.make_doc(text)
    doc._.published = published
    return read_facts(nlp(doc), "occasions")


@pytest.mark.parametrize(
    ("text", "kind", "status", "time"),
    [
        ("Turkey goes ahead with the municipal elections in March.", "local-election", "hypothetical", "March"),
        (
            "The presidential election set to be held on 20 May will go ahead.",
            "presidential-election",
            "future",
            "20 May",
        ),
        ("The general election remains scheduled for 29 July.", "general-election", "future", "29 July"),
        (
            "Wait until 2027 for the council elections and 2028 for the national elections.",
            "local-election",
            "future",
            "2027",
        ),
        (
            "Wait until 2027 for the council elections and 2028 for the national elections.",
            "general-election",
            "future",
            "2028",
        ),
        ("Sudan's opposition derided the elections as a circus.", "election", "actual", None),
        ("Kenya's ruling party won the 2017 general election.", "general-election", "actual", "2017"),
        ("The third China-Norway Rights Dialogue was held in Oslo on Monday.", "dialogue", "actual", "Monday"),
        ("The army has ruled Thailand since the 2014 coup.", "coup", "actual", "2014"),
        ("Members of the now-dissolved Future Forward Party were silent.", "dissolution", "actual", None),
        ("The minister quit before the ruling of the Constitutional Court was known.", "verdict", "actual", None),
        ("If there is an election next year, Labour will lose it.", "election", "hypothetical", "next year"),
    ],
)
def test_occasion_is_found(nlp: Language, text: str, kind: str, status: str, time: str | None) -> None:
    found = {fact["kind"]: fact for fact in find(nlp, text)}
    assert kind in found
    assert found[kind]["status"] == status
    at = found[kind]["time"]
    assert (None if at is None else text[at[0] : at[1]]) == time


@pytest.mark.parametrize(
    "text",
    [
        "Free elections are a dream in many countries.",
        "There will be no talks, he said.",
        "The election commission in Nairobi counted all night.",
        "They held their breath for some agreement.",
        "On March 23 nothing happened in Lima.",
        "",
    ],
)
def test_what_is_no_occasion(nlp: Language, text: str) -> None:
    assert find(nlp, text) == []


def test_day_of_the_article_settles_what_the_words_leave_open(nlp: Language) -> None:
    text = "Observers spoke of the elections of 20 May 2018."
    assert [find(nlp, text, day)[0]["status"] for day in ("2018-01-05", "2018-06-05")] == ["future", "actual"]


def test_parties_and_labels(nlp: Language) -> None:
    text = "The court's dissolution of the Umma Front surprised Sudan. The Juba Peace Agreement of 2020 is dead."
    dissolution, agreement = find(nlp, text)
    names = [actor["name"] for actor in read_facts(nlp(text), "actors")]
    assert names[dissolution["actors"][-1]] == "Umma Front"
    assert dissolution["label"] == "dissolution of Umma Front"
    assert agreement["label"] == "Juba Peace Agreement"


def test_meeting_has_its_counterpart_after_the_day(nlp: Language) -> None:
    text = "Envoy Lena Holt was silent after her meeting, on 3 May in Lima, with Carlos Vega."
    (meeting,) = find(nlp, text)
    names = [actor["name"] for actor in read_facts(nlp(text), "actors")]
    assert "Carlos Vega" in {names[actor] for actor in meeting["actors"]}


def test_component_works_alone_and_survives_bytes(nlp: Language) -> None:
    doc = nlp("The upcoming elections in Chad will be held on 5 May 2024.")
    copy = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert read_facts(copy, "occasions") == read_facts(doc, "occasions")
    blank = spacy.blank("en")("The upcoming elections in Chad.")
    assert read_facts(OccasionsFinder("occasions")(blank), "occasions") == []


WORDS = [
    "the",
    "election",
    "dissolved",
    "Chad",
    "-",
    "of",
    "on",
    "Monday",
    ",",
    "“",
    "talks",
    "with",
    "will",
    "2018",
    "\n",
    "😀",
    "his",
]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_text_is_read(nlp: Language, text: str) -> None:
    for fact in find(nlp, text):
        assert 0 <= fact["start"] < fact["end"] <= len(text)
        assert fact["time"] is None or fact["start"] <= fact["time"][0] < fact["time"][1] <= fact["end"]


@pytest.mark.parametrize(
    "text", ["the election, the summit, talks, ", "the trial of the court on Monday dissolved talks with "]
)
def test_long_sentence_costs_no_square(nlp: Language, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from standoff.annotate.occasions import find

    looked: list[int] = []
    count = find.left_words

    def count_words(head: Any) -> Any:
        words = count(head)
        looked.append(len(words) + 1)
        return words

    monkeypatch.setattr(find, "left_words", count_words)
    sums = []
    for times in (50, 200):
        with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name.startswith("standoff_")]):
            doc = nlp(text * times)
        looked.clear()
        OccasionsFinder("occasions")(doc)
        sums.append(sum(looked))
    assert sums[1] <= 5 * sums[0]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The Norwegian envoy Erik Moe will return to Colombo on 14 May.", "Erik Moe to return to Colombo"),
        ("Prime Minister Ana Brnabić will present the draft in October.", "Ana Brnabić to present the draft"),
        (
            "Ana Brnabić said the draft would be fine. Turkey will publish its map next week.",
            "Turkey to publish its map",
        ),
        (
            "Foreign Minister Nikos Dendias would take the map to the United Nations next week.",
            "Nikos Dendias to take the map to the United Nations",
        ),
    ],
)
def test_a_plan_with_a_day_is_an_occasion(nlp: Language, text: str, label: str) -> None:
    plans = [fact for fact in read_facts(nlp(text), "occasions") if fact["kind"] == "plan"]
    assert [(plan["label"], plan["status"]) for plan in plans] == [(label, "future")]


@pytest.mark.parametrize(
    "text",
    [
        "The Norwegian envoy Erik Moe may return to Colombo on 14 May.",
        "The Norwegian envoy Erik Moe will not return to Colombo on 14 May.",
        "The Norwegian envoy Erik Moe returned to Colombo on 14 May.",
        "If Ana Brnabić will present the draft in October, the farmers will cheer.",
        "It will rain in Colombo on 14 May.",
        "Erik Moe hopes to return in May.",
    ],
)
def test_what_may_or_did_happen_is_no_plan(nlp: Language, text: str) -> None:
    assert "plan" not in [fact["kind"] for fact in read_facts(nlp(text), "occasions")]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("The miners’ union ended a hunger strike in Katowice on Monday.", "hunger strike"),
        ("The talks opened in Juba on Monday.", "talks"),
        ("The party split two days after regional elections.", "regional elections"),
        ("The 1960 guarantee treaty still binds Cyprus.", "guarantee treaty"),
    ],
)
def test_an_occasion_is_named_in_the_texts_own_words(nlp: Language, text: str, label: str) -> None:
    labels = [fact["label"] for fact in read_facts(nlp(text), "occasions")]
    assert any(found.startswith(label) for found in labels), labels
