"""Tell which names of one article are one party's: surnames, acronyms, short forms, misspellings."""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from standoff.annotate.facts import RoleFact
from standoff.annotate.mentions.find import Name, Words
from standoff.annotate.mentions.lexicon import Tag, load_words
from standoff.annotate.mentions.register import Party, Register
from standoff.codebooks import load_codebook

SMALL = frozenset({"of", "for", "the", "and", "&", "on", "in", "to", "'s", "'", "de", "-"})


def add_names(words: Words, names: list[Name], register: Register) -> None:
    """Give each name a party, the same party to names that are one, and put their titles on record.

    Longer names come first, so that a surname finds its full name wherever the article gives it.
    """
    home: dict[Name, Party] = {}
    known = _Known(words)
    for name in sorted(names, key=lambda name: (name.start - name.end, name.start)):
        if name.kind == "capital" and not _is_metonym(words, name):
            continue
        home[name] = known.find_party(name) or known.add_party(name, register)
    for name in names:
        if name in home:
            _add_mention(words, name, home[name], register, home)


class _Known:
    """Hold the parties named so far by the keys under which another name may find them."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.full: dict[tuple[str, str], Party] = {}
        self.parts: dict[str, list[Party]] = {}
        self.initials: dict[str, list[Party]] = {}

    def find_party(self, name: Name) -> Party | None:
        words = self._content(name)
        found = self.full.get((self._sort(name), " ".join(words)))
        if found is not None:
            return found
        if name.kind == "person":
            return self._find_person(words)
        if name.kind == "organisation":
            return self._find_organisation(name, words)
        return None

    def add_party(self, name: Name, register: Register) -> Party:
        kind = "country" if name.kind in ("country", "capital") else name.kind
        party = register.add_party(kind)
        content = self._content(name)
        self.full[self._sort(name), " ".join(content)] = party
        if kind == "person":
            for part in {content[0], content[-1]} if len(content) > 1 else set():
                self.parts.setdefault(part, []).append(party)
            party.given = len(content) > 1
            for gender in ("male", "female"):
                if len(content) > 1 and content[0] in load_codebook("names").codes[gender].cues:
                    party.gender = gender
        if kind == "organisation":
            for initials in {_shorten(self.words.texts[name.start : name.end], keep) for keep in (True, False)}:
                if len(initials) > 1:
                    self.initials.setdefault(initials, []).append(party)
        return party

    def _sort(self, name: Name) -> str:
        return "country" if name.kind == "capital" else name.kind

    def _content(self, name: Name) -> list[str]:
        """Give the words by which names are compared: a country's by its code, a body's by its entry, others' in small."""
        if name.tag is not None and name.tag.kind in ("country", "capital"):
            return [str(name.tag.entry.country)]
        if (
            name.tag is not None
            and name.tag.kind == "body"
            and name.tag.end == name.end
            and name.tag.start == name.start
        ):
            return [name.tag.entry.code.key]
        out = []
        for token in range(name.start, name.end):
            tag = self.words.tag_at[token]
            if tag is not None and tag.kind in ("country", "demonym") and name.kind == "organisation":
                out.append(str(tag.entry.country))
            elif self.words.lower[token] not in SMALL or name.kind == "person":
                out.append(self.words.lower[token])
        return out or [self.words.lower[name.start]]

    def _find_person(self, words: list[str]) -> Party | None:
        if len(words) == 1:
            holders = self.parts.get(words[0], [])
            if holders:
                return holders[-1] if len(holders) == 1 else max(holders, key=lambda party: sum(party.names.values()))
            near = [part for part in self.parts if is_misspelling(words[0], part)]
            return self.parts[near[0]][0] if len(near) == 1 and len(self.parts[near[0]]) == 1 else None
        joined = " ".join(words)
        for (kind, full), party in self.full.items():
            if kind == "person" and " " in full:
                parts = full.split()
                if set(words) < set(parts) and words[-1] == parts[-1]:
                    return party
                if len(parts) == len(words) and is_misspelling(joined, full):
                    same = sum(a == b for a, b in zip(parts, words, strict=True))
                    if same == len(parts) - 1 and min(len(w) for w in (*parts, *words)) > 1:
                        return party
        return None

    def _find_organisation(self, name: Name, words: list[str]) -> Party | None:
        text = self.words.texts[name.start]
        if name.end - name.start == 1 and text.isupper():
            holders = self.initials.get(text, []) or self.initials.get(text.rstrip("s"), [])
            return holders[0] if holders else None
        for (kind, full), party in self.full.items():
            if kind == "organisation":
                parts = full.split()
                short, long = (words, parts)
                if (
                    len(short) >= 2
                    and long[: len(short)] == short
                    and len(long) == len(short) + 1
                    and long[-1].isupper()
                ):
                    return party
        return None


