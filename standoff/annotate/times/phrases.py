"""Find the phrases of the times codebook in a text, each with what its words stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from standoff.annotate.numbers import read_number
from standoff.annotate.times.openings import join_openings
from standoff.codebooks import Code, Codebook, load_codebook
from standoff.errors import ConfigError
from standoff.letters import lower_in_place

FIELDS = ("value", "pattern", "rule", "direction", "clock", "part")
# White space inside a phrase: it may run over the end of a line, not of a paragraph, and never without bound.
GAP = r"(?:[^\S\n]{1,4}|[^\S\n]{0,2}\n[^\S\n]{0,4})"
BEFORE, AFTER = r"(?<!\w)(?:", r")(?!\w)"  # a cue is whole words
NUMBERS = ("number", "spoken")
FIGURES = (
    "day",
    "monthday",
    "nth",
    "hour",
    "hour24",
    "ordinal",
)  # read as whole numbers, so that a template can pad them
MADE_FROM = {"half": "clocktime", "length": "amount", "century": "centuryname"}
SIGNS = {"earlier": "-", "before": "-", "ago": "-", "later": "+", "after": "+"}
TURNS = {"previous": "<", "preceding": "<", "following": ">", "next": ">"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a run of words says of a time: any of a value, a pattern, a rule, a time of day, a part of a date.

    `told` says that the rule starts not from the article's day but from the date told last ("reference"), or from the
    quarter told last, if one was ("quarter"). `join` is true if the words are a time only beside another phrase.
    """

    start: int
    end: int
    key: str
    type: str = "DATE"
    value: str | None = None
    pattern: str | None = None
    rule: str | None = None
    direction: str | None = None
    clock: str | None = None
    part: str | None = None
    told: str | None = None
    join: bool = False


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Hold the codebook's cues as compiled expressions, and the tables that give each word its code.

    All expressions are in lower case and for text in lower case: so they tell by its first letter that a word does not
    fit. `opening` finds each place where some cue matches: one walk over the text instead of one for each cue.
    """

    cues: tuple[tuple[Code, re.Pattern[str]], ...]
    opening: re.Pattern[str]
    tables: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@cache
def load_phrasebook(which: str = "times") -> Phrasebook:
    """Compile a times codebook, by name or path; raises ConfigError, naming the code, for a cue that is not one."""
    book = load_codebook(which)
    words = book.settings.get("words", {})
    tables = {
        name: {_fold(form): str(code) for code, forms in table.items() for form in forms}
        for name, table in words.items()
    }
    shapes = {name: _lower_regex(shape.replace(" ", GAP)) for name, shape in book.settings.get("shapes", {}).items()}
    for name, table in words.items():
        forms = sorted((form.lower() for forms in table.values() for form in forms), key=len, reverse=True)
        shapes[name] = "|".join(map(_to_regex, forms))
    cues = tuple((code, _compile(book, code, cue, shapes)) for code in book.codes.values() for cue in code.cues)
    return Phrasebook(cues=cues, opening=_compile_opening(cues), tables=tables)


def find_phrases(text: str, book: Phrasebook) -> list[Phrase]:
    """Give the phrases in `text` in reading order, none overlapping: leftmost, then longest, then first listed."""
    found = []
    lower, ends = lower_in_place(text), [0] * len(book.cues)
    for opening in book.opening.finditer(lower):
        start = opening.start()
        for number, (code, cue) in enumerate(book.cues):
            if start < ends[number] or (match := cue.match(lower, start)) is None:
                continue
            ends[number] = match.end()
            if (not code.extra.get("capital") or _begins_capital(match, text)) and (phrase := _read(code, match, book)):
                found.append((phrase.start, -phrase.end, number, phrase))
    kept: list[Phrase] = []
    for _, _, _, phrase in sorted(found, key=lambda row: row[:3]):
        if not kept or phrase.start >= kept[-1].end:
            kept.append(phrase)
    return kept


def _read(code: Code, match: re.Match[str], book: Phrasebook) -> Phrase | None:
    """Fill in the fields of a code from what its cue matched; None if the words cannot be read after all."""
    extra, names = code.extra, _name_parts(match, book)
    if names is None:
        return None
    filled: dict[str, Any] = {name: extra[name].format_map(names) for name in FIELDS if name in extra}
    phrase = Phrase(
        *match.span("here" if "here" in names else 0),
        code.key,
        type=extra.get("type", "DATE"),
        told=extra.get("from"),
        join=bool(extra.get("join", False)),
    )
    return replace(phrase, **filled)


def _begins_capital(match: re.Match[str], text: str) -> bool:
    name = next(name for name in ("month", "shortday", "holiday") if match.groupdict().get(name))
    return text[match.start(name)].isupper()


def _name_parts(match: re.Match[str], book: Phrasebook) -> dict[str, Any] | None:
    """Give what each named part of a match stands for."""
    names: dict[str, Any] = {}
    for name, words in match.groupdict().items():
        if words is None:
            continue
        if name in NUMBERS:
            number = read_number(words) if words else "1"
            if number is None:
                return None
            names[name] = number
        elif name in FIGURES:
            names[name] = int(re.sub(r"\D", "", book.tables.get(name, {}).get(_fold(words), words)))
        elif name == "turn" and words.lower() in TURNS and "weekday" in match.groupdict():
            names[name] = TURNS[words.lower()]
        elif name == "sign":
            names[name] = SIGNS[words.lower()]
        else:
            names[name] = book.tables.get(name, {}).get(_fold(words), words)
    if "half" in names:
        hour = names["hour"] % 12 + (12 if names["half"] == "pm" else 0)
        names["clocktime"] = f"T{hour:02}:{names.get('minute', '00')}"
    if "century" in names:
        names["centuryname"] = f"{int(names['century']) - 1:02}"
    if "length" in names and "number" in names:
        names["amount"] = _measure(names["length"], names["number"], plus_half=bool(match.groupdict().get("plus")))
    return names


def _measure(length: str, number: str, *, plus_half: bool) -> str:
    """Give a duration's value: "P0Y" and "2.5" make P2Y6M, as halves of a unit are written in the next smaller one."""
    if plus_half:
        number = str(float(number) + 0.5)
    whole, _, rest = number.partition(".")
    smaller = {"PT0H": "30M", "PT0M": "30S", "P0Y": "6M"}.get(length)
    if length == "P0E":
        return f"P{whole}0Y" if not rest else f"P{int(float(number) * 10)}Y"
    if rest == "5" and smaller:
        return length.replace("0", whole) + smaller if whole != "0" else length[: length.index("0")] + smaller
    return length.replace("0", number)


