"""Count what an overview is made of: stances by holder and days, spans, outlets, failures; nothing is loaded for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, select

from standoff.records import Failure
from standoff.store.index.entries import entries, links
from standoff.store.record.tables import TABLES


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


def find_span(connection: Connection, kind: str) -> tuple[str | None, str | None]:
    """Give the first and the last day of all entries of a kind that have one."""
    wanted = select(func.min(entries.c.earliest), func.max(entries.c.latest)).where(entries.c.kind == kind)
    first, last = connection.execute(wanted).one()
    return first, last


def count_outlets(connection: Connection) -> int:
    """Count the outlets that the articles name."""
    wanted = select(func.count(entries.c.outlet.distinct())).where(entries.c.kind == "articles")
    return connection.execute(wanted).scalar_one()


def find_failures(connection: Connection, *, limit: int) -> tuple[tuple[Failure, ...], int]:
    """Give the first of what could not be read, and how much there is of it."""
    table = TABLES["failures"]
    wanted = select(table.c.source, table.c.stage, table.c.reason).order_by(table.c.position).limit(limit)
    total = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return tuple(Failure(**row._asdict()) for row in connection.execute(wanted)), total
