"""Resolve what describes one party without naming it: "the premier", "director of the fund", "the ruling party"."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from standoff.annotate.mentions.collectives import add_country, add_group, add_people, find_compatriot
from standoff.annotate.mentions.deeds import find_doer, join_delayed
from standoff.annotate.mentions.lexicon import Tag, load_words
from standoff.annotate.mentions.organs import add_organisation
from standoff.annotate.mentions.pairs import add_pairs
from standoff.annotate.mentions.phrases import (
    ARTICLES,
    POSSESSIVES,
    end_phrase,
    find_country,
    record_title,
    start_phrase,
    strip_article,
)
from standoff.annotate.mentions.register import Mention, Party, Register
from standoff.annotate.mentions.stand_ins import BARE, is_parent
from standoff.annotate.mentions.words import Words
from standoff.codebooks import load_codebook

GENERIC = frozenset({"official", "diplomat", "envoy", "politician", "leader", "officer", "player", "man", "woman"})
NEW = frozenset(
    {"another", "second", "third", "fourth", "fifth", "further"}
)  # in the phrase of somebody not told of yet
DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its"})
NEAR = 60  # tokens, some two sentences: who was spoken of so lately is still in mind


def add_descriptions(words: Words, register: Register) -> None:
    """Add the mentions that describe rather than name, after all names are known.

    Each pass is in reading order. Organisations come first, so that "the leader of their union" finds the union; next
    the titles that stand beside a name, so that "her lawyer" finds the lawyer who is named only later; then the rest.
    """
    stand_ins = load_words("countries", "stand_ins")
    for token in words.doc:
        tag = words.tag_at[token.i]
        if tag is None and token.lower_ in stand_ins and register.owner[token.i] is None:
            add_country(words, token.i, register)
        elif tag is not None and tag.start == token.i and register.owner[tag.end - 1] is None:
            owned = words.kind(tag.start - 1) in ("country", "demonym") and words.is_title(tag.end)
            if tag.kind == "organisation" and (owned or heads_phrase(words, tag)):
                add_organisation(words, tag, register)
    for beside in (True, False):
        for tag in words.tags:
            if tag.kind != "organisation" and register.owner[tag.end - 1] is None and heads_phrase(words, tag):
                _add_tagged(words, tag, register, beside)
    add_pairs(words, register)
    join_delayed(words, register)
    for party in register.parties:
        if party.country is None:
            party.country = _guess_country(party, register)


def _guess_country(party: Party, register: Register) -> str | None:
    """Give the country of what a person belongs to; who is in politics has the article's own, if that is sure."""
    home = next((home.country for home in party.homes if home.country), None)
    politics = {"GOV", "LEG", "PTY", "OPP"} if party.kind == "person" else {"PTY"}
    own = register.country if register.sure and party.kind in ("person", "organisation") else None
    return home or (own if politics & set(party.sectors) else None)


def _add_tagged(words: Words, tag: Tag, register: Register, beside: bool) -> None:
    if tag.kind == "role" and not tag.entry.plural and not tag.entry.code.extra.get("honorific"):
        _add_person(words, tag, register, beside)
    elif beside:
        return
    elif tag.kind in ("role", "collective") and tag.entry.plural:
        add_group(words, tag, register)
    elif tag.kind == "demonym":
        add_people(words, tag, register)


def heads_phrase(words: Words, tag: Tag) -> bool:
    """Tell whether an entry is the head of its phrase, not a modifier in a longer one or a verb."""
    head = words.doc[tag.end - 1]
    if head.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return False
    if head.pos_ == "ADJ" and tag.kind != "demonym":
        return head.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass", "conj", "appos")
    near = head.head.i > head.i and head.head.i - head.i < 4
    return not (near and head.dep_ in ("compound", "amod", "nmod") and head.head.pos_ in ("NOUN", "PROPN"))


