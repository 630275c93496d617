"""Let spaCy's attribute ruler look its patterns up instead of trying each of them at each word.

The ruler turns the tagger's tags into parts of speech and features. Its matcher takes a ninth of what the whole English
pipeline takes (spaCy 3.8, November 2026), though all of its 180 patterns only ask for words of given forms, tags or
functions, which tables answer in a tenth of that; a regular expression is asked once about each form that is met.
What is annotated stays the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, NamedTuple

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

Match = tuple[int, int, int, int]  # the pattern's number, its name's hash, and the words from and up to which it fits
Demand = tuple[int, set[int], bool]  # a column of the words' array, the values, and whether one of them must stand
COLUMNS = ("LOWER", "TAG", "DEP", "IS_SPACE")  # what patterns may ask of a word, the most telling first
FORM = 0  # the column of forms


class Entry(NamedTuple):
    """A pattern in the tables, how many words it fits, and what it demands of them beside what its table answers."""

    number: int
    name: int
    length: int
    rest: tuple[tuple[Demand, ...], ...]  # empty if that is nothing


def index_ruler(ruler: AttributeRuler) -> None:
    """Make a ruler find its matches by tables; patterns that are added to it later are not seen."""
    ruler.match = IndexedMatcher(ruler)  # type: ignore[method-assign]


class Shape(NamedTuple):
    """A regular expression for forms, those found to be of it, and the patterns whose first word is to be."""

    regex: re.Pattern[str]
    forms: set[int]
    entries: list[Entry]


class IndexedMatcher:
    """Find what a ruler's own matcher finds, in the same order: that of its patterns, then that of the words."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self.strings = ruler.vocab.strings
        self.tables: tuple[defaultdict[int, list[Entry]], ...] = tuple(defaultdict(list) for _ in COLUMNS)
        self.shapes: list[Shape] = []
        self.met: set[int] = set()  # forms that the expressions were asked about
        self.others = Matcher(ruler.vocab)  # for what no table can answer
        rules: list[Any] = ruler.patterns
        for number, rule in enumerate(rules):
            for pattern in rule["patterns"]:
                if not self._enter(number, pattern):
                    self.others.add(str(number), [pattern])

    def __call__(self, doc: Doc) -> list[Match]:
        others = self.others(doc, allow_missing=True, as_spans=False) if len(self.others) else []
        found = [(int(self.strings[name]), name, start, end) for name, start, end in others]
        rows = doc.to_array(list(COLUMNS)).tolist()
        self._meet({row[FORM] for row in rows} - self.met)
        for column, table in enumerate(self.tables):
            for place, row in enumerate(rows):
                for entry in table.get(row[column], ()):
                    if not entry.rest or _fit(rows[place : place + entry.length], entry.rest):
                        found.append((entry.number, entry.name, place, place + entry.length))
        return sorted(found)

    def _enter(self, number: int, pattern: list[dict[str, Any]]) -> bool:
        """Put a pattern into the table of the most telling thing that it asks of its first word, if one can hold it."""
        words = [demands for asked in pattern if (demands := self._read_demands(asked)) is not None]
        column, values, wanted = words[0][0] if len(words) == len(pattern) else (FORM, set(), False)
        if not wanted:
            return False
        rest = (words[0][1:], *words[1:])
        entry = Entry(number, self.strings.add(str(number)), len(pattern), rest if any(rest) else ())
        for value in values:
            self.tables[column][value].append(entry)
        for shape in self.shapes:
            if shape.forms is values:
                shape.entries.append(entry)
        return True

    def _meet(self, forms: set[int]) -> None:
        """Ask the regular expressions about forms not met before, and put what fits into the table of forms."""
        for shape in self.shapes:
            for form in forms:
                if shape.regex.search(self.strings[form]):
                    shape.forms.add(form)
                    self.tables[FORM][form] += shape.entries
        self.met |= forms

    def _read_demands(self, asked: dict[str, Any]) -> tuple[Demand, ...] | None:
        """Give what a pattern asks of one word, what must be before what must not; None if no table can tell it."""
        demands = []
        for key, value in asked.items():
            sorts = value if isinstance(value, dict) else {"IN": [value]}
            known = {"IN", "NOT_IN", "REGEX"} if key == COLUMNS[FORM] else {"IN", "NOT_IN"}
            if key not in COLUMNS or len(sorts) > 1 or not sorts.keys() <= known:
                return None
            ((sort, listed),) = sorts.items()
            if sort == "REGEX":
                values: set[int] = set()
                self.shapes.append(Shape(re.compile(str(listed)), values, []))
            else:
                values = {self.strings.add(item) if isinstance(item, str) else int(item) for item in listed}
            demands.append((COLUMNS.index(key), values, sort != "NOT_IN"))
        return tuple(sorted(demands, key=lambda demand: (not demand[2], demand[0]))) or None


def _fit(rows: list[list[int]], words: tuple[tuple[Demand, ...], ...]) -> bool:
    """Tell whether there are as many words as demanded, and each is as demanded."""
    return len(rows) == len(words) and all(
        (row[column] in values) is wanted
        for row, demands in zip(rows, words, strict=True)
        for column, values, wanted in demands
    )
