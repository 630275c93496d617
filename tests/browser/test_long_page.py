"""A page of two thousand facts stays light: held by what it lays out and listens to, not by a clock."""

from __future__ import annotations

import pathlib

import pytest
from builders import make_actor, make_article, make_attribution
from playwright.sync_api import expect

from standoff.records import Record
from standoff.store.database import open_store

FACTS = 2000
SEEN = 150  # rows that may be laid out at first sight, of the 400 that there are
COUNT_LISTENERS = """
    window.listeners = 0;
    const add = EventTarget.prototype.addEventListener;
    EventTarget.prototype.addEventListener = function (...given) { window.listeners++; return add.apply(this, given); };
"""
COUNT_SEEN = """() => [...document.querySelectorAll(".reading > .row > .paragraph")]
    .filter(one => one.checkVisibility({ contentVisibilityAuto: true })).length"""


def make_long_record() -> Record:
    """Make up a report in which one speaker says two thousand things, and a short one."""
    said = [f"lock {number} is shut" for number in range(FACTS)]
    lines = [f"Ito said {words}." for words in said]
    long = "\n\n".join(" ".join(lines[start : start + 5]) for start in range(0, FACTS, 5))
    texts = {"a1": long, "a2": lines[0]}
    attributions = [
        make_attribution(words, article=name, within=texts[name], id=f"attribution_{name}{number:010x}")
        for name, words, number in [*(("a1", words, number) for number, words in enumerate(said)), ("a2", said[0], 0)]
    ]
    articles = tuple(
        make_article(name, text=text, title=f"Locks of {name}", day="2024-03-01") for name, text in texts.items()
    )
    return Record(articles=articles, actors=(make_actor("Ito"),), attributions=tuple(attributions))


@pytest.fixture
def served(serve, tmp_path: pathlib.Path):
    place = tmp_path / "long.db"
    store = open_store(str(place))
    store.save_record(make_long_record())
    store.engine.dispose()
    return serve(place)


def count_listeners(visit, address: str) -> int:
    page = visit.open(address, script=COUNT_LISTENERS)
    return page.evaluate("window.listeners")


def test_a_report_of_two_thousand_facts_lays_out_what_is_seen(visit):
    page = visit.open("/articles/a1")
    assert page.locator(".note").count() == FACTS
    assert page.evaluate(COUNT_SEEN) < SEEN


def test_a_page_listens_no_more_for_more_facts(visit):
    assert count_listeners(visit, "/articles/a1") == count_listeners(visit, "/articles/a2")


def test_a_long_report_is_worked_in_as_a_short_one(visit):
    page = visit.open("/articles/a1")
    note = page.locator(f"#attribution_a1{FACTS - 1:010x}")
    note.locator("summary").click()
    assert note.get_by_role("link", name="Decide on this").is_visible()
    expect(page.locator(".seg.on")).to_contain_text([f"lock {FACTS - 1} is shut"])
    page.get_by_label("notes beside it").uncheck()
    expect(note).to_be_hidden()


def test_a_report_opens_at_the_entry_that_is_asked_for(visit):
    entry = f"attribution_a1{FACTS // 2:010x}"
    page = visit.open(f"/articles/a1?entry={entry}#{entry}")
    expect(page.locator(f"#{entry}")).to_be_in_viewport()
    expect(page.locator(f"#{entry}").get_by_role("button", name="Confirm")).to_be_visible()


def test_a_search_that_finds_two_thousand_shows_them_page_by_page(visit):
    page = visit.open("/search?q=lock")
    expect(page.get_by_role("status").filter(has_text="statements")).to_contain_text(f"{FACTS + 1} statements")
    assert page.locator(".results article.card").count() <= 50
