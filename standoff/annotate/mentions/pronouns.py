"""Resolve third-person pronouns by what is most in mind: recency, subjects, and who is speaking."""

from __future__ import annotations

from standoff.annotate.mentions.find import Words
from standoff.annotate.mentions.lexicon import load_words
from standoff.annotate.mentions.register import Party, Register

PRONOUNS = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
    "it": "thing", "its": "thing", "itself": "thing",
    "they": "many", "them": "many", "their": "many", "theirs": "many", "themselves": "many",
}  # fmt: skip
WEIGHTS = {"speaker": 100.0, "nsubj": 80.0, "nsubjpass": 80.0, "dobj": 50.0, "poss": 35.0, "pobj": 40.0}


def add_pronouns(words: Words, register: Register) -> None:
    """Add the pronouns that a party of the article fits, in reading order."""
    salience: dict[Party, float] = {}
    by_start = {}
    for mention in register.mentions:
        by_start.setdefault(mention.start, []).append(mention)
    for sent in words.doc.sents:
        decay = 0.85 if all(words.quoted[t.i] or t.is_punct or t.is_space for t in sent) else 0.5
        for party in salience:
            salience[party] *= decay
        for token in sent:
            for mention in by_start.get(token.i, ()):
                salience[mention.party] = max(salience.get(mention.party, 0.0), _weigh(words, mention.head)) + 1.0
            kind = PRONOUNS.get(words.lower[token.i])
            if kind is None or (kind == "thing" and _is_empty(words, token.i)):
                continue
            party = _choose(words, token.i, kind, salience, register)
            if party is not None:
                register.add_mention(party, token.i, token.i + 1, token.i, "pronoun")
                if kind in ("male", "female"):
                    party.gender = party.gender or kind
                salience[party] = max(salience.get(party, 0.0), _weigh(words, token.i)) + 1.0


def _weigh(words: Words, at: int) -> float:
    token = words.doc[at]
    if words.quoted[at]:
        return 20.0
    if token.dep_ == "nsubj" and token.head.lemma_ in load_words("names", "speech"):
        return WEIGHTS["speaker"]
    return WEIGHTS.get(token.dep_, 30.0)


def _choose(words: Words, at: int, kind: str, salience: dict[Party, float], register: Register) -> Party | None:
    token = words.doc[at]
    best: tuple[float, Party] | None = None
    for party, score in salience.items():
        if score < 3 or not _fits(party, kind):
            continue
        if (
            token.dep_ in ("dobj", "pobj", "dative")
            and not words.lower[at].endswith("self")
            and _is_coargument(words, at, party)
        ):
            continue
        if best is None or score > best[0]:
            best = (score, party)
    return best[1] if best else None


def _fits(party: Party, kind: str) -> bool:
    if kind in ("male", "female"):
        return party.kind == "person" and party.gender in (None, kind)
    if kind == "thing":
        return party.kind in ("organisation", "country") and not party.plural
    return party.kind == "group" or party.plural


def _is_coargument(words: Words, at: int, party: Party) -> bool:
    verb = words.doc[at].head
    if verb.dep_ == "prep":
        verb = verb.head
    subjects = {child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")}
    return any(mention.head in subjects for mention in party.mentions)


def _is_empty(words: Words, at: int) -> bool:
    """Tell whether "it" stands for nothing: "it is vital to", "it was the army that", "it rains"."""
    token = words.doc[at]
    verb = token.head
    if token.dep_ == "expl":
        return True
    if verb.lemma_ in ("be", "seem", "appear", "become") and token.dep_ == "nsubj":
        return True
    return False
