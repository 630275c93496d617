"""Bound the day of an article by what it shares with articles whose day is known.

If one report of 27 March has a premier say something "on Tuesday", and another report without a day has him say the
same "on Tuesday", the other was written in the same week. If one tells on which day the election is, then a report in
which "the upcoming elections" lie ahead was written before it, and one in which "the elections have been held" after.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from standoff.resolve.dates.bounds import Bound
from standoff.resolve.days import Days, format_days, read_days
from standoff.resolve.families import may_be_one
from standoff.resolve.memory import remembered
from standoff.resolve.tellings import Telling
from standoff.timex import resolve_relative, written_days

# A speech is taken for the same if the speaker's words in the two reports share this part of the poorer one's word
# stems, and at least so many. Measured in November 2026 on the made-up reports in tests/resolve/test_dates.py.
SAME_WORDS, FEWEST_WORDS = 0.3, 5
SAME_DEED = 3  # word stems that two tellings share if only one of their parties is known to be the same
KNOWN = 366  # days; what is known less precisely than to the year dates nothing
WEEK = 6  # days from the first to the last; a meeting is known by its day or its week
PRECISE = 45  # days; a relative time is taken for a known one only if this is known to the month and a half
RECENT = 2 * 366  # days; "the elections" of an article are not those of more than two years before it
PER_KEY = 24  # known tellings of one key that are looked at, the nearest in time, so that the work stays linear

Key = tuple[str, str]


class Known(NamedTuple):
    """A telling whose days are known."""

    days: Days
    telling: Telling


class Same(NamedTuple):
    """The days on which an article could be written if a telling of it is of the same as one that is known."""

    days: Days
    strength: float
    telling: Telling
    known: Known

    def explain(self, names: Mapping[str, str]) -> Bound:
        """Give the bound with its reason in words, which few of the many need."""
        what = "it gives the same statement as" if self.telling.family == "speech" else "it tells of the same as"
        said = "" if self.telling.time is None else f" there and “{self.telling.time.passage.text}” here"
        reason = f"{what} {names[self.known.telling.article]}, dated {format_days(self.known.days)}{said}"
        return Bound(self.days, self.strength, reason)


def index_known(tellings: Mapping[str, tuple[Telling, ...]], written: Mapping[str, Days]) -> dict[Key, list[Known]]:
    """Give the tellings whose days are known, by the keys under which another article's tellings look for them."""
    known: dict[Key, list[Known]] = defaultdict(list)
    for article, items in tellings.items():
        for item in _list_known(items, written[article]):
            for key in _list_keys(item.telling):
                known[key].append(item)
    for found in known.values():
        found.sort(key=lambda item: (str(item.days.first), item.telling.order))
    return known


@remembered
def _list_known(tellings: tuple[Telling, ...], written: Days) -> tuple[Known, ...]:
    """Give those of an article's tellings whose days are known, if it was written on the days given."""
    found = ((telling, read_days(telling.time, written)) for telling in tellings if telling.time is not None)
    return tuple(
        Known(days, telling)
        for telling, days in found
        if days is not None and days.width <= KNOWN and telling.status != "negated"
    )


def list_shared_bounds(
    tellings: Iterable[Telling], known: Mapping[Key, list[Known]], written: Days, names: Mapping[str, str]
) -> Iterator[Bound]:
    """Yield the bounds that follow for an article, so far placed between the days `written`, from what others know."""
    same: dict[Days, Same] = {}
    for telling in tellings:
        if telling.status == "negated" or not telling.dates:
            continue
        is_relative = telling.time is not None and telling.time.relative is not None
        takes_sides = telling.has("national") or telling.has("deed")
        if not is_relative and not takes_sides:
            continue
        found = [item for key in _list_keys(telling) for item in _list_near(known.get(key, []), written)]
        if is_relative:
            for match in _match_same(telling, found):
                if match.days not in same or same[match.days].strength < match.strength:
                    same[match.days] = match
        if takes_sides:
            yield from _bound_by_side(telling, found, written, names)
    yield from (match.explain(names) for match in same.values())


def list_known(telling: Telling, known: Mapping[Key, list[Known]]) -> list[Known]:
    """Give what may be the same as a telling and whose days are known."""
    found = (item for key in _list_keys(telling) for item in _list_near(known.get(key, []), telling.written))
    return [item for item in found if item.telling.id != telling.id and _may_be_same(telling, item.telling)]


def list_recent(telling: Telling, known: Mapping[Key, list[Known]]) -> list[Known]:
    """Give what has the family and a party of a telling, on a day that is known to the week."""
    found = (item for key in _list_keys(telling) for item in _list_near(known.get(key, []), telling.written))
    return [item for item in found if item.days.width <= WEEK]


def _may_be_same(telling: Telling, other: Telling) -> bool:
    if not may_be_one(telling.kind, other.kind):
        return False
    return telling.has("national") or bool(telling.target & other.target)


def list_article_keys(tellings: Iterable[Telling]) -> set[Key]:
    """Give the keys of all tellings of an article: what it may share with another."""
    return {key for telling in tellings for key in _list_keys(telling)}


