"""Asking "what has she said on talks since March?", and keeping the answer's address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
SPEAKER, MARCH = "Hernán Villalba", "2024-03-01"


def ask(page: Page, *, words: str = "", who: str = "", on: str = "", since: str = "") -> None:
    """Fill the form of all conditions as one does who types, and send it."""
    form = page.get_by_role("search", name="All conditions")
    form.get_by_label("Words").fill(words)
    form.get_by_label("Who").fill(who)
    if on:
        form.locator("select[name=issue]").select_option(on)
    form.get_by_label("Since").fill(since)
    form.get_by_role("button", name="Search").click()
    page.wait_for_url(re.compile(r"/search\?"))


@BOTH
def test_what_has_he_said_on_negotiation_since_march(script, served, visit):
    page = visit.open("/search", java_script_enabled=script)
    ask(page, who=SPEAKER, on="negotiation", since=MARCH)

    cards = page.locator(".results article.card")
    expect(cards.first).to_be_visible()
    said = {item.id: item for item in served.store.load_record().attributions}
    names = {actor.id: actor.name for actor in served.store.load_record().actors}
    for key in cards.evaluate_all("all => all.map(one => one.dataset.id)"):
        assert names[said[key].source.actor] == SPEAKER
    expect(cards.first.locator("a.cite").first).to_be_visible()


@BOTH
def test_words_are_found_marked_and_narrowed_down(script, visit):
    page = visit.open("/", java_script_enabled=script)
    box = page.get_by_role("banner").get_by_role("searchbox")
    box.fill("levy")
    box.press("Enter")
    expect(page.locator("mark.hit").first).to_have_text(re.compile("lev", re.IGNORECASE))
    whole = page.locator(".results article.card").count()

    facet = page.get_by_role("complementary", name="Narrow it down").get_by_role("link").first
    facet.click()
    expect(page.locator(".results article.card").first).to_be_visible()
    assert 0 < page.locator(".results article.card").count() <= whole


def test_a_misspelled_name_leads_to_the_one_that_is_meant(visit):
    page = visit.open("/search?q=&speaker=Vilalba")
    page.locator(".nothing a").filter(has_text="Villalba").first.click()
    expect(page.locator(".results article.card").first).to_be_visible()


def test_the_name_is_offered_while_it_is_typed(visit):
    page = visit.open("/search")
    page.get_by_role("search", name="All conditions").get_by_label("Who").press_sequentially("Oliv")
    expect(page.locator("#speakers option").first).to_have_attribute("value", re.compile("Olivera"))


@BOTH
def test_a_view_is_saved_and_opened_by_an_address_of_its_own(script, visit):
    page = visit.open("/conflicts?kind=contested", java_script_enabled=script)
    page.get_by_text("Save this view").click()
    page.get_by_label("Title").fill("Claims that somebody denies")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(re.compile(r"/views"))
    saved = page.get_by_role("link", name="Claims that somebody denies")
    address = saved.get_attribute("href")

    other = visit.open(address)
    expect(other).to_have_url(re.compile(r"/conflicts\?kind=contested"))
    expect(other.locator("body")).to_contain_text("Claims that somebody denies")
