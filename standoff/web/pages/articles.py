"""The list of reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter

from standoff.store.index.around import tally_articles
from standoff.store.index.queries import Query
from standoff.web.asked.kinds import Day, Named, Offset, Words
from standoff.web.asked.memory import recall_tally
from standoff.web.desk import AtDesk, Desk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Card
from standoff.web.shown.choices import Choice

router = APIRouter()

PAGE = 50
COUNTED = ("attributions", "events", "positions")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArticle:
    """Show a report in the list, with how many statements, deeds and positions stand in it."""

    card: Card
    outlet: str | None
    said: int
    did: int
    stands: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Articles:
    """Show reports, and the outlets to choose from."""

    articles: tuple[ListedArticle, ...]
    total: int
    more: bool
    outlets: tuple[Choice, ...]
    offset: int


def list_sheets(shown: Articles) -> Iterator[Sheet]:
    """Give the table of the reports."""
    columns = ("title", "outlet", "day", "earliest", "latest", "statements", "deeds", "positions", "link", "id")
    rows = [
        (
            one.card.who[0].text,
            one.outlet,
            one.card.date,
            one.card.earliest,
            one.card.latest,
            one.said,
            one.did,
            one.stands,
            one.card.href,
            one.card.id,
        )
        for one in shown.articles
    ]
    yield Sheet(name="reports", columns=columns, rows=rows, total=shown.total)


@add_page(router, "/articles", template="articles.html", list_sheets=list_sheets)
def list_articles(
    desk: AtDesk,
    q: Words = None,
    outlet: Named = None,
    since: Day = None,
    until: Day = None,
    oldest: bool = False,
    offset: Offset = 0,
) -> Articles:
    """List the reports that the store holds, the newest first."""
    query = Query(
        kinds=("articles",),
        words=q if q and q.strip() else None,
        type=outlet or None,
        since=since,
        until=until,
        order="oldest" if oldest else "newest",
        limit=desk.reach(PAGE),
        offset=offset,
    )
    found = desk.store.find_entries(query)
    part = desk.store.load_part(found.keys)
    outlets = {article.id: article.outlet for article in part.articles}
    with desk.store.read() as connection:
        counts = tally_articles(connection, outlets)
    listed = (
        ListedArticle(card=card, outlet=outlets[card.id], said=said, did=did, stands=stands)
        for card in desk.make_cards(found.keys, part=part)
        for said, did, stands in [[counts.get((card.id, kind), 0) for kind in COUNTED]]
    )
    return Articles(
        articles=tuple(listed),
        total=found.total,
        more=found.more,
        outlets=_offer_outlets(desk),
        offset=offset,
    )


def _offer_outlets(desk: Desk) -> tuple[Choice, ...]:
    """Give the outlets by name, which is not shortened or lowered as a code would be."""
    counts = recall_tally(desk.store, Query(kinds=("articles",)), ("type",))
    found = [Choice(value=name, text=name, count=count) for (name,), count in counts.items() if name]
    return tuple(sorted(found, key=lambda choice: choice.text.casefold()))
