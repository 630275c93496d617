"""Name the type of what a given source does to a given target in one sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from standoff.annotate.events.coding import Coded, code_triggers
from standoff.annotate.events.cues import find_triggers, load_cues
from standoff.annotate.events.grammar import list_governors
from standoff.annotate.events.speech import find_spoken
from standoff.models.reader import RelationReader

# Weights tuned on PLV's training sentences, 2026-11.
ACTOR_FITS, ACTOR_NEAR = 3.0, 1.5
RECIPIENT_FITS, RECIPIENT_NEAR = 3.0, 2.0
ON_PATH = 2.0
INSIDE_PARTY = -3.0
WEIGHT = 0.5
FAR = 0.05
LEAST = 1e-2  # what every chance has at least
GIVING_WAY = ("CONCEDE", "RETREAT")
FUTURE_KINDS = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"})


class Relation(NamedTuple):
    """A type with its mode, and the trigger that gave it; None if the reader alone did."""

    type: str
    mode: str | None
    coded: Coded | None


def code_relation(
    doc: Doc, source: Span | None, target: Span | None, *, reader: RelationReader | None = None
) -> Relation:
    """Give the type of what `source` does to `target`, as the trained reader and the cues have it together.

    The reader gives each type a chance, and that of the trigger that joins the two best is raised, the more, the better
    it joins them; without a reader the trigger decides. As PLOVER asks, cooperation still to come reads as AGREE,
    conflict still to come as THREATEN. Where neither knows anything the answer is ACCUSE, the commonest type of all.
    """
    ruled = _code_by_cues(doc, source, target)
    if reader is None or not doc.text.strip():
        return Relation("ACCUSE", None, None) if ruled is None else ruled[1]
    sides = (None if span is None else (span.start_char, span.end_char) for span in (source, target))
    read = reader.read(doc.text, *sides)
    if ruled is None:
        best = max(read.types, key=lambda name: read.types[name])
        return Relation(best, read.modes[best], None)
    fit, relation = ruled
    scores = {name: math.log(chance + LEAST) for name, chance in _move_settled(read.types, relation).items()}
    scores[relation.type] += max(0.0, min(reader.cues.by_fit * fit, reader.cues.most))
    best = max(scores, key=lambda name: scores[name])
    return relation if best == relation.type else Relation(best, read.modes[best], None)


def _code_by_cues(doc: Doc, source: Span | None, target: Span | None) -> tuple[float, Relation] | None:
    """Give the type of the trigger that joins source and target best, if there is any, and how well it does.

    The best has the source among its actors and the target among its recipients, or lies between the two on the
    dependency path.
    """
    path = set() if source is None or target is None else _find_path(source.root, target.root)
    best: tuple[float, Coded] | None = None
    triggers = find_triggers(doc)
    for coded in code_triggers(triggers, find_spoken(doc, triggers)):
        score = _fit(coded, source, target, path)
        if best is None or score > best[0]:
            best = (score, coded)
    return None if best is None else (best[0], _settle(best[1]))


def _settle(coded: Coded) -> Relation:
    """Turn a trigger into the type that the manual gives to what is still to come."""
    type_, mode = coded.type, coded.mode
    if coded.standing.status == "future" and type_ in FUTURE_KINDS:
        type_, mode = "AGREE", None
    elif coded.standing.status == "future" and load_cues().types[type_].quad == 4:
        type_, mode = "THREATEN", None
    elif coded.standing.status == "negated" and load_cues().types[type_].quad <= 2:
        type_, mode = "REJECT", None
    return Relation(type_, mode, coded)


def _move_settled(types: Mapping[str, float], relation: Relation) -> dict[str, float]:
    """Give the chances with what a settled type was told as counted for it: what is to come, or will not, is none of
    its kind."""
    chances = dict(types)
    told = None if relation.coded is None else relation.coded.trigger.cue.type
    for kind in GIVING_WAY if told in GIVING_WAY else (told,):
        if kind in chances and kind != relation.type and told != relation.type:
            chances[relation.type] += chances[kind]
            chances[kind] = 0.0
    return chances


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
