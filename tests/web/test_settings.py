"""Settling issues and actors on the desk: shown before it holds, faults at their field, kept with a way back."""

from __future__ import annotations

import pathlib
import re
from typing import Any

import pytest
from judging import find_actor
from lxml import html

from standoff.records import Article
from standoff.store.database import Store, open_store
from standoff.web.decided.settling import fill_issue, read_issue
from standoff.web.door.people import add_account
from standoff.workflow import annotate_articles
from standoff.workflow.kept import describe_reading, renew_record
from standoff.workflow.settings import load_actors, load_issues

PAGE = "/settings"


def read_hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return found[1]


def preview_and_save(client: Any, address: str, **fields: str) -> tuple[str, Any]:
    """Ask for the effect of a form, then save what was shown."""
    shown = client.submit(address, {"action": "preview", **fields}, page=PAGE)
    assert shown.status_code == 200, shown.text
    again = {"version": read_hidden(shown.text, "version"), "seen": read_hidden(shown.text, "seen")}
    return shown.text, client.submit(address, {"action": "save", **fields, **again}, page=PAGE)


def test_shows_what_is_settled_and_how_to_settle_more(client: Any) -> None:
    page = client.get(PAGE)
    assert page.status_code == 200
    tree = html.fromstring(page.text)
    assert len(tree.xpath('//ul[@class="settled"]/li')) == 23
    assert "No actor is settled" in page.text
    told = client.get("/settings.json").json()
    assert told["own"] is False
    assert told["history"] == []


def test_an_actor_is_previewed_saved_listed_and_undone(client: Any, store: Store) -> None:
    shown, saved = preview_and_save(
        client, "/settings/actor", name="Ada Ito", country="jpn", same="Noor Haddad", kind="person"
    )
    assert "What it would do" in shown
    assert "1 actor gone" in shown
    assert "Looked at 2 reports, all there are." in shown
    assert saved.headers["location"] == "/settings"
    assert load_actors(store).tables == {"Ada Ito": {"kind": "person", "country": "JPN", "same": ["Noor Haddad"]}}
    record = renew_record(store)
    assert find_actor(record, "Ada Ito").country == "JPN"
    page = client.get(PAGE).text
    assert "Actors: <bdi>added Ada Ito</bdi>" in page
    assert "person · JPN · is also Noor Haddad" in page
    undone = client.submit("/settings/restore", {"key": "actors", "version": "0"}, page=PAGE)
    assert undone.status_code == 303
    assert load_actors(store).tables == {}
    assert [item["says"] for item in client.get("/settings.json").json()["history"]] == [
        "took all of them out",
        "added Ada Ito",
    ]


def test_nothing_is_saved_that_was_not_shown(client: Any, store: Store) -> None:
    shown = client.submit("/settings/actor", {"name": "Ada Ito", "country": "JPN", "action": "preview"}, page=PAGE)
    seen = read_hidden(shown.text, "seen")
    other = {"name": "Ada Ito", "country": "KEN", "action": "save", "seen": seen, "version": "0"}
    again = client.submit("/settings/actor", other, page=PAGE)
    assert again.status_code == 200
    assert "What it would do" in again.text
    assert load_actors(store).tables == {}


@pytest.mark.parametrize(
    ("address", "fields", "field", "sentence"),
    [
        (
            "/settings/actor",
            {"name": "Ada Ito", "country": "Japan"},
            "country",
            "This has &#34;JAPAN&#34;; codes are three capitals",
        ),
        ("/settings/actor", {"name": "", "country": "JPN"}, "name", "Give the actor&#39;s name"),
        ("/settings/issue", {"name": "Ferry!"}, "key", "is no key for an issue"),
        ("/settings/issue", {"name": "ferry", "cues": "ferry"}, "definition", "Say in a sentence"),
        (
            "/settings/issue",
            {"name": "ferry", "cues": "ferry", "definition": "x", "examples": "He wants it."},
            "examples",
            "Line 1 should begin with its stance",
        ),
    ],
)
def test_a_fault_is_shown_at_its_field_with_what_was_typed(
    client: Any, address: str, fields: dict[str, str], field: str, sentence: str
) -> None:
    answer = client.submit(address, {"action": "preview", **fields}, page=PAGE)
    assert answer.status_code == 422
    assert sentence in answer.text
    if field not in ("key", "name"):
        tree = html.fromstring(answer.text)
        (wrong,) = tree.xpath('//*[@aria-invalid="true"]')
        assert wrong.get("name") == field
        assert f"e-{field}" in wrong.get("aria-describedby")
    assert all(value.upper() in answer.text.upper() for value in fields.values())


