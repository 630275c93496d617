"""Resolve what stands for many or for all: "observers", "the opposition", "Cambodians", "the country"."""

from __future__ import annotations

from standoff.annotate.mentions.lexicon import Tag, load_words, name_country
from standoff.annotate.mentions.phrases import end_phrase, find_country, start_phrase
from standoff.annotate.mentions.register import Party, Register
from standoff.annotate.mentions.words import Words

UNCOUNTED = frozenset({"DET", "NUM", "PRON", "ADV", "ADP"})
NEAR = 60  # tokens, some two sentences
POINTING = frozenset({"the", "these", "those", "both"})
SETTING = frozenset({"at", "in", "from"})
ALL_OF_THEM = frozenset({"the", "these", "those", "other", "remaining", "both", "all"})


def add_group(words: Words, tag: Tag, register: Register) -> None:
    """Add an unnamed collective: the same noun with the same owner and country is the same collective in one article.

    "Eleven bargees" and "the bargees" are one, "nine soldiers" and "thirty soldiers" two. "The opposition" is the
    article's one opposition party if it names one, and "the men" are the people last spoken of.
    """
    if tag.text == "opposition" and words.lower[tag.end : tag.end + 1] == ["to"]:
        return
    start, end = start_phrase(words, tag.start, register), _end_group(words, tag, register)
    if tag.text == "sides" and start == tag.start:
        return
    party = _find_opposition(register) if tag.text == "opposition" else None
    if tag.text in load_words("collectives", "anyone") and words.lower[start : tag.start] in (["the"], ["these"]):
        party = _find_latest_people(start, register)
    if party is None:
        party = _find_group(words, tag, (start, end), register)
    party.forms[words.doc[start:end].text] = None
    _add_sharers(words, tag, (start, end), party, register)
    count = _find_count(words, start)
    register.add_mention(
        party, start if count is None else count, end, tag.end - 1 if count is None else count, "group"
    )


def _add_sharers(words: Words, tag: Tag, phrase: tuple[int, int], party: Party, register: Register) -> None:
    """Add the other peoples' collectives that share a noun, each at its people's word: "Thai and Lao officers"."""
    start, end = phrase
    own = words.tag_at[start]
    joints: tuple[str, ...] = ("and", "or")
    while own is not None and own.kind == "demonym" and start > 1 and words.lower[start - 1] in joints:
        other = words.tag_at[start - 2]
        if other is None or other.kind != "demonym" or register.owner[other.start] is not None:
            return
        told = register.groups.setdefault(_key_group(words, tag, phrase, register), [])
        sharer = next((known for known, _ in told if known.country == other.entry.country), None)
        if sharer is None:
            label = f"{words.doc[other.start : other.end].text} {words.doc[own.end : end].text}"
            sharer = register.add_party("group", label=label, country=other.entry.country, plural=True)
            sharer.add_sectors(tuple(party.sectors))
            told.append((sharer, None))
        register.add_mention(sharer, other.start, other.end, other.end - 1, "group")
        start, joints = other.start, ("and", "or", ",")


def _find_count(words: Words, start: int) -> int | None:
    """Give the noun that counts a collective from `start`: "hundreds" in "hundreds of villagers"."""
    counted = (
        start > 1 and words.lower[start - 1] == "of" and words.lower[start - 2] in load_words("collectives", "counts")
    )
    return start - 2 if counted else None


def _end_group(words: Words, tag: Tag, register: Register) -> int:
    """Give where a collective's phrase ends: after "of" and a party or a number ("a crowd of thousands")."""
    end = end_phrase(words, tag.end, register, steps=1) if words.lower[tag.end : tag.end + 1] == ["of"] else tag.end
    return end if register.owner[end - 1] is not None or words.doc[end - 1].like_num else tag.end


def _find_group(words: Words, tag: Tag, phrase: tuple[int, int], register: Register) -> Party:
    """Give the collective of this noun and owner, and of no other country or number; a new one if there is none."""
    start, _ = phrase
    key = _key_group(words, tag, phrase, register)
    country = find_country(words, start, tag.start) or tag.entry.country
    number = next((words.lower[at] for at in range(start, tag.start) if words.doc[at].pos_ == "NUM"), None)
    fixed = number if not ALL_OF_THEM & set(words.lower[start : tag.start]) else None
    others = tag.text in load_words("collectives", "anyone") and words.lower[start] not in POINTING  # some people
    for known, counted in reversed(register.groups.setdefault(key, []) if not others else ()):
        if _is_elsewhere(words, known, start, tag.end - 1, country):
            continue
        if fixed is None or counted in (None, fixed):
            if country is not None and known.country is None:
                known.country, known.label = country, _label_group(words, tag, phrase, register)
            return known
    party = _find_fuller(words, tag, key, start, register) if fixed is None else None
    if party is None or _is_elsewhere(words, party, start, tag.end - 1, country):
        label = _label_group(words, tag, phrase, register)
        party = register.add_party("group", label=label, country=country, plural=True)
        party.add_sectors(_list_sectors(words, tag, phrase, register))
    register.groups.setdefault(key, []).append((party, fixed))
    return party


