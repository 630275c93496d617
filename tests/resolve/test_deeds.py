"""Deeds: what is told twice counts once, with its day and its pairs."""

from __future__ import annotations

from typing import Any

import pytest
from builders import cut, make_actor, make_article, make_event, make_happening, make_when

from standoff.records import Event, Record
from standoff.resolve.deeds import DONE, Deed, list_deeds

STORY = "The harbour of Paphos was closed by striking dockers on Monday. No ship left, and none is due today."
ACTORS = tuple(make_actor(name) for name in ("Chad", "Libya", "Mali"))


def make_record(*events: Event, happening: dict[str, Any] | None = None) -> Record:
    articles = (make_article("a1", day="2024-05-03"), make_article("a2", day="2024-05-04", text="Another report."))
    made = () if happening is None else (make_happening(events=events, **happening),)
    return Record(articles=articles, actors=ACTORS, events=events, happenings=made)


def list_one(*events: Event, **given: Any) -> Deed:
    (deed,) = list_deeds(make_record(*events, **given))
    return deed


def test_two_reports_of_one_happening_are_one_deed_that_both_articles_tell() -> None:
    first = make_event("met", actors=["chad"], recipients=["libya"], mode="visit")
    second = make_event("talks", actors=["chad"], article="a2")
    deed = list_one(first, second, happening={"when": make_when("2024-05-02")})
    assert deed.tellings == (first, second)
    assert deed.pairs == (("chad", "libya"),)
    assert (deed.mode, deed.articles, len(deed.origins)) == ("visit", ("a1", "a2"), 2)
    assert (deed.earliest, deed.latest, deed.dated, deed.month) == ("2024-05-02", "2024-05-02", True, "2024-05")


def test_two_types_in_one_happening_are_two_deeds() -> None:
    events = make_event("met", actors=["chad"]), make_event("aid", kind="AID", actors=["chad"])
    assert [deed.type for deed in list_deeds(make_record(*events, happening={}))] == ["CONSULT", "AID"]


def test_what_one_article_tells_twice_in_the_same_terms_is_one_deed_and_in_others_two() -> None:
    first = make_event("condemned", kind="ACCUSE", actors=["chad"], recipients=["libya"])
    again = make_event("criticised", kind="ACCUSE", actors=["chad"], recipients=["libya"])
    other = make_event("blamed", kind="ACCUSE", actors=["chad"], recipients=["mali"])
    elsewhere = make_event("faulted", kind="ACCUSE", actors=["chad"], recipients=["libya"], article="a2")
    deeds = list_deeds(make_record(first, again, other, elsewhere))
    assert [len(deed.tellings) for deed in deeds] == [2, 1, 1]


def test_a_copy_of_a_report_tells_no_second_deed() -> None:
    articles = tuple(make_article(name, text=STORY, day="2024-05-03") for name in ("a1", "a2"))
    events = tuple(make_event("closed", kind="PROTEST", actors=["chad"], article=name) for name in ("a1", "a2"))
    (deed,) = list_deeds(Record(articles=articles, actors=ACTORS, events=events))
    assert (len(deed.articles), len(deed.origins)) == (2, 1)


def test_a_planned_meeting_counts_as_the_promise_of_it_on_the_day_it_was_told() -> None:
    deed = list_one(make_event("to meet", status="future", mode="visit", when=make_when("2024-06-09")))
    assert (deed.type, deed.mode, deed.quad, deed.intensity) == ("AGREE", None, 1, 2.5)
    assert (deed.earliest, deed.dated) == ("2024-05-03", False)


def test_what_was_announced_and_then_done_is_done() -> None:
    planned = make_event("to meet", status="future", actors=["chad"])
    done = make_event("met", actors=["chad"], article="a2", intensity=4.0, quad=1)
    deed = list_one(planned, done, happening={"status": "actual", "when": make_when("2024-05-04")})
    assert (deed.type, deed.status, deed.intensity) == ("CONSULT", "actual", 4.0)


@pytest.mark.parametrize(
    ("when", "month"),
    [
        (("2024-05-01", "2024-05-31"), "2024-05"),
        (("2024-01-01", "2024-12-31"), None),
        ((None, "2024-05-02"), None),
    ],
)
def test_a_month_that_is_not_sure_is_none(when: tuple[str | None, str], month: str | None) -> None:
    assert list_one(make_event("met", when=make_when(*when))).month == month


def test_an_event_without_a_day_has_its_articles_and_one_without_any_has_none() -> None:
    assert list_one(make_event("met")).earliest == "2024-05-03"
    (deed,) = list_deeds(Record(articles=(make_article("a1"),), events=(make_event("met"),)))
    assert (deed.earliest, deed.latest, deed.month) == (None, None, None)


@pytest.mark.parametrize(
    ("kind", "cue", "actors", "recipients", "pairs"),
    [
        ("ACCUSE", "x", ["chad", "mali"], ["libya"], [("chad", "libya"), ("mali", "libya")]),
        ("CONSULT", "met", ["chad", "libya"], [], [("chad", "libya"), ("libya", "chad")]),
        ("ASSAULT", "clashed", ["chad", "libya"], [], [("chad", "libya"), ("libya", "chad")]),
        ("ASSAULT", "bombed", ["chad", "libya"], [], [("chad", None), ("libya", None)]),
        ("COERCE", "arrested", [], ["libya"], [(None, "libya")]),
        ("ASSAULT", "shots", [], [], [(None, None)]),
        ("CONSULT", "met", ["chad"], ["chad", "libya"], [("chad", "libya")]),
        ("REJECT", "vetoed", ["chad"], ["chad"], [("chad", None)]),
    ],
)
def test_every_actor_is_paired_with_every_recipient_and_mutual_deeds_both_ways(
    kind: str, cue: str, actors: list[str], recipients: list[str], pairs: list[tuple[str | None, str | None]]
) -> None:
    event = make_event(cue, kind=kind, actors=actors, recipients=recipients, cue=cut(cue))
    assert list(list_one(event).pairs) == pairs


def test_only_the_wanted_statuses_are_listed() -> None:
    events = [make_event(status, kind="PROTEST", status=status) for status in ("actual", "future", "hypothetical")]
    events.append(make_event("no", kind="PROTEST", status="negated"))
    assert [deed.status for deed in list_deeds(make_record(*events), statuses=DONE)] == ["actual", "future"]
    assert len(list_deeds(make_record(*events))) == 4


def test_every_event_of_a_record_is_a_telling_of_one_deed(record: Record) -> None:
    told = [event.id for deed in list_deeds(record) for event in deed.tellings]
    assert sorted(told) == sorted(event.id for event in record.events)
