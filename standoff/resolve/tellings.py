"""Put events, occasions and dated statements into the one form in which several articles' tellings are compared."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from standoff.codebooks import Code, load_codebook
from standoff.layout import split_blocks
from standoff.records import Article, Attribution, Event, Occasion, Passage, Reading, TimeExpression, cut_passage
from standoff.resolve.days import Days, Times, find_time, index_times, parse_day, read_when
from standoff.resolve.families import find_code, name_family
from standoff.resolve.memory import remembered

STEM = 6  # letters by which two forms of a word are taken for one: "dissol-ved", "dissol-ution"
OCCASION_SCORE = 0.7  # an occasion has no score of its own; about the precision seen while the codebook was written
NEAR = 90  # characters from an event's words to its time; the parse may tie one further off to the wrong verb
LONGEST = 400  # characters; a statement's passage runs from speaker to content if it is no longer than this

REAL = ("actual", "future")

_WORD = re.compile(r"[^\W\d_]{4,}")
_SINGLED_OUT = re.compile(r"\b(?:among them|including)\b")
_APART = re.compile(r"[.;:!?“”\n—–]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One article's telling of something that happens.

    `target` is whom a deed befell, where that can be told; `places` are where it may be, the countries that the article
    names if it does not say; `dates` says whether its time may date the article; `news` that the title tells it.
    """

    id: str
    article: str
    family: str
    kind: str
    code: Code | None
    parties: frozenset[str]
    target: frozenset[str]
    places: tuple[str, ...]
    stems: frozenset[str]
    status: str
    time: TimeExpression | None
    dates: bool
    news: bool
    days: Days
    written: Days
    passages: tuple[Passage, ...]
    record: Event | Occasion | Attribution
    score: float

    @property
    def order(self) -> tuple[int, str, str, int, str]:
        """Sort the most precise first, then by day and place in the articles, whatever order the articles come in."""
        return (self.days.width, str(self.days.first), self.article, self.passages[0].start, self.id)

    def has(self, field: str) -> bool:
        """Tell whether the codebook says this of the kind: deed, national, recurs."""
        return self.code is not None and bool(self.code.extra.get(field))


@remembered
def list_tellings(reading: Reading) -> tuple[Telling, ...]:
    """Give what the article tells of things that happen: its events, its occasions, and its statements with a time.

    An event has a day only where the time stands in its clause, close to its words; one further off may be another's.
    A time that is an occasion's own ("referring to a meeting last week, he said") is neither an event's nor a speech's.
    A caption's time is the photo's, which may be older than the article: it dates nothing.
    """
    return tuple(_Teller(reading).list())


def stem_words(texts: Iterable[str]) -> frozenset[str]:
    """Give the first letters of each longer word, by which two tellings of one thing resemble each other."""
    return frozenset(word[:STEM].casefold() for text in texts for word in _WORD.findall(text))


