"""Name the type of what a given source does to a given target in one sentence."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from standoff.annotate.events.coding import Coded, code_triggers
from standoff.annotate.events.cues import find_triggers, load_cues
from standoff.annotate.events.grammar import list_governors
from standoff.annotate.events.speech import find_spoken

# Weights tuned on PLV's training sentences, 2026-11.
ACTOR_FITS, ACTOR_NEAR = 3.0, 1.5
RECIPIENT_FITS, RECIPIENT_NEAR = 3.0, 2.0
ON_PATH = 2.0
INSIDE_PARTY = -3.0
WEIGHT = 0.5
FAR = 0.05
FUTURE_KINDS = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})


class Relation(NamedTuple):
    """A type with its mode, and the trigger that gave it."""

    type: str
    mode: str | None
    coded: Coded | None


def code_relation(doc: Doc, source: Span | None, target: Span | None) -> Relation:
    """Give the type of what `source` does to `target`, from the trigger that joins them best.

    The best trigger has the source among its actors and the target among its recipients, or lies between the two on
    the dependency path. As PLOVER asks, cooperation still to come reads as AGREE, conflict still to come as THREATEN.
    Without any trigger the answer is ACCUSE, the commonest type of all.
    """
    path = set() if source is None or target is None else _find_path(source.root, target.root)
    best: tuple[float, Coded] | None = None
    triggers = find_triggers(doc)
    for coded in code_triggers(triggers, find_spoken(doc, triggers)):
        score = _fit(coded, source, target, path)
        if best is None or score > best[0]:
            best = (score, coded)
    if best is None:
        return Relation("ACCUSE", None, None)
    return _settle(best[1])


def _settle(coded: Coded) -> Relation:
    """Turn a trigger into the type that the manual gives to what is still to come."""
    type_, mode = coded.type, coded.mode
    if coded.standing.status == "future" and type_ in FUTURE_KINDS:
        type_, mode = "AGREE", None
    elif coded.standing.status == "future" and load_cues().types[type_].quad == 4 and type_ != "PROTEST":
        type_, mode = "THREATEN", None
    elif coded.standing.status == "negated" and load_cues().types[type_].quad <= 2:
        type_, mode = "REJECT", None
    return Relation(type_, mode, coded)


def _find_path(left: Token, right: Token) -> set[int]:
    """Give the words on the dependency path between two words, ends left out."""
    above_left = [left, *list_governors(left)]
    above_right = [right, *list_governors(right)]
    shared = {token.i for token in above_left} & {token.i for token in above_right}
    path = {token.i for token in (*above_left, *above_right) if token.i not in shared}
    meeting = next((token.i for token in above_left if token.i in shared), None)
    return (path | ({meeting} if meeting is not None else set())) - {left.i, right.i}


def _fit(coded: Coded, source: Span | None, target: Span | None, path: set[int]) -> float:
    """Score how well a trigger joins a source and a target."""
    token = coded.trigger.token
    score = WEIGHT * coded.trigger.cue.weight
    score += _meet(coded.parties.actors, source, ACTOR_FITS, ACTOR_NEAR)
    nouns = tuple(noun for layer in coded.parties.layers for noun in layer.nouns)
    score += _meet((*nouns, *coded.trigger.parts), target, RECIPIENT_FITS, RECIPIENT_NEAR)
    if token.i in path or any(part.i in path for part in coded.trigger.parts):
        score += ON_PATH
    spans = [span for span in (source, target) if span is not None]
    if any(span.start <= token.i < span.end for span in spans):
        score += INSIDE_PARTY
    return score - FAR * min((abs(token.i - span.root.i) for span in spans), default=0)


def _meet(nouns: tuple[Token, ...], span: Span | None, fits: float, near: float) -> float:
    """Score whether any of the nouns is in a span, or has it below."""
    if span is None:
        return 0.0
    if any(span.start <= noun.i < span.end for noun in nouns):
        return fits
    below = any(noun.left_edge.i <= span.root.i <= noun.right_edge.i for noun in nouns)
    return near if below else 0.0
