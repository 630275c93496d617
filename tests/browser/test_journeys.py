"""What an analyst comes for, from one page to the next, by the words that stand on them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from standoff.store.index.queries import Query

BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


def count(store, **asked):
    return store.find_entries(Query(**asked)).total


@BOTH
def test_from_the_overview_to_a_conflict_to_its_passage_in_the_report(script, visit):
    page = visit.open("/", java_script_enabled=script)
    page.get_by_role("link", name="all conflicts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where they do not agree")

    first = page.locator("article.facing").first
    words = first.locator(".side blockquote b").first.inner_text()
    first.locator(".lead a.name").first.click()
    expect(page).to_have_url(re.compile(r"/conflicts/conflict_\w+$"))
    expect(page.locator(".side")).not_to_have_count(1)

    page.locator(".side a.cite").first.click()
    expect(page).to_have_url(re.compile(r"/(articles|passages)/"))
    expect(page.locator("main")).to_contain_text(words[:30])


@BOTH
def test_a_conflict_is_confirmed_and_the_decision_taken_back(script, served, visit):
    page = visit.open("/conflicts", java_script_enabled=script)
    open_before = count(served.store, kinds=("conflicts",), judged="open")
    first = page.locator("article.facing").first
    entry = first.get_attribute("data-id")
    page.goto(f"/conflicts/{entry}")

    page.locator(f'form[data-entry="{entry}"]').get_by_role("button", name="Confirm").click()
    form = page.locator(f'form[data-entry="{entry}"]')
    expect(form).to_contain_text("confirmed")
    assert count(served.store, kinds=("conflicts",), judged="open") == open_before - 1
    [judgement] = served.store.list_judgements("conflicts", entry)
    assert (judgement.verdict, judgement.who) == ("confirm", "analyst")

    form.get_by_role("button", name="Undo").click()
    expect(page.locator(f'form[data-entry="{entry}"]').get_by_role("button", name="Confirm")).to_be_visible()
    assert served.store.list_judgements("conflicts", entry) == ()
    assert [one.verdict for one in served.store.list_judgements(open_only=False)] == ["confirm", "withdraw"]


def test_selected_words_have_a_permanent_link(served, visit):
    [first, *_] = served.store.find_entries(Query(kinds=("articles",), limit=1)).keys
    page = visit.open(f"/articles/{first.id}")
    page.locator(".paragraph").nth(4).select_text()
    link = page.get_by_role("link", name="Permanent link of this passage")
    words = page.evaluate("getSelection().toString()")
    link.click()

    expect(page).to_have_url(re.compile(r"/passages/\w+/\d+-\d+$"))
    article, span = page.url.rsplit("/", 2)[1:]
    start, end = map(int, span.split("-"))
    text = next(one.text for one in served.store.load_record().articles if one.id == article)
    assert text[start:end].split() == words.split()
    assert page.goto(page.url).status == 200


@BOTH
def test_the_layers_of_a_report_are_switched_on_and_off(script, served, visit):
    [first, *_] = served.store.find_entries(Query(kinds=("articles",), limit=1)).keys
    page = visit.open(f"/articles/{first.id}", java_script_enabled=script)
    said = page.locator(".seg.said").first
    marked = (
        "one => { const all = getComputedStyle(one); return [...all].map(name => all.getPropertyValue(name)).join() }"
    )
    before = said.evaluate(marked)
    page.get_by_label("said", exact=False).first.uncheck()
    assert said.evaluate(marked) != before


def test_a_note_lights_its_words(served, visit):
    [first, *_] = served.store.find_entries(Query(kinds=("articles",), limit=1)).keys
    page = visit.open(f"/articles/{first.id}")
    note = page.locator(".note.said").first
    note.locator("summary").click()
    expect(page.locator(f'.seg[data-n~="{note.get_attribute("data-n")}"]').first).to_have_class(re.compile(r"\bon\b"))


@BOTH
def test_the_timeline_shows_uncertain_days_and_leads_to_a_happening(script, visit):
    page = visit.open("/timeline", java_script_enabled=script)
    expect(page.locator("main")).to_contain_text(re.compile(r"\d+–\d+ \w+ 2024"))
    page.locator("main a[href^='/happenings/']").first.click()
    expect(page).to_have_url(re.compile(r"/happenings/happening_\w+"))
    expect(page.locator("main a[href^='/passages/'], main a[href^='/articles/']").first).to_be_visible()


@BOTH
def test_what_two_did_to_each_other_stands_on_a_page_of_theirs(script, visit):
    page = visit.open("/dyads", java_script_enabled=script)
    page.locator("main a[href^='/dyads/']").first.click()
    expect(page).to_have_url(re.compile(r"/dyads/actor_\w+/actor_\w+"))
    expect(page.locator("main a[href^='/passages/'], main a[href^='/articles/']").first).to_be_visible()
