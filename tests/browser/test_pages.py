"""Every page of the desk, wide and narrow, light and dark: readable, reachable, quiet and in its own name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from standoff.store.queries import Key, Query

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from standoff.store.database import Store

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")


def find_first(store: Store, kind: str) -> str:
    """Give the id of the best entry of a kind."""
    return store.find_entries(Query(kinds=(kind,), order="best", limit=1)).keys[0].id


def find_passage(store: Store) -> str:
    [attribution] = store.load_part([Key("attributions", find_first(store, "attributions"))]).attributions[:1]
    passage = attribution.content[0]
    return f"/passages/{passage.article}/{passage.start}-{passage.end}"


def find_pair(store: Store) -> str:
    """Give the address of two of whom one did something to the other."""
    keys = store.find_entries(Query(kinds=("events",), order="best", limit=50)).keys
    event = next(event for event in store.load_part(keys).events if event.actors and event.recipients)
    return f"/dyads/{event.actors[0]}/{event.recipients[0]}"


PAGES: dict[str, Callable[[Store], str]] = {
    "overview": lambda store: "/",
    "reports": lambda store: "/articles",
    "report": lambda store: f"/articles/{find_first(store, 'articles')}",
    "passage": find_passage,
    "actors": lambda store: "/actors",
    "actor": lambda store: f"/actors/{next(iter(store.tally_entries(Query(), by=('actor',))))[0]}",
    "issues": lambda store: "/issues",
    "issue": lambda store: "/issues/negotiation",
    "timeline": lambda store: "/timeline",
    "happening": lambda store: f"/happenings/{find_first(store, 'happenings')}",
    "conflicts": lambda store: "/conflicts",
    "conflict": lambda store: f"/conflicts/{find_first(store, 'conflicts')}",
    "shifts": lambda store: "/shifts",
    "shift": lambda store: f"/shifts/{find_first(store, 'shifts')}",
    "dyads": lambda store: "/dyads",
    "dyad": find_pair,
    "search": lambda store: "/search?q=canal",
    "search, nothing found": lambda store: "/search?q=zeppelin",
    "review": lambda store: "/review",
    "judgements": lambda store: "/judgements",
    "views": lambda store: "/views",
    "settings": lambda store: "/settings",
    "accounts": lambda store: "/accounts",
    "log-in": lambda store: "/login",
}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_readable_reachable_and_fits(name, served, visit):
    page = visit.open(PAGES[name](served.store))

    check_headings(page)
    check_width(page)
    check_access(page)

    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    check_width(page)
    check_access(page)


def test_each_page_is_in_its_own_name(served, visit):
    page = visit.open("/")
    titles = {}
    for name, address in PAGES.items():
        if not name.endswith("found"):
            page.goto(address(served.store))
            titles.setdefault(page.title(), []).append(name)

    assert {title: names for title, names in titles.items() if len(names) > 1} == {}


def test_a_page_that_is_not_there_says_so(served, visit):
    page = visit.open("/conflicts/conflict_000000000000")

    assert page.locator("h1").inner_text() == "404"
    assert "conflict_000000000000" in page.locator("main").inner_text()
    check_access(page)
    visit.forgive("404")


def check_headings(page: Page) -> None:
    """Hold that a page has one main heading, and skips no level below it."""
    levels = page.eval_on_selector_all(
        "h1, h2, h3, h4, h5, h6", "all => all.filter(one => one.checkVisibility()).map(one => +one.tagName[1])"
    )
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False)), levels


def check_width(page: Page) -> None:
    """Hold that nothing makes the page scroll sideways, and name what does."""
    too_wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
            [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
                .slice(0, 5).map(one => `${one.tagName.toLowerCase()}.${one.className} ${one.textContent.trim().slice(0, 40)}`)"""
    )
    assert too_wide == []


def check_access(page: Page) -> None:
    """Hold that axe finds nothing against WCAG 2.1 AA, and say what it finds in lines one can act on."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": list(WCAG), "resultTypes": ["violations"]}).response["violations"]
    assert [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}" for one in found for node in one["nodes"][:4]
    ] == []
