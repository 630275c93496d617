"""One issue: what it means, who stands where and since when, and every place that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter

from standoff.dossier.words import say_code, say_dates
from standoff.errors import SourceError
from standoff.records import Actor, Stance
from standoff.store.index.queries import Query
from standoff.store.index.tallies import Stand
from standoff.web.asked.kinds import Day, Named, Offset
from standoff.web.asked.memory import recall, recall_tally
from standoff.web.desk import AtDesk, Cards
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Link, sheet_cards
from standoff.web.shown.choices import Choice, link_actor, link_issue, load_actors, offer_actors
from standoff.web.shown.definitions import Definition, define_issues
from standoff.web.shown.drawing import Chart, Sign, draw_lanes
from standoff.web.shown.facing import Facing, face_entries
from standoff.web.shown.standings import STANCES, Standing, list_own, recall_stands, settle_stands, sheet_standings

router = APIRouter()

PAGE = 25
DRAWN = 16  # lines of the picture: one screen
HOLDERS = 60  # holders whose standing is told; those with fewer positions are found in the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Collect those who hold one stance now."""

    stance: str
    word: str
    symbol: str
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """Show one issue: what it means, who stands where, how that came about, and every place that says so."""

    key: str
    name: str
    definition: Definition | None
    positions: int
    span: str
    groups: tuple[Group, ...]
    chart: Chart | None
    shifts: tuple[Facing, ...]
    conflicts: tuple[Facing, ...]
    found: Cards
    limit: int
    offset: int
    holders: tuple[Choice, ...]


def sheet_issue(shown: Issue) -> Iterator[Sheet]:
    """Give an issue's positions, who stands where, the shifts and the conflicts as tables."""
    yield sheet_cards("positions", shown.found.cards, total=shown.found.total)
    yield sheet_standings("stances", [standing for group in shown.groups for standing in group.standings])
    yield sheet_cards("shifts", (item.card for item in shown.shifts))
    yield sheet_cards("conflicts", (item.card for item in shown.conflicts))


@add_page(router, "/issues/{key}", template="issue.html", list_sheets=sheet_issue)
def show_issue(
    desk: AtDesk,
    key: str,
    holder: Named = None,
    stance: Literal["", Stance] | None = None,
    since: Day = None,
    until: Day = None,
    offset: Offset = 0,
) -> Issue:
    """Show one issue: who stands where, since when, and every place that says so."""
    every = Query(kinds=("positions",), issue=key, roles=("holder",))
    counts = [id for (id,) in recall_tally(desk.store, every, ("actor",)) if id]
    definition = define_issues(desk, [key]).get(key)
    between = Query(kinds=("shifts",), issue=key, order="newest", limit=5)
    clashes = Query(kinds=("conflicts",), issue=key, order="best", limit=3)
    shifts = face_entries(desk, desk.store.find_entries(between).keys)
    conflicts = face_entries(desk, desk.store.find_entries(clashes).keys)
    if not counts and definition is None and not conflicts:
        raise SourceError(f"there is no issue “{key}” here; choose one from the list of issues.")
    chosen = counts[:HOLDERS]
    stands = recall_stands(desk.store, issues=[key], holders=chosen) if chosen else []

    def lay_out() -> tuple[tuple[Group, ...], Chart | None]:
        actors = load_actors(desk, {*chosen, *(stand.teller for stand in stands if stand.teller)})
        return _group(stands, actors), _draw(stands, actors, chosen, key)

    groups, chart = recall(desk.store, ("issue", key), lay_out)
    found = Query(
        kinds=("positions",),
        issue=key,
        actor=holder or None,
        roles=("holder",) if holder else (),
        type=stance or None,
        since=since,
        until=until,
        order="newest",
        limit=desk.reach(PAGE),
        offset=offset,
    )
    days = [day for stand in stands for day in (stand.earliest, stand.latest) if day]
    return Issue(
        key=key,
        name=say_code("issues", key),
        definition=definition,
        positions=sum(stand.times for stand in stands),
        span=say_dates(min(days), max(days)) if days else "",
        groups=groups,
        chart=chart,
        shifts=shifts,
        conflicts=conflicts,
        found=desk.find_cards(found),
        limit=PAGE,
        offset=offset,
        holders=offer_actors(desk, every, chosen=holder or None),
    )


def _group(stands: Sequence[Stand], actors: Mapping[str, Actor]) -> tuple[Group, ...]:
    """Group the holders by where they stand now; those who spoke themselves, and most often, first."""
    settled = sorted(
        settle_stands(stands, actors).values(),
        key=lambda standing: (standing.teller is not None, -standing.times, standing.holder.text),
    )
    return tuple(
        Group(
            stance=stance,
            word=say_code("stances", stance),
            symbol=say_code("symbols", stance),
            standings=tuple(standing for standing in settled if standing.stance == stance),
        )
        for stance in STANCES
    )


def _draw(stands: Sequence[Stand], actors: Mapping[str, Actor], holders: Sequence[str], key: str) -> Chart | None:
    """Draw a line for each holder, those who took several stances first."""
    own: dict[str, list[Stand]] = {}
    for stand in list_own(stands, actors):
        own.setdefault(stand.holder, []).append(stand)
    ordered = sorted(
        (holder for holder in holders if holder in own and holder in actors),
        key=lambda holder: (-len({stand.stance for stand in own[holder]}), holders.index(holder)),
    )
    named = [(_link_holder(actors, holder, key), _list_signs(own[holder])) for holder in ordered]
    return draw_lanes(named, shown=DRAWN)


def _link_holder(actors: Mapping[str, Actor], holder: str, key: str) -> Link:
    return Link(text=link_actor(actors, holder).text, href=f"{link_issue(key).href}?holder={holder}#positions")


def _list_signs(stands: Sequence[Stand]) -> list[Sign]:
    """Give a sign for each stance on each day, however many places say it."""
    told = {(stand.stance, stand.earliest, stand.latest): stand for stand in stands}
    return [
        Sign(
            earliest=stand.earliest,
            latest=stand.latest,
            look=stand.stance,
            sign=say_code("symbols", stand.stance),
            text=f"{say_code('stances', stand.stance)}, {say_dates(stand.earliest, stand.latest)}",
        )
        for stand in told.values()
    ]
