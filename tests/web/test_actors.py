"""Actors: the list, one by its sections, and who it is and is not: joined, parted, corrected, and all of it undone."""

from __future__ import annotations

from typing import Any

import pytest

from standoff.records import Actor, Judgement
from standoff.resolve.judged.places import write_place
from standoff.store.database import Store
from standoff.store.index.queries import Key, Query
from standoff.store.kept.accounts import Account, insert_account
from standoff.web.door.visitors import Door
from standoff.workflow.kept import renew_record
from tests.parsed import parse, pick, read_form

Client = Any


def find_actor(store: Store, name: str) -> Actor:
    """Give the most prominent actor of a name."""
    keys = store.find_entries(Query(kinds=("actors",), words=f'"{name}"', order="best", limit=20)).keys
    return next(actor for key in keys for actor in store.load_part([key]).actors if actor.name == name)


def find_forms(page: Any, verdict: str) -> list[Any]:
    """Give the forms of a page with a button for this verdict, or a hidden field of it."""
    return [
        form
        for form in page.xpath("//form[@method='post']")
        if form.xpath(f".//*[@name='verdict' and @value='{verdict}']")
    ]


def test_actors_are_listed_the_most_prominent_first(desk_client: Client, desk_store: Store) -> None:
    told = desk_client.get("/actors.json").json()
    weights = [one["weight"] for one in told["actors"]]
    assert weights == sorted(weights, reverse=True)
    assert (len(weights), told["total"]) == (50, 81)
    rows = parse(desk_client.get("/actors").text).xpath("//tbody/tr")
    assert [row.get("id") for row in rows] == [one["id"] for one in told["actors"]]
    rest = desk_client.get("/actors.json?offset=50").json()["actors"]
    assert {one["id"] for one in rest}.isdisjoint(one["id"] for one in told["actors"])


def test_actors_are_found_by_how_a_name_or_title_begins_and_by_what_they_are(desk_client: Client) -> None:
    def ask(question: str) -> list[str]:
        return [one["name"] for one in desk_client.get(f"/actors.json?{question}").json()["actors"]]

    assert ask("q=villa") == ["Hernán Villalba"]
    assert "Hernán Villalba" in ask("q=presid&country=PRY")
    assert "Carolina Etchart" not in ask("q=presid&country=PRY")
    assert set(ask("kind=country")) >= {"Paraguay", "Uruguay", "Chile"}
    assert "Tomás Aquino" in ask("sector=LAB")
    assert ask("q=zeppelin") == []
    assert len(ask("q=%22*(")) == 50  # no word at all asks for nothing


@pytest.mark.parametrize(
    ("show", "kind", "role"),
    [("words", "attributions", "source"), ("positions", "positions", "holder"), ("disputes", "conflicts", "party")],
)
def test_a_section_lists_just_what_the_actor_takes_part_in(
    desk_client: Client, desk_store: Store, show: str, kind: str, role: str
) -> None:
    actor = find_actor(desk_store, "Hernán Villalba")
    told = desk_client.get(f"/actors/{actor.id}.json?show={show}").json()
    wanted = Query(kinds=(kind,), actor=actor.id, roles=(role,), limit=500)
    listed = {card["id"] for card in told["entries"]["cards"] if card["kind"] == kind}
    assert listed == {key.id for key in desk_store.find_entries(wanted).keys}
    counts = {tab["show"]: tab["count"] for tab in told["tabs"]}
    assert counts[show] == told["entries"]["total"]


def test_deeds_are_told_apart_by_side(desk_client: Client, desk_store: Store) -> None:
    actor = find_actor(desk_store, "Tomás Aquino")

    def ask(side: str) -> set[str]:
        cards = desk_client.get(f"/actors/{actor.id}.json?show=deeds&side={side}").json()["entries"]["cards"]
        return {card["id"] for card in cards}

    assert ask("actor") | ask("recipient") == ask("")
    suffered = desk_store.load_part(Key("events", id) for id in ask("recipient")).events
    assert all(actor.id in event.recipients for event in suffered)


def test_in_short_an_actor_has_its_offices_names_and_dealings_each_with_its_place(
    desk_client: Client, desk_store: Store
) -> None:
    actor = find_actor(desk_store, "Marta Olivera")
    about = desk_client.get(f"/actors/{actor.id}.json").json()["about"]
    assert {one["title"] for one in about["offices"]} == {role.title for role in actor.roles}
    assert [one["earliest"] for one in about["offices"]] == sorted(one["earliest"] for one in about["offices"])
    assert {one["text"] for one in about["names"]} >= {"Olivera"}
    for one in (*about["offices"], *about["names"]):
        assert desk_client.get(one["href"]).status_code == 200
    mentions = desk_store.find_entries(Query(kinds=("mentions",), actor=actor.id)).total
    assert 0 < sum(one["times"] for one in about["names"]) <= mentions


