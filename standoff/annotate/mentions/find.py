"""Find the names in an article: runs of capitalised words, and what each run is by the article's own evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from standoff.annotate.mentions.lexicon import Tag, guess_gender, load_lexicon, load_words
from standoff.annotate.mentions.runs import find_runs
from standoff.annotate.mentions.words import Words
from standoff.codebooks import load_codebook

ACRONYM = re.compile(r"[A-Z]{2,7}s?\d?$|[A-Z][a-z]?[A-Z]{2,5}$")
SHORTENED = frozenset({"business", "media"})  # sorts of bodies that are called by their first word alone
PLURAL = ("NNS", "NNPS")
JOINTS = frozenset({"of", "for", "on", "against", "to", "and", "&"})
PLACES = frozenset({"GPE", "LOC", "FAC", "EVENT", "LAW", "DATE", "PRODUCT", "WORK_OF_ART", "TIME", "LANGUAGE", "NORP"})


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A name without titles: tokens `start` to `end`; `kind` is person, organisation, country, or capital."""

    start: int
    end: int
    kind: str
    tag: Tag | None = None


def find_names(words: Words) -> list[Name]:
    """Give every name of the article in reading order, without overlap; organisations are settled before persons."""
    taken: dict[int, Name] = {}
    named = [*_find_organisations(words), *_find_listed(words), *_find_acronyms(words)]
    shorts = (*_find_short_parties(words, named), *_find_short_forms(words, named), *_find_first_words(words, named))
    for name in [*named, *shorts]:
        clash = [taken[token] for token in range(name.start, name.end) if token in taken]
        if any(other.end - other.start >= name.end - name.start for other in clash):
            continue
        for other in clash:
            for token in range(other.start, other.end):
                taken.pop(token, None)
        taken |= dict.fromkeys(range(name.start, name.end), name)
    taken |= {token: name for name in _find_persons(words, taken) for token in range(name.start, name.end)}
    return sorted(set(taken.values()), key=lambda name: name.start)


def _find_organisations(words: Words) -> Iterator[Name]:
    """Yield capitalised runs around a noun that says what sort of organisation it is ("Ministry of the Interior")."""
    for tag in words.tags:
        if tag.kind == "organisation" and not words.upper[tag.start] and _introduces(words, tag):
            end = tag.end
            while end < len(words.texts) and words.upper[end] and words.tag_at[end] is None:
                end += 1
            yield Name(tag.end, end, "organisation", tag)
        elif tag.kind == "organisation" and not words.upper[tag.start]:
            yield from _find_apposed(words, tag)
        if tag.kind != "organisation" or not words.capital[tag.start]:
            continue
        start = tag.start
        while start > 0 and _joins_left(words, start):
            start -= 1
        end = tag.end
        while (reach := _reach_right(words, end)) is not None:
            end = reach
        if end - start > tag.end - tag.start or tag.end - tag.start > 1:
            yield Name(start, end, "organisation", None if _is_of_members(words, start, tag) else tag)


def _is_of_members(words: Words, start: int, tag: Tag) -> bool:
    """Tell whether a congress or an assembly is a body of its members and no parliament: the Teachers' Congress."""
    inside = (words.tag_at[at] for at in range(start, tag.start))
    members = any(inner is not None and inner.kind in ("collective", "role") for inner in inside)
    return bool(tag.entry.code.extra.get("state")) and members


def _introduces(words: Words, tag: Tag) -> bool:
    """Tell whether a noun in small letters says what the name right after it is ("radio station Aurora")."""
    if tag.entry.code.extra.get("state") or tag.end >= len(words.texts) or words.tag_at[tag.end] is not None:
        return False
    follows, noun = words.doc[tag.end], words.doc[tag.end - 1]
    named = follows.head if follows.dep_ == "compound" else follows
    return (
        words.capital[tag.end]
        and not words.is_initial(tag.end)
        and (noun.dep_ in ("compound", "nmod", "amod") or named.dep_ == "appos" or _follows_whole(words, tag))
    )


