"""Count what pictures are drawn from: stances by holder and days, deeds by pair and month; nothing is loaded for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from standoff.records import Failure
from standoff.store.entries import entries, links
from standoff.store.tables import TABLES


class Stand(NamedTuple):
    """Hold how often a holder takes a stance on an issue on the same days, by the word of the same teller.

    `teller` is the outermost source that the position is told by, None where it rests on nobody's word.
    """

    holder: str
    issue: str
    stance: str
    teller: str | None
    earliest: str | None
    latest: str | None
    times: int


class Dealing(NamedTuple):
    """Hold how many deeds of one type one actor did to another in a month; `month` is None where it is not known."""

    actor: str
    recipient: str
    type: str
    status: str
    month: str | None
    deeds: int


def tally_stands(connection: Connection, *, issues: Sequence[str] = (), holders: Sequence[str] = ()) -> list[Stand]:
    """Count the positions of these holders on these issues (all, if none are given), in order of their first days."""
    position, held = entries.alias("position"), links.alias("held")
    basis, said, source = links.alias("basis"), entries.alias("said"), links.alias("source")
    inside, outer, teller = links.alias("inside"), entries.alias("outer"), links.alias("teller")
    told = func.coalesce(teller.c.target, source.c.target)
    wanted = (
        select(
            held.c.target,
            position.c.issue,
            position.c.type,
            told,
            position.c.earliest,
            position.c.latest,
            func.count(),
        )
        .select_from(position)
        .join(held, and_(held.c.entry == position.c.number, held.c.role == "holder"))
        .outerjoin(basis, and_(basis.c.entry == position.c.number, basis.c.role == "basis"))
        .outerjoin(said, and_(said.c.kind == "attributions", said.c.id == basis.c.target))
        .outerjoin(source, and_(source.c.entry == said.c.number, source.c.role == "source"))
        .outerjoin(inside, and_(inside.c.entry == said.c.number, inside.c.role == "inside"))
        .outerjoin(outer, and_(outer.c.kind == "attributions", outer.c.id == inside.c.target))
        .outerjoin(teller, and_(teller.c.entry == outer.c.number, teller.c.role == "source"))
        .where(position.c.kind == "positions", position.c.issue.is_not(None))
        .group_by(held.c.target, position.c.issue, position.c.type, told, position.c.earliest, position.c.latest)
        .order_by(position.c.earliest.is_(None), position.c.earliest, position.c.latest, held.c.target, position.c.type)
    )
    if issues:
        wanted = wanted.where(position.c.issue.in_(issues))
    if holders:
        wanted = wanted.where(held.c.target.in_(holders))
    return [Stand(*row) for row in connection.execute(wanted)]


def tally_dealings(
    connection: Connection, *, pairs: Sequence[tuple[str, str]] = (), statuses: Sequence[str] = ("actual", "future")
) -> list[Dealing]:
    """Count the deeds between these pairs, both ways; what several reports tell as one happening counts once."""
    deed, by, to, told = entries.alias("deed"), links.alias("by"), links.alias("to"), links.alias("told")
    month = _name_month(deed.c.earliest, deed.c.latest)
    once = func.coalesce(told.c.entry, -deed.c.number)
    wanted = (
        select(by.c.target, to.c.target, deed.c.type, deed.c.status, month, func.count(once.distinct()))
        .select_from(deed)
        .join(by, and_(by.c.entry == deed.c.number, by.c.role == "actor"))
        .join(to, and_(to.c.entry == deed.c.number, to.c.role == "recipient", to.c.target != by.c.target))
        .outerjoin(told, and_(told.c.target == deed.c.id, told.c.role == "event"))
        .where(deed.c.kind == "events", deed.c.status.in_(statuses))
        .group_by(by.c.target, to.c.target, deed.c.type, deed.c.status, month)
        .order_by(month, by.c.target, to.c.target, deed.c.type)
    )
    if pairs:
        both = {(one, other) for pair in pairs for one, other in (pair, pair[::-1])}
        wanted = wanted.where(or_(*(and_(by.c.target == one, to.c.target == other) for one, other in sorted(both))))
    return [Dealing(*row) for row in connection.execute(wanted)]


def rank_pairs(
    connection: Connection, *, actor: str | None = None, limit: int = 30, offset: int = 0
) -> tuple[list[tuple[str, str, int]], int]:
    """Give the pairs with the most deeds between them, either way, and how many pairs there are; each id-sorted."""
    by, to = links.alias("by"), links.alias("to")
    first = case((by.c.target < to.c.target, by.c.target), else_=to.c.target).label("first")
    second = case((by.c.target < to.c.target, to.c.target), else_=by.c.target).label("second")
    told, deed = links.alias("told"), entries.alias("deed")
    count = func.count(func.coalesce(told.c.entry, -deed.c.number).distinct()).label("count")
    grouped = (
        select(first, second, count)
        .select_from(deed)
        .join(by, and_(by.c.entry == deed.c.number, by.c.role == "actor"))
        .join(to, and_(to.c.entry == deed.c.number, to.c.role == "recipient", to.c.target != by.c.target))
        .outerjoin(told, and_(told.c.target == deed.c.id, told.c.role == "event"))
        .where(deed.c.kind == "events", deed.c.status.in_(("actual", "future")))
        .group_by(first, second)
    )
    if actor is not None:
        grouped = grouped.where(or_(by.c.target == actor, to.c.target == actor))
    pairs = grouped.subquery("pairs")
    wanted = select(pairs.c.first, pairs.c.second, pairs.c.count, func.count().over())
    wanted = wanted.order_by(pairs.c.count.desc(), pairs.c.first, pairs.c.second).limit(limit).offset(offset)
    rows = connection.execute(wanted).all()
    if not rows and offset:
        return [], connection.execute(select(func.count()).select_from(pairs)).scalar_one()
    return [(row[0], row[1], row[2]) for row in rows], rows[0][3] if rows else 0


def find_span(connection: Connection, kind: str) -> tuple[str | None, str | None]:
    """Give the first and the last day of all entries of a kind that have one."""
    wanted = select(func.min(entries.c.earliest), func.max(entries.c.latest)).where(entries.c.kind == kind)
    first, last = connection.execute(wanted).one()
    return first, last


def count_outlets(connection: Connection) -> int:
    """Count the outlets that the articles name."""
    return connection.execute(select(func.count(TABLES["articles"].c.outlet.distinct()))).scalar_one()


def find_failures(connection: Connection, *, limit: int) -> tuple[tuple[Failure, ...], int]:
    """Give the first of what could not be read, and how much there is of it."""
    table = TABLES["failures"]
    wanted = select(table.c.source, table.c.stage, table.c.reason).order_by(table.c.position).limit(limit)
    total = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return tuple(Failure(**row._asdict()) for row in connection.execute(wanted)), total


def _name_month(earliest: ColumnElement[str], latest: ColumnElement[str]) -> ColumnElement[str | None]:
    """Give the month of a day's bounds as YYYY-MM, or NULL where they lie in two."""
    month = func.substr(earliest, 1, 7)
    return case((month == func.substr(latest, 1, 7), month), else_=None)