def _fold(words: str) -> str:
    return re.sub(r"\s+", " ", words.lower().replace(".", "")).strip()


def _to_regex(form: str) -> str:
    """Give the expression for a codebook's word; a short form needs its dot or a figure ("Jan" is a name too)."""
    if re.fullmatch(r"[a-z]{3,}\.", form):
        return form[:-1] + r"(?:\.|(?=\s\d))"
    return re.escape(form).replace(r"\ ", GAP).replace(r"\.", r"\.?")


def _lower_regex(expression: str) -> str:
    """Give an expression in lower case, but for its classes (as in `\\S`) and the names of its groups."""
    return re.sub(r"(\\.|\(\?P<\w+>)|[A-Z]", lambda match: match[1] or match[0].lower(), expression)


def _compile(book: Codebook, code: Code, cue: str, shapes: Mapping[str, str]) -> re.Pattern[str]:
    """Turn a cue into a regular expression in which each {name} is a named group."""
    unknown = [name for name in re.findall(r"\{([a-z]\w*)\}", cue) if name not in shapes]
    if unknown:
        raise ConfigError(
            f"codebook {book.name}: codes.{code.key} uses {{{unknown[0]}}}, which is neither word nor shape."
        )
    # A look-behind must have a fixed width, so that there a space is one character of white space.
    spaced = re.sub(r"\(\?<[=!][^)]*\)", lambda match: match[0].replace(" ", r"\s"), cue).replace(" ", GAP)
    named = re.sub(r"\{([a-z]\w*)\}", lambda match: f"(?P<{match[1]}>{shapes[match[1]]})", _lower_regex(spaced))
    try:
        compiled = re.compile(BEFORE + named + AFTER)
    except re.error as error:
        raise ConfigError(
            f"codebook {book.name}: codes.{code.key} has a cue that is no regular expression: {error}."
        ) from error
    made = {MADE_FROM[name] for name in MADE_FROM if name in compiled.groupindex}
    for name in FIELDS:
        lacking = set(re.findall(r"\{(\w+)", code.extra.get(name, ""))) - set(compiled.groupindex) - made
        if lacking:
            raise ConfigError(
                f"codebook {book.name}: codes.{code.key}.{name} needs {{{min(lacking)}}}, which cue {cue!r} lacks."
            )
    return compiled


def _compile_opening(cues: Iterable[tuple[Code, re.Pattern[str]]]) -> re.Pattern[str]:
    """Make one expression, without named groups, that looks ahead for any of the cues."""
    bare = (cue.pattern.removeprefix(BEFORE).removesuffix(AFTER) for _, cue in cues)
    plain = join_openings(re.sub(r"\(\?P<\w+>", "(?:", own) for own in bare)
    return re.compile(rf"(?={BEFORE}{plain}{AFTER})")
