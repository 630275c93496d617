"""Work out the two sides of a trigger: the nouns that act, and those that are acted upon."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from standoff.annotate.events.cues import Trigger, TypeRules
from standoff.annotate.events.grammar import (
    NOMINAL,
    find_agent,
    find_noun_doer,
    find_owner,
    find_surface_subject,
    find_verdict_clause,
    is_passive,
    list_conjuncts,
    list_patients,
    list_prepositional,
    load_grammar_words,
)

# Types whose cue may hold whom or what somebody sends: nothing is done to those.
SENDING = frozenset({"AID", "AGREE", "COOPERATE", "CONSULT", "MOBILIZE"})
PLACING = frozenset({"in", "at"})  # what a verb says by these is where it was
HARMED = frozenset({"dead", "wounded", "injured"})  # "the attack left two dead"
HARMING = frozenset({"kill", "injure", "wound", "hurt", "damage", "destroy"})
NAMELESS = frozenset({"", "DATE", "TIME", "CARDINAL", "ORDINAL", "QUANTITY", "PERCENT", "MONEY"})
SPOKEN_OF, READ_AS = "is the subject of what is said", "reads as its recipient"
ONE_WAY = frozenset({"visit", "third-party", "multilateral"})  # modes whose joined subjects are on one side


class Layer(NamedTuple):
    """Nouns that may be the recipients, and in words where they stand; `strict` if they must name the party itself."""

    nouns: tuple[Token, ...]
    how: str
    strict: bool = False


class Parties(NamedTuple):
    """The head nouns of either side: the actors, and the places where recipients may stand, the surest first.

    If `strict`, the actors must be parties themselves: "Chad's economy will not grow" refuses nothing.
    """

    actors: tuple[Token, ...]
    layers: tuple[Layer, ...]
    strict: bool = False


def find_parties(trigger: Trigger, rules: TypeRules) -> Parties:
    """Give the nouns on either side of a trigger, before anyone asks which actors they name.

    A verb's subject acts and its object is acted upon; where the cue has used up the object ("hold talks"), the
    prepositions of verb and noun bring in the recipient. For a noun, its possessor or the subject of the verb that
    carries it acts. Two parties joined under a reciprocal cue ("Chad and Libya met") are its two sides.
    """
    token = trigger.token
    if trigger.cue.undergone:
        subject = find_surface_subject(token)
        undergoing = () if subject is None else _spread((subject,))
        return Parties((), (Layer(undergoing, f"undergoes what “{token.text}” tells", strict=True),))
    actors = _spread(_find_noun_actors(token, rules) if token.pos_ == "NOUN" else _find_verb_actors(token))
    layers, named = [], []
    if token.lemma_.lower() in rules.joint and trigger.cue.mode not in ONE_WAY:
        places = (token, *trigger.parts)
        pair = _spread(tuple(item for place in places for item in list_prepositional(place, {"between", "among"})))
        pair = pair if len(pair) > 1 else actors
        if len(pair) > 1 and (pair != actors or not _has_partner(trigger, rules)):
            actors = pair[:1]
            layers.append(Layer(pair[1:], "takes part in it too"))
    for nouns, how, _ in _list_layers(trigger, rules):
        found = tuple(item for item in _spread(nouns) if item not in actors and not _is_day(item))
        free = tuple(item for item in found if item not in trigger.parts)
        if free:
            layers.append(Layer(free, how))
        elif found and not _sends(trigger):
            named.append(Layer(found, how, strict=True))
    # A word of the cue itself may name a party too ("dissolved the Reform Party"), but never stands for one.
    layers += named
    return Parties(actors, tuple(layers))


def _is_day(noun: Token) -> bool:
    """Tell whether a preposition brings in no party but a day: "on Monday police fired at them"."""
    return noun.dep_ == "pobj" and noun.ent_type_ in ("DATE", "TIME")


def _sends(trigger: Trigger) -> bool:
    """Tell whether a cue's own noun may be who or what is sent, which nothing is done to: "sent an envoy"."""
    receives = trigger.cue.type == "CONSULT" and trigger.cue.mode is None
    return trigger.cue.type in SENDING and not receives


