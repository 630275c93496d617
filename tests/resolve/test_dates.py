"""Dating: what bounds the day of an article that does not give it, and what follows for its times."""

from __future__ import annotations

import random

import pytest
from told import tell

from standoff.records import Article, Event, Occasion, Passage, Reading, TimeExpression, When
from standoff.resolve.dates import date_articles

SPEECH = "There will be no amnesty for the mutineers of Port Sudan, and no ministry for their general"


DATED = tell(
    "dated",
    (f"{SPEECH}, he said on Tuesday", "says bashir", "actual", "<=XXXX-WXX-2"),
    ("He will meet the envoy next-week", "CONSULT bashir envoy", "future", "W+1"),
    ("The general election is on 13.April", "occasion general-election", "future", ">=XXXX-04-13"),
    ("The court dissolved the Umma Front in November", "COERCE court umma", "actual", "<=XXXX-11"),
    published="2010-03-23",
)


def date(*readings: Reading) -> dict[str, tuple[str | None, str | None, str | None]]:
    dated = date_articles(readings)
    return {
        reading.article.id: (reading.article.earliest, reading.article.latest, reading.article.dated_by)
        for reading in dated
    }


def test_article_with_a_day_is_of_that_day() -> None:
    assert date(DATED)["dated"] == ("2010-03-23", "2010-03-23", "the article's own line")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            (f"{SPEECH}, the president said Tuesday", "says bashir", "actual", "<=XXXX-WXX-2"),
            ("2010-03-23", "2010-03-29"),
        ),
        (
            ("The envoy is to be received next-week", "CONSULT bashir envoy", "future", "W+1"),
            ("2010-03-22", "2010-03-28"),
        ),
        (("the upcoming elections", "occasion election", "future", ""), (None, "2010-04-13")),
        (("the elections", "occasion election", "actual", ""), ("2010-04-13", None)),
        (("the 2010 elections of 2010", "occasion election", "actual", "2010-01-01..2010-12-31"), ("2010-04-13", None)),
        (
            ("the dissolution of the Front in November", "occasion dissolution umma", "actual", "<=XXXX-11"),
            ("2009-11-01", "2010-10-31"),
        ),
        (("the deal of 2006", "occasion agreement", "actual", "2006-01-01..2006-12-31"), ("2006-01-01", None)),
        (
            ("the local elections in 2012", "occasion local-election", "future", "2012-01-01..2012-12-31"),
            (None, "2012-12-31"),
        ),
    ],
    ids=["speech", "meeting", "before-election", "after-election", "year", "deed", "own-past", "own-future"],
)
def test_undated_article_is_bounded(
    sentence: tuple[str, str, str, str], expected: tuple[str | None, str | None]
) -> None:
    earliest, latest, reason = date(DATED, tell("other", sentence))["other"]
    assert (earliest, latest) == expected
    assert reason


@pytest.mark.parametrize(
    "sentence",
    [
        (
            "Bread will be cheaper and schools will open, the president said Tuesday",
            "says bashir",
            "actual",
            "<=XXXX-WXX-2",
        ),
        (f"{SPEECH}, the president said Tuesday", "says someone", "actual", "<=XXXX-WXX-2"),
        (f"{SPEECH}, the president said Friday", "says bashir", "actual", ""),
        ("The envoy will meet the rebels next-week", "CONSULT envoy rebels", "future", "W+1"),
        ("the local elections", "occasion local-election", "actual", ""),
        ("elections may be held", "occasion election", "hypothetical", ""),
        ("He denied that he met the envoy next-week", "CONSULT bashir envoy", "negated", "W+1"),
    ],
)
def test_what_is_not_shared_bounds_nothing(sentence: tuple[str, str, str, str]) -> None:
    assert date(DATED, tell("other", sentence))["other"] == (None, None, None)


