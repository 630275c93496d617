"""Codes and dates are said in words, and nothing is claimed that is not known."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.dossier.words import list_names, load_words, name_country, say_dates
from standoff.records import Act, ConflictKind, Directness, Kind, Stance, Status

CODES = {
    "acts": Act,
    "directness": Directness,
    "kinds": Kind,
    "stances": Stance,
    "symbols": Stance,
    "statuses": Status,
    "conflicts": ConflictKind,
}


@pytest.mark.parametrize("group", CODES)
def test_every_code_of_the_record_has_a_word(group: str) -> None:
    assert set(load_words()[group]) == set(get_args(CODES[group]))


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2031-03-04", None, "from 4 March 2031"),
        ("2031-03-04", "2031-05-01", "4 March – 1 May 2031"),
        ("2031-02-01", "2031-02-28", "February 2031"),
        ("2031-02-01", "2031-04-30", "February – April 2031"),
        ("2030-12-01", "2031-01-31", "December 2030 – January 2031"),
        ("2029-01-01", "2031-12-31", "2029–2031"),
        ("spring", None, "spring"),
        (None, "long ago", "by long ago"),
    ],
)
def test_intervals_read_as_people_write_them(earliest: str | None, latest: str | None, words: str) -> None:
    assert say_dates(earliest, latest) == words


@given(st.one_of(st.none(), st.text(), st.dates().map(str)), st.one_of(st.none(), st.text(), st.dates().map(str)))
def test_any_dates_can_be_said(earliest: str | None, latest: str | None) -> None:
    assert isinstance(say_dates(earliest, latest), str)


def test_names_and_countries() -> None:
    assert list_names([], empty="nobody") == "nobody"
    assert list_names(["Ada", "Ben"]) == "Ada and Ben"
    assert name_country("TWN") == "Taiwan"
