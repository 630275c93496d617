"""The timeline and each happening: when, in how many reports, where these differ, and which are one."""

from __future__ import annotations

import dataclasses
from typing import Any

import lxml.html
import pytest

from standoff.records import Difference, When
from standoff.store.database import Store
from tests.web.conftest import DeskClient, MakeClient


def ask(client: DeskClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_lists_all_in_order_of_time_with_those_without_a_day_last(desk_client: DeskClient, desk_store: Store) -> None:
    record = desk_store.load_record()
    rows = ask(desk_client, "/timeline.json")["rows"]
    rows += ask(desk_client, "/timeline.json?offset=40")["rows"]
    assert {row["card"]["id"] for row in rows} == {happening.id for happening in record.happenings}
    days = [row["card"]["earliest"] or row["card"]["latest"] or "9999" for row in rows]
    assert days == sorted(days)


def test_uncertain_days_are_a_bar_and_known_ones_a_sign(desk_client: DeskClient) -> None:
    for row in ask(desk_client, "/timeline.json")["rows"]:
        (mark,) = row["lane"]["marks"] or (None,)
        if mark and mark["sign"] not in ("←", "→"):
            assert mark["exact"] == (row["card"]["earliest"] == row["card"]["latest"])
            assert mark["exact"] or mark["width"] > 0.5
            assert 0 <= mark["start"] <= 100


def test_a_month_shows_all_that_can_lie_in_it(desk_client: DeskClient, desk_store: Store) -> None:
    def may_lie(when: When | None) -> bool:
        if when is None:
            return True
        return (when.earliest or "") <= "2024-02-29" and (when.latest or "9999") >= "2024-02-01"

    shown = ask(desk_client, "/timeline.json?month=2024-02")
    wanted = {item.id for item in desk_store.load_record().happenings if may_lie(item.when)}
    assert {row["card"]["id"] for row in shown["rows"]} == wanted
    assert (shown["before"], shown["after"]) == ("2024-01", "2024-03")


def test_strip_and_filters_count_what_they_lead_to(desk_client: DeskClient, desk_store: Store) -> None:
    shown = ask(desk_client, "/timeline.json")
    total = len(desk_store.load_record().happenings)
    assert sum(column["number"] for column in shown["strip"]) + shown["outside"] == total
    for field in ("types", "statuses", "actors"):
        name = {"types": "type", "statuses": "status", "actors": "actor"}[field]
        for choice in shown[field][:3]:
            assert ask(desk_client, f"/timeline.json?{name}={choice['value']}")["total"] == choice["count"]


def test_happening_shows_each_report_and_what_it_was_made_from(desk_client: DeskClient, desk_store: Store) -> None:
    record = desk_store.load_record()
    item = max(record.happenings, key=lambda happening: (len(happening.articles), len(happening.events)))
    shown = ask(desk_client, f"/happenings/{item.id}.json")
    assert {report["id"] for report in shown["reports"]} == set(item.articles)
    assert [deed["id"] for deed in shown["deeds"]] == list(item.events)
    told = {telling["text"] for report in shown["reports"] for telling in report["tellings"]}
    assert told == {passage.text for passage in item.passages}
    assert desk_client.get(f"/happenings/{item.id}").status_code == 200


def test_happening_lays_differing_words_side_by_side(desk_store: Store, make_client: MakeClient) -> None:
    record = desk_store.load_record()
    item = next(happening for happening in record.happenings if len(happening.articles) > 1)
    left, right = item.passages[0], next(one for one in item.passages if one.article != item.passages[0].article)
    difference = Difference(what="number", left=left, right=right, why="One report counts 26, the other 40.")
    changed = [dataclasses.replace(one, differences=(difference,)) if one == item else one for one in record.happenings]
    desk_store.save_record(dataclasses.replace(record, happenings=tuple(changed)))
    page = lxml.html.fromstring(make_client(desk_store).get(f"/happenings/{item.id}").text)
    sides = page.xpath("//section[h2/@id='differ']//div[@class='side']")
    assert [left.text in side.text_content() for side in sides] == [True, left.text == right.text]
    assert "counts 26" in page.text_content()


def test_two_happenings_can_be_called_one(desk_client: DeskClient, desk_store: Store) -> None:
    item = next(one for one in desk_store.load_record().happenings if one.when and one.when.earliest == one.when.latest)
    shown = ask(desk_client, f"/happenings/{item.id}.json")
    other = shown["near"][0]["value"]
    asked = {"kind": "happenings", "entry": item.id, "other": other, "verdict": "same", "next": "/timeline"}
    assert desk_client.submit("/judgements", asked).status_code == 303
    (judgement,) = desk_store.list_judgements()
    assert (judgement.verdict, judgement.entry, judgement.other) == ("same", item.id, other)


@pytest.mark.parametrize("question", ["month=2024-13", "month=0000-01", "status=perhaps", "since=yesterday"])
def test_a_question_that_makes_no_sense_is_refused(desk_client: DeskClient, question: str) -> None:
    assert desk_client.get(f"/timeline?{question}").status_code == 422


@pytest.mark.parametrize("question", ["month=9999-12", "month=1000-01", "month=", "type=NOTHING", "actor=nobody"])
def test_a_question_that_finds_nothing_says_so(desk_client: DeskClient, question: str) -> None:
    assert desk_client.get(f"/timeline?{question}").status_code == 200


def test_happening_that_is_gone_is_one_sentence(desk_client: DeskClient) -> None:
    assert desk_client.get("/happenings/none.json").status_code == 404


def test_tables_can_be_taken_out(desk_client: DeskClient, desk_store: Store) -> None:
    assert len(desk_client.get("/timeline.csv").text.splitlines()) > 10
    assert "2024-02" in desk_client.get("/timeline.csv?sheet=months").text
    item = desk_store.load_record().happenings[0]
    assert item.passages[0].text in desk_client.get(f"/happenings/{item.id}.csv?sheet=reports").text
