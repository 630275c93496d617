"""Conflicts and shifts: the best first, both passages side by side with what differs marked, decided on in place."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest

from standoff.store.database import Store
from tests.web.conftest import DeskClient


def list_shown(client: DeskClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_lists_the_surest_first(desk_client: DeskClient, desk_store: Store) -> None:
    shown = list_shown(desk_client, "/conflicts.json")
    scores = [item["card"]["score"] for item in shown["items"]]
    assert scores == sorted(scores, reverse=True)
    assert shown["total"] == len(desk_store.load_record().conflicts)


def test_each_conflict_has_both_passages_as_they_stand_in_their_reports(
    desk_client: DeskClient, desk_store: Store
) -> None:
    texts = [" ".join(article.text.split()) for article in desk_store.load_record().articles]
    for item in list_shown(desk_client, "/conflicts.json")["items"]:
        assert len(item["sides"]) == 2
        for side in item["sides"]:
            words = "".join(text for text, _ in side["pieces"])
            around = " ".join(f"{side['before']}{words}".removeprefix("… ").split())
            assert words
            assert any(around in text for text in texts)
            assert side["href"].startswith("/passages/")


def test_marks_what_differs(desk_client: DeskClient) -> None:
    page = lxml.html.fromstring(desk_client.get("/conflicts").text)
    marked = {mark.text for mark in page.xpath("//blockquote//em")}
    assert {"26", "forty"} <= marked


@pytest.mark.parametrize(("field", "of"), [("kind", "kinds"), ("actor", "actors"), ("issue", "issues")])
def test_filters_give_as_many_as_they_promise(desk_client: DeskClient, field: str, of: str) -> None:
    offered = list_shown(desk_client, "/conflicts.json")[of]
    assert offered
    for choice in offered[:3]:
        found = list_shown(desk_client, f"/conflicts.json?decided=all&{field}={choice['value']}")
        assert found["total"] == choice["count"]


def test_page_shows_whole_paragraphs_and_the_others_between_the_two(desk_client: DeskClient, desk_store: Store) -> None:
    record = desk_store.load_record()
    texts = {article.id: article.text for article in record.articles}
    said = {item.id: item for item in record.attributions}
    conflict = next(item for item in record.conflicts if item.left in said and item.right in said)
    shown = list_shown(desk_client, f"/conflicts/{conflict.id}.json")
    for side, id in zip(shown["item"]["sides"], (conflict.left, conflict.right), strict=True):
        paragraph = side["before"] + "".join(text for text, _ in side["pieces"]) + side["after"]
        text = texts[said[id].content[0].article]
        assert paragraph in text.split("\n") or paragraph.count("\n")
    assert conflict.id not in [other["card"]["id"] for other in shown["others"]]
    assert desk_client.get(f"/conflicts/{conflict.id}").status_code == 200


def test_decided_ones_leave_the_list_and_can_be_taken_back(desk_client: DeskClient) -> None:
    first = list_shown(desk_client, "/conflicts.json")["items"][0]["card"]["id"]
    asked = {"kind": "conflicts", "entry": first, "next": "/conflicts"}
    assert desk_client.submit("/judgements", {**asked, "verdict": "reject"}).headers["location"] == "/conflicts"
    shown = list_shown(desk_client, "/conflicts.json")
    assert first not in [item["card"]["id"] for item in shown["items"]]
    assert shown["counts"]["decided"] == 1
    (decided,) = list_shown(desk_client, "/conflicts.json?decided=decided")["items"]
    assert decided["card"]["verdict"] == "rejected"
    desk_client.submit("/judgements", {**asked, "verdict": "withdraw"})
    assert list_shown(desk_client, "/conflicts.json")["items"][0]["card"]["id"] == first


def test_shifts_have_a_position_before_and_after(desk_client: DeskClient, desk_store: Store) -> None:
    shown = list_shown(desk_client, "/shifts.json")
    assert shown["total"] == len(desk_store.load_record().shifts)
    for item in shown["items"]:
        before, after = (side["card"]["stance"] for side in item["sides"])
        assert before != after
        assert desk_client.get(item["card"]["href"]).status_code == 200


@pytest.mark.parametrize("address", ["/conflicts/none", "/shifts/none"])
def test_what_is_not_there_is_one_sentence(desk_client: DeskClient, address: str) -> None:
    answer = desk_client.get(f"{address}.json")
    assert answer.status_code == 404
    assert answer.json()["detail"].count(".") == 1


@pytest.mark.parametrize("address", ["/conflicts?decided=never", "/conflicts?offset=-1", "/shifts?offset=x"])
def test_a_question_that_makes_no_sense_is_refused(desk_client: DeskClient, address: str) -> None:
    assert desk_client.get(address).status_code == 422


@pytest.mark.parametrize("address", ["/conflicts", "/shifts"])
def test_tables_hold_each_with_its_sides(desk_client: DeskClient, address: str) -> None:
    items = list_shown(desk_client, f"{address}.json?decided=all")["items"]
    lines = desk_client.get(f"{address}.csv?decided=all").text
    assert all(item["card"]["id"] in lines and item["sides"][0]["card"]["id"] in lines for item in items)
