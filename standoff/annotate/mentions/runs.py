"""Find runs of capitalised words that may be a person's name, with the small parts that stand inside names."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from standoff.annotate.mentions.lexicon import guess_gender, load_words
from standoff.annotate.mentions.words import Words

SYLLABLE = re.compile(r"[bcdfghjklmnpqrstwxyz]{0,3}[aeiouw]{1,4}(?:ng|n|k|l|m|p|t|r|h|b)?$")
OPENING, CLOSING = frozenset("“‘\"'"), frozenset("”’\"'")
FUNCTIONS = frozenset({"AUX", "PRON", "ADP", "CCONJ", "SCONJ", "DET", "NUM"})
LONGEST = 5  # words of a name; more capitals in a row are a headline or a list


def find_runs(words: Words, taken: Container[int]) -> Iterator[tuple[int, int]]:
    """Yield the capitalised runs left over, with what stands inside names in small letters ("Carlos da Cruz"), after a
    hyphen ("Kim Dae-sik") or between marks ("Rui “the Eel” Prado")."""
    length = len(words.texts)
    at = 0
    while at < length:
        if not _may_name(words, taken, at):
            at += 1
            continue
        start = at
        size = 0
        while at < length and _may_name(words, taken, at):
            at = _end_syllable(words, start, at + 1)
            size += 1
            ahead = _cross_nickname(words, _cross_particles(words, at))
            if ahead > at and ahead < length and _may_name(words, taken, ahead):
                at = ahead
        if size <= LONGEST and not set(words.lower[start:at]) <= load_words("names", "not_alone"):
            yield _start_particles(words, start), at


def _cross_particles(words: Words, at: int) -> int:
    """Give where the small words and hyphens end that stand inside a name after `at`."""
    particles = load_words("names", "particles")
    while at < len(words.texts) and (
        words.lower[at] in particles or (words.texts[at] == "-" and not words.doc[at - 1].whitespace_)
    ):
        at += 1
    return at


def _end_syllable(words: Words, start: int, at: int) -> int:
    """Give where a name's second syllable ends that is written small after a hyphen, as in Korea and Taiwan: only after
    a family name or a title, and not a word of English ("Vega-led")."""
    if (
        at + 1 >= len(words.texts)
        or words.texts[at] != "-"
        or words.doc[at - 1].whitespace_
        or words.doc[at].whitespace_
    ):
        return at
    named = at - start > 1 or words.is_title(start - 1)
    syllable = words.doc[at + 1]
    known = syllable.is_stop or syllable.lower_ in load_words("names", "not_syllables")
    return at + 2 if named and not known and SYLLABLE.match(words.texts[at + 1]) else at


def _cross_nickname(words: Words, at: int) -> int:
    """Give where a nickname between marks ends that stands inside a name, of three words at the most."""
    if at >= len(words.texts) or words.texts[at] not in OPENING:
        return at
    inside = range(at + 1, min(at + 5, len(words.texts)))
    closing = next((end for end in inside if words.texts[end] in CLOSING), at)
    return closing + 1 if closing > at + 1 and words.upper[closing - 1] else at


def _start_particles(words: Words, start: int) -> int:
    """Give where a name begins whose first part is small after a title ("Ms al-Shaikh")."""
    particles = load_words("names", "particles")
    at = start
    while at > 0 and (words.lower[at - 1] in particles or words.texts[at - 1] == "-") and not words.upper[at - 1]:
        at -= 1
    return at if words.is_title(at - 1) and words.texts[at] != "-" else start


def _may_name(words: Words, taken: Container[int], token: int) -> bool:
    return (
        words.capital[token]
        and token not in taken
        and not (words.texts[token].isupper() and len(words.texts[token]) > 3)
        and not (words.kind(token) == "portfolio" and _is_office(words, token))
        and not (words.lower[token] in load_words("roles", "modifiers") and _leads_to_title(words, token))
        and words.kind(token) not in ("place", "demonym", "country", "role", "collective", "capital", "body")
        and (words.doc[token].pos_ not in FUNCTIONS or _is_given(words, token))
    )


def _is_given(words: Words, token: int) -> bool:
    """Tell whether a word that the tagger takes for a small one is a first name ("Agathe Ndong")."""
    return any(words.capital[token + 1 : token + 2]) and guess_gender(words.lower[token]) is not None


def _leads_to_title(words: Words, token: int) -> bool:
    """Tell whether a capitalised word is the start of a title ("Assistant Minister")."""
    modifiers = load_words("roles", "modifiers")
    while token < len(words.texts) and words.lower[token] in modifiers and not words.is_title(token):
        token += 1
    return words.is_title(token)


def _is_office(words: Words, token: int) -> bool:
    """Tell whether a portfolio belongs to a title beside it ("Finance Minister", "Minister for Foreign Affairs")."""
    tag = words.tag_at[token]
    assert tag is not None
    before = tag.start - 1
    while before > 0 and (words.lower[before] in ("of", "for", "the", "and") or words.kind(before) == "portfolio"):
        before -= 1
    return words.is_title(before) or words.is_title(tag.end) or words.kind(tag.end) == "portfolio"
