"""Find the words that signal an event: the codebook's cues, matched on lemma, part of speech and dependents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Span, Token

from standoff.annotate.events.grammar import (
    RELATIVE,
    find_surface_subject,
    find_verdict_clause,
    is_infinitive,
    is_passive,
    load_grammar_words,
)
from standoff.codebooks import Codebook, load_codebook
from standoff.errors import ConfigError

# The dependents among which a cue's further words are looked for, and those of them that are looked into.
NEAR = frozenset(
    (
        "dobj",
        "dative",
        "prep",
        "prt",
        "acomp",
        "attr",
        "oprd",
        "advmod",
        "xcomp",
        "nsubjpass",
        "amod",
        "compound",
        *("nmod", "pobj", "conj", "acl", "npadvmod", "pcomp", "neg", "nummod", "quantmod"),
    )
)
NEAR_NOUN = frozenset(("amod", "compound", "nmod", "prep", "pobj", "conj", "nummod", "quantmod"))
BESIDE = frozenset(("after", "before", "during", "since", "following", "despite"))  # "held after the march"
FORECASTS = frozenset({"will", "would", "could", "can", "’ll", "'ll"})
PARTS_OF_SPEECH = {"VERB": "v", "AUX": "v", "NOUN": "n", "ADJ": "a"}


@dataclass(frozen=True, slots=True)
class Element:
    """One further word of a cue; `absent` if the cue holds only without it, `particle` if it may bring in no noun."""

    words: frozenset[str]
    absent: bool
    particle: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of a codebook, read; `undergone` if its subject is acted upon ("goes on trial")."""

    text: str
    type: str
    mode: str | None
    weight: int
    elements: tuple[Element, ...]
    undergone: bool = False


@dataclass(frozen=True, slots=True)
class TypeRules:
    """What the codebook says of a type beyond its cues."""

    quad: int
    score: float
    verbal: bool
    joint: frozenset[str]
    acts: frozenset[str]
    ahead: frozenset[str]
    vows: frozenset[str]
    actor_preps: frozenset[str]
    recipient_preps: frozenset[str]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A cue found in a text: its head word and the further words that the cue asked for."""

    token: Token
    cue: Cue
    parts: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class CueBook:
    """A codebook of event types, ready to match."""

    types: Mapping[str, TypeRules]
    by_head: Mapping[tuple[str, str], tuple[Cue, ...]]
    accusing: Mapping[tuple[str, str], tuple[Cue, ...]]


@cache
def load_cues() -> CueBook:
    """Read the PLOVER codebook's cues; raises ConfigError, naming code and cue, for one that cannot be read."""
    book = load_codebook("plover")
    types = {key: _read_rules(code.extra) for key, code in book.codes.items()}
    accusing = ((key, None, text, False) for key, code in book.codes.items() for text in code.extra.get("said_of", ()))
    return CueBook(types, _read_cues(book, _list_cue_texts(book)), _read_cues(book, accusing))


def _read_cues(
    book: Codebook, rows: Iterable[tuple[str, str | None, str, bool]]
) -> Mapping[tuple[str, str], tuple[Cue, ...]]:
    """Read cues and sort them under their head words; rows are type, mode, cue and whether it is undergone."""
    groups: Mapping[str, list[str]] = book.settings.get("groups", {})
    by_head: dict[tuple[str, str], list[Cue]] = {}
    for type_, mode, text, undergone in rows:
        head, *rest = text.split()
        lemmas, _, part = head.partition("/")
        elements = tuple(_read_element(word, groups, f"{type_}: {text}") for word in rest)
        weight = sum(not element.absent for element in elements)
        cue = Cue(text, type_, mode, weight, elements, undergone)
        for lemma in lemmas.split("|"):
            by_head.setdefault((lemma, part or "v"), []).append(cue)
    # The cue that asks for most comes first; among equals the file's order stands.
    return {key: tuple(sorted(cues, key=lambda cue: -cue.weight)) for key, cues in by_head.items()}


def _list_cue_texts(book: Codebook) -> Iterator[tuple[str, str | None, str, bool]]:
    for key, code in book.codes.items():
        for mode, table in code.extra.get("modes", {}).items():
            yield from ((key, mode, text, False) for text in table["cues"])
            yield from ((key, mode, text, True) for text in table.get("undergone", ()))
        yield from ((key, None, text, False) for text in code.cues)


