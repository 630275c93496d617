"""Tell where the phrase around a title or a noun begins and ends, and what stands in it."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.annotate.mentions.lexicon import Tag, load_words
from standoff.annotate.mentions.register import Party, Register
from standoff.annotate.mentions.words import Words
from standoff.codebooks import load_codebook

ARTICLES = frozenset({"the", "a", "an"})
POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "your", "my"})
LOOSE = frozenset({"some", "many", "all", "both", "several", "most", "other"})
DETERMINERS = ARTICLES | LOOSE | {
    "this", "that", "these", "those", "no", "any", "his", "her", "its", "their", "our", "your", "my", "each", "every",
    "another", "one",
}  # fmt: skip
INNER = frozenset(
    {"compound", "amod", "nmod", "advmod", "npadvmod", "quantmod", "nummod", "poss", "punct", "det", "case"}
)


def start_phrase(words: Words, start: int, register: Register) -> int:
    """Give where the phrase of a noun at `start` begins: its determiner, or the first word that modifies it.

    Names inside it are crossed whole, with the short form that follows them in brackets ("the Islanders' Union (IU)
    secretary").
    """
    at = start
    while at > 0 and not words.doc[at].is_sent_start:
        token, before = words.doc[at - 1], at - 1
        owner = register.owner[before]
        opened = _find_bracket(words, before, register)
        joining = words.lower[before] == "that" and words.doc[start].tag_ in ("NNS", "NNPS")  # said that guards …
        if words.lower[before] in DETERMINERS and token.pos_ != "SCONJ" and not joining:
            at = before
            if words.lower[before] not in LOOSE:
                break
        elif opened is not None:
            at = opened
        elif words.lower[before] in ("'s", "'") and before > 0 and _may_own(words, before - 1, register):
            at = before
        elif owner is not None:
            adjacent = owner.party.kind in ("organisation", "country") and owner.end == at
            if not adjacent and words.lower[at] not in ("'s", "'"):
                break
            at = owner.start
            if words.lower[at] in ARTICLES or words.lower[owner.end : owner.end + 1] == ["'s"]:
                break
        elif _describes(words, token, at):
            at = before
        else:
            break
    limited = words.lower[at] in ("least", "most") and words.lower[at - 1 : at] == ["at"]
    return at - 1 if limited else at


def _may_own(words: Words, at: int, register: Register) -> bool:
    """Tell whether what stands before "'s" is an actor, a capital, or members ("the fish farmers' association")."""
    tag = words.tag_at[at]
    return register.owner[at] is not None or (tag is not None and (tag.entry.plural or tag.kind == "capital"))


def _describes(words: Words, token: Token, at: int) -> bool:
    """Tell whether a word just before `at` modifies what follows."""
    if token.pos_ in ("ADJ", "NUM") or words.kind(token.i) in ("demonym", "portfolio", "country"):
        return True
    if words.texts[at] == "-" and words.lower[token.i] in load_words("roles", "modifiers"):
        return True
    if token.dep_ == "npadvmod" and token.head.pos_ == "VERB":
        return False  # last year nine people were held
    opened = token.pos_ == "PROPN" and words.lower[token.i - 1 : token.i] in (["in"], ["outside"], ["near"])
    if opened and words.doc[token.i - 1].is_sent_start and words.doc[at].tag_ != "NNP":
        return False  # in Lima hundreds marched
    hyphen = token.text in ("-", "–") and not token.whitespace_
    return hyphen or (token.pos_ in ("NOUN", "PROPN", "ADV", "VERB") and token.head.i >= at and token.dep_ in INNER)


def _find_bracket(words: Words, closing: int, register: Register) -> int | None:
    """Give the opening bracket of a name's short form that closes at `closing`."""
    if closing > 2 and words.texts[closing] == ")" and words.texts[closing - 2] == "(" and register.owner[closing - 3]:
        return closing - 2
    return None


def end_phrase(words: Words, end: int, register: Register, *, steps: int = 2) -> int:
    """Give where the phrase ends whose head stands before `end`: after "of", "to", "for", "in" and its object,
    and after a second such ("of the fund in Lima"), or where somebody is "close to" somebody."""
    if words.lower[end : end + 2] in (["close", "to"], ["familiar", "with"], ["loyal", "to"]):
        owner = register.owner[min(end + 2, len(words.texts) - 1)]
        return owner.end if owner is not None and owner.start <= end + 2 else end
    for joints in (("of", "for", "to", "in", "at"), ("of", "in", "at"))[:steps]:
        if end >= len(words.texts) or words.lower[end] not in joints:
            break
        if words.lower[end] != "of" and words.lower[end + 1 : end + 2] and words.lower[end + 1] in POSSESSIVES:
            break  # asked the minister for his name
        preposition = words.doc[end]
        if words.lower[end] in ("in", "at") and preposition.head.pos_ == "VERB" and preposition.head.i < end - 1:
            break  # met the mayor in Lima
        if preposition.head.i != end - 1 and register.owner[end - 1] is None and preposition.head.i < end - 6:
            break
        inside = [child.i for child in preposition.children if child.dep_ == "pobj"]
        if not inside or inside[0] - end > 8:
            break
        owner = register.owner[inside[0]]
        if owner is None and tells_why(words, preposition, inside[0]):
            break
        end = owner.end if owner is not None and owner.start <= inside[0] + 1 and owner.start > end else inside[0] + 1
    return end


def tells_why(words: Words, preposition: Token, inside: int) -> bool:
    """Tell whether "of" and "for" tell what a verb charges somebody with: accused the minister of fraud.

    The parse cannot be asked, for it ties these to the noun as often as to the verb. Of "the" something is a body
    mostly: accused the head of the inquiry.
    """
    verb = next((token for token in preposition.ancestors if token.pos_ == "VERB"), None)
    charging = load_codebook("roles").settings["charging"].get(preposition.lower_, ())
    if verb is None or verb.i > preposition.i or verb.lemma_.lower() not in charging:
        return False
    noun = words.doc[inside]
    definite = preposition.lower_ == "of" and any(child.lower_ == "the" for child in noun.children)
    return words.kind(inside) is None and noun.pos_ != "PROPN" and not definite


def strip_article(text: str) -> str:
    """Give a phrase without the article or the pointing word that it begins with.

    >>> strip_article("the ruling party")
    'ruling party'
    """
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in (*ARTICLES, *POSSESSIVES, "this", "that") else text


def head_noun(phrase: str) -> str:
    """Give the noun that a codebook's phrase is about: "union" in "union of mineworkers"."""
    return phrase.split(" of ")[0].split()[-1]


def list_tags(words: Words, start: int, end: int) -> list[Tag]:
    """Give the lexicon's entries that begin in the tokens from `start` to `end`."""
    found: list[Tag] = []
    at = start
    while at < end:
        tag = words.tag_at[at]
        if tag is not None and tag.start == at:
            found.append(tag)
        at = tag.end if tag is not None and tag.end > at else at + 1
    return found


def find_country(words: Words, start: int, end: int) -> str | None:
    """Give the country that the words from `start` to `end` name, as a country, a people or a capital."""
    kinds = ("demonym", "country", "capital")
    return next((tag.entry.country for tag in list_tags(words, start, end) if tag.kind in kinds), None)


def extend_title(words: Words, start: int, register: Register) -> tuple[int, list[Tag]]:
    """Give where the titles before token `start` begin, and those titles, nearest first.

    "former Cambodian opposition leader" and "Minister for Foreign Affairs" are titles of what follows; words that only
    describe ("the tired") are not, unless a title stands between them and the name.
    """
    modifiers = load_words("roles", "modifiers")
    titles: list[Tag] = []
    at = edge = start
    while at > 0 and not words.doc[at].is_sent_start and words.quoted[at - 1] == words.quoted[start]:
        before = at - 1
        tag, owner = words.tag_at[before], register.owner[before]
        if words.is_title(before):
            assert tag is not None
            titles.append(tag)
            at = edge = tag.start
        elif titles and (opened := _find_bracket(words, before, register)) is not None:
            at = opened
        elif (
            titles
            and owner is not None
            and owner.party.kind == "organisation"
            and (owner.end == at or words.texts[at] == "(")
        ):
            at = edge = owner.start
        elif tag is not None and tag.kind in ("portfolio", "demonym", "country", "organisation", "body"):
            at = tag.start
            edge = at if titles else edge
        elif words.lower[before] in modifiers or (
            words.texts[before] in ("-", "–") and not words.doc[before].whitespace_
        ):
            at = before
            edge = at if titles else edge
        elif words.lower[before] in ("for", "of", "and", "the") and not titles and _is_charge(words, before, start):
            at = before
        else:
            break
    if titles and edge > 0 and words.lower[edge - 1] in ARTICLES and not words.doc[edge].is_sent_start:
        edge -= 1
    return edge, titles


def _is_charge(words: Words, at: int, start: int) -> bool:
    """Tell whether all after `at` up to `start` is what a minister is in charge of ("for Foreign Affairs")."""
    inside = range(at + 1, start)
    return bool(inside) and all(words.kind(i) == "portfolio" or words.lower[i] in ("and", "the") for i in inside)


def record_title(words: Words, party: Party, start: int, end: int, head: Tag, register: Register) -> None:
    """Put a person's title on record, with the organisation and the country that its words name, and what follows
    from them: the person's sector and country. An office in an organisation has that organisation's sector."""
    first, pronoun = start, words.lower[start] in POSSESSIVES
    if words.lower[start] in ARTICLES or pronoun:
        start += 1
    body = next((register.owner[at] for at in range(start, end) if _is_body(register, at)), None)
    sent = head.text in load_words("roles", "sent")  # the ambassador to Chile is not Chile's
    country = find_country(words, start, head.end if sent else end)
    sectors = head.entry.sectors
    if body is not None:
        country = country or body.party.country
        if not sectors:
            sectors = tuple(body.party.sectors)
    if not sectors:
        sorts = [tag.entry.sectors for tag in list_tags(words, start, end) if tag.kind == "organisation"]
        sectors = sorts[0] if sorts else ("GOV",) if country is not None and head.text == "leader" else ()
    if {"opposition", "dissident"} & set(words.lower[start:end]):
        sectors = (*(sectors or ("PTY",)), "OPP")
    if head.entry.code.extra.get("state") and not sectors and not pronoun:
        sectors = ("GOV",)
    party.add_sectors(code_title(words, first, head, sectors))
    party.country = party.country or country
    party.gender = party.gender or head.entry.gender
    party.heads.add(head.text)
    if body is not None and body.party not in party.homes:
        party.homes.append(body.party)
    if head.text in load_words("roles", "anybody"):
        return
    if party.add_role(words.doc[start:end], body.party.name if body is not None else None, country):
        register.owned += [(party, len(party.roles) - 1, first)] if pronoun else []


def code_title(words: Words, start: int, head: Tag, sectors: tuple[str, ...]) -> tuple[str, ...]:
    """Give the sectors of an office as `sectors` has them, or ELI if it was one of a state and is held no longer."""
    before = set(words.lower[start : head.start])
    former = before & load_words("descriptions", "former") and set(sectors[:1]) & load_words("descriptions", "state")
    plain = head.text in load_words("descriptions", "rank_and_file")
    return ("ELI",) if former and not plain else sectors


def _is_body(register: Register, at: int) -> bool:
    owner = register.owner[at]
    return owner is not None and owner.party.kind == "organisation"
