"""One pair: what each did to the other over time, what they said of each other, and where they do not agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter

from standoff.dossier.words import say_code
from standoff.errors import SourceError
from standoff.records import Status
from standoff.store.index.dealings import Dealing, Direction, find_deeds, find_regards, find_words, tally_dealings
from standoff.store.index.queries import Query
from standoff.store.index.tallies import find_span
from standoff.web.asked.kinds import Day, Named, Offset
from standoff.web.desk import AtDesk, Cards
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Link, sheet_cards
from standoff.web.shown.choices import link_actor, load_actors
from standoff.web.shown.columns import Axis, Panel, count_type, draw_panel, find_quad, make_axis
from standoff.web.shown.dyad_table import Count, list_counts, name_way, sheet_counts
from standoff.web.shown.facing import Facing, face_entries

router = APIRouter()

PAGE = 25
WORDS, STANDS, CONFLICTS = 10, 10, 5


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


def sheet_dyad(shown: Dyad) -> Iterator[Sheet]:
    """Give the dyad table of the pair, its deeds, its words and its conflicts."""
    yield sheet_counts("dyad", shown.table)
    yield sheet_cards("deeds", shown.deeds.cards, total=shown.deeds.total)
    yield sheet_cards("words", shown.words.cards)
    yield sheet_cards("positions", shown.stands.cards)
    yield sheet_cards("conflicts", (item.card for item in shown.conflicts))


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
        panels=tuple(draw_panel(name_way(actors, *way), _choose_way(dealings, *way), axis) for way in ways),
        kinds=tuple(_list_kinds(dealings, one)),
        deeds=Cards(cards=desk.make_cards(deeds), total=total),
        limit=PAGE,
        offset=offset,
        words=Cards(cards=desk.make_cards(words), total=said),
        stands=Cards(cards=desk.make_cards(regards), total=stands),
        conflicts=face_entries(desk, desk.store.find_entries(clashes).keys),
        table=tuple(list_counts(dealings, actors)),
    )


def _choose_way(dealings: Iterable[Dealing], actor: str, recipient: str) -> list[Dealing]:
    return [dealing for dealing in dealings if (dealing.actor, dealing.recipient) == (actor, recipient)]


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