def is_misspelling(one: str, other: str) -> bool:
    """Tell whether two words are one name spelt two ways: one wrong, missing, added or swapped letter in five or more.

    >>> is_misspelling("sukuki", "suzuki"), is_misspelling("sen", "ren")
    (True, False)
    """
    return one != other and min(len(one), len(other)) >= 5 and OSA.distance(one, other, score_cutoff=1) == 1


def _shorten(texts: list[str], keep: bool) -> str:
    """Give the initials of a name: all its words', or only those that it writes large."""
    parts = [part for text in texts for part in re.split(r"[-/]", text) if part and part not in ("'s", "'", "&")]
    return "".join(part[0] for part in parts if part[0].isupper() or (keep and part not in ("the",))).upper()


def _is_metonym(words: Words, name: Name) -> bool:
    """Tell whether a capital stands for its government: it speaks or acts ("Beijing said")."""
    head = words.doc[name.end - 1]
    return head.dep_ == "nsubj" and head.head.lemma_ in load_words("names", "speech")


def extend_title(words: Words, start: int, register: Register) -> tuple[int, list[Tag]]:
    """Give where the titles before token `start` begin, and those titles, nearest first.

    "former Cambodian opposition leader" and "Minister for Foreign Affairs" are titles of what follows; words that only
    describe ("the tired") are not, unless a title stands between them and the name.
    """
    modifiers = load_words("roles", "modifiers")
    titles: list[Tag] = []
    at, edge = start, start
    while at > 0:
        before = at - 1
        tag = words.tag_at[before]
        if words.quoted[before] != words.quoted[start] or words.doc[at].is_sent_start:
            break
        if tag is not None and tag.kind == "role" and not tag.entry.plural:
            titles.append(tag)
            at = edge = tag.start
        elif (
            tag is not None
            and tag.kind in ("portfolio", "demonym", "country", "organisation", "body")
            and tag.end == at
        ):
            if words.lower[before] == "'s":
                break
            at = tag.start
            edge = at if titles else edge
        elif words.lower[before] in modifiers or (
            words.texts[before] in ("-", "–") and not words.doc[before].whitespace_
        ):
            at = before
            edge = at if titles else edge
        elif titles and words.capital[before] and _is_acronym(words.texts[before]):
            at = edge = before
        elif (
            words.lower[before] in ("for", "of", "and", "the", "'s", "in")
            and not titles
            and _is_complement(words, before, start)
        ):
            at = before
        else:
            break
    if titles and edge > 0 and words.lower[edge - 1] in ("the", "a", "an") and not words.doc[edge].is_sent_start:
        edge -= 1
    return edge, titles


def _is_acronym(text: str) -> bool:
    return len(text) > 1 and text.isupper()


def _is_complement(words: Words, at: int, start: int) -> bool:
    """Tell whether all from `at` to `start` is what a minister is in charge of ("for Foreign Affairs")."""
    inside = [words.kind(token) for token in range(at + 1, start)]
    return bool(inside) and all(
        kind == "portfolio" or words.lower[at + 1 + i] in ("and", "the") for i, kind in enumerate(inside)
    )


def _add_mention(words: Words, name: Name, party: Party, register: Register, home: dict[Name, Party]) -> None:
    text = words.doc[name.start : name.end].text
    start = name.start
    if name.kind == "person":
        start, titles = extend_title(words, name.start, register)
        _add_titles(words, party, start, name.start, titles, register)
    elif name.kind == "organisation":
        start = _extend_description(words, name.start)
        _describe_organisation(words, name, party, start)
    else:
        tag = name.tag
        assert tag is not None
        party.country = tag.entry.country
        party.add_sectors(("GOV",))
        text = tag.entry.code.definition if name.kind == "capital" else text
        if words.lower[name.start - 1 : name.start] == ["the"] and not words.lower[name.start] == "the":
            start -= 1
    party.names[text] += 1
    party.forms[text] = None
    if start != name.start:
        party.forms[words.doc[start : name.end].text] = None
    head = name.end - 1
    register.add_mention(party, start, name.end, head, "name")


