"""Resolve descriptions of organisations: "the ruling party", "the Japan embassy", "Vega's office"."""

from __future__ import annotations

from collections.abc import Set

from standoff.annotate.mentions.lexicon import Tag, load_words
from standoff.annotate.mentions.names import name_state
from standoff.annotate.mentions.phrases import POSSESSIVES, find_country, head_noun, start_phrase, strip_article
from standoff.annotate.mentions.places import load_cities
from standoff.annotate.mentions.register import Party, Register
from standoff.annotate.mentions.words import Words

NAMING = (None, "organisation")  # kinds of words that tell one body from another
FORCES = frozenset({"MIL", "COP"})
DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its"})


def add_organisation(words: Words, tag: Tag, register: Register) -> None:
    """Add a described organisation: "the ruling party", "the Japan embassy", "the court", "Vega's government".

    A body that "a" brings in is an actor if the article comes back to it ("a joint commission ... the commission"); a
    weak noun alone ("the office") is none, but with an owner or a field it is ("Vega's office", "the port authority").
    """
    start, end = start_phrase(words, tag.start, register), tag.end
    owner, end = _find_owner(words, tag, start, end, register)
    head, state = head_noun(tag.text), bool(tag.entry.code.extra.get("state"))
    country = find_country(words, start, tag.start) or (owner.country if owner is not None else None)
    lowered = words.lower[start:end]
    such = lowered[0] in ("a", "an") and words.lower[start - 1 : start] == ["such"]
    definite = lowered[0] in DEFINITE or "'s" in lowered or owner is not None or such
    armed = bool(tag.entry.code.extra.get("armed"))
    founded = lowered[0] in ("a", "an") and _returns(words, tag)
    beside = None if state else _find_beside(words, start, end, register)
    if not (definite or country or armed or founded or beside or tag.text in load_words("organisations", "bare")):
        return
    party = None
    if "ruling" in lowered or "governing" in lowered:
        party = next((party for party in register.parties if "ruling" in party.heads), None)
    elif "opposition" in lowered:
        opposed = [party for party in register.parties if {"PTY", "OPP"} <= set(party.sectors) and party.names]
        party = next((party for party in opposed if party.kind == "organisation"), None)
    party = beside or party
    if party is None and (sender := _find_sender(tag, start, register)) is not None:
        party = _find_belonging(words, tag, sender, register)
    elif party is None and state:
        party = _find_organ(words, tag, start, country, register)
    elif party is None and owner is not None and owner.kind == "person":
        party = _find_belonging(words, tag, owner, register)
    elif party is None and country is None and definite and not founded:
        inside = [at for at in range(start, tag.start) if words.doc[at].pos_ == "PROPN" and words.kind(at) in NAMING]
        inside += [at for at in range(start, tag.start) if words.lower[at + 1] in ("'", "'s", "’")]
        called = {words.lower[at] for at in inside}  # "the Harbour party", "the doctors' union"
        party = _find_latest(head, start, register, called=called)
        if party is None and not called and words.doc[tag.end - 1].dep_ in ("nsubj", "nsubjpass", "poss"):
            party = _find_kin(tag, start, register)
    if party is None:
        spoken = definite and _speaks(words, tag)
        weak = tag.entry.code.extra.get("weak") and not (founded or spoken or _has_field(words, tag, start))
        if weak or (lowered[0] in ("a", "an") and not armed and not founded):
            return
        label = strip_article(words.doc[start:end].text)
        party = register.add_party("organisation", label=label, country=country)
    party.add_sectors(tag.entry.sectors if not party.sectors else ())
    party.heads.add(head)
    if lowered[0] not in POSSESSIVES:
        party.forms[words.doc[start:end].text] = None
    register.add_mention(party, start, end, tag.end - 1, "title")


def _find_beside(words: Words, start: int, end: int, register: Register) -> Party | None:
    """Give the organisation that a description stands beside: "the ferry company, Solent Lines", or the other way, or
    "the island bloc PIFO" without a comma."""
    joined = register.owner[end] if end < len(words.texts) else None
    if joined is not None and joined.start == end and joined.form == "name" and joined.party.kind == "organisation":
        return joined.party
    after = register.owner[end + 1] if words.texts[end : end + 1] == [","] and end + 1 < len(words.texts) else None
    if after is not None and after.party.kind == "organisation" and after.start == end + 1:
        return after.party
    before = register.owner[start - 2] if start > 1 and words.texts[start - 1] == "," else None
    if before is None or before.form != "name" or before.party.kind != "organisation":
        return None
    return before.party if words.doc[end - 1].dep_ == "appos" and words.texts[end : end + 1] == [","] else None


def _find_owner(words: Words, tag: Tag, start: int, end: int, register: Register) -> tuple[Party | None, int]:
    """Give who the words name as the owner ("Vega's office", "the government of President Vega"), and where the phrase
    ends with it. A mission abroad takes its place along ("the embassy in Lima")."""
    if words.lower[tag.start - 1] in ("'s", "'") and tag.start > start + 1:
        named = register.owner[tag.start - 2]
        return (named.party if named is not None else None), end
    if words.lower[end : end + 1] == ["of"] and end + 1 < len(words.texts):
        named = register.owner[end + 1]
        if named is not None and named.start == end + 1 and named.party.kind in ("person", "country"):
            return named.party, named.end
    if head_noun(tag.text) in ("embassy", "consulate", "mission") and words.lower[end : end + 1] in (["in"], ["to"]):
        reach = end + 1
        while reach < len(words.texts) and words.upper[reach]:
            reach += 1
        return None, reach if reach > end + 1 else end
    return None, end


