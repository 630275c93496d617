"""Tell whether a plain verb of coming and going promises to take part in what the report has named.

"She would go to Oslo only if …", after talks in Oslo; "they would come, provided that …", after an offer to host them.
"""

from __future__ import annotations

from spacy.tokens import Token

PLEDGED = "pledged"  # as a cue asks for it: "attend/VERB/pledged"
NEAR = 70  # words after the issue was last named within which a verb without a place of its own can mean it
READY = frozenset(
    {"ready", "willing", "prepared", "refuse", "agree", "decline", "promise", "vow", "pledge", "want", "offer"}
)
MODALS = frozenset({"will", "would", "'ll", "’ll", "wo", "'d", "’d"})
ELSEWHERE = frozenset({"home", "ashore", "away", "back", "hungry", "ahead", "further", "far"})
WHERE = frozenset({"to", "in", "at", "on", "by", "before", "without", "after"})


def is_pledge(verb: Token, named: int) -> bool:
    """Tell whether a verb is pledged or refused, and means to go where an issue is settled, last named at word `named`.

    It must be bound by "will" or hang on "ready", "refuse" or the like. A place that stood in the sentence that named
    the issue is enough; without a place, or with another, the issue must have been named shortly before.
    """
    bound = any(child.tag_ == "MD" and child.lower_ in MODALS for child in verb.children) or (
        verb.dep_ == "xcomp" and verb.head.lemma_ in READY
    )
    if not bound or any(child.dep_ in {"acomp", "xcomp", "oprd", "prt"} for child in verb.children):
        return False
    if any(child.dep_ == "advmod" and child.lower_ in ELSEWHERE for child in verb.children):
        return False
    if verb.i + 2 < len(verb.doc) and verb.nbor().lower_ == "on" and verb.nbor(2).tag_ == "VBG":
        return False  # to "go on prosecuting" is to go nowhere
    preps = [child for child in verb.children if child.dep_ == "prep" and child.tag_ == "IN"]
    if any(prep.lower_ not in WHERE for prep in preps):
        return False
    goals = [word for prep in preps if prep.lower_ == "to" for word in prep.children if word.dep_ == "pobj"]
    if any(goal.pos_ != "PROPN" for goal in goals):
        return False
    places = {word.lower_ for word in verb.doc[named].sent}
    return verb.i - named <= NEAR or any(goal.lower_ in places for goal in goals)
