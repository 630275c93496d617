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
        base, steps = self._anchor(phrase, direction)
        unit = unit_of_phrase(phrase) or "D"
        if base is None:
            self._remember(Told(None, steps, unit, phrase.end))
            value = mask_value(steps) if self.published is None else _value(steps, self.published)
            return self._write(phrase, value, steps, None)
        extended = extend_value(base, steps)
        value, span = extended or (base, span_days(base))
        self._remember(Told(value.split("T")[0], "", unit, phrase.end))
        return self._write(phrase, value, None, span)

    def _anchor(self, phrase: Phrase, direction: str | None) -> tuple[str | None, str]:
        """Give the value that an expression starts from (None: the article's day), and the steps from there."""
        steps = [phrase.rule] if phrase.rule else []
        base = phrase.value if span_days(phrase.value or "") else None
        year_ago = phrase.key == "ago" and phrase.rule == "Y-1" and self.quarter is not None
        bare_clock = phrase.clock is not None and unit_of_phrase(phrase) is None
        told = self._recall(phrase) if phrase.told or year_ago or bare_clock else None
        if bare_clock and not phrase.told and told is not None and told.unit != "D":
            told = None
        if told is not None and told.unit == "Q" and phrase.rule and phrase.rule.startswith("Y-"):
            steps = ["@" + phrase.rule]
        if phrase.pattern:
            how = phrase.direction or _choose(phrase.pattern, direction)
            if how.startswith("?"):
                how = "<=" if direction == "past" else how[1:]
            steps.append(how + phrase.pattern)
        steps += [step for step in (phrase.part, phrase.clock) if step]
        if told is not None:
            return told.base, " ".join(filter(None, [told.rule, *steps]))
        if unit_of_phrase(phrase) == "Q" and phrase.told:
            steps = ["Q-1"]  # reports are on the quarter that has ended
        if not steps[:1] or steps[0].startswith("T"):
            steps.insert(0, "" if base else "D+0")
        return base, " ".join(filter(None, steps))

    def _recall(self, phrase: Phrase) -> Told | None:
        """Give the date that an expression builds on, if one was told shortly before."""
        unit = unit_of_phrase(phrase)
        about_quarter = unit == "Q" or (phrase.key in ("later", "ago") and phrase.rule == "Y-1")
        if about_quarter and self.quarter is not None and phrase.start - self.quarter.end < MEMORY:
            return self.quarter
        if unit == "Q" or phrase.key == "ago":
            return None
        return self.last if self.last is not None and phrase.start - self.last.end < MEMORY else None

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


def _value(rule: str, published: date) -> str:
    try:
        return resolve_value(rule, published)
    except (ValueError, OverflowError):
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
        return ">=" if direction in ("future", "limit") else "<="
    return {"past": "<=", "future": ">="}.get(direction or "", "~")