def _has_partner(trigger: Trigger, rules: TypeRules) -> bool:
    """Tell whether a reciprocal cue names a partner of its own: "Chad and Libya met with Niger"."""
    places = (trigger.token, *trigger.parts)
    named = any(True for place in places for _ in list_prepositional(place, rules.recipient_preps & {"with", "to"}))
    return named or (
        trigger.token.pos_ == "VERB"
        and any(x.ent_type_ and x not in trigger.parts for x in list_patients(trigger.token))
    )


def _spread(heads: tuple[Token, ...]) -> tuple[Token, ...]:
    return tuple(dict.fromkeys(item for head in heads for item in list_conjuncts(head)))


def _find_verb_actors(token: Token) -> tuple[Token, ...]:
    if token.pos_ == "ADJ":
        subject = find_judged(token)
        if subject is not None and (subject.pos_ == "NOUN" or subject.lower_ in ("it", "this", "that")):
            return () if is_judgement(token) else (subject,)
    else:
        self_done = is_passive(token) and token.lemma_.lower() in load_grammar_words().self_done
        harms = token.lemma_.lower() in HARMING and token.dep_ == "advcl" and is_passive(token.head)
        doing = token.head if harms else token  # "was pelted with stones, injuring two"
        subject = find_surface_subject(token) if self_done else find_commenting_speaker(doing) or find_agent(doing)
    return () if subject is None else (subject,)


def find_commenting_speaker(verb: Token) -> Token | None:
    """Give the speaker in "she said that Chad had no need of it, rejecting the offer": the participle tells her act."""
    clause = verb.head
    tells = clause.dep_ == "ccomp" and clause.head.lemma_.lower() in load_grammar_words().reporting
    tells = tells and clause.head.i < verb.i  # not "…, wounding two, police said"
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or not tells or verb.i == 0 or verb.nbor(-1).text != ",":
        return None
    return find_surface_subject(clause.head)


def find_judged(adjective: Token) -> Token | None:
    """Give the noun that an adjective is said of."""
    return find_surface_subject(adjective.head if adjective.dep_ in ("acomp", "attr", "oprd") else adjective)


def is_judgement(adjective: Token) -> bool:
    """Tell whether an adjective is the speaker's verdict ("talks are impossible") rather than its subject's will."""
    return adjective.lemma_.lower() in load_grammar_words().verdicts


def _find_noun_actors(noun: Token, rules: TypeRules) -> tuple[Token, ...]:
    owner = find_owner(noun)
    if owner is not None and not _suffers(noun):
        return (owner,)
    brought = tuple(list_prepositional(noun, rules.actor_preps - {"between", "among", "of"})) + tuple(
        item for item in list_prepositional(noun, rules.actor_preps & {"of"}) if item.pos_ in NOMINAL
    )
    if brought:
        return brought
    made = next((child for child in noun.children if child.dep_ == "acl" and child.tag_ == "VBN"), None)
    if made is not None and (agent := find_agent(made)) is not None:
        return (agent,)
    demonym = tuple(
        child
        for child in noun.children
        if child.dep_ in ("amod", "compound", "nmod") and child.ent_type_ not in NAMELESS
    )
    if demonym:
        return demonym
    head = noun.head
    carried = noun.dep_ in ("dobj", "attr") and head.lemma_.lower() in load_grammar_words().light
    if noun.dep_ == "pobj" and noun.lemma_.lower() in rules.joint and head.head.pos_ in ("VERB", "AUX"):
        # "In a meeting with Chad, the envoy said": who says it was there.
        subject = find_surface_subject(head.head)
        return () if subject is None else (subject,)
    if carried:
        doer = find_noun_doer(noun)
        return () if doer is None else (doer,)
    light = head.lemma_.lower() in load_grammar_words().light
    if noun.dep_ == "nsubjpass" and light and (agent := find_agent(head)) is not None:
        return (agent,)
    return ()