def _read_element(word: str, groups: Mapping[str, list[str]], where: str) -> Element:
    words: set[str] = set()
    for part in word.lstrip("!+").split("|"):
        if part.startswith("@") and part[1:] not in groups:
            raise ConfigError(f"codebook plover: {where!r} names the group {part!r}; add it to [groups].")
        words |= set(groups[part[1:]]) if part.startswith("@") else {part}
    return Element(frozenset(words), word.startswith("!"), word.startswith("+"))


def _read_rules(extra: Mapping[str, Any]) -> TypeRules:
    return TypeRules(
        quad=extra["quad"],
        score=extra["score"],
        verbal=extra.get("verbal", False),
        joint=frozenset(extra.get("joint", ())),
        acts=frozenset(extra.get("acts", ())),
        ahead=frozenset(extra.get("agree_ahead", ())),
        vows=frozenset(extra.get("vows", ())),
        actor_preps=frozenset(extra["actor_preps"]),
        recipient_preps=frozenset(extra["recipient_preps"]),
    )


def find_triggers(text: Doc | Span) -> list[Trigger]:
    """Give the triggers of a text in reading order, at most one for each word.

    A word that another trigger's cue has used is no trigger itself: "hold" takes "talks" with it. A noun that only
    qualifies another ("protest leader") is none either.

    >>> from standoff.models.language import load_language
    >>> [trigger.cue.type for trigger in find_triggers(load_language()("Chad held talks with Libya."))]
    ['CONSULT']
    """
    book = load_cues()
    found = [trigger for token in text if (trigger := _match_token(token, book)) is not None]
    used = {part.i for trigger in found if trigger.cue.weight for part in trigger.parts if part.pos_ != "VERB"}
    return [trigger for trigger in found if trigger.token.i not in used]


def _match_token(token: Token, book: CueBook) -> Trigger | None:
    part = PARTS_OF_SPEECH.get(token.pos_)
    if part is None:
        return None
    lemma = token.lemma_.lower()
    cues = book.by_head.get((lemma, part), ())
    if part != "n":
        cues = (*cues, *book.by_head.get((token.lower_, "a"), ()))
    if part == "v" and (lemma, "p") in book.by_head and is_passive(token):
        cues = (*cues, *book.by_head[lemma, "p"])
    if not cues or (part == "n" and token.dep_ in ("compound", "nmod")) or _is_no_telling(token):
        return None
    return _match_cues(token, cues)


def match_accusing(token: Token) -> Trigger | None:
    """Give the trigger that a verb is once somebody says it of another ("they broke the treaty"), if it is one."""
    return _match_cues(token, load_cues().accusing.get((token.lemma_.lower(), "v"), ()))


def _match_cues(token: Token, cues: Iterable[Cue]) -> Trigger | None:
    near: list[Token] | None = None
    undergoing: tuple[Token, ...] = ()
    for cue in cues:
        if cue.elements and near is None:
            near = list(_list_near(token))
            undergoing = _find_undergoing(token)
        parts = _match_elements(cue, near or [], undergoing)
        if parts is not None and not _states_opinion(token, cue) and not (cue.weight and _gives_name(token)):
            return Trigger(token, cue, parts)
    return None


def _is_no_telling(token: Token) -> bool:
    """Tell whether a participle describes its noun ("the banned party"), sets a scene, or joins ("provided that").

    "Court-banned" tells who did it.
    """
    if token.lower_ in ("provided", "providing") and any(child.dep_ in ("ccomp", "advcl") for child in token.children):
        return not any(child.dep_ in ("nsubj", "nsubjpass", "dobj") for child in token.children)
    if token.lemma_ == "speak" and token.tag_ == "VBG" and token.dep_ == "advcl":
        return True  # "speaking to nurses, she said" sets a scene
    return token.dep_ == "amod" and not any(child.dep_ in ("npadvmod", "nsubj") for child in token.children)


def _match_elements(cue: Cue, near: list[Token], undergoing: tuple[Token, ...]) -> tuple[Token, ...] | None:
    parts = []
    for element in cue.elements:
        hit = next(
            (item for item in (*near, *(undergoing if element.absent else ())) if _is_element(item, element)), None
        )
        if (hit is not None) == element.absent:
            return None
        if hit is not None:
            parts.append(hit)
    return tuple(parts)


