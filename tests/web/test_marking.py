"""A text cut where passages overlap: nothing lost, nothing torn, every layer on every word that has it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from standoff.web.shown.marking import LIT, Piece, Span, cut_paragraphs, list_bounds


def cut(text: str, *spans: Span) -> list[Piece]:
    return [piece for one in cut_paragraphs(text, spans, list_bounds(text)) for piece in one.pieces]


def test_spans_that_cross_are_both_whole() -> None:
    pieces = cut("Ada said no to Ben.", Span(0, 11, "did", 1), Span(9, 18, "said", 2))
    assert [(piece.text, piece.layers, piece.notes) for piece in pieces] == [
        ("Ada said ", ("did",), (1,)),
        ("no", ("said", "did"), (2, 1)),
        (" to Ben", ("said",), (2,)),
        (".", (), ()),
    ]


def test_the_closest_passage_comes_first_and_names_the_actor() -> None:
    [inner] = [
        piece for piece in cut("Ada left.", Span(0, 9, "said", 1), Span(0, 3, "named", actor="a")) if piece.actor
    ]
    assert (inner.text, inner.layers, inner.actor, inner.notes) == ("Ada", ("named", "said"), "a", (1,))


def test_only_the_first_lit_piece_is_the_place_to_go_to() -> None:
    pieces = cut("One two.\nThree.", Span(4, 14, LIT), Span(4, 7, "named"))
    assert [piece.text for piece in pieces if piece.first] == ["two"]
    assert [piece.text for piece in pieces if LIT in piece.layers] == ["two", ".", "Three"]


def test_a_passage_over_several_paragraphs_goes_on_in_each() -> None:
    paragraphs = list(cut_paragraphs("One.\n\nTwo.", [Span(0, 10, "said", 3)], list_bounds("One.\n\nTwo.")))
    assert [(one.number, one.start, one.pieces[0].text, one.pieces[0].notes) for one in paragraphs] == [
        (1, 0, "One.", (3,)),
        (2, 6, "Two.", (3,)),
    ]


def test_a_text_without_words_has_no_paragraph() -> None:
    assert cut(" \n\n ", Span(0, 2, "said", 1)) == []


@given(
    st.text(alphabet="ab \n\r\u2028é😀", max_size=60),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=12),
)
def test_pieces_are_the_text_and_carry_just_what_covers_them(text: str, places: list[tuple[int, int]]) -> None:
    spans = [Span(start, end, "said", number) for number, (start, end) in enumerate(places, start=1)]
    for paragraph in cut_paragraphs(text, spans, list_bounds(text)):
        joined = "".join(piece.text for piece in paragraph.pieces)
        assert joined == text[paragraph.start : paragraph.end]
        place = paragraph.start
        for piece in paragraph.pieces:
            covering = {span.note for span in spans if span.start <= place < span.end}
            assert set(piece.notes) == covering
            place += len(piece.text)