def test_bounds_are_met_and_the_month_is_used() -> None:
    other = tell(
        "other",
        (f"{SPEECH}, the president said Tuesday", "says bashir", "actual", "<=XXXX-WXX-2"),
        ("The envoy is to be received next-week", "CONSULT bashir envoy", "future", "W+1"),
        ("They last spoke early-this-March", "CONSULT bashir rebels", "actual", "~XXXX-03 past"),
    )
    earliest, latest, reason = date(DATED, other)["other"]
    assert (earliest, latest) == ("2010-03-23", "2010-03-28")
    assert "Tuesday" in str(reason)
    assert "23 March 2010" in str(reason)


def test_weaker_bound_that_clashes_is_dropped() -> None:
    other = tell(
        "other",
        (f"{SPEECH}, the president said Tuesday", "says bashir", "actual", "<=XXXX-WXX-2"),
        ("the elections", "occasion election", "actual", ""),
    )
    assert date(DATED, other)["other"][:2] == ("2010-03-23", "2010-03-29")


def test_one_undated_article_dates_another() -> None:
    second = tell(
        "second",
        (f"{SPEECH}, the president said Tuesday", "says bashir", "actual", "<=XXXX-WXX-2"),
        ("Garang arrives in Juba next-week to see the bishop there", "CONSULT garang bishop", "future", "W+1"),
    )
    third = tell("third", ("Garang and the bishop of Juba meet next-week", "CONSULT garang bishop", "future", "W+1"))
    found = date(third, second, DATED)
    assert found["third"][:2] == ("2010-03-22", "2010-04-04")


def test_times_follow_the_articles_days() -> None:
    other = tell("other", (f"{SPEECH}, the president said Tuesday", "says bashir", "actual", "<=XXXX-WXX-2"))
    lone = tell("lone", ("They met on Tuesday", "CONSULT ada ben", "actual", "<=XXXX-WXX-2"))
    readings = {reading.article.id: reading for reading in date_articles([DATED, other, lone])}
    when = readings["other"].attributions[0].when
    assert when is not None
    assert (when.earliest, when.latest) == ("2010-03-23", "2010-03-23")
    unknown = readings["lone"].events[0].when
    assert unknown is not None
    assert (unknown.earliest, unknown.latest) == (None, None)


def test_what_is_to_come_lies_ahead_whatever_the_tense_said() -> None:
    plan = tell(
        "a", ("Ada is to meet Ben on Thursday", "CONSULT ada ben", "future", "<=XXXX-WXX-4"), published="2010-03-23"
    )
    (reading,) = date_articles([plan])
    when = reading.events[0].when
    assert when is not None
    assert (when.earliest, when.latest) == ("2010-03-25", "2010-03-25")


def test_order_of_articles_does_not_matter() -> None:
    readings = [
        DATED,
        tell("b", (f"{SPEECH}, the president said Tuesday", "says bashir", "actual", "<=XXXX-WXX-2")),
        tell("c", ("the elections", "occasion election", "actual", "")),
        tell("d", ("the next elections in 2015", "occasion general-election", "future", "2015-01-01..2015-12-31")),
    ]
    expected = date(*readings)
    for seed in range(5):
        random.Random(seed).shuffle(readings)
        assert date(*readings) == expected


