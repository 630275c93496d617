"""Who an actor is: two found to be one, seen so everywhere, parted again, and each step taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

PATIENCE = 60  # seconds that a record may take to be made anew


def find_actor(served, name: str) -> str:
    """Give the id of the actor of that name."""
    [actor] = [one for one in served.store.load_record().actors if one.name == name]
    return actor.id


def open_identity(page: Page, served, name: str) -> None:
    page.goto(f"/actors/{find_actor(served, name)}?show=identity")


def count_actors(served, mentions: set[str]) -> int:
    """Tell to how many actors these mentions belong."""
    return len({one.actor for one in served.store.load_record().mentions if one.id in mentions})


def list_names(served) -> set[str]:
    return {actor.name for actor in served.store.load_record().actors}


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_actors_are_joined_seen_as_one_and_the_join_taken_back(script, served, visit):
    one, other = "Tomás Aquino", "Rosa Benítez"
    gone = find_actor(served, other)
    page = visit.open(java_script_enabled=script)
    open_identity(page, served, one)
    page.get_by_label("Name or title of another actor").fill("Benítez")
    page.get_by_role("button", name="Look").click()
    page.get_by_role("button", name=f"The same: {other}", exact=True).click()
    assert served.renewal.wait(PATIENCE)
    assert len(list_names(served) & {one, other}) == 1

    page.goto(f"/actors/{gone}")
    expect(page.locator("main")).to_contain_text(re.compile(f"{one}|{other}"))
    page.goto("/actors")
    assert len(page.locator("main table th a").filter(has_text=re.compile(f"^({one}|{other})$")).all()) == 1

    [kept] = list_names(served) & {one, other}
    open_identity(page, served, kept)
    page.locator("section[aria-labelledby=decided]").get_by_role("button", name="Undo").first.click()
    assert served.renewal.wait(PATIENCE)
    assert list_names(served) >= {one, other}


def test_a_mention_is_told_to_be_somebody_else_and_comes_back(served, visit):
    name = "Tomás Aquino"
    actor = find_actor(served, name)
    page = visit.open()
    open_identity(page, served, name)
    report = page.locator("section[aria-labelledby=split] form").filter(has=page.locator("summary")).first
    report.locator("summary").first.click()
    box = report.get_by_role("checkbox").first
    mention = box.get_attribute("value")
    others = {one.id for one in served.store.load_record().mentions if one.actor == actor} - {mention}
    box.check()
    report.get_by_role("button", name="These are somebody else").click()
    expect(page).to_have_url(re.compile("show=identity"))
    assert served.renewal.wait(PATIENCE)
    assert count_actors(served, {mention, *others}) == 2

    page.reload()
    page.locator("section[aria-labelledby=decided]").get_by_role("button", name="Undo").first.click()
    assert served.renewal.wait(PATIENCE)
    assert count_actors(served, {mention, *others}) == 1


def test_a_suggestion_is_answered_on_the_page_of_the_actor(served, visit):
    suggestion = served.store.load_record().suggestions[0]
    page = visit.open(f"/actors/{suggestion.left}?show=identity")
    page.locator("section[aria-labelledby=suggested]").get_by_role("button", name=re.compile("^No")).first.click()
    [judgement] = served.store.list_judgements()
    assert judgement.verdict in ("reject", "not-same")
    page.goto("/judgements")
    expect(page.locator("main")).to_contain_text(judgement.label[:40])
