"""Tell of one actor: its offices, its names, with whom it deals, and what people decided on who it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote as quote_address

from standoff.dossier.catalogue import bound_article, date_article, name_article
from standoff.dossier.words import load_words, name_country, say_dates
from standoff.records import Actor, Judgement, Mention, Record
from standoff.store.index.around import Named, list_mentions, list_names
from standoff.store.index.dealings import rank_pairs
from standoff.store.index.queries import Key, Query
from standoff.store.kept.judgements import select_judgements
from standoff.web.asked.memory import recall
from standoff.web.desk import Desk
from standoff.web.shown.cards import Card, Link, Quote, link_passage, make_quotes
from standoff.web.shown.choices import link_actor, load_actors
from standoff.web.shown.standings import Standing, recall_stands, settle_stands

OFFICES = 60  # roles of an actor whose articles are looked up
CALLED = 30  # names shown
DEALT = 8  # actors shown with whom it deals most
SPLIT = 60  # mentions from which to choose on one page
IDENTIFYING = ("actors", "mentions", "suggestions")
OFFERED = 12  # actors that a search for the same one gives


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Show what an actor was called to be, between which days reports call it so, and the first place that does."""

    title: str
    belongs: str
    date: str
    earliest: str | None
    latest: str | None
    times: int
    href: str | None
    report: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Show a name, how often and in how many reports it stands, and one place."""

    text: str
    times: int
    articles: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealing:
    """Show with whom an actor deals, and in how many deeds."""

    other: Link
    deeds: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Show an actor in short."""

    offices: tuple[Office, ...]
    names: tuple[Called, ...]
    standings: tuple[Standing, ...]
    dealings: tuple[Dealing, ...]
    latest: tuple[Card, ...]
    suggestions: tuple[Suggested, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """Show that an actor may be another one (`other`), or belong to it; `kind` says how."""

    card: Card
    kind: str
    other: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Show one mention, which may be somebody else's."""

    id: str
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Show a report with mentions of an actor that stand in it."""

    report: Link
    date: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Show who an actor may also be, which mentions may be another's, and what was decided on that."""

    suggestions: tuple[Suggested, ...]
    asked: str
    candidates: tuple[Card, ...]
    places: tuple[Place, ...]
    total: int
    sectors: tuple[str, ...]
    judgements: tuple[Judgement, ...]


def tell_about(desk: Desk, actor: Actor) -> About:
    """Give an actor in short."""

    def count() -> tuple[tuple[Named, ...], list[tuple[str, str, int]]]:
        with desk.store.read() as connection:
            return list_names(connection, actor.id), rank_pairs(connection, actor=actor.id, limit=DEALT)[0]

    named, pairs = recall(desk.store, ("about", actor.id), count)
    stands = recall_stands(desk.store, issues=(), holders=(actor.id,))
    tellers = (stand.teller for stand in stands if stand.teller)
    known = load_actors(desk, [actor.id, *tellers, *(id for pair in pairs for id in pair[:2])])
    newest = Query(kinds=("attributions",), actor=actor.id, roles=("source",), order="newest", limit=4)
    settled = sorted(settle_stands(stands, known).values(), key=lambda one: (-one.times, one.issue.text))
    return About(
        offices=list_offices(desk, actor),
        names=_list_called(named, actor),
        standings=tuple(settled),
        dealings=tuple(_show_dealing(known, actor.id, pair) for pair in pairs),
        latest=desk.find_cards(newest).cards,
        suggestions=_list_suggestions(desk, actor.id),
    )


def list_offices(desk: Desk, actor: Actor) -> tuple[Office, ...]:
    """Give each thing that an actor is called to be once, in order of the days on which reports call it so."""
    roles = actor.roles[:OFFICES]
    part = desk.store.load_part({Key("articles", role.passage.article) for role in roles if role.passage})
    articles = {article.id: article for article in part.articles}
    found: dict[tuple[str, str], list[Office]] = {}
    for role in roles:
        article = articles.get(role.passage.article) if role.passage else None
        days = bound_article(article) if article else None
        country = name_country(role.country) if role.country and role.country != actor.country else None
        belongs = ", ".join(word for word in (role.organisation, country) if word and word not in role.title)
        office = Office(
            title=role.title,
            belongs=belongs,
            date="",
            earliest=days[0].isoformat() if days else None,
            latest=days[1].isoformat() if days else None,
            times=1,
            href=link_passage(role.passage) if role.passage else None,
            report=name_article(article) if article else None,
        )
        found.setdefault((role.title.casefold(), belongs.casefold()), []).append(office)
    return tuple(sorted(map(_join_offices, found.values()), key=lambda one: (one.earliest or "9999", one.title)))


def _join_offices(offices: Sequence[Office]) -> Office:
    ordered = sorted(offices, key=lambda one: one.earliest or "9999")
    earliest, latest = ordered[0].earliest, max((one.latest for one in ordered if one.latest), default=None)
    return replace(ordered[0], earliest=earliest, latest=latest, date=say_dates(earliest, latest), times=len(ordered))


def _list_called(named: Sequence[Named], actor: Actor) -> tuple[Called, ...]:
    """Give the names among the words that stand for an actor: not its pronouns."""
    known = {actor.name.casefold(), *(alias.casefold() for alias in actor.aliases)}
    return tuple(
        Called(
            text=one.text,
            times=one.times,
            articles=one.articles,
            href=f"/passages/{quote_address(one.article)}/{one.start}-{one.end}",
        )
        for one in named
        if one.text.casefold() in known
    )[:CALLED]


def _show_dealing(known: dict[str, Actor], actor: str, pair: tuple[str, str, int]) -> Dealing:
    other = pair[1] if pair[0] == actor else pair[0]
    return Dealing(other=link_actor(known, other), deeds=pair[2], href=f"/dyads/{actor}/{other}")


def list_dealings(desk: Desk, actor: str, *, limit: int, offset: int) -> tuple[tuple[Dealing, ...], int]:
    """Give with whom an actor deals, those with most deeds between them first, and how many they are."""

    def rank() -> tuple[list[tuple[str, str, int]], int]:
        with desk.store.read() as connection:
            return rank_pairs(connection, actor=actor, limit=limit, offset=offset)

    pairs, total = recall(desk.store, ("dealings", actor, limit, offset), rank)
    known = load_actors(desk, [id for pair in pairs for id in pair[:2]])
    return tuple(_show_dealing(known, actor, pair) for pair in pairs), total


def tell_identity(desk: Desk, actor: Actor, *, asked: str, offset: int) -> Identity:
    """Give what it takes to say that two actors are one, or that one is two, and to take that back."""
    candidates: tuple[Card, ...] = ()
    if asked.strip():
        found = desk.find_cards(Query(kinds=("actors",), words=begin_words(asked), order="best", limit=OFFERED + 1))
        candidates = tuple(card for card in found.cards if card.id != actor.id)[:OFFERED]
    named = desk.store.find_entries(
        Query(kinds=("mentions",), actor=actor.id, roles=("mention",), limit=SPLIT, offset=offset)
    )
    return Identity(
        suggestions=_list_suggestions(desk, actor.id),
        asked=asked,
        candidates=candidates,
        places=_list_places(desk.store.load_part(named.keys), actor.id),
        total=named.total,
        sectors=tuple(load_words()["sectors"]),
        judgements=_list_judgements(desk, actor.id),
    )


def begin_words(asked: str) -> str:
    """Give the search for names whose words begin as these do.

    >>> begin_words("vill her"), begin_words("O'Neill-2")
    ('vill* her*', 'O* Neill* 2*')
    """
    return " ".join(f"{word}*" for word in re.findall(r"[^\W_]+", asked))


def _list_places(part: Record, actor: str) -> tuple[Place, ...]:
    own = [mention for mention in part.mentions if mention.actor == actor]
    articles = {article.id: article for article in part.articles}
    return tuple(
        Place(
            report=Link(text=name_article(articles[id]), href=f"/articles/{quote_address(id)}"),
            date=date_article(articles[id]),
            spots=_list_spots(part, list(mentions)),
        )
        for id, mentions in groupby(own, key=lambda mention: mention.passage.article)
        if id in articles
    )


def _list_spots(part: Record, mentions: Sequence[Mention]) -> tuple[Spot, ...]:
    quotes = make_quotes(part, (mention.passage for mention in mentions))
    return tuple(Spot(id=mention.id, quote=quote) for mention, quote in zip(mentions, quotes, strict=True))


def _list_suggestions(desk: Desk, actor: str) -> tuple[Suggested, ...]:
    found = desk.store.find_entries(Query(kinds=("suggestions",), actor=actor, order="best", limit=OFFERED))
    part = desk.store.load_part(found.keys)
    items = {item.id: item for item in part.suggestions}
    return tuple(
        Suggested(card=card, kind=item.kind, other=item.right if item.left == actor else item.left)
        for card in desk.make_cards(found.keys, part=part)
        for item in [items[card.id]]
    )


def _list_judgements(desk: Desk, actor: str) -> tuple[Judgement, ...]:
    """Give the judgements that hold on who an actor is: those that name it, and those on mentions that are its."""
    with desk.store.read() as connection:
        own = list_mentions(connection, actor)
        judged = [item for kind in IDENTIFYING for item in select_judgements(connection, kind=kind)]
    return tuple(item for item in judged if actor in (item.entry, item.other) or not own.isdisjoint(item.rests_on))
