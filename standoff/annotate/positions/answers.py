"""Judge what is said of an issue beside the clause that names it: by those who answer it, or of an "it" that is it.

"Talks, an idea rejected by the junta"; "a quota that the trawlermen refuse to accept"; "talks hosted by Chile"; "the
tariff is dead; it must never come back".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from standoff.annotate.positions.climb import TURNING, VERDICTS, Frame, Judged, judge
from standoff.annotate.positions.cues import DEPTH, Found, StanceWords, load_stance_words
from standoff.annotate.positions.grammar import find_subjects, is_denied, is_undecided

ANSWERS = frozenset({"for", "against", "asking", "doing"})
THIS, THE = frozenset({"that", "this"}), frozenset({"the", "this"})
RELATIVES = frozenset({"that", "which"})
OBJECTS = frozenset({"dobj", "pobj"})
PRONOUNS = {"it": "NN", "them": "NNS"}
REACH = 60  # words back within which "it" can stand for what was named
STEM = 4  # letters that "proposed" shares with "proposal", "decided" with "decision"


def judge_answers(found: Found, *, words: StanceWords) -> Iterator[Judged]:
    """Yield the stances of those who answer what is named, in a relative clause, a participle or an apposition."""
    for child in found.head.children:
        if child.dep_ == "relcl":
            gap = next((word for word in child.subtree if word.lower_ in RELATIVES and word.dep_ in OBJECTS), None)
            if gap is not None:
                judged = judge(found._replace(head=gap, does=False), words=words, frame=Frame(), valued=False)
                if judged is not None and judged.subjects:
                    yield judged
            elif not any(word.dep_ == "dobj" or word.lower_ in RELATIVES for word in child.children):
                yield from _answer(found, child, words)
        elif child.dep_ == "acl" and child.tag_ == "VBN":
            yield from _answer(found, child, words)
    yield from _judge_apposition(found, words)


def _judge_apposition(found: Found, words: StanceWords) -> Iterator[Judged]:
    """Yield the answer after a comma or dash, as "a" or "an" something; the parse often misses what it belongs to."""
    for echo in found.span.doc[found.span.end : min(found.span.sent.end, found.span.end + DEPTH)]:
        noun = echo.head
        if echo.tag_ != "VBN" or echo.dep_ != "acl" or noun.left_edge.lower_ not in {"a", "an"}:
            continue
        apart = found.span.end < noun.left_edge.i and noun.left_edge.nbor(-1).is_punct
        if apart and words.classify(echo, VERDICTS) is not None:
            yield from _answer(found, echo, words)
            return


def _answer(found: Found, verb: Token, words: StanceWords) -> Iterator[Judged]:
    """Yield the stance that a verb shows on the thing it is said of, if it says by whom."""
    kind = words.classify(verb, ANSWERS)
    agents = [word for child in verb.children if child.dep_ == "agent" for word in child.children]
    subjects = tuple(word for word in agents if word.dep_ == "pobj") if verb.dep_ == "acl" else find_subjects(verb)
    if kind is None or not subjects:
        return
    sign = found.sign * TURNING[kind] * (-1 if is_denied(verb, words) else 1)
    if kind in {"doing", "asking"} and is_denied(verb, words):
        return
    if kind == "doing" and verb.tag_ == "VBD" and any(word.pos_ == "PRON" for word in subjects):
        return  # "is weighing the end of the sanctions that it imposed": by that it only says which
    reason = f"“{found.span.text}” is answered with “{verb.text}”"
    yield Judged("for" if sign > 0 else "against", kind, verb, verb, subjects, None, reason, False)


def find_references(doc: Doc, words: StanceWords) -> Iterator[tuple[Token, int]]:
    """Yield each word by which a clause takes up what was said before, and how many sentences back that can stand.

    "Lane ruled *that* out"; "she condemned *the ruling*", "*the decision* was welcomed by Chile". Of a ruling that the
    sentence itself describes ("the ruling that closed the mine") the clause says enough. "Turkey supports *that
    demand*"; "the junta is open to *the offer*", where something was offered; "Poland has not yet *decided*".
    """
    for token in doc:
        is_object, is_noun, opener = token.dep_ == "dobj", token.pos_ == "NOUN", token.left_edge.lower_
        taken = is_object and token.lower_ in THIS and words.classify(token.head, VERDICTS) and _is_plain(token)
        answered = is_noun and words.has(token, "move") and (opener in THIS or (opener == "the" and _was_made(token)))
        silent = token.pos_ == "VERB" and is_undecided(token, words) and _says_no_more(token)
        if taken or silent or (answered and _is_plain(token)):
            yield token, 2
        elif is_noun and opener in THE and words.has(token, "deed") and _is_plain(token):
            yield token, 3


def _was_made(token: Token) -> bool:
    """Tell whether one of the two sentences before has a word of the same stem: "offered" before "the offer"."""
    stem, doc = token.lemma_[:STEM].lower(), token.doc
    return any(word.lemma_[:STEM].lower() == stem for word in doc[max(0, token.sent.start - REACH) : token.sent.start])


def _says_no_more(verb: Token) -> bool:
    """Tell whether a clause that takes no side leaves out on what: "declined to comment", "has not yet decided"."""
    verbs = [verb, *(child for child in verb.children if child.dep_ == "xcomp")]
    below = [child for word in verbs for child in word.children if child.dep_ not in {"aux", "neg", "advmod", "punct"}]
    return not any(
        (child.dep_ in {"ccomp", "prep", "advcl"} and child.i > verb.i)
        or (child.dep_ == "xcomp" and child.lemma_ != "comment")
        for child in below
    )


def _is_plain(token: Token) -> bool:
    """Tell whether a word stands without a description: "the ruling", "this last ruling"."""
    return all(child.dep_ in {"det", "punct", "amod"} for child in token.children)


def find_pronouns(doc: Doc, founds: Sequence[Found], mentioned: frozenset[int]) -> Iterator[Found]:
    """Yield each "it" or "them" for an issue's noun: the last one named in its sentence, or as subject just before.

    An "it" that the mentions give to an actor, or that only fills the subject's place ("it is time to"), is left out.
    Whoever supports, opposes or the like "it" means what the sentence before has named, in whatever place.
    """
    words = load_stance_words()
    nouns = [found for found in founds if found.head.tag_ in PRONOUNS.values()]
    place = 0
    latest: dict[str, Found] = {}
    for token in doc:
        while place < len(nouns) and nouns[place].head.i < token.i:
            latest[nouns[place].head.tag_] = nouns[place]
            place += 1
        tag = PRONOUNS.get(token.lower_)
        last = latest.get(tag or "")
        if tag is None or last is None or token.i in mentioned or token.i - last.head.i > REACH:
            continue
        same = last.head.sent == token.sent
        before = last.head.sent.end == token.sent.start
        answers = before and token.dep_ == "dobj" and words.has(token.head, "answer")
        near = (
            same
            or answers
            or (tag == "NN" and last.head.dep_ in {"nsubj", "nsubjpass"} and token.dep_ in {"nsubj", "nsubjpass"})
        )
        if near and token.dep_ in {"nsubj", "nsubjpass", "dobj"} and not _is_filler(token):
            latest[tag] = last._replace(span=doc[token.i : token.i + 1], head=token, does=False)
            yield latest[tag]


def _is_filler(token: Token) -> bool:
    """Tell whether an "it" only fills the place of a clause that follows: "it is time to go", "it is said that …"."""
    return any(
        child.dep_ in {"ccomp", "xcomp", "advcl", "csubj", "acomp", "attr"} for child in token.head.children
    ) and (token.head.lemma_ in {"be", "seem", "appear", "take", "say", "become", "make"})