def _extend_description(words: Words, start: int) -> int:
    """Give where the words that describe an organisation begin ("the now-dissolved" before its name)."""
    at = start
    while at > 0 and not words.doc[at].is_sent_start:
        token = words.doc[at - 1]
        if (
            token.pos_ in ("ADJ", "VERB", "ADV", "NOUN")
            and token.pos_ != "PUNCT"
            and words.lower[at - 1] not in ("said",)
        ):
            ahead = [words.doc[k].head for k in range(at - 1, at)]
            if token.pos_ in ("VERB", "ADV", "NOUN") and not all(start > h.i or h.i >= start for h in ahead):
                break
            if token.pos_ in ("VERB", "NOUN", "ADV") and not (
                at - 1 < token.head.i <= start + 12 and token.dep_ in ("amod", "compound", "advmod", "npadvmod", "nmod")
            ):
                break
            at -= 1
        elif token.text in ("-", "–") and not token.whitespace_:
            at -= 1
        else:
            break
    if at > 0 and words.lower[at - 1] in ("the", "a", "an") and not words.doc[at].is_sent_start:
        return at - 1
    return at


def _add_titles(words: Words, party: Party, start: int, core: int, titles: list[Tag], register: Register) -> None:
    """Record the office that stands before a person's name, and what it says of country, sector and gender."""
    for tag in titles:
        party.gender = party.gender or tag.entry.gender
    offices = [tag for tag in titles if not tag.entry.code.extra.get("honorific")]
    sectors = [tag for tag in titles if tag.entry.sectors]
    for tag in sectors:
        party.add_sectors(tag.entry.sectors)
    if offices:
        record_role(words, party, start, core, offices[0], register)


def record_role(words: Words, party: Party, start: int, end: int, head: Tag, register: Register) -> None:
    """Put a title on record: its words, the organisation and the country that they name."""
    if words.lower[start] in ("the", "a", "an"):
        start += 1
    organisation = country = None
    for tag in words.tags:
        if start <= tag.start < end:
            if tag.kind in ("demonym", "country"):
                country = country or tag.entry.country
            elif tag.kind == "body":
                organisation, country = tag.text, country or tag.entry.country
                party.add_sectors(tag.entry.sectors if not party.sectors else ())
    span = words.doc[start:end]
    if "opposition" in words.lower[start:end]:
        party.add_sectors(("PTY", "OPP"))
    if head.entry.code.extra.get("state") and organisation is None and not party.sectors:
        party.add_sectors(("GOV",))
    party.country = party.country or country
    party.heads.add(head.text)
    role = RoleFact(
        title=span.text, organisation=organisation, country=country, start=span.start_char, end=span.end_char
    )
    if not any(old["title"].lower() == role["title"].lower() for old in party.roles):
        party.roles.append(role)


def _describe_organisation(words: Words, name: Name, party: Party, start: int) -> None:
    """Take an organisation's sector and country from its own words and from the words before it."""
    inside = [tag for tag in words.tags if start <= tag.start and tag.end <= name.end]
    bodies = [tag for tag in inside if tag.kind == "body"]
    countries = [tag for tag in inside if tag.kind in ("country", "demonym")]
    if countries:
        party.country = party.country or countries[0].entry.country
    if bodies:
        party.country = party.country or bodies[0].entry.country
        party.add_sectors(bodies[0].entry.sectors)
    sorts = [tag for tag in inside if tag.kind == "organisation" and tag.start >= name.start]
    if sorts and not bodies:
        party.add_sectors(sorts[-1].entry.sectors)
        party.country = party.country or sorts[-1].entry.country
        party.heads |= {tag.text.split()[-1] for tag in sorts}
    before = words.lower[start : name.start]
    if "opposition" in before:
        party.add_sectors(("OPP",))
    if "ruling" in before or "governing" in before:
        party.heads.add("ruling")
