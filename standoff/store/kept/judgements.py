"""Keep what people decided: judgements are added, and withdrawn by further ones, and never changed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence

from pydantic import TypeAdapter
from sqlalchemy import JSON, Column, Connection, Index, Integer, Select, Table, Text, insert, select

from standoff.errors import StoreError
from standoff.records import Judgement, make_id
from standoff.store.exact import ExactText
from standoff.store.record.tables import KINDS, TABLES, metadata, readings

READ = frozenset({"articles", "mentions", "attributions", "events", "positions"})  # what one article's reading holds

judgements = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", ExactText, nullable=False, unique=True),
    Column("kind", ExactText, nullable=False),
    Column("entry", ExactText, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("other", ExactText),
    Column("fields", JSON(none_as_null=True)),
    Column("who", ExactText, nullable=False),
    Column("at", Text, nullable=False),
    Column("why", ExactText),
    Column("label", ExactText, nullable=False),
    Column("passage", JSON(none_as_null=True)),
    Column("rests_on", JSON, nullable=False),
    Index("judgements_by_entry", "entry"),
)

ADAPTER = TypeAdapter(Judgement)


def insert_judgement(connection: Connection, judgement: Judgement) -> None:
    """Add a judgement; one that is there already, as when a request is sent twice, is left as it is.

    Raises StoreError if another one has its id.
    """
    kept = _find_judgement(connection, judgement.id)
    if kept is None:
        connection.execute(insert(judgements).values(dataclasses.asdict(judgement)))
    elif kept != judgement:
        raise StoreError(f"the store has another judgement {judgement.id}; give the new one an id of its own.")


def insert_withdrawal(connection: Connection, key: str, *, who: str, at: str, why: str | None) -> Judgement:
    """Take a judgement back, and give the one that does so; the first withdrawal stands if there are two.

    Raises StoreError if there is no such judgement, or if it is itself a withdrawal.
    """
    kept = _find_judgement(connection, key)
    if kept is None:
        raise StoreError(f"the store has no judgement {key}; list them with: standoff store judgements URL")
    if kept.verdict == "withdraw":
        raise StoreError(f"{key} withdraws another judgement and cannot be withdrawn; judge the entry anew.")
    withdrawal = Judgement(
        id=make_id("judgement", "withdraw", key),
        kind="judgements",
        entry=key,
        verdict="withdraw",
        who=who,
        at=at,
        why=why,
        label=kept.label,
        passage=kept.passage,
        rests_on=kept.rests_on,
    )
    earlier = _find_judgement(connection, withdrawal.id)
    if earlier is not None:
        return earlier
    insert_judgement(connection, withdrawal)
    return withdrawal


def select_judgements(
    connection: Connection, *, kind: str | None = None, entry: str | None = None, open_only: bool = True
) -> tuple[Judgement, ...]:
    """Give the judgements in the order in which they were made, of one kind or on one entry if asked.

    An entry is also found as the `other` of a pair. With `open_only`, neither withdrawals nor what they withdraw.
    """
    wanted = select(*_columns()).order_by(judgements.c.number)
    if kind is not None:
        wanted = wanted.where(judgements.c.kind == kind)
    if entry is not None:
        wanted = wanted.where((judgements.c.entry == entry) | (judgements.c.other == entry))
    if open_only:
        wanted = wanted.where(judgements.c.verdict != "withdraw", judgements.c.id.not_in(give_withdrawn()))
    return tuple(ADAPTER.validate_python(row._asdict()) for row in connection.execute(wanted))


def give_withdrawn() -> Select[tuple[str]]:
    """Give, for other statements to build on, the ids of the judgements that were taken back."""
    return select(judgements.c.entry).where(judgements.c.verdict == "withdraw")


def select_orphans(connection: Connection) -> tuple[Judgement, ...]:
    """Give the open judgements whose ground has gone: an entry that they rest on is in no reading any more.

    One that rests on nothing named rests on its entry. One on actors, who are made of many, stands while any is left.
    """
    found = select_judgements(connection)
    wanted = {judgement.id: _list_grounds(judgement) for judgement in found}
    missing = _find_missing(connection, {key for grounds in wanted.values() for key in grounds})
    return tuple(judgement for judgement in found if _is_orphan(judgement, wanted[judgement.id], missing))


def _is_orphan(judgement: Judgement, grounds: Sequence[str], missing: set[str]) -> bool:
    gone = [key in missing for key in grounds]
    return all(gone) if judgement.kind == "actors" else any(gone)


def _list_grounds(judgement: Judgement) -> tuple[str, ...]:
    """Give the ids that must be found for the judgement to have a ground.

    What is resolved from several entries may have gone because of the judgement itself: its own id says nothing then.
    """
    named = (judgement.entry, judgement.other) if judgement.other else (judgement.entry,)
    if not judgement.rests_on:
        return named
    return (*named, *judgement.rests_on) if judgement.kind in READ else judgement.rests_on


def _find_missing(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Give those of the ids that neither the record nor any reading has; the readings are asked last, being large."""
    missing = set(keys)
    for kind in KINDS:
        column = TABLES[kind].c.get("id")
        if column is not None and missing:
            listed = sorted(missing)
            for start in range(0, len(listed), 500):
                wanted = select(column).where(column.in_(listed[start : start + 500]))
                missing -= set(connection.execute(wanted).scalars())
    if not missing:
        return missing
    pattern = re.compile("|".join(f'"{re.escape(key)}"' for key in sorted(missing, key=len, reverse=True)))
    bodies = select(readings.c.body.cast(Text)).execution_options(yield_per=100)
    with connection.execute(bodies) as result:
        for body in result.scalars():
            missing -= {key.strip('"') for key in pattern.findall(body)}
            if not missing:
                break
    return missing


def _find_judgement(connection: Connection, key: str) -> Judgement | None:
    row = connection.execute(select(*_columns()).where(judgements.c.id == key)).one_or_none()
    return None if row is None else ADAPTER.validate_python(row._asdict())


def _columns() -> list[Column[object]]:
    return [column for column in judgements.c if column.name != "number"]