def test_reports_that_name_an_actor_are_counted(desk_client: Client, desk_store: Store) -> None:
    actor = find_actor(desk_store, "Hernán Villalba")
    told = desk_client.get(f"/actors/{actor.id}.json?show=reports").json()
    assert (
        sum(one["times"] for one in told["reports"]) == {tab["show"]: tab["count"] for tab in told["tabs"]}["reports"]
    )


def test_positions_are_drawn_by_issue(desk_client: Client, desk_store: Store) -> None:
    actor = find_actor(desk_store, "Hernán Villalba")
    page = parse(desk_client.get(f"/actors/{actor.id}?show=positions").text)
    told = desk_client.get(f"/actors/{actor.id}.json?show=positions").json()
    assert [row.text_content() for row in pick(page, "track-row", tag="div")[1:]]
    assert len(page.xpath("//main//svg[@role='img']")) == len(told["chart"]["lanes"])
    assert not page.xpath("//main//@style")
    only = desk_client.get(f"/actors/{actor.id}.json?show=positions&issue=negotiation").json()["entries"]["cards"]
    assert {card["issue"]["text"] for card in only} == {"negotiation"}


@pytest.mark.parametrize(
    "show", ["about", "words", "positions", "deeds", "dealings", "disputes", "reports", "identity"]
)
def test_every_section_has_a_page_and_a_table(desk_client: Client, desk_store: Store, show: str) -> None:
    for name in ("Paraguay", "Hernán Villalba"):
        actor = find_actor(desk_store, name)
        page = parse(desk_client.get(f"/actors/{actor.id}?show={show}").text)
        [current] = pick(page, "tabs")[0].xpath(".//a[@aria-current]")
        assert current.get("href").endswith(f"show={show}" if show != "about" else actor.id)
        assert desk_client.get(f"/actors/{actor.id}.csv?show={show}").status_code == 200
        assert desk_client.get(f"/actors/{actor.id}.xlsx?show={show}").status_code == 200


def test_an_actor_that_never_was_is_not_found(desk_client: Client) -> None:
    refused = desk_client.get("/actors/actor_000000000000")
    assert refused.status_code == 404
    assert "here is no actor" in refused.text


def test_two_are_made_one_the_gone_one_leads_on_and_undoing_parts_them(desk_client: Client, desk_store: Store) -> None:
    one, other = find_actor(desk_store, "Tomás Aquino"), find_actor(desk_store, "Julio Sanguino")
    page = parse(desk_client.get(f"/actors/{one.id}?show=identity&q=sangui").text)
    [form] = [form for form in find_forms(page, "same") if other.id in form.xpath(".//@value")]
    sent = desk_client.post("/judgements", data=read_form(form) | {"verdict": "same"})
    assert (sent.status_code, sent.headers["location"]) == (303, f"/actors/{one.id}?show=identity")
    renew_record(desk_store)

    left = {id: desk_client.get(f"/actors/{id}.json").json() for id in (one.id, other.id)}
    [gone] = [told for told in left.values() if told["actor"] is None]
    [kept] = [told for told in left.values() if told["actor"] is not None]
    assert [heir["id"] for heir in gone["heirs"]] == [kept["id"]]
    assert {one.name, other.name} <= {kept["actor"]["name"], *kept["actor"]["aliases"]}
    shown = parse(desk_client.get(f"/actors/{gone['id']}").text)
    assert shown.xpath("//h1")[0].text_content() == "This actor is no more"
    assert shown.xpath(f"//a[@href='/actors/{kept['id']}']")

    page = parse(desk_client.get(f"/actors/{kept['id']}?show=identity").text)
    [undo] = [form for form in page.xpath("//form[@method='post']") if form.get("action").endswith("/withdraw")]
    assert desk_client.post(undo.get("action"), data=read_form(undo)).status_code == 303
    renew_record(desk_store)
    for actor in (one, other):
        assert desk_client.get(f"/actors/{actor.id}.json").json()["actor"]["name"] == actor.name


def test_an_actor_that_an_answered_suggestion_made_another_leads_on(desk_client: Client, desk_store: Store) -> None:
    actor = find_actor(desk_store, "Tomás Aquino")
    key = desk_store.find_entries(Query(kinds=("mentions",), actor=actor.id, limit=1)).keys
    [mention] = desk_store.load_part(key).mentions
    desk_store.add_judgement(
        Judgement(
            id="judgement_1",
            kind="suggestions",
            entry="suggestion_1",
            verdict="confirm",
            fields={"between": ["actor_gone", "actor_kept"], "places": {"entry": [write_place(mention.passage)]}},
            who="ada",
            at="2024-07-06T08:00:00+00:00",
            label="Aquino may be the same as Tomás Aquino",
        )
    )
    told = desk_client.get("/actors/actor_gone.json").json()
    assert [heir["id"] for heir in told["heirs"]] == [actor.id]
    assert "Aquino may be the same as Tomás Aquino" in desk_client.get("/actors/actor_gone").text


