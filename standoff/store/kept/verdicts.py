"""Tell what holds of entries by what people decided, and look through all that they did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlalchemy import Connection, Select, Subquery, func, select

from standoff.records import Judgement
from standoff.store.index.entries import MANY
from standoff.store.kept.judgements import give_withdrawn, judgements

# How an entry stands after the last word on it.
DECIDED: Mapping[str, str] = {"confirm": "confirmed", "reject": "rejected", "correct": "corrected"}

Judged = Literal["open", "decided", "confirmed", "rejected", "corrected"]

ADAPTER = TypeAdapter(Judgement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Hold what was last decided on an entry ("confirmed", "rejected", "corrected"), by which judgement, by whom."""

    verdict: str
    id: str
    who: str
    at: str
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Say which judgements are looked for; `open` keeps those that hold or that were withdrawn, None both."""

    id: str | None = None
    kind: str | None = None
    verdict: str | None = None
    who: str | None = None
    entry: str | None = None
    open: bool | None = None
    limit: int = 50
    offset: int = 0


def give_latest() -> Subquery:
    """Give, for other statements to build on, the judgement that holds of each entry: the last not withdrawn."""
    last = (
        select(func.max(judgements.c.number))
        .where(judgements.c.verdict.in_(DECIDED), judgements.c.id.not_in(give_withdrawn()))
        .group_by(judgements.c.kind, judgements.c.entry)
    )
    return select(judgements).where(judgements.c.number.in_(last)).subquery("latest")


def give_judged(judged: Judged) -> Select[tuple[str]]:
    """Give the ids of the entries on which that was decided, or, for "open", of all on which anything was."""
    latest = give_latest()
    verdicts = [verdict for verdict, said in DECIDED.items() if judged in ("open", "decided", said)]
    return select(latest.c.entry).where(latest.c.verdict.in_(verdicts))


def select_decisions(connection: Connection, ids: Iterable[str]) -> dict[tuple[str, str], Decision]:
    """Give what holds of these entries, by kind and id, where anything was decided."""
    latest = give_latest()
    listed = sorted(set(ids))
    found: dict[tuple[str, str], Decision] = {}
    for start in range(0, len(listed), MANY):
        for row in connection.execute(select(latest).where(latest.c.entry.in_(listed[start : start + MANY]))):
            decision = Decision(verdict=DECIDED[row.verdict], id=row.id, who=row.who, at=row.at, why=row.why)
            found[row.kind, row.entry] = decision
    return found


def tally_decisions(connection: Connection) -> dict[str, dict[str, int]]:
    """Count by kind how many entries were confirmed, rejected and corrected, those that have gone since included."""
    latest = give_latest()
    counts: dict[str, dict[str, int]] = {}
    counted = select(latest.c.kind, latest.c.verdict, func.count()).group_by(latest.c.kind, latest.c.verdict)
    for kind, verdict, count in connection.execute(counted):
        counts.setdefault(kind, {})[DECIDED[verdict]] = count
    return counts


def tally_scores(connection: Connection, kind: str, *, field: str) -> list[tuple[str, float]]:
    """Give how each entry of a kind was decided, with the score that its judgement keeps in this field."""
    latest = give_latest()
    score = latest.c.fields[field].as_float()
    wanted = select(latest.c.verdict, score).where(latest.c.kind == kind, score.is_not(None))
    return [(DECIDED[verdict], score) for verdict, score in connection.execute(wanted)]


def find_judgements(connection: Connection, search: Search) -> tuple[tuple[Judgement, ...], int]:
    """Give one page of the judgements that are looked for, the latest first, and how many there are in all."""
    columns = [column for column in judgements.c if column.name != "number"]
    wanted = _restrict(select(*columns), search).order_by(judgements.c.number.desc())
    total = connection.execute(_restrict(select(func.count()).select_from(judgements), search)).scalar_one()
    rows = connection.execute(wanted.limit(search.limit).offset(search.offset))
    return tuple(ADAPTER.validate_python(row._asdict()) for row in rows), total


def fits(judgement: Judgement, search: Search) -> bool:
    """Tell whether a judgement that is at hand is one that is looked for, whether it holds or not."""
    asked = ((search.kind, judgement.kind), (search.verdict, judgement.verdict), (search.who, judgement.who))
    named = search.entry in (None, judgement.entry, judgement.other)
    return named and all(wanted in (None, has) for wanted, has in asked)


def list_judges(connection: Connection) -> tuple[str, ...]:
    """Give the names of all who ever decided anything."""
    return tuple(connection.execute(select(judgements.c.who).distinct().order_by(judgements.c.who)).scalars())


def find_withdrawn(connection: Connection, ids: Iterable[str]) -> dict[str, Decision]:
    """Give, for those of these judgements that were withdrawn, by whom and when."""
    wanted = select(judgements).where(judgements.c.verdict == "withdraw", judgements.c.entry.in_(sorted(set(ids))))
    return {
        row.entry: Decision(verdict="withdrawn", id=row.id, who=row.who, at=row.at, why=row.why)
        for row in connection.execute(wanted)
    }


def _restrict(wanted: Select[Any], search: Search) -> Select[Any]:
    for column, value in (
        (judgements.c.id, search.id),
        (judgements.c.kind, search.kind),
        (judgements.c.verdict, search.verdict),
        (judgements.c.who, search.who),
    ):
        if value is not None:
            wanted = wanted.where(column == value)
    if search.entry is not None:
        wanted = wanted.where((judgements.c.entry == search.entry) | (judgements.c.other == search.entry))
    if search.open is True:
        wanted = wanted.where(judgements.c.verdict != "withdraw", judgements.c.id.not_in(give_withdrawn()))
    elif search.open is False:
        wanted = wanted.where(judgements.c.id.in_(give_withdrawn()))
    return wanted