def test_who_has_not_seen_the_last_change_is_told(client: Any, store: Store) -> None:
    shown = client.submit("/settings/actor", {"name": "Ada Ito", "country": "JPN", "action": "preview"}, page=PAGE)
    mine = {"version": read_hidden(shown.text, "version"), "seen": read_hidden(shown.text, "seen")}
    preview_and_save(client, "/settings/actor", name="Bo Lund", country="KEN")
    preview_and_save(client, "/settings/actor", name="Bo Lund", country="")
    answer = client.submit(
        "/settings/actor", {"name": "Ada Ito", "country": "JPN", "action": "save", **mine}, page=PAGE
    )
    assert answer.status_code == 200  # what would be saved is no longer what was shown, so that it is shown again
    mine["seen"] = read_hidden(answer.text, "seen")
    answer = client.submit(
        "/settings/actor", {"name": "Ada Ito", "country": "JPN", "action": "save", **mine}, page=PAGE
    )
    assert answer.status_code == 409
    assert "was changed by another meanwhile" in answer.text
    assert "Ada Ito" not in load_actors(store).tables


def test_an_issue_is_proved_previewed_and_saved(tmp_path: pathlib.Path, make_client: Any) -> None:
    store = open_store(str(tmp_path / "ferry.db"))
    text = "HARBOUR CITY — Mayor Ada Ito called for a night ferry on Monday."
    made_by = describe_reading(None)
    for item in annotate_articles([Article(id="t1", source="t1.txt", text=text, published="2024-03-05")]):
        store.add_reading(item, made_by=made_by)  # type: ignore[arg-type]
    renew_record(store, made_by=made_by)
    client = make_client(store)
    fields = {
        "name": "night-ferry",
        "definition": "Whether the ferry should run at night.",
        "cues": "night ferry",
        "examples": "for: Mayor Ada Ito called for the night ferry.\nagainst: Bo Lund fed a cat.",
        "not_examples": "Mayor Ada Ito took a train.",
    }
    shown, saved = preview_and_save(client, "/settings/issue", **fields)
    assert "2 of 3 are read as they stand there" in shown
    assert "1 position new" in shown
    assert "Bo Lund fed a cat." in shown
    assert saved.status_code == 303
    held = load_issues(store)
    assert held.own
    assert client.get("/settings.json").json()["history"][0]["says"] == "added night-ferry"
    assert read_issue(fill_issue(held.tables["night-ferry"]))["stances"] == ["for", "against"]
    form = client.get("/settings/issue?name=night-ferry").text
    assert "against: Bo Lund fed a cat." in form
    taken = client.submit("/settings/issue", {"name": "night-ferry", "action": "remove", "seen": ""}, page=PAGE)
    assert "Take it out" in taken.text
    again = {"version": read_hidden(taken.text, "version"), "seen": read_hidden(taken.text, "seen")}
    out = client.submit("/settings/issue", {"name": "night-ferry", "action": "remove", **again}, page=PAGE)
    assert out.status_code == 303
    assert "night-ferry" not in load_issues(store).tables
    store.close()


def test_only_an_owner_settles(store: Store, make_client: Any) -> None:
    add_account(store, name="otto", role="owner", password="a long password", by="test")
    add_account(store, name="rita", role="reviewer", password="a long password", by="test")
    client = make_client(store)
    client.submit("/login", {"name": "rita", "password": "a long password"}, page="/login")
    assert client.get(PAGE).status_code == 403
    assert client.get("/settings/issue?name=negotiation").status_code == 403
    answer = client.submit("/settings/actor", {"name": "Ada Ito", "country": "JPN", "action": "preview"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"key": "actors", "version": "9" * 5000}, 404),
        ({"key": "tea", "version": "0"}, 404),
        ({}, 404),
    ],
)
def test_no_version_is_gone_back_to_that_is_not_there(client: Any, data: dict[str, str], status: int) -> None:
    assert client.submit("/settings/restore", data, page=PAGE).status_code == status


def test_odd_names_and_texts_are_harmless(client: Any, store: Store) -> None:
    name = '<script>alert(1)</script> "\\ é\x00'
    preview_and_save(client, "/settings/actor", name=name, aliases='a"b\nc<b>')
    page = client.get(PAGE).text
    assert "<script>alert" not in page
    (known,) = load_actors(store).tables
    assert client.get("/settings/actor", params={"name": known}).status_code == 200
    assert client.get("/settings/issue?name=nowhere").status_code == 404
    assert client.get("/settings/actor?name=Rowan+Vale").status_code == 200
