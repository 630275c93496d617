"""Group the tellings of one happening, comparing only those that a party, a place and a month bring together."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from standoff.resolve.dates.spans import Days
from standoff.resolve.families import may_be_one
from standoff.resolve.happenings.entries import Entry

CLOSE = 31  # days; what recurs is one happening only if each telling is at least this precise
WIDE = 400  # days; a telling less precise than this is taken for undated
NEIGHBOURS = 4  # dated happenings to either side of an article's day that its undated mentions are compared with
SAME_WORDS = 0.3  # part of the poorer statement's word stems that two statements of one speaker and day must share

Key = tuple[object, ...]


class Group:
    """One happening while its tellings are gathered."""

    def __init__(self, entry: Entry) -> None:
        self.entries = [entry]
        self.days = entry.days
        self.parties = set(entry.parties)
        self.place = entry.place
        self.kind = entry.kind

    @property
    def family(self) -> str:
        return self.entries[0].family

    def add(self, entry: Entry) -> None:
        """Take in a telling; the days narrow to what all dated tellings allow."""
        self.entries.append(entry)
        self.days = self.days.meet(entry.days) or self.days
        self.parties |= entry.parties
        self.place = self.place or entry.place
        if len(entry.kind) > len(self.kind) and may_be_one(entry.kind, self.kind):
            self.kind = entry.kind

    def fits(self, entry: Entry) -> bool:
        """Tell whether a telling may be of this happening, its days aside."""
        if not may_be_one(self.kind, entry.kind):
            return False
        if self._contradicts(entry):
            return False
        if entry.family == "speech":
            shared = len(entry.stems & self.entries[0].stems)
            return entry.article == self.entries[0].article or shared >= SAME_WORDS * min(
                len(entry.stems), len(self.entries[0].stems)
            )
        if _is_national(entry):
            return entry.place is None or self.place is None or entry.place == self.place
        return bool(entry.parties) and (
            entry.parties <= self.parties or self.parties <= entry.parties or len(entry.parties & self.parties) > 1
        )

    def _contradicts(self, entry: Entry) -> bool:
        """Tell whether the telling's own article puts this happening on the other side of now."""
        opposite = {"actual": "future", "future": "actual"}.get(entry.status)
        return any(other.article == entry.article and other.status == opposite for other in self.entries)