def _is_elsewhere(words: Words, party: Party, start: int, head: int, country: str | None) -> bool:
    """Tell whether a collective is of another country, or told of with one, than the noun `head` of a phrase."""
    own = {country} if country is not None else _list_settings(words, head)
    if not own:
        return False
    told = party.list_between(0, start)
    other = {party.country} if party.country is not None else {x for m in told for x in _list_settings(words, m.head)}
    return bool(other) and not own & other


def _list_settings(words: Words, head: int) -> set[str | None]:
    """Give the countries where a collective is said to be: "students at two Dutch schools"."""
    brought = (child for child in words.doc[head].children if child.dep_ == "prep" and child.lower_ in SETTING)
    tags = (words.tag_at[token.i] for child in brought for token in child.subtree)
    return {tag.entry.country for tag in tags if tag is not None and tag.kind in ("demonym", "country")}


def _key_group(words: Words, tag: Tag, phrase: tuple[int, int], register: Register) -> tuple[str, ...]:
    """Give what a collective is told apart by, but for its country and number."""
    start, end = phrase
    inside = [at for at in range(start, end) if not tag.start <= at < tag.end]
    owners = {
        id(owner.party) for at in inside if (owner := register.owner[at]) is not None and owner.party.kind != "country"
    }
    kept = [words.lower[at] for at in inside if _tells_apart(words, at, register)]
    return (tag.text, *kept, *map(str, sorted(owners)))


def _find_fuller(words: Words, tag: Tag, key: tuple[str, ...], start: int, register: Register) -> Party | None:
    """Give the collective that "the workers" calls back to, which was told of last by more words: "garment workers".

    What a headline says in fewer or more words is the same one, too.
    """
    definite = key == (tag.text,) and words.lower[start] in POINTING
    best: tuple[int, Party] | None = None
    for other, found in register.groups.items():
        if other[0] != tag.text or not found:
            continue
        alike = set(other) <= set(key) or set(key) <= set(other)
        for party, _ in found:
            headed = alike and all(words.titled[mention.start] for mention in party.list_between(0, start))
            latest = party.find_latest(start)
            if latest >= 0 and (definite or headed) and (best is None or latest > best[0]):
                best = (latest, party)
    return None if best is None else best[1]


def _tells_apart(words: Words, at: int, register: Register) -> bool:
    """Tell whether a word in a collective's phrase makes it another collective: "barge owners", "anti-war students"."""
    token = words.doc[at]
    if register.owner[at] is not None or words.kind(at) in ("country", "demonym", "capital"):
        return False
    hyphened = "-" in words.lower[at - 1 : at] + words.lower[at + 1 : at + 2]
    return token.pos_ in ("NOUN", "PROPN") or token.dep_ == "poss" or (token.pos_ == "ADJ" and hyphened)


def _label_group(words: Words, tag: Tag, phrase: tuple[int, int], register: Register) -> str:
    """Give a collective's name: its phrase without article, number and "other"."""
    start, end = phrase
    loose = load_words("collectives", "loose")
    first = next(
        (
            at
            for at in range(start, tag.start)
            if words.doc[at].pos_ not in UNCOUNTED
            and words.lower[at] not in loose
            and words.lower[at] not in ("'s", "'")
        ),
        tag.start,
    )
    label = words.doc[first:end].text
    named = words.upper[first] and not words.is_initial(first)
    if (
        words.kind(first) not in ("demonym", "country", "body", "capital", "place")
        and register.owner[first] is None
        and not named
    ):
        label = label[:1].lower() + label[1:]
    return label


def _find_latest_people(start: int, register: Register) -> Party | None:
    """Give the people that "the men" calls back to: no officials and no reporters, rather some who are men by their
    name, or not mere "people" themselves, then those who were told of most, and last."""
    anyone = load_words("collectives", "anyone")
    best: tuple[tuple[bool, bool, int, int], Party] | None = None
    for party in register.parties:
        if party.kind != "group" or {"GOV", "IGO", "JRN"} & set(party.sectors):
            continue
        noun = party.label.split()[-1]
        told = party.list_between(0, start)
        score = (noun.endswith("men") and noun != "women", noun not in anyone, len(told), party.find_latest(start))
        if told and (best is None or score > best[0]):
            best = (score, party)
    return None if best is None else best[1]


