"""What an analyst comes for, from one page to the next, by the words that stand on them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from standoff.store.queries import Query

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
