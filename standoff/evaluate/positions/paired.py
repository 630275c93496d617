"""Lay the positions found in a report beside those that are coded, and tell of each coded one what is right."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from standoff.evaluate.described import cut_description
from standoff.evaluate.gold import Span
from standoff.evaluate.positions.coded import Report, Row, find_name
from standoff.evaluate.record.aligned import find_actor, list_places
from standoff.evaluate.record.measures import compare_sets, spread_spans
from standoff.records import Passage, Position, Record

ENOUGH = 0.5  # share of characters (Jaccard) from which a condition found is taken for the coded one

Key = tuple[str, str, str]  # holder, issue, stance


class Found(NamedTuple):
    """Hold one position of the record; `holder` and `toward` are coded names where those are coded, else ids.

    `who` is the holder's name in the record.
    """

    who: str
    holder: str
    toward: str | None
    mine: Position

    @property
    def key(self) -> Key:
        return self.holder, self.mine.issue, self.mine.stance


class Judged(NamedTuple):
    """Hold one coded position, what was found for it, and which of what is asked of it is right.

    `stance` is the stance found for its holder and issue, the coded one first; None if none was. `right` has "holder"
    if its issue and stance were found for that holder, or for another in its words; and if it was found: whether that
    is in its words ("words"), and "toward", "condition", "when" where these are coded.
    """

    row: Row
    found: Found | None
    stance: str | None
    right: Mapping[str, bool]


class PairedReport(NamedTuple):
    """Hold what is judged of one report: the rows that count, all that was found and counts, and what is too much."""

    report: Report
    judged: tuple[Judged, ...]
    found: tuple[Found, ...]
    spare: tuple[Found, ...]


def pair_report(report: Report, record: Record, issues: frozenset[str]) -> PairedReport:
    """Judge each coded position of a report against the record of its text alone, over `issues` only.

    As in `evaluate record`, a position is found if holder, issue and stance are the coded ones, and one that stands
    twice in the record is one. An actor found is taken for the coded one with whom most of its mentions are shared.
    """
    tied = _tie_actors(report, record)
    names = {actor.id: actor.name for actor in record.actors}
    kept: dict[Key, Found] = {}
    for mine in sorted(record.positions, key=lambda item: -item.score):
        if mine.issue in issues:
            toward = None if mine.toward is None else tied.get(mine.toward, mine.toward)
            found = Found(names.get(mine.holder, ""), tied.get(mine.holder, mine.holder), toward, mine)
            kept.setdefault(found.key, found)
    rows = [row for row in report.rows if not row.perhaps]
    coded = {(row.holder, row.issue, row.stance) for row in report.rows}
    open_keys = coded - {(row.holder, row.issue, row.stance) for row in rows}
    counted = tuple(found for key, found in kept.items() if key not in open_keys)
    judged = tuple(_judge(row, kept) for row in rows)
    return PairedReport(report, judged, counted, tuple(found for found in counted if found.key not in coded))


def _tie_actors(report: Report, record: Record) -> Mapping[str, str]:
    """Give for each actor found the name coded for the one whom it stands for.

    Where no mention comes close to a whole description ("soldiers who seized power"), its first words will do.
    """
    places = list_places(record.mentions)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for party, names in report.names.items():
        for name in names:
            for start, end in find_name(name, report.text):
                head = start, start + len(cut_description(report.text[start:end]))
                if (actor := find_actor(places, (start, end)) or find_actor(places, head)) is not None:
                    votes[actor][party] += 1
            for known in record.find_actors(name):
                votes[known.id][party] += 1
    return {actor: counts.most_common(1)[0][0] for actor, counts in votes.items()}


def _judge(row: Row, kept: Mapping[Key, Found]) -> Judged:
    met = kept.get((row.holder, row.issue, row.stance))
    stances = [stance for holder, issue, stance in kept if (holder, issue) == (row.holder, row.issue)]
    stance = row.stance if met else next(iter(stances), None)
    right: dict[str, bool] = {}
    told = [item.mine for (_, *what), item in kept.items() if what == [row.issue, row.stance]]
    if met or any(_touches(mine.passage, row.words) for mine in told):
        right["holder"] = met is not None
    if met is not None:
        right["words"] = _touches(met.mine.passage, row.words)
        if row.toward is not None:
            right["toward"] = met.toward == row.toward
        if row.condition is not None:
            right["condition"] = _overlaps(met.mine.condition, row.condition)
        if row.when is not None:
            right["when"] = met.mine.when is not None and _touches(met.mine.when.passage, row.when)
    return Judged(row, met, stance, right)


def _touches(passage: Passage | None, span: Span) -> bool:
    return passage is not None and passage.start < span[1] and span[0] < passage.end


def _overlaps(passage: Passage | None, span: Span) -> bool:
    if passage is None:
        return False
    return compare_sets(spread_spans((passage.start, passage.end)), spread_spans(span)) >= ENOUGH


def cut_words(text: str, span: Span, *, limit: int = 80) -> str:
    """Give the words of a passage on one line, cut short."""
    words = " ".join(text[slice(*span)].split())
    return words if len(words) <= limit else words[: limit - 1] + "…"
