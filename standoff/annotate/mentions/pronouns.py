"""Resolve third-person pronouns, and descriptions that are hardly more ("the 62-year-old", "the old man").

Each takes the party that is most in mind (`salience`) of those that it can mean. What it cannot mean is told by number
and gender, by the grammar of its sentence, and by who is speaking: nobody speaks of himself as "he", and who says a
thing is found before what he says is read.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from standoff.annotate.mentions.lexicon import load_words
from standoff.annotate.mentions.phrases import POSSESSIVES
from standoff.annotate.mentions.register import Mention, Party, Register
from standoff.annotate.mentions.salience import SPEAKER, InMind, Rival, raise_score
from standoff.annotate.mentions.stand_ins import SEXES, StandIn, find_stand_in
from standoff.annotate.mentions.words import Words

PARTS = frozenset({"one", "some", "many", "most", "none", "several", "all", "each", "both", "first", "half", "few"})
FAINT = 0.4  # an organisation named in a person's title, or a person without a name, is hardly in mind
BESIDE = 0.6  # who is only spoken of as another's ("his lawyer") is less in mind than that other
UNSURE, MISFIT, ALONE = 0.67, 0.25, 0.02  # see weigh_fit
OWN = 1.5  # what the clause's own subject counts beside others whom "its" may mean
REACH = 400  # tokens: a quotation longer than this has no speaker beside it


def add_pronouns(words: Words, register: Register) -> None:
    """Add each pronoun that a party of the article fits, in reading order; one that fits none best is left alone."""
    _Resolver(words, register).resolve()


class _Resolver:
    """Hold who is in mind while an article is read."""

    def __init__(self, words: Words, register: Register) -> None:
        self.words, self.register = words, register
        self.mind = InMind()
        self.rivals: dict[Party, Token] = {}
        self.done: set[int] = set()
        self.waiting: dict[str, list[Token]] = {}
        self.starts: dict[int, list[Mention]] = {}
        for mention in register.mentions:
            self.starts.setdefault(mention.head, []).append(mention)
        persons = [mention for mention in register.mentions if mention.party.kind == "person"]
        self.titles = {at for mention in persons for at in range(mention.start, mention.end)}

    def resolve(self) -> None:
        words = self.words
        for sent in words.doc.sents:
            told = any(not words.quoted[token.i] and token.is_alpha for token in sent)
            self.mind.fade(0.5 if told else 0.85)
            for token in _order(sent):
                if words.quoted[token.i] and not (token.i and words.quoted[token.i - 1]):
                    self._meet_speaker(token.i)
                self._meet(token)

    def _meet_speaker(self, opening: int) -> None:
        """Tell who says a quotation, where that is a pronoun after it, before the quotation itself is read."""
        speaker = find_speaker(self.words, opening)
        if speaker is not None and speaker > opening:
            self._resolve_token(self.words.doc[speaker])

    def _meet(self, token: Token) -> None:
        """Bring to mind what a token stands for."""
        words, mind = self.words, self.mind
        for mention in self.starts.get(token.i, ()):
            unnamed = mention.form == "title" and not mention.party.names and not _leads(token)
            faint = unnamed if mention.party.kind == "person" else mention.head in self.titles
            share = FAINT if faint else BESIDE if words.lower[mention.start] in POSSESSIVES else 1.0
            mind.add(words, token, mention.party, share)
            if self.waiting and mention.form == "name":
                self._settle_waiting(mention.party)
        if self._resolve_token(token):
            return
        if (
            token.pos_ == "NOUN"
            and self.register.owner[token.i] is None
            and token.dep_ in ("nsubj", "nsubjpass", "dobj")
            and token.lower_ not in load_words("collectives", "measures")
        ):
            plural = token.tag_ == "NNS"
            rival = Rival("group" if plural else "organisation", plural=plural)
            self.rivals[rival] = token
            mind.add(words, token, rival, 0.8)

    def _resolve_token(self, token: Token) -> bool:
        """Tie a token to whom it stands for, and tell whether it stands for anybody told elsewhere."""
        words, register, mind = self.words, self.register, self.mind
        told = None if is_empty(token) else find_stand_in(words, token.i, register)
        if told is None or token.i in self.done:
            return told is not None
        self.done.add(token.i)
        age = words.texts[token.i - 4] if told.kind == "someone" else None
        chosen = _find_whole(words, token, register) or (None if age is None else _find_aged(age, register))
        if chosen is not None:
            raise_score(mind.told, chosen, SPEAKER)
        else:
            barred = _list_barred(words, token, register) | _list_barred_rivals(token, told.kind, self.rivals)
            barred |= {party for party in mind.told if age is not None and party.age not in (None, age)}
            own = _find_own_subject(token, register)
            chosen = _choose(words, token, told.kind, mind.weigh(words.quoted[token.i]), barred, own)
            if chosen is not None:
                mind.add(words, token, chosen)
        if chosen is None and told.kind in SEXES and told.start == token.i:
            self.waiting.setdefault(told.kind, []).append(token)
        if chosen is not None and not isinstance(chosen, Rival):
            self._add(chosen, token, told)
        return True

    def _settle_waiting(self, party: Party) -> None:
        """Tie the pronouns that a text opens with to the first person named who fits: "She was six when they fled. ...
        Today Ada Ito, 38, ..."."""
        for kind in SEXES:
            if kind in self.waiting and weigh_fit(party, kind) > MISFIT:
                for token in self.waiting.pop(kind):
                    self._add(party, token, StandIn(kind, token.i, token.i + 1))

    def _add(self, chosen: Party, token: Token, told: StandIn) -> None:
        """Add a pronoun, or a description that is read as one, as a mention of a party."""
        pronoun = told.start == token.i
        if not pronoun:
            chosen.forms[self.words.doc[told.start : told.end].text] = None
        self.register.add_mention(chosen, told.start, told.end, token.i, "pronoun" if pronoun else "title")
        one = told.kind == "neutral" or (told.kind == "many" and chosen.kind == "person")
        if one or (told.kind in SEXES and chosen.hint in (None, told.kind)):
            chosen.gender = chosen.gender or ("neutral" if one else told.kind)


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
    doers = _list_subjects(token)  # "the guards shot two of them": two of others
    for at in range(token.i - 1, max(token.sent.start - 1, token.i - 15), -1):
        owner = register.owner[at]
        if owner is not None and owner.head == at and at not in doers and owner.party.kind == "group":
            return owner.party
    return None


