"""An issue settled in place: its effect shown first, then saved, then taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

PATIENCE = 60  # seconds that reports may take to be read again


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_issue_is_changed_after_its_effect_was_seen_and_the_change_undone(script, served, visit):
    page = visit.open("/settings", java_script_enabled=script)
    page.set_default_timeout(1000 * PATIENCE)
    page.get_by_role("link", name="trade", exact=True).click()
    cues = page.get_by_label("Words that name it")
    before = cues.input_value()
    cues.fill(f"{before}\nbarge levy")
    page.get_by_role("button", name="Show the effect").click()
    expect(page.get_by_role("heading", name="What it would do")).to_be_visible()
    expect(page.get_by_label("Words that name it")).to_have_value(f"{before}\nbarge levy")

    page.get_by_role("button", name="Save this issue").click()
    expect(page).to_have_url(re.compile(r"/settings"))
    expect(page.locator("section[aria-labelledby=history-head]")).to_contain_text("holds now")
    assert served.renewal.wait(PATIENCE)

    page.get_by_role("button", name=re.compile("^Undo: issues")).click()
    page.goto("/settings/issue?name=trade")
    expect(page.get_by_label("Words that name it")).to_have_value(before)
    assert served.renewal.wait(PATIENCE)


def test_a_mistake_is_told_at_its_field(visit):
    page = visit.open("/settings/issue?name=trade")
    page.set_default_timeout(1000 * PATIENCE)
    page.get_by_label("Sentences that take a stance").fill("sideways: Mayor Ito ruled out a night ferry.")
    page.get_by_role("button", name="Show the effect").click()
    field = page.get_by_label("Sentences that take a stance")
    expect(field).to_have_attribute("aria-invalid", "true")
    visit.forgive("422")
