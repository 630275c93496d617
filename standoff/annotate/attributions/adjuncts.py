"""Find what stands around a cue and sets its scene: in a letter to Oslo, speaking to miners at the pit, on Friday.

The parse gives what hangs on the cue. What opens a sentence, up to its comma, is read from the words as they stand: a
parser that meets "In an interview with Der Bote, the judge accused …" takes the judge for the paper's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Span, Token

from standoff.annotate.attributions.cues import Finding
from standoff.annotate.attributions.lexicon import Lexicon
from standoff.annotate.attributions.sources import find_subject
from standoff.quotations import MARKS

REACH = 40  # tokens of what opens a sentence
FORWARD = frozenset(("but", "and", "yet", "so", "then", "later", "earlier", "also", "meanwhile"))


class Adjunct(NamedTuple):
    """Hold a preposition and its noun; `spoken` if both hang on a participle of speaking, `opening` if they open."""

    preposition: Token
    noun: Token
    spoken: bool = False
    opening: bool = False


def find_adjuncts(finding: Finding, lexicon: Lexicon) -> Iterator[Adjunct]:
    """Yield what may tell where, through what or to whom a thing was said: what opens the sentence comes first."""
    seen: set[int] = set()
    for adjunct in (*_find_opening(finding, lexicon), *_find_hanging(finding, lexicon)):
        if adjunct.noun.i not in seen:
            seen.add(adjunct.noun.i)
            yield adjunct


def _find_hanging(finding: Finding, lexicon: Lexicon) -> Iterator[Adjunct]:
    """Yield what hangs on a cue, on a participle of speaking, on its object or on the verb before it.

    What opens a sentence holds for its second verb too: In a letter, the guild blamed the mayor and demanded ….
    """
    verb, speaker = finding.verb, finding.source.head
    for participle in () if speaker is None else speaker.rights:  # said Ada Ito, reached by phone
        if participle.dep_ in ("acl", "relcl") and is_speaking(participle, lexicon):
            yield from _read_spoken(participle)
        elif participle.dep_ == "prep" and participle.i < verb.i and participle.nbor(-1).text == ",":
            yield from _read([participle])  # The police, in a briefing, said
    for child in verb.children:
        if child.dep_ == "advcl" and is_speaking(child, lexicon):
            near = (part for part in _read(child.subtree, spoken=True) if _hangs_on(part.preposition, child))
            yield from near
        elif child.dep_ in ("dobj", "npadvmod", "dative"):
            yield from _read(child.rights)
        elif child.dep_ in ("ccomp", "xcomp"):  # the parser may hang what opens the sentence on the content's verb
            yield from _read(part for part in child.lefts if part.i < verb.i)
    yield from _read(verb.children)
    for child in list(verb.children):
        for noun in child.rights if child.dep_ == "prep" else ():
            yield from _read(noun.rights if noun.dep_ == "pobj" else ())
    if verb.dep_ == "conj" and find_subject(verb) is None:
        yield from _read(verb.head.lefts)
    if verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.head.i < verb.i and find_subject(verb) is None:
        yield from _read(part for part in verb.head.rights if part.i < verb.i)  # spoke up on Twitter, saying that …


def _find_opening(finding: Finding, lexicon: Lexicon) -> Iterator[Adjunct]:
    """Yield what opens the sentence of a cue, before the comma that its source follows.

    It holds for the first verb and for those that share its subject: not for "…, but Oslo denied it".
    """
    verb, head = finding.verb, finding.source.head
    doc = verb.doc
    end = verb.i if head is None or head.i > verb.i else head.i
    at = verb.sent.start
    while at < end and (not doc[at].is_alpha or doc[at].lower_ in FORWARD):
        at += 1
    limit = min(end, at + REACH)
    while at < limit:
        comma = next((number for number in range(at + 1, limit) if doc[number].text == ","), None)
        if comma is None:
            return
        if _is_told_before(doc[comma + 1 : end]):
            return
        first, words = doc[at], doc[at:comma]
        if first.tag_ == "IN" or first.dep_ == "prep" or first.lower_ in lexicon.venue_settings:
            noun = next((child for child in first.rights if child.dep_ == "pobj"), words[-1:].root)
            if first.i < noun.i < comma:
                yield Adjunct(first, noun if first.tag_ == "IN" else doc[at + 1 : comma].root, opening=True)
        elif first.tag_ in ("VBG", "VBN") and is_speaking(first, lexicon):
            for item in (*_read_spoken(first), *_read(words, spoken=True)):
                if item.noun.i < comma and _hangs_on(item.preposition, first):
                    yield item._replace(opening=True)
        at = comma + 1


def _is_told_before(words: Span) -> bool:
    """Tell whether something else is told between what opens a sentence and a source: …, Oslo agreed, but Bergen said.

    What is quoted there is not told, and may be the source's own.
    """
    finite = any(word.tag_ in ("VBD", "VBZ", "VBP") for word in words)
    return finite and not any(word.text in MARKS for word in words)


def is_speaking(participle: Token, lexicon: Lexicon) -> bool:
    """Tell whether a verb is one that sets a scene: speaking at …, reached by …."""
    lemma = participle.lemma_.lower()
    return lemma in lexicon.speaking or (participle.tag_ == "VBN" and lemma in lexicon.questioned)


def _hangs_on(preposition: Token, participle: Token) -> bool:
    """Tell whether a preposition belongs to a participle, or to whom its words were for: to reporters at the pit."""
    head = preposition.head
    return participle in (preposition, head, head.head, head.head.head)


def _read_spoken(participle: Token) -> Iterator[Adjunct]:
    """Yield what a participle of speaking has beside it, whom it addresses first."""
    if participle.lemma_.lower() == "address":
        for child in participle.rights:
            if child.dep_ == "dobj":
                yield Adjunct(participle, child, spoken=True)
                yield from _read(child.rights, spoken=True)
    yield from _read(participle.rights, spoken=True)


def _read(words: Iterable[Token], *, spoken: bool = False) -> Iterator[Adjunct]:
    """Yield each preposition of some words with the noun that it takes."""
    for word in words:
        if word.dep_ in ("prep", "agent", "dative") or word.tag_ == "IN":
            noun = next((child for child in word.rights if child.dep_ == "pobj"), None)
            if noun is not None:
                yield Adjunct(word, noun, spoken)