def _is_generic(noun: Token) -> bool:
    """Tell whether a noun means all of a kind: "right for politicians to ask"."""
    named = any(child.dep_ in ("det", "poss", "nummod") or child.ent_type_ for child in noun.children)
    return noun.tag_ == "NNS" and not named


def _suffers(noun: Token) -> bool:
    """Tell whether a noun's possessor is its victim: "her arrest", but not "her arrest of the others"."""
    return noun.lemma_.lower() in load_grammar_words().suffered and not any(
        child.dep_ == "prep" and child.lower_ == "of" for child in noun.children
    )


def asks_for_deed(trigger: Trigger) -> bool:
    """Tell whether a request is for what others are to do to somebody, who is not asked: "demanded her release"."""
    return any(_is_asked_for(trigger, part) for part in trigger.parts)


def _is_asked_for(trigger: Trigger, noun: Token) -> bool:
    return trigger.cue.type == "REQUEST" and noun.lemma_.lower() in load_grammar_words().suffered


def _is_scene(noun: Token, verb: Token) -> bool:
    """Tell whether a noun says where something was before what it was: "in Lima, teachers blocked a road"."""
    return verb.pos_ == "VERB" and noun.head.lower_ in PLACING and noun.head.i < verb.i


def _list_layers(trigger: Trigger, rules: TypeRules) -> Iterator[Layer]:
    token, parts = trigger.token, trigger.parts
    if token.pos_ == "VERB":
        yield Layer(tuple(list_patients(token)), f"is what “{token.text}” acts on")
        for patient in list_patients(token):
            if patient.pos_ == "NOUN" and (found := tuple(list_prepositional(patient, rules.recipient_preps))):
                yield Layer(found, f"stands with “{patient.text}”")
    if token.pos_ == "NOUN" and _suffers(token) and (owner := find_owner(token)) is not None:
        yield Layer((owner,), f"suffers the “{token.text}”")
    if (clause := find_verdict_clause(token)) is not None:
        meant = tuple(x for x in clause.children if x.dep_ == "nsubj" and not _is_generic(x))
        yield Layer(meant, f"is whom “{token.text}” is about")
    if token.pos_ == "ADJ" and (judged := find_judged(token)) is not None:
        yield Layer((judged,), f"is what “{token.text}” is said of")
    for place in (token, *parts):
        if _is_asked_for(trigger, place):
            continue
        if place.dep_ == "prep":
            yield Layer(tuple(item for item in place.children if item.dep_ == "pobj"), f"stands with “{place.text}”")
        elif found := tuple(x for x in list_prepositional(place, rules.recipient_preps) if not _is_scene(x, token)):
            yield Layer(found, f"stands with “{found[0].head.text}”")
    if token.dep_ == "nsubj" and token.head.lemma_ == "leave" and any(x.lower_ in HARMED for x in token.head.subtree):
        yield Layer(tuple(list_patients(token.head)), f"is harmed by the “{token.text}”")
    if token.pos_ == "NOUN" and token.dep_ in ("dobj", "nsubjpass", "nsubj") and token.head.pos_ == "VERB":
        given = tuple(child for child in token.head.children if child.dep_ == "dative" and token.dep_ == "dobj")
        placed = frozenset() if trigger.cue.mode == "visit" else PLACING  # "in Lima police broke up a rally"
        brought = list_prepositional(token.head, rules.recipient_preps - placed)
        yield Layer((*given, *brought), f"stands with “{token.head.text}”")
    for part in parts:
        owner = find_owner(part)
        yield Layer(() if owner is None or _is_asked_for(trigger, part) else (owner,), f"owns “{part.text}”")
    if rules.verbal:
        for clause in token.children:
            if clause.dep_ in ("ccomp", "xcomp"):
                subjects = tuple(child for child in clause.children if child.dep_ == "nsubj")
                yield Layer(subjects, SPOKEN_OF)