def _follows_whole(words: Words, tag: Tag) -> bool:
    """Tell whether a whole phrase, and no day, town or person, stands before and after: "the coalition Unity Now"."""
    determined = any(child.lower_ in ("the", "a", "an") for child in words.doc[tag.end - 1].lefts)
    return determined and words.doc[tag.end].ent_type_ in ("", "ORG") and words.doc[tag.end].dep_.startswith("nsubj")


def _find_apposed(words: Words, tag: Tag) -> Iterator[Name]:
    """Yield the name that a noun in small letters says the sort of, wherever it stands ("the firm, Puerto Norte,")."""
    start = end = tag.end + 1
    while end < len(words.texts) and words.capital[end] and (words.tag_at[end] is None or words.kind(end) == "place"):
        end += 1
    apposed = start < end and words.doc[end - 1].dep_ == "appos" and words.doc[end - 1].head.i == tag.end - 1
    if not apposed or words.texts[tag.end] != "," or words.texts[end : end + 1] not in ([","], ["."]):
        return
    name = words.texts[start:end]
    for at in range(len(words.texts) - len(name) + 1):
        if words.texts[at : at + len(name)] == name:
            yield Name(at, at + len(name), "organisation")


def _joins_left(words: Words, start: int) -> bool:
    """Tell whether the word before `start` belongs to the same name of an organisation."""
    before = start - 1
    if words.upper[before]:
        return not words.is_title(before) or words.lower[before] in load_words("organisations", "inner")
    if words.texts[before] == "-" and before > 0 and not words.doc[before].whitespace_:
        return words.upper[before - 1] and not words.doc[before - 1].whitespace_
    if words.lower[before] in ("'s", "'") and before > 0:
        owner = words.tag_at[before - 1]
        many = owner is not None and owner.entry.plural and owner.kind in ("collective", "role")
        plural = words.doc[before - 1].tag_ in ("NNS", "NNPS") or words.lower[before - 1].endswith("men")
        return words.upper[before - 1] and (many or (plural and owner is None))
    if words.lower[before] not in ("and", "&") or before < 2 or not words.capital[before - 1]:
        return False
    many = words.doc[before - 1].tag_ in PLURAL and words.doc[start].tag_ in PLURAL  # Growers and Packers Association
    named = many or words.doc[before].ent_type_ == "ORG" or words.doc[before - 1].pos_ == "ADJ"
    return words.kind(before - 1) == "portfolio" or (named and words.kind(before - 1) not in ("country", "body"))


def _reach_right(words: Words, end: int) -> int | None:
    """Give the end of what follows `end` in the same name: more capitals, or "of (the)" and capitals."""
    length = len(words.texts)
    joint = words.lower[end] if end < length else ""
    at = end
    if joint in JOINTS:
        at += 1 + (words.lower[at + 1 : at + 2] == ["the"])
    if at >= length or not words.upper[at] or words.is_title(at):
        return None
    if (
        joint in ("and", "&")
        and words.kind(at) not in ("portfolio", "collective")
        and words.doc[end].ent_type_ != "ORG"
    ):
        return None
    if joint in ("on", "against", "to") and words.kind(at) is None and words.doc[end].ent_type_ != "ORG":
        return None
    if at == end and not words.capital[at]:
        return None
    while at < length and words.upper[at] and not words.is_title(at):
        at += 1
    return at


def _find_listed(words: Words) -> Iterator[Name]:
    """Yield the bodies, countries and capitals that the codebooks and libraries list."""
    for tag in words.tags:
        if tag.kind == "body":
            after = words.tag_at[tag.end] if tag.end < len(words.texts) else None
            national = after is not None and after.kind == "country" and tag.entry.country == "NGO"
            start = tag.start
            while (
                tag.end - tag.start > 1 and start > 0 and words.capital[start - 1] and words.tag_at[start - 1] is None
            ):
                start -= 1
            if start < tag.start:
                yield Name(start, tag.end, "organisation")
            elif not tag.entry.code.extra.get("venue"):
                yield Name(tag.start, after.end if national and after else tag.end, "organisation", tag)
        elif tag.kind in ("country", "capital"):
            follows = tag.end < len(words.texts) and words.capital[tag.end] and words.kind(tag.end) is None
            if not follows or words.doc[tag.start].ent_type_ == "GPE":
                yield Name(tag.start, tag.end, tag.kind, tag)


