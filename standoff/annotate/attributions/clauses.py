"""Find the clause that a cue reports, after it, before it or around it, from the parse."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from standoff.annotate.attributions.sources import measure_gap

Ranges = list[tuple[int, int]]  # half-open ranges of tokens

WH_WORDS = frozenset(("what", "how", "when", "where", "why", "who", "whom", "whose", "which"))
BESIDES = frozenset(("after", "before", "when", "while", "as", "since"))  # said, a day after …, that …
REACH = 60  # tokens back to the start of a sentence whose cue comes last


def read_clause(verb: Token) -> Ranges:
    """Give the clause that a verb takes, without its "that": after it, before it, or around it.

    Where the parser took a clause before the cue for its content, though no comma parts them and words follow the cue,
    the content is what follows.
    """
    for child in verb.children:
        if child.dep_ == "ccomp" and (not has_to(child) or has_wh(child)) and not _is_parted(child, verb):
            if child.i < verb.i and _goes_on(verb):
                return [(verb.i + 1, verb.right_edge.i + 1)]
            if child.i > verb.i and (resumed := _find_resumed(child)) is not None:
                return [(resumed, child.right_edge.i + 1)]
            end = _find_late_that(child) if _is_beside(verb) else None
            end = child.right_edge.i + 1 if end is None else end
            return [
                *_extend(_cut_around(child.left_edge.i, end, verb), verb, child),
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
    for child in verb.rights:
        parted = child.dep_ == "advcl" and child.left_edge.nbor(-1).text == ","
        if parted and (resumed := _find_resumed(child)) is not None:
            return [(resumed, child.right_edge.i + 1)]
    return []


def read_told(verb: Token) -> Ranges:
    """Give the clause that the parser hung on who is told, or who tells: told the envoy that Oslo hoped for rain."""
    agents = (part for child in verb.rights if child.dep_ == "agent" for part in child.rights)
    listeners = (child for child in verb.rights if child.dep_ == "dobj")
    for clause in (part for person in (*listeners, *agents) for part in person.rights):
        subject = find_left_subject(clause)
        if clause.dep_ not in ("relcl", "acl") or subject is None or subject.tag_ in ("WP", "WDT"):
            continue
        at_once = clause.head.dep_ == "dobj" and clause.left_edge == subject.left_edge
        if subject.lower_ != "that" and (at_once or clause.left_edge.lower_ == "that"):
            return [(clause.left_edge.i, clause.right_edge.i + 1)]
    return []


def read_hung(verb: Token) -> Ranges:
    """Give the clause that the parser hung on where a thing was said, or on who agreed: said in a talk that it was.

    A relative clause has its "that" for a subject or an object; this one has it for nothing, and a passive has no
    object.
    """
    around = (noun for child in verb.rights if child.dep_ == "prep" for noun in child.rights if noun.dep_ == "pobj")
    for clause in (part for noun in around for part in noun.rights if part.dep_ in ("relcl", "acl")):
        opener = clause.left_edge
        passive = any(part.dep_ == "nsubjpass" and part != opener for part in clause.lefts)
        if opener.lower_ == "that" and (opener.dep_ == "mark" or (opener.dep_ == "dobj" and passive)):
            return [(clause.left_edge.i, clause.right_edge.i + 1)]
    return []


def _find_resumed(clause: Token) -> int | None:
    """Give where a content begins that an adverbial clause put off: said on Monday, a day after …, that …"""
    return _find_late_that(clause) if _is_beside(clause) else None


def _is_beside(clause: Token) -> bool:
    return any(part.dep_ == "mark" and part.lower_ in BESIDES for part in clause.lefts)


def _find_late_that(clause: Token) -> int | None:
    """Give the first "that" after a comma within a clause."""
    doc = clause.doc
    for number in range(clause.i + 1, clause.right_edge.i):
        if doc[number].lower_ == "that" and doc[number].dep_ == "mark" and doc[number - 1].text == ",":
            return number
    return None


def find_carried(verb: Token) -> Token | None:
    """Give the clause that the parser hung on what was done with a document: said in a note posted online that …."""
    for deed in _list_deeds(verb):
        for clause in deed.rights:
            if clause.dep_ == "ccomp" and clause.left_edge.lower_ == "that":
                return clause
    return None


def _list_deeds(verb: Token) -> Iterator[Token]:
    """Yield what was done with the document that a cue names, and the "writing" of "in writing"."""
    for preposition in verb.rights:
        for noun in preposition.rights if preposition.dep_ == "prep" else ():
            for deed in noun.rights:
                if deed.dep_ == "acl" and deed.tag_ == "VBN":
                    yield deed
            if noun.dep_ == "pcomp" and noun.lower_ == "writing":
                yield noun


def _find_terms(verb: Token, clause: Token) -> Ranges:
    """Give the condition that goes on after a cue between commas: prices would double, the guild warned, unless …."""
    return [
        (child.left_edge.i, child.right_edge.i + 1)
        for child in verb.rights
        if clause.i < verb.i
        and child.dep_ == "advcl"
        and child.left_edge.lower_ in ("unless", "if", "because", "until")
    ]


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
    joins = low == start + 1 and verb.doc[start].lower_ == "that"
    return [(high, end)] if joins else [(start, low), (high, end)]


def _has_that(clause: Token) -> bool:
    return any(part.dep_ == "mark" and part.lower_ == "that" for part in clause.lefts)


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

    "said they had doubts, but could not leave": nobody else is named who could not; and "that" goes on with what is
    said: "said they had doubts, but that nobody could leave". Before a cue that ends its
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
            again = other.dep_ == "conj" and other.i >= end and _has_that(other)
            if purpose or listed or again or (other.dep_ == "conj" and other.i >= end and not own and modal):
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
    """Give the subject of an active verb, the nearer of two."""
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    return min(subjects, key=lambda child: measure_gap(child, verb), default=None)


def find_left_subject(verb: Token) -> Token | None:
    return next((child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)


def has_to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.lefts)


def has_wh(verb: Token) -> bool:
    return verb.left_edge.lower_ in WH_WORDS or verb.left_edge.lower_ in ("whether", "if")
