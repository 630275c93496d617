"""Which time expressions are found, what they are worth, and what days they mean, in disputes of our own making."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.annotate.facts import read_facts, write_facts
from standoff.codebooks import load_codebook
from standoff.errors import ConfigError
from standoff.timex import resolve_relative, resolve_value, span_days

if TYPE_CHECKING:
    import pathlib

    from spacy.language import Language
    from spacy.tokens import Doc

WRITTEN = "2018-03-28"  # a Wednesday
ENABLED = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "standoff_times"]


def read_doc(nlp: Language, text: str, published: str | None = WRITTEN) -> Doc:
    with nlp.select_pipes(enable=ENABLED):
        doc = nlp.make_doc(text)
        doc._.published = published
        return nlp(doc)


def read_times(nlp: Language, text: str, published: str | None = WRITTEN) -> list[dict[str, Any]]:
    return read_facts(read_doc(nlp, text, published), "times")


def show(text: str, fact: dict[str, Any]) -> str:
    days = fact["earliest"] if fact["earliest"] == fact["latest"] else f"{fact['earliest']}..{fact['latest']}"
    return f"{text[fact['start'] : fact['end']]} = {fact['value']}" + (f" = {days}" if days else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Dates that say their own year.
        ("Cyprus has been divided since 1974.", ["1974 = 1974 = 1974-01-01..1974-12-31"]),
        ("Sudan's rivals signed on 17 July 2019.", ["17 July 2019 = 2019-07-17 = 2019-07-17"]),
        ("On August 2, 2016, the pit flooded.", ["August 2, 2016 = 2016-08-02 = 2016-08-02"]),
        ("POSTED : Tuesday, 20 March, 2018", ["Tuesday, 20 March, 2018 = 2018-03-20 = 2018-03-20"]),
        ("Updated 23/02/2018 at 17:55", ["23/02/2018 at 17:55 = 2018-02-23T17:55 = 2018-02-23"]),
        ("The law dates from October 2014.", ["October 2014 = 2014-10 = 2014-10-01..2014-10-31"]),
        ("In late 2015 Caracas cut ties.", ["late 2015 = 2015 = 2015-09-01..2015-12-31"]),
        ("The summer of 2017 was quiet.", ["The summer of 2017 = 2017-SU = 2017-06-01..2017-08-31"]),
        ("Exports sank in the first half of 2016.", ["the first half of 2016 = 2016-H1 = 2016-01-01..2016-06-30"]),
        ("Output rose in the third quarter of 2017.", ["the third quarter of 2017 = 2017-Q3 = 2017-07-01..2017-09-30"]),
        ("The pits closed in the 1980s.", ["the 1980s = 198 = 1980-01-01..1989-12-31"]),
        ("The border is from the 19th century.", ["the 19th century = 18 = 1800-01-01..1899-12-31"]),
        ("She is barred from office until 2022.", ["2022 = 2022 = 2022-01-01..2022-12-31"]),
        (
            "He ruled from 2008 to 2013.",
            ["2008 = 2008 = 2008-01-01..2008-12-31", "2013 = 2013 = 2013-01-01..2013-12-31"],
        ),
        # Days of the week, by the tense of their clause.
        ("The envoy left Nicosia on Sunday.", ["Sunday = 2018-03-25 = 2018-03-25"]),
        ("The envoy will leave Nicosia on Sunday.", ["Sunday = 2018-04-01 = 2018-04-01"]),
        ("The junta plans to free them on Friday.", ["Friday = 2018-03-30 = 2018-03-30"]),
        ("Polls are due to open on Saturday.", ["Saturday = 2018-03-31 = 2018-03-31"]),
        ("Both sides prepared ahead of Sunday's vote.", ["Sunday = 2018-04-01 = 2018-04-01"]),
        ("The talks were put off until Monday.", ["Monday = 2018-04-02 = 2018-04-02"]),
        (
            "The miners said on Tuesday they would return to work on Thursday.",
            ["Tuesday = 2018-03-27 = 2018-03-27", "Thursday = 2018-03-29 = 2018-03-29"],
        ),
        ("Voters go to the polls on Sunday.", ["Sunday = 2018-04-01 = 2018-04-01"]),
        ("The general says the attack on Sunday failed.", ["Sunday = 2018-03-25 = 2018-03-25"]),
        ("He remains in custody after his arrest on Saturday.", ["Saturday = 2018-03-24 = 2018-03-24"]),
        ("The clerk could not be reached on Monday.", ["Monday = 2018-03-26 = 2018-03-26"]),
        ("They asked the judge to rule by Friday.", ["Friday = 2018-03-30 = 2018-03-30"]),
        ("Only two towns had paid by Monday.", ["Monday = 2018-03-26 = 2018-03-26"]),
        ("Police raided the paper last Wednesday.", ["last Wednesday = 2018-03-21 = 2018-03-21"]),
        ("Pickets met on Monday of last week.", ["Monday of last week = 2018-03-19 = 2018-03-19"]),
        ("On Friday, 9 March, the dam gave way.", ["Friday, 9 March = 2018-03-09 = 2018-03-09"]),
        ("Crowds held the square over the weekend.", ["the weekend = 2018-W12-WE = 2018-03-24..2018-03-25"]),
        ("They will march this weekend.", ["this weekend = 2018-W13-WE = 2018-03-31..2018-04-01"]),
        # Months and seasons without a year.
        ("A tribunal disbanded the guild in November.", ["November = 2017-11 = 2017-11-01..2017-11-30"]),
        ("The tribunal will rule in November.", ["November = 2018-11 = 2018-11-01..2018-11-30"]),
        ("The union split in early March.", ["early March = 2018-03 = 2018-03-01..2018-03-10"]),
        ("He was jailed in mid-January.", ["mid-January = 2018-01 = 2018-01-11..2018-01-20"]),
        ("Islanders vote this May.", ["this May = 2018-05 = 2018-05-01..2018-05-31"]),
        ("Observers doubt the June ballot.", ["June = 2018-06 = 2018-06-01..2018-06-30"]),
        ("He quit in December last year.", ["December last year = 2017-12 = 2017-12-01..2017-12-31"]),
        ("The army took the town last summer.", ["last summer = 2017-SU = 2017-06-01..2017-08-31"]),
        ("The truce of Feb. 3 did not hold.", ["Feb. 3 = 2018-02-03 = 2018-02-03"]),
        ("Polls will open on 8 and 9 April.", ["8 = 2018-04-08 = 2018-04-08", "9 April = 2018-04-09 = 2018-04-09"]),
        (
            "The summit of April 24-26, 2018 failed.",
            ["April 24 = 2018-04-24 = 2018-04-24", "26, 2018 = 2018-04-26 = 2018-04-26"],
        ),
        ("A vote is likely by the end of May.", ["the end of May = 2018-05 = 2018-05-21..2018-05-31"]),
        ("The hearing is in the week of 9 April.", ["the week of 9 April = 2018-W15 = 2018-04-09..2018-04-15"]),
        ("He had spoken earlier in March.", ["earlier in March = 2018-03 = 2018-03-01..2018-03-28"]),
        ("NICOSIA, March 27 (UNP) - Talks will resume.", ["March 27 = 2018-03-27 = 2018-03-27"]),
        ("KHARTOUM, 26 March — Rebels may return.", ["26 March = 2018-03-26 = 2018-03-26"]),
        ("The hearing set for the 20th was put off.", ["the 20th = 2018-03-20 = 2018-03-20"]),
        # Told from the article's day.
        ("The minister resigned today.", ["today = 2018-03-28 = 2018-03-28"]),
        ("Rebels shelled the port last night.", ["last night = 2018-03-27TNI = 2018-03-27"]),
        ("A visit next week is undecided.", ["next week = 2018-W14 = 2018-04-02..2018-04-08"]),
        ("Owners and miners met last month.", ["last month = 2018-02 = 2018-02-01..2018-02-28"]),
        ("The judge spoke earlier this month.", ["earlier this month = 2018-03 = 2018-03-01..2018-03-28"]),
        ("Tariffs rose late last year.", ["late last year = 2017 = 2017-09-01..2017-12-31"]),
        ("She fled Caracas two years ago.", ["two years ago = 2016 = 2016-01-01..2016-12-31"]),
        ("He seized power a decade ago.", ["a decade ago = 2008 = 2008-01-01..2008-12-31"]),
        ("Nine died in the past two months.", ["the past two months = P2M = 2018-01-28..2018-03-28"]),
        ("A deal is due in three days' time.", ["in three days' time = 2018-03-31 = 2018-03-31"]),
        # Told from the date told last.
        (
            "Troops landed on 3 May 1982 and the next day the port fell.",
            ["3 May 1982 = 1982-05-03 = 1982-05-03", "the next day = 1982-05-04 = 1982-05-04"],
        ),
        (
            "The camp opened in May 1999. Two years later it closed.",
            ["May 1999 = 1999-05 = 1999-05-01..1999-05-31", "Two years later = 2001 = 2001-01-01..2001-12-31"],
        ),
        (
            "They split in 2014 and that June made up.",
            ["2014 = 2014 = 2014-01-01..2014-12-31", "that June = 2014-06 = 2014-06-01..2014-06-30"],
        ),
        ("Prices doubled over the past year.", ["the past year = P1Y = 2017-03-28..2018-03-28"]),
        (
            "He was held last September and freed the following month.",
            [
                "last September = 2017-09 = 2017-09-01..2017-09-30",
                "the following month = 2017-10 = 2017-10-01..2017-10-31",
            ],
        ),
        # Times of day, durations, sets and references.
        ("Shelling resumed at 5:40 p.m. on Monday.", ["5:40 p.m. on Monday = 2018-03-26T17:40 = 2018-03-26"]),
        ("Troops moved in on Sunday morning.", ["Sunday morning = 2018-03-25TMO = 2018-03-25"]),
        ("They face two-and-a-half years in prison.", ["two-and-a-half years = P2Y6M"]),
        ("The court imposed a five-year ban.", ["five-year = P5Y"]),
        ("The siege went on for half an hour.", ["half an hour = PT30M"]),
        ("The case dragged on for years.", ["years = PXY"]),
        ("Relatives gather there every Friday.", ["every Friday = XXXX-WXX-5"]),
        ("Convoys are searched daily.", ["daily = P1D"]),
        ("The port is now closed.", ["now = PRESENT_REF"]),
        ("The rebels have recently softened.", ["recently = PAST_REF"]),
        ("No talks are planned in the near future.", ["the near future = FUTURE_REF"]),
        # No times at all.
        ("They may march on the ministry.", []),
        ("The mine employs 1900 people and paid $2015 each.", []),
        ("Crowds cheered the fall of the junta.", []),
        ("Resolution 1701 ended the shelling.", []),
        ("The 62-year-old bishop and Jan Kavan spoke.", []),
        ("Support may fall off if prices spring back.", []),
    ],
)
def test_times_are_found_with_their_value_and_days(nlp: Language, text: str, expected: list[str]) -> None:
    assert [show(text, fact) for fact in read_times(nlp, text)] == expected


@pytest.mark.parametrize(
    ("text", "value", "relative", "days"),
    [
        ("The envoy left Nicosia on Tuesday.", "XXXX-WXX-2", "<=XXXX-WXX-2", "2018-03-27"),
        ("The envoy will arrive on Sunday.", "XXXX-WXX-7", ">=XXXX-WXX-7", "2018-04-01"),
        ("A meeting next week would skip it.", "XXXX-WXX", "W+1", "2018-04-02..2018-04-08"),
        ("The guild was disbanded in November.", "XXXX-11", "<=XXXX-11", "2017-11-01..2017-11-30"),
        ("It split in November last year.", "XXXX-11", "Y-1 =XXXX-11", "2017-11-01..2017-11-30"),
        ("The owners gave in yesterday.", "XXXX-XX-XX", "D-1", "2018-03-27"),
        ("The judge fled two years ago.", "XXXX", "Y-2", "2016-01-01..2016-12-31"),
        ("He spoke earlier in March.", "XXXX-03", "<=XXXX-03 past", "2018-03-01..2018-03-28"),
        ("Nine died in the past two months.", "P2M", "-P2M", "2018-01-28..2018-03-28"),
        ("On Tuesday, 27 March, they met.", "XXXX-03-27", "~XXXX-03-27/2", "2018-03-27"),
    ],
)
def test_without_the_articles_day_a_rule_waits_for_it(
    nlp: Language, text: str, value: str, relative: str, days: str
) -> None:
    (fact,) = read_times(nlp, text, None)
    assert (fact["value"], fact["relative"], fact["earliest"], fact["latest"]) == (value, relative, None, None)
    written = date.fromisoformat(WRITTEN)
    span = resolve_relative(relative, earliest=written, latest=written)
    first, _, last = days.partition("..")
    assert span == (date.fromisoformat(first), date.fromisoformat(last or first))


def test_a_caption_tells_in_the_present_what_has_happened(nlp: Language) -> None:
    text = "The envoy meets the mayor on Friday."
    doc = read_doc(nlp, text, None)
    assert read_facts(doc, "times")[0]["relative"] == ">=XXXX-WXX-5"
    write_facts(doc, "blocks", [{"start": 0, "end": len(text), "kind": "caption"}])
    assert read_facts(nlp.get_pipe("standoff_times")(doc), "times")[0]["relative"] == "<=XXXX-WXX-5"


def test_what_nothing_anchors_has_no_days(nlp: Language) -> None:
    (fact,) = read_times(nlp, "Three days later the bridge fell.")
    assert (fact["value"], fact["relative"], fact["earliest"]) == ("XXXX-XX-XX", None, None)


def test_what_follows_a_dated_happening_needs_no_article_day(nlp: Language) -> None:
    facts = read_times(nlp, "Voters chose on 12 May 2015. Three days later the count stopped.", None)
    assert [(fact["value"], fact["relative"]) for fact in facts] == [("2015-05-12", None), ("2015-05-15", None)]


def test_the_component_works_alone_in_a_bare_pipeline() -> None:
    import spacy

    blank = spacy.blank("en")
    blank.add_pipe("standoff_times")
    text = "The envoy said on Tuesday she will be back in May."
    doc = blank(text)
    assert [text[fact["start"] : fact["end"]] for fact in read_facts(doc, "times")] == ["Tuesday", "May"]
    assert [span.text for span in doc.spans["times"]] == ["Tuesday", "May"]
    assert read_facts(type(doc)(doc.vocab).from_bytes(doc.to_bytes()), "times") == read_facts(doc, "times")


def test_a_day_that_is_no_day_is_no_day(nlp: Language) -> None:
    assert read_times(nlp, "They met on 31 April.", "not a date")[0]["earliest"] is None
    assert read_times(nlp, "They met on 31 April.")[0]["earliest"] is None


@pytest.mark.parametrize("key", list(load_codebook("times").codes))
def test_the_codebooks_examples_hold(nlp: Language, key: str) -> None:
    code = load_codebook("times").codes[key]
    assert all(read_times(nlp, text) for text in code.examples)
    assert not any(read_times(nlp, text) for text in code.not_examples)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("cues = ['{weekday}']", "neither word nor shape"),
        ("cues = ['(day']", "no regular expression"),
        ("cues = ['day']\nvalue = \"{year}\"", "lacks"),
    ],
)
def test_a_broken_codebook_is_refused_in_a_sentence(tmp_path: pathlib.Path, body: str, message: str) -> None:
    import spacy

    path = tmp_path / "mine.toml"
    head = 'name = "mine"\nversion = "1"\nsource = "us"\nlicence = "CC0"\n[codes.day]\ndefinition = "A day."\n'
    path.write_text(head + body, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        spacy.blank("en").add_pipe("standoff_times", config={"codebook": str(path)})


PIECES = """on the last next two 31 Feb. 1998 Tuesday May ago later early 5 p.m. 12:99 century 20th - – , . '
😀 ½ year-earlier weeks every half a-half 0 '90s 99/99/9999 of in 2018-02-30 morning quarter nineteen"""
PHRASES = st.lists(st.sampled_from(["\n", *PIECES.split()]), max_size=15).map(" ".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(st.text(max_size=80), PHRASES),
    published=st.sampled_from([None, WRITTEN, "0001-01-01", "9999-12-31"]),
)
def test_any_text_gives_slices_in_order_and_days_that_follow_from_the_rule(
    nlp: Language, text: str, published: str | None
) -> None:
    end = 0
    for fact in read_times(nlp, text, published):
        assert end <= fact["start"] < fact["end"] <= len(text)
        end = fact["end"]
        if fact["relative"] is not None and fact["earliest"] is not None:
            written = date.fromisoformat(published or "")
            span = resolve_relative(fact["relative"], earliest=written, latest=written)
            assert span == (date.fromisoformat(fact["earliest"]), date.fromisoformat(fact["latest"]))
            if fact["type"] != "DURATION":
                of_value = span_days(resolve_value(fact["relative"], written))
                assert of_value is not None
                assert of_value[0] <= span[1]
                assert span[0] <= of_value[1]


def test_capitals_hide_no_time_and_letters_that_grow_in_lower_case_move_none(nlp: Language) -> None:
    text = "İzmir and İstanbul: the curfew was lifted on TUESDAY, 20 March 2018."
    assert [show(text, fact) for fact in read_times(nlp, text)] == ["TUESDAY, 20 March 2018 = 2018-03-20 = 2018-03-20"]


@pytest.mark.parametrize("piece", ["1 ", "the ", "two and ", "May 5 and ", "a year later ", "early ", "  "])
def test_the_calls_it_takes_grow_with_the_text(nlp: Language, piece: str) -> None:
    import sys

    from standoff.annotate.times import TimesFinder

    finder = TimesFinder("times")

    def count_calls(count: int) -> int:
        doc = nlp.make_doc(piece * count)
        calls = 0

        def note(_frame: object, event: str, _argument: object) -> None:
            nonlocal calls
            calls += event in ("call", "c_call")

        sys.setprofile(note)
        try:
            finder.find(doc)
        finally:
            sys.setprofile(None)
        return calls

    assert count_calls(3_000) < 8 * count_calls(600)  # 25 times if it grew with the square
