"""What is at issue: all issues, and how each is taken."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import APIRouter

from standoff.store.index.queries import Query
from standoff.web.asked.memory import recall_tally
from standoff.web.desk import AtDesk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Link
from standoff.web.shown.choices import link_issue
from standoff.web.shown.definitions import define_issues
from standoff.web.shown.standings import STANCES

router = APIRouter()


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


@add_page(router, "/issues", template="issues.html", list_sheets=sheet_issues)
def list_issues(desk: AtDesk) -> Issues:
    """List what is at issue, the most spoken of first."""
    positions = Query(kinds=("positions",))
    by_stance = recall_tally(desk.store, positions, ("issue", "type"))
    between = recall_tally(desk.store, Query(kinds=("shifts", "conflicts")), ("kind", "issue"))
    holding = recall_tally(desk.store, Query(kinds=("positions",), roles=("holder",)), ("issue", "actor"))
    keys = {issue for issue, _ in by_stance if issue} | {issue for _, issue in between if issue}
    definitions = define_issues(desk, keys)
    lines = []
    for key in keys:
        counts = {stance: count for (issue, stance), count in by_stance.items() if issue == key and stance}
        definition = definitions.get(key)
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


def _share(counts: Mapping[str, int]) -> tuple[Share, ...]:
    total, start, shares = sum(counts.values()), 0.0, []
    for stance in STANCES:
        if number := counts.get(stance, 0):
            width = 100 * number / total
            shares.append(Share(stance=stance, number=number, start=round(start, 2), width=round(width, 2)))
            start += width
    return tuple(shares)
