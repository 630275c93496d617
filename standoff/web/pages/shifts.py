"""Who changed their stance: the list, the latest first, and each with what was said before and after."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter

from standoff.store.index.queries import Query
from standoff.web.asked.kinds import Named, Offset
from standoff.web.desk import AtDesk
from standoff.web.page import add_page
from standoff.web.pages.conflicts import PAGE, Decided, Listed, Shown, list_facing, show_facing
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import sheet_cards

router = APIRouter()


def sheet_list(shown: Listed) -> Iterator[Sheet]:
    """Give the shifts as a table, each followed by the position before and the one after."""
    yield sheet_cards("shifts", (item.card for item in shown.items), total=shown.total)


def sheet_one(shown: Shown) -> Iterator[Sheet]:
    """Give the shift and the holder's others as a table."""
    yield sheet_cards("shift", (shown.item.card, *(item.card for item in shown.others)))


@add_page(router, "/shifts", template="shifts.html", list_sheets=sheet_list)
def list_shifts(
    desk: AtDesk, issue: Named = None, actor: Named = None, decided: Decided = "all", offset: Offset = 0
) -> Listed:
    """List who changed their stance, the latest first."""
    asked = Query(kinds=("shifts",), issue=issue or None, actor=actor or None, order="newest", limit=desk.reach(PAGE))
    return list_facing(desk, asked, decided=decided, offset=offset)


@add_page(router, "/shifts/{id}", template="shift.html", list_sheets=sheet_one)
def show_shift(desk: AtDesk, id: str) -> Shown:
    """Show one change of stance with both passages in their paragraphs."""
    desk.load_entry("shifts", id)
    return show_facing(desk, "shifts", id)
