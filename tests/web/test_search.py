"""Searching on the desk: words, who, in what role, on what, when; hits marked, narrowed, loosened, refused."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from standoff.store.database import Store
from standoff.web.shown.hits import compile_hits, cut_pieces


def ask(client: Any, **question: str) -> dict[str, Any]:
    answer = client.get("/search.json", params=question)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_words_are_found_in_any_inflection_and_marked(desk_client: Any) -> None:
    page = html.fromstring(desk_client.get("/search?q=levies").content)
    marks = {mark.text_content().casefold() for mark in page.find_class("hit")}
    assert marks == {"levy"}
    assert len(page.xpath("//ol[@class='cards']/li")) == 20


def test_a_phrase_is_marked_as_one() -> None:
    pattern = compile_hits(["opened talks", "talks"])
    assert cut_pieces("He opened\ntalks; talksmiths.", pattern) == (
        ("He ", False), ("opened\ntalks", True), ("; talksmiths.", False),
    )  # fmt: skip


def test_accents_are_marked_however_they_are_typed() -> None:
    assert cut_pieces("said Benítez.", compile_hits(["benitez"])) == (("said ", False), ("Benítez", True), (".", False))


def test_what_somebody_said_is_found_by_a_part_of_the_name(desk_client: Any, desk_store: Store) -> None:
    shown = ask(desk_client, speaker="benítez", sort="newest")
    assert shown["meant"]["actor"]["name"] == "Rosa Benítez"
    assert shown["total"] > 3
    assert {link["text"] for result in shown["results"] for link in result["card"]["who"]} == {"Rosa Benítez"}
    days = [result["card"]["earliest"] for result in shown["results"]]
    assert days == sorted(days, reverse=True)


def test_days_issue_and_role_narrow(desk_client: Any) -> None:
    every = ask(desk_client, issue="trade")
    late = ask(desk_client, issue="trade", since="2024-03-01")
    assert 0 < late["total"] < every["total"]
    assert all(result["card"]["latest"] >= "2024-03-01" for result in late["results"])
    told = ask(desk_client, speaker="Uruguay", role="to", kind="events")
    assert told["total"] > 0
    assert all("Uruguay" in [link["text"] for link in result["card"]["whom"]] for result in told["results"])
    about = ask(desk_client, speaker="Uruguay", role="about")
    assert about["total"] > 0
    assert any("Uruguay" in result["card"]["quote"]["text"] for result in about["results"])


def test_facets_count_and_lead_on(desk_client: Any) -> None:
    shown = ask(desk_client, q="levy")
    facets = {facet["name"]: facet["choices"] for facet in shown["facets"]}
    [first, *_] = facets["speaker"]
    assert ask(desk_client, q="levy", speaker=first["value"])["total"] == first["count"]
    [first, *_] = facets["outlet"]
    assert ask(desk_client, q="levy", outlet=first["value"])["total"] == first["count"]
    counts = {one["value"]: one["count"] for one in shown["kinds"]}
    assert counts["attributions"] == shown["total"]
    assert ask(desk_client, q="levy", kind="conflicts")["total"] == counts["conflicts"]


def test_pages_do_not_overlap(desk_client: Any) -> None:
    first, second = (
        [result["card"]["id"] for result in ask(desk_client, sort="oldest", offset=offset)["results"]]
        for offset in ("0", "20")
    )
    assert len({*first, *second}) == 40


def test_what_finds_nothing_says_what_would(desk_client: Any) -> None:
    shown = ask(desk_client, q="levy", since="2031-01-01")
    assert shown["total"] == 0
    assert [one["name"] for one in shown["looser"]] == ["since"]
    page = html.fromstring(desk_client.get("/search?speaker=Rosa+Benitz").content)
    assert "Perhaps Rosa Benítez?" in " ".join(page.find_class("nothing")[0].text_content().split())


@pytest.mark.parametrize(
    ("question", "status", "said"),
    [
        ("q=%22", 400, "no word to search for"),
        ("q=-levy", 400, "no word to search for"),
        ("since=yesterday", 422, "is not a day"),
        ("kind=wonders", 422, "kind"),
        ("role=over", 422, "role"),
        ("offset=-1", 422, "offset"),
    ],
)
def test_a_bad_question_is_one_sentence(desk_client: Any, question: str, status: int, said: str) -> None:
    answer = desk_client.get(f"/search.json?{question}")
    assert answer.status_code == status
    assert said in answer.json()["detail"]


def test_operators_of_the_engines_are_words_like_others(desk_client: Any) -> None:
    for words in ("NEAR(levy)", "levy AND", "body:levy", "levy*levy", "^levy", "levy & !", "'levy", "{levy}"):
        assert desk_client.get("/search.json", params={"q": words}).status_code in (200, 400), words


def test_what_is_found_is_taken_out(desk_client: Any) -> None:
    rows = desk_client.get("/search.csv?q=levy&speaker=Sanguino").text.splitlines()
    assert len(rows) > 1
    assert all("Julio Sanguino" in row for row in rows[1:])
