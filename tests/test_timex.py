"""What values and rules mean in days, and that rules keep order whatever they are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.timex import extend_value, mask_value, resolve_relative, resolve_value, span_days, written_days

WEDNESDAY = date(2018, 3, 28)


def to_span(text: str | None) -> tuple[date, date] | None:
    """Read "2018-03-01..2018-03-31", or one day alone."""
    if text is None:
        return None
    first, _, last = text.partition("..")
    return date.fromisoformat(first), date.fromisoformat(last or first)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2018", "2018-01-01..2018-12-31"),
        ("2018-03", "2018-03-01..2018-03-31"),
        ("2016-02", "2016-02-01..2016-02-29"),
        ("2018-W13", "2018-03-26..2018-04-01"),
        ("2018-W13-2", "2018-03-27"),
        ("2018-W13-WE", "2018-03-31..2018-04-01"),
        ("2018-Q1", "2018-01-01..2018-03-31"),
        ("2018-H2", "2018-07-01..2018-12-31"),
        ("2018-SU", "2018-06-01..2018-08-31"),
        ("2018-WI", "2018-12-01..2019-02-28"),
        ("201", "2010-01-01..2019-12-31"),
        ("19", "1900-01-01..1999-12-31"),
        ("2018-03-27T17:55", "2018-03-27"),
        ("2018-03-27TMO", "2018-03-27"),
        *[
            (value, None)
            for value in ("P3D", "PT2H", "PRESENT_REF", "XXXX-WXX-2", "2018-02-30", "2018-W54", "0000", "")
        ],
    ],
)
def test_a_value_has_a_first_and_a_last_day(value: str, days: str | None) -> None:
    assert span_days(value) == to_span(days)


@pytest.mark.parametrize(
    ("rule", "value", "days"),
    [
        ("D+0", "2018-03-28", "2018-03-28"),
        ("D-1", "2018-03-27", "2018-03-27"),
        ("W-1", "2018-W12", "2018-03-19..2018-03-25"),
        ("M+1", "2018-04", "2018-04-01..2018-04-30"),
        ("Y-2", "2016", "2016-01-01..2016-12-31"),
        ("E-1", "200", "2000-01-01..2009-12-31"),
        ("@Y-1", "2017-03-28", "2017-03-28"),
        ("<=XXXX-Q1 @Y-1", "2017-Q1", "2017-01-01..2017-03-31"),
        ("<=XXXX-WXX-3", "2018-03-28", "2018-03-28"),
        ("<XXXX-WXX-3", "2018-03-21", "2018-03-21"),
        ("<=XXXX-WXX-4", "2018-03-22", "2018-03-22"),
        (">=XXXX-WXX-7", "2018-04-01", "2018-04-01"),
        (">XXXX-WXX-3", "2018-04-04", "2018-04-04"),
        ("<=XXXX-WXX-WE", "2018-W12-WE", "2018-03-24..2018-03-25"),
        ("<=XXXX-11", "2017-11", "2017-11-01..2017-11-30"),
        ("<=XXXX-03", "2018-03", "2018-03-01..2018-03-31"),
        ("<XXXX-03", "2017-03", "2017-03-01..2017-03-31"),
        ("~XXXX-07", "2018-07", "2018-07-01..2018-07-31"),
        ("~XXXX-12", "2017-12", "2017-12-01..2017-12-31"),
        (">=XXXX-02-29", "2020-02-29", "2020-02-29"),
        ("Y-1 =XXXX-11", "2017-11", "2017-11-01..2017-11-30"),
        ("W-1 =XXXX-WXX-1", "2018-03-19", "2018-03-19"),
        ("<=XXXX-03 early", "2018-03", "2018-03-01..2018-03-10"),
        ("Y-1 late", "2017", "2017-09-01..2017-12-31"),
        ("M+0 past", "2018-03", "2018-03-01..2018-03-28"),
        ("Y+0 future", "2018", "2018-03-28..2018-12-31"),
        ("-P3M", "2018-03-28", "2017-12-28..2018-03-28"),
        ("+P2W", "2018-03-28", "2018-03-28..2018-04-11"),
        ("<=XXXX-WXX-2 TMO", "2018-03-27TMO", "2018-03-27"),
        ("<=XXXX-11 M+3", "2018-02", "2018-02-01..2018-02-28"),
        ("<=XXXX-03-12 W+1", "2018-W12", "2018-03-19..2018-03-25"),
    ],
)
def test_a_rule_is_followed_from_the_day_an_article_was_written(rule: str, value: str, days: str) -> None:
    assert resolve_value(rule, WEDNESDAY) == value
    assert resolve_relative(rule, earliest=WEDNESDAY, latest=WEDNESDAY) == to_span(days)


@pytest.mark.parametrize(
    ("rule", "written", "days"),
    [
        ("<=XXXX-WXX-2", "2018-01-01..2018-03-31", "2017-12-26..2018-03-27"),
        ("Y-1", "2018-01-01..2018-12-31", "2017-01-01..2017-12-31"),
        ("Y-1", "2017-12-01..2018-01-31", "2016-01-01..2017-12-31"),
        ("<=XXXX-11", "2018-01-01..2018-10-31", "2017-11-01..2017-11-30"),
        ("~XXXX-03-27/2", "2016-01-01..2018-12-31", "2018-03-27"),
        ("~XXXX-03-27/6", "2018-03-01..2018-04-30", "2018-03-27"),
    ],
)
def test_a_bounded_article_bounds_what_its_expressions_mean(rule: str, written: str, days: str) -> None:
    earliest, latest = to_span(written) or (WEDNESDAY, WEDNESDAY)
    assert resolve_relative(rule, earliest=earliest, latest=latest) == to_span(days)


@pytest.mark.parametrize(
    ("rule", "days", "written"),
    [
        ("<=XXXX-WXX-2", "2018-03-27", "2018-03-27..2018-04-02"),
        ("D-1", "2018-03-27", "2018-03-28"),
        ("W+1", "2018-04-08", "2018-03-26..2018-04-01"),
        (">=XXXX-WXX-7", "2018-04-01", "2018-03-26..2018-04-01"),
        ("Y-2", "2016-05-03", "2018-01-01..2018-12-31"),
        ("<=XXXX-11", "2017-11-16", "2017-11-01..2018-10-31"),
        ("-P1M", "2018-02-20", "2018-02-20..2018-03-20"),
        ("~XXXX-03-27/2", "2018-01-01..2018-12-31", "2017-09-26..2018-09-25"),
        ("nonsense", "2018-03-27", None),
        ("<=XXXX-02-30", "2018-03-27", None),
    ],
)
def test_known_days_bound_when_an_article_was_written(rule: str, days: str, written: str | None) -> None:
    first, last = to_span(days) or (WEDNESDAY, WEDNESDAY)
    assert written_days(rule, day_first=first, day_last=last) == to_span(written)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("D-1", "XXXX-XX-XX"),
        ("W-1", "XXXX-WXX"),
        ("Y-2", "XXXX"),
        ("E-1", "XXX"),
        ("<=XXXX-WXX-2", "XXXX-WXX-2"),
        ("<=XXXX-WXX-2 TMO", "XXXX-WXX-2TMO"),
        ("Y-1 =XXXX-11 early", "XXXX-11"),
        ("~XXXX-03-27/2", "XXXX-03-27"),
        ("<=XXXX-11 M+3", "XXXX-XX"),
    ],
)
def test_without_the_articles_day_a_value_keeps_its_x(rule: str, value: str) -> None:
    assert mask_value(rule) == value


def test_a_rule_can_start_from_a_value() -> None:
    assert extend_value("1982-05-03", "D+1") == ("1982-05-04", to_span("1982-05-04"))
    assert extend_value("P3D", "D+1") is None
    assert extend_value("9999", "Y+1") is None


def test_bounds_that_bound_nothing_give_none() -> None:
    assert resolve_relative("D-1", earliest=WEDNESDAY, latest=WEDNESDAY - timedelta(days=1)) is None
    assert resolve_relative("Y-1", earliest=date.min, latest=date.min) is None
    assert resolve_relative("not a rule", earliest=WEDNESDAY, latest=WEDNESDAY) is None


DAYS = st.dates(date(1700, 1, 1), date(2300, 1, 1))
MOVES = st.builds("{}{}{:+d}".format, st.sampled_from(["", "@"]), st.sampled_from("DWMQHYE"), st.integers(-9, 9))
PATTERNS = st.one_of(
    st.builds("XXXX-WXX-{}".format, st.sampled_from(["WE", *"1234567"])),
    st.builds("XXXX-{:02}".format, st.integers(1, 12)),
    st.builds("XXXX-{:02}-{:02}".format, st.integers(1, 12), st.integers(1, 28)),
    st.builds("XXXX-XX-{:02}".format, st.integers(1, 31)),
    st.sampled_from(["XXXX-Q1", "XXXX-Q4", "XXXX-H1", "XXXX-SU", "XXXX-WI", "XXXX-02-29"]),
)
FITS = st.builds("{}{}".format, st.sampled_from(["<=", "<", ">=", ">", "~"]), PATTERNS)
LAST = st.sampled_from(["", "early", "mid", "late", "past", "future", "-P3M", "+P2W", "TMO"])
RULES = st.builds("{} {}".format, st.one_of(MOVES, FITS), LAST)


@given(rule=RULES, first=DAYS, between=st.integers(0, 2000), after=st.integers(0, 2000))
def test_wider_bounds_hold_what_each_day_in_them_gives(rule: str, first: date, between: int, after: int) -> None:
    day = first + timedelta(days=between)
    wide = resolve_relative(rule, earliest=first, latest=day + timedelta(days=after))
    exact = resolve_relative(rule, earliest=day, latest=day)
    assert wide is not None
    assert exact is not None
    assert wide[0] <= exact[0] <= exact[1] <= wide[1]


@given(rule=RULES, day=DAYS)
def test_the_days_that_an_expression_means_lead_back_to_the_article(rule: str, day: date) -> None:
    span = resolve_relative(rule, earliest=day, latest=day)
    assert span is not None
    written = written_days(rule, day_first=span[0], day_last=span[1])
    assert written is not None
    assert written[0] <= day <= written[1]


@given(rule=RULES, day=DAYS)
def test_a_value_has_the_days_of_its_rule(rule: str, day: date) -> None:
    span = resolve_relative(rule, earliest=day, latest=day)
    of_value = span_days(resolve_value(rule, day))
    assert span is not None
    assert of_value is not None
    if rule.split()[-1] not in ("-P3M", "+P2W"):
        assert of_value[0] <= span[0] <= span[1] <= of_value[1]


@given(st.text(alphabet="0123456789XWQHPT-:SU", max_size=12))
def test_no_text_breaks_a_reader_of_values(text: str) -> None:
    span_days(text)
    extend_value(text, "=XXXX-11")
