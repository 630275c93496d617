"""Ask what one actor did and said to another: who deals with whom, how often in each month, by what deeds and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, or_, select

from standoff.store.entries import entries, links
from standoff.store.queries import Key

DONE = ("actual", "future")  # what counts as a deed, as in the dossier: not what did not happen or may

Direction = Literal["both", "to", "from"]


class Dealing(NamedTuple):
    """Hold how many deeds of one type one actor did to another in a month; `month` is None where it is not known."""

    actor: str
    recipient: str
    type: str
    status: str
    month: str | None
    deeds: int


def tally_dealings(
    connection: Connection, *, pairs: Sequence[tuple[str, str]] = (), statuses: Sequence[str] = DONE
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
        .where(deed.c.kind == "events", deed.c.status.in_(DONE))
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


def find_deeds(
    connection: Connection,
    one: str,
    other: str,
    *,
    direction: Direction = "both",
    type: str | None = None,
    status: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[tuple[Key, ...], int]:
    """Give what one did to the other (`to`), the other to the one (`from`), or both, the newest first, and how many."""
    by, to = links.alias("by"), links.alias("to")
    ways = {"to": [(one, other)], "from": [(other, one)], "both": [(one, other), (other, one)]}[direction]
    wanted = (
        select(entries.c.id)
        .join(by, and_(by.c.entry == entries.c.number, by.c.role == "actor"))
        .join(to, and_(to.c.entry == entries.c.number, to.c.role == "recipient"))
        .where(
            entries.c.kind == "events",
            or_(*(and_(by.c.target == actor, to.c.target == recipient) for actor, recipient in ways)),
        )
    )
    for column, value in ((entries.c.type, type), (entries.c.status, status)):
        if value is not None:
            wanted = wanted.where(column == value)
    if since is not None:
        wanted = wanted.where(or_(entries.c.latest >= since, entries.c.latest.is_(None)))
    if until is not None:
        wanted = wanted.where(or_(entries.c.earliest <= until, entries.c.earliest.is_(None)))
    return _page(connection, wanted.group_by(entries.c.number, entries.c.id), "events", limit=limit, offset=offset)


def find_words(connection: Connection, one: str, other: str, *, limit: int) -> tuple[tuple[Key, ...], int]:
    """Give what either said to the other, or in words that name the other, the newest first, and how many there are."""
    said, source = entries, links.alias("source")
    mention, named, addressed = entries.alias("mention"), links.alias("named"), links.alias("addressed")

    def concern(whom: str) -> ColumnElement[bool]:
        told = exists().where(
            addressed.c.entry == said.c.number, addressed.c.role == "addressee", addressed.c.target == whom
        )
        naming = exists().where(
            mention.c.article == said.c.article,
            mention.c.start >= said.c.start,
            mention.c.start < said.c.end,
            mention.c.kind == "mentions",
            named.c.entry == mention.c.number,
            named.c.role == "mention",
            named.c.target == whom,
        )
        return or_(told, naming)

    wanted = (
        select(said.c.id)
        .join(source, and_(source.c.entry == said.c.number, source.c.role == "source"))
        .where(
            said.c.kind == "attributions",
            or_(
                and_(source.c.target == one, concern(other)),
                and_(source.c.target == other, concern(one)),
            ),
        )
    )
    return _page(connection, wanted, "attributions", limit=limit)


def _page(
    connection: Connection, wanted: Select[Any], kind: str, *, limit: int, offset: int = 0
) -> tuple[tuple[Key, ...], int]:
    """Give one page of the newest entries, and how many there are."""
    total = connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
    day = func.coalesce(entries.c.earliest, entries.c.latest)
    listed = wanted.order_by(day.is_(None), day.desc(), entries.c.place).limit(limit).offset(offset)
    return tuple(Key(kind, id) for (id,) in connection.execute(listed)), total


def _name_month(earliest: ColumnElement[str], latest: ColumnElement[str]) -> ColumnElement[str | None]:
    """Give the month of a day's bounds as YYYY-MM, or NULL where they lie in two."""
    month = func.substr(earliest, 1, 7)
    return case((month == func.substr(latest, 1, 7), month), else_=None)
