"""Who deals with whom: the pairs with most deeds between them, and each with what they did and said, both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter

from standoff.dossier.words import say_code
from standoff.errors import SourceError
from standoff.records import Actor, Status
from standoff.store.dealings import (
    Dealing,
    Direction,
    find_deeds,
    find_regards,
    find_words,
    rank_pairs,
    tally_dealings,
)
from standoff.store.queries import Query
from standoff.store.tallies import find_span
from standoff.web.asked import Day, Named, Offset
from standoff.web.cards import Link, sheet_cards
from standoff.web.choices import Choice, link_actor, load_actors, offer_actors
from standoff.web.columns import Axis, Panel, count_type, draw_panel, find_quad, make_axis
from standoff.web.desk import AtDesk, Cards
from standoff.web.facing import Facing, face_entries
from standoff.web.memory import recall
from standoff.web.page import add_page
from standoff.web.sheets import Sheet

router = APIRouter()

PAIRS, PAGE = 24, 25
WORDS, STANDS, CONFLICTS = 10, 10, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Count the deeds of one type in one month, one way: a row of the dyad table."""

    month: str | None
    actor: str
    actor_id: str
    recipient: str
    recipient_id: str
    type: str
    quad: int | None
    status: str
    deeds: int


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Count the deeds of one type, both ways."""

    type: str
    word: str
    quad: int | None
    quad_word: str
    to: int
    back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """Show one pair: what each did to the other over time, what they said of each other, and where they differ."""

    one: Link
    other: Link
    axis: Axis | None
    panels: tuple[Panel, ...]
    kinds: tuple[Kind, ...]
    deeds: Cards
    limit: int
    offset: int
    words: Cards
    stands: Cards
    conflicts: tuple[Facing, ...]
    table: tuple[Count, ...]


def sheet_dyads(shown: Dyads) -> Iterator[Sheet]:
    """Give the dyad table of the pairs: a row for each month, way, type and status."""
    yield sheet_counts("dyads", shown.table)


def sheet_dyad(shown: Dyad) -> Iterator[Sheet]:
    """Give the dyad table of the pair, its deeds, its words and its conflicts."""
    yield sheet_counts("dyad", shown.table)
    yield sheet_cards("deeds", shown.deeds.cards, total=shown.deeds.total)
    yield sheet_cards("words", shown.words.cards)
    yield sheet_cards("positions", shown.stands.cards)
    yield sheet_cards("conflicts", (item.card for item in shown.conflicts))


def sheet_counts(name: str, table: Iterable[Count]) -> Sheet:
    """Give counts as the rows of a dyad table; an empty month is one that is not known."""
    columns = ("month", "actor", "actor_id", "recipient", "recipient_id", "type", "quad", "status", "deeds")
    return Sheet(name=name, columns=columns, rows=[tuple(getattr(row, key) for key in columns) for row in table])


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
                panels=tuple(draw_panel(_name_way(actors, *way), by_way[way], axis) for way in ways),
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
        table=tuple(_count(dealings, actors)),
    )


@add_page(router, "/dyads/{one}/{other}", template="dyad.html", list_sheets=sheet_dyad)
def show_dyad(
    desk: AtDesk,
    one: str,
    other: str,
    direction: Direction = "both",
    type: Named = None,
    status: Literal["", Status] | None = None,
    since: Day = None,
    until: Day = None,
    offset: Offset = 0,
) -> Dyad:
    """Show what two did to each other over time, what they said of each other, and where they do not agree."""
    actors = load_actors(desk, (one, other))
    for id in (one, other):
        if id not in actors:
            raise SourceError(f"there is no actor {id} here; it may have gone with a new reading.")
    if one == other:
        raise SourceError(f"{actors[one].name} is one actor; choose two to see what they did to each other.")
    with desk.store.read() as connection:
        dealings = tally_dealings(connection, pairs=[(one, other)])
        first, last = find_span(connection, "articles")
        deeds, total = find_deeds(
            connection,
            one,
            other,
            direction=direction,
            type=type or None,
            status=status or None,
            since=since,
            until=until,
            limit=desk.reach(PAGE),
            offset=offset,
        )
        words, said = find_words(connection, one, other, limit=WORDS)
        regards, stands = find_regards(connection, one, other, limit=STANDS)
    axis = make_axis(dealings, first=first, last=last)
    ways = ((one, other), (other, one))
    clashes = Query(kinds=("conflicts",), actor=one, roles=("party",), other=other, order="best", limit=CONFLICTS)
    return Dyad(
        one=link_actor(actors, one),
        other=link_actor(actors, other),
        axis=axis,
        panels=tuple(draw_panel(_name_way(actors, *way), _choose_way(dealings, *way), axis) for way in ways),
        kinds=tuple(_list_kinds(dealings, one)),
        deeds=Cards(cards=desk.make_cards(deeds), total=total),
        limit=PAGE,
        offset=offset,
        words=Cards(cards=desk.make_cards(words), total=said),
        stands=Cards(cards=desk.make_cards(regards), total=stands),
        conflicts=face_entries(desk, desk.store.find_entries(clashes).keys),
        table=tuple(_count(dealings, actors)),
    )


def _choose_way(dealings: Iterable[Dealing], actor: str, recipient: str) -> list[Dealing]:
    return [dealing for dealing in dealings if (dealing.actor, dealing.recipient) == (actor, recipient)]


def _name_way(actors: Mapping[str, Actor], actor: str, recipient: str) -> str:
    return f"{link_actor(actors, actor).text} → {link_actor(actors, recipient).text}"


def _list_kinds(dealings: Sequence[Dealing], one: str) -> Iterator[Kind]:
    """Yield the types of deed, from working together to fighting, with how often each did it."""
    counts: Counter[tuple[str, bool]] = Counter()
    for dealing in dealings:
        counts[count_type(dealing), dealing.actor == one] += dealing.deeds
    types = {type for type, _ in counts}
    for type in sorted(types, key=lambda type: (find_quad(type) or 9, -counts[type, True] - counts[type, False], type)):
        quad = find_quad(type)
        yield Kind(
            type=type,
            word=say_code("types", type),
            quad=quad,
            quad_word=say_code("quads", str(quad)) if quad else "",
            to=counts[type, True],
            back=counts[type, False],
        )


def _count(dealings: Iterable[Dealing], actors: Mapping[str, Actor]) -> Iterator[Count]:
    for dealing in dealings:
        yield Count(
            month=dealing.month,
            actor=link_actor(actors, dealing.actor).text,
            actor_id=dealing.actor,
            recipient=link_actor(actors, dealing.recipient).text,
            recipient_id=dealing.recipient,
            type=count_type(dealing),
            quad=find_quad(count_type(dealing)),
            status=dealing.status,
            deeds=dealing.deeds,
        )
