"""Bring the tellings of one happening together, comparing only those that a party, a place and a month share."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from standoff.resolve.days import Days
from standoff.resolve.happenings.group import Group
from standoff.resolve.judged.ties import Marks, Ties, do_clash, unite_marks
from standoff.resolve.tellings import Telling

CLOSE = 31  # days; what recurs is one happening only if each telling is at least this precise
WIDE = 400  # days; a telling less precise than this is taken for undated
NEIGHBOURS = 4  # dated happenings to either side of an article's day that its undated mentions are compared with

Key = tuple[str, str]


class Grouper:
    """Gather tellings into groups; `compared` counts how many pairs were looked at.

    What `ties` say is one comes together whatever the tellings say, and what they keep apart never does.
    """

    def __init__(self, ties: Ties | None = None) -> None:
        self.ties = ties or Ties()
        self.groups: list[Group] = []
        self.compared = 0
        self._by_month: dict[tuple[Key, str], dict[int, Group]] = defaultdict(dict)
        self._by_side: dict[Key, list[tuple[str, int, Group]]] = defaultdict(list)
        self._tied: dict[str, Group] = {}
        self._marks: dict[int, Marks] = {}

    def gather(self, tellings: Iterable[Telling]) -> list[Group]:
        """Give the groups: first of the dated tellings, the most precise first, then with the undated ones joined."""
        ordered = sorted(tellings, key=lambda telling: telling.order)
        for telling in ordered:
            if telling.days.width <= WIDE:
                self._place_dated(telling)
        for number, group in enumerate(self.groups):
            for key in dict.fromkeys(key for telling in group.tellings for key in _list_sides(telling)):
                self._by_side[key].append((str(group.days.first), number, group))
        for ranked in self._by_side.values():
            ranked.sort(key=lambda item: item[:2])
        loose: dict[Key, list[Group]] = defaultdict(list)
        for telling in ordered:
            if telling.days.width > WIDE:
                self._place_undated(telling, loose)
        return self.groups

    def _fits(self, group: Group, telling: Telling) -> bool:
        if self.ties and do_clash(self._marks.get(id(group), {}), self.ties.get_marks(telling.id)):
            return False
        return group.fits(telling)

    def _note(self, group: Group, telling: Telling) -> None:
        """Remember with whom a group is one by a person's word, and from whom it is kept apart."""
        if self.ties:
            self._tied.setdefault(self.ties.find(telling.id), group)
            marks = self.ties.get_marks(telling.id)
            if marks:
                self._marks[id(group)] = unite_marks(self._marks.get(id(group), {}), marks)

    def _place_dated(self, telling: Telling) -> None:
        tied = self._tied.get(self.ties.find(telling.id))
        keys = [(side, month) for side in _list_sides(telling) for month in _list_months(telling.days)]
        near = (group for key in keys for group in self._by_month[key].values())
        for group in _unique(near) if tied is None else [tied]:
            self.compared += 1
            if group is tied or (self._meet(group, telling) and self._fits(group, telling)):
                group.add(telling)
                break
        else:
            group = Group(telling)
            self.groups.append(group)
        self._note(group, telling)
        for side in _list_sides(telling):
            for month in _list_months(group.days):
                self._by_month[side, month][id(group)] = group

    def _meet(self, group: Group, telling: Telling) -> bool:
        """Tell whether the days of both meet, and closely enough for what may recur."""
        if group.days.meet(telling.days) is None:
            return False
        recurs = telling.family == "speech" or telling.code is None or bool(telling.code.extra.get("recurs"))
        return not recurs or max(group.days.width, telling.days.width) <= CLOSE

    def _place_undated(self, telling: Telling, loose: dict[Key, list[Group]]) -> None:
        """Join a mention without a day to the dated happening it most likely means, or to another such mention."""
        chosen = self._tied.get(self.ties.find(telling.id)) or self._choose(telling)
        if chosen is None:
            for group in _unique(group for side in _list_sides(telling) for group in loose[side][:NEIGHBOURS]):
                self.compared += 1
                alike = (
                    _is_lasting(telling)
                    or group.is_headlined(telling)
                    or group.overlaps(telling)
                    or group.repeats(telling)
                )
                if alike and self._fits(group, telling) and group.days.meet(telling.days) is not None:
                    group.add(telling)
                    self._note(group, telling)
                    return
            chosen = Group(telling)
            self.groups.append(chosen)
            for side in _list_sides(telling):
                loose[side].append(chosen)
        else:
            chosen.add(telling)
        self._note(chosen, telling)

    def _choose(self, telling: Telling) -> Group | None:
        near = [group for side in _list_sides(telling) for group in self._list_near(side, telling)]
        fitting = []
        for group in _unique(near):
            self.compared += 1
            if self._fits(group, telling) and (telling.days == Days() or group.days.meet(telling.days) is not None):
                fitting.append(group)
        same = [group for group in fitting if telling.article in group.by_article]
        if not _is_lasting(telling):
            again = next((group for group in fitting if group.repeats(telling)), None)
            titled = next((group for group in same if group.is_headlined(telling)), None)
            return again or titled or (same[0] if len(same) == 1 and telling.record.when is None else None)
        if telling.has("national"):
            return _choose_by_side(telling, fitting)
        return next(iter(same or fitting), None)

    def _list_near(self, side: Key, telling: Telling) -> list[Group]:
        """Give the dated happenings of a party or place that lie nearest to the days of the article."""
        ranked = self._by_side[side]
        day = telling.written.first or telling.written.last
        middle = 0 if day is None else bisect_left(ranked, str(day), key=lambda item: item[0])
        return [group for _, _, group in ranked[max(0, middle - NEIGHBOURS) : middle + NEIGHBOURS]]


def _choose_by_side(telling: Telling, groups: list[Group]) -> Group | None:
    """Choose the next for what lies ahead, the last for what is over, and otherwise the only one within reach."""
    written = telling.written
    if telling.status == "future":
        ahead = [group for group in groups if written.first is None or _last(group) > written.first]
        return min(ahead, key=_last, default=None) if written.first is not None or len(ahead) == 1 else None
    if telling.status == "actual":
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


def _is_lasting(telling: Telling) -> bool:
    """Tell whether it happens once, or seldom enough to be known without its day."""
    return telling.code is not None and not telling.code.extra.get("recurs")


def _list_sides(telling: Telling) -> list[Key]:
    """Give the keys under which others can find it: its family with its article, and its places or its parties.

    What a clause tells on one day may have no known party, so its words of that day stand beside them.
    """
    sides: Iterable[str] = telling.places if telling.has("national") else sorted(telling.parties)
    if telling.family == "occurrence" and telling.days.width == 0:
        sides = [*sides, *(f"{stem} {telling.days.first}" for stem in sorted(telling.stems))]
    return [(telling.family, side) for side in (telling.article, *sides)]


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
