"""Tell what a speaker does by what he says: an act follows the reporting words, and is seldom more than their frame's.

Three kinds of words need a second look: a warning, which is a threat where the speaker or his like will bring the harm;
a wish to know, which is a question; and a claim that is dismissed "as" something, which is denied.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from standoff.annotate.attributions.cues import Finding, find_frames
from standoff.annotate.attributions.lexicon import Lexicon
from standoff.annotate.attributions.sources import find_subject

WILL = frozenset(("will", "would", "shall", "’ll", "'ll"))
TERMS = frozenset(("if", "unless", "until", "whoever", "whichever", "anyone", "anybody", "any"))
OWN = frozenset(("my", "our", "his", "her", "its", "their"))
LEARN = frozenset(("know", "learn", "hear"))
ASKED = frozenset(("why", "who", "whom", "whose", "what", "which", "where", "when", "how", "whether", "if"))


def judge_act(finding: Finding, lexicon: Lexicon, *, is_speaker: Callable[[Token], bool]) -> str:
    """Give the act of a finding; `is_speaker` tells whether a word stands for its speaker."""
    frame, verb = finding.frame, finding.verb
    if frame.code == "warn" and finding.form == "clause":
        return "threaten" if _is_threat(verb, lexicon, is_speaker) else frame.act
    if frame.act == "believe" and finding.form == "infinitive":
        return "ask" if _is_question(verb) else frame.act
    if finding.form == "as":
        things = {child.lemma_.lower() for child in verb.children if child.dep_ in ("dobj", "nsubjpass")}
        claims = (other.act for other in find_frames(verb, lexicon) if other.objects & things)
        return next(claims, frame.act)
    return frame.act


def _is_threat(verb: Token, lexicon: Lexicon, is_speaker: Callable[[Token], bool]) -> bool:
    """Tell whether a warning is of what the speaker, his people or an armed or ruling body will do, on terms."""
    for clause in verb.rights:
        subject = find_subject(clause) if clause.dep_ == "ccomp" else None
        if subject is None or not any(child.tag_ == "MD" and child.lower_ in WILL for child in clause.lefts):
            continue
        if not any(part.lower_ in TERMS for part in clause.subtree):
            continue
        noun = subject.lemma_.lower()
        his = any(child.dep_ == "poss" and child.lower_ in OWN for child in subject.lefts)
        if is_speaker(subject) or noun in lexicon.threatening or (his and noun in lexicon.own_people):
            return True
    return False


def _is_question(verb: Token) -> bool:
    """Tell whether somebody wants to know, rather than wants: wanted to know why the gate was shut."""
    for child in verb.rights:
        if child.dep_ == "xcomp" and child.lemma_.lower() in LEARN:
            return any(
                part.dep_ in ("ccomp", "advcl", "dobj") and part.left_edge.lower_ in ASKED for part in child.rights
            )
    return False
