"""Lay out one report: its text, everything that stands off from it beside its words, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote as quote_address

from standoff.dossier.catalogue import date_article, name_article
from standoff.dossier.passages import list_statement
from standoff.errors import SourceError
from standoff.records import Article, Failure, Passage, Record
from standoff.resolve.copies import find_copies
from standoff.store.index.around import list_companions, list_failures, tally_articles
from standoff.store.index.queries import Key, Query
from standoff.store.record.parts import name_key
from standoff.web.desk import Desk
from standoff.web.shown.cards import Card, Link, say_moment
from standoff.web.shown.marking import LIT, Paragraph, Span, cut_paragraphs, list_bounds

WEB = ("http://", "https://")
LAYERS = {"attributions": "said", "events": "did", "positions": "stands"}
MOST = 20_000  # entries of one article that one page shows
PART = 60_000  # characters of a text on one page; a news report has some 3,000
FEW = 300  # notes that all take decisions where they stand; of more, the one that is asked for
RELATED = 12  # entries of each kind that lie between this report and others


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Show an entry in the margin, beside the paragraph in which it starts."""

    number: int
    card: Card
    layer: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Show a paragraph with the notes in its margin."""

    paragraph: Paragraph
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Show one report. `url` is one that can be followed; `names` are those of the actors that the text names.

    `few` is true of a report whose notes all take decisions where they stand. `part` is which part of a very long text
    the rows show, of how many.
    """

    card: Card
    id: str
    name: str
    title: str | None
    outlet: str | None
    published: str | None
    date: str
    dated_by: str | None
    source: str
    url: str | None
    language: str | None
    copies: tuple[Link, ...]
    failures: tuple[Failure, ...]
    counts: dict[str, int]
    names: dict[str, str]
    rows: tuple[Row, ...]
    few: bool
    part: int
    parts: int
    related: tuple[Card, ...]

    def list_cards(self) -> Iterator[Card]:
        """Yield the entries that the rows show, in reading order."""
        return (note.card for row in self.rows for note in row.notes)


def find_article(desk: Desk, id: str) -> Article:
    """Give an article; raises SourceError if the store does not hold it, or somebody left it out."""
    found = desk.store.load_part([Key("articles", id)]).articles
    if not found:
        decided = desk.list_verdicts([Key("articles", id)])
        for one in decided.values():
            day = say_moment(one.at)
            raise SourceError(f"the report {id} was left out by {one.who}, {day}; take that back among the judgements.")
        raise SourceError(f"there is no report {id} here; look for it among the reports.")
    return found[0]


def lay_out_report(
    desk: Desk, article: Article, *, part: int | None = None, entry: str | None = None, passage: Passage | None = None
) -> Report:
    """Give a report with the entry or the passage that is asked for lit.

    A text of more than `PART` characters is shown in parts: the one asked for, or the one in which the entry or the
    passage stands.
    """
    lit = (passage,) if passage else _find_entry(desk, entry, article.id)
    bounds = list_bounds(article.text)
    shown, parts = choose_part(bounds, part, lit[0].start if lit else None)
    kept = [bound for bound, number in zip(bounds, parts, strict=True) if number == shown]
    reach = (kept[0][0], kept[-1][1]) if kept else (0, 1)
    found = desk.store.find_entries(
        Query(articles=(article.id,), between=reach, kinds=(*LAYERS, "mentions"), limit=MOST)
    )
    own = Key("articles", article.id)
    loaded = desk.store.load_part((*found.keys, own))
    asked = {key.id for key in found.keys}
    places = list_places(loaded, article.id)
    keys = [Key(kind, item.id) for kind in LAYERS for item in getattr(loaded, kind) if item.id in places]
    keys = [key for key in keys if key.id in asked]
    keys.sort(key=lambda key: (places[key.id][0].start, -places[key.id][0].end))
    card, *cards = desk.make_cards((own, *keys), part=loaded)
    notes = [
        Note(number=number, card=one, layer=LAYERS[one.kind], chosen=one.id == entry)
        for number, one in enumerate(cards, start=1)
    ]
    spans = [Span(one.start, one.end, LIT) for one in lit]
    spans += _list_spans(loaded, notes, places, article.id)
    paragraphs = cut_paragraphs(article.text, spans, kept, first=parts.index(shown) + 1 if parts else 1)
    return Report(
        card=card,
        id=article.id,
        name=name_article(article),
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        date=date_article(article),
        dated_by=article.dated_by,
        source=article.source,
        url=_give_url(article),
        language=article.language,
        copies=_list_copies(desk, article),
        failures=_list_failures(desk, article),
        counts=_count_kinds(desk, article.id),
        names={actor.id: actor.name for actor in loaded.actors},
        rows=tuple(_set_rows(paragraphs, kept, notes, places)),
        few=len(notes) <= FEW,
        part=shown,
        parts=max(parts, default=1),
        related=_list_related(desk, article.id),
    )


