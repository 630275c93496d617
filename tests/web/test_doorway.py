"""What every answer carries, and what is refused before any page sees it."""

from __future__ import annotations

from typing import Any

import pytest

from standoff.store.database import Store
from standoff.web.app import create_app
from standoff.web.door.doorway import BODY
from standoff.web.door.limits import REMEMBERED, Patience, Rate
from standoff.web.door.people import add_account
from standoff.web.door.visitors import Door

OUTER = {"X-Forwarded-User": "ada"}


@pytest.mark.parametrize("address", ["/articles", "/articles.json", "/articles.csv", "/nothing", "/static/desk.css"])
def test_every_answer_is_guarded(desk_client: Any, address: str) -> None:
    headers = desk_client.get(address).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "private, no-cache"
    assert "server" not in headers


def test_refusals_are_guarded_too(desk_client: Any) -> None:
    headers = desk_client.get("/articles", headers={"host": "elsewhere.example"}).headers
    assert "content-security-policy" in headers


def test_too_much_is_not_taken(desk_client: Any) -> None:
    answer = desk_client.submit("/accounts", {"name": "x" * BODY})
    assert (answer.status_code, "1 MB" in answer.text) == (413, True)
    token = desk_client.read_token()

    def trickle() -> Any:
        for _ in range(BODY // 1000 + 1):
            yield b"x" * 1000

    headers = {"X-Standoff-Token": token, "content-type": "application/x-www-form-urlencoded"}
    assert desk_client.post("/accounts", content=trickle(), headers=headers).status_code == 413


def test_half_a_character_is_refused_and_a_whole_one_taken(desk_client: Any) -> None:
    entry = desk_client.get("/conflicts.json").json()["items"][0]["card"]["id"]
    headers = {"X-Standoff-Token": desk_client.read_token(), "content-type": "application/json"}
    headers["accept"] = "application/json"
    for said, status in (("\\ud83d", 400), ("\\ud83d\\ude00", 201)):
        body = f'{{"kind": "conflicts", "entry": "{entry}", "verdict": "confirm", "why": "{said}"}}'
        assert desk_client.post("/judgements", content=body, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/articles/" + "x" * 2001, 414),
        ("/articles?q=" + "x" * 8001, 414),
        ("/articles/%00", 400),
        ("/articles?q=%00", 400),
        ("/articles/%F0%28", 404),
        ("/articles/%ED%A0%80", 404),
        ("/articles/..%2f..%2fetc%2fpasswd", 404),
        ("/static/../app.py", 404),
        ("/static/..%2fapp.py", 404),
        ("//elsewhere.example/", 404),
    ],
)
def test_odd_addresses_get_one_sentence(desk_client: Any, address: str, status: int) -> None:
    answer = desk_client.get(f"http://127.0.0.1:8321{address}")
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_a_fault_of_our_own_is_logged_and_not_shown(desk_store: Store, make_client: Any, caplog: Any) -> None:
    client = make_client(desk_store)

    @client.app.get("/fault")
    def fail() -> None:
        raise RuntimeError("a secret of the house")

    answer = client.get("/fault")
    assert (answer.status_code, "secret" in answer.text) == (500, False)
    assert "content-security-policy" in answer.headers
    assert "a secret of the house" in caplog.text


def test_a_store_that_cannot_be_read_is_said_in_one_sentence(desk_store: Store, make_client: Any) -> None:
    client = make_client(desk_store)
    assert client.get("/articles").status_code == 200
    with desk_store.write() as connection:
        connection.exec_driver_sql("DROP TABLE entries")
    answer = client.get("/articles.json")
    assert answer.status_code == 503
    assert answer.json()["detail"].startswith("the store ")


def test_who_asks_too_often_waits(desk_store: Store, make_client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("standoff.web.door.doorway.Rate", lambda per_minute: Rate(per_minute=2))
    add_account(desk_store, name="ada", role="owner", password=None, by="a test")
    client = make_client(desk_store, door=Door(desk_store, header="X-Forwarded-User"))
    statuses = [client.get("/articles.csv", headers=OUTER).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    answer = client.get("/articles.csv", headers=OUTER)
    assert 1 <= int(answer.headers["retry-after"]) <= 30
    assert "try again in" in answer.text
    assert client.get("/articles", headers=OUTER).status_code == 200


def test_nobody_waits_on_their_own_machine(
    desk_store: Store, make_client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("standoff.web.door.doorway.Rate", lambda per_minute: Rate(per_minute=1))
    client = make_client(desk_store)
    assert {client.get("/articles.csv").status_code for _ in range(4)} == {200}


def test_a_rate_fills_again_with_time() -> None:
    clock = [0.0]
    rate = Rate(per_minute=60, now=lambda: clock[0])
    assert [rate.take("ada") for _ in range(61)] == [0] * 60 + [1]
    assert rate.take("ben") == 0
    clock[0] += 2
    assert [rate.take("ada") for _ in range(3)] == [0, 0, 1]


def test_patience_wears_thin_and_comes_back() -> None:
    clock = [0.0]
    patience = Patience(free=2, longest=8, now=lambda: clock[0])
    waits = []
    for _ in range(7):
        while wait := patience.take("ada"):
            waits.append(wait)
            clock[0] += wait
    assert waits == [1, 2, 4, 8, 8]
    assert patience.take("ada") == 8
    clock[0] += 17
    assert [patience.take("ada"), patience.take("ada")] == [0, 0]
    patience.forgive("ada")
    assert [patience.take("ada"), patience.take("ada"), patience.take("ada")] == [0, 0, 1]


def test_made_up_names_fill_no_memory() -> None:
    rate, patience = Rate(per_minute=1), Patience(free=1, longest=1)
    for number in range(REMEMBERED + 100):
        rate.take(number)
        patience.take(number)
    assert (len(rate._left), len(patience._tries)) == (REMEMBERED, REMEMBERED)


def test_the_description_names_no_version_to_strangers(desk_store: Store) -> None:
    described = create_app(desk_store).openapi()
    assert {"400", "401", "403", "404", "409", "413", "422", "429", "503"} <= set(
        described["paths"]["/articles"]["get"]["responses"]
    )
