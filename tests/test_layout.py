"""Blocks: each kind of line in its place, running text left alone, and slices that hold for any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.codebooks import load_codebook
from standoff.layout import KINDS, read_day, split_blocks

BODY = "The ferry crews of Limassol voted on Sunday to stay ashore for a third week. The owners called it a mistake."
MORE = "“We were promised a berth and we got a bill,” said Eleni Markou, who has sailed for twenty years."
LAST = "The minister is to meet both sides on Thursday."


def mark(*lines: str, between: str = "\n\n") -> list[tuple[str, str]]:
    """Give (kind, text) of each block of a page made of the lines."""
    text = between.join(lines)
    return [(block.kind, text[block.start : block.end]) for block in split_blocks(text)]


def kinds(*lines: str, between: str = "\n\n") -> list[str]:
    return [kind for kind, _ in mark(*lines, between=between)]


def test_running_text_is_body() -> None:
    assert kinds(BODY, MORE, LAST) == ["body"] * 3


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n \n", "\n\n\n"])
def test_head_of_a_page(between: str) -> None:
    head = [
        "Ferry crews stay ashore as port talks fail",
        "Owners warn that the summer timetable is lost",
        "Ilse Brandt in Nicosia",
        "PUBLISHED : Monday, 4 June, 2012, 9:10am",
        "UPDATED : Monday, 4 June, 2012, 11:55am",
    ]
    expected = ["title", "standfirst", "byline", "dateline", "dateline", "body", "body", "body"]
    assert kinds(*head, BODY, MORE, LAST, between=between) == expected


def test_a_standfirst_may_end_in_a_full_stop_where_the_writer_is_named_after_it() -> None:
    page = kinds("Ferry crews stay ashore", "It is the third week without a boat.", "By Ilse Brandt", BODY, LAST)
    assert page == ["title", "standfirst", "byline", "body", "body"]


def test_a_short_first_paragraph_is_no_title() -> None:
    assert kinds("The ferry crews of Limassol stay ashore.", MORE, LAST) == ["body"] * 3


@pytest.mark.parametrize(
    "title", ["Can the ferries sail again?", "Envoy leaves for the U.S.", "‘Not one boat’: crews hold out"]
)
def test_titles_of_other_shapes(title: str) -> None:
    assert kinds(title, BODY, LAST) == ["title", "body", "body"]


def test_a_section_name_over_the_title() -> None:
    assert kinds("World", "Ferry crews stay ashore again", BODY, LAST) == ["aside", "title", "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "‘Not one boat’",
        "A berth and a bill",
        "What happens next?",
        "Owners’ “last offer”",
        "‘We got a bill,’ they sing",
    ],
)
def test_crossheads(line: str) -> None:
    wanted = "body" if ",’" in line else "crosshead"  # a quotation that is reported is running text
    assert kinds(BODY, line, MORE, LAST) == ["body", wanted, "body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "“We will try,” she said",
        "“And then we waited",
        "and nothing more",
        "They said:",
        "“No.”",
        "ANA REYES: Why not?",
    ],
)
def test_short_running_text_is_no_crosshead(line: str) -> None:
    assert kinds(BODY, line, MORE, LAST) == ["body"] * 4


def test_a_list_is_no_row_of_crossheads() -> None:
    assert set(kinds(BODY, "Higher wages", "Longer rests", "A new pier", LAST)) == {"body"}


def test_a_day_between_paragraphs_heads_what_happened_then() -> None:
    assert kinds("How the strike went", BODY, MORE, "4 June 2012", LAST)[3] == "crosshead"


@pytest.mark.parametrize(
    "quote", ["We were promised a berth and we got a bill", "“We were promised a berth and we got a bill”"]
)
@pytest.mark.parametrize("name", ["Eleni Markou", "Eleni Markou, deckhand", "– Eleni Markou"])
def test_pullquotes_and_their_names(quote: str, name: str) -> None:
    assert kinds(BODY, f"{quote}\n{name}", MORE, LAST) == ["body", "pullquote", "quotename", "body", "body"]


def test_a_pullquote_may_stand_after_the_text_it_repeats_and_change_a_word() -> None:
    long = "“The port was built by our fathers with their own hands and we will not hand it over to a bank,” she said."
    lifted = "The port was built by our fathers with their own hands and we will not give it over to a bank"
    assert kinds(BODY, long, lifted, LAST) == ["body", "body", "pullquote", "body"]


def test_a_quoted_paragraph_over_a_crosshead_stays_running_text() -> None:
    page = kinds(BODY, "“We have no other port to go to. We will stay in this one.”", "Supreme Court", MORE, LAST)
    assert page == ["body", "body", "crosshead", "body", "body"]


def test_a_name_after_the_dash_of_a_pullquote_is_cut_off() -> None:
    page = mark(BODY, "“Not one boat leaves this port” – Eleni Markou", LAST)
    assert page[1:3] == [("pullquote", "“Not one boat leaves this port”"), ("quotename", "Eleni Markou")]


@pytest.mark.parametrize(
    "credit",
    [
        "Facebook",
        "AFP",
        "Reuters/Jane Doe",
        "Photo supplied",
        "Getty Images",
        "Jane Doe",
        "Photograph: Jane Doe/AFP",
        "Photo: J. Doe/EPA",
        "(Photo by Jane Doe)",
        "Jane Doe/AFP via Getty Images",
        "Photograph: Jane Doe for The Harbour Post",
    ],
)
def test_a_credit_after_the_last_stop_makes_a_caption(credit: str) -> None:
    caption = "Ferry crews hold up their unpaid bills outside the port office on Sunday."
    page = mark(BODY, f"{caption} {credit}", LAST)
    assert page[1:3] == [("caption", caption), ("credit", credit)]


def test_an_agency_at_the_end_signs_the_article_and_makes_no_caption() -> None:
    assert kinds(BODY, MORE, f"{LAST} AFP") == ["body", "body", "body", "credit"]
    assert kinds(BODY, MORE, "Reuters") == ["body", "body", "credit"]


@pytest.mark.parametrize(
    "text", ["The crews wrote to the office of Gov. Ann Roe", "They met near No. 10 Downing Street", "He met J. Doe"]
)
def test_an_abbreviation_is_no_stop_before_a_credit(text: str) -> None:
    assert text in [line for _, line in mark(BODY, text, LAST)]


def test_a_paragraph_broken_in_mid_sentence_is_one_block() -> None:
    page = mark(BODY, "The union said that it had raised the matter of", "the unpaid overtime more than once.", LAST)
    assert page[1] == ("body", "The union said that it had raised the matter of\n\nthe unpaid overtime more than once.")
    page = mark(BODY, "In the end the union took the whole matter of the overtime to the", "Labour Court.", LAST)
    assert len(page) == 3


def test_lines_that_a_machine_wrapped_are_joined() -> None:
    wrapped = (
        "The ferry crews of Limassol voted on Sunday to stay ashore for\n"
        "a third week. The owners of the Blue Line called the vote a great\n"
        "mistake and said they would go to court.\n\n"
        "Nobody at the port office wanted to say on Sunday whether Monday\n"
        "will bring another vote."
    )
    assert kinds(wrapped) == ["body", "body"]


@pytest.mark.parametrize(
    "text", ["", "\n\n \n", "Ferries", "🚢", "...", "“", "A\nB\nC", "A\u2028B", "NO STOPS HERE\nAT ALL"]
)
def test_odd_texts(text: str) -> None:
    check_slices(text)


@pytest.mark.parametrize(
    ("foot", "expected"),
    [
        (["Ilse Brandt"], ["byline"]),
        (["Tom Okafor in Nicosia contributed to this report."], ["byline"]),
        (["Topics", "Cyprus", "Ferries"], ["aside"] * 3),
        (["More on this story", "How the port of Limassol was built", "Cyprus profile"], ["aside"] * 3),
        (["The owners did not want to say when", "Nor did the crews of the three"], ["body"] * 2),
        (["© 2012 The Harbour Post. All rights reserved."], ["aside"]),
        (["“We shall see,” she said"], ["body"]),
    ],
)
def test_foot_of_a_page(foot: list[str], expected: list[str]) -> None:
    assert kinds(BODY, MORE, LAST, *foot) == ["body"] * 3 + expected


def test_one_word_is_body() -> None:
    assert kinds("Ferries") == ["body"]


def examples() -> list[tuple[str, str, bool]]:
    codes = load_codebook("layout").codes
    return [
        (key, line, wanted)
        for key, code in codes.items()
        for wanted, lines in ((True, code.examples), (False, code.not_examples))
        for line in lines
    ]


@pytest.mark.parametrize(("key", "line", "wanted"), examples())
def test_codebook_examples_hold_in_both_directions(key: str, line: str, wanted: bool) -> None:
    found = kinds("Ferry crews stay ashore", line, BODY, MORE, LAST)
    assert (key in found) is wanted


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("PUBLISHED : Monday, 4 June, 2012, 9:10am", "2012-06-04"),
        ("Published: 4 June 2012", "2012-06-04"),
        ("June 4, 2012", "2012-06-04"),
        ("Jun. 4th, 2012 at 08:15 GMT", "2012-06-04"),
        ("2012-06-04T09:10:00Z", "2012-06-04"),
        ("the 4th of June 2012", "2012-06-04"),
        ("24/06/2012", "2012-06-24"),
        ("06/24/2012", "2012-06-24"),
        ("04/04/2012", "2012-04-04"),
        ("04/06/2012", None),
        ("31 June 2012", None),
        ("June 2012", None),
        ("4 June", None),
        ("", None),
    ],
)
def test_read_day_gives_a_day_only_where_there_is_one(line: str, day: str | None) -> None:
    assert read_day(line) == day


def check_slices(text: str) -> None:
    blocks = split_blocks(text)
    end = 0
    for block in blocks:
        assert block.kind in KINDS
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        assert not text[end : block.start].strip()
        end = block.end
    assert not text[end:].strip()


LINES = st.sampled_from(
    [
        BODY,
        MORE,
        LAST,
        "",
        "Title here",
        "By Ann Roe",
        "4 June 2012",
        "Ann Roe",
        "AFP",
        "of the",
        "“Not one boat”",
        "e\u0301🚢",
    ]
)


@given(st.text())
def test_blocks_are_ordered_slices_that_cover_any_text(text: str) -> None:
    check_slices(text)


@given(st.lists(LINES, max_size=12), st.sampled_from(["\n", "\n\n", " "]))
def test_blocks_are_ordered_slices_that_cover_any_page(lines: list[str], between: str) -> None:
    check_slices(between.join(lines))
