"""Tell in what way two names are alike: in another order, spelt otherwise, cut short; or what keeps them apart."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Literal

from standoff.codebooks import load_codebook
from standoff.resolve.actors import split_name
from standoff.resolve.origins import drop_countries

Likeness = Literal["same", "turned", "spelt", "cut", "short", "bare", "quoted"]

LEAST = 3  # letters that a short form keeps of a first name ("Alex"), and that a word needs to be told by its sound
_QUOTED = re.compile(r"[“\"‘']([^“”\"‘’']+)[”\"’']")


def compare_persons(one: str, other: str) -> Likeness | None:
    """Tell how two persons' names are alike, or None where they are not, or where they say that they are two.

    >>> compare_persons("Mohammed al-Qadhi", "Muhammad al-Kadi"), compare_persons("Ada Ito", "Ada Ito Jr.")
    ('spelt', None)
    >>> compare_persons("Ana B. Rocha", "Ana Rocha"), compare_persons("Alexander Brandt", "Alex Brandt")
    ('cut', 'short')
    """
    left, right = _split_person(one), _split_person(other)
    if _find_generation(one) != _find_generation(other):
        return None
    if _is_nickname(one, right) or _is_nickname(other, left):
        return "quoted"
    if len(left) > len(right):
        left, right = right, left
    if not left:
        return None
    if len(left) == 1:
        return "bare" if len(right) > 1 and left[0] in (right[0], right[-1]) else None
    if left == right:
        return "same"
    if sorted(left) == sorted(right):
        return "turned"
    if len(left) == len(right) and list(map(sound_out, left)) == list(map(sound_out, right)):
        return "spelt"
    if left[0] == right[0] and _is_cut(left, right):
        return "cut"
    if left[1:] == right[1:] and is_short_name(left[0], right[0]):
        return "short"
    return None


def list_person_keys(name: str) -> set[tuple[str, ...]]:
    """Give the keys of which two names share at least one if `compare_persons` may find them alike."""
    words = _split_person(name)
    keys: set[tuple[str, ...]] = {("quoted", word) for nick in _QUOTED.findall(name) for word in split_name(nick)}
    if len(words) == 1:
        keys.add(("word", words[0]))
    elif words:
        keys |= {("all", *sorted(words)), ("sound", *map(sound_out, words)), ("last", words[0][0], words[-1])}
        keys |= {("first", words[0], word) for word in words[1:]}
        keys |= {("short", min(names), words[-1]) for names in _list_short_names() if words[0] in names}
    return keys


def sound_out(word: str) -> str:
    """Give a word without what transcriptions of one name differ in: vowels, doubled letters, k or q or c.

    Initials and syllables of two letters are left as they are, since little of them would be.

    >>> sound_out("Yevgeny") == sound_out("Evgenii"), sound_out("Qadhi") == sound_out("Kadi")
    (True, True)
    """
    word = _fold(word)
    if len(word) < LEAST:
        return word
    for old, new in _list_spellings():
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou]", "", word)) or word


def is_short_name(one: str, other: str) -> bool:
    """Tell whether one first name is short for the other: cut off, or a name that people go by.

    >>> is_short_name("alex", "alexander"), is_short_name("bill", "william"), is_short_name("ines", "iris")
    (True, True, False)
    """
    short, long = sorted((_fold(one), _fold(other)), key=len)
    return (len(short) >= LEAST and long.startswith(short)) or any(
        {short, long} <= names for names in _list_short_names()
    )


def compare_bodies(one: str, other: str) -> Literal["form", "country", "tail"] | None:
    """Tell how two organisations' names are alike: but for "Ltd", but for the country, or one is the other's end.

    >>> compare_bodies("Karvin Coal", "Karvin Coal Ltd"), compare_bodies("Unity Party", "New Unity Party")
    ('form', None)
    """
    left, right = split_body(one), split_body(other)
    if not left or not right:
        return None
    if left == right:
        return "form" if drop_countries(one) != drop_countries(other) else "country"
    short, long = sorted((left, right), key=len)
    extra = long[: len(long) - len(short)]
    if len(short) > 1 and long[len(long) - len(short) :] == short and _load_apart().isdisjoint(extra):
        return "tail"
    return None


def split_body(name: str) -> tuple[str, ...]:
    """Give the words of an organisation's name without its country and without what form of company it is."""
    legal = load_codebook("identities").settings["legal"]
    return tuple(word for word in split_name(" ".join(drop_countries(name))) if word not in legal)


def find_acronyms(forms: tuple[str, ...]) -> frozenset[str]:
    """Give the capitals by which an organisation is known: "FDS"."""
    return frozenset(form for form in forms if form.isupper() and form.isalpha() and len(form) > 2)


def _split_person(name: str) -> tuple[str, ...]:
    """Give the words of a person's name in order, without nicknames, generations and the articles of Arabic."""
    dropped = {*load_codebook("identities").settings["generations"], *load_codebook("identities").settings["articles"]}
    return tuple(word for word in split_name(_QUOTED.sub(" ", name)) if word not in dropped)


def _find_generation(name: str) -> frozenset[str]:
    """Give what tells a father from a son of one name; "junior" is not "jr" here, but neither is nobody."""
    return frozenset(split_name(name)) & frozenset(load_codebook("identities").settings["generations"])


def _is_nickname(name: str, words: tuple[str, ...]) -> bool:
    """Tell whether a name holds the other between its quotation marks: Idriss “Koro” Abakar."""
    return bool(words) and any(split_name(nickname) == words for nickname in _QUOTED.findall(name))


def _is_cut(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Tell whether the words of one name are some of the other's, in order, initials standing for words."""
    rest = iter(long)
    return all(any(word == other or (len(word) == 1 and other[0] == word) for other in rest) for word in short)


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if letter.isalpha())


@cache
def _list_spellings() -> tuple[tuple[str, str], ...]:
    pairs = (entry.split() for entry in load_codebook("identities").settings["spellings"])
    return tuple((old, new) for old, new in pairs)


@cache
def _list_short_names() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(names.split()) for names in load_codebook("identities").settings["short_names"])


@cache
def _load_apart() -> frozenset[str]:
    return frozenset(load_codebook("identities").settings["apart"])
