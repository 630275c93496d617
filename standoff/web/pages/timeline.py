"""What happened when: the happenings in order of time, each on the days between which it lies."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi import Query as Asked

from standoff.dossier.words import say_code
from standoff.records import Status
from standoff.store.index.queries import Query
from standoff.store.index.tallies import find_span
from standoff.web.asked.kinds import Day, Named, Offset
from standoff.web.asked.memory import recall_tally
from standoff.web.desk import AtDesk, Desk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Card, Link, sheet_cards
from standoff.web.shown.choices import Choice, offer_actors, offer_codes
from standoff.web.shown.drawing import Lane, Sign, Tick, draw_lanes, list_months, say_month

router = APIRouter()

PAGE = 40
REACH = 13  # months before the first report and after the last that the strip covers: an old treaty would flatten it
STRIP = 120  # months in the strip, at most: ten years of columns that can still be told apart
SIGNS = {"actual": "◆", "future": "◇", "hypothetical": "?", "negated": "×"}

Month = Annotated[str | None, Asked(pattern=r"^([1-9][0-9]{3}-(0[1-9]|1[0-2]))?$", description="A month, as 2021-03.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Count the happenings that begin in a month; places and heights are in percent of the strip."""

    month: str
    text: str
    number: int
    at: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Show one happening with its place in time."""

    card: Card
    lane: Lane | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Show one page of happenings in order of time, and how many there are in each month."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    total: int
    more: bool
    limit: int
    offset: int
    strip: tuple[Column, ...]
    outside: int
    month: str | None
    month_words: str | None
    before: str | None
    after: str | None
    months: tuple[Choice, ...]
    actors: tuple[Choice, ...]
    types: tuple[Choice, ...]
    statuses: tuple[Choice, ...]


def list_sheets(shown: Timeline) -> Iterator[Sheet]:
    """Give the happenings of the page, and the count by month."""
    yield sheet_cards("happenings", (row.card for row in shown.rows), total=shown.total)
    rows = [(column.month, column.number) for column in shown.strip]
    yield Sheet(name="months", columns=("month", "happenings"), rows=rows)


@add_page(router, "/timeline", template="timeline.html", list_sheets=list_sheets)
def show_timeline(
    desk: AtDesk,
    month: Month = None,
    actor: Named = None,
    type: Named = None,
    status: Literal["", Status] | None = None,
    since: Day = None,
    until: Day = None,
    offset: Offset = 0,
) -> Timeline:
    """Show what happened when; a month shows all that can lie in it."""
    every = Query(kinds=("happenings",))
    asked = Query(
        kinds=("happenings",),
        actor=actor or None,
        type=type or None,
        status=status or None,
        since=since,
        until=until,
        order="oldest",
        limit=desk.reach(PAGE),
        offset=offset,
    )
    counts = {
        name or "": count
        for (name,), count in recall_tally(desk.store, replace(asked, limit=PAGE, offset=0), ("month",)).items()
    }
    known = sorted(name for name in counts if name)
    page = replace(asked, since=f"{month}-01", until=_end_month(month), offset=offset) if month else asked
    found = desk.find_cards(page)
    rows, ticks = _draw(found.cards)
    strip = _draw_strip(desk, counts)
    return Timeline(
        rows=rows,
        ticks=ticks,
        total=found.total,
        more=found.more,
        limit=PAGE,
        offset=offset,
        strip=strip,
        outside=sum(counts.values()) - sum(column.number for column in strip),
        month=month or None,
        month_words=say_month(month) if month else None,
        before=max((name for name in known if month and name < month), default=None),
        after=min((name for name in known if month and name > month), default=None),
        months=tuple(Choice(value=name, text=say_month(name), count=counts[name]) for name in known),
        actors=offer_actors(desk, Query(kinds=("happenings",), roles=("actor", "recipient")), chosen=actor or None),
        types=offer_codes(desk, every, "type", group="types"),
        statuses=offer_codes(desk, every, "status", group="statuses"),
    )


def _end_month(month: str) -> str:
    return f"{month}-{monthrange(int(month[:4]), int(month[5:]))[1]}"


def _draw(cards: tuple[Card, ...]) -> tuple[tuple[Row, ...], tuple[Tick, ...]]:
    """Draw the days of each happening on one scale; one without both bounds has an empty line."""
    named = [(Link(text=card.who[0].text, href=card.href), [_make_sign(card)]) for card in cards]
    chart = draw_lanes(named, shown=len(named), bare=True)
    lanes = chart.lanes if chart else (None,) * len(cards)
    rows = tuple(Row(card=card, lane=lane) for card, lane in zip(cards, lanes, strict=True))
    return rows, chart.ticks if chart else ()


def _make_sign(card: Card) -> Sign:
    status = card.status or "actual"
    return Sign(
        earliest=card.earliest,
        latest=card.latest,
        look=f"status-{status}",
        sign=SIGNS[status] if card.earliest == card.latest else "",
        text=f"{say_code('statuses', status)}, {card.date}",
    )


def _draw_strip(desk: Desk, counts: Mapping[str, int]) -> tuple[Column, ...]:
    """Count by month around the reports' own days, as far as the strip reaches."""
    with desk.store.read() as connection:
        first, last = find_span(connection, "articles")
    known = sorted(name for name in counts if name)
    if not known:
        return ()
    window = list_months(first or known[0], last or known[-1])
    near = [name for name in known if window[0] <= name <= window[-1] or _is_near(name, window)]
    months = list_months(near[0], near[-1])[-STRIP:] if near else []
    highest = max((counts.get(name, 0) for name in months), default=0) or 1
    width = 100 / max(1, len(months))
    return tuple(
        Column(
            month=name,
            text=say_month(name),
            number=counts.get(name, 0),
            at=round(number * width, 3),
            width=round(width * 0.84, 3),
            height=round(100 * counts.get(name, 0) / highest, 1),
        )
        for number, name in enumerate(months)
    )


def _is_near(month: str, window: list[str]) -> bool:
    before, after = list_months(min(month, window[0]), window[0]), list_months(window[-1], max(month, window[-1]))
    return max(len(before), len(after)) <= REACH
