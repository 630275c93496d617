"""Code triggers into PLOVER types: which trigger governs which, what a refusal or a promise turns them into."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Token

from standoff.annotate.events.cues import Trigger, load_cues
from standoff.annotate.events.grammar import (
    BOUND,
    is_infinitive,
    is_passive,
    joins_above,
    list_conjuncts,
    list_governors,
    list_prepositional,
    load_grammar_words,
    stands_before,
)
from standoff.annotate.events.parties import Layer, Parties, find_commenting_speaker, find_parties, is_judgement
from standoff.annotate.events.status import Standing, judge_status
from standoff.codebooks import load_codebook

# A trigger inside one of these is what is asked, refused, promised or threatened, not an event of its own.
OPERATORS = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
DOWN = frozenset(
    ("xcomp", "ccomp", "pcomp", "dobj", "pobj", "prep", "acl", "attr", "oprd", "acomp", "advmod", "nsubjpass", "conj")
)
CLAUSAL = frozenset(("xcomp", "ccomp", "pcomp"))
REFUSALS = {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "RETREAT": "yield", "CONCEDE": "yield"}
THREATS = {"ASSAULT": "violence", "MOBILIZE": "violence", "SANCTION": "relations"}
COERCE_THREATS = {"ban": "ban", "arrest": "arrest", "deport": "expel", "seize": "territory"}
SHUT_OUT = frozenset({"SANCTION", "COERCE", "REJECT", "RETREAT"})
ORDERS = frozenset({"order", "instruct", "command"})  # what somebody is told to do is not done yet
MATERIAL = 4
ATTACKS = frozenset({"attack", "assault", "onslaught"})
SPOKEN = frozenset({"in", "on"})  # "attacked her in a letter", "an attack on her record"
TOGETHER = frozenset({"joint", "jointly", "together", "with", "alongside", "multinational", "bilateral"})
MEANWHILE = frozenset({"while", "whereas", "as"})  # what tells of something else: shot two, while guards beat others
CONDITIONS = frozenset({"if", "unless", "provided"})
UNCONDITIONAL = frozenset({"THREATEN", "REQUEST", "REJECT", "ACCUSE"})  # a conditional threat is made all the same


class Coded(NamedTuple):
    """A trigger with its type settled.

    `inner` is the trigger inside it, `rule` says in words how it was read. If `spoken`, whoever the words belong to is
    its actor: a speaker who says that another must act, or that talks are impossible.
    """

    trigger: Trigger
    type: str
    mode: str | None
    parties: Parties
    standing: Standing
    inner: Trigger | None
    rule: str
    spoken: bool = False


def code_triggers(found: Iterable[Trigger], spoken: Iterable[Coded] = ()) -> list[Coded]:
    """Give the events that the triggers of a text make, before anyone asks who the parties are.

    "Urged Chad to free them" is one REQUEST, not also a RETREAT; "vowed not to meet" and "will not meet" are refusals;
    "vowed to bomb" is a threat. A protest's demand is part of the protest. These are the manual's own exclusions.
    """
    said = {item.trigger.token.i: item for item in spoken}
    told = [trigger for trigger in found if trigger.token.i not in said]
    done = {trigger.token.head.head.i for trigger in told if _is_done_by_order(trigger)}
    triggers = [trigger for trigger in told if trigger.token.i not in done]
    by_token = {trigger.token.i: trigger for trigger in (*triggers, *(item.trigger for item in said.values()))}
    governors = {trigger.token.i: _find_operator(trigger, by_token) for trigger in triggers}
    inner: dict[int, Trigger] = {}
    for trigger in triggers:
        above = governors[trigger.token.i]
        if above is not None:
            inner.setdefault(above.token.i, trigger)
    coded = [
        _code(trigger, inner.get(trigger.token.i))
        for trigger in triggers
        if governors[trigger.token.i] is None and not _is_condition(trigger)
    ]
    ordered = {item.trigger.token.i: item for item in (*coded, *said.values())}
    return [ordered[key] for key in sorted(ordered)]


def _is_done_by_order(trigger: Trigger) -> bool:
    """Tell whether a trigger is force that whoever orders it has done: "ordered the editor jailed"."""
    token = trigger.token
    ordered = token.dep_ == "acl" and token.tag_ == "VBN" and token.head.dep_ == "dobj" and token.head.i < token.i
    quad = load_cues().types[trigger.cue.type].quad
    return ordered and quad == MATERIAL and token.head.head.lemma_.lower() in ORDERS


def _find_operator(trigger: Trigger, by_token: dict[int, Trigger]) -> Trigger | None:
    """Give the asking, refusing, promising, threatening, accusing or protesting trigger that a trigger is inside of."""
    below, clausal = trigger.token, False
    for governor in list_governors(trigger.token):
        above = by_token.get(governor.i)
        clausal = clausal or below.dep_ in CLAUSAL
        if below.dep_ == "conj" and above is not None and not _shares_infinitive(below, governor):
            return None
        if below.dep_ == "acl" and not is_infinitive(below):
            return None
        if joins_above(below) or stands_before(below, governor):
            return None
        if below.lower_ == "from" and above is not None and above.cue.type in SHUT_OUT:
            return above  # what somebody is shut out from: "suspended Chad from the exercise"
        if below.dep_ == "prep" and governor.pos_ != "NOUN" and below.lower_ not in BOUND:
            return None
        if above is not None and above.cue.type == "PROTEST" and trigger.cue.type in ("REQUEST", "REJECT", "ACCUSE"):
            return above
        asked = is_infinitive(below) and (
            below.dep_ == "relcl"
            or (below.dep_ == "advcl" and above is not None and above.cue.type in ("REQUEST", "THREATEN"))
        )
        if below.dep_ == "advcl" and above is not None and above.cue.type == trigger.cue.type:
            apart = any(child.dep_ == "mark" and child.lower_ in MEANWHILE for child in below.children)
            return None if apart or find_commenting_speaker(below) is not None else above
        if below.dep_ in ("nsubj", "agent") and above is not None and trigger.cue.type == above.cue.type == "ASSAULT":
            return above  # "the raid killed two", "killed by shelling"
        if below.dep_ == "nsubj" and any(_judges(child, by_token) for child in governor.children):
            return next(by_token[child.i] for child in governor.children if _judges(child, by_token))
        if below.dep_ not in DOWN and not asked:
            return None
        if above is not None and above is not trigger:
            if above.cue.type in OPERATORS or above.cue.type == trigger.cue.type:
                return above
            if clausal and (above.cue.type == "ACCUSE" or above.token.lemma_.lower() in ORDERS):
                return above
        if below.dep_ == "nsubjpass" and governor.pos_ != "VERB":
            return None
        below = governor
    return None


def _shares_infinitive(below: Token, governor: Token) -> bool:
    """Tell whether two joined verbs hang together on what governs them.

    "Urged her to lift it and to start talks", "Chad should go further and support Mali".
    """
    if is_infinitive(governor):
        return is_infinitive(below) or below.tag_ == "VB"
    modals = load_grammar_words().directive_modals
    told = any(child.dep_ == "aux" and child.lower_ in modals for child in governor.children)
    return told and below.tag_ == "VB" and not any(child.dep_ in ("aux", "nsubj") for child in below.children)


def _has_condition(token: Token) -> bool:
    """Tell whether what a trigger tells hangs on a condition: "will send envoys if they are free"."""
    places = [token, *(child for child in token.children if child.dep_ in ("xcomp", "prep"))]
    if token.pos_ == "ADJ":
        places.append(token.head)
    return any(_is_conditional(child) for place in places for child in place.children if child.dep_ == "advcl")


def _is_made(verb: Token) -> bool:
    """Tell whether an offer has been made, not left to a condition: "if they fail, Oman has offered"."""
    helpers = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    return (
        verb.pos_ == "VERB" and not is_passive(verb) and (verb.tag_ == "VBD" or bool(helpers & {"has", "have", "had"}))
    )


def _is_conditional(clause: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in CONDITIONS for child in clause.children)


def _is_condition(trigger: Trigger) -> bool:
    """Tell whether an agreement is only what something else hangs on: "if Chad agrees"."""
    return trigger.cue.type == "AGREE" and trigger.token.dep_ == "advcl" and _is_conditional(trigger.token)


def _judges(word: Token, by_token: dict[int, Trigger]) -> bool:
    """Tell whether a word turns down the noun it is said of: "talks are impossible"."""
    return word.dep_ == "acomp" and word.i in by_token and by_token[word.i].cue.type == "REJECT"


def _code(trigger: Trigger, inner: Trigger | None) -> Coded:
    book = load_cues()
    type_, mode = trigger.cue.type, trigger.cue.mode
    standing = judge_status(trigger)
    parties = find_parties(trigger, book.types[type_])
    rule = f"“{trigger.token.text}” is a cue of {type_}" + (f"/{mode}" if mode else "")
    if type_ == "ASSAULT" and (word := _find_word_of_speech(trigger.token)) is not None:
        type_, mode = "ACCUSE", None
        rule += f", and “{word.text}” makes it one of words"
    if type_ == "CONSULT" and (end := _find_breakdown(trigger.token)) is not None:
        type_, mode = "REJECT", "meet"
        rule = f"“{end.text}” is said of “{trigger.token.text}”, a cue of CONSULT"
    if mode == "visit" and _lands_troops(trigger.token, parties):
        type_, mode = "MOBILIZE", "troops"
        rule += ", and whoever comes is a force"
    if type_ == "COOPERATE" and _drills_alone(trigger, parties):
        type_, mode = "MOBILIZE", None
        rule += ", but nobody takes part in it with them"
    if inner is not None:
        parties = _borrow_recipients(parties, inner, asks=type_ == "REQUEST")
        denied = judge_status(inner)
        content = inner.cue.type
        if type_ == "AGREE" and denied.status == "negated" and book.types[content].quad != MATERIAL:
            type_, mode = "REJECT", name_refusal(inner)
            rule = f"“{trigger.token.text}” promises not to do what “{inner.token.text}” ({content}) tells"
        elif type_ == "AGREE" and content == "REJECT" and denied.status != "negated":
            type_, mode = "REJECT", inner.cue.mode
            rule = f"“{trigger.token.text}” promises to do what “{inner.token.text}” (REJECT) tells"
        elif (
            book.types[content].quad == MATERIAL
            and denied.status != "negated"
            and (type_ == "THREATEN" or (_is_vow(trigger) and not _is_sent(inner)))
        ):
            rule += f" whose content is “{inner.token.text}” ({content})"
            type_, mode = "THREATEN", mode if type_ == "THREATEN" and mode else name_threat(inner)
        elif type_ in ("REQUEST", "REJECT") and mode is None:
            mode = name_refusal(inner)
        elif content == type_ == "ASSAULT" and mode is None and inner.token.dep_ != "advcl":
            mode = inner.cue.mode
    if standing.status == "negated" and standing.willed and book.types[type_].quad <= 2:
        rule = f"“{standing.word}” makes “{trigger.token.text}”, a cue of {type_}, a refusal"
        type_, mode, standing = "REJECT", name_refusal(trigger), Standing("actual", standing.word, False)
    if type_ == "SUPPORT" and standing.status == "future" and trigger.token.lemma_.lower() in book.types[type_].ahead:
        type_, mode = "AGREE", None
        rule += ", and signing that is still to come is AGREE"
    if standing.status == "future" and type_ in ("AID", "COOPERATE"):
        type_, mode = "AGREE", None
        rule += ", and help that is still to come is AGREE"
    if trigger.token.lemma_ == "expect" and standing.status == "actual":
        standing = Standing("future", trigger.token.text, False)
    made = type_ == "AGREE" and _is_made(trigger.token)
    if (
        standing.status in ("actual", "future")
        and type_ not in UNCONDITIONAL
        and not made
        and _has_condition(trigger.token)
    ):
        standing = Standing("hypothetical", "if", False)
    judges = trigger.token.pos_ == "ADJ" and is_judgement(trigger.token)
    return Coded(trigger, type_, mode, parties, standing, inner, rule, spoken=judges)


def _find_word_of_speech(token: Token) -> Token | None:
    """Give the word that makes an attack one of words: "a scathing attack", "attacked it in a speech", "critics"."""
    if token.lemma_.lower() not in ATTACKS:
        return None
    places = [token]
    if token.pos_ == "NOUN" and token.dep_ == "dobj":
        places.append(token.head)
    words = [child for child in token.children if child.dep_ in ("amod", "compound")]
    words += [item for place in places for item in list_prepositional(place, SPOKEN)]
    words += [child for place in places for child in place.children if child.dep_ == "nsubj"]
    return next((word for word in words if word.lemma_.lower() in load_grammar_words().worded), None)


def _find_breakdown(noun: Token) -> Token | None:
    """Give the verb that says of talks that they came to nothing: "the talks broke down"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or noun.pos_ != "NOUN":
        return None
    particles = [child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod")]
    said = {verb.lemma_.lower(), *(f"{verb.lemma_.lower()} {particle}" for particle in particles)}
    return verb if said & load_grammar_words().breakdowns else None


def _lands_troops(verb: Token, parties: Parties) -> bool:
    """Tell whether those who land somewhere are soldiers or ships, who make no visit."""
    forces = load_codebook("plover").settings["groups"]["forces"]
    landed = verb.lemma_.lower() in load_grammar_words().landings
    return landed and any(actor.lemma_.lower() in forces for actor in parties.actors)


def _drills_alone(trigger: Trigger, parties: Parties) -> bool:
    """Tell whether exercises are one side's own: "the navy began drills", not "joint drills" nor "drills with Chad"."""
    drills = [
        part for part in trigger.parts if part.lemma_.lower() in load_codebook("plover").settings["groups"]["exercises"]
    ]
    if not drills or len(parties.actors) != 1:
        return False
    told = {child.lower_ for place in (trigger.token, *drills) for child in place.subtree}
    several = parties.actors[0].tag_ in ("NNS", "NNPS") or len(list_conjuncts(parties.actors[0])) > 1
    return not (several or told & TOGETHER)


def _is_vow(trigger: Trigger) -> bool:
    """Tell whether a promise is the kind that becomes a threat when its content is force ("vowed to bomb")."""
    return trigger.token.lemma_.lower() in load_cues().types[trigger.cue.type].vows


def _is_sent(inner: Trigger) -> bool:
    """Tell whether a force is only promised to somebody: "promised to send police officers"."""
    return inner.cue.type == "MOBILIZE" and inner.token.lemma_ == "send"


def _borrow_recipients(parties: Parties, inner: Trigger, *, asks: bool) -> Parties:
    """Add to an operator's possible recipients those of the trigger inside it, then the one who should act in it."""
    below = find_parties(inner, load_cues().types[inner.cue.type])
    how = f"belongs to “{inner.token.text}” inside it"
    # Who asks that prisoners be freed does not ask the prisoners.
    suffering = asks and is_passive(inner.token)
    borrowed = [Layer(layer.nouns, how) for layer in (*(() if suffering else below.layers), Layer(below.actors, how))]
    fresh = [Layer(tuple(x for x in layer.nouns if x not in parties.actors), how) for layer in borrowed]
    return parties._replace(layers=(*parties.layers, *(layer for layer in fresh if layer.nouns)))


def name_refusal(trigger: Trigger) -> str:
    """Give the mode of a REQUEST or REJECT whose content a trigger is."""
    return REFUSALS.get(trigger.cue.type, "change")


def name_threat(trigger: Trigger) -> str | None:
    """Give the mode of a THREATEN whose content a trigger is."""
    if trigger.cue.type == "COERCE":
        return COERCE_THREATS.get(trigger.cue.mode or "", "restrict")
    return "expel" if trigger.cue.mode == "expel" else THREATS.get(trigger.cue.type)


def find_core(coded: Coded) -> tuple[Token, ...]:
    """Give the words that state an event: the trigger, its cue's words, and what is inside it."""
    inner = () if coded.inner is None else (coded.inner.token, *coded.inner.parts)
    return (coded.trigger.token, *coded.trigger.parts, *inner)
