"""Read blame and praise that no verb of blame tells: what a speaker says of another, what a thing is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from standoff.annotate.events.circumstances import map_vouchers
from standoff.annotate.events.coding import Coded
from standoff.annotate.events.cues import Cue, Trigger, match_accusing
from standoff.annotate.events.grammar import find_agent, is_passive, list_patients, load_grammar_words
from standoff.annotate.events.parties import Layer, Parties
from standoff.annotate.events.status import Standing, judge_status
from standoff.annotate.facts import AttributionFact

DONE = Standing("actual", None, False)
OPENING = frozenset('“"‘«„')
CLAUSES = frozenset({"ROOT", "ccomp", "conj", "relcl", "advcl", "parataxis", "dep"})
SELVES = frozenset({"i", "we", "you", "it", "which", "that", "who"})


def find_judgements(doc: Doc, attributions: Sequence[AttributionFact]) -> Iterator[Coded]:
    """Yield the judgements of a text that rest on more than one word of blame.

    "Chad broke the treaty" is ACCUSE by whoever says it of Chad. "Called the vote “a circus”" is ACCUSE too: what a
    party is quoted for calling another's deed is blame unless one of the codebook's words of praise stands in it.
    """
    vouchers = map_vouchers(doc, attributions)
    for token in doc:
        if token.pos_ != "VERB":
            continue
        coded = _read_verdict(token)
        if coded is None and vouchers[token.i] is not None:
            coded = _read_charge(token)
        if coded is not None:
            yield coded


def _read_charge(token: Token) -> Coded | None:
    """Read "Chad broke the treaty" in a speaker's words as an accusation of Chad."""
    trigger = match_accusing(token) if token.dep_ in CLAUSES else None
    doer = None if trigger is None else find_agent(token)
    if trigger is None or doer is None or doer.lower_ in SELVES or judge_status(trigger).status != "actual":
        return None
    rule = f"“{token.text}”, said of another, accuses"
    parties = Parties((), (Layer((doer,), f"is said to have done it (“{token.text}”)"),))
    return Coded(trigger, "ACCUSE", trigger.cue.mode, parties, DONE, None, rule, spoken=True)


def _read_verdict(token: Token) -> Coded | None:
    """Read "called the vote “a circus”" as an accusation, "called the vote “a triumph”" as support."""
    words = load_grammar_words()
    if token.lemma_.lower() not in words.verdict_verbs:
        return None
    verdict = next((x for x in _list_verdicts(token) if x.pos_ in ("NOUN", "ADJ", "PROPN")), None)
    if verdict is None or verdict.right_edge.i - verdict.left_edge.i > 40:
        return None
    said = {verdict.lemma_.lower(), *(x.lemma_.lower() for x in verdict.children if x.dep_ in ("amod", "compound"))}
    quoted = any(item.text in OPENING for item in token.doc[max(token.i, verdict.left_edge.i - 1) : verdict.i])
    if said & words.praises:
        type_, mode = "SUPPORT", None
    elif said & words.insults or (quoted and verdict.pos_ == "NOUN"):
        type_, mode = "ACCUSE", "disapprove"
    else:
        return None
    agent = find_agent(token)
    actors = () if agent is None else (agent,)
    judged = tuple(list_patients(token))
    if not judged and not is_passive(token):
        judged = tuple(
            x
            for child in token.children
            if child.dep_ in ("oprd", "ccomp")
            for x in child.children
            if x.dep_ == "nsubj"
        )
    layers = (Layer(judged, f"is called “{verdict.text}”"),) if judged else ()
    trigger = Trigger(token, Cue(f"{token.lemma_} “…”", type_, mode, 1, ()), (verdict,))
    rule = f"“{token.text}” with “{verdict.text}” is a verdict"
    standing = DONE if _is_told(token) else judge_status(trigger)
    return Coded(trigger, type_, mode, Parties(actors, layers), standing, None, rule)


def _is_told(verb: Token) -> bool:
    """Tell whether a clause of its own tells a verdict as given, whatever it hangs on: "to end what she called …"."""
    own = {child.dep_ for child in verb.children}
    return verb.tag_ in ("VBD", "VBZ", "VBP") and "nsubj" in own and own.isdisjoint(("neg", "aux"))


def _list_verdicts(token: Token) -> Iterator[Token]:
    """Yield the heads of what somebody or something is called: "called it a circus", "described it as a circus"."""
    for child in token.children:
        if child.i < token.i:
            continue
        if child.dep_ in ("oprd", "attr", "acomp") or (child.dep_ == "ccomp" and child.pos_ in ("NOUN", "ADJ")):
            yield child
        elif child.dep_ == "prep" and child.lower_ == "as":
            yield from (x for x in child.children if x.dep_ in ("pobj", "amod"))
        elif child.dep_ == "dobj":
            yield from (
                x
                for y in child.children
                if y.dep_ == "prep" and y.lower_ == "as"
                for x in y.children
                if x.dep_ == "pobj"
            )
