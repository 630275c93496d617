"""The dispute at a glance: its title, its grid, what is new and what waits; and an empty store."""

from __future__ import annotations

import dataclasses
import pathlib

import lxml.html
import pytest

from standoff.records import Failure
from standoff.store.database import Store, open_store
from tests.web.conftest import DeskClient, MakeClient


def test_names_the_dispute_and_counts_what_was_found(desk_client: DeskClient, desk_store: Store) -> None:
    record = desk_store.load_record()
    shown = desk_client.get("/index.json").json()
    counts = {count["kind"]: count["number"] for count in shown["counts"]}
    assert counts["articles"] == len(record.articles)
    assert counts["conflicts"] == len(record.conflicts)
    assert shown["outlets"] == len({article.outlet for article in record.articles if article.outlet})
    names = {actor.name for actor in record.actors if actor.kind != "group"}
    assert all(name in names for name in shown["title"].replace(" and ", ", ").split(", "))
    assert "2024" in shown["span"]


def test_tells_how_many_reports_are_copies(desk_store: Store, make_client: MakeClient) -> None:
    record = desk_store.load_record()
    assert make_client(desk_store).get("/index.json").json()["copies"] == 1
    copy = dataclasses.replace(record.articles[0], id="feedfacefeedface", source="copy.txt", outlet="Other")
    desk_store.save_record(dataclasses.replace(record, articles=(*record.articles, copy)))
    client = make_client(desk_store)
    assert client.get("/index.json").json()["copies"] == 2
    assert "2 copies" in client.get("/").text


def test_grid_shows_the_last_own_word_of_each_and_links_to_it(desk_client: DeskClient) -> None:
    grid = desk_client.get("/index.json").json()["grid"]
    assert len({len(row["cells"]) for row in grid["rows"]} | {len(grid["issues"])}) == 1
    paraguay = next(row for row in grid["rows"] if row["holder"]["text"] == "Paraguay")
    negotiation = next(cell for cell in paraguay["cells"] if cell and cell["issue"]["text"] == "negotiation")
    assert negotiation["stance"] == "conditional"
    assert negotiation["before"] == ["against"]
    for row in grid["rows"]:
        for cell in row["cells"]:
            assert cell is None or desk_client.get(cell["href"].partition("#")[0]).status_code == 200


def test_page_links_only_to_pages_that_are_there(desk_client: DeskClient) -> None:
    page = lxml.html.fromstring(desk_client.get("/").text)
    assert len(page.xpath("//h1")) == 1
    for section in ("stands", "disagree", "new", "shifts", "waits"):
        assert page.xpath(f"//h2[@id='{section}']")
    hrefs = {href.partition("#")[0] for href in page.xpath("//div[@class='front']//a/@href")}
    mine = {href for href in hrefs if href.startswith(("/issues", "/conflicts", "/shifts", "/timeline", "/happenings"))}
    assert mine
    assert all(desk_client.get(href).status_code == 200 for href in mine)


def test_what_was_judged_waits_no_more(desk_client: DeskClient) -> None:
    before = {count["kind"]: count["number"] for count in desk_client.get("/index.json").json()["waiting"]}
    best = desk_client.get("/index.json").json()["conflicts"][0]["card"]["id"]
    desk_client.submit("/judgements", {"kind": "conflicts", "entry": best, "verdict": "confirm"})
    shown = desk_client.get("/index.json").json()
    assert {count["kind"]: count["number"] for count in shown["waiting"]}["conflicts"] == before["conflicts"] - 1
    assert best not in [item["card"]["id"] for item in shown["conflicts"]]


def test_tells_what_could_not_be_read(desk_store: Store, make_client: MakeClient) -> None:
    failure = Failure(source="lost.pdf", stage="ingest", reason="it holds no text.")
    desk_store.save_record(dataclasses.replace(desk_store.load_record(), failures=(failure,)))
    text = make_client(desk_store).get("/").text
    assert "lost.pdf" in text
    assert "1 source could not be read" in text


def test_empty_store_says_what_to_do(tmp_path: pathlib.Path, make_client: MakeClient) -> None:
    text = make_client(open_store(str(tmp_path / "empty.db"))).get("/").text
    assert "standoff read" in text
    assert "Nothing was read yet" in text


@pytest.mark.parametrize("sheet", ["stances", "happenings", "shifts", "conflicts"])
def test_every_table_can_be_taken_out(desk_client: DeskClient, sheet: str) -> None:
    lines = desk_client.get(f"/index.csv?sheet={sheet}").text.splitlines()
    assert len(lines) > 1
