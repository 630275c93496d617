"""Deciding on the desk: by form and by script, on one entry or many, taken back, looked through, orphaned."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from standoff.records import Judgement
from standoff.store.database import Store
from standoff.store.index.queries import Key, Query


def find_first(store: Store, kind: str, count: int = 1) -> list[str]:
    return [key.id for key in store.find_entries(Query(kinds=(kind,), order="best", limit=count)).keys]


@pytest.fixture
def decide(desk_client: Any) -> Any:
    """Give a way to decide as the script does."""
    headers = {"Accept": "application/json", "X-Standoff-Token": desk_client.read_token()}

    def send(**body: Any) -> Any:
        return desk_client.post("/judgements", json=body, headers=headers)

    return send


def test_a_form_decides_and_goes_on(desk_client: Any, desk_store: Store) -> None:
    [conflict] = find_first(desk_store, "conflicts")
    body = {"kind": "conflicts", "entry": conflict, "verdict": "confirm", "next": f"/articles?offset=0#{conflict}"}
    answer = desk_client.submit("/judgements", body)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/articles?offset=0#{conflict}")
    [judgement] = desk_store.list_judgements()
    assert (judgement.kind, judgement.entry, judgement.verdict) == ("conflicts", conflict, "confirm")
    assert judgement.label
    assert len(judgement.rests_on) == 2


def test_a_form_leads_to_no_other_site(desk_client: Any, desk_store: Store) -> None:
    [event] = find_first(desk_store, "events")
    body = {"kind": "events", "entry": event, "verdict": "reject", "next": "//elsewhere.example/"}
    assert desk_client.submit("/judgements", body).headers["location"] == "/"


def test_a_script_is_told_how_entries_stand(decide: Any, desk_store: Store) -> None:
    two = find_first(desk_store, "events", 2)
    told = decide(kind="events", entry=two, verdict="reject", why="nobody did this").json()
    assert told["verdicts"] == dict.fromkeys(two, "rejected")
    assert {item["why"] for item in told["judgements"]} == {"nobody did this"}


def test_the_last_word_holds_and_is_taken_back_first(decide: Any, desk_store: Store) -> None:
    [event] = find_first(desk_store, "events")
    stands = [
        decide(kind="events", entry=event, verdict=verdict).json()["verdicts"][event]
        for verdict in ("confirm", "reject", "withdraw", "withdraw")
    ]
    assert stands == ["confirmed", "rejected", "confirmed", None]
    answer = decide(kind="events", entry=event, verdict="withdraw")
    assert answer.status_code == 400
    assert "nothing was decided" in answer.json()["detail"]


def test_a_second_click_decides_nothing_more(decide: Any, desk_store: Store) -> None:
    [event] = find_first(desk_store, "events")
    first, second = (decide(kind="events", entry=event, verdict="confirm").json() for _ in range(2))
    assert len(first["judgements"]) == 1
    assert second == {"judgements": [], "verdicts": {event: "confirmed"}}
    assert len(desk_store.list_judgements()) == 1


def test_what_is_no_judgement_is_not_taken_back(desk_client: Any, decide: Any, desk_store: Store) -> None:
    answer = desk_client.submit("/judgements/judgement_0/withdraw", {})
    assert answer.status_code == 404
    [event] = find_first(desk_store, "events")
    decide(kind="events", entry=event, verdict="confirm")
    [withdrawal] = decide(kind="events", entry=event, verdict="withdraw").json()["judgements"]
    assert desk_client.submit(f"/judgements/{withdrawal['id']}/withdraw", {}).status_code == 400


def test_a_judgement_is_taken_back_by_its_id(desk_client: Any, decide: Any, desk_store: Store) -> None:
    [shift] = find_first(desk_store, "shifts")
    [judgement] = decide(kind="shifts", entry=shift, verdict="confirm").json()["judgements"]
    answer = desk_client.submit(f"/judgements/{judgement['id']}/withdraw", {"why": "too soon", "next": "/judgements"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/judgements")
    assert desk_store.list_judgements() == ()
    [row] = [row for row in desk_client.get("/judgements.json").json()["rows"] if row["taken_back"]]
    assert row["judgement"]["id"] == judgement["id"]


def test_a_correction_keeps_what_changed(desk_client: Any, desk_store: Store) -> None:
    [event] = find_first(desk_store, "events")
    [item] = desk_store.load_part([Key("events", event)]).events
    actors = [key.id for key in desk_store.find_entries(Query(kinds=("actors",), limit=200)).keys]
    other = next(actor for actor in actors if actor not in item.actors)
    fields = {
        "fields.type": item.type,
        "fields.status": "negated",
        "fields.actors": [other],
        "fields.when.earliest": "2021-03-01",
        "fields.when.latest": "2021-03-05",
    }
    body = {"kind": "events", "entry": event, "verdict": "correct", "next": "/judgements", **fields}
    assert desk_client.submit("/judgements", body).status_code == 303
    [judgement] = desk_store.list_judgements()
    assert judgement.fields
    assert judgement.fields["status"] == "negated"
    assert judgement.fields["when"] == {"earliest": "2021-03-01", "latest": "2021-03-05"}
    assert [actor["id"] for actor in judgement.fields["actors"]] == [other]
    assert "type" not in judgement.fields


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"kind": "conflicts", "entry": [], "verdict": "confirm"}, 400, "nothing is chosen"),
        ({"kind": "conflicts", "entry": ["x"] * 2 + [str(n) for n in range(300)], "verdict": "confirm"}, 400, "many"),
        ({"kind": "wonders", "entry": "x", "verdict": "confirm"}, 400, "wonders"),
        ({"kind": "conflicts", "entry": "conflict_0", "verdict": "confirm"}, 404, "conflict_0"),
        ({"kind": "conflicts", "entry": "{conflicts}", "verdict": "doubt"}, 400, "doubt"),
        ({"kind": "conflicts", "entry": "{conflicts}", "verdict": "same", "other": "x"}, 400, "same"),
        ({"kind": "events", "entry": "{events}", "verdict": "correct"}, 400, "nothing to correct"),
        ({"kind": "events", "entry": "{events}", "verdict": "correct", "fields": {"type": "WONDER"}}, 400, "type"),
        (
            {"kind": "events", "entry": "{events}", "verdict": "correct", "fields": {"actors": ["actor_0"]}},
            400,
            "actors",
        ),
        ({"kind": "events", "entry": "{events}", "verdict": "correct", "fields": {"when": "May"}}, 400, "when"),
        ({"entry": "x", "verdict": "confirm"}, 400, "kind: field required"),
        ({"kind": "events", "entry": 3, "verdict": "confirm"}, 400, "entry"),
        ({"kind": "events", "entry": "x", "verdict": "confirm", "more": 1}, 400, "more"),
    ],
)
def test_what_cannot_be_decided_is_refused_in_one_sentence(
    decide: Any, desk_store: Store, body: dict[str, Any], status: int, said: str
) -> None:
    entry = body.get("entry")
    if isinstance(entry, str) and entry.startswith("{"):
        body = body | {"entry": find_first(desk_store, entry.strip("{}"))[0]}
    answer = decide(**body)
    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert answer.json()["detail"].count("\n") == 0
    assert desk_store.list_judgements() == ()


def test_a_body_that_is_no_json_is_refused(desk_client: Any) -> None:
    headers = {"X-Standoff-Token": desk_client.read_token(), "Content-Type": "application/json"}
    answer = desk_client.post("/judgements", content=b"{", headers=headers | {"Accept": "application/json"})
    assert (answer.status_code, answer.json()["detail"].startswith("the body is not JSON")) == (400, True)


def test_without_a_token_nothing_is_decided(desk_client: Any, desk_store: Store) -> None:
    [event] = find_first(desk_store, "events")
    body = {"kind": "events", "entry": event, "verdict": "reject"}
    assert desk_client.post("/judgements", data=body).status_code == 403
    assert desk_client.post("/judgements/judgement_x/withdraw").status_code == 403
    assert desk_store.list_judgements() == ()


def test_the_log_is_sifted_and_taken_out(desk_client: Any, decide: Any, desk_store: Store) -> None:
    [event], [conflict] = find_first(desk_store, "events"), find_first(desk_store, "conflicts")
    decide(kind="events", entry=event, verdict="reject")
    decide(kind="conflicts", entry=conflict, verdict="confirm", why="both are on tape")
    page = html.fromstring(desk_client.get("/judgements?kind=conflicts").content)
    assert [item.text_content().strip() for item in page.find_class("reason")] == ["both are on tape"]
    assert len(page.find_class("take-back")) == 1
    assert desk_client.get("/judgements.json?verdict=reject").json()["total"] == 1
    assert desk_client.get("/judgements.json?who=somebody").json()["rows"] == []
    assert desk_client.get("/judgements.json?who=&kind=&verdict=&state=").json()["total"] == 2
    rows = desk_client.get("/judgements.csv").text.splitlines()
    assert len(rows) == 3
    assert "both are on tape" in rows[1]


def test_what_lost_its_ground_is_listed_with_what_it_was_about(desk_client: Any, desk_store: Store) -> None:
    gone = Judgement(
        id="judgement_gone", kind="events", entry="event_gone", verdict="confirm", who="Ada Ito",
        at="2021-03-01T10:00:00+00:00", label="Ada Ito CONSULT Bo Remy: “met”",
    )  # fmt: skip
    desk_store.add_judgement(gone)
    page = html.fromstring(desk_client.get("/judgements?state=orphaned").content)
    [lead] = page.find_class("log")[0].find_class("lead")
    assert "Ada Ito CONSULT Bo Remy" in lead.text_content()
    assert not lead.findall("a")


def test_cards_and_queries_know_what_was_decided(desk_client: Any, decide: Any, desk_store: Store) -> None:
    first, second = find_first(desk_store, "conflicts", 2)
    everything = desk_store.find_entries(Query(kinds=("conflicts",))).total
    decide(kind="conflicts", entry=first, verdict="confirm")
    decide(kind="conflicts", entry=second, verdict="reject")
    counts = {
        judged: desk_store.find_entries(Query(kinds=("conflicts",), judged=judged)).total  # type: ignore[arg-type]
        for judged in ("open", "decided", "confirmed", "rejected", "corrected")
    }
    assert counts == {"open": everything - 2, "decided": 2, "confirmed": 1, "rejected": 1, "corrected": 0}