def _find_acronyms(words: Words) -> Iterator[Name]:
    """Yield words in capitals, and what an acronym in brackets is short for, where the initials agree.

    The initials are matched from the bracket backwards, as Schwartz and Hearst (2003) match short forms.
    """
    for token in words.doc:
        if words.tag_at[token.i] is not None or not words.upper[token.i] or not ACRONYM.match(words.texts[token.i]):
            continue
        near = range(max(0, token.i - 2), min(len(words.texts), token.i + 3))
        shouting = sum(words.texts[at].isupper() and len(words.texts[at]) > 1 for at in near) > 2
        ship = words.texts[token.i] in list_ship_letters() and any(words.upper[token.i + 1 : token.i + 2])
        place = any(load_lexicon().find_tags([words.texts[token.i].title()])) and len(token) > 3
        if shouting or place or ship or token.ent_type_ in ("DATE", "TIME", "MONEY", "LAW", "PRODUCT"):
            continue
        if token.i > 2 and words.texts[token.i - 1] == "(":
            start = _match_initials(words, token.i - 1, words.texts[token.i])
            if start is not None:
                yield Name(start, token.i - 1, "organisation", _last_sort(words, start, token.i - 1))
            elif not (words.upper[token.i - 2] and token.ent_type_ == "ORG"):
                continue
        elif token.ent_type_ != "ORG" and (token.ent_type_ == "GPE" or words.texts.count(words.texts[token.i]) < 2):
            continue
        yield Name(token.i, token.i + 1, "organisation")


def _match_initials(words: Words, end: int, acronym: str) -> int | None:
    """Give where the capitalised words begin whose initials, up to `end`, are those of the acronym."""
    letters = acronym.upper()
    at = end
    while letters and at > max(0, end - 14) and not words.doc[at].is_sent_start:
        at -= 1
        if words.texts[at][:1].isupper():
            if words.texts[at][0] != letters[-1]:
                return None
            letters = letters[:-1]
        elif words.lower[at] not in (*JOINTS, "the", "in", "-", "'s", "'"):
            return None
    return at if not letters else None


def _last_sort(words: Words, start: int, end: int) -> Tag | None:
    """Give the last noun from `start` to `end` that says what sort of organisation is named."""
    sorts = [tag for at in range(start, end) if (tag := words.tag_at[at]) is not None and tag.kind == "organisation"]
    return sorts[-1] if sorts else None


def _find_short_parties(words: Words, names: list[Name]) -> Iterator[Name]:
    """Yield a party's name without the word "party" ("Pheu Thai"), where the article gives it in full elsewhere."""
    shorts = set()
    for name in names:
        if (
            name.tag is not None
            and name.tag.text == "party"
            and name.tag.end == name.end
            and name.tag.start > name.start
        ):
            inside = range(name.start, name.tag.start)
            if any(words.tag_at[at] is None for at in inside):
                shorts.add(tuple(words.texts[at] for at in inside))
    for short in shorts:
        for at in range(len(words.texts) - len(short) + 1):
            if words.texts[at] == short[0] and tuple(words.texts[at : at + len(short)]) == short:
                yield Name(at, at + len(short), "organisation")


def _find_short_forms(words: Words, names: list[Name]) -> Iterator[Name]:
    """Yield the word that stands in brackets after an organisation, wherever the article writes it ("Bulog")."""
    shorts = set()
    for name in names:
        at = name.end + 1
        bracketed = words.texts[name.end : at] == ["("] and words.texts[at + 1 : at + 2] == [")"]
        if name.kind == "organisation" and bracketed and words.capital[at] and words.tag_at[at] is None:
            shorts.add(words.texts[at])
    for at, text in enumerate(words.texts):
        if text in shorts and words.capital[at]:
            yield Name(at, at + 1, "organisation")