def _add_person(words: Words, tag: Tag, register: Register, beside: bool) -> None:
    """Add a described person: the one beside whom it stands, or who holds the title, or somebody unnamed."""
    start, end = start_phrase(words, tag.start, register), end_phrase(words, tag.end, register)
    text = words.doc[start:end].text
    bare = strip_article(text)
    party = _find_beside(words, start, end, tag, register)
    if beside and party is None:
        return
    pointing = words.lower[start] in ("this", "that")
    if party is not None:
        if not pointing:
            record_title(words, party, start, end, tag, register)
    else:
        party = _find_titled(bare, register)
        opens = (words.is_initial(start) or words.titled[start]) and not NEW & set(words.lower[start : tag.start])
        if party is None and words.lower[start] in ("a", "an"):
            party = _find_holder(words, tag, (start, end), register, named_later=True) if opens else None
        elif party is None and (words.lower[start] in DEFINITE or opens):
            party = (
                _find_holder(words, tag, (start, end), register)
                or find_doer(words, tag, start, register)
                or _find_untitled(words, tag, start, register)
            )
            if party is None and _is_bare(words, tag, start):
                return
    if party is None:
        if words.doc[tag.end - 1].dep_ in ("attr", "acomp", "oprd") or words.lower[start - 1 : start] == ["as"]:
            return
        if _is_nobody(words, tag, start):
            return
        party = register.add_party("person", label=label_person(words, start, end, register))
        record_title(words, party, start, end, tag, register)
    if words.lower[start] not in POSSESSIVES:
        party.forms[text] = None
    register.add_mention(party, start, end, tag.end - 1, "title")


def _is_bare(words: Words, tag: Tag, start: int) -> bool:
    """Tell whether a description says no more than "he" or "she" would ("the old man said"), and is read as one."""
    if words.doc[tag.end - 1].dep_ not in ("nsubj", "nsubjpass") or words.lower[start] != "the":
        return False
    bare = tag.text in BARE and tag.start - start < 3 and words.lower[tag.end : tag.end + 1] != ["of"]
    return bare or is_parent(words, tag.end - 1)


def label_person(words: Words, start: int, end: int, register: Register) -> str:
    """Give a name for somebody unnamed: "the leader of their union" is named by the union, if that has a name."""
    start += words.lower[start] in (*ARTICLES, *POSSESSIVES, "this", "that")
    parts: list[str] = []
    at = start
    while at < end:
        owner = register.owner[at]
        if owner is not None and owner.start == at and owner.party.kind == "organisation" and owner.end <= end:
            parts.append(owner.party.name)
            at = owner.end
        else:
            parts.append(words.doc[at].text)
            at += 1
        if at < end and words.doc[at - 1].whitespace_:
            parts.append(" ")
    return "".join(parts).strip()


def _is_nobody(words: Words, tag: Tag, start: int) -> bool:
    """Tell whether a description means no one in particular: what is wanted or lacking ("did not need a mediator"), or
    a private person in a saying ("no man is an island")."""
    verb = words.doc[tag.end - 1].head
    if tag.entry.code.key == "civilian" and start == tag.start and not words.is_initial(start):
        return True
    saying = words.quoted[start] and words.lower[start] in ("a", "an", "the", "no")
    if tag.entry.code.key == "civilian" and saying and words.lower[tag.end : tag.end + 1] != ["of"]:
        return True
    if words.lower[start] in ("no", "any", "every", "each"):
        return True
    wanted = words.doc[tag.end - 1].dep_ == "dobj" and (
        verb.lemma_ in ("need", "want", "seek", "lack", "require")
        or any(child.dep_ == "neg" for child in verb.children)
    )
    return wanted and words.lower[start] in ("a", "an")


