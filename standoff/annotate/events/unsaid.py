"""Guess the other side of an event that the clause leaves unsaid, from the quotation and from what the article told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from standoff.annotate.events.cast import Cast, Naming
from standoff.annotate.events.coding import MATERIAL, Coded
from standoff.annotate.events.cues import CueBook
from standoff.annotate.events.grammar import load_grammar_words
from standoff.annotate.facts import ActorFact, AttributionFact, EventFact

# Types that a foreign party, in a report set in one country, does to that country unless another is named.
TOWARDS_HOME = frozenset({"SUPPORT", "SANCTION", "ACCUSE", "AID", "THREATEN", "COOPERATE", "REQUEST"})
# Types that one state, in a report about two, does to the other unless another party is named.
BETWEEN_STATES = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE", "SANCTION"})
CONFLICT = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
PROPOSING = frozenset({"REQUEST", "AGREE", "THREATEN"})  # what can be turned down by "rejected that"
APPEALS, RULINGS = frozenset({"appeal"}), frozenset({"SANCTION", "COERCE", "ACCUSE"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
PRONOUNS = frozenset({"that", "it", "this", "both"})
NEAR = 3  # events told before that a proposal is looked for among
EARSHOT = 400  # characters after which nobody turns down what was said


class Unsaid:
    """Look for parties outside an event's clause; `told` grows with the events of the article in reading order."""

    def __init__(
        self,
        cast: Cast,
        actors: Sequence[ActorFact],
        attributions: Sequence[AttributionFact],
        told: Sequence[EventFact],
        book: CueBook,
    ) -> None:
        self.cast = cast
        self.book = book
        self.actors = actors
        self.attributions = attributions
        self.told = told
        self._noted = 0
        self._rejected: dict[frozenset[int], list[int]] = {}  # whom these actors last turned down
        self._deeds: dict[str, tuple[int, list[int]]] = {}  # per type the last that was done, and by whom
        self.home = cast.find_home()
        self.pair = cast.find_pair()

    def guess_partner(self, coded: Coded, actors: Naming, voucher: int | None) -> Iterator[tuple[str, list[int]]]:
        """Yield the other side of a quotation: whom "I" speak to, or who is speaking to "you"."""
        if voucher is None or not self.book.types[coded.type].verbal:
            return
        speaker, addressee = self.attributions[voucher]["actor"], self.attributions[voucher]["addressee"]
        if speaker in actors.actors and addressee is not None and "JRN" not in self.actors[addressee]["sectors"]:
            yield "is spoken to", [addressee]
        if speaker is not None and coded.parties.actors and coded.parties.actors[0].lower_ == "you":
            yield "is speaking", [speaker]

    def guess(self, coded: Coded, actors: Naming, voucher: int | None) -> Iterator[tuple[str, list[int]]]:
        """Yield recipients that the clause leaves unsaid, with the reason in words."""
        words = load_grammar_words()
        objects = (*coded.trigger.parts, *(noun for layer in coded.parties.layers for noun in layer.nouns))
        if coded.type == "REJECT" or coded.trigger.cue.type in ("CONSULT", "AGREE"):
            proposed = any(noun.lemma_.lower() in words.proposals or noun.lower_ in PRONOUNS for noun in objects)
            token = coded.trigger.token
            if token.lemma_.lower() in APPEALS:
                yield from self._list_rulings(actors)
                return
            aired = coded.type == "REJECT" and any(noun.lemma_.lower() in words.grievances for noun in objects)
            agreed = coded.type == "AGREE" and token.lemma_.lower() in self.book.types[coded.trigger.cue.type].joint
            bare = not objects and all(child.dep_ not in ("xcomp", "ccomp") for child in token.children)
            answers = bare and (agreed or coded.type == "REJECT")  # "he refused", "they agreed"
            for fact in reversed(self.told[-NEAR:]):
                if aired and fact["type"] == "ACCUSE":
                    yield "had raised it just before", fact["actors"]
                if (proposed or answers) and fact["type"] in PROPOSING:
                    yield "had proposed it just before", fact["actors"]
            if aired:
                yield "had said it just before", self._list_last_speaker(token.idx)
        start = coded.trigger.token.sent.start_char
        for fact in reversed(self.told[-NEAR:]):
            asked = fact["type"] == "REQUEST" != coded.type  # whom somebody asks for help he is not set against
            same = fact["start"] >= start and set(fact["actors"]) == set(actors.actors)
            if coded.type in CONFLICT and same and not asked:
                yield "is whom the same sentence set it against", fact["recipients"]
        if coded.type == "REJECT":
            self._remember()
            turned_down = self._rejected.get(frozenset(actors.actors))
            if turned_down is not None:
                yield "was turned down by the same actor before", turned_down
        if self.home is not None and coded.type in TOWARDS_HOME:
            code, country = self.home
            if all(self._is_foreign(actor, code) for actor in actors.actors):
                yield "is the country that the report is set in", [country]
        if self.pair is not None and coded.type in BETWEEN_STATES and actors.actors:
            for (code, _), (_, other) in (self.pair, self.pair[::-1]):
                if all(self.is_state(actor) and self.actors[actor]["country"] == code for actor in actors.actors):
                    yield "is the other country that the report is about", [other]

    def _list_rulings(self, actors: Naming) -> Iterator[tuple[str, list[int]]]:
        """Yield who had just done something to some actors that can be appealed against."""
        for fact in reversed(self.told[-NEAR:]):
            if fact["type"] in RULINGS and set(fact["recipients"]) & set(actors.actors):
                yield "had ruled against it just before", fact["actors"]

    def _list_last_speaker(self, at: int) -> list[int]:
        """Give whoever was the last to say something before a character, not long before it."""
        said = [
            (fact["cue"][0], fact["actor"]) for fact in self.attributions if fact["cue"] and fact["actor"] is not None
        ]
        before = [(start, actor) for start, actor in said if at - EARSHOT < start < at]
        return [max(before)[1]] if before else []

    def find_doers(self, nouns: Iterable[Token]) -> list[int]:
        """Give who did the deed that a definite noun stands for: "the ruling", "this ban", after it was told.

        The last event of the noun's own type comes first, then the last material one.
        """
        book, words = self.book, load_grammar_words()
        for noun in nouns:
            lemma = noun.lemma_.lower()
            definite = any(child.dep_ == "det" and child.lower_ in DEFINITE for child in noun.children)
            if lemma not in words.deeds or not definite:
                continue
            types = {cue.type for cue in book.by_head.get((lemma, "n"), ())}
            self._remember()
            forceful = {type_ for type_ in self._deeds if book.types[type_].quad == MATERIAL}
            for wanted in (types, forceful):
                if done := [self._deeds[type_] for type_ in wanted if type_ in self._deeds]:
                    return max(done)[1]
        return []

    def _remember(self) -> None:
        """Note what was told since the last time, so that no question has to look at all of it again."""
        for number in range(self._noted, len(self.told)):
            fact = self.told[number]
            if fact["type"] == "REJECT" and fact["recipients"]:
                self._rejected[frozenset(fact["actors"])] = fact["recipients"]
            if fact["actors"] and fact["status"] == "actual":
                self._deeds[fact["type"]] = (number, fact["actors"])
        self._noted = len(self.told)

    def is_state(self, actor: int) -> bool:
        """Tell whether an actor is a country or belongs to its government."""
        fact = self.actors[actor]
        return fact["kind"] == "country" or "GOV" in fact["sectors"]

    def _is_foreign(self, actor: int, home: str) -> bool:
        """Tell whether an actor is of another country, or is called "countries", "donors" and the like."""
        fact = self.actors[actor]
        if fact["country"] is None:
            return fact["name"].lower().split()[-1] in load_grammar_words().foreigners
        return bool(fact["country"] != home)
