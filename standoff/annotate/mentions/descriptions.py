"""Resolve descriptions: "the premier", "director of the institute", "the ruling party", "observers"."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Token

from standoff.annotate.mentions.find import Words
from standoff.annotate.mentions.lexicon import Tag, name_country
from standoff.annotate.mentions.names import record_role
from standoff.annotate.mentions.register import Party, Register

DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its", "both"})


def add_descriptions(words: Words, register: Register) -> None:
    """Add the mentions that describe rather than name, in reading order, after all names are known."""
    register.country = find_home(words, register)
    for tag in words.tags:
        if not register.is_free(tag.start, tag.end):
            continue
        head = words.doc[tag.end - 1]
        if not _heads_phrase(words, head, tag):
            continue
        if tag.kind in ("role", "collective") and tag.entry.plural:
            _add_group(words, tag, register)
        elif tag.kind == "role" and not tag.entry.code.extra.get("honorific"):
            _add_person(words, tag, register)
        elif tag.kind == "organisation":
            _add_organisation(words, tag, register)
        elif tag.kind == "demonym":
            _add_people(words, tag, register)
    for party in register.parties:
        if party.country is None and party.roles and party.kind == "person" and "GOV" in party.sectors:
            party.country = register.country


def find_home(words: Words, register: Register) -> str | None:
    """Give the country that the article is set in, whose offices it names bare ("the prime minister").

    Capitals and the parties of a country tell more than its name does, and a people before a title tells the least: it
    is foreigners' titles that need one ("the Norwegian envoy").
    """
    counts: Counter[str] = Counter()
    for tag in words.tags:
        country = tag.entry.country
        if country is None or tag.kind not in ("country", "demonym", "capital"):
            continue
        foreign = words.is_title(tag.end) or words.kind(tag.end) == "portfolio"
        counts[country] += 3 if tag.kind == "capital" else 0 if foreign else 1
    for party in register.parties:
        if party.kind == "organisation" and party.country in counts and "PTY" in party.sectors:
            counts[party.country] += 2 * len(party.mentions)
    return max(counts, key=lambda country: counts[country], default=None)


def _heads_phrase(words: Words, head: Token, tag: Tag) -> bool:
    """Tell whether a word is the head of its phrase, not a modifier in a longer one or a verb."""
    if head.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return False
    return not (head.dep_ in ("compound", "amod", "nmod") and head.head.i > head.i and head.head.i - head.i < 4)


def phrase_start(words: Words, tag: Tag) -> int:
    """Give where the phrase of a described actor begins: at its determiner, or at the first word that modifies it."""
    at = tag.start
    while at > 0 and not words.doc[at].is_sent_start:
        token = words.doc[at - 1]
        near = token.pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "ADV", "VERB") and tag.start <= token.head.i < tag.end
        inner = (
            token.head.i < tag.end
            and token.head.i > token.i
            and token.dep_
            in ("compound", "amod", "nmod", "advmod", "npadvmod", "quantmod", "nummod", "poss", "case", "punct", "det")
            and words.doc[token.head.i].i >= at
        )
        if near or inner or (token.text in ("-", "–") and not token.whitespace_) or token.dep_ == "case":
            at -= 1
        elif token.pos_ in ("DET", "PRON") and words.lower[at - 1] in (
            "the",
            "a",
            "an",
            "this",
            "that",
            "these",
            "those",
            "some",
            "many",
            "all",
            "other",
            "both",
            "several",
            "his",
            "her",
            "its",
            "their",
            "our",
            "your",
            "my",
            "most",
        ):
            return at - 1
        else:
            break
    return at


def phrase_end(words: Words, tag: Tag) -> int:
    """Give where the phrase ends: after "of", "to" or "for" and what follows it."""
    end = tag.end
    for _ in range(2):
        if (
            end < len(words.texts)
            and words.lower[end] in ("of", "for", "to", "in")
            and words.doc[end].head.i == end - 1
        ):
            objects = [child for child in words.doc[end].children if child.dep_ == "pobj"]
            if objects:
                end = objects[0].i + 1
                continue
        break
    return end


def _add_person(words: Words, tag: Tag, register: Register) -> None:
    start, end = phrase_start(words, tag), phrase_end(words, tag)
    text = words.doc[start:end].text
    party = _find_apposed(words, start, end, tag, register)
    if party is not None:
        record_role(words, party, start, end, tag, register)
        if tag.entry.sectors:
            party.add_sectors(tag.entry.sectors)
    else:
        definite = words.lower[start] in DEFINITE
        party = _find_holder(words, tag, start, register) if definite else None
        if party is None:
            party = register.add_party("person", label=_strip(text))
            record_role(words, party, start, end, tag, register)
            party.add_sectors(tag.entry.sectors)
    party.gender = party.gender or tag.entry.gender
    party.forms[text] = None
    register.add_mention(party, start, end, tag.end - 1, "title")


def _strip(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else text


def _find_apposed(words: Words, start: int, end: int, tag: Tag, register: Register) -> Party | None:
    """Give the person whom a description stands beside: "Ada Ito, director of the fund" or "the director, Ada Ito"."""
    if start > 1 and words.texts[start - 1] == ",":
        owner = register.owner[start - 2]
        if (
            owner is not None
            and owner.party.kind == "person"
            and owner.form == "name"
            and words.doc[start].sent.start < start - 1
        ):
            return owner.party
    if end + 1 < len(words.texts) and words.texts[end] == ",":
        owner = register.owner[end + 1]
        if (
            owner is not None
            and owner.party.kind == "person"
            and owner.form == "name"
            and owner.start == end + 1
            and _opens(words, start, tag)
        ):
            return owner.party
    return None


def _opens(words: Words, start: int, tag: Tag) -> bool:
    """Tell whether a description opens its sentence or is the subject, so that a name after a comma is its own."""
    return words.is_initial(start) or words.doc[tag.end - 1].dep_ in ("nsubj", "nsubjpass")


def _find_holder(words: Words, tag: Tag, start: int, register: Register) -> Party | None:
    """Give the latest person before `start` who holds a title with this head."""
    wanted = {tag.text, tag.text.split()[-1]} | (
        {"prime minister", "premier"} if tag.text in ("premier", "prime minister") else set()
    )
    country = next(
        (
            other.entry.country
            for other in words.tags
            if other.kind in ("demonym", "country") and start <= other.start < tag.start
        ),
        None,
    )
    best = None
    for party in register.parties:
        if party.kind != "person" or not (
            party.heads & wanted
            or any(
                h.split()[-1] in wanted and tag.text.split()[-1] == tag.text and "prime" not in h for h in party.heads
            )
        ):
            continue
        if country is not None and party.country not in (None, country):
            continue
        before = [m.start for m in party.mentions if m.start < start]
        home = country is None and party.country in (None, register.country)
        score = (home, max(before, default=-1))
        if best is None or score > best[0]:
            best = (score, party)
    return best[1] if best is not None else None


def _add_organisation(words: Words, tag: Tag, register: Register) -> None:
    start, end = phrase_start(words, tag), tag.end
    country = next(
        (
            other.entry.country
            for other in words.tags
            if other.kind in ("demonym", "country") and start <= other.start < tag.start
        ),
        None,
    )
    state = bool(tag.entry.code.extra.get("state"))
    if tag.entry.code.extra.get("weak") and country is None:
        return
    lowered = words.lower[start:end]
    party = None
    if "ruling" in lowered:
        party = next((p for p in register.parties if "ruling" in p.heads), None)
    elif country is None and lowered[0] in DEFINITE:
        holders = [p for p in register.parties if p.kind == "organisation" and tag.text.split()[-1] in p.heads]
        before = [(max((m.start for m in p.mentions if m.start < start), default=-1), i) for i, p in enumerate(holders)]
        party = (
            holders[max(before)[1]]
            if before and not (state and len(tag.text.split()) == 1 and tag.entry.code.key == "government")
            else None
        )
    country = country or (register.country if state else None)
    label = words.doc[tag.start : tag.end].text
    if party is None and state and country is not None:
        party = next((p for p in register.parties if p.label == name_state(label, country)), None)
        if party is None:
            party = register.add_party("organisation", label=name_state(label, country), country=country)
    if party is None:
        if lowered[0] in ("a", "an") or (not state and country is None):
            return
        party = register.add_party("organisation", label=_strip(words.doc[start:end].text), country=country)
    party.add_sectors(tag.entry.sectors)
    party.heads.add(tag.text.split()[-1])
    party.forms[words.doc[start:end].text] = None
    register.add_mention(party, start, end, tag.end - 1, "title")


def name_state(label: str, country: str) -> str:
    """Give the name of a state's organ that the text does not name: "Government of Japan"."""
    return f"{label[:1].upper()}{label[1:].lower()} of {name_country(country)}"


