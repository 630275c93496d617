"""Join phrases that stand side by side into one time expression: "8 p.m." + "Monday" + "Nov. 9" + "1998"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from standoff.annotate.times.phrases import Phrase
from standoff.timex import span_days

# From the shortest to the longest; a weekend lies in a week, a season or half-year in a year.
ORDER = ("D", "WE", "W", "M", "Q", "S", "H", "Y", "E", "C")
DATE_AND_CLOCK = {"", ",", "on", ", on", "at", ", at", "in", "of", "around", "about", "by"}
INSIDE = {"", ",", "of", "in", "of the", "in the"}


def join_phrases(text: str, phrases: Iterable[Phrase]) -> list[Phrase]:
    """Give the expressions that the phrases make, in reading order; what is a time only beside another is left out."""
    joined: list[Phrase] = []
    for phrase in phrases:
        while joined:
            between = text[joined[-1].end : phrase.start]
            whole = _join(joined[-1], phrase, " ".join(between.split())) if len(between) < 12 else None
            if whole is None:
                break
            phrase = whole
            joined.pop()
        joined.append(phrase)
    return [phrase for phrase in joined if not phrase.join]


def unit_of_phrase(phrase: Phrase) -> str | None:
    """Name the unit of the date that a phrase gives (see ORDER), or None if it gives none."""
    if phrase.type in ("DURATION", "SET"):
        return None
    if phrase.pattern is not None:
        return unit_of_pattern(phrase.pattern)
    if phrase.rule is not None:
        moves = re.findall(r"([DWMQHYEC])[+-]\d", phrase.rule)
        return moves[-1] if moves else None
    if phrase.value is None or span_days(phrase.value) is None:
        return None
    return {2: "C", 3: "E", 4: "Y", 7: "M"}.get(len(phrase.value), "D")


def unit_of_pattern(pattern: str) -> str:
    """Name the unit of a calendar pattern.

    >>> [unit_of_pattern(pattern) for pattern in ("XXXX-WXX-2", "XXXX-WXX-WE", "XXXX-11", "XXXX-11-09/1", "XXXX-SU")]
    ['D', 'WE', 'M', 'D', 'S']
    """
    if pattern.endswith("-WE"):
        return "WE"
    name = pattern.removeprefix("XXXX-").split("/")[0]
    return name[0] if name[0] in "QH" else "S" if name in ("SP", "SU", "FA", "WI") else "M" if len(name) == 2 else "D"


def _join(left: Phrase, right: Phrase, between: str) -> Phrase | None:
    """Give the one expression that two phrases make, or None if they are two."""
    start, end = left.start, right.end
    unit_left, unit_right = unit_of_phrase(left), unit_of_phrase(right)
    if left.part and left.join:
        fits = right.part is None and (unit_right is not None or right.clock is not None)
        return replace(right, start=start, part=left.part) if fits and between in ("", "-", "the") else None
    if left.clock and not right.clock and unit_left is None and unit_right == "D" and between in DATE_AND_CLOCK:
        return replace(right, start=start, type="TIME", clock=left.clock)
    if right.clock and not left.clock and unit_right is None and unit_left == "D" and between in DATE_AND_CLOCK:
        return replace(left, end=end, type="TIME", clock=right.clock)
    if unit_left is None or unit_right is None:
        return None
    if _is_weekday(left) and _is_date(right) and between in ("", ",", ", the"):
        # What the weekday adds is a check on the year, for articles that do not say theirs.
        pattern = f"{right.pattern}/{(left.pattern or '')[-1]}"
        return replace(right, start=start, pattern=pattern, clock=left.clock or right.clock)
    if left.pattern and _lies_in(left, right) and between in INSIDE:
        return _place(left, right, start, end)
    owned = between in ("'s", "’s") or (between == "" and unit_right != "M")
    if right.pattern and owned and unit_right in ("Q", "H", "S", "M") and _lies_in(right, left):
        return _place(right, left, start, end)
    return None


def _is_weekday(phrase: Phrase) -> bool:
    return phrase.pattern is not None and re.fullmatch(r"XXXX-WXX-\d", phrase.pattern) is not None


def _is_date(phrase: Phrase) -> bool:
    return phrase.pattern is not None and re.fullmatch(r"XXXX-[\dX]\d-\d\d|XXXX-XX-\d\d", phrase.pattern) is not None


def _lies_in(part: Phrase, whole: Phrase) -> bool:
    """Say whether one phrase names a part of the time that the other names: a day of a week, a month of a year."""
    if whole.pattern is not None or part.value is not None or part.rule is not None:
        return False
    unit, container = unit_of_phrase(part), unit_of_phrase(whole)
    if unit == "WE" or _is_weekday(part):
        return container == "W"
    if part.pattern is not None and part.pattern.startswith("XXXX-XX-"):
        return container == "M"
    return container == "Y" and unit != "Y"


def _place(part: Phrase, whole: Phrase, start: int, end: int) -> Phrase:
    """Put a phrase that names a part into the time that contains it."""
    pattern = (part.pattern or "").split("/")[0] if whole.value else part.pattern
    return replace(
        part, start=start, end=end, pattern=pattern, value=whole.value, rule=whole.rule, direction="=", told=whole.told
    )
