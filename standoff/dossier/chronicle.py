"""Lay out what happened when, and who did what to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from standoff.dossier.catalogue import UNKNOWN_DAY, Catalogue, Name, Quote, Reference
from standoff.dossier.words import say_code, say_dates
from standoff.records import Event, Happening, Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """Show one detail that two reports tell differently: what differs, and each report's words with their place."""

    what: str
    sides: tuple[tuple[str, Reference | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Show one happening on the timeline; `earliest` and `latest` are ISO dates for the picture."""

    number: int
    label: str
    status: str
    status_word: str
    date: str
    earliest: str | None
    latest: str | None
    exact: bool
    reports: int
    origins: int
    references: tuple[Reference, ...]
    details: tuple[Detail, ...]
    quote: Quote | None
    actors: tuple[int, ...]
    types: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Show one event: what type of deed it is, whether it came about, who vouches for it and when, and the words."""

    event: str
    type: str
    tone: str
    mode: str | None
    contexts: tuple[str, ...]
    status: str
    status_word: str
    date: str
    dated: bool
    sort: str
    place: str | None
    voucher: Name | None
    vouched: str
    quote: Quote | None
    actors: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dyad:
    """Collect what one side did to another, in order of time."""

    actors: tuple[Name, ...]
    recipients: tuple[Name, ...]
    deeds: tuple[Deed, ...]


def present_timeline(catalogue: Catalogue) -> tuple[Entry, ...]:
    """Give the happenings in order of time; those that nothing dates come last."""
    ordered = sorted(catalogue.record.happenings, key=_sort_happening)
    return tuple(_show_entry(catalogue, item, number) for number, item in enumerate(ordered, start=1))


def _sort_happening(happening: Happening) -> tuple[str, str, str]:
    when = happening.when
    earliest = (when.earliest or when.latest) if when else None
    return earliest or UNKNOWN_DAY, (when.latest if when else None) or UNKNOWN_DAY, happening.id


def _show_entry(catalogue: Catalogue, happening: Happening, number: int) -> Entry:
    when = happening.when
    earliest, latest = (when.earliest, when.latest) if when else (None, None)
    events = [catalogue.events[event] for event in happening.events if event in catalogue.events]
    places = sorted(happening.passages or [event.passage for event in events], key=catalogue.place)
    articles = dict.fromkeys([*happening.articles, *(passage.article for passage in places)])
    known = [article for article in articles if article in catalogue.by_id]
    actors = catalogue.names(actor for event in events for actor in (*event.actors, *event.recipients))
    return Entry(
        number=number,
        label=happening.label,
        status=happening.status,
        status_word=say_code("statuses", happening.status),
        date=say_dates(earliest, latest),
        earliest=earliest,
        latest=latest,
        exact=earliest is not None and earliest == latest,
        reports=len(known),
        origins=happening.origins or catalogue.count_origins(known),
        references=_refer_once(catalogue, places),
        details=tuple(
            Detail(
                what=say_code("details", item.what),
                sides=tuple((side.text, catalogue.refer([side])) for side in (item.left, item.right)),
            )
            for item in happening.differences
        ),
        quote=catalogue.quote(places),
        actors=tuple(name.number for name in actors if name.number),
        types=tuple(dict.fromkeys(say_code("types", event.type) for event in events)),
        why=f"{happening.why} (score {happening.score:.2f})",
    )


def _refer_once(catalogue: Catalogue, passages: Iterable[Passage]) -> tuple[Reference, ...]:
    """Give one reference for each paragraph that tells of a happening."""
    found = (catalogue.refer([passage]) for passage in passages)
    by_place = {reference.cited: reference for reference in reversed([one for one in found if one])}
    return tuple(sorted(by_place.values(), key=lambda reference: (reference.article, reference.paragraph)))


def present_dyads(catalogue: Catalogue) -> tuple[Dyad, ...]:
    """Give the events by who did them to whom, the pair with the most first, and those of nobody named last."""
    dyads: dict[tuple[tuple[Name, ...], tuple[Name, ...]], list[Deed]] = {}
    for event in sorted(catalogue.record.events, key=lambda event: catalogue.place(event.passage)):
        key = (catalogue.names(event.actors), catalogue.names(event.recipients))
        dyads.setdefault(key, []).append(_show_deed(catalogue, event))
    return tuple(
        Dyad(actors=actors, recipients=recipients, deeds=tuple(sorted(deeds, key=lambda deed: deed.sort)))
        for (actors, recipients), deeds in sorted(dyads.items(), key=lambda item: (not any(item[0]), -len(item[1])))
    )


def anchor_deeds(dyads: Iterable[Dyad]) -> dict[str, str]:
    """Give for each event's id the id that its entry has in the page."""
    return {
        deed.event: f"d-{place}-{number}"
        for place, dyad in enumerate(dyads, start=1)
        for number, deed in enumerate(dyad.deeds, start=1)
    }


def _show_deed(catalogue: Catalogue, event: Event) -> Deed:
    sort, date, dated = catalogue.date(event.when, event.passage)
    voucher = catalogue.attributions.get(event.asserted_by or "")
    _, spoken, known = catalogue.date(voucher.when, event.passage) if voucher else ("", "", False)
    return Deed(
        event=event.id,
        type=say_code("types", event.type),
        tone=say_code("tones", event.type),
        mode=say_code("modes", event.mode) if event.mode else None,
        contexts=tuple(say_code("contexts", context) for context in event.context),
        status=event.status,
        status_word=say_code("statuses", event.status),
        date=date,
        dated=dated,
        sort=sort,
        place=event.place,
        voucher=catalogue.speaker(voucher) if voucher else None,
        vouched=spoken if known or (spoken.startswith("reported") and dated) else "",
        quote=catalogue.quote([event.passage]),
        actors=tuple(name.number for name in catalogue.names((*event.actors, *event.recipients)) if name.number),
        why=f"{event.why} (score {event.score:.2f})",
    )