def _list_keys(telling: Telling) -> Iterator[Key]:
    """Yield the keys of a telling: its family with its country if it is national, else with each of its parties."""
    if telling.has("national"):
        yield from ((telling.family, place) for place in sorted(telling.places))
    else:
        yield from ((telling.family, party) for party in sorted(telling.parties))


def _list_near(known: list[Known], written: Days) -> list[Known]:
    """Give those of the known tellings, sorted by day, that lie nearest to the days of an article."""
    if len(known) <= PER_KEY:
        return known
    day = written.first or written.last
    middle = 0 if day is None else bisect_left(known, str(day), key=lambda item: str(item.days.first))
    start = max(0, min(middle - PER_KEY // 2, len(known) - PER_KEY))
    return known[start : start + PER_KEY]


def _match_same(telling: Telling, found: Iterable[Known]) -> Iterator[Same]:
    """Yield the days on which the "Tuesday" or "next week" of a telling can be when others have the same."""
    if telling.time is None or telling.time.relative is None:
        return
    rule = telling.time.relative
    for item in found:
        days, other = item
        if other.article == telling.article or days.first is None or days.last is None or days.width > PRECISE:
            continue
        if not _is_as_close(telling, rule, days):
            continue
        strength = _compare(telling, other)
        span = _find_written_days(rule, days.first, days.last) if strength else None
        if span is not None:
            yield Same(Days(*span), strength, telling, item)


@lru_cache(maxsize=65536)
def _find_written_days(rule: str, first: date, last: date) -> tuple[date, date] | None:
    return written_days(rule, day_first=first, day_last=last)


@lru_cache(maxsize=65536)
def _measure_rule(rule: str, day: date) -> int:
    """Give the days from the first to the last that a rule gives in an article of that day."""
    span = resolve_relative(rule, earliest=day, latest=day)
    return KNOWN if span is None else (span[1] - span[0]).days


def _is_as_close(telling: Telling, rule: str, days: Days) -> bool:
    """Tell whether a time is close enough to be the one known, for what the same parties may do again.

    "Last week" is not when somebody spoke on a Tuesday, nor is "last year" when two met on a day in March.
    """
    width = KNOWN if days.last is None else _measure_rule(rule, days.last)
    if telling.family == "speech":
        return width == days.width
    return width <= WEEK or not (telling.code is None or telling.has("recurs"))


def _compare(telling: Telling, other: Telling) -> float:
    """Give how surely two tellings are of one happening, from 2 up, or 0 if they need not be."""
    stems = len(telling.stems & other.stems)
    if telling.family == "speech":
        part = stems / max(min(len(telling.stems), len(other.stems)), 1)
        return 2 + part if stems >= FEWEST_WORDS and part >= SAME_WORDS else 0.0
    if not may_be_one(telling.kind, other.kind):
        return 0.0
    if telling.has("national"):
        return 2.5
    parties = len(telling.parties & other.parties)
    same_target = telling.has("deed") and bool(telling.target & other.target)
    within = telling.parties <= other.parties or other.parties <= telling.parties
    if parties > 1 or same_target or (parties and within and stems >= SAME_DEED):
        return 2 + 0.1 * parties + 0.02 * stems
    return 0.0


def _bound_by_side(
    telling: Telling, known: Iterable[Known], written: Days, names: Mapping[str, str]
) -> Iterator[Bound]:
    """Yield "after" for what is told as past, and "before" for an election or the like that is told as coming.

    Which of several elections is meant may be open: the article then lies after the first, or before the last. Of a
    deed to the same party there is rarely more than one; what is planned to be done to it may come to nothing.
    """
    awaited = telling.status == "hypothetical" and telling.has("awaited")
    if not awaited and (telling.status not in ("actual", "future") or _may_fail(telling)):
        return
    own = None if telling.time is None else read_days(telling.time, written)
    fitting = [
        item
        for item in known
        if item.telling.id != telling.id
        and may_be_one(telling.kind, item.telling.kind)
        and (telling.has("national") or bool(telling.target & item.telling.target))
        and (own is None or own.meet(item.days) is not None)
        and not _is_long_past(item.days, written)
    ]
    precise = [item for item in fitting if not any(_says_more(other.days, item.days) for other in fitting)]
    if not precise:
        return
    if telling.status == "actual":
        days, other = min(precise, key=lambda item: (str(item.days.first), str(item.days.last), item.telling.article))
        limits, side = Days(days.first, None), "is past"
    else:
        days, other = max(precise, key=lambda item: (str(item.days.last), str(item.days.first), item.telling.article))
        limits, side = Days(None, days.last), "is still asked for" if awaited else "still lies ahead"
    what = f"“{telling.passages[0].text}” {side} in it"
    where = "it" if other.article == telling.article else names[other.article]
    reason = f"{what}, which {where} puts on {format_days(days)}"
    yield Bound(limits, 1.5, reason)


def _may_fail(telling: Telling) -> bool:
    """Tell whether it is a deed that is planned, and may come to nothing."""
    return telling.status == "future" and telling.has("deed")


def _is_long_past(days: Days, written: Days) -> bool:
    return days.last is not None and written.first is not None and days.last < written.first - timedelta(days=RECENT)


def _says_more(days: Days, other: Days) -> bool:
    """Tell whether the first lies within the second and is narrower."""
    return days.width < other.width and days.meet(other) == days