def _find_first_words(words: Words, names: list[Name]) -> Iterator[Name]:
    """Yield the first word of a firm's or a medium's name where it stands alone ("Solent" of Solent Lines).

    Not one that is a name in itself, or that somebody bears in this article ("Ada Solent").
    """
    firsts = {
        words.texts[name.start]
        for name in names
        if name.tag is not None and name.tag.entry.code.key in SHORTENED and name.tag.start == name.start + 1
        if words.tag_at[name.start] is None and words.doc[name.start].pos_ == "PROPN"
    }
    places = [at for at, text in enumerate(words.texts) if text in firsts and words.capital[at]]
    inside = {at for name in names for at in range(name.start, name.end)}
    alone = [at for at in places if at not in inside]
    borne = {words.texts[at] for at in alone if (at and words.capital[at - 1]) or words.is_title(at - 1)}
    for at in alone:
        if words.texts[at] not in borne and not any(words.capital[at + 1 : at + 2]):
            yield Name(at, at + 1, "organisation")


@cache
def list_ship_letters() -> frozenset[str]:
    """Give the letters that navies and lines write before a ship's name."""
    return frozenset(load_codebook("names").codes["ship"].cues)


def _list_ships(words: Words, runs: list[tuple[int, int]]) -> set[str]:
    """Give the words of ships' names: what follows the letters of a navy or a line ("HMS Kent")."""
    prefixes = list_ship_letters()
    return {
        word
        for start, end in runs
        if {words.texts[start], *words.texts[start - 1 : start]} & prefixes
        for word in words.lower[start:end]
    }


def _find_persons(words: Words, taken: dict[int, Name]) -> Iterator[Name]:
    """Yield the capitalised runs that nothing else explains and that the article treats as a person.

    The runs of one spelling are judged together: a title before one of them settles all, and so does a noun that calls
    one a body ("the climate group Rising Sea").
    """
    runs = list(find_runs(words, taken))
    ships = _list_ships(words, runs)
    runs = [run for run in runs if not ships.issuperset(words.lower[slice(*run)])]
    votes: dict[str, float] = {}
    placed = set()
    for start, end in runs:
        key = " ".join(words.lower[start:end])
        if words.lower[start - 1 : start] in (["in"], ["at"], ["near"], ["around"], ["outside"], ["visited"]):
            placed.add(key)
        votes[key] = votes.get(key, 0.0) + weigh_person(words, start, end)
    for key in votes:
        votes[key] = max(votes[key], votes.get(key.split()[0], 0.0), votes.get(key.split()[-1], 0.0))
    surnames = {
        part for key, vote in votes.items() if vote > 0 and " " in key for part in (key.split()[0], key.split()[-1])
    }
    bodies = {
        " ".join(words.lower[name.start : name.end]) for name in set(taken.values()) if name.kind == "organisation"
    }
    for start, end in runs:
        key = " ".join(words.lower[start:end])
        if key in bodies:
            yield Name(start, end, "organisation")
            continue
        misspelt = end - start == 1 and any(is_misspelling(key, surname) for surname in surnames)
        place = words.doc[start].ent_type_ in ("GPE", "LOC", "FAC") or key in placed
        known = key in surnames and not (place and (key in placed or words.doc[start].dep_ == "pobj"))
        if votes[key] > 0 or known or misspelt:
            yield Name(start, end, "person")
        elif _is_called_body(words, end) or (
            key not in placed and all(words.doc[token].ent_type_ == "ORG" for token in range(start, end))
        ):
            yield Name(start, end, "organisation")


def is_misspelling(one: str, other: str) -> bool:
    """Tell whether two words are one name spelt two ways: one wrong, missing, added or swapped letter in five or more.

    >>> is_misspelling("sukuki", "suzuki"), is_misspelling("sen", "ren")
    (True, False)
    """
    return one != other and min(len(one), len(other)) >= 5 and OSA.distance(one, other, score_cutoff=1) == 1


