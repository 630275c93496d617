"""Count what a search has found by whose it is, on what, where and when, in one statement."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection, func, literal, select, union_all

from standoff.store.index.entries import entries, links
from standoff.store.index.queries import GLANCED, Query, choose_entries

PARTIES = ("source", "addressee", "actor", "recipient", "holder", "toward", "party", "left", "right")
SAMPLED = GLANCED + 1  # matches that are counted by their traits; beyond, counts tell what is frequent, not how much
MOST = 10  # values of a trait that are given


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Count matches by actor, issue, outlet and year, the most frequent first; `sampled` if not all were counted."""

    actors: tuple[tuple[str, int], ...] = ()
    issues: tuple[tuple[str, int], ...] = ()
    outlets: tuple[tuple[str, int], ...] = ()
    years: tuple[tuple[str, int], ...] = ()
    sampled: bool = False


def tally_facets(connection: Connection, query: Query, *, narrow: bool) -> Facets:
    """Count what a query asks for by its traits; of a statement, the issue is that of a position that rests on it.

    Of a `narrow` question, which finds few entries of any kind, all are found before their kind is looked at.
    """
    chosen = choose_entries(connection, replace(query, kinds=()) if narrow else query)
    numbers = chosen.limit(SAMPLED).subquery("numbers")
    found = (
        select(entries.c.number, entries.c.issue, entries.c.outlet, entries.c.day)
        .join(numbers, numbers.c.number == entries.c.number)
        .where(entries.c.kind.in_(query.kinds))
        .cte("found")
    )
    linked = select(links.c.target).select_from(found).join(links, links.c.entry == found.c.number)
    traits = {
        "actors": linked.where(links.c.role.in_(query.roles or PARTIES)),
        "issues": union_all(select(found.c.issue), linked.where(links.c.role == "on")),
        "outlets": select(found.c.outlet),
        "years": select(func.substr(found.c.day, 1, 4)),
    }
    counted = []
    for name, values in traits.items():
        listed = values.subquery(name)
        value = listed.c[0].label("value")
        few = (
            select(literal(name).label("trait"), value, func.count().label("count"))
            .where(value.is_not(None))
            .group_by(value)
            .order_by(func.count().desc(), value)
            .limit(MOST)
            .subquery(f"few_{name}")
        )
        counted.append(select(few.c.trait, few.c.value, few.c.count))
    size = select(literal("size"), literal(""), func.count()).select_from(found)
    rows = connection.execute(union_all(*counted, size)).all()
    by_trait = {
        name: tuple(sorted(((row[1], row[2]) for row in rows if row[0] == name), key=lambda pair: (-pair[1], pair[0])))
        for name in traits
    }
    [size_found] = [row[2] for row in rows if row[0] == "size"]
    return Facets(**by_trait, sampled=size_found >= SAMPLED)
