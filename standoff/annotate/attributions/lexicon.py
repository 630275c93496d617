"""Read the codebook of cues into the form in which the rules look them up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from standoff.codebooks import load_codebook
from standoff.errors import ConfigError

PARTS_OF_SPEECH = ("verb", "noun", "adjective", "phrase")


class Frame(NamedTuple):
    """One way in which a word reports: what it does, and what forms its content takes."""

    code: str
    act: str
    takes: frozenset[str]
    listeners: tuple[str, ...]
    particle: str | None
    objects: frozenset[str]  # the only nouns that may head the object; any may if empty
    things: bool  # the object is never a person or a body
    trust: float


class Lexicon(NamedTuple):
    """The cues by part of speech, and the words that the rules for venues need."""

    verbs: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[Frame, ...]]
    adjectives: Mapping[str, tuple[Frame, ...]]
    phrases: Mapping[str, tuple[Frame, ...]]
    lemmas: Mapping[str, str]
    light: frozenset[str]
    recordings: frozenset[str]
    nobody: frozenset[str]
    silent: frozenset[str]
    withheld: frozenset[str]
    terms: frozenset[str]
    speaking: frozenset[str]
    questioned: frozenset[str]
    venue_prepositions: frozenset[str]
    venue_means: frozenset[str]
    venue_events: frozenset[str]
    venue_outlets: frozenset[str]
    venue_perches: frozenset[str]
    venue_settings: frozenset[str]
    venue_seats: frozenset[str]
    venue_spots: frozenset[str]
    replies: frozenset[str]
    scene_verbs: frozenset[str]
    scene_events: frozenset[str]
    meeting: frozenset[str]
    hearing_bodies: frozenset[str]
    no_places: frozenset[str]
    audiences: frozenset[str]
    spoken_at: frozenset[str]
    threatening: frozenset[str]
    own_people: frozenset[str]
    told_things: frozenset[str]
    hearer_codes: frozenset[str]
    movers: frozenset[str]

    def repair_lemma(self, lemma: str) -> str:
        """Give the lemma that a word has, where the model's lemmatiser is known to err."""
        return self.lemmas.get(lemma, lemma)


@cache
def load_lexicon(which: str = "cues") -> Lexicon:
    """Give the lexicon of a codebook; raises ConfigError for a part of speech that is not one of ours."""
    book = load_codebook(which)
    words: dict[str, dict[str, list[Frame]]] = {part: defaultdict(list) for part in PARTS_OF_SPEECH}
    for code in book.codes.values():
        part = code.extra.get("pos", "verb")
        if part not in words:
            raise ConfigError(f"codebook {which}: codes.{code.key}.pos is {part!r}; give one of {PARTS_OF_SPEECH}.")
        frame = Frame(
            code=code.key,
            act=code.extra["act"],
            takes=frozenset(code.extra["takes"]),
            listeners=_read_listeners(code.extra.get("listener", ())),
            particle=code.extra.get("particle"),
            objects=frozenset(code.extra.get("objects", ())),
            things=code.extra.get("things", False),
            trust=code.extra.get("trust", 0.7),
        )
        for cue in code.cues:
            words[part][cue].append(frame)
    verbs, nouns, adjectives, phrases = (
        {cue: tuple(frames) for cue, frames in words[part].items()} for part in PARTS_OF_SPEECH
    )
    venue = book.settings["venue"]
    return Lexicon(
        verbs=verbs,
        nouns=nouns,
        adjectives=adjectives,
        phrases=phrases,
        lemmas=book.settings["lemmas"],
        light=frozenset(book.settings["light"]["verbs"]),
        recordings=frozenset(book.settings["light"]["recordings"]),
        nobody=frozenset(book.settings["light"]["nobody"]),
        silent=frozenset(book.settings["silence"]["verbs"]),
        withheld=frozenset(book.settings["silence"]["withheld"]),
        terms=frozenset(book.settings["silence"]["terms"]),
        speaking=frozenset(venue["speaking"]),
        questioned=frozenset(venue["questioned"]),
        venue_prepositions=frozenset(venue["prepositions"]),
        venue_means=frozenset(word.casefold() for word in venue["means"]),
        venue_events=frozenset(venue["events"]),
        venue_outlets=frozenset(word.casefold() for word in venue["outlets"]),
        venue_perches=frozenset(venue["perches"]),
        venue_settings=frozenset(venue["settings"]),
        venue_seats=frozenset(venue["seats"]),
        venue_spots=frozenset(venue["spots"]),
        replies=frozenset(venue["replies"]),
        scene_verbs=frozenset(venue["scene_verbs"]),
        scene_events=frozenset(venue["scene_events"]),
        meeting=frozenset(venue["meeting"]),
        hearing_bodies=frozenset(venue["bodies"]),
        no_places=frozenset(venue["no_places"]),
        audiences=frozenset(venue["audiences"]),
        spoken_at=frozenset(venue["spoken_at"]),
        threatening=frozenset(book.settings["threat"]["bodies"]),
        told_things=frozenset(book.settings["hearers"]["things"]),
        movers=frozenset(book.settings["hearers"]["movers"]),
        hearer_codes=frozenset(book.settings["hearers"]["codes"]),
        own_people=frozenset(book.settings["threat"]["people"]),
    )


def _read_listeners(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
