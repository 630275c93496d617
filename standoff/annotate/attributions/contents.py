"""Find what a cue reports, as ranges of tokens, from the parse around it: one function per form of content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from standoff.annotate.attributions.clauses import Ranges, find_left_subject, has_to, has_wh, read_clause
from standoff.annotate.attributions.sources import find_doer, is_passive

EDGES = frozenset(",;:.!?—–-…\"'“”‘’«»")
OF_A_NAME = frozenset(("of", "for", "to", "on", "against", "between", "from", "with", "over", "upon", "about", "into"))
TERMS = frozenset(("until", "unless"))  # urged them to wait until …: how long to wait, not how long they were urged
JOINERS = frozenset(("if", "because", "when", "while", "as", "and", "but"))  # left alone before a cue between commas
OPENERS = frozenset(("DET", "PRON", "PROPN"))  # after "that", these open a clause: that the crane had failed
EMPTY_OBJECTS = frozenset(
    (
        "it",
        "this",
        "that",
        "him",
        "her",
        "them",
        "me",
        "us",
        "you",
        "himself",
        "herself",
        "itself",
        "themselves",
        "what",
    )
)


def read_infinitive(verb: Token) -> Ranges:
    """Give the infinitive that a verb takes: to act, not to act."""
    child = _find_infinitive(verb)
    if child is None:
        return []
    start = min(part.i for part in child.lefts if part.dep_ in ("aux", "neg", "auxpass"))
    end = child.right_edge.i + 1
    until = (part for part in verb.rights if part.dep_ == "advcl" and part.left_edge.i == end)
    term = next((part for part in until if part.left_edge.lower_ in TERMS), None)
    return [(start, end if term is None else term.right_edge.i + 1)]


def read_evidence(verb: Token) -> Ranges:
    """Give the infinitive by which a passive tells what is, or was, so: is said to have fled, is believed to be alive.

    Not what is to come, for which nobody need have said anything: is expected to flee.
    """
    child = _find_infinitive(verb)
    if child is None or not any(part.dep_ == "auxpass" for part in verb.lefts):
        return []
    states = child.lemma_ == "be" or any(part.lower_ == "have" for part in child.lefts if part.dep_ == "aux")
    return read_infinitive(verb) if states else []


def read_expected(verb: Token) -> Ranges:
    """Give the infinitive that a verb takes together with its subject: the dockers to return."""
    child = _find_infinitive(verb)
    if child is None:
        return []
    subject = next((part for part in verb.children if part.dep_ == "dobj" and verb.i < part.i < child.i), None)
    start = subject.left_edge.i if subject is not None else child.left_edge.i
    return [(start, child.right_edge.i + 1)] if start > verb.i else []


def read_gerund(verb: Token) -> Ranges:
    """Give the gerund that a verb takes: denied taking money, having taken money."""
    for child in verb.rights:
        gerund = child.tag_ == "VBG" or any(part.lower_ == "having" for part in child.lefts if part.dep_ == "aux")
        if child.dep_ in ("xcomp", "dobj", "ccomp", "pcomp") and gerund:
            return [(child.left_edge.i, child.right_edge.i + 1)]
    return []


def read_object(verb: Token) -> Ranges:
    """Give the thing that a verb takes, if a noun names it."""
    for child in verb.rights:
        if child.dep_ == "dobj" and child.lower_ not in EMPTY_OBJECTS:
            return [(child.left_edge.i, _run_on(verb, child.right_edge.i + 1))]
    return []


def read_undergoer(verb: Token) -> Ranges:
    """Give the subject of a passive whose doer is named: the claim was dismissed by the union."""
    if not any(child.dep_ == "agent" for child in verb.rights):
        return []
    subject = next((child for child in verb.lefts if child.dep_ == "nsubjpass"), None)
    bare = subject is None or subject.pos_ == "PRON" or subject.lower_ in EMPTY_OBJECTS
    return [] if bare or subject is None else [(subject.left_edge.i, subject.right_edge.i + 1)]


def read_pointer(verb: Token) -> Ranges:
    """Give the bare "that", "this" or "which" that a verb takes: denied that. It points at what was said before."""
    for child in verb.children:
        if child.i < verb.i and (child.lower_ != "which" or child.dep_ != "dobj"):
            continue
        if child.lower_ in ("that", "this", "which") and child.dep_ in (
            "dobj",
            "ccomp",
            "mark",
            "advmod",
            "nsubj",
            "attr",
            "pobj",
        ):
            return [(child.i, child.i + 1)] if child.left_edge == child.right_edge else []
    return []


def read_predicate(verb: Token) -> Ranges:
    """Give what something is called, and that something: the plan a farce."""
    for child in verb.rights:
        if child.dep_ in ("oprd", "ccomp", "xcomp", "attr", "acomp") and not has_to(child):
            named = next((part for part in verb.children if part.dep_ == "dobj" and verb.i < part.i < child.i), None)
            passive = any(part.dep_ in ("nsubjpass", "auxpass") for part in verb.lefts) or verb.dep_ == "acl"
            if named is None and not (passive if child.dep_ == "oprd" else find_left_subject(child) is not None):
                continue
            start = named.left_edge.i if named is not None else child.left_edge.i
            end = _find_doer_start(verb, child) or _run_on(verb, child.right_edge.i + 1)
            return [(start, end)] if start > verb.i else []
    return []


def read_as(verb: Token) -> Ranges:
    """Give what something is described as, and that something unless it is the subject: the plan as a farce."""
    named = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    for child in _find_prepositions(verb, "as"):
        start = named.left_edge.i if named is not None and named.i < child.i else child.i + 1
        end = next((doer for noun in child.rights if (doer := _find_doer_start(verb, noun))), child.right_edge.i + 1)
        purpose = _find_infinitive(verb)
        if purpose is not None and purpose.left_edge.i == end:
            end = purpose.right_edge.i + 1
        return [(start, end)]
    return []


def _find_doer_start(verb: Token, verdict: Token) -> int | None:
    """Give where "by" begins that the parse hangs on a verdict, and not on its passive: called a liar by her party."""
    if not is_passive(verb) or find_doer(verb).head is None:
        return None
    return next((child.i for child in verdict.rights if child.lower_ == "by"), None)


def read_preposition(verb: Token, word: str) -> Ranges:
    """Give what follows a preposition that a verb takes: warned of hunger."""
    for child in _find_prepositions(verb, word):
        if child.dep_ == "mark":
            return [(child.i + 1, child.head.right_edge.i + 1)]  # called for the camps to be opened
        if any(
            part.dep_ in ("pobj", "pcomp", "prep", "amod") and part.lower_ not in EMPTY_OBJECTS for part in child.rights
        ):
            purpose = _find_infinitive(verb)
            end = _run_on(verb, child.right_edge.i + 1)
            if purpose is not None and purpose.left_edge.i == end:
                end = purpose.right_edge.i + 1
            return [(child.i + 1, end)]
    return []


def read_sentence(phrase: Token) -> Ranges:
    """Give the clause that "according to …" hangs on, without that phrase."""
    host = phrase.head
    while host.pos_ not in ("VERB", "AUX") and host.dep_ != "ROOT" and host.head != host:
        host = host.head
    start, end = phrase.left_edge.i, phrase.right_edge.i + 1
    quoted = (at for at in range(phrase.i, end - 1) if phrase.doc[at].text == "," and phrase.doc[at + 1].is_quote)
    end = next(quoted, end)  # according to Ito, “…”: the parser takes what is quoted for who Ito is
    return [(host.left_edge.i, start), (end, host.right_edge.i + 1)]


READERS: Mapping[str, Callable[[Token], Ranges]] = {
    "clause": read_clause,
    "infinitive": read_infinitive,
    "gerund": read_gerund,
    "predicate": read_predicate,
    "as": read_as,
    "object": read_object,
}


def trim_ranges(doc: Doc, ranges: Ranges) -> Ranges:
    """Give the ranges without punctuation or white space at their edges, and without those that hold no word."""
    trimmed: Ranges = []
    for start, end in ranges:
        while start < end and (doc[start].is_space or doc[start].text in EDGES):
            start += 1
        while start < end and (doc[end - 1].is_space or doc[end - 1].text in EDGES or doc[end - 1].dep_ == "cc"):
            end -= 1
        if (
            start < end
            and not _is_bare(doc[start:end])
            and any(token.is_alpha or token.like_num for token in doc[start:end])
        ):
            trimmed.append((start, end))
    return trimmed


def _is_bare(words: Span) -> bool:
    """Tell whether words are only a joining one; the "that" of "denied that" is an object, and stands."""
    first = words[0]
    if len(words) == 1 and first.dep_ == "mark" and first.lower_ in JOINERS:
        return True
    if len(words) > 1 or first.lower_ not in ("that", "which", "who", "what"):
        return False
    if first.lower_ == "which":
        return first.dep_ != "dobj"
    return first.lower_ != "that" or first.dep_ in ("mark", "nsubj", "nsubjpass")


def skip_that(doc: Doc, ranges: Ranges) -> Ranges:
    """Give the ranges without a "that" which only joins the first to its cue."""
    if ranges:
        start, end = ranges[0]
        joins = start + 1 < end and (
            doc[start].dep_ == "mark" or doc[start].tag_ == "IN" or doc[start + 1].pos_ in OPENERS
        )
        if doc[start].lower_ == "that" and joins:
            return [(start + 1, end), *ranges[1:]]
    return ranges


def _run_on(verb: Token, end: int) -> int:
    """Give where a name that is given ends, with the prepositions right after it that the parser hung on the verb.

    "called the levy a toll on the sea", not "called it a toll on Friday" nor "in an interview": neither a day nor a
    place where, after "in" and "at", belongs to the name.
    """
    for child in verb.rights:
        if child.i == end and child.dep_ == "prep" and child.lower_ in OF_A_NAME:
            noun = next((part for part in child.rights if part.dep_ in ("pobj", "pcomp")), None)
            if noun is not None and noun.ent_type_ not in ("DATE", "TIME"):
                end = child.right_edge.i + 1
    return end


def _find_infinitive(verb: Token) -> Token | None:
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and has_to(child) and not has_wh(child):
            return child
    return None


def _find_prepositions(verb: Token, word: str) -> Iterator[Token]:
    """Yield a verb's own prepositions of that word, then those that the parser hung on its object or its doer."""
    later = []
    for child in verb.rights:
        if child.dep_ in ("prep", "mark") and child.lower_ == word:
            yield child
        elif word == "for" and child.dep_ in ("advcl", "ccomp", "xcomp") and has_to(child):
            yield from (part for part in child.lefts if part.dep_ == "mark" and part.lower_ == word)
        elif child.dep_ in ("dobj", "agent") or (child.dep_ == "prep" and word != "of"):
            later.append(child)  # but any noun may carry an "of": spoke at the launch of a ferry
    for child in later:
        for part in (child, *child.rights):
            for preposition in part.rights:
                single = word != "as" or preposition.nbor(-1).lower_ not in ("such", "well", "much")
                if preposition.dep_ == "prep" and preposition.lower_ == word and single:
                    yield preposition
