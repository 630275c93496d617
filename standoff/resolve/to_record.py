"""Join what single articles gave into one record: the order in which things are resolved across articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from standoff.records import Failure, Reading, Record
from standoff.resolve.actors import resolve_actors
from standoff.resolve.conflicts import find_conflicts
from standoff.resolve.copies import find_copies
from standoff.resolve.dates import date_articles
from standoff.resolve.happenings import merge_happenings
from standoff.resolve.identities import suggest_identities
from standoff.resolve.memory import Memory
from standoff.resolve.pins import Pins
from standoff.resolve.shifts import find_shifts


def resolve_records(
    readings: Iterable[Reading],
    *,
    failures: Sequence[Failure] = (),
    made_by: dict[str, Any] | None = None,
    pins: Pins | None = None,
    memory: Memory | None = None,
) -> Record:
    """Give one record of all `readings`, whatever order they come in.

    Copies are found first, since two copies vouch for nothing together; then the actors; then the articles' days, which
    need actors to see that two articles tell of one happening; then what happened, who moved, and what does not fit.
    `pins` are the codes that a user has set for actors. A `memory` that is handed over again when articles have been
    added saves the work on what they do not touch; what is given is the same without one.
    """
    if memory is None:
        return _resolve_all(readings, failures=failures, made_by=made_by, pins=pins)
    with memory.open():
        known = (memory.keep(reading.article.id, reading) for reading in readings)
        return _resolve_all(known, failures=failures, made_by=made_by, pins=pins)


def _resolve_all(
    readings: Iterable[Reading], *, failures: Sequence[Failure], made_by: dict[str, Any] | None, pins: Pins | None
) -> Record:
    """Take the stages in their order."""
    ordered = sorted(readings, key=lambda reading: (reading.article.source, reading.article.id))
    copies = find_copies([reading.article for reading in ordered])
    resolved, actors = resolve_actors(ordered, pins=pins)
    dated = date_articles(resolved, copies=copies)
    happenings = merge_happenings(dated, actors=actors, copies=copies)
    return Record(
        made_by=made_by or {},
        articles=tuple(reading.article for reading in dated),
        actors=tuple(actors),
        mentions=tuple(mention for reading in dated for mention in reading.mentions),
        attributions=tuple(item for reading in dated for item in reading.attributions),
        events=tuple(event for reading in dated for event in reading.events),
        positions=tuple(position for reading in dated for position in reading.positions),
        happenings=tuple(happenings),
        shifts=tuple(find_shifts(dated, actors=actors)),
        conflicts=tuple(find_conflicts(dated, actors=actors, happenings=happenings, copies=copies)),
        suggestions=tuple(suggest_identities(resolved, actors=actors, pins=pins)),
        failures=tuple(failures),
    )