def _add_group(words: Words, tag: Tag, register: Register) -> None:
    start, end = phrase_start(words, tag), tag.end
    core = [
        words.lower[at] for at in range(start, end) if words.doc[at].pos_ not in ("DET", "NUM", "PRON", "ADV", "ADP")
    ]
    key = " ".join(core)
    country = next(
        (
            other.entry.country
            for other in words.tags
            if other.kind in ("demonym", "country") and start <= other.start < tag.start
        ),
        None,
    )
    party = None
    if tag.entry.code.key == "opposition" and tag.text == "opposition":
        parties = [p for p in register.parties if "OPP" in p.sectors and p.kind == "organisation"]
        party = parties[0] if len(parties) == 1 else None
    if party is None:
        party = next((p for p in register.parties if p.kind == "group" and p.label.lower() == key), None)
    if party is None:
        party = register.add_party("group", label=key, country=country or tag.entry.country, plural=True)
        party.add_sectors(tag.entry.sectors)
    party.forms[words.doc[start:end].text] = None
    register.add_mention(party, start, end, tag.end - 1, "group")


def _add_people(words: Words, tag: Tag, register: Register) -> None:
    """Add a people: "Cambodians" are a group, "the Japanese" stands for the country."""
    start = phrase_start(words, tag)
    country = tag.entry.country
    if words.lower[tag.start - 1 : tag.start] == ["the"] and not tag.entry.plural:
        party = next((p for p in register.parties if p.kind == "country" and p.country == country), None)
        if party is None:
            party = register.add_party("country", country=country, label=tag.entry.code.definition, sectors=["GOV"])
        form = "demonym"
    elif tag.entry.plural:
        party = next((p for p in register.parties if p.kind == "group" and p.label == words.texts[tag.start]), None)
        if party is None:
            party = register.add_party(
                "group", country=country, label=words.texts[tag.start], sectors=["CVL"], plural=True
            )
        form = "group"
    else:
        return
    party.forms[words.doc[start : tag.end].text] = None
    register.add_mention(party, start, tag.end, tag.end - 1, form)
