"""Every page of the desk, wide and narrow, light and dark: readable, reachable, quiet and in its own name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from looks import check_page

from standoff.store.index.queries import Key, Query

if TYPE_CHECKING:
    from standoff.store.database import Store


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
}


@pytest.mark.parametrize("name", PAGES)
def test_page_is_readable_reachable_and_fits(name, served, visit):
    check_page(visit.open(PAGES[name](served.store)))


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
    visit.forgive("404")

    assert page.locator("h1").inner_text() == "Not found"
    assert "conflict_000000000000" in page.locator("main").inner_text()
    check_page(page)
