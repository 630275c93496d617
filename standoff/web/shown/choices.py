"""Name actors by their ids, and give what a filter offers: the actors and issues that most entries have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote as quote_address

from standoff.dossier.words import say_code
from standoff.records import Actor
from standoff.store.index.queries import By, Key, Query
from standoff.web.asked.memory import recall_tally
from standoff.web.desk import Desk
from standoff.web.shown.cards import Link

OFFERED = 60  # actors in a list to choose from: more are found by search


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Offer a value to filter by, and how many entries have it."""

    value: str
    text: str
    count: int


def load_actors(desk: Desk, ids: Iterable[str]) -> dict[str, Actor]:
    """Give the actors with these ids, by id, as far as the store holds them."""
    part = desk.store.load_part(Key("actors", id) for id in set(ids))
    return {actor.id: actor for actor in part.actors}


def link_actor(actors: Mapping[str, Actor], id: str) -> Link:
    """Give an actor's name with its page."""
    actor = actors.get(id)
    return Link(text=" ".join(actor.name.split()), href=f"/actors/{id}") if actor else Link(text=id)


def link_issue(issue: str) -> Link:
    """Give an issue's name with its page."""
    return Link(text=say_code("issues", issue), href=f"/issues/{quote_address(issue, safe='')}")


def offer_actors(desk: Desk, query: Query, *, chosen: str | None = None) -> tuple[Choice, ...]:
    """Give the actors that most of these entries have, by name; the chosen one is always among them."""
    counts = {id: count for (id,), count in recall_tally(desk.store, query, ("actor",)).items() if id}
    ids = list(counts)[:OFFERED]
    if chosen is not None and chosen not in ids:
        ids.append(chosen)
    actors = load_actors(desk, ids)
    found = [Choice(value=id, text=link_actor(actors, id).text, count=counts.get(id, 0)) for id in ids if id in actors]
    return tuple(sorted(found, key=lambda choice: (choice.text.casefold(), choice.value)))


def offer_codes(desk: Desk, query: Query, by: By, *, group: str) -> tuple[Choice, ...]:
    """Give the issues, types or kinds that these entries have, the most frequent first, in the words of a group."""
    counts = recall_tally(desk.store, query, (by,))
    return tuple(
        Choice(value=value, text=say_code(group, value), count=count) for (value,), count in counts.items() if value
    )
