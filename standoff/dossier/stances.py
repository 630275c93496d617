"""Lay out where each stands on what, and when that shifted."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from standoff.dossier.catalogue import Catalogue, Name, Quote
from standoff.dossier.words import make_key, say_code
from standoff.records import Position, Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Show one position, with the words it was read from; `days` bound it, and `teller` is another who tells of it."""

    holder: Name
    stance: str
    word: str
    symbol: str
    date: str
    dated: bool
    sort: str
    days: tuple[datetime.date, datetime.date] | None
    teller: Name | None
    toward: Name | None
    condition: str | None
    quote: Quote | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Collect positions of one stance that follow one another; `later` if all are certain to lie after those before."""

    stance: str
    word: str
    symbol: str
    teller: Name | None
    stands: tuple[Stand, ...]
    later: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Show where one holder stands on one issue, over time."""

    issue: str
    key: str
    runs: tuple[Run, ...]
    shifted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Show one holder's line of the grid: a cell, or None, for each issue."""

    holder: Name
    cells: tuple[Cell | None, ...]
    issues: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Show who stands where on what; `issues` are (key, words), the most spoken of first."""

    issues: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Show a change of stance: the position before, the one after, and why they are held to be a change."""

    holder: Name
    issue: str
    key: str
    before: Stand
    after: Stand
    why: str


def present_grid(catalogue: Catalogue) -> Grid:
    """Give the grid of holders by prominence and issues by how much is said of them."""
    positions = [position for position in catalogue.record.positions if position.holder in catalogue.actor_numbers]
    counts = Counter(position.issue for position in positions)
    issues = sorted(counts, key=lambda issue: (-counts[issue], issue))
    shifted = {
        (shift.holder, shift.issue)
        for shift in catalogue.record.shifts
        if all(  # a side may shift through two of its voices, and then no cell of the grid does
            (stand := catalogue.positions.get(end)) and stand.holder == shift.holder
            for end in (shift.before, shift.after)
        )
    }
    cells: dict[tuple[str, str], list[Position]] = {}
    for position in positions:
        cells.setdefault((position.holder, position.issue), []).append(position)
    rows = []
    for actor in catalogue.actors:
        found = [
            _show_cell(catalogue, issue, cells[actor.id, issue], shifted=(actor.id, issue) in shifted)
            if (actor.id, issue) in cells
            else None
            for issue in issues
        ]
        held = tuple(cell.key for cell in found if cell)
        if held:
            rows.append(Row(holder=catalogue.name(actor.id), cells=tuple(found), issues=held))
    return Grid(issues=tuple((make_key(issue), say_code("issues", issue)) for issue in issues), rows=tuple(rows))


def _show_cell(catalogue: Catalogue, issue: str, positions: Sequence[Position], *, shifted: bool) -> Cell:
    """Show what a holder says in order of time, and then what others say of the holder."""
    ordered = sorted(positions, key=lambda position: catalogue.place(position.passage))
    stands = sorted(
        (show_stand(catalogue, position) for position in ordered),
        key=lambda stand: (stand.teller.text if stand.teller else "", stand.sort),
    )
    runs: list[Run] = []
    for (stance, teller), group in groupby(stands, key=lambda stand: (stand.stance, stand.teller)):
        members = tuple(group)
        before = runs[-1] if runs and teller is None else None
        runs.append(
            Run(
                stance=stance,
                word=members[0].word,
                symbol=members[0].symbol,
                teller=teller,
                stands=members,
                later=before is not None and _is_later(members, before.stands),
            )
        )
    return Cell(issue=say_code("issues", issue), key=make_key(issue), runs=tuple(runs), shifted=shifted)


def _is_later(after: Sequence[Stand], before: Sequence[Stand]) -> bool:
    """Tell whether all of these are certain to lie after all of those."""
    firsts = [stand.days for stand in before]
    nexts = [stand.days for stand in after]
    if not all(firsts) or not all(nexts):
        return False
    return max(days[1] for days in firsts if days) < min(days[0] for days in nexts if days)


def show_stand(catalogue: Catalogue, position: Position) -> Stand:
    """Show one position in words."""
    sort, date, dated = catalogue.date(position.when, position.passage)
    return Stand(
        holder=catalogue.name(position.holder),
        stance=position.stance,
        word=say_code("stances", position.stance),
        symbol=say_code("symbols", position.stance),
        date=date,
        dated=dated,
        sort=sort,
        days=catalogue.bound(position.when, position.passage),
        teller=catalogue.find_teller(position),
        toward=catalogue.name(position.toward) if position.toward in catalogue.actor_numbers else None,
        condition=position.condition.text if position.condition else None,
        quote=catalogue.quote([position.passage]),
        why=f"{position.why} (score {position.score:.2f})",
    )


def present_turns(catalogue: Catalogue) -> tuple[Turn, ...]:
    """Give each shift with the words before and after, in the record's order."""

    def show(shift: Shift) -> Turn | None:
        before, after = catalogue.positions.get(shift.before), catalogue.positions.get(shift.after)
        if before is None or after is None:
            return None
        return Turn(
            holder=catalogue.name(shift.holder),
            issue=say_code("issues", shift.issue),
            key=make_key(shift.issue),
            before=show_stand(catalogue, before),
            after=show_stand(catalogue, after),
            why=shift.why,
        )

    return tuple(turn for turn in map(show, catalogue.record.shifts) if turn)
