"""Number a record's articles and actors for the page, and turn its passages into references to follow."""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from standoff.dossier.passages import collect_spans, find_paragraphs, name_anchor, number_paragraph
from standoff.dossier.words import parse_day, say_dates
from standoff.records import Actor, Article, Attribution, Event, Passage, Position, Record, When
from standoff.resolve.copies import find_copies
from standoff.resolve.vouching import are_one_side

CONTEXT = 160  # characters shown on either side of a passage, at most: about one sentence of a news report
OPENING = 80  # characters by which an untitled article is known
UNKNOWN_DAY = "9999"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Point the reader at a passage: its anchor, the further anchors that belong to it, and how it is cited."""

    anchor: str
    further: str
    article: int
    paragraph: int
    cited: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Show a passage within the words around it."""

    before: str
    text: str
    after: str
    reference: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Name an actor and link to its entry; `number` is None for somebody whom the record does not hold."""

    text: str
    number: int | None = None


class Catalogue:
    """Look up what the page needs again and again: actors by prominence, articles by date, passages by place."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.articles = sorted(record.articles, key=lambda article: (_sort_day(article), article.source, article.id))
        self.numbers = {article.id: number for number, article in enumerate(self.articles, start=1)}
        self.by_id = {article.id: article for article in self.articles}
        self.paragraphs = {article.id: find_paragraphs(article.text) for article in self.articles}
        self.spans = collect_spans(record)
        self.copies: Mapping[str, str] = find_copies(self.articles)
        self.attributions = {item.id: item for item in record.attributions}
        self.events = {item.id: item for item in record.events}
        self.positions = {item.id: item for item in record.positions}
        self.known = {actor.id: actor for actor in record.actors}
        self.weights = _weigh_actors(record)
        self.actors = sorted(record.actors, key=lambda actor: (-self.weights[actor.id], actor.name, actor.id))
        self.actor_numbers = {actor.id: number for number, actor in enumerate(self.actors, start=1)}

    def name(self, actor_id: str | None, *, unknown: str = "someone unnamed") -> Name:
        """Give the name of an actor, or `unknown` where the record does not hold it."""
        number = self.actor_numbers.get(actor_id or "")
        return Name(text=unknown) if number is None else Name(text=self.actors[number - 1].name, number=number)

    def names(self, actor_ids: Iterable[str]) -> tuple[Name, ...]:
        """Give the names of the actors that the record holds, each once."""
        return tuple(self.name(actor_id) for actor_id in dict.fromkeys(actor_ids) if actor_id in self.actor_numbers)

    def speaker(self, attribution: Attribution) -> Name:
        """Give who an attribution is given to: the actor, else the words that name the source, else nobody."""
        source = attribution.source
        words = source.passage.text if source and source.passage else "an unnamed source"
        return self.name(source.actor if source else None, unknown=words)

    def refer(self, passages: Sequence[Passage]) -> Reference | None:
        """Give the reference to a fact's passages, or None if none of them lies in an article of the record."""
        placed = [passage for passage in passages if self._holds(passage)]
        if not placed:
            return None
        first = placed[0]
        number = self.numbers[first.article]
        paragraph = number_paragraph(self.paragraphs[first.article], first.start)
        anchors = [name_anchor(self.numbers[passage.article], passage.start, passage.end) for passage in placed]
        return Reference(
            anchor=anchors[0],
            further=" ".join(dict.fromkeys(anchors[1:])),
            article=number,
            paragraph=paragraph,
            cited=f"{number} ¶{paragraph}",
        )

    def quote(self, passages: Sequence[Passage]) -> Quote | None:
        """Give the first of a fact's passages within its sentence, as far as a simple cut can tell sentences."""
        reference = self.refer(passages)
        if reference is None:
            return None
        passage = next(passage for passage in passages if self._holds(passage))
        text = self.by_id[passage.article].text
        return Quote(
            before=cut_before(text, passage.start),
            text=text[passage.start : passage.end],
            after=cut_after(text, passage.end),
            reference=reference,
        )

    def date(self, when: When | None, passage: Passage | None) -> tuple[str, str, bool]:
        """Give a sortable day, the date in words, and whether the fact itself gives it; else it is its article's."""
        if when and (when.earliest or when.latest):
            return when.earliest or when.latest or UNKNOWN_DAY, say_dates(when.earliest, when.latest), True
        article = self.by_id.get(passage.article) if passage else None
        if article is None:
            return UNKNOWN_DAY, "undated", False
        reported = date_article(article)
        return _sort_day(article), reported if reported == "undated" else f"reported {reported}", False

    def bound(self, when: When | None, passage: Passage | None) -> tuple[datetime.date, datetime.date] | None:
        """Give the first and last day of a fact, from its own words, else from its article; None if one is open."""
        if when and (when.earliest or when.latest):
            return bound_days(when.earliest, when.latest)
        article = self.by_id.get(passage.article) if passage else None
        return None if article is None else bound_article(article)

    def find_teller(self, position: Position) -> Name | None:
        """Give who tells of a position if that is another side than the holder's: the outermost who is named."""
        teller, passed = None, set[str]()
        said = self.attributions.get(position.basis or "")
        while said is not None and said.id not in passed:
            passed.add(said.id)
            if said.source is not None and said.source.actor in self.known:
                teller = said.source.actor
            said = self.attributions.get(said.inside or "")
        if teller is None or are_one_side(teller, position.holder, self.known):
            return None
        return self.name(teller)

    def place(self, passage: Passage | None) -> tuple[int, int]:
        """Give a key that sorts passages as they are read."""
        return (self.numbers.get(passage.article, 0), passage.start) if passage else (0, 0)

    def count_origins(self, articles: Iterable[str]) -> int:
        """Count the reports that are not copies of one another."""
        return len({self.copies.get(article, article) for article in articles if article in self.by_id})

    def _holds(self, passage: Passage) -> bool:
        article = self.by_id.get(passage.article)
        return article is not None and 0 <= passage.start < passage.end <= len(article.text)


