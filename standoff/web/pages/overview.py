"""The dispute at a glance: what it is about, who stands where, what is new, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from standoff.dossier.words import list_names, say_dates
from standoff.records import Actor, Failure
from standoff.resolve.copies import find_copies
from standoff.store.index.queries import Query
from standoff.store.index.tallies import count_outlets, find_failures, find_span
from standoff.web.asked.memory import recall, recall_tally
from standoff.web.desk import AtDesk, Desk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Card, Link, sheet_cards
from standoff.web.shown.choices import link_actor, link_issue, load_actors
from standoff.web.shown.facing import Facing, face_entries
from standoff.web.shown.standings import Standing, recall_stands, settle_stands, sheet_standings

router = APIRouter()

HOLDERS, ISSUES = 7, 5  # rows and columns of the grid: what fits a screen beside the rest
NEWS, COMING = 5, 2
COMPARED = 200  # reports that are compared for copies: more would take seconds
NAMED = 3  # actors and issues in the title
COUNTED = {
    "articles": "reports",
    "attributions": "statements",
    "events": "deeds",
    "positions": "positions",
    "happenings": "happenings",
    "shifts": "shifts",
    "conflicts": "conflicts",
}
PAGES = {
    "articles": "/articles",
    "attributions": "/search?kind=attributions",
    "events": "/dyads",
    "positions": "/issues",
    "happenings": "/timeline",
    "shifts": "/shifts",
    "conflicts": "/conflicts",
}
JUDGED = ("conflicts", "shifts", "suggestions", "happenings", "positions", "events", "attributions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Count entries of one kind, and say where they are."""

    kind: str
    text: str
    number: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Show where one holder stands on each issue of the grid."""

    holder: Link
    cells: tuple[Standing | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Show where those who take most positions stand on what is most spoken of."""

    issues: tuple[Link, ...] = ()
    rows: tuple[Row, ...] = ()
    more_holders: int = 0
    more_issues: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Show the dispute at a glance; `waiting` counts by kind what nobody has judged.

    `copies` are the reports that were taken from others, where there are not too many to compare.
    """

    title: str
    subject: str
    span: str
    counts: tuple[Count, ...]
    outlets: int
    copies: int | None
    grid: Grid
    happened: tuple[Card, ...]
    coming: tuple[Card, ...]
    shifts: tuple[Facing, ...]
    conflicts: tuple[Facing, ...]
    waiting: tuple[Count, ...]
    failures: tuple[Failure, ...]
    failed: int
    made_by: tuple[str, ...]


def list_sheets(shown: Overview) -> Iterator[Sheet]:
    """Give the grid, the newest happenings, the latest shifts and the best conflicts as tables."""
    stands = [cell for row in shown.grid.rows for cell in row.cells if cell]
    yield sheet_standings("stances", stands)
    yield sheet_cards("happenings", (*shown.happened, *shown.coming))
    yield sheet_cards("shifts", (facing.card for facing in shown.shifts))
    yield sheet_cards("conflicts", (facing.card for facing in shown.conflicts))


@add_page(router, "/", template="overview.html", list_sheets=list_sheets)
def show_overview(desk: AtDesk) -> Overview:
    """Show the dispute at a glance."""
    counts = recall_tally(desk.store, Query(kinds=(*COUNTED, "suggestions")), ("kind",))
    decided = desk.store.tally_entries(Query(kinds=JUDGED, judged="decided"), ("kind",))
    with desk.store.read() as connection:
        first, last = find_span(connection, "articles")
        failures, failed = find_failures(connection, limit=5)
        outlets = count_outlets(connection)
    found = desk.store.load_part(())
    grid, names = _lay_grid(desk)
    return Overview(
        title=list_names(names, empty="A dispute" if counts else "Nothing was read yet"),
        subject=list_names([issue.text for issue in grid.issues[:NAMED]]),
        span=say_dates(first, last) if first or last else "",
        counts=tuple(
            Count(kind=kind, text=_say_kind(kind, number), number=number, href=PAGES[kind])
            for kind in COUNTED
            if (number := counts.get((kind,), 0))
        ),
        outlets=outlets,
        copies=_count_copies(desk, counts.get(("articles",), 0)),
        grid=grid,
        happened=_find_happened(desk, last),
        coming=_find_coming(desk, last),
        shifts=_face_best(desk, Query(kinds=("shifts",), order="newest", limit=NEWS)),
        conflicts=_face_best(desk, Query(kinds=("conflicts",), judged="open", order="best", limit=3)),
        waiting=tuple(
            Count(kind=kind, text=_say_kind(kind, number), number=number, href=f"/review?kind={kind}")
            for kind in JUDGED
            if (number := counts.get((kind,), 0) - decided.get((kind,), 0))
        ),
        failures=failures,
        failed=failed,
        made_by=tuple(_describe_makers(found.made_by)),
    )


def _count_copies(desk: Desk, reports: int) -> int | None:
    """Count the reports that are copies of others; None where comparing them all would take too long."""
    if reports > COMPARED:
        return None

    def count() -> int:
        found = desk.store.find_entries(Query(kinds=("articles",), limit=COMPARED))
        copies = find_copies(desk.store.load_part(found.keys).articles)
        return sum(article != origin for article, origin in copies.items())

    return recall(desk.store, "copies", count)


def _lay_grid(desk: Desk) -> tuple[Grid, list[str]]:
    """Lay out who stands where, and give the names that stand for the dispute."""
    query = Query(kinds=("positions",), roles=("holder",))
    holders = [id for (id,) in recall_tally(desk.store, query, ("actor",)) if id]
    issues = [issue for (issue,) in recall_tally(desk.store, query, ("issue",)) if issue]
    stands = recall_stands(desk.store, holders=holders[:HOLDERS], issues=issues[:ISSUES]) if holders else []
    known = {stand.teller for stand in stands if stand.teller} | {*holders[:HOLDERS]}
    actors = load_actors(desk, known)
    settled = settle_stands(stands, actors)
    rows = [
        Row(holder=link_actor(actors, holder), cells=tuple(settled.get((holder, issue)) for issue in issues[:ISSUES]))
        for holder in holders[:HOLDERS]
        if holder in actors
    ]
    grid = Grid(
        issues=tuple(map(link_issue, issues[:ISSUES])),
        rows=tuple(row for row in rows if any(row.cells)),
        more_holders=max(0, len(holders) - HOLDERS),
        more_issues=max(0, len(issues) - ISSUES),
    )
    return grid, _name_dispute(holders, actors)


def _name_dispute(holders: list[str], actors: Mapping[str, Actor]) -> list[str]:
    """Give the names of the main actors; an unnamed collective names no dispute."""
    named = [actors[id].name for id in holders if id in actors and actors[id].kind != "group"]
    return [" ".join(name.split()) for name in named[:NAMED]]


def _find_happened(desk: Desk, last: str | None) -> tuple[Card, ...]:
    """Give the newest of what came about; what is dated after the last report is nothing that it tells of."""
    query = Query(kinds=("happenings",), status="actual", until=last, order="newest", limit=NEWS)
    return desk.find_cards(query).cards


def _find_coming(desk: Desk, last: str | None) -> tuple[Card, ...]:
    """Give what the last reports call still to come."""
    if last is None:
        return ()
    query = Query(kinds=("happenings",), status="future", since=last, order="oldest", limit=COMING)
    return tuple(card for card in desk.find_cards(query).cards if card.earliest or card.latest)


def _face_best(desk: Desk, query: Query) -> tuple[Facing, ...]:
    return face_entries(desk, desk.store.find_entries(query).keys)


def _say_kind(kind: str, number: int) -> str:
    word = COUNTED.get(kind, kind)
    return word.removesuffix("s") if number == 1 else word


def _describe_makers(made_by: Mapping[str, Any]) -> Iterator[str]:
    """Yield what made the record, the reader and its models by name, the codebooks by their number."""
    for key, value in made_by.items():
        if key == "codebooks" and isinstance(value, Mapping):
            yield f"{len(value)} {'codebook' if len(value) == 1 else 'codebooks'}"
        elif isinstance(value, Mapping):
            yield ", ".join(f"{name} {version}" for name, version in value.items())
        else:
            yield f"{key} {value}"
