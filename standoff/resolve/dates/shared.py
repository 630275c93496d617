"""Bound the day of an article by what it shares with articles whose day is known.

If one report of 27 March has a premier say something "on Tuesday", and another report without a day has him say the
same "on Tuesday", the other was written in the same week. If one tells on which day the election is, then a report in
which "the upcoming elections" lie ahead was written before it, and one in which "the elections have been held" after.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from standoff.records import Attribution, Event, Occasion, Passage, Reading, TimeExpression
from standoff.resolve.dates.spans import Bound, Days, find_time, format_days, index_times, read_days
from standoff.resolve.families import may_be_one, name_family
from standoff.timex import written_days

# A speech is taken for the same if the speaker's words in the two reports share this part of the poorer one's word
# stems, and at least so many. Measured in November 2026 on the made-up reports in tests/resolve/test_dates.py.
SAME_WORDS = 0.3
FEWEST_WORDS = 5
PRECISE = 45  # days; a happening known less precisely than to the month and a half dates nothing
RECENT = 2 * 366  # days; "the elections" of an article are not those of more than two years before it
PER_KEY = 40  # dated happenings of one key that are compared with an undated article's; keeps the work near-linear
STEM = 6
_WORD = re.compile(r"[^\W\d_]{4,}")


class Shared(NamedTuple):
    """Something that two reports may both tell of, with the words by which it is found."""

    article: str
    family: str
    kind: str
    parties: frozenset[str]
    stems: frozenset[str]
    status: str
    place: str | None
    time: TimeExpression | None
    passage: Passage


Keys = tuple[object, ...]


def list_shared(reading: Reading) -> list[Shared]:
    """Give the events, occasions and dated statements of an article in the one form in which they are compared."""
    times = index_times(reading)
    said: dict[str, set[str]] = defaultdict(set)
    for item in reading.attributions:
        if item.source is not None and item.source.actor is not None:
            said[item.source.actor] |= stem_words(part.text for part in item.content)
    found = [_from_event(item, find_time(item, times)) for item in reading.events]
    found += [_from_occasion(item, find_time(item, times)) for item in reading.occasions]
    for speech in reading.attributions:
        time = find_time(speech, times)
        if time is not None and speech.content and speech.source is not None and speech.source.actor is not None:
            found.append(_from_speech(speech, time, speech.source.actor, said[speech.source.actor]))
    return found


def _from_event(item: Event, time: TimeExpression | None) -> Shared:
    family = name_family(item)
    parties = frozenset((*item.actors, *item.recipients))
    stems = stem_words([item.passage.text])
    return Shared(item.passage.article, family, family, parties, stems, item.status, item.place, time, item.passage)


def _from_occasion(item: Occasion, time: TimeExpression | None) -> Shared:
    stems = stem_words([item.passage.text])
    parties = frozenset(item.actors)
    family = name_family(item)
    return Shared(item.passage.article, family, item.kind, parties, stems, item.status, item.place, time, item.passage)


def _from_speech(item: Attribution, time: TimeExpression, speaker: str, stems: Iterable[str]) -> Shared:
    passage = item.content[0]
    return Shared(
        passage.article, "speech", "speech", frozenset([speaker]), frozenset(stems), "actual", None, time, passage
    )


def index_known(
    shared: Mapping[str, Sequence[Shared]], written: Mapping[str, Days]
) -> dict[Keys, list[tuple[Days, Shared]]]:
    """Give what is known to lie on certain days, by the keys under which another report's items look for it."""
    known: dict[Keys, list[tuple[Days, Shared]]] = defaultdict(list)
    for article, items in shared.items():
        for item in items:
            days = None if item.time is None else read_days(item.time, written[article])
            if days is None or days.width > 366:
                continue
            for key in _list_keys(item):
                known[key].append((days, item))
    for found in known.values():
        found.sort(key=lambda pair: (str(pair[0].first), pair[1].article, pair[1].passage.start, pair[1].kind))
    return known


