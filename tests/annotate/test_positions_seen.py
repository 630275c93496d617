"""What the trained reader sees is added to what the grammar composes."""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import PositionFact, read_facts, write_facts
from standoff.annotate.positions import find_positions, keep_best
from standoff.annotate.positions.cues import IssueCues


def see(
    doc: Doc, word: str, issue: str, *, chance: float = 0.95, holder: str = "", condition: str = "", **stances: Any
) -> None:
    """Write that the reader has seen an issue at a word, with the chances of stances, and the words of the parties."""
    text = doc.text

    def locate(words: str) -> list[tuple[int, int]]:
        start = text.index(words) if words else 0
        return [(token.idx, token.idx + len(token)) for token in doc if start <= token.idx < start + len(words)]

    facts = [
        *read_facts(doc, "leanings"),
        {
            "start": text.index(word),
            "end": text.index(word) + len(word),
            "issue": issue,
            "chance": chance,
            "stances": {"none": 0.0, "for": 0.0, "against": 0.0, "conditional": 0.0, "neutral": 0.0, **stances},
            "parts": [
                *([start, end, 0.9, 0.0] for start, end in locate(holder)),
                *([start, end, 0.0, 0.9] for start, end in locate(condition)),
            ],
        },
    ]
    write_facts(doc, "leanings", facts)


def read(doc: Doc) -> list[tuple[str, str, str]]:
    actors = read_facts(doc, "actors")
    return [(actors[fact["holder"]]["name"], fact["issue"], fact["stance"]) for fact in find(doc)]


def find(doc: Doc) -> list[PositionFact]:
    return keep_best(find_positions(doc, cues=IssueCues("issues")))


def test_a_position_that_no_cue_names_is_added_with_its_holder(rules_alone: Language) -> None:
    doc = rules_alone("Mara Lind told reporters that the crews would never sit in a room with the owners.")
    assert not [row for row in read(doc) if row[1] == "negotiation" and row[2] == "against" and row[0] != "Mara Lind"]
    see(doc, "room", "mediation", holder="Mara Lind", against=0.98)
    assert ("Mara Lind", "mediation", "against") in read(doc)
    (fact,) = [fact for fact in find(doc) if fact["issue"] == "mediation"]
    assert "reads as against mediation" in fact["why"]
    assert fact["made_by"] == "model/stance"


def test_what_is_hardly_seen_adds_nothing(rules_alone: Language) -> None:
    doc = rules_alone("Mara Lind looked at the harbour.")
    see(doc, "harbour", "trade", chance=0.4, holder="Mara Lind", against=0.5)
    assert read(doc) == []


def test_whose_words_it_is_in_holds_it_where_no_holder_is_seen(rules_alone: Language) -> None:
    doc = rules_alone("“Enough of those envoys,” Mara Lind said.")
    see(doc, "envoys", "mediation", against=0.97)
    assert ("Mara Lind", "mediation", "against") in read(doc)


def test_where_the_grammar_reads_a_stance_it_stands(rules_alone: Language) -> None:
    doc = rules_alone("Mara Lind supports talks with the owners.")
    see(doc, "talks", "negotiation", holder="Mara Lind", against=0.97)
    assert read(doc) == [("Mara Lind", "negotiation", "for")]


def test_the_chances_of_one_stance_in_a_sentence_add_up(rules_alone: Language) -> None:
    doc = rules_alone("Mara Lind looked at the harbour and the quay.")
    see(doc, "harbour", "trade", chance=0.2, holder="Mara Lind", against=0.9)
    assert read(doc) == []
    see(doc, "quay", "trade", chance=0.35, holder="Mara Lind", against=0.9)
    assert read(doc) == [("Mara Lind", "trade", "against")]


def test_what_is_seen_on_an_issue_that_is_not_asked_for_is_left_out(rules_alone: Language) -> None:
    doc = rules_alone("Mara Lind looked at the harbour.")
    see(doc, "harbour", "harbour-dues", holder="Mara Lind", against=0.97)
    assert read(doc) == []


def test_a_condition_is_cut_from_its_words(rules_alone: Language) -> None:
    doc = rules_alone("Mara Lind would come to the table if the owners paid the arrears.")
    see(doc, "table", "mediation", holder="Mara Lind", condition="if the owners paid the arrears", conditional=0.97)
    (fact,) = [fact for fact in find(doc) if fact["issue"] == "mediation"]
    assert fact["condition"] is not None
    assert doc.text[slice(*fact["condition"])] == "if the owners paid the arrears"


def test_one_position_is_not_told_twice(rules_alone: Language) -> None:
    doc = rules_alone("Mara Lind supports talks with the owners.")
    see(doc, "owners", "negotiation", holder="Mara Lind", **{"for": 0.97})
    assert read(doc) == [("Mara Lind", "negotiation", "for")]
