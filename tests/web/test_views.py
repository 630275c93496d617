"""Saved views: saved from a page, cited, led back from, renamed and hidden; only of this desk's own pages."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from standoff.store.database import Store
from standoff.store.kept.views import select_views


@pytest.fixture
def save(desk_client: Any) -> Any:
    """Give a way to save a view as a page's form does; gives its id."""

    def send(title: str, address: str) -> str:
        answer = desk_client.submit("/views", {"title": title, "address": address})
        assert answer.status_code == 303
        return str(answer.headers["location"].partition("#")[2])

    return send


def test_a_page_offers_to_be_saved_and_leads_back(desk_client: Any, save: Any) -> None:
    page = html.fromstring(desk_client.get("/search?q=levy&kind=events").content)
    [form] = page.xpath("//form[@action='/views']")
    address = form.fields["address"]
    assert address == "/search?q=levy&kind=events"
    view = save("Deeds over the levy", address)
    answer = desk_client.get(f"/views/{view}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/search?q=levy&kind=events&view={view}")
    page = html.fromstring(desk_client.get(answer.headers["location"]).content)
    assert "Deeds over the levy" in page.find_class("desk-state")[1].text_content()
    assert page.xpath("//form[@action='/views']")[0].fields["address"] == address


def test_views_are_listed_newest_first_and_taken_out(desk_client: Any, save: Any) -> None:
    save("One", "/conflicts")
    save("Two", "/issues")
    assert [one["title"] for one in desk_client.get("/views.json").json()["views"]] == ["Two", "One"]
    rows = desk_client.get("/views.csv").text.splitlines()
    assert "Two" in rows[1]
    assert "http://127.0.0.1:8321/views/view_" in rows[1]


def test_a_view_is_renamed_and_hidden_but_stays_citable(desk_client: Any, desk_store: Store, save: Any) -> None:
    view = save("Talks", "/search?q=talks")
    assert desk_client.submit(f"/views/{view}", {"title": "  What was said   on talks "}).status_code == 303
    assert desk_client.submit(f"/views/{view}", {"hidden": "true"}).status_code == 303
    with desk_store.read() as connection:
        assert select_views(connection) == ()
    told = desk_client.get(f"/views/{view}.json").json()
    assert (told["title"], told["hidden"]) == ("What was said on talks", True)
    assert desk_client.get(f"/views/{view}").status_code == 303


@pytest.mark.parametrize(
    "address",
    [
        "//elsewhere.example/",
        "https://elsewhere.example/",
        "javascript:alert(1)",
        "/\\elsewhere.example",
        "search",
        "/views/x",
    ],
)
def test_what_is_no_page_of_this_desk_is_not_saved(desk_client: Any, desk_store: Store, address: str) -> None:
    answer = desk_client.submit("/views", {"title": "Trap", "address": address})
    assert answer.status_code == 400
    with desk_store.read() as connection:
        assert select_views(connection) == ()


def test_a_view_that_is_not_there_is_one_sentence(desk_client: Any) -> None:
    answer = desk_client.get("/views/view_0")
    assert answer.status_code == 404
    assert "here is no saved view view_0" in answer.text
    assert desk_client.get("/conflicts?view=view_0").status_code == 200


def test_without_a_token_nothing_is_saved(desk_client: Any) -> None:
    assert desk_client.post("/views", data={"title": "T", "address": "/issues"}).status_code == 403
