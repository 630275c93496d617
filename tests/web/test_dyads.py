"""Dyads: who deals with whom, what each did to the other by month, and the dyad table."""

from __future__ import annotations

import csv
import io
from typing import Any

import lxml.html
import pytest

from standoff.store.database import Store
from tests.web.conftest import DeskClient


def ask(client: DeskClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.fixture
def pair(desk_client: DeskClient) -> str:
    """Give the address of the pair with most deeds."""
    return str(ask(desk_client, "/dyads.json")["pairs"][0]["href"])


def test_lists_pairs_with_most_deeds_first(desk_client: DeskClient, desk_store: Store) -> None:
    shown = ask(desk_client, "/dyads.json")
    counts = [pair["deeds"] for pair in shown["pairs"]]
    assert counts == sorted(counts, reverse=True)
    pairs = {
        frozenset((actor, recipient))
        for event in desk_store.load_record().events
        if event.status in ("actual", "future")
        for actor in event.actors
        for recipient in event.recipients
        if actor != recipient
    }
    assert shown["total"] == len(pairs)
    for one in shown["pairs"]:
        assert sum(panel["deeds"] for panel in one["panels"]) == one["deeds"]


def test_panels_are_drawn_without_styles_and_said_in_words(desk_client: DeskClient) -> None:
    page = lxml.html.fromstring(desk_client.get("/dyads").text)
    drawn = page.xpath("//*[local-name()='svg'][@role='img']/@aria-label")
    assert drawn
    assert all("→" in text for text in drawn)
    assert not page.xpath("//main//@style")
    assert not page.xpath("//main//style")


def test_pair_shows_deeds_both_ways_and_adds_up(desk_client: DeskClient, desk_store: Store, pair: str) -> None:
    one, other = pair.split("/")[2:]
    shown = ask(desk_client, f"{pair}.json")
    told = [
        event
        for event in desk_store.load_record().events
        if (one in event.actors and other in event.recipients) or (other in event.actors and one in event.recipients)
    ]
    assert shown["deeds"]["total"] == len(told)
    assert sum(kind["to"] for kind in shown["kinds"]) == shown["panels"][0]["deeds"]
    assert sum(kind["back"] for kind in shown["kinds"]) == shown["panels"][1]["deeds"]
    assert sum(row["deeds"] for row in shown["table"]) == sum(panel["deeds"] for panel in shown["panels"])
    turned = ask(desk_client, f"/dyads/{other}/{one}.json")
    assert [panel["label"] for panel in turned["panels"]] == [panel["label"] for panel in shown["panels"]][::-1]


def test_deeds_are_filtered_by_whose_and_what(desk_client: DeskClient, pair: str) -> None:
    shown = ask(desk_client, f"{pair}.json")
    ways = [ask(desk_client, f"{pair}.json?direction={way}")["deeds"]["total"] for way in ("to", "from")]
    assert sum(ways) == shown["deeds"]["total"]
    kind = shown["kinds"][0]["type"]
    assert 0 < ask(desk_client, f"{pair}.json?type={kind}")["deeds"]["total"] <= shown["deeds"]["total"]
    assert ask(desk_client, f"{pair}.json?since=2030-01-01")["deeds"]["total"] == 0


def test_words_are_of_the_two(desk_client: DeskClient, desk_store: Store, pair: str) -> None:
    names = {actor.id: actor.name for actor in desk_store.load_record().actors}
    two = {names[id] for id in pair.split("/")[2:]}
    for card in ask(desk_client, f"{pair}.json")["words"]["cards"]:
        assert card["who"][0]["text"] in two


def test_actor_filter_keeps_the_pairs_of_that_actor(desk_client: DeskClient) -> None:
    shown = ask(desk_client, "/dyads.json")
    actor = shown["actors"][0]["value"]
    for one in ask(desk_client, f"/dyads.json?actor={actor}")["pairs"]:
        assert actor in one["href"]


def test_dyad_table_is_a_row_for_each_month_way_and_type(desk_client: DeskClient, pair: str) -> None:
    text = desk_client.get(f"{pair}.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert set(rows[0]) >= {"month", "actor", "recipient", "type", "quad", "deeds"}
    assert all(int(row["quad"]) in (1, 2, 3, 4) for row in rows)
    assert len(desk_client.get("/dyads.csv").text.splitlines()) > len(rows)


def test_two_must_be_two_and_known(desk_client: DeskClient, pair: str) -> None:
    one = pair.split("/")[2]
    for address in (f"/dyads/{one}/{one}.json", f"/dyads/{one}/nobody.json"):
        answer = desk_client.get(address)
        assert answer.status_code == 404
        assert answer.json()["detail"].endswith(".")
    assert desk_client.get(f"{pair}?direction=sideways").status_code == 422
