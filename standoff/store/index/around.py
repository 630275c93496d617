"""Ask what lies around a report or an actor: companions, failures, names, roles, and what became of one now gone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, Text, func, or_, select

from standoff.records import Failure, Judgement
from standoff.store.index.entries import entries, links
from standoff.store.record.tables import TABLES

NAMES = 5_000  # mentions that are looked through for the names of an actor: more would not add one


class Named(NamedTuple):
    """Hold a form under which an actor is named, how often, in how many articles, and one place."""

    text: str
    times: int
    articles: int
    article: str
    start: int
    end: int


def list_companions(connection: Connection, article: str, *, limit: int = 12) -> tuple[str, ...]:
    """Give the articles that share most happenings, conflicts and shifts with one: its copies are among them."""
    shared = select(links.c.entry).where(links.c.target == article, links.c.role == "article")
    wanted = (
        select(links.c.target)
        .where(links.c.role == "article", links.c.entry.in_(shared), links.c.target != article)
        .group_by(links.c.target)
        .order_by(func.count().desc(), links.c.target)
        .limit(limit)
    )
    return tuple(connection.execute(wanted).scalars())


def list_failures(connection: Connection, source: str) -> tuple[Failure, ...]:
    """Give what failed in reading a source."""
    table = TABLES["failures"]
    wanted = select(table.c.source, table.c.stage, table.c.reason).where(table.c.source == source)
    return tuple(Failure(**row._asdict()) for row in connection.execute(wanted.order_by(table.c.position)))


def tally_articles(connection: Connection, articles: Iterable[str]) -> dict[tuple[str, str], int]:
    """Count the entries that stand in each of these articles, by article and kind."""
    wanted = (
        select(entries.c.article, entries.c.kind, func.count())
        .where(entries.c.article.in_(list(articles)))
        .group_by(entries.c.article, entries.c.kind)
    )
    return {(article, kind): count for article, kind, count in connection.execute(wanted)}


def tally_roles(connection: Connection, actor: str) -> dict[tuple[str, str], int]:
    """Count the entries that an actor takes part in, by kind and role."""
    wanted = (
        select(entries.c.kind, links.c.role, func.count())
        .join(entries, entries.c.number == links.c.entry)
        .where(links.c.target == actor)
        .group_by(entries.c.kind, links.c.role)
    )
    return {(kind, role): count for kind, role, count in connection.execute(wanted)}


def list_names(connection: Connection, actor: str) -> tuple[Named, ...]:
    """Give the words that name an actor, the most frequent first, each with the first place that has it.

    Pronouns and descriptions are among them, as the articles have them.
    """
    table = TABLES["mentions"]
    wanted = select(table.c.passage).where(table.c.actor == actor).order_by(table.c.position).limit(NAMES)
    found: dict[str, list[dict[str, object]]] = {}
    for passage in connection.execute(wanted).scalars():
        found.setdefault(" ".join(passage["text"].split()), []).append(passage)
    named = (
        Named(
            text=text,
            times=len(passages),
            articles=len({passage["article"] for passage in passages}),
            article=str(passages[0]["article"]),
            start=int(str(passages[0]["start"])),
            end=int(str(passages[0]["end"])),
        )
        for text, passages in found.items()
    )
    return tuple(sorted(named, key=lambda one: (-one.times, one.text)))


def list_weights(connection: Connection, actors: Iterable[str]) -> dict[str, int]:
    """Give how prominent each of these actors is: how often it is named, speaks and acts."""
    wanted = select(entries.c.id, entries.c.score).where(entries.c.kind == "actors", entries.c.id.in_(list(actors)))
    return {id: int(score or 0) for id, score in connection.execute(wanted)}


def list_mentions(connection: Connection, actor: str) -> frozenset[str]:
    """Give the ids of the mentions that name an actor."""
    table = TABLES["mentions"]
    return frozenset(connection.execute(select(table.c.id).where(table.c.actor == actor).limit(NAMES)).scalars())


def find_heirs(connection: Connection, judgements: Iterable[Judgement]) -> tuple[str, ...]:
    """Give the actors who are named now where judgements on actors say that theirs were: what became of those."""
    kept = " ".join(
        place
        for judgement in judgements
        for side in ("entry", "other")
        for place in ((judgement.fields or {}).get("places") or {}).get(side, ())[:20]
    )
    places = re.findall(r"(\S+):(\d+)-(\d+)", kept)
    if not places:
        return ()
    at = [
        (entries.c.article == article) & (entries.c.start == int(start)) & (entries.c.end == int(end))
        for article, start, end in places
    ]
    wanted = (
        select(links.c.target)
        .join(entries, entries.c.number == links.c.entry)
        .where(entries.c.kind == "mentions", links.c.role == "mention", or_(*at))
        .group_by(links.c.target)
        .order_by(func.count().desc(), links.c.target.cast(Text))
    )
    return tuple(connection.execute(wanted).scalars())
