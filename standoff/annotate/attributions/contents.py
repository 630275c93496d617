"""Find what a cue reports, as ranges of tokens, from the parse around it: one function per form of content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from spacy.tokens import Doc, Span, Token

Ranges = list[tuple[int, int]]  # half-open ranges of tokens

WH_WORDS = frozenset(("what", "how", "when", "where", "why", "who", "whom", "whose", "which"))
EDGES = frozenset(",;:.!?—–-…\"'“”‘’«»")
OF_A_NAME = frozenset(("of", "for", "to", "on", "against", "between", "from", "with", "over", "upon", "about", "into"))
OPENERS = frozenset(("DET", "PRON", "PROPN"))  # after "that", these open a clause: that the crane had failed
REACH = 60  # tokens back to the start of a sentence whose cue comes last
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


def read_clause(verb: Token) -> Ranges:
    """Give the clause that a verb takes, without its "that": after it, before it, or around it.

    Where the parser took a clause before the cue for its content, though no comma parts them and words follow the cue,
    the content is what follows.
    """
    for child in verb.children:
        if child.dep_ == "ccomp" and (not _has_to(child) or _has_wh(child)) and not _is_parted(child, verb):
            if child.i < verb.i and _goes_on(verb):
                return [(verb.i + 1, verb.right_edge.i + 1)]
            return [
                *_extend(_cut_around(child.left_edge.i, child.right_edge.i + 1, verb), verb, child),
                *_find_terms(verb, child),
            ]
        asked = child.dep_ == "advcl" and child.i > verb.i and child.left_edge.lower_ in ("whether", "if")
        if asked and verb.lemma_ == "ask" and any(part.right_edge.i + 1 == child.left_edge.i for part in verb.rights):
            return [(child.left_edge.i, child.right_edge.i + 1)]  # asked the mayor if the dam would hold
    if verb.dep_ == "parataxis" or (verb.dep_ in ("ccomp", "advcl") and _is_parenthesis(verb)):
        host = verb.head
        start, end = verb.left_edge.i, verb.right_edge.i + 1
        return [(_find_dash(verb.doc, host.left_edge.i, start), start), (end, host.right_edge.i + 1)]
    if (clause := find_carried(verb)) is not None:
        return [(clause.left_edge.i, clause.right_edge.i + 1)]
    return []


def find_carried(verb: Token) -> Token | None:
    """Give the clause that the parser hung on what was done with a document: said in a note posted online that …."""
    for preposition in verb.rights:
        for noun in preposition.rights if preposition.dep_ == "prep" else ():
            for deed in noun.rights:
                if deed.dep_ == "acl" and deed.tag_ == "VBN":
                    for clause in deed.rights:
                        if clause.dep_ == "ccomp" and clause.left_edge.lower_ == "that":
                            return clause
    return None


def _find_terms(verb: Token, clause: Token) -> Ranges:
    """Give the condition that goes on after a cue between commas: prices would double, the guild warned, unless …."""
    return [
        (child.left_edge.i, child.right_edge.i + 1)
        for child in verb.rights
        if clause.i < verb.i
        and child.dep_ == "advcl"
        and child.left_edge.lower_ in ("unless", "if", "because", "until")
    ]


def read_infinitive(verb: Token) -> Ranges:
    """Give the infinitive that a verb takes: to act, not to act."""
    child = _find_infinitive(verb)
    if child is None:
        return []
    start = min(part.i for part in child.lefts if part.dep_ in ("aux", "neg", "auxpass"))
    return [(start, child.right_edge.i + 1)]


def read_expected(verb: Token) -> Ranges:
    """Give the infinitive that a verb takes together with its subject: the dockers to return."""
    child = _find_infinitive(verb)
    if child is None:
        return []
    subject = next((part for part in verb.children if part.dep_ == "dobj" and verb.i < part.i < child.i), None)
    start = subject.left_edge.i if subject is not None else child.left_edge.i
    return [(start, child.right_edge.i + 1)] if start > verb.i else []


def read_gerund(verb: Token) -> Ranges:
    """Give the gerund that a verb takes: denied taking money."""
    for child in verb.rights:
        if child.dep_ in ("xcomp", "dobj", "ccomp", "pcomp") and child.tag_ == "VBG":
            return [(child.left_edge.i, child.right_edge.i + 1)]
    return []


def read_object(verb: Token) -> Ranges:
    """Give the thing that a verb takes, if a noun names it."""
    for child in verb.rights:
        if child.dep_ == "dobj" and child.lower_ not in EMPTY_OBJECTS:
            return [(child.left_edge.i, child.right_edge.i + 1)]
    return []


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
        if child.dep_ in ("oprd", "ccomp", "xcomp", "attr", "acomp") and not _has_to(child):
            named = next((part for part in verb.children if part.dep_ == "dobj" and verb.i < part.i < child.i), None)
            passive = any(part.dep_ in ("nsubjpass", "auxpass") for part in verb.lefts) or verb.dep_ == "acl"
            if named is None and not (passive if child.dep_ == "oprd" else find_left_subject(child) is not None):
                continue
            start = named.left_edge.i if named is not None else child.left_edge.i
            return [(start, _run_on(verb, child.right_edge.i + 1))] if start > verb.i else []
    return []


def read_as(verb: Token) -> Ranges:
    """Give what something is described as, and that something unless it is the subject: the plan as a farce."""
    named = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    for child in _find_prepositions(verb, "as"):
        start = named.left_edge.i if named is not None and named.i < child.i else child.i + 1
        end = child.right_edge.i + 1
        purpose = _find_infinitive(verb)
        if purpose is not None and purpose.left_edge.i == end:
            end = purpose.right_edge.i + 1
        return [(start, end)]
    return []


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


def find_left_subject(verb: Token) -> Token | None:
    return next((child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)


def _cut_around(start: int, end: int, verb: Token) -> Ranges:
    """Give a clause's range; where the cue stands within or before it, without the cue and what is the cue's own."""
    if not start <= verb.i < end:
        return [(start, end)]
    low, high = verb.i, verb.i + 1
    for child in verb.children:
        if child.dep_ in (
            "nsubj",
            "nsubjpass",
            "aux",
            "auxpass",
            "advmod",
            "neg",
            "npadvmod",
            "dobj",
            "dative",
            "prep",
        ):
            low, high = min(low, child.left_edge.i), max(high, child.right_edge.i + 1)
    return [(start, low), (high, end)]


def _is_parted(child: Token, verb: Token) -> bool:
    """Tell whether a semicolon stands between a clause and a cue after it: the crew was drunk; its owners deny it."""
    return child.i < verb.i and any(part.text == ";" and child.i < part.i < verb.i for part in verb.lefts)


def _goes_on(verb: Token) -> bool:
    """Tell whether a cue with its subject before it is followed by the words of its content, not by a mark."""
    doc = verb.doc
    after = doc[verb.i + 1] if verb.i + 1 < len(doc) else None
    subject = find_subject_of(verb)
    return (
        after is not None
        and subject is not None
        and subject.i < verb.i
        and after.is_sent_start is not True
        and after.pos_ in ("DET", "PRON", "PROPN", "NOUN", "ADJ", "SCONJ", "NUM")
        and after.ent_type_ not in ("DATE", "TIME")
        and not any(
            child.left_edge.i == after.i for child in verb.rights if child.dep_ in ("dobj", "dative", "npadvmod")
        )
    )


def _extend(ranges: Ranges, verb: Token, child: Token) -> Ranges:
    """Give a clause with what the parser hung on the cue though it has no other subject than the clause's.

    "said they had doubts, but could not leave": nobody else is named who could not. Before a cue that ends its
    sentence, the clause begins where the sentence does.
    """
    doc = verb.doc
    (start, end), *rest = ranges
    if child.i > verb.i:
        for other in verb.rights:
            own = any(part.dep_ in ("nsubj", "nsubjpass", "expl") for part in other.lefts)
            modal = any(part.tag_ == "MD" for part in other.lefts)
            purpose = other.dep_ in ("advcl", "xcomp") and other.left_edge.i == end and doc[end].lower_ == "to"
            listed = (
                other.dep_ == "dep" and other.pos_ == "NOUN" and other.left_edge.i == end + 1 and doc[end].text == ","
            )
            if purpose or listed or (other.dep_ == "conj" and other.i >= end and not own and modal):
                end = other.right_edge.i + 1
        if find_left_subject(child) is None and any(part.tag_ == "MD" for part in child.lefts):
            start = min((part.left_edge.i for part in verb.rights if part.dep_ in ("dobj", "dative")), default=start)
    elif start > 1 and doc[start].is_sent_start is not True and doc[start - 1].dep_ in ("cc", "punct") and not rest:
        sentence = start
        while sentence > max(0, start - REACH) and doc[sentence].is_sent_start is not True:
            sentence -= 1
        if doc[sentence].is_sent_start and all(token.text not in '“”"' for token in doc[sentence:start]):
            start = sentence
    return [(start, end), *rest]


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


def _find_dash(doc: Doc, start: int, end: int) -> int:
    """Give where the words begin that a parenthesis belongs to: after the last dash before it, if there is one."""
    for number in range(end - 1, start, -1):
        if doc[number].text in ("–", "—", "--"):
            return number + 1
    return start


def _is_parenthesis(verb: Token) -> bool:
    """Tell whether a cue with its subject stands between commas, or after the last: …, as the mayor said, …"""
    start, end = verb.left_edge.i, verb.right_edge.i + 1
    doc = verb.doc
    for child in verb.children:
        if child.dep_ == "dobj" or (child.dep_ == "mark" and (child.lower_ != "as" or verb.dep_ != "advcl")):
            return False
    if end - start > 12:
        return False
    if doc[start].is_sent_start and end < len(doc):
        return doc[start].lower_ == "as" and doc[end].text == "," and find_subject_of(verb) is not None
    before = doc[start].text == "," or (start > 0 and doc[start - 1].text in ',”"')
    after = doc[end - 1].text == "," or (end < len(doc) and doc[end].text in ",.")
    return before and after and find_subject_of(verb) is not None


def find_subject_of(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "nsubj"), None)


def _find_infinitive(verb: Token) -> Token | None:
    for child in verb.rights:
        if child.dep_ in ("xcomp", "ccomp", "advcl") and _has_to(child) and not _has_wh(child):
            return child
    return None


def _has_to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.lefts)


def _has_wh(verb: Token) -> bool:
    return verb.left_edge.lower_ in WH_WORDS or verb.left_edge.lower_ in ("whether", "if")


def _find_prepositions(verb: Token, word: str) -> Iterator[Token]:
    """Yield a verb's own prepositions of that word, then those that the parser hung on its object or its doer."""
    later = []
    for child in verb.rights:
        if child.dep_ in ("prep", "mark") and child.lower_ == word:
            yield child
        elif word == "for" and child.dep_ in ("advcl", "ccomp", "xcomp") and _has_to(child):
            yield from (part for part in child.lefts if part.dep_ == "mark" and part.lower_ == word)
        elif child.dep_ in ("dobj", "agent") or (child.dep_ == "prep" and word != "of"):
            later.append(child)  # but any noun may carry an "of": spoke at the launch of a ferry
    for child in later:
        for part in (child, *child.rights):
            for preposition in part.rights:
                single = word != "as" or preposition.nbor(-1).lower_ not in ("such", "well", "much")
                if preposition.dep_ == "prep" and preposition.lower_ == word and single:
                    yield preposition