def measure(
    text: str, known: str, other: str, rule: str | None, length: str
) -> dict[str, tuple[str | None, str | None]]:
    """Date two occasions of one article, one of which has a day and both of which `length` parts."""

    def cut(words: str) -> Passage:
        start = text.index(words)
        return Passage(article="a", start=start, end=start + len(words), text=words)

    day = TimeExpression(passage=cut("Monday"), type="DATE", value="", relative=rule)
    gap = TimeExpression(passage=cut(length.split("=")[0]), type="DURATION", value=length.split("=")[1])
    when = When(earliest=None, latest=None, passage=day.passage)
    reading = Reading(
        article=Article(id="a", source="a.txt", text=text, published="2010-03-23"),
        times=(day, gap),
        occasions=(
            Occasion(id="known", kind="trial", label="trial", passage=cut(known), when=when, actors=("ada",)),
            Occasion(id="other", kind="protest", label="rally", passage=cut(other), actors=("ben",)),
        ),
    )
    (dated,) = date_articles([reading])
    return {item.id: (item.when.earliest, item.when.latest) for item in dated.occasions if item.when is not None}


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("The trial began on Monday, three days after the rally in Omdurman.", "three days=P3D", "2010-03-19"),
        ("The trial began on Monday, two weeks before the rally in Omdurman.", "two weeks=P2W", "2010-04-05"),
        ("The rally came four days after the trial on Monday in Omdurman.", "four days=P4D", "2010-03-26"),
        ("The rally came four days before the trial on Monday in Omdurman.", "four days=P4D", "2010-03-18"),
    ],
)
def test_a_distance_from_a_known_day_gives_the_other(text: str, length: str, expected: str) -> None:
    other = "the rally" if "the rally" in text else "The rally"
    known = "the trial on Monday" if "the trial on" in text else "The trial began on Monday"
    assert measure(text, known, other, "<=XXXX-WXX-1", length)["other"] == (expected, expected)


def test_a_distance_does_not_reach_into_another_sentence() -> None:
    text = "The trial began on Monday. It came three days late. After the rally all was quiet."
    found = measure(text, "The trial began on Monday", "the rally", "<=XXXX-WXX-1", "three days=P3D")
    assert "other" not in found


def test_a_distance_in_years_is_known_to_the_year() -> None:
    text = "The trial began on Monday, two years after the rally in Omdurman."
    found = measure(text, "The trial began on Monday", "the rally", "<=XXXX-WXX-1", "two years=P2Y")
    assert found["other"] == ("2008-03-01", "2008-03-31")


def end_strike(words: str, length: str, rule: str) -> tuple[str | None, str | None, str | None]:
    """Date an article in which a strike of known length ended, beside one of 20 May 2015 that has it begin."""
    begun = tell(
        "begun",
        ("Dockers began a strike on Monday", "PROTEST dockers", "actual", "<=XXXX-WXX-1"),
        published="2015-05-20",
    )
    text = f"{words} of {length.split('=')[0]} last-month."

    def cut(part: str) -> Passage:
        return Passage(article="ended", start=text.index(part), end=text.index(part) + len(part), text=part)

    times = (
        TimeExpression(passage=cut(length.split("=")[0]), type="DURATION", value=length.split("=")[1]),
        TimeExpression(passage=cut("last-month"), type="DATE", value="", relative=rule),
    )
    event = Event(
        id="end",
        type="PROTEST",
        actors=("dockers",),
        passage=cut(words),
        when=When(earliest=None, latest=None, passage=times[1].passage),
        score=0.8,
        why="",
        made_by="test",
    )
    ended = Reading(article=Article(id="ended", source="b.txt", text=text), times=times, events=(event,))
    return date(begun, ended)["ended"]


def test_an_end_whose_beginning_another_dates_bounds_the_article() -> None:
    earliest, latest, reason = end_strike("Dockers ended a strike", "20 days=P20D", "M-1")
    assert (earliest, latest) == ("2015-07-01", "2015-07-31")
    assert reason is not None
    assert "begin on 18 May 2015" in reason


def test_what_is_only_long_bounds_nothing() -> None:
    assert end_strike("Dockers recalled a strike", "20 days=P20D", "M-1")[:2] == (None, None)


def test_a_release_that_is_asked_for_lies_ahead() -> None:
    freed = tell(
        "freed",
        ("Cuba released Ferrer on Friday", "RETREAT cuba ferrer", "actual", "<=XXXX-WXX-5"),
        published="2020-04-04",
    )
    asked = tell("asked", ("if Ferrer is released", "RETREAT cuba ferrer", "hypothetical", ""))
    earliest, latest, reason = date(freed, asked)["asked"]
    assert (earliest, latest) == (None, "2020-04-03")
    assert "still asked for" in str(reason)


