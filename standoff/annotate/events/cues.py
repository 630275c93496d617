"""Find the words that signal an event: the codebook's cues, matched on lemma, part of speech and dependents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span, Token

from standoff.annotate.events.grammar import (
    RELATIVE,
    find_surface_subject,
    find_verdict_clause,
    is_infinitive,
    is_passive,
    load_grammar_words,
)
from standoff.codebooks import Code, Codebook
from standoff.codebooks.ontology import PLOVER, is_plover, load_ontology, names_class
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
# "Held after the march", "suspended it because of the march".
BESIDE = frozenset(("after", "before", "during", "since", "following", "despite", "because", "amid", "over"))
FORECASTS = frozenset({"will", "would", "could", "can", "’ll", "'ll"})
# What an own code is taken to mean by its prepositions until it says so itself.
USUAL: Mapping[str, Any] = {
    "actor_preps": ("by", "from", "between", "among"),
    "recipient_preps": ("with", "to", "against", "on", "at", "of", "for"),
}
OWN = "own/"  # stands before the codes of a user's own ontology
HEAD = re.compile(r"[^/|!@+#]+(\|[^/|!@+#]+)*(/[navp])?")
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
    """A codebook of event types, ready to match.

    `types` and the cues have a code of a user's own ontology as "own/KEY", so that no rule about a type of PLOVER can
    mean it, and a code that stands for a type of PLOVER as that type. `names` gives the codebook's own name of each.
    """

    types: Mapping[str, TypeRules]
    by_head: Mapping[tuple[str, str], tuple[Cue, ...]]
    accusing: Mapping[tuple[str, str], tuple[Cue, ...]]
    names: Mapping[str, str]


class _Row(NamedTuple):
    """One cue as it stands in the file: the type that it tells, the table it stands in, and whether it is undergone."""

    type: str
    mode: str | None
    text: str
    undergone: bool
    where: str


@cache
def load_cues(which: str = PLOVER) -> CueBook:
    """Read the cues of a codebook of event types, PLOVER's or a user's own by its path.

    Raises ConfigError, naming file and key, for a codebook that is broken and for a cue that cannot be read.
    """
    book = load_ontology(which)
    names = name_types(book)
    keys = {key: type_ for type_, key in names.items()}
    types = {keys[key]: _read_rules(code, {} if which == PLOVER else USUAL) for key, code in book.codes.items()}
    said_of = (
        _Row(keys[key], None, text, False, f"codes.{key}.said_of")
        for key, code in book.codes.items()
        for text in code.extra.get("said_of", ())
    )
    rows = (row for key, code in book.codes.items() for row in _list_rows(keys[key], code))
    return CueBook(types, _read_cues(book, rows, types), _read_cues(book, said_of, types), names)


def name_types(book: Codebook) -> dict[str, str]:
    """Give the codebook's name of each of its types, by what the type is called in here."""
    if book is load_ontology():
        return {key: key for key in book.codes}
    classes = {key: names_class(code) if is_plover(book) else None for key, code in book.codes.items()}
    return {class_ or f"{OWN}{key}": key for key, class_ in classes.items()}


def is_own(type_: str) -> bool:
    """Tell whether a type is a code of a user's own ontology, of which no rule about PLOVER's types speaks."""
    return type_.startswith(OWN)


def _read_cues(
    book: Codebook, rows: Iterable[_Row], types: Mapping[str, TypeRules]
) -> Mapping[tuple[str, str], tuple[Cue, ...]]:
    """Read cues and sort them under their head words."""
    groups: Mapping[str, list[str]] = book.settings.get("groups", {})
    by_head: dict[tuple[str, str], list[Cue]] = {}
    for row in rows:
        place = f"codebook {book.path}: {row.where}: the cue {row.text!r}"
        head, *rest = row.text.lower().split() if "#" not in row.text else row.text.split()
        lemmas, _, part = head.partition("/")
        if not HEAD.fullmatch(head):
            raise ConfigError(
                f"{place} should begin with a word, or words with | between; after / stands n, a, p or v."
            )
        elements = tuple(_read_element(word, groups, place) for word in rest)
        weight = sum(not element.absent for element in elements)
        cue = Cue(row.text, row.type, row.mode, weight, elements, row.undergone)
        for lemma in lemmas.split("|"):
            by_head.setdefault((lemma, part or "v"), []).append(cue)
    return {key: _sort_cues(cues, types) for key, cues in by_head.items()}


