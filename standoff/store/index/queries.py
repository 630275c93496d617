"""Ask a store for entries: of these kinds, by these words, of this actor, between these days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Select, and_, func, or_, select, union_all

from standoff.store.index.entries import entries, links
from standoff.store.index.search import match_words, rank_words, words
from standoff.store.kept.verdicts import Judged, give_judged

OWN = ("country", "sector")  # traits of an actor, linked to it as other entries are to their actors
GLANCED = 2_000  # matches, of all kinds, up to which a search is a narrow one
COUNTED = 5_000  # matches that are counted one by one; beyond, a search says "more than"

Order = Literal["place", "oldest", "newest", "best", "relevance"]
By = Literal["kind", "issue", "type", "status", "article", "month", "actor", "country", "sector"]


class Key(NamedTuple):
    """Name an entry of a store."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Say which entries are asked for; what is left out asks for nothing.

    `actor` takes part in the entry, in one of `roles` if any are given, and `other` does too. The role "named" is of
    those whom a statement's own words name; it counts only if asked for. `since` and `until` (ISO days) keep what can
    lie between them. `words` is a search as one types it. `judged` keeps what was decided so; "open" what was not
    decided yet. `articles` are those in which the entry itself stands, `between` keeps what touches these characters of
    theirs; `country` and `sector` are an actor's own. `on` keeps what is on an issue: what has it, what a position on
    it rests on, and what has one of `on_words`.
    """

    kinds: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    words: str | None = None
    actor: str | None = None
    roles: tuple[str, ...] = ()
    other: str | None = None
    article: str | None = None
    articles: tuple[str, ...] = ()
    between: tuple[int, int] | None = None
    country: str | None = None
    sector: str | None = None
    issue: str | None = None
    type: str | None = None
    status: str | None = None
    since: str | None = None
    until: str | None = None
    judged: Judged | None = None
    outlet: str | None = None
    on: str | None = None
    on_words: str | None = None
    order: Order = "place"
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Hold one page of what was found: its keys in order, and of how many; `more` if they were not all counted."""

    keys: tuple[Key, ...]
    total: int
    more: bool = False


def find_entries(connection: Connection, query: Query) -> Found:
    """Give the keys of the entries that a query asks for, one page of them."""
    total, more = count_entries(connection, query)
    return Found(keys=list_keys(connection, query), total=total, more=more)


def list_keys(connection: Connection, query: Query) -> tuple[Key, ...]:
    """Give the keys of one page of the entries that a query asks for, without counting them all."""
    wanted: Select[Any] = select(entries.c.kind, entries.c.id)
    if query.order == "relevance" and query.words is not None:
        wanted = rank_words(connection, wanted.join(words, words.c.rowid == entries.c.number), query.words)
        wanted = _restrict(connection, wanted, replace(query, words=None)).order_by(*_order("place"))
    else:
        wanted = _restrict(connection, wanted, query).order_by(*_order(query.order))
    listed = wanted.limit(query.limit).offset(query.offset)
    return tuple(Key(row.kind, row.id) for row in connection.execute(listed))


def count_entries(connection: Connection, query: Query) -> tuple[int, bool]:
    """Count the entries that a query asks for, and tell whether there are more than are counted."""
    wanted = choose_entries(connection, query).limit(COUNTED + 1).subquery()
    total = connection.execute(select(func.count()).select_from(wanted)).scalar_one()
    return min(total, COUNTED), total > COUNTED


def count_kinds(connection: Connection, query: Query) -> dict[str, int] | None:
    """Count what a query asks for by kind, whatever kinds it names; None where it finds many.

    Without kinds to go by, the engine begins with what is rare: the words, the actor, the issue.
    """
    few = _restrict(connection, select(entries.c.kind), replace(query, kinds=())).limit(GLANCED + 1).subquery()
    counted = connection.execute(select(few.c.kind, func.count()).group_by(few.c.kind)).all()
    return {row[0]: row[1] for row in counted} if sum(row[1] for row in counted) <= GLANCED else None


def choose_entries(connection: Connection, query: Query) -> Select[tuple[int]]:
    """Give the statement that finds the numbers of all entries that a query asks for, in no order."""
    return _restrict(connection, select(entries.c.number), query)