def _find_aged(age: str, register: Register) -> Party | None:
    """Give the person whom the article gives the age of "the 62-year-old"."""
    return next((party for party in register.parties if party.kind == "person" and party.age == age), None)


def _choose(
    words: Words, token: Token, kind: str, salience: dict[Party, float], barred: set[Party], own: Party | None
) -> Party | None:
    """Give the party most in mind of those that a pronoun fits, and the better the more it counts."""
    best: tuple[float, Party] | None = None
    political = token.dep_ == "poss" and is_political(words, token.head.i)
    for party, score in salience.items():
        score *= OWN if party is own else 1.0
        score *= weigh_fit(party, kind) * (2 if political and {"PTY", "OPP"} & set(party.sectors) else 1)
        if score > 0 and party not in barred and (best is None or score > best[0]):
            best = (score, party)
    return best[1] if best is not None else None


def _find_own_subject(token: Token, register: Register) -> Party | None:
    """Give who the subject of the clause is in which "its" stands by an object: Uzbekistan closed its crossing."""
    noun = token.head
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    if token.tag_ != "PRP$" or noun.dep_ not in ("dobj", "pobj") or verb.pos_ != "VERB":
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    owner = None if subject is None else register.owner[subject.i]
    return None if owner is None else owner.party


def is_political(words: Words, at: int) -> bool:
    """Tell whether a noun names what parties rather than others have: candidates, voters, lawmakers."""
    tag = words.tag_at[at]
    return tag is not None and tag.entry.code.key in ("politician", "politicians", "legislators", "legislator")


def weigh_fit(party: Party, kind: str) -> float:
    """Say how well a pronoun fits a party, 0 not at all. A first name that suggests the other sex is believed while
    anybody else is in mind, one that suggests nothing yields to one that does, and "they" is one person for want of
    anybody else."""
    if kind == "thing":
        return float(party.kind in ("organisation", "country") and not party.plural)
    if kind == "many":
        many = party.kind == "group" or party.plural or party.gender == "neutral"
        unknown = party.kind == "person" and not party.names and (party.gender, party.hint) == (None, None)
        return 1.0 if many else ALONE * unknown
    if party.kind != "person" or kind not in SEXES:
        return float(party.kind == "person")
    told = party.gender or party.hint
    if told in (None, kind):
        return UNSURE if told is None and party.names else 1.0
    return MISFIT if party.gender is None else 0.0


def _list_barred(words: Words, token: Token, register: Register) -> set[Party]:
    """Give the parties that a pronoun cannot mean: its verb's subject if it is the object, whoever is speaking if it is
    in a quotation, in "her lawyer" the lawyer, and where it says who speaks whoever those words speak of by name."""
    heads = _list_subjects(token) | ({find_speaker(words, token.i)} if words.quoted[token.i] else set())
    owners = [register.owner[head] for head in (*heads, token.i) if head is not None]
    named = {owner.party for owner in owners if owner is not None}
    return named | {owner.party for owner in _list_spoken_of(words, token, register) if owner.party.kind == "person"}


def _list_spoken_of(words: Words, token: Token, register: Register) -> Iterator[Mention]:
    """Yield who is mentioned in the quotation just before "he said", and who is named in the clause before ", he said":
    nobody names himself."""
    at = min(token.i, token.head.i) - 1
    if words.quoted[token.i] or token.dep_ != "nsubj" or token.head.lemma_ not in load_words("names", "speech"):
        return
    if at > 0 and words.texts[at] == "," and not words.quoted[at]:
        for before in range(token.sent.start, at):
            owner = register.owner[before]
            if owner is not None and owner.form != "pronoun" and not _is_speaking(words.doc[owner.head]):
                yield owner
    while at >= max(0, token.i - REACH) and words.quoted[at]:
        owner = register.owner[at]
        if owner is not None:
            yield owner
        at -= 1


def _is_speaking(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lemma_ in load_words("names", "speech")


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
        counted = verb.dep_ in ("dobj", "pobj") and (
            verb.like_num or verb.lower_ in load_words("collectives", "counts")
        )
        if subjects or not (counted or verb.dep_ in ("xcomp", "advcl", "acl", "conj", "pcomp", "prep", "ccomp")):
            return subjects
        verb = verb.head
    return set()


def find_speaker(words: Words, at: int) -> int | None:
    """Give the subject of the verb of speech just after or just before the quotation that holds token `at`.

    A quotation that ends with a full stop has its speaker before it: "…,” she said" takes a comma.
    """
    start = end = at
    while start > max(0, at - REACH) and words.quoted[start - 1]:
        start -= 1
    while end < min(len(words.quoted), at + REACH) and words.quoted[end]:
        end += 1
    stopped = "." in words.texts[max(start, end - 2) : end]
    after = range(end, end if stopped else min(end + 8, len(words.texts)))
    for near in (after, range(start - 1, max(start - 20, -1), -1)):
        for index in near:
            token = words.doc[index]
            if "\n" in token.text:
                break
            if token.dep_ == "nsubj" and token.head.lemma_ in load_words("names", "speech"):
                return index
    return None


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
