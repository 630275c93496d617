"""Who deals with whom: the pairs with most deeds between them, by month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter

from standoff.store.index.dealings import Dealing, rank_pairs, tally_dealings
from standoff.store.index.queries import Query
from standoff.store.index.tallies import find_span
from standoff.web.asked.kinds import Named, Offset
from standoff.web.asked.memory import recall
from standoff.web.desk import AtDesk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Link
from standoff.web.shown.choices import Choice, link_actor, load_actors, offer_actors
from standoff.web.shown.columns import Axis, Panel, draw_panel, make_axis
from standoff.web.shown.dyad_table import Count, list_counts, name_way, sheet_counts

router = APIRouter()

PAIRS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Show two who deal with each other, with a panel for each way in which anything was done."""

    first: Link
    second: Link
    href: str
    deeds: int
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyads:
    """Show one page of pairs, those with most deeds first."""

    pairs: tuple[Pair, ...]
    axis: Axis | None
    total: int
    more: bool
    limit: int
    offset: int
    actors: tuple[Choice, ...]
    table: tuple[Count, ...]


def sheet_dyads(shown: Dyads) -> Iterator[Sheet]:
    """Give the dyad table of the pairs: a row for each month, way, type and status."""
    yield sheet_counts("dyads", shown.table)


@add_page(router, "/dyads", template="dyads.html", list_sheets=sheet_dyads)
def list_dyads(desk: AtDesk, actor: Named = None, offset: Offset = 0) -> Dyads:
    """List who deals with whom, the pairs with most deeds between them first."""

    def count() -> tuple[list[tuple[str, str, int]], int, list[Dealing]]:
        with desk.store.read() as connection:
            ranked, total = rank_pairs(connection, actor=actor or None, limit=PAIRS, offset=offset)
            pairs = [(one, other) for one, other, _ in ranked]
            if desk.reach(PAIRS) > PAIRS:  # the whole table is taken out
                return ranked, total, tally_dealings(connection, actor=actor or None)
            return ranked, total, tally_dealings(connection, pairs=pairs) if pairs else []

    taken = desk.reach(PAIRS) > PAIRS
    ranked, total, dealings = count() if taken else recall(desk.store, ("dyads", actor or None, offset), count)
    with desk.store.read() as connection:
        first, last = find_span(connection, "articles")
    named = {id for dealing in dealings for id in (dealing.actor, dealing.recipient)}
    actors = load_actors(desk, named | {id for one, other, _ in ranked for id in (one, other)})
    axis = make_axis(dealings, first=first, last=last)
    by_way: dict[tuple[str, str], list[Dealing]] = {}
    for dealing in dealings:
        by_way.setdefault((dealing.actor, dealing.recipient), []).append(dealing)
    pairs = []
    for one, other, deeds in ranked:
        ways = sorted(
            (way for way in ((one, other), (other, one)) if way in by_way),
            key=lambda way: -sum(dealing.deeds for dealing in by_way[way]),
        )
        doer, second = ways[0] if ways else (one, other)
        pairs.append(
            Pair(
                first=link_actor(actors, doer),
                second=link_actor(actors, second),
                href=f"/dyads/{doer}/{second}",
                deeds=deeds,
                panels=tuple(draw_panel(name_way(actors, *way), by_way[way], axis) for way in ways),
            )
        )
    return Dyads(
        pairs=tuple(pairs),
        axis=axis,
        total=total,
        more=False,
        limit=PAIRS,
        offset=offset,
        actors=offer_actors(desk, Query(kinds=("events",), roles=("actor", "recipient")), chosen=actor or None),
        table=tuple(list_counts(dealings, actors)),
    )