def _find_beside(words: Words, start: int, end: int, tag: Tag, register: Register) -> Party | None:
    """Give the person whom a description stands beside: "Ada Ito, director of the fund", "the director, Ada Ito",
    "this man [Ito]", "Ito was director", or with the description before it ("chair and founder")."""
    head = words.doc[tag.end - 1]
    if start > 1 and words.texts[start - 1] in (",", "–", "—", "-", "(") and not words.doc[start].is_sent_start:
        owner = register.owner[start - 2]
        if owner is not None and owner.party.kind == "person" and owner.form == "name" and owner.end == start - 1:
            return owner.party
    if end + 1 < len(words.texts) and words.texts[end] in (",", "["):
        owner = register.owner[end + 1]
        opens = words.is_initial(start) or head.dep_ in ("nsubj", "nsubjpass") or words.texts[end] == "["
        opens = opens or (owner is not None and _ends_apposition(words, owner, head))
        if owner is not None and owner.party.kind == "person" and owner.start == end + 1 and opens:
            return owner.party
    if head.dep_ in ("attr", "oprd") or (head.dep_ == "pobj" and words.lower[start - 1 : start] == ["as"]):
        verb = head.head.head if head.dep_ == "pobj" else head.head
        subjects = [register.owner[child.i] for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
        return next((owner.party for owner in subjects if owner is not None and owner.party.kind == "person"), None)
    if head.dep_ == "conj" and words.lower[start] not in ARTICLES:
        owner = register.owner[head.head.i]
        if owner is not None and owner.form == "title" and owner.party.kind == "person" and owner.party.names:
            return owner.party
    return None


def _ends_apposition(words: Words, name: Mention, head: Token) -> bool:
    """Tell whether a name after a comma says who was just described ("met the envoy, Ada Ito."), and lists no other."""
    after = words.texts[name.end] if name.end < len(words.texts) else "."
    apposed = words.doc[name.head].dep_ == "appos" and after not in ("and", "or")
    closed = after == "," and words.lower[name.end + 1 : name.end + 2] not in (["and"], ["or"])
    if closed and head.left_edge.lower_ in ("a", "an") and not words.upper[min(name.end + 1, len(words.texts) - 1)]:
        return True
    return apposed or (head.dep_ != "conj" and after in (".", ";", ")"))


def _find_titled(text: str, register: Register) -> Party | None:
    """Give the person whose title on record is exactly this one, if it is longer than an office that many hold."""
    if len(text.split()) < 3:
        return None
    for party in register.parties:
        for role in party.roles:
            if role["title"].lower().endswith(text.lower()):
                return party
    return None


def _find_holder(
    words: Words, tag: Tag, phrase: tuple[int, int], register: Register, *, named_later: bool = False
) -> Party | None:
    """Give the latest person to hold this title, of the country that the words name or else of the article's own.

    Of two named of late, the one who leads a sentence is meant, as in centering (Grosz, Joshi and Weinstein 1995): not
    the president whom an envoy is said to serve.
    Who is named only later is meant if nobody else holds the title: a lead says "the minister" before it names her,
    or "a judge", with which nobody told of before is meant (`named_later`).
    A person whose country nothing tells has the article's own.
    """
    start, end = phrase
    wanted = list_same_titles(tag.text)
    country = (
        find_country(words, start, tag.start)
        or find_owner_country(words, start, end, register)
        or _find_its_country(words, start, register)
    )
    owner = next((mention.party for mention in register.owner[tag.end : end] if mention is not None), None)
    said = {words.lower[at] for at in range(start, tag.start)}
    portfolios = load_words("roles", "portfolios")
    charge = said & portfolios
    best: tuple[tuple[bool, bool, int, bool, bool, bool, int], Party] | None = None
    holders = 0
    for party in register.parties:
        called = any(_is_title(title, wanted) for title in party.heads) or _heads_side(party, tag)
        if party.kind != "person" or not called:
            continue
        at_home = tag.entry.code.extra.get("state") or "GOV" in tag.entry.sectors
        own = party.country or (register.country if at_home else None)
        if country is not None and own not in (None, country):
            continue
        charges = {word for role in party.roles for word in role["title"].lower().split()} & portfolios
        if charge and charges and not charge & charges:
            continue  # "the trade minister" is not the labour minister
        if None not in (tag.entry.gender, party.gender) and tag.entry.gender != party.gender:
            continue
        if owner is not None and party.homes and owner not in party.homes:
            continue
        holders += 1
        latest = party.find_latest(start)
        shared = len(said & {word for role in party.roles for word in role["title"].lower().split()})
        home = country is None and party.country in (None, register.country)
        near = latest >= 0 and start - latest < NEAR
        leads = any(
            words.doc[mention.head].dep_.startswith("nsubj") for mention in party.list_between(start - NEAR + 1, start)
        )
        score = (latest >= 0, tag.text in party.heads, shared, near, home and not near, leads, latest)
        if best is None or score > best[0]:
            best = (score, party)
    if best is None:
        return None
    if named_later and not all(words.titled[mention.start] for mention in best[1].list_between(0, start)):
        return None
    return best[1] if best[0][0] or holders == 1 else None


def _find_its_country(words: Words, start: int, register: Register) -> str | None:
    """Give the country that "its" means at the head of a sentence, if one is the subject of the sentence before:
    "Germany is against it. Its foreign minister ..."."""
    sentence = words.doc[start].sent
    if words.lower[start] != "its" or start != sentence.start or sentence.start == 0:
        return None
    before = words.doc[sentence.start - 1].sent
    subjects = (child.i for child in before.root.children if child.dep_ in ("nsubj", "nsubjpass"))
    owners = [owner.party for at in subjects if (owner := register.owner[at]) is not None]
    return next((owner.country for owner in owners if owner.kind == "country"), None)


def find_owner_country(words: Words, start: int, end: int, register: Register) -> str | None:
    """Give the country of the organisation or the country that a description names as its own ("minister of Fiji")."""
    owners = (register.owner[at].party for at in range(start, end) if register.owner[at] is not None)  # type: ignore[union-attr]
    return next(
        (owner.country for owner in owners if owner.country and owner.kind in ("country", "organisation")), None
    )


def _find_untitled(words: Words, tag: Tag, start: int, register: Register) -> Party | None:
    """Give who spoke last, if "the Malian president" can only be that person: one whom the article gives no title, for
    readers know who it is ("Keita said ... But the Malian president added ...")."""
    country = find_country(words, start, tag.start)
    if country and words.lower[start] == "the" and tag.text in GENERIC:
        return find_compatriot(country, start, register)
    leads = tag.entry.code.key in ("head-of-state", "head-of-government", "monarch") or tag.text.endswith(" leader")
    if not (country or leads) or words.lower[start] != "the" or words.doc[tag.end - 1].dep_ != "nsubj":
        return None
    before = [
        m for m in register.mentions if m.form == "name" and m.party.kind == "person" and start - NEAR < m.start < start
    ]
    latest = max(before, key=lambda mention: mention.start, default=None)
    if latest is None or latest.party.roles or latest.party.country not in (None, country):
        return None
    if words.doc[latest.head].dep_ != "nsubj":
        return None
    latest.party.country = latest.party.country or country
    latest.party.heads.add(tag.text)
    return latest.party


@cache
def list_same_titles(title: str) -> frozenset[str]:
    """Give the titles that stand for this one when a text calls back to somebody, itself among them.

    >>> "premier" in list_same_titles("prime minister")
    True
    """
    groups = load_codebook("roles").settings["same"]
    return next((frozenset(group) for group in groups if title in group), frozenset({title}))


def _heads_side(party: Party, tag: Tag) -> bool:
    """Tell whether "opposition leader" is a person called "leader of the opposition"."""
    side, _, head = tag.text.partition(" ")
    return bool(head) and head in party.heads and any(side in role["title"].lower().split() for role in party.roles)


def _is_title(title: str, wanted: frozenset[str]) -> bool:
    """Tell whether a title on record is a wanted one, or a longer form of one ("foreign minister": "minister")."""
    return title in wanted or (title.split()[-1] in wanted and len(list_same_titles(title)) == 1)


def name_owners(register: Register) -> None:
    """Fill in, once pronouns are known, what "its" means before a title: the organisation of the role, and in the name
    of somebody unnamed its owner ("secretary of the Dockers Union")."""
    for party, number, at in register.owned:
        mention = register.owner[at]
        inner = next((m for m in register.mentions if m.start == at and m.form == "pronoun"), None)
        if inner is None or inner.party is party or mention is None:
            continue
        role = party.roles[number]
        if inner.party.kind == "organisation" and role["organisation"] is None:
            role["organisation"] = inner.party.name
            party.add_sectors(tuple(inner.party.sectors) if not party.sectors else ())
        if inner.party.kind in ("organisation", "country"):
            party.country = party.country or inner.party.country
        if not party.names and party.label == role["title"] and inner.party.kind != "group":
            party.label = f"{party.label} of {inner.party.name}"
