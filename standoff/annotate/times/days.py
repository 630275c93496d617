"""Give a time expression its TIMEX3 value and its days, from the article's day, the text before it, and its clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from standoff.annotate.facts import TimeFact
from standoff.annotate.times.joins import unit_of_pattern, unit_of_phrase
from standoff.annotate.times.phrases import Phrase
from standoff.timex import Span, extend_value, mask_value, resolve_relative, resolve_value, span_days

MEMORY = 1500  # characters after which a date told is no longer what "the next day" follows
PARTS = {"past": "<=", "future": ">="}  # "earlier in March" has begun, "later in March" is not over
CHAIN = 6  # steps after which a date told from a date told from a date is not built on further


@dataclass(frozen=True, slots=True)
class Told:
    """A date that the text has told: an absolute value, or a rule from the article's day, and its unit."""

    base: str | None
    rule: str
    unit: str
    end: int


@dataclass
class Timeline:
    """Remember the dates told so far, and place each next expression by them.

    `published` is the article's own day, if known. What cannot be placed keeps an X in its value and no days.
    """

    published: date | None
    last: Told | None = None
    quarter: Told | None = None

    def place(self, phrase: Phrase, direction: str | None) -> TimeFact:
        """Give the fact for one expression, and remember its date; `direction` is what its clause's tense says."""
        if phrase.type in ("DURATION", "SET") or (phrase.value or "").endswith("_REF"):
            return self._write(phrase, phrase.value or "", phrase.rule, None)
        unit = unit_of_phrase(phrase) or "D"
        told = self._recall(phrase, unit)
        steps = _list_steps(phrase, direction, told)
        if told is None and phrase.told == "reference":
            if unit != "Q":
                return self._write(phrase, mask_value(" ".join(steps)), None, None)
            steps = ["Q-1"]  # what speaks of "the quarter" reports on the one that has ended
        base = told.base if told else phrase.value
        rule = " ".join(filter(None, [told.rule if told else "", *steps]))
        if base is None:
            self._remember(Told(None, rule, unit, phrase.end))
            return self._write(phrase, _give_value(rule, self.published), rule, None)
        value, span = extend_value(base, rule) or (base, span_days(base))
        self._remember(Told(value.split("T")[0], "", unit, phrase.end))
        return self._write(phrase, value, None, span)

    def _recall(self, phrase: Phrase, unit: str) -> Told | None:
        """Give the date that an expression builds on, if one was told shortly before."""
        quarter, last = (
            told if told and phrase.start - told.end < MEMORY and told.rule.count(" ") < CHAIN else None
            for told in (self.quarter, self.last)
        )
        if phrase.told is None:
            is_clock = phrase.clock is not None and unit_of_phrase(phrase) is None
            return last if is_clock and last is not None and last.unit == "D" else None
        if quarter is not None and (unit == "Q" or phrase.rule == "Y-1"):
            return quarter
        return None if phrase.told == "quarter" or unit == "Q" else last

    def _remember(self, told: Told) -> None:
        told = replace(told, rule=re.sub(r" ?\b(T\S+|early|mid|late|past|future)$", "", told.rule))
        self.last = told
        if told.unit == "Q":
            self.quarter = told

    def _write(self, phrase: Phrase, value: str, rule: str | None, span: Span | None) -> TimeFact:
        if rule is not None and self.published is not None:
            span = resolve_relative(rule, earliest=self.published, latest=self.published)
        return TimeFact(
            start=phrase.start,
            end=phrase.end,
            type=phrase.type,
            value=value,
            relative=rule,
            earliest=span[0].isoformat() if span else None,
            latest=span[1].isoformat() if span else None,
        )


def _list_steps(phrase: Phrase, direction: str | None, told: Told | None) -> list[str]:
    """Give the steps that an expression adds to the date it builds on, or to the article's day."""
    steps = [phrase.rule] if phrase.rule else []
    if told is not None and phrase.rule == f"{told.unit}+0":
        steps = []
    elif told is not None and told.unit == "Q" and phrase.rule == "Y-1":
        steps = ["@Y-1"]
    if phrase.pattern:
        how = phrase.direction or PARTS.get(phrase.part or "") or _choose(phrase.pattern, direction)
        if how.startswith("?"):
            how = "<=" if direction == "past" else how[1:]
        steps.append(how + phrase.pattern)
    if not steps and told is None and phrase.value is None:
        steps = ["D+0"]
    return [*steps, *(step for step in (phrase.part, phrase.clock) if step)]


def _give_value(rule: str, published: date | None) -> str:
    try:
        return mask_value(rule) if published is None else resolve_value(rule, published)
    except ValueError:  # a date that is in no calendar, such as 31 April
        return mask_value(rule)


def _choose(pattern: str, direction: str | None) -> str:
    """Choose which fit of a pattern is meant, by its unit and by what the tense says.

    A day of the week or a weekend is the one just gone unless the clause looks ahead; a quarter is reported on when it
    has begun; a date or month is the nearest unless the tense tells, and always so if its weekday is named too.
    """
    unit = unit_of_pattern(pattern)
    if "/" in pattern:
        return "~"
    if unit == "Q":
        return "~" if direction in ("future", "limit") else "<="
    if pattern.startswith("XXXX-WXX"):
        return ">=" if direction in ("present", "future", "limit") else "<="
    return {"past": "<=", "future": ">="}.get(direction or "", "~")