class _Teller:
    """Hold what the tellings of one article have in common."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.article = reading.article
        self.times: Times = index_times(reading)
        self.written = Days(parse_day(self.article.earliest), parse_day(self.article.latest))
        self.countries = _rank_countries(reading)
        blocks = split_blocks(self.article.text)
        self.captions = [block for block in blocks if block.kind == "caption"]
        self.title_end = max((block.end for block in blocks if block.kind == "title"), default=0)
        self.owned: Mapping[Passage, str] = {
            occasion.when.passage: name_family(occasion)
            for occasion in reading.occasions
            if occasion.when is not None and occasion.when.passage is not None
        }

    def list(self) -> list[Telling]:
        said: dict[str, list[str]] = defaultdict(list)
        for item in self.reading.attributions:
            if item.source is not None and item.source.actor is not None:
                said[item.source.actor] += [part.text for part in item.content]
        stems: dict[str, frozenset[str]] = {}
        found = [self._tell_event(event) for event in self.reading.events]
        found += [self._tell_occasion(occasion) for occasion in self.reading.occasions]
        for item in self.reading.attributions:
            speaker = None if item.source is None else item.source.actor
            time = find_time(item, self.times)
            if speaker is None or time is None or not item.content or item.inside is not None:
                continue
            if time.passage not in self.owned:
                if speaker not in stems:
                    stems[speaker] = stem_words(said[speaker])
                found.append(self._tell_speech(item, speaker, stems[speaker], time))
        return found

    def _tell_event(self, event: Event) -> Telling:
        code = find_code(event)
        family = name_family(event)
        time = find_time(event, self.times)
        if time is not None and not self._is_own(event, family, time):
            time = None
        days = Days() if time is None else read_when(event.when)
        befell = frozenset(event.recipients) | self._list_singled_out(event)
        return Telling(
            id=event.id,
            article=self.article.id,
            family=family,
            kind=event.type if code is None else code.key,
            code=code,
            parties=befell.union(event.actors),
            target=befell or self._find_who_it_befalls(event, code),
            places=(event.place,) if event.place else (),
            stems=stem_words([event.passage.text]),
            status=_settle_status(event.status, days, self.written) if event.status in REAL else event.status,
            time=time,
            dates=self._may_date(event.passage),
            news=event.passage.start < self.title_end,
            days=days,
            written=self.written,
            passages=(event.passage,),
            record=event,
            score=event.score,
        )

    def _tell_occasion(self, occasion: Occasion) -> Telling:
        days = read_when(occasion.when)
        code = load_codebook("occasions").codes.get(occasion.kind)
        national = code is not None and bool(code.extra.get("national"))
        return Telling(
            id=occasion.id,
            article=self.article.id,
            family=name_family(occasion),
            kind=occasion.kind,
            code=code,
            parties=frozenset(occasion.actors),
            target=frozenset(occasion.actors[-1:]),  # "the court's dissolution of the party": whom it befell comes last
            places=self._list_places(occasion) if national or occasion.place else (),
            stems=stem_words([occasion.passage.text]),
            status=_settle_status(occasion.status, days, self.written),
            time=find_time(occasion, self.times),
            dates=self._may_date(occasion.passage),
            news=occasion.passage.start < self.title_end,
            days=days,
            written=self.written,
            passages=(occasion.passage,),
            record=occasion,
            score=OCCASION_SCORE,
        )

    def _list_places(self, occasion: Occasion) -> tuple[str, ...]:
        """Give the place that an occasion names, or the countries whose it may be, most mentioned first.

        Where no day tells elections apart, only a country with half the mentions of the first comes into question.
        """
        if occasion.place is not None:
            return (occasion.place,)
        ranked = sorted(self.countries, key=lambda country: (-self.countries[country], country))
        least = 2 if occasion.when is not None else self.countries[ranked[0]] / 2 if ranked else 0
        return tuple(country for country in ranked if self.countries[country] >= least)

    def _tell_speech(self, item: Attribution, speaker: str, stems: frozenset[str], time: TimeExpression) -> Telling:
        return Telling(
            id=item.id,
            article=self.article.id,
            family="speech",
            kind="speech",
            code=None,
            parties=frozenset([speaker]),
            target=frozenset(),
            places=(),
            stems=stems,
            status="actual",
            time=time,
            dates=self._may_date(item.content[0]),
            news=item.content[0].start < self.title_end,
            days=read_when(item.when),
            written=self.written,
            passages=join_passages(self.article, item),
            record=item,
            score=item.score,
        )

    def _find_who_it_befalls(self, event: Event, code: Code | None) -> frozenset[str]:
        """Give who does what befalls nobody else, and is done once: "he resigned"."""
        once = code is not None and code.extra.get("deed") and not code.extra.get("recurs")
        return frozenset(event.actors) if once else frozenset()

    def _list_singled_out(self, event: Event) -> frozenset[str]:
        """Give whom the event's words name as one of those it befell: "arrested ten men, among them Ada Ito"."""
        found = _SINGLED_OUT.search(event.passage.text) if event.recipients else None
        if found is None:
            return frozenset()
        start, end = event.passage.start + found.end(), event.passage.end
        return frozenset(item.actor for item in self.reading.mentions if start <= item.passage.start < end)

    def _is_own(self, event: Event, family: str, time: TimeExpression) -> bool:
        if self.owned.get(time.passage, family) != family:
            return False
        words, text = event.passage, self.article.text
        if time.passage.start < words.end and words.start < time.passage.end:
            return True
        after = words.end <= time.passage.start
        between = text[words.end : time.passage.start] if after else text[time.passage.end : words.start]
        return len(between) <= NEAR and _APART.search(between) is None

    def _may_date(self, passage: Passage) -> bool:
        return not any(block.start <= passage.start < block.end for block in self.captions)


def _rank_countries(reading: Reading) -> Counter[str]:
    """Count an article's mentions by the country that they belong to."""
    known = load_codebook("countries").codes
    codes = {actor.id: actor.country or "" for actor in reading.actors}
    found = (codes.get(mention.actor, "") for mention in reading.mentions)
    return Counter(known[code].definition for code in found if code in known)


def _settle_status(status: str, days: Days, written: Days) -> str:
    """Let the days, where they are known, say on which side of the article something lies that is told as real."""
    if days.last is not None and written.first is not None and days.last < written.first:
        return "actual"
    if days.first is not None and written.last is not None and days.first > written.last:
        return "future"
    return status


def join_passages(article: Article, item: Attribution) -> tuple[Passage, ...]:
    """Give one passage from speaker to content, and to the day, where they stand together, else each by itself.

    A headline's day stands in the text below it.
    """
    words = (item.source.passage if item.source else None, item.cue, item.content[0])
    said = [part for part in words if part is not None]
    days = [item.when.passage] if item.when is not None and item.when.passage is not None else []
    for parts, others in (([*said, *days], []), (said, days)):
        start, end = min(part.start for part in parts), max(part.end for part in parts)
        if end - start <= LONGEST and "\n" not in article.text[start:end]:
            return (cut_passage(article, start, end), *others)
    return tuple(sorted({*said, *days}, key=lambda part: (part.start, part.end)))
