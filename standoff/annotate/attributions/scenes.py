"""Find the sentences that set a scene for what is said next: held a briefing on Friday; spoke to the press at the gate.

Each becomes a draft that is not shown: nobody is said to have said anything in it, but its speaker goes on from there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from standoff.annotate.attributions.assembly import Draft
from standoff.annotate.attributions.cues import Finding
from standoff.annotate.attributions.lexicon import Frame, Lexicon
from standoff.annotate.attributions.sources import Source, find_subject
from standoff.annotate.facts import read_text

SPEAKS = Frame("scene", "say", frozenset(("clause", "quotation")), (), None, frozenset(), False, 0.0)


def add_scenes(doc: Doc, drafts: Sequence[Draft], blocks: Sequence[tuple[int, int]], lexicon: Lexicon) -> list[Draft]:
    """Give the drafts in reading order, and among them those that only set a scene."""
    starts = [start for start, _ in blocks]
    scenes = [
        Draft(finding, [(verb.idx, verb.idx + len(verb))], max(bisect_right(starts, verb.idx) - 1, 0), shown=False)
        for finding in find_scenes(doc, drafts, lexicon)
        for verb in (finding.verb,)
    ]
    return sorted((*drafts, *scenes), key=lambda draft: draft.start) if scenes else list(drafts)


def find_scenes(doc: Doc, drafts: Sequence[Draft], lexicon: Lexicon) -> Iterator[Finding]:
    """Yield each verb of the article's own that tells of an occasion to speak; `listener` is who is there to hear."""
    cues = {draft.finding.verb.i for draft in drafts}
    told = bytearray(len(read_text(doc)))
    for start, end in (part for draft in drafts for part in draft.content):
        told[start:end] = b"\1" * (end - start)
    for verb in doc:
        if verb.i in cues or told[verb.idx] or not _is_past(verb) or not _sets_scene(verb, lexicon):
            continue
        subject = find_subject(verb)
        if subject is not None and subject.dep_ == "nsubj":
            cue = (verb.i, verb.i + 1)
            yield Finding(verb, cue, Source(subject, True), SPEAKS, "clause", [], _find_hearer(verb, lexicon))


def find_occasion(verb: Token, lexicon: Lexicon) -> Token | None:
    """Give the noun for what was held, given or sent: a news conference, an interview, a letter."""
    if verb.lemma_.lower() not in lexicon.scene_verbs:
        return None
    for child in verb.rights:
        lemma = child.lemma_.lower()
        if child.dep_ == "dobj" and (lemma in lexicon.scene_events or lemma in lexicon.venue_means):
            return child
    return None


def _is_past(verb: Token) -> bool:
    """Tell whether a verb is in the simple or the continuous past: spoke, was speaking."""
    was = any(child.lower_ in ("was", "were") and child.dep_ == "aux" for child in verb.lefts)
    return verb.tag_ == "VBD" or (verb.tag_ == "VBG" and was)


def _sets_scene(verb: Token, lexicon: Lexicon) -> bool:
    """Tell whether a verb tells that somebody spoke, wrote or met the press, and nothing of what was said."""
    lemma = verb.lemma_.lower()
    if any(child.dep_ in ("neg", "ccomp") for child in verb.children):
        return False
    if lemma in lexicon.meeting:
        return any(child.dep_ == "dobj" and child.lemma_.lower() in lexicon.audiences for child in verb.rights)
    return lemma in lexicon.speaking or find_occasion(verb, lexicon) is not None


def _find_hearer(verb: Token, lexicon: Lexicon) -> Token | None:
    """Give who is there to hear: met reporters, spoke to miners, sent Oslo a letter, wrote a letter to Oslo."""
    occasion = find_occasion(verb, lexicon)
    for child in verb.rights:
        if child.dep_ == "dative" and child.pos_ != "ADP":
            return child
        if child.dep_ == "dobj" and child != occasion and occasion is None:
            return child if verb.lemma_.lower() in (*lexicon.meeting, "address", "contact") else None
    for host in (verb, occasion):
        for child in () if host is None else host.rights:
            if child.dep_ in ("prep", "dative") and child.lower_ == "to":
                return next((part for part in child.rights if part.dep_ == "pobj"), None)
    return None
