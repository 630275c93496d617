"""Find what a speaker does by saying it: tells another to act, turns something down, or threatens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from standoff.annotate.events.circumstances import map_vouchers
from standoff.annotate.events.coding import Coded, name_refusal
from standoff.annotate.events.cues import Cue, Trigger, load_cues
from standoff.annotate.events.grammar import is_infinitive, is_passive, list_patients, load_grammar_words
from standoff.annotate.events.parties import Layer, Parties, find_parties
from standoff.annotate.events.status import Standing, load_status_words
from standoff.annotate.facts import AttributionFact

DONE = Standing("actual", None, False)
IMPERSONAL = frozenset({"it", "there", "this", "that", "nobody", "nothing", "who", "which", "what", "you"})
NOTHING = frozenset({"no", "nothing", "nobody", "none", "never"})
OPENING = frozenset('“"‘«„')
FIRST = frozenset({"i", "we"})


def find_spoken(doc: Doc, triggers: Iterable[Trigger], attributions: Sequence[AttributionFact] = ()) -> Iterator[Coded]:
    """Yield the requests, rebuffs and refusals that stand in the words of speakers.

    "Chad must leave" and "Leave!" are REQUEST by whoever says it; "do not hope for talks" is REJECT, and "we will not
    pay" is REJECT by whoever will not. Without
    attributions only a clause under a verb of saying counts, and that verb's subject is the speaker.
    """
    inside = {trigger.token.i: trigger for trigger in triggers}
    vouchers = map_vouchers(doc, attributions)
    for token in doc:
        voucher, part = vouchers[token.i], token.pos_
        if part == "NOUN" and voucher is not None and token.lemma_.lower() in load_grammar_words().insults:
            insult = _read_insult(token)
            if insult is not None:
                yield insult
        if part not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass", "amod"):
            continue
        speaker = None if voucher is not None else _find_reporting_subject(token)
        if voucher is None and speaker is None:
            continue
        direct = voucher is not None and attributions[voucher]["directness"] != "indirect"
        coded = _read_modal(token, inside.get(token.i), speaker) or _read_need(token, speaker)
        if coded is None and direct:
            coded = _read_imperative(token, inside)
        if coded is None:
            coded = _read_refusal(token, inside)
        if coded is not None:
            yield coded


def _find_reporting_subject(token: Token) -> Token | None:
    """Give the speaker of a clause that a verb of saying governs."""
    head = token.head
    if token.dep_ != "ccomp" or head.lemma_.lower() not in load_grammar_words().reporting:
        return None
    return next((child for child in head.children if child.dep_ == "nsubj"), None)


def _read_modal(token: Token, trigger: Trigger | None, speaker: Token | None) -> Coded | None:
    """Read "Chad must leave" as a request to Chad; "Chad should not ask again" as a rebuff."""
    words = load_grammar_words()
    modal = next((x for x in token.children if x.dep_ == "aux" and x.lemma_.lower() in words.directive_modals), None)
    if modal is None and token.lemma_.lower() == "need":
        modal = (
            token if any(x.dep_ == "xcomp" and is_infinitive(x) and not is_passive(x) for x in token.children) else None
        )
    asked = next((x for x in token.children if x.dep_ in ("nsubj", "nsubjpass")), None)
    if modal is None or asked is None or asked.lower_ in ("it", "there", "this", "that", "i"):
        return None
    denied = any(child.dep_ == "neg" for child in token.children)
    how = "is told what to do"
    layers = [Layer((asked,), how, strict=True)]  # "Chad's economy should grow" asks Chad for nothing
    if asked.pos_ == "NOUN":
        layers += [
            Layer(tuple(x for x in child.children if x.dep_ == "pobj"), how)
            for child in token.children
            if child.dep_ == "agent"
        ]
    if denied and is_passive(token) and token.lemma_.lower() in words.rebuffs:
        return None  # "she must not be asked" turns down nobody
    return _make(token, modal, trigger, denied, speaker, tuple(layers))


def _read_need(token: Token, speaker: Token | None) -> Coded | None:
    """Read "it is vital that Chad leaves" as a request."""
    words = load_grammar_words()
    need = next(
        (x for x in token.children if x.dep_ == "acomp" and x.lemma_.lower() in words.directive_adjectives), None
    )
    it = next((x for x in token.children if x.dep_ in ("nsubj", "expl")), None)
    if need is None or it is None or it.lower_ != "it":
        return None
    clauses = [
        x for place in (token, need) for x in place.children if x.dep_ in ("xcomp", "ccomp", "advcl") and x.i > need.i
    ]
    if not clauses:
        return None
    asked = tuple(x for x in clauses[0].children if x.dep_ in ("nsubj", "nsubjpass"))
    return _make(token, need, None, False, speaker, (Layer(asked, "is told what to do"),))


def _read_refusal(token: Token, inside: Mapping[int, Trigger]) -> Coded | None:
    """Read "we will not pay", "she is not leaving" and "Chad does not need a mediator" as refusals by the subject."""
    words = load_grammar_words()
    subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
    objects = [child for child in token.children if child.dep_ in ("dobj", "xcomp", "prep")]
    known = any(word.i in inside for word in (token, *objects))
    if subject is None or subject.lower_ in IMPERSONAL or known or token.lemma_.lower() in words.idle_refusals:
        return None
    denial = next((child for child in token.children if child.dep_ == "neg"), None)
    if denial is None:
        denial = next((x for child in objects for x in (child, *child.children) if x.lower_ in NOTHING), None)
    if denial is None:
        return None
    helpers = {child.lower_ for child in token.children if child.dep_ == "aux"}
    statuses = load_status_words()
    ahead = token.tag_ == "VB" and helpers & (statuses.future_auxiliaries | statuses.would)
    leaving = token.tag_ == "VBG" and helpers & {"am", "are", "is", "'m", "'re", "’re", "’m"} and not helpers & {"been"}
    needless = token.lemma_.lower() in words.unwanted and helpers & {"do", "does", "did"} and objects
    if not (ahead or (leaving and subject.lower_ in FIRST) or needless):
        return None
    layers = [] if needless else [Layer(tuple(list_patients(token)), f"is what “{token.text}” acts on")]
    layers += [
        Layer(tuple(x for x in child.children if x.dep_ == "pobj"), f"stands with “{child.text}”")
        for child in objects
        if child.lower_ in ("with", "to", "for", "from")
    ]
    rule = f"“{denial.text}” in a speaker's words makes “{token.text}” a refusal"
    cue = Cue(f"not {token.lemma_}", "REJECT", "change", 1, ())
    parties = Parties((subject,), tuple(layer for layer in layers if layer.nouns), strict=True)
    return Coded(Trigger(token, cue, (denial,)), "REJECT", "change", parties, DONE, None, rule)


def _read_insult(noun: Token) -> Coded | None:
    """Read "she is a traitor", "this traitor Idriss" as an accusation by whoever says it."""
    if noun.dep_ == "attr" and noun.head.lemma_ == "be" and not any(x.dep_ == "neg" for x in noun.head.children):
        meant = tuple(x for x in noun.head.children if x.dep_ == "nsubj")
    elif any(x.dep_ == "det" and x.lower_ in ("this", "that", "these", "those") for x in noun.children):
        meant = (noun, *(x for x in noun.children if x.dep_ in ("appos", "nmod")))
    else:
        return None
    layer = Layer(meant, f"is called “{noun.text}”")
    cue = Cue(noun.lemma_, "ACCUSE", "disapprove", 1, ())
    rule = f"“{noun.text}” in a speaker's words accuses"
    return Coded(Trigger(noun, cue, ()), "ACCUSE", "disapprove", Parties((), (layer,)), DONE, None, rule, spoken=True)


def _read_imperative(token: Token, inside: Mapping[int, Trigger]) -> Coded | None:
    """Read "free them" as a request to whoever is addressed, "do not hope for talks" as a rebuff."""
    words = load_grammar_words()
    trigger = inside.get(token.i)
    heads = token.dep_ in ("ROOT", "ccomp") or (
        token.dep_ == "conj" and token.head.dep_ == "ROOT" and token.head.tag_ == "VB"
    )
    heads = heads or (token.i > 0 and token.nbor(-1).text in OPENING and token.dep_ != "dobj")
    own = {child.dep_ for child in token.children if child.i < token.i and child.lower_ not in ("do", "please")}
    if token.tag_ != "VB" or not heads or own & {"nsubj", "nsubjpass", "aux", "mark", "expl"}:
        return None
    denied = any(child.dep_ == "neg" for child in token.children)
    if not denied and token.lemma_.lower() in words.idle_imperatives:
        return None
    if trigger is None and any(child.dep_ == "dobj" and child.i in inside for child in token.children):
        return None  # "expect no pressure from Chad" tells of the pressure, not of a rebuff
    you = tuple(item for item in token.subtree if item.lower_ in ("you", "your"))
    named = find_parties(trigger, load_cues().types[trigger.cue.type]).layers if trigger is not None else ()
    return _make(token, token, trigger, denied, None, (*named, Layer(you, "is spoken to")))


def _make(
    token: Token, sign: Token, trigger: Trigger | None, denied: bool, speaker: Token | None, layers: tuple[Layer, ...]
) -> Coded:
    lemma = token.lemma_.lower()
    rebuff = denied and (
        lemma in load_grammar_words().rebuffs or (trigger is not None and load_cues().types[trigger.cue.type].quad <= 2)
    )
    type_ = "REJECT" if rebuff else "REQUEST"
    mode = name_refusal(trigger) if trigger is not None else "change"
    parts = (sign,) if sign is not token else ()
    rule = f"“{sign.text}” in a speaker's words " + ("turns something down" if rebuff else "asks for something")
    return Coded(
        Trigger(token, Cue(f"{sign.text} …", type_, mode, 1, ()), parts),
        type_,
        mode,
        Parties(() if speaker is None else (speaker,), layers),
        DONE,
        None,
        rule,
        spoken=speaker is None,
    )
