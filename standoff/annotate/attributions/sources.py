"""Find the words that name who said a thing, from the word that says it."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from standoff.annotate.attributions.lexicon import Lexicon

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
VERDICTS = frozenset(("oprd", "attr", "acomp"))
RELATIVES = frozenset(("who", "which", "that"))
CLIMBED = ("conj", "advcl", "xcomp", "pcomp", "ccomp", "prep", "parataxis", "acl", "dep", "acomp")
CUT_OFF = frozenset(("appos", "relcl", "acl", "punct", "advcl", "ccomp", "parataxis"))  # what no name holds
TOOLS = frozenset(("use", "take"))  # used a speech to condemn …: whoever used it condemns
DASHES = frozenset(("-", "–", "—", "--"))
BACK = 80  # tokens from "the statement said" back to whoever issued it
REACH = 8  # steps up the tree: a participle of a participle of the main verb, and some slack for odd parses


class Source(NamedTuple):
    """The head of the words that name a source; `head` is None where it is left unsaid."""

    head: Token | None
    own: bool  # is it the cue's own subject, rather than one that it shares with another verb


UNSAID = Source(None, False)


def find_source(verb: Token, lexicon: Lexicon) -> Source:
    """Give who does what `verb` says, be it the verb's own subject or one that it shares.

    A passive verb's doer stands after "by" or is unsaid. A relative pronoun gives way to the noun that it stands for. A
    participle or infinitive takes the subject of the verb it hangs on, but what footage of the mayor saying … holds is
    hers.
    """
    recorded = find_recorded(verb, lexicon)
    if recorded is not None:
        return Source(recorded, True)
    token = verb
    for step in range(REACH):
        if is_passive(token) and step == 0:
            return find_doer(token)
        subject = _find_inverted(token) if step == 0 else None
        subject = find_subject(token) if subject is None else subject
        if subject is not None:
            return Source(_resolve_relative(subject, token), step == 0)
        if token.dep_ in ("acl", "relcl") and token.head.dep_ == "attr" and token.head.pos_ == "ADJ":
            token = token.head.head  # who was the first to say …
            continue
        if token.dep_ in ("acl", "relcl") and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return _find_owner(token.head, step, lexicon)
        if token.dep_ == "pcomp" and token.head.head.pos_ in ("NOUN", "PROPN"):
            return _find_owner(token.head.head, step, lexicon)
        if token.dep_ not in CLIMBED or token.head == token:
            return UNSAID
        controlled = None
        if token.dep_ == "xcomp" and token.head.lemma_ not in TOOLS:
            controlled = _find_object(token.head)
        elif is_quoted_as(token):
            controlled = _find_object(token.head.head)
        if controlled is not None and controlled.i < token.i:
            return Source(controlled, True)
        token = _climb(token, verb)
    return UNSAID


def _climb(token: Token, verb: Token) -> Token:
    """Give the word that a word hangs on; what two dashes insert holds nothing outside them.

    Pickets circled the pit - where the guards had met - while chanting: it is the pickets who chant.
    """
    token = token.head
    dashes = [word.i for word in verb.sent if word.text in DASHES]
    for first, last in zip(dashes[::2], dashes[1::2], strict=False):
        if first < token.i < last and not first < verb.i < last:
            outside = (word for word in token.ancestors if not first < word.i < last and word.pos_ in ("VERB", "AUX"))
            token = next(outside, token)
    return token


def find_issuer(noun: Token, lexicon: Lexicon) -> Token | None:
    """Give who issued the document that a noun names, if that was told shortly before: "they issued a statement"."""
    for number in range(noun.i - 1, max(-1, noun.i - BACK), -1):
        verb = noun.doc[number]
        if verb.pos_ == "VERB" and lexicon.repair_lemma(verb.lemma_.lower()) in lexicon.light:
            document = _find_object(verb)
            if document is not None and document.lower_ in lexicon.venue_means:
                return find_source(verb, lexicon).head
    return None


def find_subject(token: Token) -> Token | None:
    """Give the subject that stands with `token` itself, or None; an empty "it" or "there" counts as one.

    Of two, the nearer is the verb's own: in "villagers, the priest said, had lied", the parser gives "said" both.
    """
    subjects = [child for child in token.children if child.dep_ in SUBJECTS]
    return min(subjects, key=lambda child: measure_gap(child, token), default=None)


def _find_inverted(verb: Token) -> Token | None:
    """Give the name after a verb whose subject the parser sought before a comma: the verdict, wrote Judge Ito, “…”

    No comma alone parts a subject from its verb.
    """
    subject, named = find_subject(verb), _find_object(verb)
    if subject is None or named is None or named.pos_ not in ("PROPN", "NOUN", "PRON") or verb.i < 2:
        return None
    end = named.right_edge.i + 1
    parted = verb.nbor(-1).text == "," and subject.right_edge.i == verb.i - 2
    alone = parted and not any(token.text == "," for token in subject.subtree)
    inverted = (
        alone and named.left_edge.i == verb.i + 1 and end < len(verb.doc) and verb.doc[end].text in (",", ".", ";")
    )
    return named if inverted else None


def measure_gap(child: Token, token: Token) -> int:
    """Give how many tokens stand between a verb and the words of its subject."""
    return token.i - child.right_edge.i if child.i < token.i else child.left_edge.i - token.i


def is_passive(token: Token) -> bool:
    """Tell whether a verb is passive: "it is believed", "the plan called a farce by …"."""
    kinds = {child.dep_ for child in token.children}
    if "auxpass" in kinds or ("agent" in kinds and "nsubj" not in kinds):
        return True
    return (
        token.tag_ in ("VBN", "VBD") and token.dep_ == "advcl" and not kinds & {"aux", "nsubj", "mark"}
    )  # Asked about it, she said


def find_recorded(verb: Token, lexicon: Lexicon) -> Token | None:
    """Give who is heard saying a thing in a recording, right before the verb: a clip of the minister telling dockers …

    The parser may hang the verb on the clip or on whoever showed it.
    """
    last = verb.nbor(-1) if verb.tag_ == "VBG" and verb.i else verb
    if last.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    for token in (last, *last.ancestors):
        if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in lexicon.recordings:
            return token if token.i < verb.i else None
    return None


def is_certain(source: Source, cue: Token, lexicon: Lexicon) -> bool:
    """Tell whether a cue leaves no doubt of its source: it is heard in a recording, or owns the noun of saying.

    Footage of the mayor saying …; seized on the minister's claim that …. But what somebody knows from another's
    statement is that somebody's to say.
    """
    noun = source.head
    owns = noun is not None and noun.dep_ == "poss" and noun.head == cue and cue.head.lower_ != "from"
    return owns or find_recorded(cue, lexicon) is not None


def is_quoted_as(verb: Token) -> bool:
    """Tell whether a verb says what somebody is quoted, cited or heard as saying."""
    return verb.dep_ == "pcomp" and verb.head.lower_ == "as"


def find_phrase(head: Token) -> tuple[int, int]:
    """Give the tokens that name a source from its head: without an apposition or a relative clause after it."""
    start, end = head.left_edge.i, head.right_edge.i + 1
    for child in head.rights:
        loose = child.dep_ == "prep" and child.lower_ in ("as", "during", "after", "on")
        if (loose or child.dep_ in CUT_OFF) and child.left_edge.i < end:
            if child.dep_ == "punct" and child.text in "-–/":
                continue
            end = child.left_edge.i
            break
    for child in head.lefts:
        if child.dep_ == "punct":
            start = max(start, child.i + 1)
    while end - 1 > head.i and head.doc[end - 1].is_punct:
        end -= 1
    return start, max(end, head.i + 1)


def split_coordinated(head: Token) -> list[Token]:
    """Give the heads of a source that several share: the mayor and the bishop said."""
    heads = [head]
    while following := [
        child for child in heads[-1].rights if child.dep_ == "conj" and child.pos_ in ("PROPN", "NOUN")
    ]:
        heads.append(following[0])
    return heads


def find_doer(verb: Token) -> Source:
    """Give who stands after "by", which the parse may hang on the verdict: called a liar, dismissed as a lie, by …"""
    verdicts = [child for child in verb.rights if child.dep_ in VERDICTS]
    verdicts += [noun for child in verb.rights if child.lower_ == "as" for noun in child.rights]
    for child in (*verb.children, *(child for noun in verdicts for child in noun.rights)):
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return Source(noun, True)
    return UNSAID


def _resolve_relative(subject: Token, verb: Token) -> Token | None:
    """Give the noun that a relative pronoun stands for, else the subject itself, or None for an empty one."""
    if subject.lower_ in RELATIVES and subject.pos_ in ("PRON", "DET", "SCONJ"):
        token = verb
        for _ in range(REACH):
            if token.dep_ == "relcl":
                return token.head.head if token.head.dep_ == "appos" else token.head
            if token.head == token:
                break
            token = token.head
    if subject.dep_ == "nsubjpass" and subject.lower_ == "it":
        return None
    return None if subject.lower_ in ("there", "that") else subject


def _find_owner(noun: Token, step: int, lexicon: Lexicon) -> Source:
    """Give whose a statement is that says something: "her note saying …", "they sent a note saying …".

    Nor does an occasion speak, but who speaks there: "she wept at a rally announcing …". Else the noun is the
    source: "a man saying …".
    """
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    issued = noun.dep_ == "dobj" and lexicon.repair_lemma(noun.head.lemma_.lower()) in lexicon.light
    held = noun.dep_ == "pobj" and noun.lemma_.lower() in lexicon.venue_events and noun.head.head.pos_ == "VERB"
    if owner is None and (issued or held):
        return find_source(noun.head if issued else noun.head.head, lexicon)._replace(own=False)
    return Source(owner if owner is not None else noun, step == 0)


def _find_object(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "dobj"), None)
