"""Hold one happening while its tellings are gathered, and tell which tellings fit it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta

from standoff.codebooks.verbs import find_lemma
from standoff.records import Event
from standoff.resolve.families import may_be_one
from standoff.resolve.tellings import Telling

SAME_NEWS = timedelta(days=3)  # the days in which papers take a story from each other
SAME_STEMS = 0.8  # part of all word stems that two tellings of one day by one party share if they tell of one deed
SAME_CLAUSE, FEWEST_STEMS = 0.5, 3  # part and number of word stems that two clauses share if they tell one thing
SAME_WORDS = 0.3  # part of the poorer statement's word stems that two statements of one speaker and day must share


class Group:
    """Gather the tellings of one happening; `days` are what all its dated tellings allow."""

    def __init__(self, telling: Telling) -> None:
        self.tellings: list[Telling] = []
        self.days = telling.days
        self.kind = telling.kind
        self.family = telling.family
        self.parties: set[str] = set()
        self.target: set[str] = set()
        self.places: Counter[tuple[str, ...]] = Counter()
        self.by_article: dict[str, list[Telling]] = defaultdict(list)
        self.add(telling)

    @property
    def place(self) -> str | None:
        """Give the place that most tellings have, a country that they are mostly about before one less so."""
        ranks: Counter[str] = Counter()
        for places, count in self.places.items():
            ranks.update({place: count * (len(places) - number) for number, place in enumerate(places)})
        shared = [place for place in ranks if all(place in places for places in self.places if places)]
        return max(sorted(shared), key=lambda place: ranks[place], default=None)

    def add(self, telling: Telling) -> None:
        """Take in a telling; where its days clash with those of more precise ones, these stand."""
        self.tellings.append(telling)
        self.by_article[telling.article].append(telling)
        self.days = self.days.meet(telling.days) or self.days
        self.parties |= telling.parties
        self.target |= telling.target
        self.places[telling.places] += 1
        if len(telling.kind) > len(self.kind) and may_be_one(telling.kind, self.kind):
            self.kind = telling.kind

    def fits(self, telling: Telling) -> bool:
        """Tell whether a telling may be of this happening, its days aside."""
        if not may_be_one(self.kind, telling.kind) or self._contradicts(telling):
            return False
        if telling.family == "speech":
            return self._is_same_speech(telling)
        if telling.family == "occurrence":
            return self._is_same_occurrence(telling)
        if telling.has("national"):
            return all(not places or bool({*places} & {*telling.places}) for places in self.places)
        if self.overlaps(telling) or (telling.has("deed") and self.target & telling.target):
            return True
        if self._is_same_deed(telling) or self.is_headlined(telling):
            return True
        within = telling.parties <= self.parties or self.parties <= telling.parties
        return bool(telling.parties) and (within or len(telling.parties & self.parties) > 1)

    def overlaps(self, telling: Telling) -> bool:
        """Tell whether the telling's words are also those of another telling: an event's and an occasion's."""
        return any(
            one.start < other.end and other.start < one.end
            for member in self.by_article.get(telling.article, ())
            for one in member.passages
            for other in telling.passages
        )

    def _is_same_deed(self, telling: Telling) -> bool:
        """Tell whether one party did what the same words tell on the same day, whatever each calls whom it befell."""
        return (
            telling.days.width == self.days.width == 0 and bool(telling.parties & self.parties) and self._says(telling)
        )

    def repeats(self, telling: Telling) -> bool:
        """Tell whether the telling has the words of another that was written in the same days, as copies have."""
        if not telling.parties & self.parties or not self._says(telling):
            return False
        days = [day for member in self.tellings for day in member.written if day is not None]
        now = [day for day in telling.written if day is not None]
        return bool(days and now) and min(now) - max(days) <= SAME_NEWS >= min(days) - max(now)

    def is_headlined(self, telling: Telling) -> bool:
        """Tell whether an article's title and its text tell this by the same verb, whoever each says did it."""
        return any(
            member.news != telling.news and bool(telling.stems & member.stems) and _share_verb(member, telling)
            for member in self.by_article.get(telling.article, ())
        )

    def _says(self, telling: Telling) -> bool:
        return any(
            len(telling.stems & member.stems) >= SAME_STEMS * len(telling.stems | member.stems) > 0
            for member in self.tellings
        )

    def _contradicts(self, telling: Telling) -> bool:
        """Tell whether the telling's own article puts this happening on the other side of now."""
        opposite = {"actual": "future", "future": "actual"}.get(telling.status)
        return any(other.status == opposite for other in self.by_article.get(telling.article, ()))

    def _is_same_occurrence(self, telling: Telling) -> bool:
        """Tell whether a clause of any verb tells the same: in like words, of parties that are not others.

        Two plans of one party for one time are one, however they are worded ("to arrive", "to land").
        """
        if self.overlaps(telling):
            return True
        if self.parties and telling.parties and not self.parties & telling.parties:
            return False
        if self.kind == telling.kind == "plan" and self.parties & telling.parties:
            return True
        return any(
            len(telling.stems & member.stems)
            >= max(FEWEST_STEMS, SAME_CLAUSE * min(len(telling.stems), len(member.stems)))
            for member in self.tellings
        )

    def _is_same_speech(self, telling: Telling) -> bool:
        first = self.tellings[0]
        least = SAME_WORDS * min(len(telling.stems), len(first.stems))
        alike = telling.article == first.article or len(telling.stems & first.stems) >= least
        return telling.parties == first.parties and alike


def _share_verb(left: Telling, right: Telling) -> bool:
    """Tell whether two events were found by forms of one verb."""
    if not isinstance(left.record, Event) or not isinstance(right.record, Event):
        return False
    verbs = {find_lemma(event.cue.text) if event.cue else None for event in (left.record, right.record)}
    return len(verbs) == 1 and None not in verbs
