"""Take a clause that has a day apart: its subject, who that is, and how a timeline words it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from spacy.tokens import Token

from standoff.annotate.facts import ActorFact, MentionFact, OccasionFact, Offsets
from standoff.annotate.occasions.phrase import NOUNS, VERBS, children_after, children_before, left_words, right_end
from standoff.codebooks.verbs import put_in_present

SUBJECTS = ("nsubj", "nsubjpass")
RELATIVE = frozenset({"who", "which", "that"})
LONGEST = 200  # characters of a clause
_LINK = re.compile(
    r"(?:[\s,]+(?:on|in|at|by|from|of|for|until|till|since|between|during|the|first|second|last|week|half|days|late|early|night))*"
    r"\s*$"
)
_END = re.compile(
    r"[;:.!?()—–“”\n](?!\d)|,(?!\d)|\s(?:and|but|which|who|if|unless|because|while|when|as|after|before|until|since)\s"
)
_LIMIT = "Deadline:"
_INNER = re.compile(r"\s(?:that|whether|how|why|where|what)\s")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.I)


def find_subject(verb: Token) -> Token | None:
    """Give the subject of a clause; of one that shares it with an earlier verb, or describes a noun, that one's."""
    holder = verb
    for _ in range(3):
        found = next((child for child in children_before(holder) if child.dep_ in SUBJECTS), None)
        if found is not None:
            is_relative = found.lower_ in RELATIVE and holder.dep_ == "relcl"
            return holder.head if is_relative and holder.head.pos_ in NOUNS else found
        if holder.dep_ == "acl" and holder.head.pos_ in NOUNS:
            return holder.head
        if holder.dep_ not in ("conj", "xcomp") or holder.head.pos_ not in VERBS:
            return None
        holder = holder.head
    return None


def find_mention(subject: Token, mentions: Sequence[MentionFact]) -> MentionFact | None:
    """Give the shortest mention whose words hold the subject; `mentions` stand in reading order."""
    reach = bisect_left(mentions, subject.idx + 1, key=lambda fact: fact["start"])
    holding = [fact for fact in mentions[max(0, reach - 12) : reach] if fact["start"] <= subject.idx < fact["end"]]
    return min(holding, key=lambda fact: fact["end"] - fact["start"], default=None)


def make_clause(
    text: str,
    verb: Token,
    subject: Token,
    time: Offsets | None,
    *,
    kind: str,
    mentions: Sequence[MentionFact],
    actors: Sequence[ActorFact],
) -> OccasionFact | None:
    """Give the fact of a clause: a plan, a step or an occurrence; None if its words stand too far apart."""
    fact = find_mention(subject, mentions)
    words = subject.doc[left_words(subject)[0].i if left_words(subject) else subject.i : right_end(subject)]
    if words.end > verb.i and subject.i < verb.i:
        words = subject.doc[words.start : subject.i + 1]
    first = fact["start"] if fact is not None else words.start_char
    start = min(first, verb.idx)
    particle = next((word for word in verb.doc[verb.i + 1 : verb.i + 2] if word.dep_ == "prt"), None)
    last = verb if particle is None else particle
    after = last.idx + len(last)
    clause = _cut_clause(text, after, time)
    if abs(verb.idx - subject.idx) > LONGEST:
        return None
    inner = _INNER.search(clause)  # what is decided or shown is no part of the deciding
    end = max(after + (inner.start() if inner else len(clause)), *(time or (0,)))
    if time is not None and time[0] < start and end - time[0] <= LONGEST:  # "On Monday it fell"
        start = time[0]
    name = actors[fact["actor"]]["name"] if fact is not None else _ARTICLE.sub("", words.text)
    told = _word_verb(verb, subject, time, is_plan=kind == "plan")
    label = " ".join(f"{name} {told} {particle or ''} {_without(text, after, clause, time)}".split())
    if kind == "deadline":
        mark = next(child for child in list_before(verb) if child.dep_ == "mark")
        label = " ".join(f"{_LIMIT} {text[mark.idx : after]} {_without(text, after, clause, time)}".split())
    within = (item for item in mentions if start <= item["start"] < end)
    known = [fact["actor"]] if fact is not None else []
    return OccasionFact(
        start=start,
        end=end if end - start <= LONGEST else after,
        kind=kind,
        label=label,
        status={"plan": "future", "deadline": "future"}.get(kind, "actual"),
        time=None if time is None else [time[0], time[1]],
        place=None,
        actors=list(dict.fromkeys([*known, *(item["actor"] for item in within)])) if kind == "occurrence" else known,
    )


def list_before(verb: Token) -> list[Token]:
    """Give what hangs on a verb before it, and on the "is" of "is to meet"."""
    above = verb.dep_ == "xcomp" and verb.head.lemma_ == "be"
    return [*(children_before(verb.head) if above else ()), *children_before(verb)]


def is_due(verb: Token) -> bool:
    """Tell whether a verb says that something is due."""
    return verb.lemma_ == "be" and any(word.lower_ == "due" for word in children_after(verb))


def is_fixed(verb: Token, time: int) -> bool:
    """Tell whether a day is fixed for something rather than of the fixing: "has been called for the 23rd"."""
    passive = verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in children_before(verb))
    return passive and any(word.lower_ == "for" and word.idx < time <= word.idx + 8 for word in children_after(verb))


def _word_verb(verb: Token, subject: Token, time: Offsets | None, *, is_plan: bool) -> str:
    """Give the verb as a headline has it: "opens", "opened" of what is passive, "to open" of a plan."""
    lemma = verb.lemma_.lower()
    if is_plan and is_due(verb):
        return ""  # "results due", not "to be due"
    if is_plan and time is not None and is_fixed(verb, time[0]):
        return verb.text  # "hearing set", not "to be set"
    passive = subject.dep_ == "nsubjpass" or any(child.dep_ == "auxpass" for child in children_before(verb))
    if passive or (verb.dep_ == "acl" and verb.tag_ == "VBN"):
        return f"to be {verb.text}" if is_plan else verb.text
    if is_plan and not any(child.dep_ == "xcomp" for child in children_after(verb)):  # "plans to march" says it itself
        return f"to {lemma}"
    plural = (
        subject.tag_ in ("NNS", "NNPS")
        or subject.lower_ == "they"
        or any(word.dep_ == "conj" for word in subject.doc[subject.i : verb.i] if word.head.i == subject.i)
    )
    return put_in_present(lemma, plural=plural)


def _cut_clause(text: str, after: int, time: Offsets | None) -> str:
    """Give what follows a verb up to the end of its clause, at least up to its time if that stands in it."""
    rest = text[after : after + LONGEST]
    least = time[1] - after if time is not None and after <= time[0] < after + LONGEST else 0
    stop = _END.search(rest, least)
    clause = rest[: stop.start()] if stop else rest
    broken = _END.search(clause, 0, time[0] - after) if least and time is not None else None
    return clause[: broken.start()] if broken else clause


def _without(text: str, after: int, clause: str, time: Offsets | None) -> str:
    """Give the clause without its time and the words that lead to it."""
    if time is None or not after <= time[0] < after + len(clause):
        return clause
    return _LINK.sub("", clause[: time[0] - after]) + clause[time[1] - after :]
