"""The list of actors, and what a box offers while one types a name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter

from standoff.dossier.words import name_country, say_code
from standoff.store.index.around import list_weights
from standoff.store.index.queries import Query
from standoff.web.asked.kinds import Offset
from standoff.web.asked.memory import recall_tally
from standoff.web.desk import AtDesk, Desk
from standoff.web.page import add_page
from standoff.web.sheets import Sheet
from standoff.web.shown.biography import begin_words
from standoff.web.shown.choices import Choice, load_actors

router = APIRouter()

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedActor:
    """Show an actor in the list; `weight` is how often it is named, speaks and acts."""

    id: str
    name: str
    href: str
    kind: str
    country: str | None
    sectors: tuple[str, ...]
    titles: tuple[str, ...]
    weight: int
    verdict: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actors:
    """Show actors, and the kinds, countries and sectors to choose from."""

    actors: tuple[ListedActor, ...]
    total: int
    more: bool
    kinds: tuple[Choice, ...]
    countries: tuple[Choice, ...]
    sectors: tuple[Choice, ...]
    offset: int


def list_sheets(shown: Actors) -> Iterator[Sheet]:
    """Give the table of the actors."""
    columns = ("name", "kind", "country", "sectors", "titles", "times", "link", "id")
    rows = [
        (
            one.name,
            one.kind,
            one.country,
            "; ".join(one.sectors),
            "; ".join(one.titles),
            one.weight,
            one.href,
            one.id,
        )
        for one in shown.actors
    ]
    yield Sheet(name="actors", columns=columns, rows=rows, total=shown.total)


@add_page(router, "/actors", template="actors.html", list_sheets=list_sheets)
def list_actors(
    desk: AtDesk,
    q: str | None = None,
    kind: str | None = None,
    country: str | None = None,
    sector: str | None = None,
    offset: Offset = 0,
) -> Actors:
    """List the actors, the most prominent first; `q` is how words of a name, or of a title, begin."""
    query = Query(
        kinds=("actors",),
        words=begin_words(q or "") or None,
        type=kind or None,
        country=country or None,
        sector=sector or None,
        order="best",
        limit=desk.reach(PAGE),
        offset=offset,
    )
    found = desk.store.find_entries(query)
    known = load_actors(desk, (key.id for key in found.keys))
    decided = desk.list_verdicts(found.keys)
    with desk.store.read() as connection:
        weights = list_weights(connection, known)
    listed = (
        ListedActor(
            id=key.id,
            name=known[key.id].name,
            href=f"/actors/{key.id}",
            kind=known[key.id].kind,
            country=known[key.id].country,
            sectors=known[key.id].sectors,
            titles=tuple(dict.fromkeys(role.title for role in known[key.id].roles))[:4],
            weight=weights.get(key.id, 0),
            verdict=decided[key].verdict if key in decided else None,
        )
        for key in found.keys
        if key.id in known
    )
    return Actors(
        actors=tuple(listed),
        total=found.total,
        more=found.more,
        kinds=_offer(desk, "type"),
        countries=_offer(desk, "country"),
        sectors=_offer(desk, "sector"),
        offset=offset,
    )


def _offer(desk: Desk, by: str) -> tuple[Choice, ...]:
    """Give the kinds, countries or sectors that actors have, in words and in their order."""
    counts = recall_tally(desk.store, Query(kinds=("actors",)), (by,))  # type: ignore[arg-type]
    found = [Choice(value=code, text=_say(by, code), count=count) for (code,), count in counts.items() if code]
    return tuple(sorted(found, key=lambda choice: choice.text.casefold()))


def _say(by: str, code: str) -> str:
    return name_country(code) if by == "country" else say_code({"type": "kinds", "sector": "sectors"}[by], code)
