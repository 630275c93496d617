"""Ask what one actor did and said to another: who deals with whom, how often in each month, by what deeds and words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Select, Text, and_, case, cast, func, or_, select, union

from standoff.store.index.entries import entries, links
from standoff.store.index.queries import Key

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
    connection: Connection,
    *,
    pairs: Sequence[tuple[str, str]] = (),
    actor: str | None = None,
    statuses: Sequence[str] = DONE,
) -> list[Dealing]:
    """Count the deeds between these pairs, or of all pairs, or of all that one actor is of; both ways.

    What several reports tell as one happening counts once, and so does what one report tells again of the same days.
    """
    deed, by, to = entries.alias("deed"), links.alias("by"), links.alias("to")
    month = _name_month(deed.c.earliest, deed.c.latest)
    traits = (by.c.target, to.c.target, deed.c.type, deed.c.status, month)
    wanted = _join_parties(select(*traits, func.count(_tell_apart(deed).distinct())), deed, by, to)
    wanted = wanted.where(deed.c.status.in_(statuses)).group_by(*traits)
    wanted = wanted.order_by(month, by.c.target, to.c.target, deed.c.type, deed.c.status)
    if pairs:
        both = sorted({way for pair in pairs for way in (pair, pair[::-1])})
        named = sorted({id for pair in pairs for id in pair})
        wanted = wanted.where(
            by.c.target.in_(named),
            to.c.target.in_(named),
            or_(*(and_(by.c.target == one, to.c.target == other) for one, other in both)),
        )
    if actor is not None:
        wanted = wanted.where(deed.c.number.in_(_list_own(actor)), or_(by.c.target == actor, to.c.target == actor))
    return [Dealing(*row) for row in connection.execute(wanted)]


def rank_pairs(
    connection: Connection, *, actor: str | None = None, limit: int = 30, offset: int = 0
) -> tuple[list[tuple[str, str, int]], int]:
    """Give the pairs with the most deeds between them, either way, and how many pairs there are; each id-sorted."""
    deed, by, to = entries.alias("deed"), links.alias("by"), links.alias("to")
    first = case((by.c.target < to.c.target, by.c.target), else_=to.c.target).label("first")
    second = case((by.c.target < to.c.target, to.c.target), else_=by.c.target).label("second")
    apart = _tell_apart(deed) + deed.c.type + deed.c.status + by.c.target
    grouped = _join_parties(select(first, second, func.count(apart.distinct()).label("count")), deed, by, to)
    grouped = grouped.where(deed.c.status.in_(DONE)).group_by(first, second)
    if actor is not None:
        grouped = grouped.where(deed.c.number.in_(_list_own(actor)), or_(by.c.target == actor, to.c.target == actor))
    pairs = grouped.subquery("pairs")
    wanted = select(pairs.c.first, pairs.c.second, pairs.c.count, func.count().over())
    wanted = wanted.order_by(pairs.c.count.desc(), pairs.c.first, pairs.c.second).limit(limit).offset(offset)
    rows = connection.execute(wanted).all()
    if not rows and offset:
        return [], connection.execute(select(func.count()).select_from(pairs)).scalar_one()
    return [(row[0], row[1], row[2]) for row in rows], rows[0][3] if rows else 0


def _list_own(actor: str) -> Select[tuple[int]]:
    return select(links.c.entry).where(links.c.target == actor, links.c.role.in_(("actor", "recipient")))


def _join_parties(wanted: Select[Any], deed: FromClause, by: FromClause, to: FromClause) -> Select[Any]:
    """Join deeds with who did them and to whom; what one does to oneself is no dealing."""
    return (
        wanted.select_from(deed)
        .join(by, and_(by.c.entry == deed.c.number, by.c.role == "actor"))
        .join(to, and_(to.c.entry == deed.c.number, to.c.role == "recipient", to.c.target != by.c.target))
        .where(deed.c.kind == "events")
    )


def _tell_apart(deed: FromClause) -> ColumnElement[str]:
    """Give what is the same for tellings of one deed: their happening, or else their report and days."""
    told = select(func.min(links.c.entry)).where(links.c.target == deed.c.id, links.c.role == "event").scalar_subquery()
    own = deed.c.article + func.coalesce(deed.c.earliest, "") + func.coalesce(deed.c.latest, "")
    return func.coalesce(cast(told, Text), own)


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
    ways = {"to": [(one, other)], "from": [(other, one)], "both": [(one, other), (other, one)]}[direction]
    found = union(*(_link_both(actor, ("actor",), recipient, ("recipient",)) for actor, recipient in ways)).subquery()
    wanted = select(entries.c.id).where(entries.c.kind == "events", entries.c.number.in_(select(found.c.entry)))
    for column, value in ((entries.c.type, type), (entries.c.status, status)):
        if value is not None:
            wanted = wanted.where(column == value)
    if since is not None:
        wanted = wanted.where(or_(entries.c.latest >= since, entries.c.latest.is_(None)))
    if until is not None:
        wanted = wanted.where(or_(entries.c.earliest <= until, entries.c.earliest.is_(None)))
    return _page(connection, wanted, "events", limit=limit, offset=offset)


def find_words(connection: Connection, one: str, other: str, *, limit: int) -> tuple[tuple[Key, ...], int]:
    """Give what either said to the other, or in words that name the other, the newest first, and how many there are."""
    return _find_both(connection, "attributions", one, other, ("source",), ("addressee", "named"), limit=limit)


def find_regards(connection: Connection, one: str, other: str, *, limit: int) -> tuple[tuple[Key, ...], int]:
    """Give where either stands toward the other, the newest first, and how many such places there are."""
    return _find_both(connection, "positions", one, other, ("holder",), ("toward",), limit=limit)


def _find_both(
    connection: Connection,
    kind: str,
    one: str,
    other: str,
    roles: Sequence[str],
    others: Sequence[str],
    *,
    limit: int,
) -> tuple[tuple[Key, ...], int]:
    """Find what either has a part in with the other, one in one of `roles`, the other in one of `others`."""
    found = union(*(_link_both(by, roles, of, others) for by, of in ((one, other), (other, one)))).subquery()
    wanted = select(entries.c.id).where(entries.c.kind == kind, entries.c.number.in_(select(found.c.entry)))
    return _page(connection, wanted, kind, limit=limit)


def _link_both(one: str, roles: Sequence[str], other: str, others: Sequence[str]) -> Select[tuple[int]]:
    """Give the numbers of the entries that are linked with both, each in one of its roles."""
    left, right = links.alias("left"), links.alias("right")
    return (
        select(left.c.entry.label("entry"))
        .join(right, right.c.entry == left.c.entry)
        .where(left.c.target == one, left.c.role.in_(roles), right.c.target == other, right.c.role.in_(others))
    )


def _page(
    connection: Connection, wanted: Select[Any], kind: str, *, limit: int, offset: int = 0
) -> tuple[tuple[Key, ...], int]:
    """Give one page of the newest entries, and how many there are."""
    listed = wanted.add_columns(func.count().over())
    listed = listed.order_by(entries.c.day.is_(None), entries.c.day.desc(), entries.c.place).limit(limit).offset(offset)
    rows = connection.execute(listed).all()
    if not rows and offset:
        return (), connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
    return tuple(Key(kind, row[0]) for row in rows), rows[0][1] if rows else 0


def _name_month(earliest: ColumnElement[str], latest: ColumnElement[str]) -> ColumnElement[str | None]:
    """Give the month of a day's bounds as YYYY-MM, or NULL where they lie in two."""
    month = func.substr(earliest, 1, 7)
    return case((month == func.substr(latest, 1, 7), month), else_=None)
