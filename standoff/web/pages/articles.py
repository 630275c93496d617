"""The list of articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter

from standoff.store.queries import Query
from standoff.web.cards import sheet_cards
from standoff.web.desk import AtDesk, Cards
from standoff.web.page import add_page
from standoff.web.sheets import Sheet

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Articles:
    """Show the reports that the store holds, the newest first."""

    found: Cards


def list_sheets(shown: Articles) -> Iterator[Sheet]:
    """Give the table of the reports."""
    yield sheet_cards("articles", shown.found.cards)


@add_page(router, "/articles", template="articles.html", list_sheets=list_sheets)
def list_articles(desk: AtDesk, offset: int = 0) -> Articles:
    """List the reports that the store holds."""
    return Articles(found=desk.find_cards(Query(kinds=("articles",), order="newest", limit=100, offset=offset)))
