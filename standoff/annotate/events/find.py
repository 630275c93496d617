"""Turn coded triggers into event facts: name the parties, place the event, and say why."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from standoff.annotate.events.cast import NOBODY, Cast, Naming
from standoff.annotate.events.circumstances import cut_event_passage, find_place, find_time, find_voucher
from standoff.annotate.events.coding import Coded, code_triggers, name_threat
from standoff.annotate.events.contexts import find_contexts
from standoff.annotate.events.cues import load_cues
from standoff.annotate.events.grammar import load_grammar_words
from standoff.annotate.events.parties import Layer, Parties
from standoff.annotate.events.speech import find_spoken
from standoff.annotate.facts import AttributionFact, EventFact, read_facts

# Types told strongly enough by their cue that the passive's patient alone makes an event ("the party was banned").
ONE_SIDED = frozenset({"COERCE", "SANCTION", "ASSAULT"})
# Types that a foreign party, in a report set in one country, does to that country unless another is named.
TOWARDS_HOME = frozenset({"SUPPORT", "SANCTION", "ACCUSE", "AID", "THREATEN", "COOPERATE", "REQUEST"})
FORCE = 4  # the quad of material conflict
CLOSE = 14  # tokens; a party named further from the trigger than that is not taken for its recipient
THINGS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL", "PRODUCT", "WORK_OF_ART"})
ACTOR_ALONE = frozenset({"RETREAT", "PROTEST"})


def find_events(doc: Doc) -> Iterator[EventFact]:
    """Yield the events of a parsed document in reading order, each once.

    The rule of thumb is a trigger from the codebook with a party on either side. A party must be an actor that a
    mention names; without any mentions in the document (the component alone in somebody's pipeline) nouns suffice and
    the lists of actors stay empty. A recipient left unsaid is carried over from what the same actor turned down, or is
    the country that the report is set in, at a lower score; beyond that nothing outside the sentence is looked at.
    """
    finder = _Finder(doc)
    seen: set[tuple[int, int, str]] = set()
    for coded in finder.coded:
        fact = finder.make(coded)
        if fact is not None and (key := (fact["start"], fact["end"], fact["type"])) not in seen:
            seen.add(key)
            finder.told.append(fact)
            yield fact


class _Finder:
    def __init__(self, doc: Doc) -> None:
        self.cast = Cast(doc)
        self.times = read_facts(doc, "times")
        self.attributions: list[AttributionFact] = read_facts(doc, "attributions")
        self.actors = read_facts(doc, "actors")
        self.home = self.cast.find_home()
        self.coded = code_triggers(doc, find_spoken(doc, self.attributions))
        self.triggers = {item.trigger.token.i: item for item in self.coded}
        self.told: list[EventFact] = []

    def make(self, coded: Coded) -> EventFact | None:
        token = coded.trigger.token
        voucher = find_voucher(token.idx, self.attributions)
        coded, actors = self._name_actors(coded, voucher)
        layer, recipients = self._name_recipients(coded, actors, voucher)
        if not self._is_told(coded, actors, recipients):
            return None
        nouns = (*(coded.parties.actors if actors.actors else ()), *(layer.nouns if layer else ()))
        start, end = cut_event_passage(coded, nouns)
        return EventFact(
            start=start,
            end=end,
            type=coded.type,
            mode=coded.mode,
            context=find_contexts(coded),
            actors=list(actors.actors),
            recipients=list(recipients.actors),
            status=coded.standing.status,
            time=find_time(token, self.times, self.triggers),
            place=find_place(coded),
            attribution=voucher,
            score=_score(coded, actors, recipients, carried=layer is not None and not layer.nouns),
            why=_say_why(coded, layer if recipients.actors else None),
            made_by="rules/cue-parse",
        )

    def _name_actors(self, coded: Coded, voucher: int | None) -> tuple[Coded, Naming]:
        """Name who acts; a speaker who announces force, or tells the other that they will not meet, acts himself."""
        speaker = None if voucher is None else self.attributions[voucher]["actor"]
        spoken = NOBODY if speaker is None else Naming((speaker,), True)
        actors = spoken if coded.spoken else self.cast.name_all(coded.parties.actors)
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
        force = load_cues().types[coded.type].quad == FORCE and coded.type != "PROTEST"
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
        guesses: list[tuple[str, list[int]]] = []
        guesses += self._guess_partner(coded, actors, voucher)
        if load_cues().types[coded.type].verbal and token.right_edge.i - token.i < CLOSE:
            guesses.append(
                (
                    "is named in what was said",
                    self.cast.list_below(token, owners=actors.actors),
                )
            )
        guesses += self._guess_unsaid(coded, actors, voucher)
        for how, found in guesses:
            others = tuple(actor for actor in found if actor not in actors.actors)
            if others:
                return Layer((), how), Naming(others[:1], False)
        return None, NOBODY

    def _name_layer(self, coded: Coded, layer: Layer, actors: Naming) -> Naming:
        """Name the actors of a layer. Who condemns a deed accuses its doer: the deed's own victim is not meant."""
        # One's own people can be asked for something, but "withdrew its troops" is not done to the troops.
        owned = () if coded.type == "REQUEST" else actors.actors
        nouns = tuple(noun for noun in layer.nouns if not self.cast.is_owned(noun, owned))
        naming = self.cast.name_all(nouns, loosely=True)
        if layer.strict and not naming.direct:
            return NOBODY
        if not naming.direct:
            deeds = [self.triggers[noun.i] for noun in layer.nouns if noun.i in self.triggers]
            doers = tuple(actor for deed in deeds for actor in self.cast.name_all(deed.parties.actors).actors)
            if doers or (deeds and coded.type == "ACCUSE"):
                naming = Naming(tuple(dict.fromkeys(doers)), False)
        return naming._replace(actors=tuple(actor for actor in naming.actors if actor not in actors.actors))

    def _guess_partner(self, coded: Coded, actors: Naming, voucher: int | None) -> Iterator[tuple[str, list[int]]]:
        """Yield the other side of a quotation: whom "I" speak to, or who is speaking to "you"."""
        if voucher is None or not load_cues().types[coded.type].verbal:
            return
        speaker, addressee = self.attributions[voucher]["actor"], self.attributions[voucher]["addressee"]
        if speaker in actors.actors and addressee is not None:
            yield "is spoken to", [addressee]
        if speaker is not None and coded.parties.actors and coded.parties.actors[0].lower_ == "you":
            yield "is speaking", [speaker]

    def _guess_unsaid(self, coded: Coded, actors: Naming, voucher: int | None) -> Iterator[tuple[str, list[int]]]:
        """Yield recipients that the clause leaves unsaid, with the reason in words."""
        if coded.type == "REJECT" or coded.trigger.cue.type == "CONSULT":
            objects = (*coded.trigger.parts, *(noun for layer in coded.parties.layers for noun in layer.nouns))
            proposed = any(noun.lemma_.lower() in load_grammar_words().proposals for noun in objects)
            for fact in reversed(self.told[-3:]):
                if proposed and fact["type"] in ("REQUEST", "AGREE"):
                    yield "had proposed it just before", fact["actors"]
            for fact in reversed(self.told):
                if voucher is not None and fact["type"] == "REJECT" and set(fact["actors"]) == set(actors.actors):
                    yield "was turned down by the same actor before", fact["recipients"]
        if self.home is not None and coded.type in TOWARDS_HOME:
            code, country = self.home
            if all(self._is_foreign(actor, code) for actor in actors.actors):
                yield "is the country that the report is set in", [country]

    def _is_foreign(self, actor: int, home: str) -> bool:
        """Tell whether an actor is of another country, or is called "countries", "donors" and the like."""
        fact = self.actors[actor]
        if fact["country"] is None:
            return fact["name"].lower().split()[-1] in load_grammar_words().foreigners
        return bool(fact["country"] != home)

    def _is_told(self, coded: Coded, actors: Naming, recipients: Naming) -> bool:
        """Tell whether enough is known of who did it to whom for an event to be worth a record."""
        if not self.cast.known:
            return bool(coded.parties.actors and coded.parties.layers)
        if actors.actors and recipients.actors:
            return True
        if recipients.actors and coded.type in ONE_SIDED:
            return recipients.direct
        return (
            bool(actors.actors) and actors.direct and coded.type in ACTOR_ALONE and coded.trigger.token.pos_ == "VERB"
        )


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
