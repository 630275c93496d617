"""Turn coded triggers into event facts: name the parties, place the event, and say why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from spacy.tokens import Doc, Token

from standoff.annotate.events.cast import NOBODY, Cast, Naming
from standoff.annotate.events.circumstances import cut_event_passage, find_time, map_vouchers
from standoff.annotate.events.coding import Coded, code_triggers, name_threat
from standoff.annotate.events.contexts import find_contexts
from standoff.annotate.events.cues import find_triggers, is_own, load_cues
from standoff.annotate.events.grammar import (
    find_agent,
    is_infinitive,
    is_passive,
    list_governors,
    load_grammar_words,
)
from standoff.annotate.events.judgements import find_judgements
from standoff.annotate.events.magnitudes import Counter
from standoff.annotate.events.own import Ontology, merge_coded
from standoff.annotate.events.parties import ONE_WAY, READ_AS, SPOKEN_OF, Layer, Parties, asks_for_deed
from standoff.annotate.events.places import Locator, name_place
from standoff.annotate.events.seen import UNLISTED, Sightings
from standoff.annotate.events.sites import find_where
from standoff.annotate.events.speech import find_spoken
from standoff.annotate.events.unsaid import Unsaid
from standoff.annotate.facts import AttributionFact, EventFact, read_facts
from standoff.codebooks.ontology import PLOVER

# Types told strongly enough by their cue that the passive's patient alone makes an event ("the party was banned").
ONE_SIDED = frozenset({"COERCE", "SANCTION", "ASSAULT"})
FORCE_ALONE = frozenset({"ASSAULT", "COERCE", "PROTEST"})
LEGAL = frozenset({"allege", "investigate", "release"})  # modes of other types that do so too ("she was charged")
# Types that can be told of a thing that stands for whoever did it: "denounced the ruling".
ABOUT_DEEDS = frozenset({"ACCUSE", "REJECT", "SUPPORT", "REQUEST", "THREATEN"})
WITHHELD = frozenset({"strike", "hunger"})  # ways to protest that no state has
MUTUAL = frozenset({"CONSULT", "COOPERATE", "CONCEDE", "MOBILIZE"})  # of whose passive the patient is mostly a thing
PLURAL = frozenset({"NNS", "NNPS"})
FORCE = 4  # the quad of material conflict
CLOSE = 14  # tokens; a party named further from the trigger than that is not taken for its recipient


def find_events(doc: Doc, ontology: Ontology | None = None) -> Iterator[EventFact]:
    """Yield the events of a parsed document in reading order, each once.

    The rule of thumb is a trigger from the codebook with a party on either side. A party must be an actor that a
    mention names; without any mentions in the document (the component alone in somebody's pipeline) nouns suffice and
    the lists of actors stay empty. A recipient left unsaid is carried over from what the same actor turned down, or is
    the country that the report is set in, at a lower score; beyond that nothing outside the sentence is looked at.
    An `ontology` of the user's own takes PLOVER's place.
    """
    finder = _Finder(doc, ontology)
    seen: set[tuple[int, int, str]] = set()
    kept: dict[int, Coded] = {}
    for coded in finder.coded:
        fact = finder.make(coded)
        if fact is not None and (key := (fact["start"], fact["end"], fact["type"])) not in seen:
            seen.add(key)
            finder.told.append(fact)
            kept[coded.trigger.token.i] = coded
    counter = Counter(doc, kept)  # only now: the number of an event that was dropped belongs to the one above it
    for coded, fact in zip(kept.values(), finder.told, strict=True):
        fact["magnitude"] = counter.count(coded)
        fact["type"] = finder.book.names[fact["type"]]
        yield fact


class _Finder:
    def __init__(self, doc: Doc, ontology: Ontology | None) -> None:
        self.book = load_cues() if ontology is None else ontology.book
        self.cast = Cast(doc)
        self.times = read_facts(doc, "times")
        self.seen = Sightings(doc)
        self.attributions: list[AttributionFact] = read_facts(doc, "attributions")
        self.actors = read_facts(doc, "actors")
        self.vouchers = map_vouchers(doc, self.attributions)
        cued = ((fact["cue"], fact["actor"]) for fact in self.attributions if fact["actor"] is not None)
        self.speakers = {place: actor for cue, actor in cued if cue is not None for place in range(*cue)}
        triggers = find_triggers(doc, PLOVER if ontology is None else ontology.which)
        self.coded = ontology.code(doc, triggers) if ontology is not None else []
        if ontology is None or ontology.is_plover:
            own = {item.trigger.token.i for item in self.coded}
            triggers = self.seen.join_triggers(trigger for trigger in triggers if trigger.token.i not in own)
            spoken = (*find_judgements(doc, self.attributions), *find_spoken(doc, triggers, self.attributions))
            joined = [self.seen.settle(item) for item in code_triggers(triggers, spoken)]
            self.coded = merge_coded(self.coded, joined)
        charging = {item.trigger.token.i for item in self.coded if item.type == "ACCUSE" and not item.spoken}
        self.coded = [item for item in self.coded if not _is_charged(item, charging)]
        self.triggers = {item.trigger.token.i: item for item in self.coded}
        self.locator = Locator(doc)
        self.told: list[EventFact] = []
        self.unsaid = Unsaid(self.cast, self.actors, self.attributions, self.told, self.book)

    def make(self, coded: Coded) -> EventFact | None:
        token = coded.trigger.token
        voucher = self.vouchers[token.i]
        coded, actors = self._name_actors(coded, voucher)
        layer, recipients = self._name_recipients(coded, actors, voucher)
        actors, recipients = self._part_sides(coded, actors, recipients)
        coded = self._settle_status(coded, actors, voucher)
        if not self._is_told(coded, actors, recipients):
            return None
        nouns = (*(coded.parties.actors if actors.actors else ()), *(layer.nouns if layer else ()))
        start, end = cut_event_passage(coded, nouns)
        where = find_where(coded)
        return EventFact(
            cue=[token.idx, token.idx + len(token)],
            start=start,
            end=end,
            type=coded.type,
            mode=coded.mode,
            context=find_contexts(coded),
            actors=list(actors.actors),
            recipients=list(recipients.actors),
            status=coded.standing.status,
            time=find_time(token, self.times),
            place=None if where is None else name_place(where),
            location=None if where is None else self.locator.locate(where, (*actors.actors, *recipients.actors)),
            attribution=voucher,
            score=_score(coded, actors, recipients, carried=layer is not None and not layer.nouns),
            why=_say_why(coded, layer if recipients.actors else None),
            made_by="reader+rules/parse" if coded.trigger.cue.text == UNLISTED else "rules/cue-parse",
        )

    def _settle_status(self, coded: Coded, actors: Naming, voucher: int | None) -> Coded:
        """Count what a speaker says he will accept or turn down as done: saying it is doing it."""
        speaker = None if voucher is None else self.attributions[voucher]["actor"]
        if coded.standing.status != "future" or coded.type not in ("AGREE", "REJECT") or speaker is None:
            return coded
        declared = coded.type == "REJECT" or coded.trigger.cue.type == "AGREE"
        if not declared or speaker not in actors.actors:
            return coded
        return coded._replace(standing=coded.standing._replace(status="actual"))

    def _part_sides(self, coded: Coded, actors: Naming, recipients: Naming) -> tuple[Naming, Naming]:
        """Take two who share one noun for the two sides of what they do to each other: "Thai and Lao envoys met"."""
        rules = self.book.types[coded.type]
        joint = coded.trigger.token.lemma_.lower() in rules.joint and coded.mode not in ONE_WAY
        if recipients.actors or not joint or len(actors.actors) < 2:
            return actors, recipients
        return actors._replace(actors=actors.actors[:1]), actors._replace(actors=actors.actors[1:])

    def _name_actors(self, coded: Coded, voucher: int | None) -> tuple[Coded, Naming]:
        """Name who acts; a speaker who announces force, or tells the other that they will not meet, acts himself."""
        speaker = None if voucher is None else self.attributions[voucher]["actor"]
        spoken = NOBODY if speaker is None else Naming((speaker,), True)
        actors = spoken if coded.spoken else self.cast.name_all(coded.parties.actors)
        if coded.parties.strict and not actors.direct:
            actors = NOBODY
        sayer = None if coded.spoken else self.speakers.get(coded.trigger.token.idx)
        shared = not any(child.dep_ in ("nsubj", "nsubjpass") for child in coded.trigger.token.children)
        if sayer is not None and shared and self.book.types[coded.type].verbal and not is_passive(coded.trigger.token):
            actors = Naming(
                (sayer,), True
            )  # "…, she said, and promised": who says a thing is known better than whose verb
        of_state = any(self.unsaid.is_state(actor) for actor in actors.actors)
        if of_state and coded.type == "PROTEST" and coded.mode in WITHHELD:
            actors = NOBODY  # a minister who speaks of the stoppage is on no strike
        elif of_state and coded.type == "PROTEST" and coded.mode == "obstruct":
            coded = coded._replace(
                type="COERCE", mode="restrict", rule=f"{coded.rule}, and a state that blocks coerces"
            )
        elif of_state and coded.type == "PROTEST":
            rule = f"{coded.rule}, and a state's protest is disapproval"
            coded = coded._replace(type="ACCUSE", mode="disapprove", rule=rule)
        if speaker is None or coded.spoken:
            return coded, actors
        subject = coded.parties.actors[0].lower_ if coded.parties.actors else None
        if coded.type == "ACCUSE" and coded.trigger.cue.type == "ACCUSE" and subject == "you":
            you = Layer(coded.parties.actors, "is told to have done it")
            return coded._replace(parties=Parties((), (you,)), spoken=True), spoken
        between = any(child.lower_ in ("between", "among") for child in coded.trigger.token.children)
        if (
            coded.trigger.cue.type == "CONSULT"
            and not actors.actors
            and coded.trigger.token.pos_ == "NOUN"
            and not between
        ):
            return coded, spoken  # "she said a meeting with Chad was near": she, or her side, is to be there
        if coded.type == "REJECT" and subject == "you" and coded.standing.word and coded.trigger.cue.type != "REJECT":
            you = Layer(coded.parties.actors, "is spoken to")
            return coded._replace(parties=Parties((), (you, *coded.parties.layers))), spoken
        force = self.book.types[coded.type].quad == FORCE and coded.type != "PROTEST" and not is_own(coded.type)
        if force and coded.standing.status == "future" and actors.actors in ((), (speaker,)):
            rule = f"{coded.rule}, and force that a speaker announces is a threat"
            standing = coded.standing._replace(status="actual")
            return coded._replace(
                type="THREATEN", mode=name_threat(coded.trigger), standing=standing, rule=rule
            ), spoken
        return coded, actors

    def _name_recipients(self, coded: Coded, actors: Naming, voucher: int | None) -> tuple[Layer | None, Naming]:
        """Give the first layer that names an actor who is not acting already, and whom it names."""
        token = coded.trigger.token
        for layer in coded.parties.layers:
            naming = self._name_layer(coded, layer, actors)
            if naming.actors:
                return layer, naming
        if not actors.actors:
            return (coded.parties.layers[0] if coded.parties.layers else None), NOBODY
        if coded.type == "CONSULT" and token.pos_ == "NOUN":
            return None, NOBODY  # "a round of talks" names no partner, and nobody can know whom it was with
        guesses = [*self.unsaid.guess_partner(coded, actors, voucher)]
        # Who will not do something, or asks that prisoners be freed, need not turn to those named there.
        asked_for = coded.type == "REQUEST" and coded.inner is not None and is_passive(coded.inner.token)
        asked_for = asked_for or asks_for_deed(coded.trigger)
        addressed = self.book.types[coded.type].verbal and not (coded.parties.strict or asked_for)
        if addressed and token.right_edge.i - token.i < CLOSE:
            below = self.cast.list_below(token, owners=actors.actors)
            guesses.append(("is named in what was said", list(self._leave_own(below, actors))))
        guesses += self.unsaid.guess(coded, actors, voucher)
        for how, found in guesses:
            others = tuple(actor for actor in found if actor not in actors.actors)
            if others:
                return Layer((), how), Naming(others[:1], False)
        return None, NOBODY

    def _name_layer(self, coded: Coded, layer: Layer, actors: Naming) -> Naming:
        """Name the actors of a layer. Who condemns a deed accuses its doer: the deed's own victim is not meant."""
        # One's own people can be asked for something, but "withdrew its troops" is not done to the troops.
        owned = () if coded.type in ("REQUEST", "CONSULT") else actors.actors
        nouns = tuple(noun for noun in layer.nouns if not self.cast.is_owned(noun, owned))
        naming = self.cast.name_all(nouns, loosely=True)
        if layer.strict and not naming.direct:
            return NOBODY
        if not naming.direct:
            deeds = [self.triggers[noun.i] for noun in layer.nouns if noun.i in self.triggers]
            doers = tuple(actor for deed in deeds for actor in self.cast.name_all(deed.parties.actors).actors)
            if doers or (deeds and coded.type == "ACCUSE"):
                naming = Naming(tuple(dict.fromkeys(doers)), False)
        if not naming.actors and coded.type in ABOUT_DEEDS:
            naming = Naming(tuple(self.unsaid.find_doers(layer.nouns)), False)
        others = tuple(actor for actor in naming.actors if actor not in actors.actors)
        return naming._replace(actors=self._leave_own(others, actors) if layer.how in (SPOKEN_OF, READ_AS) else others)

    def _leave_own(self, found: Iterable[int], actors: Naming) -> tuple[int, ...]:
        """Leave out the country that those who act speak for: a minister who warns that it may act warns another."""
        states = {self.actors[actor]["country"] for actor in actors.actors if self.unsaid.is_state(actor)}
        kinds = {actor: self.actors[actor]["kind"] for actor in found}
        return tuple(at for at in found if kinds[at] != "country" or self.actors[at]["country"] not in states)

    def _is_told(self, coded: Coded, actors: Naming, recipients: Naming) -> bool:
        """Tell whether enough is known of who did it to whom for an event to be worth a record.

        Either side alone will do if it is named itself: the actor, or the victim of force or of the law. Force that a
        clause of its own tells is kept even if no mention names a party: "shots were fired", "Chad's van was attacked".
        """
        if not self.cast.known:
            return bool(coded.parties.actors and coded.parties.layers)
        if actors.actors and recipients.actors:
            return True
        if is_own(coded.type):
            return actors.direct or recipients.direct or self._stands_alone(coded)
        if recipients.actors and (coded.type in ONE_SIDED or coded.mode in LEGAL or _is_told_of(coded)):
            known = recipients.direct or self._tells_force(coded)
            return known and not _is_accident(coded.trigger.token)
        if not actors.actors and not recipients.actors:
            return self._tells_force(coded)
        return actors.direct and not self._is_weak(coded)

    def _tells_force(self, coded: Coded) -> bool:
        """Tell whether a clause of its own tells force so plainly that nobody need be named: "a van was attacked"."""
        return coded.type in FORCE_ALONE and self._stands_alone(coded) and not self._is_weak(coded)

    def _stands_alone(self, coded: Coded) -> bool:
        """Tell whether a clause of its own tells an event of material conflict as done, or as not done."""
        told = coded.standing.status in ("actual", "negated") and _is_finite(coded.trigger.token)
        return told and self.book.types[coded.type].quad == FORCE

    def _is_weak(self, coded: Coded) -> bool:
        """Tell whether an event is too little without a recipient.

        That is so of verbs of many meanings, of nouns whose doer another verb has to name, of "X should grow", and of
        "it is right".
        """
        trigger = coded.trigger
        vague = trigger.cue.weight == 0 and trigger.token.lemma_.lower() in load_grammar_words().weak
        vague = vague and not (trigger.cue.type == "CONSULT" and _is_mutual(coded))
        vague = vague and not self.seen.agrees(coded)
        carried = trigger.token.pos_ == "NOUN" and not any(
            trigger.token.is_ancestor(noun) for noun in coded.parties.actors
        )
        return vague or carried or (coded.spoken and coded.type in ("REQUEST", "SUPPORT"))


def _is_accident(verb: Token) -> bool:
    """Tell whether harm may have come by accident: no weapon and no fight is said to have done it."""
    words = load_grammar_words()
    means = (noun for child in verb.rights if child.dep_ in ("agent", "prep") for noun in child.rights)
    return verb.lemma_.lower() in words.accidents and all(noun.lemma_.lower() not in words.weapons for noun in means)


def _is_charged(coded: Coded, charging: Collection[int]) -> bool:
    """Tell whether blame in a speaker's words is only what he accuses of: of giving in to blackmail."""
    inside = coded.spoken and coded.type == "ACCUSE"
    return inside and any(governor.i in charging for governor in list_governors(coded.trigger.token))


def _is_finite(token: Token) -> bool:
    """Tell whether a verb states something by itself, unlike "to shoot" and "shooting"."""
    helped = any(child.dep_ in ("aux", "auxpass") and child.lower_ != "to" for child in token.children)
    return token.pos_ == "VERB" and (token.tag_ in ("VBD", "VBZ", "VBP") or helped) and not is_infinitive(token)


def _is_told_of(coded: Coded) -> bool:
    """Tell whether a passive of its own clause leaves the doer unsaid: "the dockers were offered a rise"."""
    token = coded.trigger.token
    vague = coded.trigger.cue.weight == 0 and token.lemma_.lower() in load_grammar_words().weak
    if coded.type in MUTUAL or coded.spoken or vague:
        return False
    return is_passive(token) and find_agent(token) is None and _is_finite(token)


def _is_mutual(coded: Coded) -> bool:
    """Tell whether one plural noun names both sides: "the envoys are to meet"."""
    subject = coded.parties.actors[0] if coded.parties.actors else None
    joint = coded.trigger.token.lemma_.lower() in load_cues().types[coded.trigger.cue.type].joint
    return joint and subject is not None and (subject.tag_ in PLURAL or subject.lower_ in ("they", "we", "both"))


def _say_why(coded: Coded, layer: Layer | None) -> str:
    """Say in one sentence what led to an event: the cue, who acts, where the recipient stands, what its status is."""
    parts = [coded.rule]
    if coded.spoken:
        parts.append("the speaker does it")
    elif coded.parties.actors:
        parts.append(f"“{coded.parties.actors[0].text}” does it")
    if layer is not None and layer.nouns:
        parts.append(f"“{layer.nouns[0].text}” {layer.how}")
    elif layer is not None:
        parts.append(f"the recipient {layer.how}")
    if coded.standing.word is not None and coded.standing.status != "actual":
        parts.append(f"“{coded.standing.word}” makes it {coded.standing.status}")
    return "; ".join(parts) + "."


def _score(coded: Coded, actors: Naming, recipients: Naming, *, carried: bool) -> float:
    """Score an event by how much of it stands in the text itself: cue, actor, recipient."""
    score = 0.45 + 0.1 * min(coded.trigger.cue.weight, 2)
    score += 0.15 * bool(actors.actors) + 0.15 * bool(recipients.actors)
    score -= 0.05 * (not actors.direct) + 0.05 * (not recipients.direct) + 0.15 * carried
    return round(min(score, 0.95), 3)