def list_shared_bounds(
    items: Sequence[Shared], known: Mapping[Keys, list[tuple[Days, Shared]]], written: Days, names: Mapping[str, str]
) -> Iterator[Bound]:
    """Yield the bounds that follow for an article, now placed between the days `written`, from what others know."""
    for item in items:
        others = [
            pair for key in _list_keys(item) for pair in known.get(key, ())[:PER_KEY] if pair[1].article != item.article
        ]
        if item.time is not None and item.time.relative is not None:
            yield from _bound_by_same(item, others, names)
        if item.family == "election" or item.time is None:
            yield from _bound_by_side(item, others, written, names)


def stem_words(texts: Iterable[str]) -> frozenset[str]:
    """Give the first letters of each longer word, by which two tellings of one thing resemble each other."""
    return frozenset(word[:STEM].casefold() for text in texts for word in _WORD.findall(text))


def _list_keys(item: Shared) -> Iterator[Keys]:
    """Yield the keys of an item: its family with its place if it is national, else with each of its parties."""
    if item.family == "election":
        yield "election", item.place
    else:
        yield from ((item.family, party) for party in sorted(item.parties))


def _bound_by_same(item: Shared, others: Iterable[tuple[Days, Shared]], names: Mapping[str, str]) -> Iterator[Bound]:
    """Yield the days on which the item's "Tuesday" or "next week" can be the day on which others have the same."""
    assert item.time is not None
    for days, other in others:
        strength = _compare(item, other)
        if not strength or days.first is None or days.last is None or days.width > PRECISE:
            continue
        span = written_days(item.time.relative or "", day_first=days.first, day_last=days.last)
        if span is not None:
            what = "has the same statement" if item.family == "speech" else "tells of the same"
            quoted = _quote(item)
            yield Bound(
                Days(*span), strength, f"{names[other.article]} {what} on {format_days(days)}, which is {quoted} here"
            )


def _quote(item: Shared) -> str:
    return f"“{item.time.passage.text if item.time else item.passage.text}”"


def _compare(item: Shared, other: Shared) -> float:
    """Give how surely two items are one, above 1, or 0 if they need not be."""
    if item.family == "speech":
        shared = len(item.stems & other.stems)
        part = shared / max(min(len(item.stems), len(other.stems)), 1)
        return 2 + part if shared >= FEWEST_WORDS and part >= SAME_WORDS else 0.0
    if not may_be_one(item.kind, other.kind) or "negated" in (item.status, other.status):
        return 0.0
    if item.family == "election":
        return 2.5
    parties = len(item.parties & other.parties)
    if parties >= 2 or item.parties == other.parties:
        return 2 + 0.1 * parties + 0.02 * len(item.stems & other.stems)
    return 0.0


def _bound_by_side(
    item: Shared, others: Iterable[tuple[Days, Shared]], written: Days, names: Mapping[str, str]
) -> Iterator[Bound]:
    """Yield "after" for an occasion told as past and "before" for one told as coming, on days that others know."""
    if item.status not in ("actual", "future"):
        return
    own = None if item.time is None else read_days(item.time, written)
    fitting = [
        (days, other)
        for days, other in others
        if may_be_one(item.kind, other.kind)
        and (item.family == "election" or item.parties & other.parties)
        and other.status not in ("negated",)
        and days.first is not None
        and days.last is not None
        and (own is None or own.meet(days) is not None)
        and not (written.first is not None and days.last < written.first - timedelta(days=RECENT))
    ]
    precise = [pair for pair in fitting if not any(_holds(pair[0], other[0]) for other in fitting)]
    if not precise:
        return
    if item.status == "actual":
        days, other = min(precise, key=lambda pair: (pair[0].first, pair[0].last, pair[1].article))
        where = "is told as past"
        limits = Days(days.first, None)
    else:
        days, other = max(precise, key=lambda pair: (pair[0].last, pair[0].first, pair[1].article))
        where = "still lies ahead"
        limits = Days(None, days.last)
    yield Bound(limits, 1.5, f"“{item.passage.text}” {where}, which {names[other.article]} puts on {format_days(days)}")


def _holds(wide: Days, narrow: Days) -> bool:
    """Tell whether the one holds the other and is wider, so that the other says more."""
    return wide.width > narrow.width and wide.meet(narrow) == narrow
