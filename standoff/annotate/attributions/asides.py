"""Tell a speaker's words from the reporter's asides on them: …, though she did not say when; asked not to be named."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from standoff.annotate.attributions.clauses import Ranges
from standoff.annotate.attributions.lexicon import Frame, Lexicon

SET_AGAINST = frozenset(("though", "although", "but"))
TERMS = frozenset(("if", "unless", "until"))
PROVISOS = frozenset(("provided", "providing", "unless", "if", "as", "so", "only", "but", "though", "until"))
FAILING = frozenset(("fail", "forget", "neglect", "omit"))
DASHES = frozenset(("–", "—", "--", "-"))
SPEAKERS = frozenset(("he", "she", "it", "they"))
FIRST = frozenset(("i", "we"))
MAYBE = frozenset(("can", "could", "may", "might"))
BESIDE = frozenset(("ccomp", "parataxis", "conj", "ROOT"))  # what stands beside its head rather than in a phrase of it
REACH = 40  # tokens of a proviso after a dash


def tells_nothing(verb: Token, frame: Frame, form: str, lexicon: Lexicon) -> bool:
    """Tell whether a cue is a set phrase or a supposition rather than a report.

    "Asked not to be named" and "declined to comment" tell of silence; "fears nobody" of no fear; "could guarantee a
    seat" of no promise; and "I would call it luck" is a turn of the speaker's own words.
    """
    if verb.dep_ == "xcomp" and _leaves_undone(verb.head, lexicon):
        return True
    if verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ" and verb.tag_ == "VB" and not is_stated(verb.head):
        return True  # needless to say, …; it would be wrong to say that …
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if form == "infinitive" and frame.act in ("request", "refuse"):
        for child in verb.rights:
            if child.dep_ not in ("xcomp", "ccomp", "advcl") or child.lemma_.lower() not in lexicon.silent:
                continue
            passive = any(part.dep_ == "auxpass" for part in child.lefts)
            if passive or (frame.act == "refuse" and not any(part.dep_ == "dobj" for part in child.rights)):
                return True
    if form == "object":
        thing = next((child for child in verb.rights if child.dep_ == "dobj"), None)
        words = {part.lower_ for part in thing.lefts} | {thing.lower_} if thing is not None else set()
        if frame.act == "believe" and not words.isdisjoint(lexicon.nobody):
            return True
        return frame.act == "promise" and any(child.lower_ in MAYBE for child in verb.lefts)
    own = subject is not None and subject.lower_ in FIRST
    return form == "predicate" and own and any(child.tag_ == "MD" for child in verb.lefts)


def _leaves_undone(verb: Token, lexicon: Lexicon) -> bool:
    """Tell whether what hangs on a verb was not said: refused to say whether …, failed to show that …."""
    lemma = verb.lemma_.lower()
    return lemma in FAILING or any(frame.act == "refuse" for frame in lexicon.verbs.get(lemma, ()))


def is_stated(adjective: Token) -> bool:
    """Tell whether somebody is said to be as an adjective has it: she is sorry to say, not "it is wrong to say"."""
    owners = [child for child in (*adjective.children, *adjective.head.lefts) if child.dep_ in ("nsubj", "auxpass")]
    return any(child.lower_ != "it" for child in owners) and (adjective.dep_ == "acomp" or owners[0].head == adjective)


def fit_content(verb: Token, frame: Frame, form: str, ranges: Ranges, lexicon: Lexicon) -> Ranges:
    """Give the content of a cue up to what the reporter goes on with or adds, and with the terms that belong to it."""
    start, end = ranges[-1]
    doc = verb.doc
    if end <= verb.i:
        return ranges
    end = _find_phrase_end(verb, start, end) or end
    if form == "object" and frame.act in ("threaten", "promise"):
        terms = (child for child in verb.subtree if child.lower_ in TERMS and child.i == end and child.dep_ == "mark")
        mark = next(terms, None)
        end = end if mark is None else mark.head.right_edge.i + 1
    elif form == "clause" and start > verb.i:
        end -= int(doc[end - 1].text in DASHES)
        aside = _find_aside(doc, start, end, lexicon)
        end = _find_proviso_end(doc, end) if aside is None else aside
    return [*ranges[:-1], (start, end)]


def _find_phrase_end(verb: Token, start: int, end: int) -> int | None:
    """Give where the phrase of a cue ends at a comma, if the verb that it hangs on comes after, or None.

    After saying that it was late, she left: what she does is no part of it. After "as he put it, …" it is.
    """
    doc, token = verb.doc, verb
    while token.dep_ not in BESIDE and token.head.i != token.i:
        stop, head = token.right_edge.i + 1, token.head
        if start < stop <= head.i < end and head.pos_ in ("VERB", "AUX"):
            led = any(child.lower_ == "as" for child in token.lefts)
            parted = stop - 2 > start and "," in (doc[stop - 2].text, doc[stop - 1].text, doc[stop].text)
            whole = sum(word.is_quote for word in doc[start : stop + 2]) % 2 == 0  # no quotation is cut in two
            return stop - int(doc[stop - 1].text == ",") if parted and whole and not led else None
        token = head
    return None


def _find_aside(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int | None:
    """Give where the reporter begins to tell, after a comma, what the speaker left unsaid, or None."""
    for number in range(start + 1, end - 2):
        if doc[number].text != ",":
            continue
        first = doc[number + 1]
        words = doc[number + 2 : min(number + 6, end)]
        if first.lower_ == "without" and words[0].tag_ == "VBG" and words[0].lemma_.lower() in lexicon.withheld:
            return number
        if first.lower_ not in SET_AGAINST:
            continue
        told = next((word for word in words if word.pos_ == "VERB"), None)
        silent = told is not None and any(child.dep_ == "neg" for child in told.lefts)
        if silent and told is not None and told.lemma_.lower() in lexicon.withheld and _is_of_speaker(words[0]):
            return number
    return None


def _is_of_speaker(word: Token) -> bool:
    return word.lower_ in SPEAKERS or word.pos_ == "AUX"


def _find_proviso_end(doc: Doc, end: int) -> int:
    """Give where a content ends that goes on after a dash with a proviso, to the end of its sentence."""
    if end + 1 >= len(doc) or doc[end].text not in DASHES or doc[end + 1].lower_ not in PROVISOS:
        return end
    for number in range(end + 1, min(end + REACH, len(doc))):
        if doc[number].text in (".", "!", "?", *DASHES) or "\n" in doc[number].text:
            return number
    return end
