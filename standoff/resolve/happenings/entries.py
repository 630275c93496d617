"""Choose what may stand on a timeline: deeds, occasions, and statements that an article puts on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from standoff.codebooks import Code, load_codebook
from standoff.records import Article, Attribution, Event, Occasion, Passage, Reading, When, cut_passage
from standoff.resolve.dates.shared import stem_words
from standoff.resolve.dates.spans import Days, parse_day
from standoff.resolve.families import find_code, name_family

# PLOVER types that are done rather than said; what is only said stands on a timeline if it is dated.
DEEDS = frozenset(
    {"AGREE", "CONSULT", "COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
)
SPOKEN_WIDTH = 31  # days; a statement known less precisely is no entry of a timeline
LONGEST = 400  # characters; a statement's passage runs from speaker to content if it is no longer than this


@dataclass(frozen=True, slots=True)
class Entry:
    """One telling of something that happens, in the form in which tellings are compared."""

    id: str
    article: str
    family: str
    kind: str
    code: Code | None
    parties: frozenset[str]
    place: str | None
    stems: frozenset[str]
    status: str
    days: Days
    when: When | None
    written: Days
    passages: tuple[Passage, ...]
    record: Event | Occasion | Attribution
    score: float

    @property
    def order(self) -> tuple[int, str, str, int, str]:
        """Sort the most precise first, then by day and place in the articles, whatever order the articles come in."""
        return (self.days.width, str(self.days.first), self.article, self.passages[0].start, self.id)


def list_entries(reading: Reading) -> Iterator[Entry]:
    """Yield the events, occasions and dated statements of an article that a timeline may show.

    An event that is only spoken of (hypothetical, negated) is none. Of a speaker's statements of one day in one
    article, one is kept.
    """
    article = reading.article
    written = Days(parse_day(article.earliest), parse_day(article.latest))
    for event in reading.events:
        days = _read_when(event.when)
        code = find_code(event)
        if event.status in ("actual", "future") and (days != Days() or (event.type in DEEDS and code is not None)):
            yield _enter_event(event, code, days, written)
    for occasion in reading.occasions:
        yield _enter_occasion(occasion, written)
    yield from _enter_speeches(reading, written)


def _read_when(when: When | None) -> Days:
    return Days() if when is None else Days(parse_day(when.earliest), parse_day(when.latest))


def _enter_event(event: Event, code: Code | None, days: Days, written: Days) -> Entry:
    return Entry(
        id=event.id,
        article=event.passage.article,
        family=name_family(event),
        kind=event.type if code is None else code.key,
        code=code,
        parties=frozenset((*event.actors, *event.recipients)),
        place=event.place,
        stems=stem_words([event.passage.text]),
        status=event.status,
        days=days,
        when=event.when,
        written=written,
        passages=(event.passage,),
        record=event,
        score=event.score,
    )


def _enter_occasion(occasion: Occasion, written: Days) -> Entry:
    return Entry(
        id=occasion.id,
        article=occasion.passage.article,
        family=name_family(occasion),
        kind=occasion.kind,
        code=load_codebook("occasions").codes.get(occasion.kind),
        parties=frozenset(occasion.actors),
        place=occasion.place,
        stems=stem_words([occasion.passage.text]),
        status=occasion.status,
        days=_read_when(occasion.when),
        when=occasion.when,
        written=written,
        passages=(occasion.passage,),
        record=occasion,
        score=0.7,
    )


def _enter_speeches(reading: Reading, written: Days) -> Iterator[Entry]:
    """Yield a speaker's first statement of each day that the article puts on that day by a time expression."""
    seen: set[tuple[str, Days]] = set()
    for item in reading.attributions:
        days = _read_when(item.when)
        speaker = None if item.source is None else item.source.actor
        if speaker is None or item.inside is not None or not item.content or days.width > SPOKEN_WIDTH:
            continue
        if (speaker, days) in seen:
            continue
        seen.add((speaker, days))
        yield Entry(
            id=item.id,
            article=reading.article.id,
            family="speech",
            kind="speech",
            code=None,
            parties=frozenset([speaker]),
            place=None,
            stems=stem_words(part.text for part in item.content),
            status="actual",
            days=days,
            when=item.when,
            written=written,
            passages=_join_passages(reading.article, item),
            record=item,
            score=item.score,
        )


def _join_passages(article: Article, item: Attribution) -> tuple[Passage, ...]:
    """Give one passage from speaker to content where they stand together, else each by itself."""
    words = [item.source.passage if item.source else None, item.cue, item.when.passage if item.when else None]
    parts = [part for part in (*words, item.content[0]) if part is not None]
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    if end - start <= LONGEST:
        return (cut_passage(article, start, end),)
    return tuple(sorted(set(parts), key=lambda part: (part.start, part.end)))
