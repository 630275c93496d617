"""Tell which names of one article are one party's: surnames, acronyms, short forms, misspellings."""

from __future__ import annotations

import re
from collections import defaultdict

from standoff.annotate.facts import read_text
from standoff.annotate.mentions.bearers import People, split_person
from standoff.annotate.mentions.find import SHORTENED, Name
from standoff.annotate.mentions.lexicon import load_words, name_country
from standoff.annotate.mentions.phrases import code_title, extend_title, head_noun, list_tags, record_title
from standoff.annotate.mentions.places import load_cities
from standoff.annotate.mentions.register import Party, Register
from standoff.annotate.mentions.words import Words, list_datelines

SMALL = frozenset({"of", "for", "the", "and", "&", "on", "in", "to", "'s", "'", "-", "(", ")"})


def add_names(words: Words, names: list[Name], register: Register) -> None:
    """Give each name a party, the same party to names that are one, and put their titles on record.

    Longer names come first, so that a surname finds its full name wherever the article gives it.
    """
    register.country, register.sure = find_home(words, names)
    known = Known(words, register, names)
    home: dict[Name, Party] = {}
    for name in sorted(names, key=lambda name: (name.start - name.end, not words.is_bracketed(name.start), name.start)):
        if name.kind in ("country", "capital") and not _stands_alone(words, name):
            continue
        home[name] = known.ends[name.end] = known.find_party(name) or known.add_party(name)
    for kinds in (("organisation", "country", "capital"), ("person",)):
        for name in names:
            if name in home and name.kind in kinds:
                _add_mention(words, name, home[name], register)


def find_home(words: Words, names: list[Name]) -> tuple[str | None, bool]:
    """Give the country that the article is set in, whose offices it names bare ("the prime minister"), and whether the
    evidence for it is half as much again as for any other.

    Its capital and its parties tell more than its name does, and so does standing first; a people before a title tells
    the least, for it is foreigners' titles that need one ("the Norwegian envoy").
    """
    counts: dict[str, float] = defaultdict(float)
    for tag in words.tags:
        if tag.entry.country is not None and tag.kind in ("country", "demonym", "capital"):
            after = tag.end + (words.lower[tag.end : tag.end + 1] == ["'s"])
            foreign = words.is_title(after) or words.kind(after) == "portfolio"
            counts[tag.entry.country] += 2 if tag.kind == "capital" else 0.5 if foreign else 1
            counts[tag.entry.country] += 2 if len(counts) == 1 and counts[tag.entry.country] <= 2 else 0
    opened = find_opening_country(words)
    if opened is not None and opened in counts:
        counts[opened] += 4
    for name in names:
        if name.kind == "organisation" and name.tag is not None and name.tag.entry.code.key == "party":
            for tag in list_tags(words, name.start, name.end):
                if tag.entry.country is not None and tag.entry.country in counts:
                    counts[tag.entry.country] += 4
    if not counts:
        return None, False
    best, *others = sorted(counts, key=lambda country: -counts[country])
    return best, not others or counts[best] > 1.5 * counts[others[0]]


def find_opening_country(words: Words) -> str | None:
    """Give the country of the place that the article's dateline names ("MOMBASA – ...")."""
    dateline = next(list_datelines(words.doc), None)
    if dateline is None:
        return None
    city = re.split(r"[,(–—-]", read_text(words.doc)[slice(*dateline)])[0].strip().title()
    return load_cities().get(city) or load_cities(5000).get(city)


def _stands_alone(words: Words, name: Name) -> bool:
    """Tell whether a country is meant itself, not "Japan" in "Japan embassy"; a capital is one where it speaks."""
    if name.kind == "capital":
        return stands_for_country(words, name)
    follows = words.tag_at[name.end] if name.end < len(words.texts) else None
    return follows is None or follows.kind not in ("organisation", "collective", "portfolio", "role")


