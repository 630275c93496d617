"""Join what single articles gave into one record: the order in which things are resolved across articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from standoff.records import Event, Failure, Judgement, Reading, Record
from standoff.resolve.actors import resolve_actors
from standoff.resolve.conflicts import find_conflicts
from standoff.resolve.copies import find_copies
from standoff.resolve.dates import date_articles
from standoff.resolve.happenings import merge_happenings
from standoff.resolve.identities import suggest_identities
from standoff.resolve.judged.actors import ActorVerdicts, drop_suggestions
from standoff.resolve.judged.readings import judge_readings
from standoff.resolve.judged.verdicts import Verdicts, settle_judgements
from standoff.resolve.memory import Memory
from standoff.resolve.pins import Pins
from standoff.resolve.shifts import find_shifts


def resolve_records(
    readings: Iterable[Reading],
    *,
    failures: Sequence[Failure] = (),
    made_by: dict[str, Any] | None = None,
    pins: Pins | None = None,
    judgements: Sequence[Judgement] = (),
    memory: Memory | None = None,
) -> Record:
    """Give one record of all `readings`, whatever order they come in.

    Copies are found first, since two copies vouch for nothing together; then the actors; then the articles' days, which
    need actors to see that two articles tell of one happening; then what happened, who moved, and what does not fit.
    `pins` are the codes that a user has set for actors, `judgements` what people decided about single entries: rejected
    ones are left out, corrected ones changed, and what a person said is one, or is not, holds against all else. A
    `memory` that is handed over again when articles have been added saves the work on what they do not touch; what is
    given is the same without one.
    """
    verdicts = settle_judgements(judgements)
    if memory is None:
        return _resolve_all(readings, verdicts, failures=failures, made_by=made_by, pins=pins)
    with memory.open():
        known = (memory.keep(reading.article.id, reading) for reading in readings)
        return _resolve_all(known, verdicts, failures=failures, made_by=made_by, pins=pins)


def _resolve_all(
    readings: Iterable[Reading],
    verdicts: Verdicts,
    *,
    failures: Sequence[Failure],
    made_by: dict[str, Any] | None,
    pins: Pins | None,
) -> Record:
    """Take the stages in their order."""
    ordered = sorted(readings, key=lambda reading: (reading.article.source, reading.article.id))
    judged = judge_readings(ordered, verdicts)
    copies = find_copies([reading.article for reading in judged])
    resolved, actors = resolve_actors(judged, pins=pins, verdicts=ActorVerdicts(judged, verdicts))
    dated = date_articles(resolved, copies=copies)
    happenings = merge_happenings(dated, actors=actors, copies=copies, verdicts=verdicts)
    conflicts = find_conflicts(dated, actors=actors, happenings=happenings, copies=copies)
    suggestions = suggest_identities(resolved, actors=actors, pins=pins)
    return Record(
        made_by=made_by or {},
        articles=tuple(reading.article for reading in dated),
        actors=tuple(actors),
        mentions=tuple(mention for reading in dated for mention in reading.mentions),
        attributions=tuple(item for reading in dated for item in reading.attributions),
        events=tuple(_leave_day(event, verdicts) for reading in dated for event in reading.events),
        positions=tuple(position for reading in dated for position in reading.positions),
        happenings=tuple(happenings),
        shifts=tuple(item for item in find_shifts(dated, actors=actors) if not verdicts.rejects("shifts", item.id)),
        conflicts=tuple(item for item in conflicts if not verdicts.rejects("conflicts", item.id)),
        suggestions=tuple(drop_suggestions(suggestions, resolved, verdicts)),
        failures=tuple(failures),
    )


def _leave_day(event: Event, verdicts: Verdicts) -> Event:
    """Give an event whose day a person set without the passage that stood for that day: no words of the text say it."""
    if event.when is None or "when" not in verdicts.fields.get(("events", event.id), ()):
        return event
    return replace(event, when=replace(event.when, passage=None))
