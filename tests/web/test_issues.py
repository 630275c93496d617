"""Issues: what each means, who stands where now and since when, and every place that says so."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest

from standoff.store.database import Store
from standoff.store.kept.settings import insert_setting
from tests.web.conftest import DeskClient


def ask(client: DeskClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_lists_every_issue_with_its_positions(desk_client: DeskClient, desk_store: Store) -> None:
    record = desk_store.load_record()
    lines = {line["key"]: line for line in ask(desk_client, "/issues.json")["lines"]}
    assert set(lines) >= {position.issue for position in record.positions}
    for key, line in lines.items():
        held = [position for position in record.positions if position.issue == key]
        assert line["positions"] == len(held) == sum(share["number"] for share in line["shares"])
        assert line["holders"] == len({position.holder for position in held})
        assert line["shifts"] == sum(shift.issue == key for shift in record.shifts)


def test_groups_each_holder_once_by_the_stance_of_now(desk_client: DeskClient, desk_store: Store) -> None:
    shown = ask(desk_client, "/issues/negotiation.json")
    standings = [one for group in shown["groups"] for one in group["standings"]]
    holders = {position.holder for position in desk_store.load_record().positions if position.issue == "negotiation"}
    assert sorted(one["id"] for one in standings) == sorted(holders)
    olivera = next(one for one in standings if one["holder"]["text"] == "Marta Olivera")
    assert (olivera["stance"], olivera["before"]) == ("against", ["for"])
    assert olivera["earliest"] > "2024-04"


def test_draws_a_lane_for_each_holder_and_says_it_in_words(desk_client: DeskClient) -> None:
    page = lxml.html.fromstring(desk_client.get("/issues/negotiation").text)
    drawn = page.xpath("//figure[@class='tracks']//*[local-name()='svg'][@role='img']/@aria-label")
    assert drawn
    assert all("2024" in text for text in drawn)
    assert not page.xpath("//figure[@class='tracks']//@style")


def test_positions_are_filtered_by_holder_stance_and_day(desk_client: DeskClient, desk_store: Store) -> None:
    held = [position for position in desk_store.load_record().positions if position.issue == "trade"]
    holder = held[0].holder
    own = ask(desk_client, f"/issues/trade.json?holder={holder}")["found"]
    assert own["total"] == sum(position.holder == holder for position in held)
    against = ask(desk_client, "/issues/trade.json?stance=against")["found"]
    assert against["total"] == sum(position.stance == "against" for position in held)
    late = ask(desk_client, "/issues/trade.json?since=2024-07-01")["found"]
    assert 0 < late["total"] < len(held)
    assert all(card["latest"] >= "2024-07-01" for card in late["cards"])


def test_definition_is_the_shipped_one_or_that_of_the_disputes_own_issues(
    desk_client: DeskClient, desk_store: Store
) -> None:
    assert "ship" in ask(desk_client, "/issues/trade.json")["definition"]["where"]
    text = (
        'name = "issues"\nversion = "2"\nsource = "ours"\nlicence = "CC0"\n[codes.trade]\n'
        'definition = "The barge levy."\ncues = ["levy"]\n'
    )
    with desk_store.write() as connection:
        insert_setting(connection, "issues", text, who="ada", at="2026-01-01T00:00:00+00:00")
    definition = ask(desk_client, "/issues/trade.json")["definition"]
    assert (definition["text"], definition["cues"]) == ("The barge levy.", ["levy"])
    assert "own" in definition["where"]


def test_issue_that_nobody_speaks_of_is_told_in_one_sentence(desk_client: DeskClient) -> None:
    answer = desk_client.get("/issues/weather.json")
    assert answer.status_code == 404
    assert "weather" in answer.json()["detail"]


@pytest.mark.parametrize("question", ["stance=maybe", "since=2024-13-01", "offset=-3"])
def test_a_question_that_makes_no_sense_is_refused(desk_client: DeskClient, question: str) -> None:
    assert desk_client.get(f"/issues/trade?{question}").status_code == 422


def test_tables_can_be_taken_out(desk_client: DeskClient) -> None:
    assert "negotiation" in desk_client.get("/issues.csv").text
    for sheet in ("positions", "stances", "shifts", "conflicts"):
        assert len(desk_client.get(f"/issues/negotiation.csv?sheet={sheet}").text.splitlines()) > 1
