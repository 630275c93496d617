"""The review queue: what waits for a decision, the best candidates first, one of them large, to go through by keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi import Query as Asked

from standoff.store.index.queries import Key, Query
from standoff.web.desk import AtDesk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Card, sheet_cards
from standoff.web.shown.queue import (
    PAGE,
    Band,
    Focus,
    Progress,
    Recent,
    count_progress,
    focus_entry,
    list_names,
    list_recent,
    measure_agreement,
)
from standoff.workflow.kept import load_last_change

router = APIRouter()

Kind = Literal["conflicts", "shifts", "suggestions", "positions", "events", "attributions", "happenings"]
Offset = Annotated[int, Asked(ge=0, le=1_000_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Show one kind's queue; `before` and `after` are the addresses of the entries beside the one in focus.

    `onward` is where to go when it is decided: the entry after it then stands in its place. `names` are those of the
    actors whom a correction is likely to name. `gone` says that the entry asked for is not in the record now.
    """

    kind: str
    decided: bool
    offset: int
    limit: int
    total: int
    more: bool
    progress: tuple[Progress, ...]
    cards: tuple[Card, ...]
    focus: Focus | None
    before: str | None
    after: str | None
    onward: str
    recent: tuple[Recent, ...]
    agreement: tuple[Band, ...]
    names: tuple[str, ...]
    changes: bool
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Show what reading the articles by another model has changed: counts by kind, and what was judged and has gone."""

    progress: tuple[Progress, ...]
    before: dict[str, Any]
    after: dict[str, Any]
    changes: dict[str, dict[str, int]]
    entries: dict[str, dict[str, list[dict[str, Any]]]]
    orphaned: int


def list_sheets(shown: Queue) -> Iterator[Sheet]:
    """Give the table of the queue's entries."""
    yield sheet_cards("review", shown.cards, total=shown.total)


@add_page(router, "/review", template="review.html", list_sheets=list_sheets)
def show_queue(
    desk: AtDesk, kind: Kind = "conflicts", entry: str | None = None, decided: bool = False, offset: Offset = 0
) -> Queue:
    """Show what waits for a decision, and one entry of it large; with `decided`, also what is decided already."""
    found = desk.store.find_entries(
        Query(kinds=(kind,), judged=None if decided else "open", order="best", limit=desk.reach(PAGE), offset=offset)
    )
    if not found.keys and offset:
        return show_queue(desk, kind=kind, entry=entry, decided=decided)
    keys = [key.id for key in found.keys]
    chosen = entry or (keys[0] if keys else None)
    focus = focus_entry(desk, Key(kind, chosen)) if chosen else None
    gone = focus is None and entry is not None
    if gone and keys:
        chosen = keys[0]
        focus = focus_entry(desk, Key(kind, chosen))
    place = keys.index(chosen) if chosen in keys else -1

    def write(entry: str | None, offset: int = offset) -> str:
        asked = {"kind": kind, "entry": entry, "decided": "true" if decided else None, "offset": offset or None}
        return f"/review?{urlencode({name: value for name, value in asked.items() if value is not None})}"

    before = after = None
    if place > 0:
        before = write(keys[place - 1])
    elif place == 0 and offset:
        before = write(None, max(0, offset - PAGE))
    if place + 1 < len(keys):
        after = write(keys[place + 1])
    elif offset + PAGE < found.total or found.more:
        after = write(None, offset + PAGE)
    return Queue(
        kind=kind,
        decided=decided,
        offset=offset,
        limit=PAGE,
        total=found.total,
        more=found.more,
        progress=count_progress(desk),
        cards=desk.make_cards(found.keys),
        focus=focus,
        before=before,
        after=after,
        onward=after or write(None),
        recent=list_recent(desk, kind),
        agreement=measure_agreement(desk, kind),
        names=list_names(desk, focus) if focus else (),
        changes=load_last_change(desk.store) is not None,
        gone=gone,
    )


@add_page(router, "/review/changes", template="changes.html")
def show_changes(desk: AtDesk) -> Changes:
    """Show what has changed since the articles were last read by another model or codebook."""
    change = load_last_change(desk.store) or {}
    return Changes(
        progress=count_progress(desk),
        before=change.get("before", {}),
        after=change.get("after", {}),
        changes=change.get("changes", {}),
        entries=change.get("entries", {}),
        orphaned=len(change.get("orphaned", ())),
    )