def bound_article(article: Article) -> tuple[datetime.date, datetime.date] | None:
    """Give the first and last day on which an article may have been written, if both are known."""
    return bound_days(article.earliest or article.published, article.latest or article.published)


def bound_days(earliest: str | None, latest: str | None) -> tuple[datetime.date, datetime.date] | None:
    """Give the first and last day of an interval that has both."""
    first, last = parse_day(earliest), parse_day(latest)
    return (min(first, last), max(first, last)) if first and last else None


def date_article(article: Article) -> str:
    """Say when an article was written, from its own day or its bounds."""
    if article.earliest or article.latest:
        return say_dates(article.earliest, article.latest)
    return say_dates(article.published, article.published)


def name_article(article: Article) -> str:
    """Give what an article is called: its title, else its opening words, else where it came from."""
    words = " ".join(article.text[: 4 * OPENING].split())
    opening = words if len(words) <= OPENING else words[:OPENING].rsplit(" ", 1)[0] + " …"
    return article.title or opening or article.source or article.id


def _sort_day(article: Article) -> str:
    return article.published or article.earliest or article.latest or UNKNOWN_DAY


def _weigh_actors(record: Record) -> Counter[str]:
    """Weigh each actor by what the record holds of it: statements and deeds before mentions, and those by their root.

    A name that one article repeats fifty times should not outweigh a party that acts and speaks in all of them.
    """
    weights: Counter[str] = Counter(dict.fromkeys((actor.id for actor in record.actors), 0))
    mentions: Counter[str] = Counter()
    articles: dict[str, set[str]] = {}
    for mention in record.mentions:
        mentions[mention.actor] += 1
        articles.setdefault(mention.actor, set()).add(mention.passage.article)
    facts = Counter(item.source.actor for item in record.attributions if item.source and item.source.actor)
    for event in record.events:
        facts.update({*event.actors, *event.recipients})
    facts.update(position.holder for position in record.positions)
    for actor in record.actors:
        spread = len(articles.get(actor.id, ()))
        score = math.sqrt(mentions[actor.id]) + 2 * math.sqrt(facts[actor.id]) + spread
        weights[actor.id] = round(1000 * score * (0.5 if actor.kind == "group" else 1))
    return weights


def cut_before(text: str, start: int) -> str:
    """Give the words of the same sentence before `start`."""
    window = text[max(0, start - CONTEXT) : start]
    edges = [found.end() for found in re.finditer(r"\n+|[.!?]['\"”’)]*\s+(?=[\"'“‘(]*[^\W\d_a-z])", window)]
    if re.search(r"[.!?]['\"”’)]*\s+[\"'“‘(]*$", window):  # the passage itself opens a sentence
        edges.append(len(re.sub(r"[\"'“‘(]+$", "", window)))
    if edges:
        return window[max(edges) :].lstrip()
    return window.lstrip() if start <= CONTEXT else "… " + window.split(" ", 1)[-1]


def cut_after(text: str, end: int) -> str:
    """Give the words of the same sentence after `end`."""
    if end and text[end - 1] in ".!?":
        return re.match(r"[\"'”’)]*", text[end : end + 4]).group()  # type: ignore[union-attr]
    window = text[end : end + CONTEXT]
    edge = re.search(r"\n|[.!?]['\"”’)]*(?=\s|$)", window)
    if edge:
        return window[: edge.end()].rstrip()
    return window.rstrip() if end + CONTEXT >= len(text) else window.rsplit(" ", 1)[0] + " …"


Fact = Attribution | Event | Position


def place_fact(fact: Fact) -> Passage | None:
    """Give the passage by which a fact is placed in its article."""
    if isinstance(fact, Attribution):
        return next(iter(fact.content), fact.cue)
    return fact.passage


def list_main(actors: Sequence[Actor], weights: Mapping[str, int], *, limit: int) -> list[Actor]:
    """Give the actors that come first: at most `limit`, and none that weighs under a tenth of the first."""
    return [actor for actor in actors[:limit] if weights[actor.id] * 10 >= weights[actors[0].id]]
