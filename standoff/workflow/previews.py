"""Show what a change would do before it holds: other issues, other pins of actors, or a few judgements.

What would change is worked out on the articles concerned, before and after, and nothing is stored. Where these are too
many to wait for, some of them are taken, and it is said how many.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from standoff.codebooks import Code, load_codebook
from standoff.records import Judgement, Reading
from standoff.resolve.differences import Differences, compare_records
from standoff.resolve.judged.places import parse_places
from standoff.resolve.judged.verdicts import PLACES
from standoff.resolve.pins import Pin, Pins, list_forms, parse_pins
from standoff.resolve.to_record import resolve_records
from standoff.store.database import Store
from standoff.workflow import annotate_articles
from standoff.workflow.kept import READING, describe_reading, lay_out, load_settings

MOST_READ = 12  # articles that a preview reads anew: some seconds
MOST_RESOLVED = 300  # articles that a preview resolves twice: some seconds
CUES = ("for_cues", "against_cues", "echo_for_cues", "echo_against_cues", "abroad_for_cues", "abroad_against_cues")
PARTED = ("actors", "attributions", "events", "happenings", "positions", "shifts", "conflicts", "suggestions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Hold what a change would do to some articles: those `looked` at, of those `concerned`, of all that there are.

    `estimated` is how many entries would go, come and change in all that are concerned, by kind, where not all of them
    were looked at; empty where they were.
    """

    differences: tuple[Differences, ...]
    looked: int
    concerned: int
    of: int
    estimated: Mapping[str, Mapping[str, int]]


def preview_actors(store: Store, text: str) -> Preview:
    """Show what another `actors.toml` would change; raises ConfigError, naming the key, for one that is broken."""
    before, after = load_settings(store).pins or {}, parse_pins(text, "of the store")
    forms = frozenset(_list_changed_forms(before, after))
    readings = list(store.load_readings())
    concerned = [
        reading
        for reading in readings
        if any(forms & _list_names(reading, place) for place in range(len(reading.actors)))
    ]
    return _preview_resolving(store, readings, concerned, pins=(before, after))


def preview_judgements(store: Store, judgements: Sequence[Judgement]) -> Preview:
    """Show what judgements would change, before they are made: a merge of actors, a split, a rejection."""
    articles = {article for judgement in judgements for article in _list_articles(judgement)}
    readings = list(store.load_readings())
    concerned = [reading for reading in readings if reading.article.id in articles]
    return _preview_resolving(store, readings, concerned, judgements=judgements)


def preview_issues(store: Store, text: str, *, limit: int = MOST_READ) -> Preview:
    """Show what another codebook of issues would change, by reading at most `limit` of the articles concerned anew.

    Concerned is an article that has a position on an issue that changes, or one of its cues' words. Raises ConfigError,
    naming file and key, for a codebook that is broken.
    """
    issues = load_settings(store).issues
    codes = load_codebook("issues" if issues is None else issues).codes, load_codebook(path := lay_out(text)).codes
    changed = [key for key in {**codes[0], **codes[1]} if codes[0].get(key) != codes[1].get(key)]
    words = frozenset(word for book in codes for key in changed if key in book for word in _list_words(book[key]))
    readings = list(store.load_readings())
    concerned = [reading for reading in readings if _is_concerned(reading, frozenset(changed), words)]
    chosen = _spread(concerned, limit)
    known = store.list_articles(made_by=describe_reading(issues))
    before = [reading if reading.article.id in known else _read(reading, issues) for reading in chosen]
    after = [_read(reading, path) for reading in chosen]
    differences = compare_records(resolve_records(before), resolve_records(after), only=("positions", "shifts"))
    return _make_preview(differences, chosen, concerned, readings)


def _read(reading: Reading, issues: pathlib.Path | None) -> Reading:
    """Read an article anew; one that cannot be read stays as it was."""
    with READING:
        found = list(annotate_articles([reading.article], issues=issues))
    return next((item for item in found if isinstance(item, Reading)), reading)


def _preview_resolving(
    store: Store,
    readings: Sequence[Reading],
    concerned: Sequence[Reading],
    *,
    pins: tuple[Pins, Pins] | None = None,
    judgements: Sequence[Judgement] = (),
) -> Preview:
    """Resolve before and after: all articles if they are few, so that what hangs on others is seen too."""
    chosen = list(readings) if len(readings) <= MOST_RESOLVED else _spread(concerned, MOST_RESOLVED)
    kept = store.list_judgements()
    own = load_settings(store).pins if pins is None else None
    first, last = (own, own) if pins is None else pins
    before = resolve_records(chosen, pins=first, judgements=kept)
    after = resolve_records(chosen, pins=last, judgements=(*kept, *judgements))
    differences = compare_records(before, after, only=PARTED)
    return _make_preview(differences, chosen, list(readings) if chosen == list(readings) else concerned, readings)


def _make_preview(
    differences: tuple[Differences, ...],
    looked: Sequence[Reading],
    concerned: Sequence[Reading],
    readings: Sequence[Reading],
) -> Preview:
    share = len(concerned) / len(looked) if looked else 0
    counts = {
        item.kind: {"gone": len(item.gone), "new": len(item.new), "changed": len(item.changed)}
        for item in differences
        if item
    }
    estimated = {kind: {name: round(share * count) for name, count in told.items()} for kind, told in counts.items()}
    return Preview(
        differences=tuple(item for item in differences if item),
        looked=len(looked),
        concerned=len(concerned),
        of=len(readings),
        estimated=estimated if len(looked) < len(concerned) else {},
    )


def _spread(readings: Sequence[Reading], most: int) -> list[Reading]:
    """Give at most so many, taken evenly from all of them."""
    if len(readings) <= most:
        return list(readings)
    return [readings[place * len(readings) // most] for place in range(most)]


def _list_changed_forms(before: Pins, after: Pins) -> Iterator[str]:
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            for pins in (before, after):
                pin = pins.get(name, Pin())
                yield from (*list_forms(name, pin), *(form.casefold() for form in pin.not_same))


def _list_names(reading: Reading, place: int) -> set[str]:
    actor = reading.actors[place]
    return {form.casefold() for form in (actor.name, *actor.aliases)}


def _list_articles(judgement: Judgement) -> Iterable[str]:
    kept = (judgement.fields or {}).get(PLACES, {})
    yield from (place.article for side in kept.values() for place in parse_places(side))
    if judgement.passage is not None:
        yield judgement.passage.article
    if judgement.kind == "articles":
        yield judgement.entry


def _list_words(code: Code) -> Iterator[str]:
    """Yield the first word of each cue, without the letters that an ending may take the place of ("deny", "denied")."""
    for cue in (*code.cues, *(cue for field in CUES for cue in code.extra.get(field, ()))):
        yield cue.partition("/")[0].split(" ")[0].casefold().rstrip("ey")


def _is_concerned(reading: Reading, issues: frozenset[str], words: frozenset[str]) -> bool:
    if any(position.issue in issues for position in reading.positions):
        return True
    text = reading.article.text.casefold()
    return any(word in text for word in words if word)
