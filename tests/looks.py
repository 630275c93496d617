"""Look at a page as its readers do: its headings, its width, and what axe finds against WCAG 2.1 AA."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
NARROW = {"width": 390, "height": 844}


def check_page(page: Page) -> None:
    """Hold that a page is in order, wide and light, then narrow and dark."""
    check_headings(page)
    check_width(page)
    check_access(page)
    page.set_viewport_size(NARROW)
    page.emulate_media(color_scheme="dark")
    check_width(page)
    check_access(page)


def check_headings(page: Page) -> None:
    """Hold that a page has one main heading, and skips no level below it."""
    levels = page.eval_on_selector_all(
        "h1, h2, h3, h4, h5, h6", "all => all.filter(one => one.checkVisibility()).map(one => +one.tagName[1])"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def check_width(page: Page) -> None:
    """Hold that nothing makes the page scroll sideways, and name what does."""
    too_wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
                .slice(0, 5).map(one => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 40)}`)"""
    )
    assert too_wide == []


def check_access(page: Page) -> None:
    """Hold that axe finds nothing against WCAG 2.1 AA, and say what it finds in lines one can act on."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": list(WCAG), "resultTypes": ["violations"]}).response["violations"]
    assert [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}" for one in found for node in one["nodes"][:4]
    ] == []
