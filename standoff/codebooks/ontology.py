"""Check a codebook of event types in full: the shipped one's form is what a researcher's own ontology must have.

A code needs `definition`, `quad`, `score` and `examples`; it may have `cues`, `not_examples`, `modes`, and the fields
that say how its two sides are told. What is wrong is said in one sentence with file and key, before an article is read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from standoff.codebooks import Code, Codebook, load_codebook
from standoff.errors import ConfigError

PLOVER = "plover"
EVENTS = "events"  # under which a record's `made_by` names a codebook that takes PLOVER's place
SETTINGS = frozenset({"ahead", "mutual", "groups", "grammar", "status"})
WORD_LISTS = frozenset({"joint", "acts", "vows", "agree_ahead", "said_of", "actor_preps", "recipient_preps"})
FIELDS = frozenset({"quad", "score", "plover", "verbal", "modes"}) | WORD_LISTS
MODE_FIELDS = frozenset({"definition", "score", "cues", "undergone", "recipient_preps"})
QUADS = (1, 2, 3, 4)
EXTREME = 10  # PLOVER's scale runs from conflict at -10 to cooperation at +10
KEY = re.compile(r"\w[\w-]*")
TEXTS = ("cues", "examples", "not_examples")


def load_ontology(which: str | os.PathLike[str] = PLOVER) -> Codebook:
    """Read a codebook of event types, PLOVER's by its name or a user's own by its path, and check all of it.

    Cues are only checked for being text here: how one reads is the matter of who matches it.

    >>> len(load_ontology().codes)
    16
    """
    return _load_ontology(os.fspath(which))


@cache
def _load_ontology(which: str) -> Codebook:
    book = load_codebook(which)
    for fault in _list_faults(book):
        raise ConfigError(f"codebook {book.path}: {fault}.")
    return book


def names_class(code: Code) -> str | None:
    """Give the type of PLOVER that a code says it is, if it says so."""
    class_ = code.extra.get("plover")
    return None if class_ is None else str(class_)


def is_plover(book: Codebook) -> bool:
    """Tell whether a codebook is PLOVER, perhaps under other names: each of its types is one code's `plover`.

    A code of PLOVER's own file is its own type.
    """
    if book is load_codebook(PLOVER):
        return True
    named = [class_ for code in book.codes.values() if (class_ := names_class(code)) is not None]
    return sorted(named) == sorted(load_codebook(PLOVER).codes)


def _list_faults(book: Codebook) -> Iterator[str]:
    """Yield what is wrong with a codebook of event types, in the order of its file."""
    for name in book.settings:
        if name not in SETTINGS:
            yield f"`{name}` at the top is not known; choose from {', '.join(sorted(SETTINGS))}, or leave it out"
    groups = book.settings.get("groups", {})
    if not isinstance(groups, dict):
        yield "[groups] should be a table of lists of words"
        return
    for name, words in groups.items():
        yield from _check_texts(f"groups.{name}", words)
    yield from _check_names("codes", book.codes)
    for code in book.codes.values():
        yield from _check_code(f"codes.{code.key}", code)
    yield from _check_shared_cues(book)


def _check_names(where: str, names: Iterable[str]) -> Iterator[str]:
    """Yield names that cannot stand in a table, and those that a reader would take for one another."""
    known: dict[str, str] = {}
    for name in names:
        if not KEY.fullmatch(name):
            yield f"{where}.{name!r} is no name for a code; use letters, digits, - and _"
        twin = known.setdefault(name.casefold(), name)
        if twin != name:
            yield f"{where}.{twin} and {where}.{name} differ only in case; rename one of them"


def _check_code(where: str, code: Code) -> Iterator[str]:
    extra = code.extra
    if not code.definition.strip():
        yield f"{where}.definition is empty; say in a sentence what the code means"
    for name in extra:
        if name not in FIELDS:
            known = ", ".join(sorted((*FIELDS, *TEXTS, "definition")))
            yield f"{where}.{name} is not known; the fields of a code are {known}"
    if "quad" not in extra:
        yield f"{where} has no `quad`; give 1 or 2 for verbal or material cooperation, 3 or 4 for conflict"
    elif type(extra["quad"]) is not int or extra["quad"] not in QUADS:
        yield f"{where}.quad is {extra['quad']!r}; give 1 or 2 for verbal or material cooperation, 3 or 4 for conflict"
    if "score" not in extra:
        yield f"{where} has no `score`; give a number from -{EXTREME} (conflict) to {EXTREME} (cooperation)"
    else:
        yield from _check_score(where, extra["score"])
    if not code.examples:
        yield f"{where} has no `examples`; give at least one sentence that tells such an event"
    for name in TEXTS:
        yield from _check_texts(f"{where}.{name}", list(getattr(code, name)))
    for name in sorted(WORD_LISTS & extra.keys()):
        yield from _check_texts(f"{where}.{name}", extra[name])
    if not isinstance(extra.get("verbal", False), bool):
        yield f"{where}.verbal is {extra['verbal']!r}; give true or false"
    if "plover" in extra and extra["plover"] not in tuple(load_codebook(PLOVER).codes):
        yield f"{where}.plover is {extra['plover']!r}; give one of {', '.join(load_codebook(PLOVER).codes)}"
    yield from _check_modes(where, extra.get("modes", {}))


def _check_modes(where: str, modes: Any) -> Iterator[str]:
    if not isinstance(modes, dict):
        yield f"{where}.modes should be tables, [{where}.modes.…], each with its `cues`"
        return
    yield from _check_names(f"{where}.modes", modes)
    for mode, table in modes.items():
        place = f"{where}.modes.{mode}"
        if not isinstance(table, dict):
            yield f"{place} should be a table, [{place}], with its `cues`"
            continue
        for name in table:
            if name not in MODE_FIELDS:
                yield f"{place}.{name} is not known; the fields of a mode are {', '.join(sorted(MODE_FIELDS))}"
        if "cues" not in table:
            yield f"{place} has no `cues`; give the words that tell it"
        for name in ("cues", "undergone"):
            yield from _check_texts(f"{place}.{name}", table.get(name, []))
        if "score" in table:
            yield from _check_score(place, table["score"])


def _check_score(where: str, score: Any) -> Iterator[str]:
    number = isinstance(score, int | float) and not isinstance(score, bool)
    if not number or not -EXTREME <= score <= EXTREME:
        yield f"{where}.score is {score!r}; give a number from -{EXTREME} (conflict) to {EXTREME} (cooperation)"


def _check_texts(where: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{where} should be a list of texts"
        return
    for number, item in enumerate(value, start=1):
        if not isinstance(item, str) or not item.strip():
            yield f"{where} should be a list of texts, but number {number} is {item!r}"


def _check_shared_cues(book: Codebook) -> Iterator[str]:
    """Yield a cue that two codes have: which of them it tells would hang on their order."""
    owners: dict[str, str] = {}
    for key, code in book.codes.items():
        for text in dict.fromkeys(list_cues(code)):
            owner = owners.setdefault(" ".join(text.split()), key)
            if owner != key:
                yield f"the cue {text!r} stands in codes.{owner} and in codes.{key}; leave it to one of them"


def list_cues(code: Code) -> Iterator[str]:
    """Yield the cues of a code and of its modes."""
    modes: Mapping[str, Any] = code.extra.get("modes", {})
    for table in modes.values():
        yield from table["cues"]
        yield from table.get("undergone", ())
    yield from code.cues
