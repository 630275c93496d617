"""Where sources and reports do not agree: the list, best candidates first, and each with both passages in full."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from fastapi import APIRouter

from standoff.store.index.queries import Key, Query
from standoff.store.kept.verdicts import Judged
from standoff.web.asked.kinds import Named, Offset
from standoff.web.desk import AtDesk, Desk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Link, sheet_cards
from standoff.web.shown.choices import Choice, offer_actors, offer_codes
from standoff.web.shown.facing import Facing, face_entries

router = APIRouter()

PAGE = 20
OTHERS = 10

Decided = Literal["open", "decided", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """Show one page of conflicts, or of shifts, with what they can be filtered by; `counts` by how they stand."""

    items: tuple[Facing, ...]
    total: int
    more: bool
    limit: int
    offset: int
    decided: Decided
    counts: dict[Decided, int]
    kinds: tuple[Choice, ...]
    issues: tuple[Choice, ...]
    actors: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Show one conflict, or one shift; `others` lie between the same two, `later` is the next that waits."""

    item: Facing
    others: tuple[Facing, ...]
    between: tuple[Link, ...]
    later: str | None


def sheet_list(shown: Listed) -> Iterator[Sheet]:
    """Give the conflicts as a table, each followed by its two sides."""
    yield sheet_cards("conflicts", (item.card for item in shown.items), total=shown.total)


def sheet_one(shown: Shown) -> Iterator[Sheet]:
    """Give the conflict and the others between the same two as a table."""
    yield sheet_cards("conflict", (shown.item.card, *(item.card for item in shown.others)))


@add_page(router, "/conflicts", template="conflicts.html", list_sheets=sheet_list)
def list_conflicts(
    desk: AtDesk,
    kind: Named = None,
    issue: Named = None,
    actor: Named = None,
    decided: Decided = "open",
    offset: Offset = 0,
) -> Listed:
    """List what does not seem to hold together, the surest first."""
    asked = Query(
        kinds=("conflicts",),
        type=kind or None,
        issue=issue or None,
        actor=actor or None,
        order="best",
        limit=desk.reach(PAGE),
    )
    return list_facing(desk, asked, decided=decided, offset=offset)


@add_page(router, "/conflicts/{id}", template="conflict.html", list_sheets=sheet_one)
def show_conflict(desk: AtDesk, id: str) -> Shown:
    """Show one conflict with both passages in their paragraphs."""
    desk.load_entry("conflicts", id)
    return show_facing(desk, "conflicts", id)


def list_facing(desk: Desk, asked: Query, *, decided: Decided, offset: int) -> Listed:
    """Give one page of what lies between two entries, with the filters that its kind has."""
    every = Query(kinds=asked.kinds)
    standing: dict[Decided, Judged | None] = {"open": "open", "decided": "decided", "all": None}
    counts = {
        name: sum(desk.store.tally_entries(replace(asked, judged=judged), ("kind",)).values())
        for name, judged in standing.items()
    }
    page = replace(asked, judged=standing[decided], limit=desk.reach(asked.limit), offset=offset)
    found = desk.store.find_entries(page)
    return Listed(
        items=face_entries(desk, found.keys),
        total=found.total,
        more=found.more,
        limit=asked.limit,
        offset=offset,
        decided=decided,
        counts=counts,
        kinds=offer_codes(desk, every, "type", group="conflicts"),
        issues=offer_codes(desk, every, "issue", group="issues"),
        actors=offer_actors(desk, Query(kinds=asked.kinds, roles=("party",)), chosen=asked.actor),
    )


def show_facing(desk: Desk, kind: str, id: str) -> Shown:
    """Give one conflict or shift, and what else lies between the same two."""
    (item,) = face_entries(desk, [Key(kind, id)], whole=True)
    between = tuple(one for one in item.card.who if one.href)[:2]
    ids = [one.href.rpartition("/")[2] for one in between if one.href]
    actor, other = (*ids, None, None)[:2]
    keys: tuple[Key, ...] = ()
    if actor is not None:
        query = Query(kinds=(kind,), actor=actor, other=other, order="best", limit=OTHERS + 1)
        keys = tuple(key for key in desk.store.find_entries(query).keys if key.id != id)[:OTHERS]
    waiting = desk.store.find_entries(Query(kinds=(kind,), judged="open", order="best", limit=2)).keys
    later = next((f"/{kind}/{key.id}" for key in waiting if key.id != id), None)
    return Shown(item=item, others=face_entries(desk, keys), between=between, later=later)
