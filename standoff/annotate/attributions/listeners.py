"""Find to whom a thing is said: told the miners, in a letter to Oslo, speaking to reporters; or nobody.

Who is accused, blamed or condemned is spoken of, not to. A gathering that is told a thing is where it was said, and
nobody is named who heard it.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from standoff.annotate.attributions.adjuncts import Adjunct, is_speaking
from standoff.annotate.attributions.assembly import Draft
from standoff.annotate.attributions.cues import Finding, find_frames, find_listener
from standoff.annotate.attributions.lexicon import Lexicon
from standoff.annotate.attributions.sources import find_subject
from standoff.annotate.attributions.venues import ELSEWHEN, goes_on

SHARED = frozenset(("call", "conversation", "exchange", "talk", "meeting", "chat", "dinner", "lunch"))  # with whom
PARTS = frozenset(("some", "many", "most", "several", "all", "each", "both", "dozens", "hundreds", "thousands"))
TOLD = frozenset(("say", "promise", "threaten", "deny"))  # what follows is said to the same


def find_hearer(finding: Finding, adjuncts: Sequence[Adjunct], lexicon: Lexicon) -> Token | None:
    """Give the head of the words for who is told, by the cue's own frame, by what is around it, or by its main verb."""
    if finding.frame.act in ("accuse", "believe"):
        return None
    if finding.listener is not None:
        return None if _is_gathering(finding.listener, lexicon) else _find_whole(finding.listener)
    for adjunct in adjuncts:
        shouted = adjunct.preposition.lower_ == "at" and adjunct.preposition.head == finding.verb
        aimed = shouted and finding.verb.lemma_.lower() in lexicon.spoken_at
        noun = adjunct.noun if aimed else _find_addressed(adjunct, lexicon)
        if noun is not None and noun != finding.source.head:
            return noun
    return _find_shared(finding.verb, lexicon)


def keep_hearer(
    draft: Draft, speaker: int | None, hearer: int | None, scene: tuple[int, int, int] | None
) -> tuple[int, int, int] | None:
    """Give the scene after a statement of the article's own: speaker, hearer and block, or None if nobody is told.

    `hearer` is whom the statement names, `scene` what the one before left. Whoever goes on speaking, without another
    speaker or more than a paragraph between, goes on to whom he spoke.
    """
    last = draft.quotations[-1].block if draft.quotations else draft.block
    if speaker is None:
        return None
    if hearer is not None:
        return (speaker, hearer, last) if draft.finding.frame.act in TOLD else None
    if scene is not None and scene[0] == speaker and draft.block - scene[2] <= 1 and goes_on(draft):
        return speaker, scene[1], last
    return None


def _find_addressed(adjunct: Adjunct, lexicon: Lexicon) -> Token | None:
    """Give who was written or spoken to: Speaking to miners; in a letter to Oslo; in a call with the envoy."""
    word, noun = adjunct.preposition.lower_, adjunct.noun
    if adjunct.spoken and (word == "to" or adjunct.preposition.lemma_ == "address"):
        return None if _is_gathering(noun, lexicon) else noun
    lemma = noun.lemma_.lower()
    if lemma not in lexicon.venue_means and lemma not in lexicon.venue_events:
        return None
    joints = ("to", "with") if lemma in SHARED and word not in ELSEWHEN else ("to",)
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in joints:
            return next((part for part in child.rights if part.dep_ == "pobj"), None)
    return None


def _find_shared(verb: Token, lexicon: Lexicon) -> Token | None:
    """Give who is told by the verb that a participle goes with: wrote to the minister, asking for pay."""
    head = verb.head
    if verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "conj") or head.i > verb.i or find_subject(verb) is not None:
        return None
    for frame in find_frames(head, lexicon):
        listener = find_listener(head, frame, lexicon) if frame.act in TOLD else None
        if listener is not None:
            return listener
    if is_speaking(head, lexicon):
        for child in head.rights:
            if child.dep_ == "prep" and child.lower_ == "to":
                return next((part for part in child.rights if part.dep_ == "pobj"), None)
    return None


def _find_whole(noun: Token) -> Token:
    """Give the noun for those of whom one or some are told: one of the miners."""
    if noun.lower_ in PARTS:
        for child in noun.rights:
            if child.dep_ == "prep" and child.lower_ == "of":
                return next((part for part in child.rights if part.dep_ == "pobj"), noun)
    return noun


def _is_gathering(noun: Token, lexicon: Lexicon) -> bool:
    """Tell whether a noun is an occasion rather than people or a body: told a rally; but told the council."""
    lemma = noun.lemma_.lower()
    return noun.pos_ == "NOUN" and lemma in lexicon.venue_events and lemma not in lexicon.hearing_bodies
