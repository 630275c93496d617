"""An article's text, cut at the edges of passages, is still its text, and each passage still its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.dossier.passages import Span, collect_spans, cut_pieces, find_paragraphs, number_paragraph
from standoff.records import Record


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(st.text(alphabet="ab \n<&é😀\u202e", max_size=40))
    place = st.integers(0, len(text))
    pairs = draw(st.sets(st.tuples(place, place).map(sorted).map(tuple), max_size=8))
    spans = [Span(start=start, end=end) for start, end in sorted(pairs, key=lambda pair: (pair[0], -pair[1]))]
    return text, [span for span in spans if span.start < span.end]


@given(texts_with_spans())
def test_pieces_join_to_the_text_and_nest(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    joined, stack, opened, covered = "", [], [], {}
    for piece in cut_pieces(text, spans):
        joined += piece.text
        if piece.step == "open":
            stack.append(piece.span)
            opened += [piece.span] if piece.first else []
        elif piece.step == "close":
            assert stack.pop() == piece.span
        for span in stack:
            covered[span] = covered.get(span, "") + piece.text
    assert joined == text
    assert not stack
    assert sorted(opened, key=lambda span: (span.start, -span.end)) == spans
    assert all(covered[span] == text[span.start : span.end] for span in spans)


def test_many_spans_over_a_long_text_stay_quick() -> None:
    text = "word " * 4000
    spans = [Span(start=place, end=min(len(text), place + 400)) for place in range(0, len(text), 10)]
    assert "".join(piece.text for piece in cut_pieces(text, spans)) == text


@pytest.mark.parametrize(
    ("text", "starts"),
    [("", []), ("\n \n", []), ("One.", [0]), ("One.\n\n\nTwo.\n  Three.", [0, 7, 12])],
)
def test_paragraphs_are_lines_with_words(text: str, starts: list[int]) -> None:
    assert find_paragraphs(text) == starts


def test_a_place_before_the_first_paragraph_counts_as_the_first() -> None:
    assert number_paragraph([3, 9], 0) == 1
    assert number_paragraph([3, 9], 9) == 2


def test_facts_on_the_same_words_share_a_span(dispute: Record) -> None:
    spans = collect_spans(dispute)["art_1"]
    places = [(span.start, span.end) for span in spans]
    assert len(places) == len(set(places))
    ban = next(span for span in spans if "happened" in span.uses)
    assert ban.uses == {"did", "happened"}
