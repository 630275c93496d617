"""The pictures in the docs, made by this run where STANDOFF_SCREENSHOTS names the folder for them."""

from __future__ import annotations

import os
import pathlib
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

FOLDER = os.environ.get("STANDOFF_SCREENSHOTS")
HEIGHT = 820

pytestmark = pytest.mark.skipif(not FOLDER, reason="pictures are made where STANDOFF_SCREENSHOTS names a folder")


def take(page: Page, name: str) -> None:
    """Write what stands on the screen as desk-NAME.png."""
    page.mouse.move(0, 0)
    page.screenshot(path=pathlib.Path(FOLDER or "") / f"desk-{name}.png", animations="disabled")


def test_the_overview(visit):
    take(visit.open("/", height=HEIGHT), "overview")


def test_a_report_with_a_note_open(visit):
    page = visit.open("/articles", height=HEIGHT)
    page.get_by_role("link", name=re.compile("No table with a cash register")).first.click()
    page.locator(".note.stands summary").first.click()
    page.locator(".layers").evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 16)")
    take(page, "report")


def test_a_conflict_that_waits(visit):
    page = visit.open("/conflicts", height=HEIGHT)
    page.locator("article.facing .lead a.name").first.click()
    page.wait_for_url(re.compile("/conflicts/conflict_"))
    take(page, "conflict")


def test_the_queue_after_some_decisions(visit):
    page = visit.open("/review?kind=conflicts", height=HEIGHT)
    for key in "cc":
        left = page.locator("#queue").get_attribute("data-entry")
        page.keyboard.press(key)
        page.wait_for_function("left => document.getElementById('queue').dataset.entry !== left", arg=left)
    take(page, "review")


def test_what_was_said_of_the_levy_since_march(visit):
    take(visit.open("/search?q=levy&since=2024-03-01", height=HEIGHT), "search")


def test_an_actor(visit):
    page = visit.open("/actors", height=HEIGHT)
    page.get_by_role("link", name="Hernán Villalba").first.click()
    page.get_by_role("link", name=re.compile("^Positions")).click()
    take(page, "actor")


def test_a_narrow_screen(visit):
    take(visit.open("/conflicts", width=390, height=844), "narrow")
