"""What is at issue: all issues with how they are taken, and each with who stands where, and since when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from fastapi import APIRouter

from standoff.codebooks import Codebook, load_codebook
from standoff.dossier.words import say_code, say_dates
from standoff.errors import SourceError
from standoff.records import Actor, Stance
from standoff.store.queries import Query
from standoff.store.tallies import Stand
from standoff.web.asked import Day, Named, Offset
from standoff.web.cards import Link, sheet_cards
from standoff.web.choices import Choice, link_actor, link_issue, load_actors, offer_actors
from standoff.web.desk import AtDesk, Cards, Desk
from standoff.web.drawing import Chart, Sign, draw_lanes
from standoff.web.facing import Facing, face_entries
from standoff.web.memory import recall, recall_tally
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.standings import STANCES, Standing, list_own, recall_stands, settle_stands, sheet_standings
from standoff.workflow.kept import load_settings

router = APIRouter()

PAGE = 25
DRAWN = 16  # lines of the picture: one screen
HOLDERS = 60  # holders whose standing is told; those with fewer positions are found in the list
WORDS = 12  # words of a codebook that are shown for an issue
SHIPPED = "the issues that ship with Standoff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """Tell what an issue means, by the codebook that the dispute is read with; `where` says which that is."""

    text: str
    cues: tuple[str, ...] = ()
    for_cues: tuple[str, ...] = ()
    against_cues: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Count the positions of one stance, with its part of all in percent, for the bar."""

    stance: str
    number: int
    start: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Show one issue in the list."""

    issue: Link
    key: str
    definition: str | None
    shares: tuple[Share, ...]
    positions: int
    holders: int
    shifts: int
    conflicts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Issues:
    """Show all issues, the most spoken of first."""

    lines: tuple[Line, ...]


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


def sheet_issues(shown: Issues) -> Iterator[Sheet]:
    """Give the issues as a table."""
    columns = ("issue", "key", "definition", "positions", *STANCES, "holders", "shifts", "conflicts", "link")
    rows = []
    for line in shown.lines:
        counts = {share.stance: share.number for share in line.shares}
        stances = tuple(counts.get(stance, 0) for stance in STANCES)
        numbers = (line.holders, line.shifts, line.conflicts)
        rows.append((line.issue.text, line.key, line.definition, line.positions, *stances, *numbers, line.issue.href))
    yield Sheet(name="issues", columns=columns, rows=rows)


def sheet_issue(shown: Issue) -> Iterator[Sheet]:
    """Give an issue's positions, who stands where, the shifts and the conflicts as tables."""
    yield sheet_cards("positions", shown.found.cards, total=shown.found.total)
    yield sheet_standings("stances", [standing for group in shown.groups for standing in group.standings])
    yield sheet_cards("shifts", (item.card for item in shown.shifts))
    yield sheet_cards("conflicts", (item.card for item in shown.conflicts))


@add_page(router, "/issues", template="issues.html", list_sheets=sheet_issues)
def list_issues(desk: AtDesk) -> Issues:
    """List what is at issue, the most spoken of first."""
    positions = Query(kinds=("positions",))
    by_stance = recall_tally(desk.store, positions, ("issue", "type"))
    between = recall_tally(desk.store, Query(kinds=("shifts", "conflicts")), ("kind", "issue"))
    holding = recall_tally(desk.store, Query(kinds=("positions",), roles=("holder",)), ("issue", "actor"))
    book = load_codebook(load_settings(desk.store).issues or "issues")
    keys = {issue for issue, _ in by_stance if issue} | {issue for _, issue in between if issue}
    lines = []
    for key in keys:
        counts = {stance: count for (issue, stance), count in by_stance.items() if issue == key and stance}
        definition = _define_by(book, key)
        lines.append(
            Line(
                issue=link_issue(key),
                key=key,
                definition=definition.text if definition else None,
                shares=_share(counts),
                positions=sum(counts.values()),
                holders=sum(issue == key for issue, _ in holding),
                shifts=between.get(("shifts", key), 0),
                conflicts=between.get(("conflicts", key), 0),
            )
        )
    return Issues(lines=tuple(sorted(lines, key=lambda line: (-line.positions, line.key))))


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
    definition = _define(desk, key)
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


def _define(desk: Desk, key: str) -> Definition | None:
    """Give what an issue means, by the dispute's own codebook if its settings have one, else by the shipped one."""
    own = load_settings(desk.store).issues
    return _define_by(load_codebook(own or "issues"), key, where="this dispute’s own issues" if own else SHIPPED)


def _define_by(book: Codebook, key: str, *, where: str = SHIPPED) -> Definition | None:
    code = book.codes.get(key)
    if code is None:
        return None
    words = {name: _clean(code.extra.get(name, ())) for name in ("for_cues", "against_cues")}
    return Definition(text=code.definition, cues=_clean(code.cues), where=where, **words)


def _clean(cues: Sequence[str]) -> tuple[str, ...]:
    """Give cues as words, without the marks that tell their part of speech."""
    return tuple(dict.fromkeys(str(cue).partition("/")[0] for cue in cues))[:WORDS]


def _share(counts: Mapping[str, int]) -> tuple[Share, ...]:
    total, start, shares = sum(counts.values()), 0.0, []
    for stance in STANCES:
        if number := counts.get(stance, 0):
            width = 100 * number / total
            shares.append(Share(stance=stance, number=number, start=round(start, 2), width=round(width, 2)))
            start += width
    return tuple(shares)


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