def _sort_cues(cues: list[Cue], types: Mapping[str, TypeRules]) -> tuple[Cue, ...]:
    """Sort the cues of one head: the one that asks for most comes first, among equals that of the milder type.

    Where a type stands in the file must not matter, nor what it is called: types of one quad and score go by their
    first cue in the alphabet. Within a type the file's order stands.
    """
    first: dict[str, str] = {}
    for cue in cues:
        first[cue.type] = min(first.get(cue.type, cue.text), cue.text)

    def rank(cue: Cue) -> tuple[int, int, float, str]:
        rules = types[cue.type]
        return (-cue.weight, rules.quad, -rules.score, first[cue.type])

    return tuple(sorted(cues, key=rank))


def _list_rows(type_: str, code: Code) -> Iterator[_Row]:
    for mode, table in code.extra.get("modes", {}).items():
        where = f"codes.{code.key}.modes.{mode}"
        yield from (_Row(type_, mode, text, False, f"{where}.cues") for text in table["cues"])
        yield from (_Row(type_, mode, text, True, f"{where}.undergone") for text in table.get("undergone", ()))
    yield from (_Row(type_, None, text, False, f"codes.{code.key}.cues") for text in code.cues)


def _read_element(word: str, groups: Mapping[str, list[str]], place: str) -> Element:
    words: set[str] = set()
    for part in word.lstrip("!+").split("|"):
        if part.startswith("@") and part[1:] not in groups:
            raise ConfigError(f"{place} names the group {part!r}; add it to [groups].")
        if not part:
            raise ConfigError(f"{place} has {word!r} where a word should stand.")
        words |= set(groups[part[1:]]) if part.startswith("@") else {part}
    return Element(frozenset(words), word.startswith("!"), word.startswith("+"))


def _read_rules(code: Code, usual: Mapping[str, Any]) -> TypeRules:
    """Give what a code says of its sides; what it leaves unsaid is as with the PLOVER type that it names, or usual."""
    class_ = names_class(code)
    extra = {**usual, **(load_ontology().codes[class_].extra if class_ else {}), **code.extra}
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


def find_triggers(text: Doc | Span, which: str = PLOVER) -> list[Trigger]:
    """Give the triggers of a text by the cues of a codebook, in reading order, at most one for each word.

    A word that another trigger's cue has used is no trigger itself: "hold" takes "talks" with it. A noun that only
    qualifies another ("protest leader") is none either.

    >>> from standoff.models.language import load_language
    >>> [trigger.cue.type for trigger in find_triggers(load_language()("Chad held talks with Libya."))]
    ['CONSULT']
    """
    book = load_cues(which)
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

    "Court-banned" tells who did it. Nor does a noun tell of an event that only says why: "left in protest".
    """
    if token.dep_ == "pobj" and _stands_apart(token.head):
        return True
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
            if child.dep_ == "advcl":
                yield child  # "sent a team to investigate"
        if child.dep_ not in NEAR or (child.dep_ == "conj" and not nominal) or _stands_apart(child):
            continue
        yield child
        if (child.dep_ in ("xcomp", "acl") and child.pos_ == "VERB") or child.lower_ in BESIDE:
            continue
        for inner in child.children:
            if (inner.dep_ in NEAR_NOUN or inner.dep_ == "pcomp") and not _stands_apart(inner):
                yield inner
                if inner.lower_ not in BESIDE:
                    yield from (deep for deep in inner.children if deep.dep_ in NEAR_NOUN)


def _stands_apart(preposition: Token) -> bool:
    """Tell whether a preposition brings in a day or an answer.

    "Called him on Friday" calls on nobody, "suspended aid in protest" suspends no protest.
    """
    brought = [child.lemma_.lower().rstrip(".") for child in preposition.children if child.dep_ == "pobj"]
    words = load_grammar_words()
    apart = words.days | words.answers if preposition.lower_ == "in" else words.days
    return bool(brought) and all(noun in apart for noun in brought)


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
