"""What the trained reader sees joins what the cues find: triggers come and go, a sure type counts, parties stand in."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.events.coding import code_triggers
from standoff.annotate.events.cues import find_triggers
from standoff.annotate.events.seen import Sightings
from standoff.annotate.facts import write_facts


def see(doc: Doc, **seen: dict[str, Any]) -> Sightings:
    """Write what the reader is to have seen at words of a document: types by chance, and parties by word."""
    facts = []
    for word, what in seen.items():
        start = doc.text.index(word)
        parties = [
            [doc.text.index(party), doc.text.index(party) + len(party), *chances]
            for party, chances in what.get("parties", {}).items()
        ]
        facts.append(
            {
                "start": start,
                "end": start + len(word),
                "types": what["types"],
                "modes": {type_: what.get("mode") for type_ in what["types"]},
                "statuses": {what.get("status", "actual"): 0.9},
                "parties": parties,
            }
        )
    write_facts(doc, "sightings", facts)
    return Sightings(doc)


def test_a_word_that_no_cue_knows_becomes_a_trigger(rules_alone: Language) -> None:
    doc = rules_alone("Chad stonewalled Libya.")
    assert not find_triggers(doc)
    (trigger,) = see(doc, stonewalled={"types": {"REJECT": 0.97}, "mode": "meet"}).join_triggers([])
    assert (trigger.token.text, trigger.cue.type, trigger.cue.mode) == ("stonewalled", "REJECT", "meet")


def test_a_word_that_is_hardly_an_event_does_not(rules_alone: Language) -> None:
    doc = rules_alone("Chad stonewalled Libya.")
    assert not see(doc, stonewalled={"types": {"REJECT": 0.2}}).join_triggers([])


def test_a_cue_stands_whatever_the_reader_sees(rules_alone: Language) -> None:
    doc = rules_alone("Chad attacked Libya.")
    triggers = find_triggers(doc)
    assert triggers
    assert see(doc, attacked={"types": {"ASSAULT": 0.9}}).join_triggers(triggers) == triggers
    assert see(doc).join_triggers(triggers) == triggers


def test_where_the_reader_did_not_run_the_cues_stand(rules_alone: Language) -> None:
    doc = rules_alone("Chad attacked Libya.")
    triggers = find_triggers(doc)
    assert Sightings(doc).join_triggers(triggers) == triggers
    (coded,) = code_triggers(triggers)
    assert Sightings(doc).settle(coded) == coded


def test_a_sure_type_counts_with_its_status(rules_alone: Language) -> None:
    doc = rules_alone("Chad attacked Libya.")
    (coded,) = code_triggers(find_triggers(doc))
    settled = see(doc, attacked={"types": {"ACCUSE": 0.99}, "status": "negated"}).settle(coded)
    assert (coded.type, settled.type, settled.standing.status) == ("ASSAULT", "ACCUSE", "negated")
    assert "reads as ACCUSE" in settled.rule
    unsure = see(doc, attacked={"types": {"ACCUSE": 0.4, "ASSAULT": 0.3}}).settle(coded)
    assert unsure.type == "ASSAULT"


def test_a_meeting_to_come_stays_one_though_the_manual_calls_it_a_promise(rules_alone: Language) -> None:
    doc = rules_alone("Chad's president will meet Libya's envoy next week.")
    coded = next(item for item in code_triggers(find_triggers(doc)) if item.type == "CONSULT")
    assert coded.standing.status == "future"
    assert see(doc, meet={"types": {"AGREE": 0.99}}).settle(coded).type == "CONSULT"
    assert see(doc, meet={"types": {"REJECT": 0.99}}).settle(coded).type == "REJECT"


def test_what_the_grammar_has_turned_the_reader_does_not_turn_back(rules_alone: Language) -> None:
    doc = rules_alone("Chad pledged not to negotiate with Libya.")
    (coded,) = code_triggers(find_triggers(doc))
    settled = see(doc, pledged={"types": {"AGREE": 0.99}}).settle(coded)
    assert (coded.type, settled.type) == ("REJECT", "REJECT")


def test_a_noun_that_a_verb_only_carries_counts_for_it(rules_alone: Language) -> None:
    doc = rules_alone("Chad held talks with Libya.")
    triggers = find_triggers(doc)
    assert [trigger.token.text for trigger in triggers] == ["held"]
    assert see(doc, talks={"types": {"CONSULT": 0.9}}).join_triggers(triggers) == triggers


def test_parties_stand_in_where_the_grammar_has_none(rules_alone: Language) -> None:
    doc = rules_alone("The arrest of two editors angered Chad.")
    (trigger,) = [item for item in find_triggers(doc) if item.token.text == "arrest"]
    (coded,) = code_triggers([trigger])
    seen = see(doc, arrest={"types": {"COERCE": 0.9}, "parties": {"Chad": (0.9, 0.0), "editors": (0.0, 0.9)}})
    settled = seen.settle(coded._replace(parties=coded.parties._replace(actors=())))
    assert [token.text for token in settled.parties.actors] == ["Chad"]
    assert any(token.text == "editors" for layer in settled.parties.layers for token in layer.nouns)
