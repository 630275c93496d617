"""Attach to an event what surrounds it: its passage, when, where, and whose word it is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import itemgetter

from spacy.tokens import Doc, Span, Token

from standoff.annotate.events.coding import Coded, find_core
from standoff.annotate.events.grammar import list_governors
from standoff.annotate.facts import AttributionFact, Offsets, TimeFact

WIDEST = 30  # tokens; a party that would stretch a passage beyond that is left out of it
LONG = 10  # tokens; of a longer party, what follows its head is left out of the passage
OCCASION_PREPOSITIONS = frozenset({"at", "in", "during", "on"})
INNER_TIMES = ("DATE", "TIME")


def cut_event_passage(coded: Coded, nouns: Iterable[Token]) -> Offsets:
    """Give the characters that state an event: its trigger with its auxiliaries and its parties, no more than needed.

    A party outside the trigger's clause is left out, and so is one that would stretch the passage over many words.
    """
    core = find_core(coded)
    words = [*core]
    for token in core:
        words += [child for child in token.children if child.dep_ in ("aux", "auxpass", "neg", "prt", "det", "poss")]
    first, last = min(token.i for token in words), max(token.i for token in words)
    clause = find_clause(coded.trigger.token)
    for noun in nouns:
        if not (clause.left_edge.i <= noun.i <= clause.right_edge.i):
            continue
        left, right = noun.left_edge.i, noun.right_edge.i
        if right - left > LONG:
            left, right = (left if noun.i - left < LONG else noun.i), noun.i
        if max(last, right) - min(first, left) < WIDEST:
            first, last = min(first, left), max(last, right)
    doc = coded.trigger.token.doc
    return [doc[first].idx, doc[last].idx + len(doc[last])]


def find_time(token: Token, times: Sequence[TimeFact]) -> Offsets | None:
    """Give the time expression nearest to a trigger: under it, else in its clause, else in its sentence.

    A time that dates another noun ("the 2004 murder") belongs to that one, and a time inside another clause is not
    taken for the sentence's own. Durations and sets date nothing.
    """
    sentence = token.sent
    # The times stand in reading order; looking at all of an article's for each of its events would cost their product.
    first = bisect_left(times, sentence.start_char, key=itemgetter("start"))
    last = bisect_left(times, sentence.end_char, key=itemgetter("start"))
    dated = [fact for fact in times[first:last] if fact["type"] in INNER_TIMES]
    inside = [fact for fact in dated if not _dates_another(_token_at(sentence, fact), token)]
    if not inside:
        return None
    clause = find_clause(token)
    for holder in (token, clause):
        start, end = holder.left_edge.idx, holder.right_edge.idx + len(holder.right_edge)
        held = [
            fact for fact in inside if start <= fact["start"] < end and find_clause(_token_at(sentence, fact)) == clause
        ]
        if held:
            best = min(held, key=lambda fact: abs(fact["start"] - token.idx))
            return [best["start"], best["end"]]
    main = [fact for fact in inside if find_clause(_token_at(sentence, fact)) == sentence.root]
    governs = clause.dep_ not in ("ccomp", "relcl", "advcl") or clause == sentence.root
    return [main[0]["start"], main[0]["end"]] if main and governs else None


def _dates_another(time: Token, trigger: Token) -> bool:
    """Tell whether a time only dates a noun that is not the trigger: "the 2004 murder", "the May agreement".

    What happens at, in or during something happens when that does ("at a May meeting, she urged").
    """
    noun = next((word for word in (time, *list_governors(time)) if word.ent_type_ not in INNER_TIMES), time)
    if noun.pos_ != "NOUN" or noun.i < time.i or noun == trigger:
        return False
    occasion = noun.dep_ == "pobj" and noun.head.lower_ in OCCASION_PREPOSITIONS
    return not (occasion and noun.head.head in (trigger, find_clause(trigger)))


def _token_at(sentence: Span, fact: TimeFact) -> Token:
    return next((token for token in sentence if token.idx + len(token) > fact["start"]), sentence.root)


def find_clause(token: Token) -> Token:
    """Give the verb whose clause a word stands in."""
    for _ in range(30):
        if token.head is token or (
            token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass", "amod", "xcomp")
        ):
            return token
        token = token.head
    return token


def map_vouchers(doc: Doc, attributions: Sequence[AttributionFact]) -> list[int | None]:
    """Give for each word the innermost attribution whose content holds it, or None where the article itself speaks."""
    vouchers: list[int | None] = [None] * len(doc)
    places = [token.idx for token in doc]
    parts = [
        (start - end, -index, start, end) for index, fact in enumerate(attributions) for start, end in fact["content"]
    ]
    for _, index, start, end in sorted(parts):  # the widest first, so that what is inside it stands in the end
        first, last = bisect_left(places, start), bisect_left(places, end)
        vouchers[first:last] = [-index] * (last - first)
    return vouchers