def test_mentions_that_are_somebody_else_become_an_actor_of_their_own(desk_client: Client, desk_store: Store) -> None:
    actor = find_actor(desk_store, "Hernán Villalba")
    before = desk_store.find_entries(Query(kinds=("mentions",), actor=actor.id)).total
    page = parse(desk_client.get(f"/actors/{actor.id}?show=identity").text)
    split = [form for form in find_forms(page, "not-same") if form.xpath(".//input[@type='hidden' and @name='entry']")]
    form = next(form for form in split if "mentions" in form.xpath(".//@value"))
    chosen = read_form(form)["entry"]
    assert desk_client.post("/judgements", data=read_form(form) | {"verdict": "not-same"}).status_code == 303
    renew_record(desk_store)
    after = desk_store.find_entries(Query(kinds=("mentions",), actor=actor.id)).total
    assert after == before - len(chosen)
    moved = desk_store.load_part(Key("mentions", id) for id in chosen).mentions
    [new] = {mention.actor for mention in moved} - {actor.id}
    decided = desk_client.get(f"/actors/{new}.json?show=identity").json()["identity"]["judgements"]
    assert [item["verdict"] for item in decided] == ["not-same"]


def test_a_name_is_corrected_and_the_id_stays(desk_client: Client, desk_store: Store) -> None:
    actor = find_actor(desk_store, "Julio Sanguino")
    page = parse(desk_client.get(f"/actors/{actor.id}?show=identity").text)
    [form] = find_forms(page, "correct")
    sent = read_form(form) | {"fields.name": "Julio César Sanguino", "fields.sectors": ["", "GOV", "BUS"]}
    assert desk_client.post("/judgements", data=sent).status_code == 303
    renew_record(desk_store)
    told = desk_client.get(f"/actors/{actor.id}.json").json()["actor"]
    assert (told["name"], sorted(told["sectors"])) == ("Julio César Sanguino", ["BUS", "GOV"])


def test_who_is_no_actor_is_gone_until_that_is_taken_back(desk_client: Client, desk_store: Store) -> None:
    actor = find_actor(desk_store, "Julio Sanguino")
    page = parse(desk_client.get(f"/actors/{actor.id}?show=identity").text)
    [form] = [form for form in find_forms(page, "reject") if "actors" in form.xpath(".//@value")]
    assert desk_client.post("/judgements", data=read_form(form) | {"verdict": "reject"}).status_code == 303
    renew_record(desk_store)
    page = parse(desk_client.get(f"/actors/{actor.id}").text)
    assert "was said to be no actor" in page.text_content()
    [undo] = [form for form in page.xpath("//form[@method='post']") if form.get("action").endswith("/withdraw")]
    assert desk_client.post(undo.get("action"), data=read_form(undo)).status_code == 303
    renew_record(desk_store)
    assert desk_client.get(f"/actors/{actor.id}.json").json()["actor"]["name"] == actor.name


def test_a_suggestion_is_answered_where_it_is_shown(desk_client: Client, desk_store: Store) -> None:
    actor = find_actor(desk_store, "Paraguay")
    page = parse(desk_client.get(f"/actors/{actor.id}?show=identity").text)
    form = find_forms(page, "reject")[0]
    asked = len(find_forms(page, "reject"))
    assert desk_client.post("/judgements", data=read_form(form) | {"verdict": "reject"}).status_code == 303
    renew_record(desk_store)
    page = parse(desk_client.get(f"/actors/{actor.id}?show=identity").text)
    assert len(find_forms(page, "reject")) == asked - 1


def test_a_suggestion_that_is_right_waits_for_nobody_any_more(desk_client: Client, desk_store: Store) -> None:
    actor = find_actor(desk_store, "Chile")
    assert "1 suggestion waits" in desk_client.get(f"/actors/{actor.id}").text
    form = find_forms(parse(desk_client.get(f"/actors/{actor.id}?show=identity").text), "confirm")[0]
    desk_client.post("/judgements", data=read_form(form) | {"verdict": "confirm"})
    renew_record(desk_store)
    assert "suggestion waits" not in desk_client.get(f"/actors/{actor.id}").text
    page = parse(desk_client.get(f"/actors/{actor.id}?show=identity").text)
    assert [form.get("data-kind") for form in pick(page, "decide", tag="form")] == ["suggestions"]


def test_who_only_reads_is_shown_no_form(desk_store: Store, make_client: Any) -> None:
    with desk_store.write() as connection:
        insert_account(connection, Account(name="rita", role="reader", password=None, created="2024-07-06T08:00:00"))
    client = make_client(desk_store, door=Door(desk_store, header="X-Forwarded-User"))
    actor = find_actor(desk_store, "Paraguay")
    for address in (f"/actors/{actor.id}?show=identity&q=vil", f"/actors/{actor.id}?show=deeds"):
        page = client.get(address, headers={"X-Forwarded-User": "rita"})
        assert page.status_code == 200
        assert not parse(page.text).xpath("//form[@method='post']")
