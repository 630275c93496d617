"""Apply what a person decided about happenings: what is one, what is not, what is none, what it is called and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from standoff.records import Happening, Passage, When, make_id
from standoff.resolve.judged.places import Finder, choose_home, read_place
from standoff.resolve.judged.ties import Ties
from standoff.resolve.judged.verdicts import Verdicts, get_places
from standoff.resolve.tellings import Telling

Made = tuple[Happening, tuple[str, ...]]  # a happening, and the ids of its tellings


class HappeningVerdicts:
    """Hold what people said of happenings, found again among the tellings by the places where these stand."""

    def __init__(self, tellings: Sequence[Telling], verdicts: Verdicts) -> None:
        self.verdicts = verdicts
        self.ties = Ties()
        self.gone: set[str] = set()
        self._apart: set[str] = set()
        judged = verdicts.list_of("happenings")
        wanted = [place for item in judged for place in get_places(item)]
        wanted += [place for tie in verdicts.ties for place in (*tie.left, *tie.right) if tie.kind == "happenings"]
        self.finder = _index_tellings(tellings, {place.article for place in wanted})
        known = {telling.id: telling for telling in tellings} if wanted else {}
        for tie in verdicts.ties:
            if tie.kind == "happenings":
                left, right = self.finder.find_all(tie.left), self.finder.find_all(tie.right)
                if tie.says == "same":
                    self.ties.join((*left, *right))
                elif tie.says == "not-same":
                    self.ties.part(tie.id, (left, right))
                else:
                    self._take_apart(tie.id, [known[key] for key in left])

    def _take_apart(self, judgement: str, tellings: Sequence[Telling]) -> None:
        """Keep apart what was told in different words; what was told once tells of no happening at all."""
        sides: list[list[Telling]] = []
        for telling in tellings:
            same = next((side for side in sides if any(_overlap(telling, other) for other in side)), None)
            if same is None:
                sides.append([telling])
            else:
                same.append(telling)
        if len(sides) == 1:
            self.gone |= {telling.id for telling in tellings}
        else:
            self.ties.part(judgement, [[telling.id for telling in side] for side in sides])
            self._apart.add(judgement)

    def settle(self, made: Iterable[Made]) -> list[Happening]:
        """Give the happenings as a person wants them.

        What is left of one that was taken apart has an id of its own, since the old one is the rejected one's. One that
        was confirmed or corrected keeps the id it had.
        """
        found = [(self._rename_rest(happening, keys), keys) for happening, keys in made]
        settled = {happening.id: happening for happening, _ in found}
        homes = {key: happening.id for happening, keys in found for key in keys}
        renamed: dict[str, str] = {}
        for judgement in self.verdicts.list_of("happenings"):
            natural = (
                judgement.entry
                if judgement.entry in settled
                else choose_home(self.finder.find_all(get_places(judgement)), homes)
            )
            if judgement.verdict == "reject" or natural is None:
                continue
            renamed.setdefault(natural, judgement.entry)
            fields = self.verdicts.fields.get(("happenings", judgement.entry), {})
            settled[natural] = replace(settled[natural], **_read_fields(fields))
        return [replace(item, id=renamed.get(key, key)) if key in renamed else item for key, item in settled.items()]

    def _rename_rest(self, happening: Happening, keys: Sequence[str]) -> Happening:
        apart = sorted({mark for key in keys for mark in self.ties.get_marks(key) if mark in self._apart})
        return replace(happening, id=make_id("happening", min(keys), *apart)) if apart else happening


def _index_tellings(tellings: Iterable[Telling], articles: set[str]) -> Finder:
    return Finder(
        (read_place(passage), telling.id)
        for telling in tellings
        if telling.article in articles
        for passage in telling.passages
    )


def _overlap(one: Telling, other: Telling) -> bool:
    return one.article == other.article and any(
        _share(left, right) for left in one.passages for right in other.passages
    )


def _share(left: Passage, right: Passage) -> bool:
    return left.start < right.end and right.start < left.end


def _read_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    read = dict(fields)
    if read.get("when") is not None:
        read["when"] = When(earliest=read["when"]["earliest"], latest=read["when"]["latest"])
    return read