def _find_entry(desk: Desk, entry: str | None, article: str) -> tuple[Passage, ...]:
    """Give where an entry stands in an article: nowhere, if it is none of those that notes show."""
    key = name_key(entry or "")
    if key.kind not in LAYERS:
        return ()
    return list_places(desk.store.load_part([key]), article).get(key.id, ())


def _count_kinds(desk: Desk, article: str) -> dict[str, int]:
    with desk.store.read() as connection:
        counts = tally_articles(connection, [article])
    return {kind: counts.get((article, kind), 0) for kind in LAYERS}


def list_places(loaded: Record, article: str) -> dict[str, tuple[Passage, ...]]:
    """Give the passages of an article by which each of its entries is shown, by the entry's id."""
    shown = {item.id: list_statement(item) for item in loaded.attributions}
    shown |= {item.id: (item.passage,) for item in loaded.events}
    shown |= {item.id: (item.passage,) for item in loaded.positions}
    own = {id: tuple(one for one in passages if one.article == article) for id, passages in shown.items()}
    return {id: passages for id, passages in own.items() if passages}


def choose_part(bounds: Sequence[tuple[int, int]], wanted: int | None, place: int | None) -> tuple[int, list[int]]:
    """Give which part of a text to show, from 1, and for each paragraph in which part it stands.

    >>> choose_part([(0, 50_000), (50_000, 400_000), (400_000, 400_100)], None, 400_050)
    (2, [1, 1, 2])
    """
    order = {part: number for number, part in enumerate(sorted({start // PART for start, _ in bounds}), start=1)}
    numbers = [order[start // PART] for start, _ in bounds]
    if wanted is None and place is not None:
        wanted = next((part for part, (start, end) in zip(numbers, bounds, strict=True) if start <= place < end), 1)
    return min(max(1, wanted or 1), max(1, len(order))), numbers


def _list_spans(
    loaded: Record, notes: Sequence[Note], places: dict[str, tuple[Passage, ...]], article: str
) -> Iterator[Span]:
    """Yield what stands off from the text: each note's words, those that go with them, and every name."""
    beside: dict[str, tuple[Passage | None, ...]] = {
        item.id: (item.cue, item.source.passage if item.source else None) for item in loaded.attributions
    }
    beside |= {item.id: (item.cue,) for item in loaded.events}
    beside |= {item.id: (item.condition,) for item in loaded.positions}
    for note in notes:
        for one in places[note.card.id]:
            yield Span(one.start, one.end, note.layer, note.number)
        for also in beside[note.card.id]:
            if also is not None and also.article == article:
                yield Span(also.start, also.end, "beside", note.number)
    for mention in loaded.mentions:
        if mention.passage.article == article:
            yield Span(mention.passage.start, mention.passage.end, "named", actor=mention.actor)


def _set_rows(
    paragraphs: Iterable[Paragraph],
    bounds: Sequence[tuple[int, int]],
    notes: Sequence[Note],
    places: dict[str, tuple[Passage, ...]],
) -> Iterator[Row]:
    """Yield each paragraph with the notes that start in it."""
    waiting = list(reversed(notes))
    for paragraph, (start, end) in zip(paragraphs, bounds, strict=True):
        beside = []
        while waiting and places[waiting[-1].card.id][0].start < end:
            note = waiting.pop()
            if places[note.card.id][0].start >= start:
                beside.append(note)
        yield Row(paragraph=paragraph, notes=tuple(beside))


def _give_url(article: Article) -> str | None:
    """Give the address of an article where it is one of the web: nothing else is made a link."""
    url = article.url or article.source
    return url if url.lower().startswith(WEB) else None


def _list_copies(desk: Desk, article: Article) -> tuple[Link, ...]:
    """Give the reports that are one text with this one, among those that tell most of the same."""
    with desk.store.read() as connection:
        companions = list_companions(connection, article.id)
    if not companions:
        return ()
    others = desk.store.load_part(Key("articles", id) for id in companions).articles
    origins = find_copies((article, *others))
    return tuple(
        Link(text=_name_with_outlet(other), href=f"/articles/{quote_address(other.id)}")
        for other in others
        if origins[other.id] == origins[article.id]
    )


def _name_with_outlet(article: Article) -> str:
    return f"{name_article(article)} ({article.outlet})" if article.outlet else name_article(article)


def _list_failures(desk: Desk, article: Article) -> tuple[Failure, ...]:
    with desk.store.read() as connection:
        return list_failures(connection, article.source)


def _list_related(desk: Desk, article: str) -> tuple[Card, ...]:
    """Give what lies between this report and others: where they do not agree, what shifted."""
    kinds = ("conflicts", "shifts")
    return desk.find_cards(Query(article=article, kinds=kinds, limit=RELATED, order="best")).cards
