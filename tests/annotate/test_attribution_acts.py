"""What a speaker does by what he says: by the reporting words alone, but for warnings, wishes to know and claims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from standoff.annotate.facts import read_facts

if TYPE_CHECKING:
    from spacy.language import Language

ACTS = [
    ("The junta warned that its soldiers would shoot if the crowd came nearer.", "threaten"),
    ("The junta warned that its reserves would run out if the price of oil fell.", "say"),
    ("Ada Ito warned that she would sue whoever printed the letter.", "threaten"),
    ("The mayor wanted to know why the gate was shut.", "ask"),
    ("The mayor wanted to know more about the dam.", "believe"),
    ("The shipper dismissed the claim as a fairy tale.", "deny"),
    ("The shipper rejected the plan as a trap.", "refuse"),
    ("The bishop denounced the levy as theft.", "accuse"),
    ("The bishop hailed the pardon as a gift.", "praise"),
    ("The bishop described the pardon as a gift.", "say"),
    ("The guild accepted the offer of a truce.", "agree"),
    ("The abbot appealed for calm.", "request"),
    ("“Open the gate,” the abbot pleaded.", "request"),
    ("The envoy gave her word that the ferry would sail.", "promise"),
    ("The envoy congratulated the divers on their patience.", "praise"),
]


@pytest.mark.parametrize(("text", "act"), ACTS)
def test_an_act_follows_the_reporting_words(nlp: Language, text: str, act: str) -> None:
    assert [fact["act"] for fact in read_facts(nlp(text), "attributions")] == [act]
