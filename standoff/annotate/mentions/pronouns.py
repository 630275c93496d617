"""Resolve third-person pronouns by what is most in mind: recency, subjects, and who is speaking.

A weighing of antecedents after Lappin and Leass (1994), with the weights that news needs: the subject of a verb of
speech stays in mind over the quotation that follows, and what is inside a quotation hardly counts outside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from standoff.annotate.mentions.lexicon import load_words
from standoff.annotate.mentions.phrases import POSSESSIVES
from standoff.annotate.mentions.register import Mention, Party, Register
from standoff.annotate.mentions.words import Words

PRONOUNS = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
    "it": "thing", "its": "thing", "itself": "thing",
    "they": "many", "them": "many", "their": "many", "theirs": "many", "themselves": "many",
}  # fmt: skip
SPEAKER = 100.0
WEIGHTS = {"nsubj": 80.0, "nsubjpass": 80.0, "agent": 60.0, "dobj": 50.0, "pobj": 40.0, "dative": 50.0, "poss": 35.0}
PARTS = frozenset({"one", "some", "many", "most", "none", "several", "all", "each", "both", "first", "half", "few"})
QUOTED = 15.0
FAINT = 0.4  # an organisation named in a person's title, or a person without a name, is hardly in mind
BESIDE = 0.6  # who is only spoken of as another's ("his lawyer") is less in mind than that other
OUTSIDE = 0.7  # a quotation's pronoun looks less to what is told around it than to what it says itself
FADED = 4.0
REACH = 400  # tokens: a quotation longer than this has no speaker beside it


class Rival(Party):
    """A thing that is no actor ("the law") but that a pronoun may mean."""


class InMind:
    """Hold how far each party is in mind, apart for the reporter's text and for what is quoted in it.

    A pronoun inside a quotation rather means whom the quotation spoke of; one outside hardly looks into it.
    """

    def __init__(self) -> None:
        self.told: dict[Party, float] = {}
        self.quoted: dict[Party, float] = {}

    def fade(self, decay: float) -> None:
        """Let all fade, as a new sentence begins."""
        for scores in (self.told, self.quoted):
            faded = {party: decay * score for party, score in scores.items() if decay * score >= FADED}
            scores.clear()
            scores.update(faded)

    def add(self, words: Words, token: Token, party: Party, share: float = 1.0) -> None:
        """Bring a party to mind by a mention of it."""
        if words.quoted[token.i]:
            _raise(self.quoted, party, share * WEIGHTS.get(token.dep_, 30.0))
        _raise(self.told, party, share * weigh_place(words, token))

    def weigh(self, quoted: bool) -> dict[Party, float]:
        """Give how far each party is in mind for a pronoun that is, or is not, inside a quotation."""
        if not quoted:
            return self.told
        return {
            party: max(OUTSIDE * self.told.get(party, 0.0), self.quoted.get(party, 0.0))
            for party in {**self.told, **self.quoted}
        }


def add_pronouns(words: Words, register: Register) -> None:
    """Add each pronoun that a party of the article fits, in reading order; one that fits none best is left alone."""
    mind = InMind()
    rivals: dict[Party, Token] = {}
    starts: dict[int, list[Mention]] = {}
    for mention in register.mentions:
        starts.setdefault(mention.head, []).append(mention)
    persons = [mention for mention in register.mentions if mention.party.kind == "person"]
    titles = {at for mention in persons for at in range(mention.start, mention.end)}
    for sent in words.doc.sents:
        told = any(not words.quoted[token.i] and token.is_alpha for token in sent)
        decay = 0.5 if told else 0.85
        mind.fade(decay)
        for token in _order(sent):
            for mention in starts.get(token.i, ()):
                unnamed = mention.form == "title" and not mention.party.names and not _leads(token)
                faint = unnamed if mention.party.kind == "person" else mention.head in titles
                share = FAINT if faint else BESIDE if words.lower[mention.start] in POSSESSIVES else 1.0
                mind.add(words, token, mention.party, share)
            start = start_age(words, token)
            kind = "someone" if start is not None else PRONOUNS.get(words.lower[token.i])
            if kind is not None and not (kind == "thing" and is_empty(token)):
                chosen = _find_whole(words, token, register)
                if chosen is not None:
                    _raise(mind.told, chosen, SPEAKER)
                else:
                    barred = _list_barred(words, token, register) | _list_barred_rivals(token, kind, rivals)
                    chosen = _choose(words, token, kind, mind.weigh(words.quoted[token.i]), barred)
                    if chosen is not None:
                        mind.add(words, token, chosen)
                if chosen is not None and not isinstance(chosen, Rival):
                    form = "pronoun" if start is None else "title"
                    register.add_mention(chosen, token.i if start is None else start, token.i + 1, token.i, form)
                    chosen.gender = chosen.gender or (kind if kind in ("male", "female") else None)
            elif (
                token.pos_ == "NOUN"
                and register.owner[token.i] is None
                and token.dep_ in ("nsubj", "nsubjpass", "dobj")
            ) and token.lower_ not in load_words("collectives", "measures"):
                plural = token.tag_ == "NNS"
                rival = Rival("group" if plural else "organisation", plural=plural)
                rivals[rival] = token
                mind.add(words, token, rival, 0.8)


def _order(sent: Span) -> Iterator[Token]:
    """Yield the tokens of a sentence with its subject first, which is whom a pronoun before it means; but not "his
    lawyer", whose "his" means another."""
    subject = next((child for child in sent.root.children if child.dep_ == "nsubj"), None)
    owned = subject is not None and any(child.tag_ == "PRP$" for child in subject.children)
    if subject is None or owned or subject.pos_ == "PRON":
        yield from sent
        return
    yield subject
    yield from (token for token in sent if token.i != subject.i)