def _is_element(item: Token, element: Element) -> bool:
    named = item.lower_ in element.words or f"#{item.ent_type_}" in element.words
    if not named and item.lemma_.lower() in element.words:
        # "ended up striking a deal" is no end of a strike: a gerund counts only where the cue has its very form.
        named = item.tag_ != "VBG" or item.pos_ != "VERB"
    return named and not (element.particle and any(child.dep_ == "pobj" for child in item.children))


def _list_near(token: Token) -> Iterator[Token]:
    """Yield the words that depend on a trigger closely enough to belong to its cue."""
    nominal = token.pos_ == "NOUN"
    if not nominal and (token.dep_ in ("acl", "amod") and is_passive(token)):
        yield token.head
        yield from (child for child in token.head.children if child.dep_ in ("amod", "compound"))
    if (clause := find_verdict_clause(token)) is not None:
        yield from (child for child in clause.children if child.dep_ in ("mark", "aux"))
    if token.dep_ == "relcl" and any(child.tag_ in RELATIVE for child in token.children):
        yield token.head
    for child in token.children:
        if child.dep_ in ("advcl", "ccomp", "xcomp") and is_infinitive(child):
            yield from (mark for mark in child.children if mark.lower_ == "for")  # "called for a doctor to be sent"
        if child.dep_ not in NEAR or (child.dep_ == "conj" and not nominal):
            continue
        yield child
        if (child.dep_ in ("xcomp", "acl") and child.pos_ == "VERB") or child.lower_ in BESIDE:
            continue
        for inner in child.children:
            if inner.dep_ in NEAR_NOUN or inner.dep_ == "pcomp":
                yield inner
                yield from (deep for deep in inner.children if deep.dep_ in NEAR_NOUN)


def _find_undergoing(token: Token) -> tuple[Token, ...]:
    """Give what a passive's governor has for its subject: "the vote set to be held"."""
    subject = find_surface_subject(token) if token.dep_ == "xcomp" and is_passive(token) else None
    return () if subject is None else (subject,)


def _gives_name(token: Token) -> bool:
    """Tell whether "call" gives something a name ("called it a toll on trade") and calls on nobody."""
    if token.lemma_.lower() != "call":
        return False
    return any(child.dep_ == "oprd" and child.pos_ in ("NOUN", "PROPN") for child in token.children)


def _states_opinion(token: Token, cue: Cue) -> bool:
    """Tell whether "insist", "agree" and the like report a view ("agreed that it was late"), not an act.

    "Help" that only furthers something ("helped restore order") gives nobody anything.
    "Ask" is a question rather than a request unless somebody is asked to do something.
    """
    lemma = token.lemma_.lower()
    if lemma == "help" and not cue.weight and token.pos_ == "VERB":
        return _only_furthers(token)
    if lemma in load_grammar_words().questioning and not cue.weight:
        asked = [child for child in token.children if child.dep_ == "xcomp" or is_infinitive(child)]
        unnamed = any(child.lemma_.lower() in load_grammar_words().anonymity and is_passive(child) for child in asked)
        return token.pos_ == "VERB" and (not asked or unnamed)
    if cue.weight or lemma not in load_grammar_words().opinion:
        return False
    clause = next((child for child in token.children if child.dep_ == "ccomp"), None)
    if clause is None or clause.i < token.i:
        return clause is not None
    words = {child.lower_ for child in clause.children if child.dep_ == "aux"}
    if cue.type == "REQUEST" and words & FORECASTS:
        return True  # "insisted that it would pay" demands nothing
    return (not words and clause.tag_ in ("VBZ", "VBD", "VBP")) or bool(
        words & {"had", "has", "have", "was", "were", "is"}
    )


def _only_furthers(token: Token) -> bool:
    """Tell whether "help" only carries another verb and names nobody who is helped: "helped restore order"."""
    carried = [child for child in token.children if child.dep_ in ("xcomp", "ccomp") and child.i > token.i]
    helped = any(child.dep_ == "dobj" for child in token.children) or any(
        item.dep_ == "nsubj" for child in carried for item in child.children
    )
    return bool(carried) and not helped