def _list_sectors(words: Words, tag: Tag, phrase: tuple[int, int], register: Register) -> tuple[str, ...]:
    """Give a collective's sector; one without its own has that of the body that its phrase names ("CNRP members")."""
    start, end = phrase
    owners = [register.owner[at] for at in range(start, end)]
    body = next((owner.party for owner in owners if owner is not None and owner.party.kind == "organisation"), None)
    sectors = tag.entry.sectors or (tuple(body.sectors) if body is not None else ())
    return (*sectors, "OPP") if "opposition" in words.lower[start : tag.start] and "OPP" not in sectors else sectors


def _find_opposition(register: Register) -> Party | None:
    """Give the one party that the article shows to be in opposition: called so, or the only one that does not rule."""
    parties = [p for p in register.parties if p.kind == "organisation" and "PTY" in p.sectors and p.names]
    named = [party for party in parties if "OPP" in party.sectors]
    if not named and any("ruling" in party.heads for party in parties):
        named = [party for party in parties if "ruling" not in party.heads and party.country == register.country]
    if len(named) != 1:
        return None
    named[0].add_sectors(("OPP",))
    return named[0]


def add_people(words: Words, tag: Tag, register: Register) -> None:
    """Add a people: "Cambodians" are a collective, "the Japanese" stands for the country."""
    country = str(tag.entry.country)
    start = start_phrase(words, tag.start, register)
    if tag.entry.plural:
        key = (tag.text.lower(), "group")
        party = register.states.get(key)
        if party is None:
            party = register.states[key] = register.add_party("group", label=tag.text, country=country, plural=True)
            party.add_sectors(("CVL",))
        register.add_mention(party, start, tag.end, tag.end - 1, "group")
    elif words.lower[tag.start - 1 : tag.start] == ["the"] and not _shares_noun(words, tag):
        start = tag.start - 1
        party = _find_compatriot(words, tag, register) or provide_country(country, register)
        register.add_mention(party, start, tag.end, tag.end - 1, "demonym")
    else:
        return
    party.forms[words.doc[start : tag.end].text] = None


def _shares_noun(words: Words, tag: Tag) -> bool:
    """Tell whether a people's word is the first of two before a noun: "the Greek and Turkish ministers"."""
    follows = words.tag_at[tag.end + 1] if tag.end + 1 < len(words.texts) else None
    joined = words.lower[tag.end : tag.end + 1] in (["and"], ["or"], [","])
    return joined and follows is not None and follows.kind == "demonym" and not follows.entry.plural


def _find_compatriot(words: Words, tag: Tag, register: Register) -> Party | None:
    """Give the one person of this people who was lately named, if "the Bolivian" says something: peoples that the
    article speaks of as a side stay what they are."""
    head, country = words.doc[tag.end - 1], tag.entry.country
    if head.dep_ != "nsubj" or head.head.lemma_ not in load_words("names", "speech"):
        return None
    near = [m for m in register.mentions if 0 < tag.start - m.start < NEAR and m.form == "name"]
    sides = [
        m for m in near if m.party.kind == "country" and m.party.country == country and words.doc[m.head].dep_ != "pobj"
    ]
    return None if sides else find_compatriot(str(country), tag.start, register)


def find_compatriot(country: str, start: int, register: Register) -> Party | None:
    """Give the one person of a country who was named shortly before token `start`."""
    near = [m for m in register.mentions if 0 < start - m.start < NEAR and m.form == "name"]
    named = {id(m.party): m.party for m in near if m.party.kind == "person" and m.party.country == country}
    return next(iter(named.values())) if len(named) == 1 else None


def provide_country(country: str, register: Register) -> Party:
    """Give the party that is a country by its code; a new one if the article has not named it."""
    party = next((p for p in register.parties if p.kind == "country" and p.country == country), None)
    if party is None:
        party = register.add_party("country", country=country, label=name_country(country), sectors=["GOV"])
    return party


def add_country(words: Words, at: int, register: Register) -> None:
    """Add "the country" or "the Kingdom" as the country that the article is set in."""
    if register.country is None or words.lower[at - 1 : at] != ["the"] or words.doc[at].dep_ in ("compound", "amod"):
        return
    party = provide_country(register.country, register)
    party.forms[words.doc[at - 1 : at + 1].text] = None
    register.add_mention(party, at - 1, at + 1, at, "title")