def _leads(token: Token) -> bool:
    """Tell whether a token is the subject of its sentence's main verb: that is who it is about, named or not."""
    return token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT"


def _find_whole(words: Words, token: Token, register: Register) -> Party | None:
    """Give the many that "among them" or "one of them" takes a part of: those last mentioned in the sentence."""
    if token.lower_ != "them" or token.dep_ != "pobj" or token.head.lower_ not in ("among", "of", "including"):
        return None
    if token.head.lower_ == "of" and words.lower[token.i - 2] not in PARTS and not words.doc[token.i - 2].like_num:
        return None
    for at in range(token.i - 1, max(token.sent.start - 1, token.i - 15), -1):
        owner = register.owner[at]
        if owner is not None and owner.head == at and owner.party.kind == "group":
            return owner.party
    return None


def _raise(salience: dict[Party, float], party: Party, weight: float) -> None:
    salience[party] = max(salience.get(party, 0.0), weight) + 1.0


def weigh_place(words: Words, token: Token) -> float:
    """Say how far a mention's place puts its party in mind."""
    if words.quoted[token.i]:
        return QUOTED
    if token.dep_ == "nsubj" and token.head.lemma_ in load_words("names", "speech"):
        return SPEAKER
    return WEIGHTS.get(token.dep_, 30.0)


def _choose(words: Words, token: Token, kind: str, salience: dict[Party, float], barred: set[Party]) -> Party | None:
    best: tuple[float, Party] | None = None
    political = token.dep_ == "poss" and is_political(words, token.head.i)
    for party, score in salience.items():
        score *= 2 if political and {"PTY", "OPP"} & set(party.sectors) else 1
        if party not in barred and _fits(party, kind) and (best is None or score > best[0]):
            best = (score, party)
    return best[1] if best is not None else None


def is_political(words: Words, at: int) -> bool:
    """Tell whether a noun names what parties rather than others have: candidates, voters, lawmakers."""
    tag = words.tag_at[at]
    return tag is not None and tag.entry.code.key in ("politician", "politicians", "legislators", "legislator")


def _fits(party: Party, kind: str) -> bool:
    if kind in ("male", "female", "someone"):
        return party.kind == "person" and (kind == "someone" or party.gender in (None, kind))
    if kind == "thing":
        return party.kind in ("organisation", "country") and not party.plural
    return party.kind == "group" or party.plural


