"""Join candidates that are one conflict told through several voices, such as two ministers who answer one charge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from standoff.records import Conflict
from standoff.resolve.conflicts.numbers import Count, count_alike, map_counts
from standoff.resolve.conflicts.statements import list_stems, quote

NEAR = 600  # characters between two who are heard on one matter: two paragraphs of a news report
ALIKE = 0.6  # share of the shorter passage's words from which two of one report say the same


class End(NamedTuple):
    """What stands at one end of a conflict: where, in what words, those in which it may count, whose, of which side."""

    article: str
    start: int
    end: int
    text: str
    context: str
    source: str | None
    side: str | None


def join_voices(found: Iterable[Conflict], *, ends: Mapping[str, End], names: Mapping[str, str]) -> list[Conflict]:
    """Give the candidates in their order, those that bring only a further voice taken into the one they belong to.

    They are one if they share a passage, and what stands against it is another's word of the same side near by, or the
    same number of the same things; or if both count the same things, come to the same two numbers, and share a report.
    """
    kept: list[Conflict] = []
    by_article: dict[str, list[int]] = defaultdict(list)
    for conflict in found:
        articles = dict.fromkeys(ends[key].article for key in (conflict.left, conflict.right))
        near = dict.fromkeys(number for article in articles for number in by_article[article])
        for number in near:
            joined = _take_in(kept[number], conflict, ends, names)
            if joined is not None:
                kept[number] = joined
                break
        else:
            number = len(kept)
            kept.append(conflict)
        for article in articles:
            by_article[article].append(number)
    return kept


def is_like(one: End, other: End) -> bool:
    """Tell whether two passages of one report overlap, or say the same in the same words."""
    if one.article != other.article:
        return False
    if one.start < other.end and other.start < one.end:
        return True
    here, there = list_stems(one.text), list_stems(other.text)
    return len(here & there) > ALIKE * min(len(here), len(there))


def _take_in(kept: Conflict, conflict: Conflict, ends: Mapping[str, End], names: Mapping[str, str]) -> Conflict | None:
    """Give a candidate with the voice that another brings, or None if the two are not one conflict."""
    if kept.issue != conflict.issue:
        return None
    for left, right in ((conflict.left, conflict.right), (conflict.right, conflict.left)):
        pairs = ((ends[kept.left], ends[left]), (ends[kept.right], ends[right]))
        same = [is_like(*pair) for pair in pairs]
        counted = _find_counted(*pairs)
        if counted or any(place and _is_voice(*pair) for place, pair in zip(same, reversed(pairs), strict=True)):
            heard = ((kept.left, *kept.left_also), (kept.right, *kept.right_also))
            further = [
                () if any(is_like(ends[known], ends[key]) for known in voices) else (key,)
                for voices, key in zip(heard, (left, right), strict=True)
            ]
            told = [_tell(ends[key], names, counted) for keys in further for key in keys]
            return replace(
                kept,
                left_also=(*kept.left_also, *further[0]),
                right_also=(*kept.right_also, *further[1]),
                why=" ".join((kept.why, *told)),
            )
    return None


def _is_voice(one: End, other: End) -> bool:
    """Tell whether two near passages are words of two sources of one side, who do not count the same differently."""
    if one.article != other.article or max(one.start, other.start) - min(one.end, other.end) > NEAR:
        return False
    ours, theirs = map_counts(one.context), map_counts(other.context)
    return (
        one.source != other.source
        and one.side is not None
        and one.side == other.side
        and all(_are_one(ours[unit], theirs[unit]) for unit in ours.keys() & theirs.keys())
    )


def _find_counted(*pairs: tuple[End, End]) -> str | None:
    """Give what two conflicts come to the same two numbers of, or None."""
    (one, two), (three, four) = (tuple(map_counts(end.context) for end in pair) for pair in pairs)
    counted = (
        unit
        for unit in sorted(one.keys() & two.keys() & three.keys() & four.keys())
        if _are_one(one[unit], two[unit])
        and _are_one(three[unit], four[unit])
        and count_alike(one[unit], three[unit])
        and not _are_one(one[unit], three[unit])
    )
    return next(counted, None)


def _are_one(one: Count, other: Count) -> bool:
    """Tell whether two counts may be of one number: "about 40" and "forty"."""
    return one.least <= other.most and other.least <= one.most


def _tell(end: End, names: Mapping[str, str], counted: str | None) -> str:
    """Say whose voice is added, and in what words; where it is a number that tells, that number."""
    who = "A report" if end.source is None else names.get(end.source, "An unnamed source")
    number = map_counts(end.context).get(counted or "")
    return f"{who} too: {quote(number.text if number else ' '.join(end.text.split()))}."


def list_pairs(conflict: Conflict) -> Sequence[tuple[str, str]]:
    """Give each two entries that stand against one another in a conflict, those it is shown by first."""
    lefts, rights = (conflict.left, *conflict.left_also), (conflict.right, *conflict.right_also)
    return [(left, right) for left in lefts for right in rights]
