"""When events were and whose word they are, in our own sentences with two events, two dates or two speakers."""

from __future__ import annotations

import pathlib
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from standoff.annotate.facts import read_facts

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

HERE = pathlib.Path(__file__).parent
TIMES = tomllib.loads((HERE / "event_times.toml").read_text(encoding="utf-8"))
VOUCHERS = tomllib.loads((HERE / "event_vouchers.toml").read_text(encoding="utf-8"))
FLOORS = {"times": 18, "vouchers": 19}  # of 20 held sentences each; 2026-11 they stood at 19 and 20
# No cue of the codebook finds these.
UNTOLD = {
    ("Peru expelled the envoy on 3 May after Bolivia had recalled its own in April.", "recalled"),
    ("The court sentenced him on Monday for attacking a police post in 2019.", "attacking"),
}


def _find_event(doc: Doc, trigger: str) -> dict[str, Any] | None:
    text = doc.text
    return next((fact for fact in read_facts(doc, "events") if text[slice(*fact["cue"])] == trigger), None)


def _find_time(doc: Doc, trigger: str) -> str | None:
    fact = _find_event(doc, trigger)
    if fact is None:
        return None
    return doc.text[slice(*fact["time"])] if fact["time"] else ""


def _is_vouched_by(doc: Doc, trigger: str, wanted: str) -> bool | None:
    fact = _find_event(doc, trigger)
    if fact is None:
        return None
    if fact["attribution"] is None:
        return wanted == "-"
    said = read_facts(doc, "attributions")[fact["attribution"]]
    if said["actor"] is None and said["source"] is None:
        return wanted == "?"
    names = [] if said["actor"] is None else [read_facts(doc, "actors")[said["actor"]]["name"]]
    names += [doc.text[slice(*said["source"])]] if said["source"] else []
    return any(wanted.lower() in name.lower() for name in names)


@pytest.mark.parametrize(("text", "trigger", "wanted"), TIMES["open"])
def test_an_event_has_the_date_of_its_own_clause(nlp: Language, text: str, trigger: str, wanted: str) -> None:
    found = _find_time(nlp(text), trigger)
    assert found == wanted or (found is None and (text, trigger) in UNTOLD)


@pytest.mark.parametrize(("text", "trigger", "wanted"), VOUCHERS["open"])
def test_an_event_is_the_word_of_the_innermost_speaker(nlp: Language, text: str, trigger: str, wanted: str) -> None:
    assert _is_vouched_by(nlp(text), trigger, wanted)


def test_the_held_sentences_stay_above_the_floors(nlp: Language) -> None:
    times = sum(_find_time(nlp(text), trigger) == wanted for text, trigger, wanted in TIMES["held"])
    vouchers = sum(_is_vouched_by(nlp(text), trigger, wanted) is True for text, trigger, wanted in VOUCHERS["held"])
    assert times >= FLOORS["times"]
    assert vouchers >= FLOORS["vouchers"]
