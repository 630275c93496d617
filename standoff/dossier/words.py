"""Say in words what the record holds as codes and ISO dates."""

from __future__ import annotations

import pathlib
import tomllib
from calendar import month_name, monthrange
from collections.abc import Sequence
from datetime import date
from functools import cache

from standoff.codebooks import load_codebook

WORDS = pathlib.Path(__file__).with_name("words.toml")


@cache
def load_words() -> dict[str, dict[str, str]]:
    """Read the words that ship with the dossier, by group and code."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def say_code(group: str, code: str) -> str:
    """Give the word for a code, or the code itself in lower case with its hyphens and underscores opened.

    >>> say_code("sectors", "JUD"), say_code("issues", "political-ban")
    ('courts', 'political ban')
    """
    return load_words().get(group, {}).get(code) or code.replace("-", " ").replace("_", " ").lower()


@cache
def name_country(code: str) -> str:
    """Give a country's everyday name for its ISO 3166 alpha-3 code; an unknown code stays as it is.

    >>> name_country("BOL"), name_country("RUS"), name_country("IGO"), name_country("??")
    ('Bolivia', 'Russia', 'international', '??')
    """
    import pycountry

    known = load_words()["countries"].get(code)
    if known:
        return known
    listed = load_codebook("countries").codes.get(code)
    if listed is not None:
        return listed.definition
    found = pycountry.countries.get(alpha_3=code)
    return getattr(found, "common_name", None) or getattr(found, "name", None) or code


def make_key(issue: str) -> str:
    """Give an issue's key as one word, so that it can be an id and stand in a list.

    >>> make_key("political ban")
    'political-ban'
    """
    return "-".join(issue.split())


def list_names(names: Sequence[str], *, empty: str = "") -> str:
    """Join names as a sentence does.

    >>> list_names(["Ada", "Ben", "Cleo"])
    'Ada, Ben and Cleo'
    """
    if len(names) < 2:
        return names[0] if names else empty
    return f"{', '.join(names[:-1])} and {names[-1]}"


def say_dates(earliest: str | None, latest: str | None) -> str:
    """Say an interval as briefly as it can be said without claiming a day that is not known.

    A whole month or year is named as such; two days of one month share the month. An open end is said as one. Text that
    is not an ISO date is given as it is.

    >>> say_dates("2018-03-27", "2018-03-27"), say_dates("2018-03-27", "2018-03-31")
    ('27 March 2018', '27–31 March 2018')
    >>> say_dates("2018-03-01", "2018-03-31"), say_dates("2018-01-01", "2018-12-31")
    ('March 2018', '2018')
    >>> say_dates(None, "2018-03-31"), say_dates("2017-12-30", "2018-01-02"), say_dates(None, None)
    ('by 31 March 2018', '30 December 2017 – 2 January 2018', 'undated')
    """
    if earliest is None and latest is None:
        return "undated"
    first, last = parse_day(earliest), parse_day(latest)
    if first is None:
        return f"by {_say_day(last) if last else latest}" if latest else str(earliest)
    if last is None:
        return f"from {_say_day(first)}" if latest is None else f"{_say_day(first)} – {latest}"
    if first >= last:
        return _say_day(first)
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return _say_months(first, last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_say_day(last)}"
    if first.year == last.year:
        return f"{first.day} {month_name[first.month]} – {_say_day(last)}"
    return f"{_say_day(first)} – {_say_day(last)}"


def _say_months(first: date, last: date) -> str:
    """Say an interval of whole months."""
    if first.month == 1 and last.month == 12:
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    end = f"{month_name[last.month]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    start = month_name[first.month] if first.year == last.year else f"{month_name[first.month]} {first.year}"
    return f"{start} – {end}"


def parse_day(text: str | None) -> date | None:
    """Read an ISO date, or give None where there is none or it is not one."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _say_day(day: date) -> str:
    return f"{day.day} {month_name[day.month]} {day.year}"