def _find_sender(tag: Tag, start: int, register: Register) -> Party | None:
    """Give the organisation that a force is named by: "the United Nations peacekeeping force", "the Hamas police"."""
    before = register.owner[tag.start - 1] if tag.start > start and FORCES & set(tag.entry.sectors) else None
    return before.party if before is not None and before.party.kind == "organisation" else None


def _returns(words: Words, tag: Tag) -> bool:
    """Tell whether an article comes back to this noun as "the" one after `tag`."""
    return any(
        other.start > tag.end and head_noun(other.text) == head_noun(tag.text) and words.lower[other.start - 1] == "the"
        for other in words.tags
        if other.kind == "organisation"
    )


def _speaks(words: Words, tag: Tag) -> bool:
    """Tell whether a noun says something, which makes an actor of what is else too weak to be one ("the company")."""
    noun = words.doc[tag.end - 1]
    return noun.dep_ == "nsubj" and noun.head.lemma_ in load_words("names", "speech")


def _find_kin(tag: Tag, start: int, register: Register) -> Party | None:
    """Give what "the firm" or "the charity" calls back to: the organisation last named that is of the same sector, or
    of which the article does not say what it is."""
    if not tag.entry.code.extra.get("weak") or tag.entry.sectors == ("GOV",) or len(tag.text.split()) > 1:
        return None
    sectors = set(tag.entry.sectors)
    named = [p for p in register.parties if p.kind == "organisation" and p.names and set(p.sectors) <= sectors]
    latest = {id(p): max((m.start for m in p.mentions if m.start < start), default=-1) for p in named}
    best = max(named, key=lambda party: latest[id(party)], default=None)
    return best if best is not None and latest[id(best)] >= 0 else None


def _has_field(words: Words, tag: Tag, start: int) -> bool:
    """Tell whether a public body's noun says what it is for: "the port authority", not "the authority"."""
    noun = words.doc[tag.start - 1] if tag.start > start else None
    return tag.entry.code.key == "agency" and noun is not None and noun.pos_ == "NOUN" and noun.dep_ == "compound"


def _find_belonging(words: Words, tag: Tag, owner: Party, register: Register) -> Party:
    """Give what belongs to somebody by this noun: "Vega's office" is one through the article."""
    key = (tag.text, owner.name)
    if key not in register.states:
        label = f"{tag.text} of {owner.name}"
        register.states[key] = register.add_party("organisation", label=label, country=owner.country)
        register.states[key].add_sectors(tag.entry.sectors or tuple(owner.sectors))
    return register.states[key]


def _find_organ(words: Words, tag: Tag, start: int, country: str | None, register: Register) -> Party | None:
    """Give the organ of a state that the words mean: the one named by this noun in the article, else one by country.

    What it is in charge of is part of what it is: "the interior ministry" is not the Ministry of Health.
    """
    portfolios = load_words("roles", "portfolios")
    charge = " ".join(
        words.lower[at]
        for at in range(start, tag.start)
        if words.kind(at) == "portfolio" or words.lower[at] in portfolios
    )
    if country is None and tag.text != "government":
        head = head_noun(tag.text)
        named = _find_latest(head, start, register, charge) or (
            _find_latest("court", start, register) if head == "tribunal" else None
        )
        if named is not None:
            return named
    country = country or _find_setting(words, start, register) or register.country
    if country is None:
        return None
    organ = (f"{charge} {tag.text}".strip(), country)
    if organ not in register.states:
        register.states[organ] = register.add_party("organisation", label=name_state(*organ), country=country)
    return register.states[organ]


def _find_setting(words: Words, start: int, register: Register) -> str | None:
    """Give the country of the city in which a sentence says that things happen, if the article names that country:
    "In Caracas on Wednesday police broke up a rally"."""
    named = {party.country for party in register.parties if party.kind == "country"}
    for token in words.doc[start].sent:
        if token.dep_ == "pobj" and token.head.lower_ == "in" and token.pos_ == "PROPN":
            country = load_cities().get(words.doc[token.left_edge.i : token.i + 1].text)
            if country in named:
                return country
    return None


def _find_latest(
    head: str, start: int, register: Register, charge: str = "", *, called: Set[str] = frozenset()
) -> Party | None:
    """Give the organisation of this sort, and with this and these words in its name, that was mentioned last before
    `start`."""
    best: tuple[int, Party] | None = None
    for party in register.parties:
        fits = charge in party.name.lower() and called <= set(party.name.lower().split())
        if party.kind == "organisation" and head in party.heads and fits:
            latest = max((mention.start for mention in party.mentions if mention.start < start), default=-1)
            if latest >= 0 and (best is None or latest > best[0]):
                best = (latest, party)
    return best[1] if best is not None else None