def test_so_many_days_after_what_another_report_dates() -> None:
    text = "Selim was released on Tuesday, 100 days after his arrest."

    def cut(part: str) -> Passage:
        return Passage(article="freed", start=text.index(part), end=text.index(part) + len(part), text=part)

    tuesday = TimeExpression(passage=cut("Tuesday"), type="DATE", value="", relative="<=XXXX-WXX-2")
    length = TimeExpression(passage=cut("100 days"), type="DURATION", value="P100D")
    event = Event(
        id="release",
        type="RETREAT",
        recipients=("selim",),
        passage=cut("Selim was released"),
        when=When(earliest=None, latest=None, passage=tuesday.passage),
        score=0.8,
        why="",
        made_by="test",
    )
    arrest = Occasion(id="arrest", kind="detention", label="arrest", passage=cut("his arrest"), actors=("selim",))
    freed = Reading(
        article=Article(id="freed", source="b.txt", text=text),
        times=(tuesday, length),
        events=(event,),
        occasions=(arrest,),
    )
    arrested = tell(
        "arrested",
        ("Police arrested Selim on Sunday", "COERCE police selim", "actual", "<=XXXX-WXX-7"),
        published="2022-04-26",
    )
    earliest, latest, reason = date(arrested, freed)["freed"]
    assert (earliest, latest) == ("2022-08-02", "2022-08-08")
    assert "100 days" in str(reason)


def test_a_copy_is_of_the_days_of_the_other_and_of_its_weekday() -> None:
    wire = tell("wire", ("Boats blocked it Thursday", "PROTEST crew", "actual", "<=XXXX-WXX-4"), published="2014-09-18")
    same = tell("same", ("Boats blocked it Thursday", "PROTEST crew", "actual", "<=XXXX-WXX-4"))
    plain = tell("plain", ("Boats blocked it", "PROTEST crew", "actual", ""))
    origins = {"wire": "wire", "same": "wire", "plain": "wire"}
    dated = {item.article.id: item.article for item in date_articles([wire, same, plain], copies=origins)}
    assert (dated["same"].earliest, dated["same"].latest) == ("2014-09-18", "2014-09-24")
    assert "copy" in str(dated["same"].dated_by)
    assert (dated["plain"].earliest, dated["plain"].latest) == ("2014-09-15", "2014-09-24")


def test_an_opening_line_without_a_year_is_dated_by_what_the_rest_leaves() -> None:
    text = "BOGOTA, Oct. 7 – The vote of 2016 is over; 2 October was its day, and 2017 lies ahead."

    def cut(part: str) -> Passage:
        return Passage(article="line", start=text.index(part), end=text.index(part) + len(part), text=part)

    line = TimeExpression(passage=cut("Oct. 7"), type="DATE", value="", relative="~XXXX-10-07")
    past = TimeExpression(passage=cut("2016"), type="DATE", value="", earliest="2016-01-01", latest="2016-12-31")
    ahead = TimeExpression(passage=cut("2017"), type="DATE", value="", earliest="2017-01-01", latest="2017-09-30")
    told = [
        Occasion(
            id=status,
            kind="vote",
            label="vote",
            passage=cut(words),
            status=status,
            when=When(earliest=None, latest=None, passage=time.passage),
        )
        for status, words, time in (("actual", "The vote of 2016", past), ("future", "2017 lies ahead", ahead))
    ]
    reading = Reading(
        article=Article(id="line", source="c.txt", text=text), times=(line, past, ahead), occasions=tuple(told)
    )
    assert date(reading)["line"][:2] == ("2016-10-07", "2016-10-07")


def test_who_was_told_to_have_resigned_had_resigned() -> None:
    left = tell("left", ("Radu resigned on Tuesday", "RETREAT radu", "actual", "<=XXXX-WXX-2"), published="2019-06-05")
    later = tell("later", ("Radu resigned", "RETREAT radu", "actual", ""))
    assert date(left, later)["later"][:2] == ("2019-06-04", None)
