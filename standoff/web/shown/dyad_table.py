"""Give counted deeds as a dyad table: a row for each month, way, type and status."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from standoff.records import Actor
from standoff.store.index.dealings import Dealing
from standoff.web.sheets import Sheet
from standoff.web.shown.choices import link_actor
from standoff.web.shown.columns import count_type, find_quad


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """Count the deeds of one type in one month, one way: a row of the dyad table."""

    month: str | None
    actor: str
    actor_id: str
    recipient: str
    recipient_id: str
    type: str
    quad: int | None
    status: str
    deeds: int


def list_counts(dealings: Iterable[Dealing], actors: Mapping[str, Actor]) -> Iterator[Count]:
    """Yield the rows of counted deeds, by the names of these actors."""
    for dealing in dealings:
        yield Count(
            month=dealing.month,
            actor=link_actor(actors, dealing.actor).text,
            actor_id=dealing.actor,
            recipient=link_actor(actors, dealing.recipient).text,
            recipient_id=dealing.recipient,
            type=count_type(dealing),
            quad=find_quad(count_type(dealing)),
            status=dealing.status,
            deeds=dealing.deeds,
        )


def sheet_counts(name: str, table: Iterable[Count]) -> Sheet:
    """Give counts as the rows of a dyad table; an empty month is one that is not known."""
    columns = ("month", "actor", "actor_id", "recipient", "recipient_id", "type", "quad", "status", "deeds")
    return Sheet(name=name, columns=columns, rows=[tuple(getattr(row, key) for key in columns) for row in table])


def name_way(actors: Mapping[str, Actor], actor: str, recipient: str) -> str:
    """Say who did something to whom."""
    return f"{link_actor(actors, actor).text} → {link_actor(actors, recipient).text}"