def stands_for_country(words: Words, name: Name) -> bool:
    """Tell whether a capital stands for its country: where it speaks or acts as a state does ("Lima recalled its
    envoy"), is spoken to or blamed, or is one side ("talks with Lima", "sanctions on Lima"). A city where
    something happens ("in Lima", "the road to Lima") is a place."""
    head = words.doc[name.end - 1]
    while head.dep_ == "conj" and head.head.pos_ == "PROPN" and head.head.i < head.i:
        head = head.head
    verb = head.head
    acts = load_words("names", "speech") | load_words("countries", "acts")
    if head.dep_ == "nsubj":
        return verb.lemma_.lower() in acts
    if head.dep_ in ("dobj", "nsubjpass", "dative"):
        return verb.lemma_.lower() in load_words("countries", "sufferings")
    if head.dep_ == "poss":
        return verb.lemma_.lower() in load_words("countries", "stances")
    if head.dep_ == "pobj":
        governor = verb.head.lemma_.lower()
        sided = verb.lower_ in ("with", "against", "by") and governor not in ("airport", "road", "flight", "link")
        between = verb.lower_ in ("between", "from", "by") and governor in load_words("countries", "stances")
        laid = verb.lower_ in ("on", "upon") and governor in load_words("countries", "burdens")
        return sided or between or laid or (verb.lower_ == "to" and governor in load_words("countries", "appeals"))
    return False


class Known:
    """Hold the parties named so far by the keys under which another name may find them."""

    def __init__(self, words: Words, register: Register, names: list[Name]) -> None:
        self.words = words
        self.register = register
        self.full: dict[tuple[str, str], Party] = {}
        self.people = People(words, names)
        self.initials: dict[str, list[Party]] = {}
        self.ends: dict[int, Party] = {}
        self.shorts: dict[str, Party] = {}

    def find_party(self, name: Name) -> Party | None:
        content = self._content(name)
        found = self.full.get((self._sort(name), " ".join(content)))
        if name.kind == "person":
            return self.people.find_person(name, content, found)
        if found is not None:
            return found
        if name.kind == "organisation":
            return self._find_organisation(name, content)
        return None

    def add_party(self, name: Name) -> Party:
        kind = self._sort(name)
        party = self.register.add_party(kind)
        content = self._content(name)
        self.full[kind, " ".join(content)] = party
        if kind == "person":
            self.people.add_person(name, content, party)
        if kind == "organisation":
            if content[-1] == "party" or (len(content) > 2 and content[-1].isupper()):
                self.shorts.setdefault(" ".join(content[:-1]), party)
            if len(content) > 1 and name.tag is not None and name.tag.entry.code.key in SHORTENED:
                self.shorts.setdefault(content[0], party)
            state = self._state(name)
            if state is not None:
                self.register.states.setdefault(state, party)
                party.country = state[1]
                if name.end - name.start <= 2 and state[0] in ("government", "embassy"):
                    party.label = name_state(*state)
            texts = self.words.texts[name.start : name.end]
            for initials in {_shorten(texts, keep) for keep in (True, False)}:
                if len(initials) > 1:
                    self.initials.setdefault(initials, []).append(party)
        return party

    def _sort(self, name: Name) -> str:
        return "country" if name.kind == "capital" else name.kind

    def _state(self, name: Name) -> tuple[str, str] | None:
        """Give the organ and the country of a name that means a part of a state ("the Fijian Senate", "the Senate")."""
        if name.tag is None or not name.tag.entry.code.extra.get("state"):
            return None
        tags = list_tags(self.words, name.start, name.end)
        country = next((tag.entry.country for tag in tags if tag.kind in ("country", "demonym")), None)
        country = country or _find_possessor(self.words, name.start) or self.register.country
        if country is None:
            return None
        inside = {at for tag in tags if tag.kind in ("country", "demonym") for at in range(tag.start, tag.end)}
        kept = [at for at in range(name.start, name.end) if at not in inside and self.words.lower[at] not in SMALL]
        return " ".join(self.words.lower[at] for at in kept), country

    def _content(self, name: Name) -> list[str]:
        """Give the words by which names are compared: a country's by its code, a body's by its own name for itself."""
        tag = name.tag
        if tag is not None and tag.kind in ("country", "capital"):
            return [str(tag.entry.country)]
        if name.kind == "person":
            return split_person(self.words.lower[name.start : name.end])
        state = self._state(name)
        if state is not None:
            return [*state[0].split(), state[1]]
        out: list[str] = []
        at = name.start
        while at < name.end:
            inner = self.words.tag_at[at]
            if inner is not None and inner.start == at and inner.kind in ("country", "demonym", "body"):
                body = inner.kind == "body"
                out += inner.entry.code.definition.lower().split() if body else [str(inner.entry.country)]
                at = inner.end
                continue
            if self.words.lower[at] not in SMALL:
                out.append(self.words.lower[at])
            at += 1
        return out or [self.words.lower[name.start]]

    def _find_organisation(self, name: Name, content: list[str]) -> Party | None:
        """Give the organisation whose initials these are, or that has one more country in its name."""
        text = self.words.texts[name.start]
        if self.words.texts[name.start - 1 : name.start] == ["("] and name.start - 1 in self.ends:
            self.initials.setdefault(text.upper(), []).insert(0, self.ends[name.start - 1])
            self.shorts.setdefault(" ".join(content), self.ends[name.start - 1])
        if name.end - name.start == 1 and sum(map(str.isupper, text)) > 1:
            holders = self.initials.get(text.upper(), []) or self.initials.get(text.rstrip("s"), [])
            return holders[0] if holders else None
        return self.shorts.get(" ".join(content))