def tally_entries(connection: Connection, query: Query, by: tuple[By, ...]) -> dict[tuple[str | None, ...], int]:
    """Count the entries that a query asks for, by one or more of their traits, the most frequent first.

    "month" is that of the first day; "actor" counts an entry once for each actor linked in the query's roles, "country"
    and "sector" an actor once for each that it has.
    """
    columns = [_trait(name) for name in by]
    wanted = _restrict(connection, select(*columns, func.count().label("count")).select_from(entries), query)
    own = next((name for name in by if name in OWN), None)
    if own is not None:
        wanted = wanted.join(links, links.c.entry == entries.c.number).where(links.c.role == own)
    if "actor" in by:
        wanted = wanted.join(links, links.c.entry == entries.c.number).where(
            links.c.target.like("actor\\_%", escape="\\")
        )
        wanted = wanted.where(links.c.role.in_(query.roles) if query.roles else links.c.role != "named")
    counted = wanted.group_by(*columns).order_by(func.count().desc(), *columns)
    return {tuple(row[:-1]): row[-1] for row in connection.execute(counted)}


def _trait(name: By) -> ColumnElement[Any]:
    if name == "month":
        return func.substr(entries.c.earliest, 1, 7)
    return links.c.target if name == "actor" or name in OWN else entries.c[name]


def _restrict(connection: Connection, wanted: Select[Any], query: Query) -> Select[Any]:
    """Add the conditions of a query to a statement on the index."""
    if query.kinds:
        wanted = wanted.where(entries.c.kind.in_(query.kinds))
    if query.ids:
        wanted = wanted.where(entries.c.id.in_(query.ids))
    for column, value in (
        (entries.c.issue, query.issue),
        (entries.c.type, query.type),
        (entries.c.status, query.status),
        (entries.c.outlet, query.outlet),
    ):
        if value is not None:
            wanted = wanted.where(column == value)
    for actor, roles in ((query.actor, query.roles), (query.other, ())):
        if actor is not None:
            takes_part = select(links.c.entry).where(links.c.target == actor)
            in_role = links.c.role.in_(roles) if roles else links.c.role != "named"
            wanted = wanted.where(entries.c.number.in_(takes_part.where(in_role)))
    if query.articles:
        wanted = wanted.where(entries.c.article.in_(query.articles))
    if query.between is not None:
        wanted = wanted.where(entries.c.start < query.between[1], entries.c.end > query.between[0])
    for role, value in (("country", query.country), ("sector", query.sector)):
        if value is not None:
            owned = select(links.c.entry).where(links.c.target == value, links.c.role == role)
            wanted = wanted.where(entries.c.number.in_(owned))
    if query.article is not None:
        named = select(links.c.entry).where(and_(links.c.target == query.article, links.c.role == "article"))
        wanted = wanted.where(or_(entries.c.article == query.article, entries.c.number.in_(named)))
    if query.since is not None:
        wanted = wanted.where(or_(entries.c.latest >= query.since, entries.c.latest.is_(None)))
    if query.until is not None:
        wanted = wanted.where(or_(entries.c.earliest <= query.until, entries.c.earliest.is_(None)))
    if query.judged is not None:
        known = give_judged(query.judged)
        wanted = wanted.where(entries.c.id.not_in(known) if query.judged == "open" else entries.c.id.in_(known))
    if query.on is not None:
        wanted = wanted.where(entries.c.number.in_(_find_on(connection, query.on, query.on_words)))
    if query.words is not None:
        wanted = wanted.where(entries.c.number.in_(match_words(connection, query.words)))
    return wanted


def _find_on(connection: Connection, issue: str, words: str | None) -> CompoundSelect[tuple[int]]:
    """Give the numbers of the entries that are on an issue, in one way or another."""
    ways = [
        select(entries.c.number).where(entries.c.issue == issue),
        select(links.c.entry).where(links.c.target == issue, links.c.role == "on"),
    ]
    if words is not None:
        ways.append(match_words(connection, words))
    return union_all(*ways)


def _order(order: Order) -> tuple[ColumnElement[Any], ...]:
    """Give what to sort by; what has no day comes last either way."""
    last = (entries.c.kind, entries.c.place)
    if order == "oldest":
        return entries.c.day.asc().nulls_last(), *last
    if order == "newest":
        return entries.c.day.desc().nulls_last(), *last
    if order == "best":
        return entries.c.score.desc().nulls_last(), *last
    return entries.c.kind, entries.c.place
