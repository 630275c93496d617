"""Find what is planned for a day, or dated by its distance from something else, that no event or occasion tells.

"The commission is to meet on 22 July" has a party, a day and a verb that no codebook knows. A timeline wants it, to say
what to wait for. "Two weeks after the envoy had named his terms" likewise says when he named them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from standoff.annotate.facts import ActorFact, MentionFact, OccasionFact, Offsets, TimeFact
from standoff.annotate.occasions.phrase import VERBS, children_before
from standoff.annotate.occasions.status import MODAL_AUX, NOT
from standoff.annotate.occasions.when import hangs_on

SUBJECTS = ("nsubj", "nsubjpass")
LONGEST = 200  # characters of a clause
VAGUE = frozenset({"it", "this", "that", "who", "which"})  # who they stand for is too often something that is no actor
SAID = frozenset({"say", "tell", "add", "warn", "announce", "argue", "claim", "insist", "write", "believe", "think"})
_LINK = re.compile(r"(?:\s+(?:on|in|at|by|from|of|the|first|second|last|week|half|days|late|early))*\s*$")
_END = re.compile(r"[;:.!?()—–“”\n]|,|\s(?:and|but|which|who|if|unless|because|while|when|as|after|before|until)\s")


def find_plans(
    doc: Doc,
    text: str,
    *,
    times: Sequence[TimeFact],
    durations: Sequence[TimeFact],
    mentions: Sequence[MentionFact],
    actors: Sequence[ActorFact],
    taken: Sequence[Offsets],
) -> Iterator[OccasionFact]:
    """Yield a plan for each clause that lies ahead, and a step for each that stands a number of days from another.

    Its verb must stand outside of what is `taken`, and its subject be a known actor. What may, could or should be done,
    what hangs on an "if", and what is denied is no plan.
    """
    starts = {fact["start"]: fact for fact in mentions if text[fact["start"] : fact["end"]].lower() not in VAGUE}
    used = {place for start, end in taken for place in range(start, end)}
    for time in times:
        verb = _find_verb(doc, time)
        if verb is not None and verb.idx not in used and _lies_ahead(verb):
            yield from _make(text, verb, time, "plan", starts, actors)
    for time in durations:
        verb = _find_measured(doc, time)
        if verb is not None and verb.idx not in used:
            yield from _make(text, verb, time, "step", starts, actors)


def _find_verb(doc: Doc, time: TimeFact) -> Token | None:
    """Give the verb that a time hangs on."""
    span = doc.char_span(time["start"], time["end"], alignment_mode="expand")
    token = None if span is None else span.root
    for _ in range(4):
        if token is None or token.head is token or token.pos_ in VERBS:
            break
        token = token.head
    return token if token is not None and token.pos_ in VERBS and hangs_on(time, token) else None


def _find_measured(doc: Doc, time: TimeFact) -> Token | None:
    """Give the verb of a clause that "two weeks after" stands before."""
    span = doc.char_span(time["start"], time["end"], alignment_mode="expand")
    if span is None or span.end + 1 >= len(doc):
        return None
    mark = doc[span.end]
    if mark.lower_ not in ("after", "before", "since") or mark.head.pos_ not in VERBS or mark.head.i < mark.i:
        return None
    return mark.head if mark.dep_ == "mark" else None


def _lies_ahead(verb: Token) -> bool:
    words = {child.lower_ for child in children_before(verb) if child.dep_ in ("aux", "auxpass", "neg", "mark")}
    if words & NOT or words & (MODAL_AUX - {"would"}) or words & {"if", "unless"} or verb.lemma_.lower() in SAID:
        return False
    if verb.dep_ == "xcomp":  # "is to meet" is parsed with "is" above it; "hopes to meet" is no plan
        return verb.head.lemma_ == "be" and "to" in words
    return bool(words & {"will", "'ll", "’ll", "shall", "would"}) or ("to" in words and _is_to(verb))


def _is_to(verb: Token) -> bool:
    """Tell whether "to" means what is due: "is to decide", "to be collected from"; not "he came to decide"."""
    before = [child.lower_ for child in children_before(verb)]
    return verb.dep_ == "acl" or bool({"is", "are"} & set(before))


def _make(
    text: str,
    verb: Token,
    time: TimeFact,
    kind: str,
    starts: dict[int, MentionFact],
    actors: Sequence[ActorFact],
) -> Iterator[OccasionFact]:
    subject = _find_subject(verb)
    fact = None if subject is None else _find_mention(subject, starts)
    if subject is None or fact is None or abs(verb.idx - subject.idx) > LONGEST:
        return
    start = min(fact["start"], verb.idx)
    end = max(verb.idx + len(verb), time["end"] if kind == "plan" else 0)
    name = actors[fact["actor"]]["name"]
    yield OccasionFact(
        start=start,
        end=end if end - start <= LONGEST else verb.idx + len(verb),
        kind=kind,
        label=_word(text, name, verb, time, kind, passive=subject.dep_ == "nsubjpass"),
        status="future" if kind == "plan" else "actual",
        time=[time["start"], time["end"]],
        place=None,
        actors=[fact["actor"]],
    )


def _find_subject(verb: Token) -> Token | None:
    for holder in (verb, verb.head if verb.dep_ in ("xcomp", "conj") else verb):
        found = next((child for child in children_before(holder) if child.dep_ in SUBJECTS), None)
        if found is not None:
            return found
    return None


def _find_mention(subject: Token, starts: dict[int, MentionFact]) -> MentionFact | None:
    """Give the mention whose words hold the subject."""
    for token in reversed(subject.doc[max(0, subject.i - 12) : subject.i + 1]):
        fact = starts.get(token.idx)
        if fact is not None and fact["start"] <= subject.idx < fact["end"]:
            return fact
    return None


def _word(text: str, name: str, verb: Token, time: TimeFact, kind: str, *, passive: bool) -> str:
    """Give "Joint commission to meet in Basra" for a clause, without its time."""
    after = verb.idx + len(verb)
    rest = text[after : after + LONGEST]
    if after <= time["start"] < after + LONGEST:
        head = _LINK.sub("", text[after : time["start"]])
        rest = head + text[time["end"] : after + LONGEST]
    stop = _END.search(rest, 1)
    clause = " ".join(rest[: stop.start() if stop else len(rest)].split())
    if kind == "step":
        return f"{name} {verb.text} {clause}".strip()
    return f"{name} to {'be ' + verb.text if passive else verb.lemma_.lower()} {clause}".strip()
