"""Lay out where each stands on what, when that shifted, and where the reports disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from standoff.dossier.catalogue import Catalogue, Fact, Name, Quote, name_article, place_fact
from standoff.dossier.passages import list_statement
from standoff.dossier.words import make_key, say_code
from standoff.records import Attribution, Conflict, Event, Position, Shift

STRONG = 0.7  # a score from which a conflict is called strong; set so that a bare difference of words stays "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Show one position, with the words it was read from."""

    stance: str
    word: str
    symbol: str
    date: str
    dated: bool
    sort: str
    toward: Name | None
    condition: str | None
    quote: Quote | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Collect positions of one stance that follow one another."""

    stance: str
    word: str
    symbol: str
    stands: tuple[Stand, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Show one of two passages that do not fit."""

    speaker: Name | None
    article: str
    outlet: str | None
    date: str
    quote: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Show two passages side by side, and why they do not seem to hold together."""

    kind: str
    issue: str | None
    key: str
    left: Side
    right: Side
    why: str
    strength: str
    actors: tuple[int, ...]


def present_grid(catalogue: Catalogue) -> Grid:
    """Give the grid of holders by prominence and issues by how much is said of them."""
    positions = [position for position in catalogue.record.positions if position.holder in catalogue.actor_numbers]
    counts = Counter(position.issue for position in positions)
    issues = sorted(counts, key=lambda issue: (-counts[issue], issue))
    shifted = {(shift.holder, shift.issue) for shift in catalogue.record.shifts}
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
    ordered = sorted(positions, key=lambda position: catalogue.place(position.passage))
    stands = sorted((show_stand(catalogue, position) for position in ordered), key=lambda stand: stand.sort)
    runs = []
    for _, group in groupby(stands, key=lambda stand: stand.stance):
        members = tuple(group)
        first = members[0]
        runs.append(Run(stance=first.stance, word=first.word, symbol=first.symbol, stands=members))
    return Cell(issue=say_code("issues", issue), key=make_key(issue), runs=tuple(runs), shifted=shifted)


def show_stand(catalogue: Catalogue, position: Position) -> Stand:
    """Show one position in words."""
    sort, date, dated = catalogue.date(position.when, position.passage)
    return Stand(
        stance=position.stance,
        word=say_code("stances", position.stance),
        symbol=say_code("symbols", position.stance),
        date=date,
        dated=dated,
        sort=sort,
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


def present_clashes(catalogue: Catalogue) -> tuple[Clash, ...]:
    """Give the conflicts, the strongest first."""
    facts: dict[str, Fact] = {**catalogue.attributions, **catalogue.events, **catalogue.positions}
    ordered = sorted(catalogue.record.conflicts, key=lambda conflict: -conflict.score)
    return tuple(
        _show_clash(catalogue, conflict, facts[conflict.left], facts[conflict.right])
        for conflict in ordered
        if conflict.left in facts and conflict.right in facts
    )


def _show_clash(catalogue: Catalogue, conflict: Conflict, left: Fact, right: Fact) -> Clash:
    return Clash(
        kind=say_code("conflicts", conflict.kind),
        issue=say_code("issues", conflict.issue) if conflict.issue else None,
        key=make_key(conflict.issue or ""),
        left=_show_side(catalogue, left),
        right=_show_side(catalogue, right),
        why=conflict.why,
        strength="strong" if conflict.score >= STRONG else "possible",
        actors=tuple(dict.fromkeys((*_involve(catalogue, left), *_involve(catalogue, right)))),
    )


def _show_side(catalogue: Catalogue, fact: Fact) -> Side:
    passages = list_statement(fact) if isinstance(fact, Attribution) else (fact.passage,)
    place = place_fact(fact)
    article = catalogue.by_id.get(place.article) if place else None
    _, date, _ = catalogue.date(fact.when, place)
    return Side(
        speaker=_name_voucher(catalogue, fact),
        article=name_article(article) if article else "",
        outlet=article.outlet if article else None,
        date=date,
        quote=catalogue.quote(passages),
    )


def _name_voucher(catalogue: Catalogue, fact: Fact) -> Name | None:
    """Give whose word a fact is, or None where the report itself says it."""
    basis = fact.id if isinstance(fact, Attribution) else fact.asserted_by if isinstance(fact, Event) else fact.basis
    attribution = catalogue.attributions.get(basis or "")
    if attribution is not None:
        return catalogue.speaker(attribution)
    return catalogue.name(fact.holder) if isinstance(fact, Position) else None


def _involve(catalogue: Catalogue, fact: Fact) -> Iterable[int]:
    """Give the numbers of the actors that a fact concerns, for the page's filter."""
    voucher = _name_voucher(catalogue, fact)
    actors = (*fact.actors, *fact.recipients) if isinstance(fact, Event) else ()
    return [name.number for name in (*([voucher] if voucher else []), *catalogue.names(actors)) if name.number]