class Grouper:
    """Gather tellings into groups; `compared` counts how many pairs were looked at."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.compared = 0
        self._by_month: dict[Key, list[Group]] = defaultdict(list)
        self._by_side: dict[Key, list[tuple[str, int, Group]]] = defaultdict(list)

    def gather(self, entries: Iterable[Entry]) -> list[Group]:
        """Give the groups: first of the dated tellings, the most precise first, then with the undated ones joined."""
        ordered = sorted(entries, key=lambda entry: entry.order)
        for entry in ordered:
            if entry.days.width <= WIDE:
                self._place_dated(entry)
        for number, group in enumerate(self.groups):
            for key in _list_sides(group):
                self._by_side[key].append((str(group.days.first), number, group))
        for ranked in self._by_side.values():
            ranked.sort(key=lambda item: item[:2])
        loose: dict[Key, list[Group]] = defaultdict(list)
        for entry in ordered:
            if entry.days.width > WIDE:
                self._place_undated(entry, loose)
        return self.groups

    def _place_dated(self, entry: Entry) -> None:
        keys = [(side, month) for side in _list_sides(entry) for month in _list_months(entry.days)]
        for group in _unique(group for key in keys for group in self._by_month[key]):
            self.compared += 1
            if self._meet(group, entry) and group.fits(entry):
                group.add(entry)
                break
        else:
            group = Group(entry)
            self.groups.append(group)
        for side in _list_sides(group):
            for month in _list_months(group.days):
                listed = self._by_month[side, month]
                if not any(other is group for other in listed[-NEIGHBOURS:]) and group not in listed:
                    listed.append(group)

    def _meet(self, group: Group, entry: Entry) -> bool:
        """Tell whether the days of both meet, and closely enough for what may recur."""
        if group.days.meet(entry.days) is None:
            return False
        recurs = entry.family == "speech" or entry.code is None or bool(entry.code.extra.get("recurs"))
        return not recurs or max(group.days.width, entry.days.width) <= CLOSE

    def _place_undated(self, entry: Entry, loose: dict[Key, list[Group]]) -> None:
        """Join a mention without a day to the dated happening it most likely means, or to another such mention."""
        chosen = self._choose(entry)
        if chosen is None:
            for group in _unique(group for side in _list_sides(entry) for group in loose[side][:NEIGHBOURS]):
                self.compared += 1
                if _is_lasting(entry) and group.fits(entry) and (group.days.meet(entry.days) is not None):
                    group.add(entry)
                    return
            chosen = Group(entry)
            self.groups.append(chosen)
            for side in _list_sides(entry):
                loose[side].append(chosen)
        else:
            chosen.add(entry)

    def _choose(self, entry: Entry) -> Group | None:
        near = [group for side in _list_sides(entry) for group in self._list_near(side, entry)]
        fitting = []
        for group in _unique(near):
            self.compared += 1
            if group.fits(entry) and (entry.days == Days() or group.days.meet(entry.days) is not None):
                fitting.append(group)
        same = [group for group in fitting if any(other.article == entry.article for other in group.entries)]
        if not _is_lasting(entry):
            return same[0] if len(same) == 1 else None
        if _is_national(entry):
            return _choose_by_side(entry, fitting)
        return next(iter(same or fitting), None)

    def _list_near(self, side: Key, entry: Entry) -> list[Group]:
        """Give the dated happenings of a party or place that lie nearest to the days of the article."""
        ranked = self._by_side[side]
        day = entry.written.first or entry.written.last
        middle = 0 if day is None else bisect_left(ranked, str(day), key=lambda item: item[0])
        return [group for _, _, group in ranked[max(0, middle - NEIGHBOURS) : middle + NEIGHBOURS]]


def _choose_by_side(entry: Entry, groups: list[Group]) -> Group | None:
    """Choose the next for what lies ahead, the last for what is over, and otherwise the only one within reach."""
    written = entry.written
    if entry.status == "future":
        ahead = [group for group in groups if written.first is None or _last(group) > written.first]
        return min(ahead, key=_last, default=None) if written.first is not None or len(ahead) == 1 else None
    if entry.status == "actual":
        for limit in (written.first, written.last):
            over = [group for group in groups if limit is not None and _first(group) <= limit]
            if over:
                return max(over, key=_first)
        return groups[0] if len(groups) == 1 else None
    reach = timedelta(days=WIDE)
    near = [
        group
        for group in groups
        if (written.first is None or _last(group) >= written.first - reach)
        and (written.last is None or _first(group) <= written.last + reach)
    ]
    return near[0] if len(near) == 1 else None


def _first(group: Group) -> date:
    return group.days.first or date.min


def _last(group: Group) -> date:
    return group.days.last or date.max


def _is_national(entry: Entry) -> bool:
    return entry.code is not None and bool(entry.code.extra.get("national"))


def _is_lasting(entry: Entry) -> bool:
    """Tell whether it happens once, or seldom enough to be known without its day."""
    return entry.code is not None and not entry.code.extra.get("recurs")


def _list_sides(item: Entry | Group) -> list[Key]:
    """Give the keys under which others can find it: its family with its place if national, else with each party."""
    entry = item.entries[0] if isinstance(item, Group) else item
    if _is_national(entry):
        return [(item.family, item.place or "")]
    return [(item.family, party) for party in sorted(item.parties)]


def _list_months(days: Days) -> Iterator[str]:
    """Yield each month that the days touch."""
    if days.first is None or days.last is None:
        return
    month = days.first.replace(day=1)
    while month <= days.last:
        yield f"{month:%Y-%m}"
        month = (month + timedelta(days=32)).replace(day=1)


def _unique(groups: Iterable[Group]) -> list[Group]:
    return list({id(group): group for group in groups}.values())
