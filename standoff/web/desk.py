"""Hold what every page works with: the store, who asks, and what people have decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from standoff.errors import SourceError
from standoff.records import Record
from standoff.store.database import Store
from standoff.store.index.queries import Key, Query
from standoff.store.kept.verdicts import Decision, select_decisions
from standoff.store.kept.views import View, select_view
from standoff.web.sheets import TAKEN
from standoff.web.shown.cards import Card, make_cards


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Name who asks, and what they may do: a reader looks, a reviewer judges, an owner also settles."""

    name: str
    role: str

    def may(self, role: str) -> bool:
        """Tell whether the visitor has that role or a higher one."""
        order = ("reader", "reviewer", "owner")
        return order.index(self.role) >= order.index(role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """Hold one page of cards, and of how many; `more` if not all were counted."""

    cards: tuple[Card, ...]
    total: int
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Give a page what it asks of the store, for one visitor; `token` goes with every form.

    `taking` is true where the page's tables are taken out, as CSV or XLSX.
    """

    store: Store
    visitor: Visitor
    token: str
    taking: bool = False

    def reach(self, limit: int) -> int:
        """Give how many entries a page's own list holds: `limit`, or all up to a bound where the table is taken out."""
        return TAKEN if self.taking else limit

    def find_cards(self, query: Query) -> Cards:
        """Give the entries that a query asks for as cards, in its order."""
        found = self.store.find_entries(query)
        return Cards(cards=self.make_cards(found.keys), total=found.total, more=found.more)

    def make_cards(self, keys: Iterable[Key], *, part: Record | None = None) -> tuple[Card, ...]:
        """Give entries as cards in the order of their keys; those that the store does not hold are left out."""
        keys = tuple(keys)
        loaded = self.store.load_part(keys) if part is None else part
        sides = (
            Key(kind, item.id) for kind in ("attributions", "events", "positions") for item in getattr(loaded, kind)
        )
        return make_cards(loaded, keys, self.list_verdicts((*keys, *sides)))

    def list_verdicts(self, keys: Iterable[Key]) -> dict[Key, Decision]:
        """Give what was last decided on each of these entries, where anything was."""
        wanted = set(keys)
        with self.store.read() as connection:
            found = select_decisions(connection, (key.id for key in wanted))
        return {Key(*key): decision for key, decision in found.items() if key in wanted}

    def find_view(self, id: str | None) -> View | None:
        """Give the saved view by which a page was come to, if it was come to by one."""
        if not id:
            return None
        with self.store.read() as connection:
            return select_view(connection, id)

    def load_entry(self, kind: str, id: str) -> Record:
        """Give the part of one entry; raises SourceError if the store does not hold it."""
        part = self.store.load_part([Key(kind, id)])
        if not any(item.id == id for item in getattr(part, kind)):
            raise SourceError(f"there is no {kind.removesuffix('s')} {id} here; it may have gone with a new reading.")
        return part


def get_desk(request: Request) -> Desk:
    """Give the desk of a request: its store, and the visitor that the door let in."""
    state = request.state
    visitor = getattr(state, "visitor", None) or Visitor(name="nobody", role="reader")
    return Desk(
        store=request.app.state.store,
        visitor=visitor,
        token=getattr(state, "token", ""),
        taking=request.url.path.endswith((".csv", ".xlsx")),
    )


AtDesk = Annotated[Desk, Depends(get_desk)]