def weigh_person(words: Words, start: int, end: int) -> float:
    """Say how far one run of capitals is treated as a person: above zero for, below against."""
    doc, vote = words.doc, 0.0
    head = doc[end - 1]
    labels = [doc[token].ent_type_ for token in range(start, end)]
    if words.is_title(start - 1) or (
        start > 0
        and words.kind(start - 1) == "portfolio"
        and any(words.is_title(at) for at in range(max(0, start - 5), start))
    ):
        vote += 6
    if head.dep_ == "appos" and start > 1 and words.texts[start - 1] == "," and words.is_title(start - 2):
        vote += 3
    if guess_gender(words.lower[start]) is not None and words.lower[end - 1] not in load_words("names", "sites"):
        vote += 2 * (end - start > 1)
    if end - start == 1 and _precedes_namesake(words, end):
        vote += 3
    if labels.count("PERSON") * 2 >= len(labels):
        vote += 2 if end - start > 1 else 1
    if any(label in PLACES for label in labels):
        vote -= 2
    if labels.count("ORG") * 2 > len(labels):
        vote -= 1
    if start > 0 and end - start == 1 and words.lower[start - 1] in ("in", "at", "near", "from", "to", "on", "of"):
        vote -= 2.5 if words.lower[start - 1] in ("in", "at", "near") else 1.5
    if end - start > 1 and words.lower[end : end + 1] == ["of"]:
        vote += 3 if words.kind(end + 1 + (words.lower[end + 1 : end + 2] == ["the"])) == "country" else 0
    if end - start > 1 and head.tag_ == "NNPS":
        vote -= 1  # "Solent Lines"
    if _is_called_body(words, end):
        vote -= 6
    if head.dep_ == "compound" and head.head.pos_ == "NOUN" and words.tag_at[head.head.i] is None:
        vote -= 1.5  # "the Kelo pit"
    verb = head.head
    if head.dep_ == "nsubj" and verb.lemma_ in load_words("names", "speech"):
        vote += 3
    elif head.dep_ in ("nsubj", "nsubjpass"):
        vote += 0.5
    if end + 1 < len(doc) and words.texts[end] == ",":
        near = range(end + 1, min(len(doc), end + 7))
        vote += 1.5 * any(words.is_title(at) for at in near) + 2 * (
            doc[end + 1].like_num and words.texts[min(end + 2, len(doc) - 1)] == ","
        )
        vote += words.lower[end + 1] == "who"
    if end < len(doc) and words.lower[end] == "who":
        vote += 2
    if end - start > 1 and _precedes_pronoun(words, end):
        vote += 2
    if end - start == 1 and words.is_initial(start) and (start == 0 or not words.is_title(start - 1)):
        vote -= 1  # a word that only its place may have made large
    return vote - 0.5


def _is_called_body(words: Words, end: int) -> bool:
    """Tell whether the words after a name say what body it is: "Solent, a ferry company,"."""
    called = (child for child in words.doc[end - 1].children if child.dep_ == "appos" and child.i > end)
    sorts = (words.kind(child.i) for child in called if child.is_lower)
    return words.texts[end : end + 1] == [","] and "organisation" in sorts


def _precedes_namesake(words: Words, end: int) -> bool:
    """Tell whether "and" and a person's full name follow, as after the first of a couple ("Rufus and Opal Tindall")."""
    beside = range(end + 1, min(end + 3, len(words.texts))) if words.lower[end : end + 1] == ["and"] else range(0)
    full = len(beside) == 2 and all(words.capital[at] and words.doc[at].ent_type_ == "PERSON" for at in beside)
    return full and guess_gender(words.lower[end + 1]) is not None


def _precedes_pronoun(words: Words, end: int) -> bool:
    """Tell whether the next sentence begins with "he" or "she"."""
    for at in range(end, min(end + 25, len(words.texts))):
        if words.doc[at].is_sent_start:
            return words.lower[at] in ("he", "she")
    return False