def _list_barred(words: Words, token: Token, register: Register) -> set[Party]:
    """Give the parties that a pronoun cannot mean: its verb's subject if it is the object, whoever is speaking if it is
    in a quotation, in "her lawyer" the lawyer, and where it says who speaks whoever the quotation speaks of."""
    heads = _list_subjects(token) | ({find_speaker(words, token.i)} if words.quoted[token.i] else set())
    owners = [register.owner[head] for head in (*heads, token.i) if head is not None]
    named = {owner.party for owner in owners if owner is not None}
    return named | {owner.party for owner in _list_spoken_of(words, token, register) if owner.party.kind == "person"}


def _list_spoken_of(words: Words, token: Token, register: Register) -> Iterator[Mention]:
    """Yield who is mentioned in the quotation just before "he said": nobody names himself."""
    at = min(token.i, token.head.i) - 1
    if words.quoted[token.i] or token.dep_ != "nsubj" or token.head.lemma_ not in load_words("names", "speech"):
        return
    while at >= max(0, token.i - REACH) and words.quoted[at]:
        owner = register.owner[at]
        if owner is not None:
            yield owner
        at -= 1


def _list_barred_rivals(token: Token, kind: str, rivals: dict[Party, Token]) -> set[Party]:
    """Give the things that a pronoun cannot mean: one that it helps to describe ("the loss it suffered"), and any
    where "they" speak, or suffer what is done to people ("they were freed")."""
    verb, lemma = token.head, token.head.lemma_.lower()
    speaks = token.dep_ == "nsubj" and lemma in load_words("names", "speech") | load_words("names", "wills")
    suffers = token.dep_ in ("dobj", "nsubjpass") and lemma in load_words("collectives", "sufferings")
    if kind == "many" and verb.pos_ in ("VERB", "AUX") and (speaks or suffers):
        return set(rivals)
    return {rival for rival, thing in rivals.items() if thing.is_ancestor(token)}


def _list_subjects(token: Token) -> set[int | None]:
    """Give the subjects of the verb that a pronoun is the object of; a verb without one has that of the verb it hangs
    on ("the rebels tried to drive them out")."""
    if token.dep_ not in ("dobj", "pobj", "dative") or token.lower_.endswith(("self", "selves")):
        return set()
    verb = token.head
    for _ in range(5):
        subjects: set[int | None] = {child.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")}
        if subjects or verb.dep_ not in ("xcomp", "advcl", "acl", "conj", "pcomp", "prep", "ccomp"):
            return subjects
        verb = verb.head
    return set()


def find_speaker(words: Words, at: int) -> int | None:
    """Give the subject of the verb of speech just after or just before the quotation that holds token `at`."""
    start = end = at
    while start > max(0, at - REACH) and words.quoted[start - 1]:
        start -= 1
    while end < min(len(words.quoted), at + REACH) and words.quoted[end]:
        end += 1
    for near in (range(end, min(end + 8, len(words.texts))), range(start - 1, max(start - 20, -1), -1)):
        for index in near:
            token = words.doc[index]
            if "\n" in token.text:
                break
            if token.dep_ == "nsubj" and token.head.lemma_ in load_words("names", "speech"):
                return index
    return None


def start_age(words: Words, token: Token) -> int | None:
    """Give where "the 62-year-old" begins that ends with this token and stands for a person, if one does."""
    at = token.i
    if (
        words.lower[at] != "old"
        or words.lower[at - 3 : at] != ["-", "year", "-"]
        or words.lower[at - 5 : at - 4] != ["the"]
    ):
        return None
    after = words.doc[at + 1] if at + 1 < len(words.texts) else None
    return None if after is not None and after.pos_ in ("NOUN", "PROPN", "ADJ") else at - 5


def is_empty(token: Token) -> bool:
    """Tell whether "it" stands for nothing: "it is vital to", "it was the army that", "it rains"."""
    if token.lower_ != "it":
        return False
    verb = token.head
    if token.dep_ == "expl":
        return True
    clause = any(
        child.dep_ in ("ccomp", "xcomp", "advcl", "relcl", "csubj", "acl")
        for child in verb.subtree
        if child.i > token.i
    )
    return verb.lemma_ in ("be", "seem", "appear", "become", "take", "need") and token.dep_ == "nsubj" and clause
