"""What a decision would do is shown before it is made, and nothing is made by looking."""

from __future__ import annotations

from typing import Any

import pytest
from judging import find_actor
from lxml import html

from standoff.store.database import Store


def merge(store: Store) -> dict[str, str]:
    record = store.load_record()
    one, other = find_actor(record, "Ada Ito"), find_actor(record, "Noor Haddad")
    return {"kind": "actors", "entry": one.id, "other": other.id, "verdict": "same", "next": f"/actors/{one.id}"}


def test_a_merge_is_shown_and_then_made_by_the_same_form(client: Any, store: Store) -> None:
    wish = merge(store)
    page = client.submit("/judgements/preview", wish)
    assert page.status_code == 200
    assert store.list_judgements() == ()
    tree = html.fromstring(page.text)
    text = " ".join(tree.text_content().split())
    assert "Ada Ito = Noor Haddad" in text
    assert "1 actor gone" in text
    assert "source: " in text
    (form,) = tree.xpath('//form[@action="/judgements"]')
    sent = {item.get("name"): item.get("value") for item in form.xpath(".//input")}
    assert {name: sent[name] for name in wish} == wish
    assert client.post("/judgements", data=sent).headers["location"] == wish["next"]
    assert [item.verdict for item in store.list_judgements()] == ["same"]


def test_mentions_of_somebody_else_are_shown_with_what_they_take_along(client: Any, store: Store) -> None:
    record = store.load_record()
    spoken = next(item for item in record.mentions if item.passage.text == "Ada Ito")
    page = client.submit("/judgements/preview", {"kind": "mentions", "entry": spoken.id, "verdict": "not-same"})
    assert "1 actor new" in page.text
    assert store.list_judgements() == ()


def test_a_script_is_told_the_effect_as_json(client: Any, store: Store) -> None:
    headers = {"Accept": "application/json", "X-Standoff-Token": client.read_token()}
    told = client.post("/judgements/preview", json=merge(store), headers=headers).json()
    assert told["labels"] == ["Ada Ito = Noor Haddad"]
    assert told["effect"]["reach"] == "Looked at 2 reports, all there are."


def test_what_changes_nothing_says_so(client: Any, store: Store) -> None:
    event = store.load_record().events[0]
    page = client.submit("/judgements/preview", {"kind": "events", "entry": event.id, "verdict": "confirm"})
    assert "Nothing that the record lists would be another." in page.text


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"kind": "events", "entry": "x", "verdict": "reject"}, 404),
        ({"kind": "events", "entry": "x", "verdict": "withdraw"}, 400),
        ({"kind": "tea", "entry": "x", "verdict": "reject"}, 400),
        ({}, 400),
    ],
)
def test_what_cannot_be_decided_cannot_be_shown(client: Any, wish: dict[str, str], status: int) -> None:
    assert client.submit("/judgements/preview", wish).status_code == status
    assert client.post("/judgements/preview", data=wish).status_code == 403
