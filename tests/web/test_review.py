"""The review queue: best first, one in focus, decided ones hidden, corrected, several at once, and how often right."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from lxml import html

from standoff.resolve.judged.verdicts import OWN
from standoff.store.database import Store
from standoff.store.index.queries import Query
from standoff.store.kept.accounts import Account, insert_account
from standoff.store.record.tables import write_about
from standoff.web.door.visitors import Door
from standoff.workflow.kept import READ_ANEW

KINDS = ("conflicts", "shifts", "suggestions", "positions", "events", "attributions", "happenings")


def look(client: Any, address: str = "/review") -> dict[str, Any]:
    path, _, question = address.partition("?")
    answer = client.get(f"{path}.json?{question}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def read_page(client: Any, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.fromstring(answer.content)


def read_form(page: Any, name: str) -> dict[str, Any]:
    """Give what a form would send, but for its buttons."""
    [form] = page.xpath(f"//form[@id='{name}']")
    fields: dict[str, Any] = {}
    for key, value in form.form_values():
        fields.setdefault(key, []).append(value)
    return fields


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_lines_up_with_the_best_in_focus(desk_client: Any, desk_store: Store, kind: str) -> None:
    shown = look(desk_client, f"/review?kind={kind}")
    scores = [card["score"] for card in shown["cards"]]
    assert scores == sorted(scores, reverse=True)
    assert shown["focus"]["card"]["id"] == shown["cards"][0]["id"]
    assert shown["focus"]["card"]["quote"] is None or shown["focus"]["sides"]
    page = read_page(desk_client, f"/review?kind={kind}")
    assert page.get_element_by_id("focus").text_content().strip()
    progress = {one["kind"]: one["waiting"] for one in shown["progress"]}
    assert progress[kind] == desk_store.find_entries(Query(kinds=(kind,))).total


def test_one_goes_through_the_queue_without_a_script(desk_client: Any, desk_store: Store) -> None:
    waiting = look(desk_client)["total"]
    address = "/review"
    decided = []
    for verdict in ("confirm", "reject", "confirm"):
        fields = read_form(read_page(desk_client, address), "judge") | {"verdict": verdict}
        decided.append(fields["entry"][0])
        answer = desk_client.post("/judgements", data=fields)
        assert answer.status_code == 303
        address = answer.headers["location"]
    shown = look(desk_client, address)
    assert len(set(decided)) == 3
    assert shown["total"] == waiting - 3
    assert not {card["id"] for card in shown["cards"]} & set(decided)
    assert [one["verdict"] for one in shown["recent"]] == ["confirm", "reject", "confirm"]
    [progress] = [one for one in shown["progress"] if one["kind"] == "conflicts"]
    assert (progress["confirmed"], progress["rejected"], progress["waiting"]) == (2, 1, waiting - 3)


def test_the_last_decision_is_taken_back_beside_the_queue(desk_client: Any, desk_store: Store) -> None:
    fields = read_form(read_page(desk_client, "/review?kind=events"), "judge") | {"verdict": "reject"}
    address = desk_client.post("/judgements", data=fields).headers["location"]
    [button] = read_page(desk_client, address).xpath("//button[@data-undo]")
    form = button.getparent()
    answer = desk_client.post(form.get("action"), data=dict(form.form_values()))
    assert dict(parse_qsl(urlsplit(answer.headers["location"]).query))["entry"] == fields["entry"][0]
    assert desk_store.list_judgements() == ()


def test_decided_ones_are_shown_if_asked_and_stand_as_decided(desk_client: Any) -> None:
    fields = read_form(read_page(desk_client, "/review"), "judge") | {"verdict": "reject"}
    desk_client.post("/judgements", data=fields)
    entry = fields["entry"][0]
    assert entry not in [card["id"] for card in look(desk_client)["cards"]]
    shown = look(desk_client, f"/review?decided=true&entry={entry}")
    assert shown["focus"]["card"]["verdict"] == "rejected"
    page = read_page(desk_client, f"/review?decided=true&entry={entry}")
    assert page.xpath("//form[@id='judge']//button[@value='withdraw']")


def test_several_are_decided_at_once(desk_client: Any, desk_store: Store) -> None:
    page = read_page(desk_client, "/review?kind=positions")
    chosen = [box.get("value") for box in page.xpath("//form[@id='bulk']//input[@type='checkbox']")][:5]
    fields = read_form(page, "bulk") | {"entry": chosen, "verdict": "confirm"}
    answer = desk_client.post("/judgements", data=fields)
    assert answer.headers["location"] == "/review?kind=positions"
    assert sorted(item.entry for item in desk_store.list_judgements()) == sorted(chosen)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("events", "fields.status", "negated"),
        ("attributions", "fields.act", "deny"),
        ("positions", "fields.stance", "neutral"),
        ("happenings", "fields.label", "What was in fact a meeting"),
    ],
)
def test_a_correction_changes_what_was_changed(
    desk_client: Any, desk_store: Store, kind: str, field: str, value: str
) -> None:
    fields = read_form(read_page(desk_client, f"/review?kind={kind}"), "correcting")
    assert fields[field] != [value]
    answer = desk_client.post("/judgements", data=fields | {field: value})
    assert answer.status_code == 303, answer.text
    [judgement] = desk_store.list_judgements()
    assert judgement.fields is not None
    assert judgement.fields[field.removeprefix("fields.")] == value
    known = {"mode", "quad", "intensity", *OWN, field.removeprefix("fields.")}
    assert set(judgement.fields) <= known


def test_an_actor_is_corrected_by_name(desk_client: Any, desk_store: Store) -> None:
    page = read_page(desk_client, "/review?kind=positions")
    fields = read_form(page, "correcting")
    names = [option.get("value") for option in page.xpath("//datalist[@id='actors']/option")]
    other = next(name for name in names if name not in fields["fields.holder"])
    assert desk_client.post("/judgements", data=fields | {"fields.holder": other}).status_code == 303
    [judgement] = desk_store.list_judgements()
    assert judgement.fields is not None
    assert judgement.fields["holder"]["name"] == other
    answer = desk_client.post("/judgements", data=fields | {"fields.holder": "Nobody At All"})
    assert answer.status_code == 400
    assert "older: “Nobody At All” is no actor here" in html.fromstring(answer.content).text_content()


def test_agreement_is_told_by_score_even_when_the_entry_has_gone(desk_client: Any, desk_store: Store) -> None:
    for verdict in ("confirm", "reject"):
        fields = read_form(read_page(desk_client, "/review?kind=events"), "judge") | {"verdict": verdict}
        desk_client.post("/judgements", data=fields)
    bands = look(desk_client, "/review?kind=events")["agreement"]
    assert sum(band["confirmed"] for band in bands) == 1
    assert sum(band["rejected"] for band in bands) == 1
    assert bands == sorted(bands, key=lambda band: -band["lowest"])


def test_what_another_model_changed_is_told(desk_client: Any, desk_store: Store) -> None:
    assert "one model only" in desk_client.get("/review/changes").text
    with desk_store.write() as connection:
        change = {
            "before": {"models": {"reader": "1"}},
            "after": {"models": {"reader": "2"}},
            "changes": {"events": {"new": 3, "gone": 1, "changed": 0, "kept": 9}},
            "entries": {
                "events": {
                    "new": [{"id": "event_1", "label": "Ito AID the guild"}],
                    "changed": [{"id": "event_2", "label": "A fine", "fields": [["status", "actual", "<b>"]]}],
                }
            },
            "orphaned": ["judgement_1"],
        }
        write_about(connection, READ_ANEW, change)
    page = read_page(desk_client, "/review/changes")
    assert [cell.text_content() for cell in page.xpath("//tbody//td")] == ["3", "1", "0", "9"]
    assert "1 judgement has lost" in page.text_content()
    told = " ".join(page.xpath('//details[@class="diff"]')[0].text_content().split())
    assert told == "Deeds new Ito AID the guild2 more new1 more gonechanged A finestatus: actual → <b>"


@pytest.mark.parametrize("question", ["kind=wonders", "offset=-1", "offset=x", "decided=perhaps"])
def test_a_bad_question_is_one_sentence(desk_client: Any, question: str) -> None:
    assert desk_client.get(f"/review.json?{question}").status_code == 422


def test_an_empty_queue_says_so(desk_client: Any) -> None:
    assert look(desk_client, "/review?kind=shifts&offset=900")["cards"]
    assert look(desk_client, "/review?entry=conflict_0")["gone"]


def test_who_only_reads_goes_through_the_queue_without_a_form(desk_store: Store, make_client: Any) -> None:
    with desk_store.write() as connection:
        insert_account(connection, Account(name="rita", role="reader", created="2024-07-06T08:00:00"))
    client = make_client(desk_store, door=Door(desk_store, header="X-Forwarded-User"))
    for address in ("/review", "/review?kind=events", "/judgements", "/views", "/search?q=levy"):
        answer = client.get(address, headers={"X-Forwarded-User": "rita"})
        assert answer.status_code == 200
        page = html.fromstring(answer.content)
        assert not page.xpath("//form[@method='post']")
    assert page.xpath("//a[@rel='next']")