def name_state(organ: str, country: str) -> str:
    """Give the name of a state's organ that the text does not name: "Government of Japan"."""
    return f"{organ[:1].upper()}{organ[1:].lower()} of {name_country(country)}"


def _shorten(texts: list[str], keep: bool) -> str:
    """Give the initials of a name: all its words', or only those that it writes large."""
    parts = [part for text in texts for part in re.split(r"[-/]", text) if part and part not in ("'s", "'", "&", "the")]
    return "".join(part[0] for part in parts if part[0].isupper() or keep).upper()


def _add_mention(words: Words, name: Name, party: Party, register: Register) -> None:
    start = name.start
    text = words.doc[name.start : name.end].text
    if name.kind == "person":
        start, titles = extend_title(words, name.start, register)
        if titles and party.country is None:
            party.country = _find_possessor(words, start)
        offices = [tag for tag in titles if not tag.entry.code.extra.get("honorific")]
        for tag in titles:
            party.gender = party.gender or tag.entry.gender
            party.add_sectors(code_title(words, start, tag, tag.entry.sectors))
        if offices:
            record_title(words, party, start, name.start, offices[0], register)
            party.heads |= {tag.text for tag in offices}
        _add_affiliation(words, name.end, party, register)
        party.age = party.age or find_age(words, start, name.end)
    elif name.kind == "organisation":
        start = _start_organisation(words, name)
        _describe_organisation(words, name, party, start)
    elif name.tag is not None:
        party.country = name.tag.entry.country
        party.add_sectors(("GOV",))
        text = name_country(str(party.country)) if name.kind == "capital" else text.removeprefix("the ")
        start -= words.lower[name.start - 1 : name.start] == ["the"]
    if not party.label:
        party.names[text] += 1
    party.forms[text] = None
    party.forms[words.doc[start : name.end].text] = None
    register.add_mention(party, start, name.end, name.end - 1, "name")


def _find_possessor(words: Words, start: int) -> str | None:
    """Give the country whose the words from `start` are: "Fiji's Foreign Minister"."""
    owner = words.tag_at[start - 2] if start > 1 and words.lower[start - 1] in ("'s", "'") else None
    return owner.entry.country if owner is not None and owner.kind in ("country", "capital") else None


def _add_affiliation(words: Words, end: int, party: Party, register: Register) -> None:
    """Record what a person belongs to by "of": "Ada Ito, of Lakeside University in Kenya", "Ada Ito of Japan"."""
    at = end + (words.texts[end : end + 1] == [","])
    if words.lower[at : at + 1] not in (["of"], ["from"], ["at"], ["with"]):
        return
    origin = words.lower[at] in ("of", "from")
    at += 1 + (words.lower[at + 1 : at + 2] == ["the"])
    owner = register.owner[at] if at < len(words.texts) else None
    if origin and owner is not None and owner.party.kind == "country":
        party.country = party.country or owner.party.country
    if owner is not None and owner.party.kind == "organisation":
        party.homes.append(owner.party)
        party.add_sectors(tuple(owner.party.sectors))


