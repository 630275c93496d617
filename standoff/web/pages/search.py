"""Search what is held: by words, who, in what role, on what issue, when and where; with passages in context."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from fastapi import APIRouter
from fastapi import Query as Question

from standoff.codebooks import Codebook
from standoff.dossier.words import say_code
from standoff.store.index.facets import Facets, tally_facets
from standoff.store.index.queries import Found, Query, count_entries, count_kinds, list_keys
from standoff.store.index.search import find_hits
from standoff.web.asked.asking import (
    ANY,
    ROLES,
    Meant,
    find_meant,
    find_numbers,
    list_outlets,
    load_issues,
    write_issue_words,
)
from standoff.web.asked.kinds import Day, Named, Offset, Words
from standoff.web.desk import AtDesk, Desk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.cards import Card, sheet_cards
from standoff.web.shown.choices import Choice, load_actors
from standoff.web.shown.hits import Marked, mark_quote

router = APIRouter()

PAGE = 20
Kind = Literal["attributions", "events", "positions", "happenings", "shifts", "conflicts", "articles", "actors"]
KINDS: tuple[Kind, ...] = (
    "attributions", "events", "positions", "happenings", "shifts", "conflicts", "articles", "actors"
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Show an entry that was found, with the hits in its passage, and in those of its two sides, marked."""

    card: Card
    marked: Marked | None
    sides: tuple[Marked | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """Offer to narrow a search by one trait; `name` is what the address calls it."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looser:
    """Offer a search without one of its conditions, and how much that would find."""

    name: str
    label: str
    total: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Show what a question finds, what it may be narrowed by, and, if it finds nothing, what it may be freed from."""

    asked: bool
    kind: Kind
    sort: str
    meant: Meant | None
    results: tuple[Result, ...]
    total: int
    more: bool
    limit: int
    offset: int
    kinds: tuple[Choice, ...]
    counted: bool
    facets: tuple[Facet, ...]
    sampled: bool
    looser: tuple[Looser, ...]
    issues: tuple[Choice, ...]
    outlets: tuple[str, ...]


def list_sheets(shown: Search) -> Iterator[Sheet]:
    """Give the table of what was found."""
    yield sheet_cards("search", (result.card for result in shown.results), total=shown.total)


@add_page(router, "/search", template="search.html", list_sheets=list_sheets)
def search(
    desk: AtDesk,
    q: Words = None,
    speaker: Named = None,
    role: Annotated[
        Literal["by", "to", "about", "any", ""], Question(description="What the speaker has to do with it.")
    ] = "by",
    issue: Named = None,
    kind: Kind = "attributions",
    since: Day = None,
    until: Day = None,
    outlet: Named = None,
    article: Named = None,
    sort: Literal["relevance", "newest", "oldest", ""] = "",
    offset: Offset = 0,
) -> Search:
    """Search statements, deeds, positions, happenings, conflicts, reports and actors.

    Unless asked otherwise, what matches the words best comes first; where very much does, that says little, and the
    newest comes first.
    """
    store, book = desk.store, load_issues(desk.store)
    words, issue = (q or "").strip() or None, issue or None
    meant = find_meant(store, speaker) if speaker and speaker.strip() else None
    query = Query(
        kinds=(kind,),
        words=words,
        actor=None if meant is None else meant.actor.id if meant.actor else "nobody",
        roles=ROLES.get(role, ANY),
        on=issue,
        on_words=write_issue_words(book, issue) if issue and kind == "attributions" else None,
        since=since,
        until=until,
        outlet=outlet or None,
        article=article or None,
        limit=desk.reach(PAGE),
        offset=offset,
    )
    asked = any((words, meant, issue, since, until, outlet, article))
    with store.read() as connection:
        kinds = count_kinds(connection, query) if asked else None
        order = sort or ("relevance" if words and kinds is not None else "newest")
        query = replace(query, order="newest" if words is None and order == "relevance" else order)
        total, more = (kinds.get(kind, 0), False) if kinds is not None else count_entries(connection, query)
        found = Found(keys=list_keys(connection, query) if total else (), total=total, more=more)
        facets = tally_facets(connection, query, narrow=kinds is not None) if total else Facets()
    return Search(
        asked=asked,
        kind=kind,
        sort=order,
        meant=meant,
        results=_show_results(desk, query, found),
        total=found.total,
        more=found.more,
        limit=PAGE,
        offset=offset,
        kinds=tuple(Choice(value=one, text=say_kind(one), count=(kinds or {}).get(one, 0)) for one in KINDS),
        counted=kinds is not None,
        facets=tuple(_offer_facets(desk, facets, book)),
        sampled=facets.sampled,
        looser=tuple(_loosen(desk, query)) if asked and not found.total else (),
        issues=tuple(Choice(value=key, text=say_code("issues", key), count=0) for key in book.codes),
        outlets=list_outlets(store),
    )


def say_kind(kind: str) -> str:
    """Give the word by which people call a kind of entry."""
    return {"attributions": "statements", "events": "deeds", "articles": "reports"}.get(kind, kind)


def _show_results(desk: Desk, query: Query, found: Found) -> tuple[Result, ...]:
    hits: tuple[str, ...] = ()
    if query.words is not None and found.keys and not desk.taking:  # a table has no marks
        numbers = find_numbers(desk.store, found.keys)
        with desk.store.read() as connection:
            hits = find_hits(connection, query.words, numbers)
    return tuple(
        Result(
            card=card,
            marked=mark_quote(card.quote, hits) if card.quote else None,
            sides=tuple(mark_quote(side.quote, hits) if side.quote else None for side in card.sides),
        )
        for card in desk.make_cards(found.keys)
    )


def _offer_facets(desk: Desk, facets: Facets, book: Codebook) -> Iterator[Facet]:
    """Yield the traits by which there is something to choose."""
    actors = load_actors(desk, (id for id, _ in facets.actors))
    named = [Choice(value=id, text=actors[id].name, count=count) for id, count in facets.actors if id in actors]
    issues = [Choice(value=key, text=say_code("issues", key), count=count) for key, count in facets.issues]
    outlets = [Choice(value=outlet, text=outlet, count=count) for outlet, count in facets.outlets]
    years = [Choice(value=year, text=year, count=count) for year, count in sorted(facets.years, reverse=True)]
    for name, label, choices in (
        ("speaker", "Who", named),
        ("issue", "On", issues),
        ("year", "When", years),
        ("outlet", "In", outlets),
    ):
        if len(choices) > 1:
            yield Facet(name=name, label=label, choices=tuple(choices))


def _loosen(desk: Desk, query: Query) -> Iterator[Looser]:
    """Yield what the question would find without each of its conditions, the most fruitful first."""
    without: dict[str, tuple[str, Query]] = {
        "q": ("the words", replace(query, words=None)),
        "speaker": ("the speaker", replace(query, actor=None, roles=())),
        "issue": ("the issue", replace(query, on=None, on_words=None)),
        "since": ("the first day", replace(query, since=None)),
        "until": ("the last day", replace(query, until=None)),
        "outlet": ("the outlet", replace(query, outlet=None)),
        "article": ("the report", replace(query, article=None)),
    }
    tried = [
        Looser(name=name, label=label, total=found.total, more=found.more)
        for name, (label, looser) in without.items()
        if looser != query and (found := desk.store.find_entries(replace(looser, limit=1, offset=0))).total
    ]
    yield from sorted(tried, key=lambda one: -one.total)
