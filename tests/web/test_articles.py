"""Reports: the list, one with its notes beside its words, and the permanent page of each passage."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from standoff.records import Article, Attribution, Failure, Passage, Record
from standoff.store.database import Store
from standoff.store.index.queries import Key, Query
from standoff.web.shown.marking import LIT
from standoff.workflow.kept import renew_record
from tests.builders import make_article, make_event, make_happening
from tests.parsed import parse, pick, pick_id, read_form

Client = Any


def find_ids(store: Store, kind: str) -> list[str]:
    return [key.id for key in store.find_entries(Query(kinds=(kind,), limit=500)).keys]


def find_statement(store: Store) -> Attribution:
    """Give a statement whose words are one passage."""
    part = store.load_part(Key("attributions", id) for id in find_ids(store, "attributions"))
    return next(item for item in part.attributions if len(item.content) == 1)


def test_reports_are_listed_newest_first_with_what_stands_in_them(desk_client: Client, desk_store: Store) -> None:
    rows = parse(desk_client.get("/articles").text).xpath("//tbody/tr")
    listed = desk_client.get("/articles.json").json()["articles"]
    assert [row.get("id") for row in rows] == [one["card"]["id"] for one in listed]
    assert len(rows) == 10
    days = [one["card"]["earliest"] for one in listed]
    assert days == sorted(days, reverse=True)
    first = listed[0]
    inside = Query(kinds=("attributions",), article=first["card"]["id"])
    assert first["said"] == desk_store.find_entries(inside).total


def test_reports_are_found_by_outlet_words_and_days(desk_client: Client) -> None:
    def ask(question: str) -> list[str]:
        return [
            one["card"]["who"][0]["text"] for one in desk_client.get(f"/articles.json?{question}").json()["articles"]
        ]

    assert len(ask("outlet=The+River+Plate+Courier")) == 4
    assert ask("q=mediation") == ["Etchart turns down Chilean mediation over barge levy"]
    assert ask("since=2024-07-01") == ["Santiago talks end with levy suspended for ninety days"]
    assert ask("until=2024-01-17") == ["Uruguay to charge foreign barges at Nueva Palmira from February"]
    assert ask("q=zeppelin") == []


def test_the_list_gives_a_table_with_links(desk_client: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(desk_client.get("/articles.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 10
    assert rows[0]["link"].endswith(f"/articles/{rows[0]['id']}")
    assert {row["outlet"] for row in rows} >= {"The Montevideo Ledger", "Asunción Daily Post"}


def test_a_report_shows_its_text_character_by_character(desk_client: Client, desk_store: Store) -> None:
    for article in desk_store.load_part(Key("articles", id) for id in find_ids(desk_store, "articles")).articles:
        page = parse(desk_client.get(f"/articles/{article.id}").text)
        for paragraph in pick(page, "paragraph"):
            start, text = int(paragraph.get("data-start")), paragraph.text_content()
            assert article.text[start : start + len(text)] == text
        whole = "".join(paragraph.text_content() for paragraph in pick(page, "paragraph"))
        assert "".join(whole.split()) == "".join(article.text.split())


def test_every_entry_of_a_report_has_a_note_beside_the_words_it_rests_on(
    desk_client: Client, desk_store: Store
) -> None:
    article = find_ids(desk_store, "articles")[0]
    page = parse(desk_client.get(f"/articles/{article}").text)
    kinds = ("attributions", "events", "positions")
    part = desk_store.load_part(desk_store.find_entries(Query(article=article, kinds=kinds, limit=500)).keys)
    assert {note.get("id") for note in pick(page, "note")} == {
        *(item.id for item in part.attributions if item.content or item.cue),
        *(item.id for item in part.events),
        *(item.id for item in part.positions),
    }
    for event in part.events:
        note = pick_id(page, event.id)
        words = [word for word in pick(page, "seg", "did") if note.get("data-n") in word.get("data-n").split()]
        assert "".join(word.text_content() for word in words).split() == event.passage.text.split()
        assert words[0].getparent() is pick(note.getparent().getparent(), "paragraph")[0]


def test_a_name_in_the_text_leads_to_its_actor(desk_client: Client, desk_store: Store) -> None:
    article = find_ids(desk_store, "articles")[0]
    names = pick(parse(desk_client.get(f"/articles/{article}").text), "named", tag="a")
    assert names
    assert all(desk_client.get(href).status_code == 200 for href in {name.get("href") for name in names[:5]})


def test_an_entry_asked_for_is_open_and_its_words_are_lit(desk_client: Client, desk_store: Store) -> None:
    item = find_statement(desk_store)
    article = item.content[0].article
    page = parse(desk_client.get(f"/articles/{article}?entry={item.id}").text)
    [note] = pick(page, "note", "chosen")
    assert note.get("id") == item.id
    assert note.xpath("./details[@open]")
    assert "".join(piece.text_content() for piece in pick(page, "seg", "lit")) == item.content[0].text
    assert item.content[0].text.startswith(pick_id(page, "lit").text_content())


def test_an_entry_that_is_gone_is_said_to_be(desk_client: Client, desk_store: Store) -> None:
    shown = desk_client.get(f"/articles/{find_ids(desk_store, 'articles')[0]}?entry=event_gone")
    assert shown.status_code == 200
    assert "no longer stands in this report" in shown.text


def test_the_report_is_also_json_and_a_table(desk_client: Client, desk_store: Store) -> None:
    article = find_ids(desk_store, "articles")[0]
    told = desk_client.get(f"/articles/{article}.json").json()["report"]
    notes = [note for row in told["rows"] for note in row["notes"]]
    rows = list(csv.DictReader(io.StringIO(desk_client.get(f"/articles/{article}.csv").content.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == [note["card"]["id"] for note in notes]
    assert told["counts"]["events"] == sum(note["layer"] == "did" for note in notes)


def test_a_passage_lights_its_words_and_lists_what_rests_on_them_the_closest_first(
    desk_client: Client, desk_store: Store
) -> None:
    passage = find_statement(desk_store).content[0]
    address = f"/passages/{passage.article}/{passage.start}-{passage.end}"
    told = desk_client.get(f"{address}.json").json()
    assert told["passage"]["text"] == passage.text
    assert told["href"] == address
    assert (told["resting"][0]["quote"]["start"], told["resting"][0]["quote"]["end"]) == (passage.start, passage.end)
    lit = [piece for row in told["report"]["rows"] for piece in row["paragraph"]["pieces"] if LIT in piece["layers"]]
    assert "".join(piece["text"] for piece in lit) == passage.text
    page = parse(desk_client.get(address).text)
    assert pick(page, "passage", tag="blockquote")[0].text_content() == passage.text


def test_a_passage_on_which_nothing_rests_has_its_page_too(desk_client: Client, desk_store: Store) -> None:
    article = find_ids(desk_store, "articles")[0]
    text = desk_store.load_part([Key("articles", article)]).articles[0].text
    start = text.index("PUBLISHED")
    shown = desk_client.get(f"/passages/{article}/{start}-{start + 9}")
    assert shown.status_code == 200
    assert "No entry rests on these words" in shown.text


@pytest.mark.parametrize("span", ["5-5", "9-3", "0-99999999", "a-b", "1", "-4-9", "1-2-3", "٣-٤", "1-9999999999999"])
def test_a_range_that_is_none_is_one_sentence(desk_client: Client, desk_store: Store, span: str) -> None:
    refused = desk_client.get(f"/passages/{find_ids(desk_store, 'articles')[0]}/{span}.json")
    assert refused.status_code == 404
    assert refused.json()["detail"].count("\n") == 0


@pytest.mark.parametrize("address", ["/articles/none", "/passages/none/1-2"])
def test_a_report_that_is_not_there_is_not_found(desk_client: Client, address: str) -> None:
    refused = desk_client.get(address)
    assert refused.status_code == 404
    assert "here is no report none here" in refused.text


def test_what_a_report_says_of_itself_can_be_corrected(desk_client: Client, desk_store: Store) -> None:
    article = find_ids(desk_store, "articles")[0]
    page = parse(desk_client.get(f"/articles/{article}").text)
    form = pick(page, "correct")[0].xpath("./form")[0]
    sent = desk_client.post("/judgements", data=read_form(form) | {"fields.title": "A levy on barges"})
    assert (sent.status_code, sent.headers["location"]) == (303, f"/articles/{article}")
    [judgement] = desk_store.list_judgements("articles", article)
    assert (judgement.verdict, (judgement.fields or {})["title"]) == ("correct", "A levy on barges")


def test_a_report_that_is_left_out_says_by_whom(desk_client: Client, desk_store: Store) -> None:
    article = find_ids(desk_store, "articles")[0]
    form = pick(parse(desk_client.get(f"/articles/{article}").text), "correct")[0].xpath("./form")[1]
    assert desk_client.post("/judgements", data=read_form(form) | {"verdict": "reject"}).status_code == 303
    assert "rejected" in desk_client.get(f"/articles/{article}").text
    renew_record(desk_store)
    gone = desk_client.get(f"/articles/{article}.json")
    assert gone.status_code == 404
    assert "was left out by" in gone.json()["detail"]


def build(text: str, *, url: str | None = None, said: tuple[tuple[int, int], ...] = ()) -> Record:
    """Make a record of one article with statements at these places."""
    article = Article(id="a1", source="one.txt", title="One", url=url, text=text)
    statements = (
        Attribution(
            id=f"attribution_{number:012}",
            source=None,
            cue=None,
            content=(Passage(article="a1", start=start, end=end, text=text[start:end]),),
            directness="indirect",
            score=0.5,
            made_by="test",
        )
        for number, (start, end) in enumerate(said)
    )
    failure = Failure(source="one.txt", stage="events", reason="the parse broke off.")
    return Record(articles=(article,), attributions=tuple(statements), failures=(failure,))


@pytest.mark.parametrize(
    ("url", "linked"),
    [("https://paper.example/one", True), ("javascript:alert(1)", False), ("data:text/html,x", False), (None, False)],
)
def test_only_an_address_of_the_web_is_a_link(
    desk_store: Store, make_client: Callable[[Store], Client], url: str | None, linked: bool
) -> None:
    desk_store.save_record(build("Ada spoke.", url=url))
    page = parse(make_client(desk_store).get("/articles/a1").text)
    assert [a.get("href") for about in pick(page, "about") for a in about.xpath(".//a")] == ([url] if linked else [])
    assert pick(page, "about", "failed")[0].text_content() == "Failed at events: the parse broke off."


def test_a_very_long_text_is_shown_in_parts_and_opens_where_it_is_asked(
    desk_store: Store, make_client: Callable[[Store], Client]
) -> None:
    text = "\n\n".join(f"Paragraph {number:05} says that the canal is open." for number in range(8_000))
    last = text.index("Paragraph 07999")
    desk_store.save_record(build(text, said=((0, 15), (last, last + 15))))
    client = make_client(desk_store)
    first = client.get("/articles/a1.json").json()["report"]
    assert (first["part"], first["parts"]) == (1, 7)
    assert sum(len(row["notes"]) for row in first["rows"]) == 1
    asked = client.get("/articles/a1.json?entry=attribution_000000000001").json()["report"]
    assert asked["part"] == 7
    assert asked["rows"][-1]["paragraph"]["number"] == 8_000
    assert client.get(f"/passages/a1/{last}-{last + 15}.json").json()["report"]["part"] == 7


def test_copies_of_one_text_are_named_at_its_head(desk_store: Store, make_client: Callable[[Store], Client]) -> None:
    story = (
        "The harbour of Paphos was closed by striking dockers on Monday. No ship left, and none is due today. "
        "The secretary of their union promised a vote on Friday, while the owners asked a judge in Limassol to end the "
        "walkout at once."
    )
    texts = {"a1": story, "a2": f"{story} Police watched.", "a3": "A vote was held in the town hall of Larnaca."}
    articles = tuple(make_article(name, text=text, title=name, day="2024-03-01") for name, text in texts.items())
    told = tuple(make_event(text[:20], actors=(), article=name, within=text) for name, text in texts.items())
    desk_store.save_record(Record(articles=articles, events=told, happenings=(make_happening(events=told),)))
    client = make_client(desk_store)
    assert [one["text"] for one in client.get("/articles/a1.json").json()["report"]["copies"]] == ["a2"]
    assert client.get("/articles/a3.json").json()["report"]["copies"] == []


def test_of_very_many_notes_only_the_one_asked_for_takes_a_decision(
    desk_store: Store, make_client: Callable[[Store], Client]
) -> None:
    text = " ".join(["barge"] * 1_000)
    desk_store.save_record(build(text, said=tuple((6 * number, 6 * number + 5) for number in range(400))))
    asked = "attribution_000000000007"
    page = parse(make_client(desk_store).get(f"/articles/a1?entry={asked}").text)
    assert len(pick(page, "note")) == 400
    assert [form.get("data-entry") for form in pick(page, "decide", tag="form")] == [asked]


def test_characters_beyond_the_first_plane_count_as_one(
    desk_store: Store, make_client: Callable[[Store], Client]
) -> None:
    desk_store.save_record(build("🚢🚢 Ada spoke.", said=((3, 6),)))
    page = parse(make_client(desk_store).get("/passages/a1/3-6").text)
    assert pick_id(page, "lit").text_content() == "Ada"
