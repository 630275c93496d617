"""Two passages side by side: what differs is marked, whose word it is is said, and the quoted part is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import cut, make_actor, make_article, make_attribution, make_position

from standoff.dossier.catalogue import Catalogue
from standoff.dossier.disagreements import mark_differences, present_clashes
from standoff.records import Conflict, Record

TEXT = "Oke said Ito had asked for talks. “First we rest. Then the talks are dead,” Ito said."


@pytest.mark.parametrize(
    ("text", "other", "named", "marked"),
    [
        ("They hold 26 barges.", "They hold forty barges.", (), ["26"]),
        ("It comes on Sunday.", "It does not come on Monday.", (), ["Sunday"]),
        ("It does not come on Monday.", "It comes on Monday.", (), ["not"]),
        ("All the pits will close.", "Some pits may close.", (), ["All"]),
        ("They beat us while we slept.", "The law came without a blow.", ("beat",), ["beat"]),
        ("The same words.", "The same words.", (), []),
        ("", "Not one.", ("x",), []),
    ],
)
def test_what_differs_is_marked(text: str, other: str, named: tuple[str, ...], marked: list[str]) -> None:
    pieces = mark_differences(text, other, named)
    assert "".join(words for words, _ in pieces) == text
    assert [words for words, differs in pieces if differs] == marked


def make_record(why: str) -> Record:
    claim = make_attribution("Ito had asked for talks", by="oke", within=TEXT, id="claim")
    told = make_position(
        holder="ito", issue="negotiation", stance="for", passage=cut("asked for talks", within=TEXT), basis="claim"
    )
    parts = (cut("First we rest", within=TEXT), cut("Then the talks are dead", within=TEXT))
    words = replace(make_attribution("First we rest", by="ito", within=TEXT, id="words"), content=parts)
    conflict = Conflict(id="c", kind="contested", left=told.id, right="words", why=why, score=0.9)
    return Record(
        articles=(make_article(text=TEXT),),
        actors=(make_actor("Ito"), make_actor("Oke")),
        attributions=(claim, words),
        positions=(told,),
        conflicts=(conflict,),
    )


def test_a_stance_that_another_tells_says_so() -> None:
    (clash,) = present_clashes(Catalogue(make_record("They differ.")))
    assert clash.left.speaker is not None
    assert clash.left.teller is not None
    assert (clash.left.speaker.text, clash.left.teller.text) == ("Ito", "Oke")
    assert clash.left.stand is not None
    assert clash.left.stand.stance == "for"
    assert clash.right.teller is None


def test_the_part_that_the_reason_quotes_is_shown() -> None:
    (plain,) = present_clashes(Catalogue(make_record("They differ.")))
    (quoted,) = present_clashes(Catalogue(make_record("Ito says “Then the talks are …”: the second denies “talks”.")))
    assert plain.right.quote is not None
    assert quoted.right.quote is not None
    assert plain.right.quote.text == "First we rest"
    assert quoted.right.quote.text == "Then the talks are dead"
    assert [words for words, differs in quoted.right.pieces if differs] == ["talks"]


def test_the_word_by_which_a_report_turns_is_not_what_differs() -> None:
    text = "the report turns (“but”): the second denies (“not”)"
    (clash,) = present_clashes(Catalogue(make_record(text)))
    assert not any(differs for _, differs in clash.left.pieces)