def find_age(words: Words, start: int, end: int) -> str | None:
    """Give the age that stands beside a person's name: "Ada Ito, 62, said", "62-year-old Ada Ito"."""
    after = words.texts[end : end + 3]
    if len(after) == 3 and after[0] == "," and after[1].isdecimal() and after[2] in (",", ".", ";", ")"):
        return after[1]
    before = words.lower[max(0, start - 6) : end]
    at = next((at for at in range(len(before) - 3) if before[at + 1 : at + 4] == ["-", "year", "-"]), None)
    return before[at] if at is not None and before[at].isdecimal() else None


def _start_organisation(words: Words, name: Name) -> int:
    """Give where the words that describe an organisation begin ("the now-dissolved" before its name).

    Before a title they describe the person instead: "a former Union secretary".
    """
    start = at = name.start
    owner = words.tag_at[at - 2] if at > 1 and words.lower[at - 1] in ("'s", "'") else None
    if owner is not None and owner.kind == "country":
        return owner.start
    after = name.end + (3 if words.texts[name.end : name.end + 1] == ["("] else 0)
    if words.is_title(after):
        return start
    if words.texts[at - 1 : at] == ["]"] and words.texts[at - 3 : at - 2] == ["["]:
        at -= 3
    while at > 0 and not words.doc[at].is_sent_start:
        token = words.doc[at - 1]
        inner = token.dep_ in ("amod", "compound", "advmod", "npadvmod", "nmod") and at <= token.head.i < start + 12
        hyphen = token.text in ("-", "–") and not token.whitespace_
        if not hyphen and not (inner and token.pos_ in ("ADJ", "VERB", "ADV", "NOUN") and not words.is_title(at - 1)):
            break
        at -= 1
    determined = at > 0 and words.lower[at - 1] in ("the", "a", "an") and not words.doc[at].is_sent_start
    return at - 1 if determined else at


def _describe_organisation(words: Words, name: Name, party: Party, start: int) -> None:
    """Take an organisation's sector and country from its own words and from the words before it."""
    tags = list_tags(words, start, name.end)
    body = next((tag for tag in tags if tag.kind == "body" and tag.start == name.start), None)
    sorts = [tag for tag in tags if tag.kind == "organisation" and tag.start >= name.start]
    party.country = party.country or next((t.entry.country for t in tags if t.kind in ("country", "demonym")), None)
    party.country = party.country or (_find_possessor(words, start) if body is None else body.entry.country)
    if body is not None:
        party.add_sectors(body.entry.sectors)
    elif sorts:
        members = [tag for tag in tags if tag.kind in ("collective", "role") and tag.start >= name.start]
        of_members = name.tag is None and sorts[-1].entry.code.extra.get("state") and members
        party.country = party.country or sorts[-1].entry.country
        party.add_sectors(members[0].entry.sectors if of_members else sorts[-1].entry.sectors)
    if party.country is None and words.lower[name.end : name.end + 1] == ["in"] and name.end + 1 < len(words.texts):
        place = words.tag_at[name.end + 1]
        party.country = place.entry.country if place is not None and place.kind in ("country", "capital") else None
    introduced = words.tag_at[name.start - 1] if name.start else None
    if introduced is not None and introduced.kind == "organisation" and not words.upper[introduced.start]:
        party.heads.add(head_noun(introduced.text))
    party.heads |= {head_noun(tag.text) for tag in sorts} | (
        {head_noun(" ".join(words.lower[name.start : name.end]))} if body is not None else set()
    )
    before = words.lower[start : name.start]
    if "opposition" in before:
        party.add_sectors(("OPP",))
    if "ruling" in before or "governing" in before:
        party.heads.add("ruling")
