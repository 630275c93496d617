"""Make a store of many made-up statements, as large as years of a dispute: python benchmarks/stores.py STORE 100000

The record is made outright, since reading that many articles would take hours: words, speakers, issues and reports are
spread as in news text (a few very often, most seldom; Zipf), days over four years, and each passage is a true slice of
its article. The same number of statements always makes the same record.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, TypeVar

from standoff.codebooks import load_codebook
from standoff.codebooks.ontology import load_ontology
from standoff.records import (
    Actor,
    Article,
    Attribution,
    Conflict,
    Event,
    Happening,
    Mention,
    Passage,
    Position,
    Record,
    Role,
    Shift,
    Source,
    Suggestion,
    When,
    make_id,
)
from standoff.store.database import open_store

T = TypeVar("T")

FIRST_DAY, DAYS = date(2021, 1, 1), 1460
SAYINGS = 12  # statements in a report; the example articles have 13
WORDS = 20_000  # in the vocabulary
OUTLETS = ("The Harbour Post", "Daily Meridian", "The Upland Courier", "Coast Wire", "Evening Ledger", "Lantern News")
ONSETS, VOWELS = (
    ("b", "br", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v"),
    ("a", "e", "i", "o", "u"),
)
TITLES = ("minister", "opposition leader", "spokesman", "governor", "union leader", "envoy", "judge", "analyst")
ACTS = ("say", "say", "say", "deny", "accuse", "promise", "demand", "refuse", "believe", "ask")
STANCES = ("for", "against", "against", "conditional", "neutral")
MADE_BY = "made up"


class Zipf:
    """Draw from a list so that the n-th of it comes about one n-th as often as the first."""

    def __init__(self, items: Sequence[T], dice: random.Random) -> None:
        self.items, self.dice = items, dice
        self.weights = list(accumulate(1 / (place + 2.7) for place in range(len(items))))

    def draw(self, count: int) -> list[Any]:
        """Give that many, drawn with replacement."""
        return self.dice.choices(self.items, cum_weights=self.weights, k=count)


@dataclass
class Drafted:
    """Gather the entries of the record as they are made."""

    articles: list[Article] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    happenings: list[Happening] = field(default_factory=list)


def make_words(dice: random.Random, count: int) -> list[str]:
    """Give different made-up words, the frequent ones shorter."""
    words: dict[str, None] = {}
    while len(words) < count:
        syllables = 2 + (len(words) > 300) + (len(words) > 6000)
        words["".join(dice.choice(ONSETS) + dice.choice(VOWELS) for _ in range(syllables))] = None
    return list(words)


def make_actors(dice: random.Random, words: Sequence[str], count: int) -> list[Actor]:
    """Give people and bodies with offices, countries and aliases."""
    actors = []
    for place in range(count):
        first, last = dice.choice(words).capitalize(), words[-place - 1].capitalize()
        person = place % 4 != 3
        title = dice.choice(TITLES)
        actors.append(
            Actor(
                id=make_id("actor", "made up", place),
                name=f"{first} {last}" if person else f"{last} Council",
                kind="person" if person else "organisation",
                country=dice.choice(("PRY", "URY", "KEN", "NOR", "JPN")),
                sectors=(dice.choice(("GOV", "OPP", "CVL", "LEG")),),
                aliases=(last,) if person else (),
                roles=(Role(title=title),) if person else (),
            )
        )
    return actors


class Reporter:
    """Write reports, each with its statements, deeds and positions."""

    def __init__(self, dice: random.Random, attributions: int) -> None:
        self.dice = dice
        vocabulary = make_words(dice, WORDS)
        self.words = Zipf(vocabulary, dice)
        self.actors = make_actors(dice, vocabulary, max(20, attributions // 25))
        self.speakers = Zipf(self.actors, dice)
        self.issues = Zipf(list(load_codebook("issues").codes), dice)
        self.types = Zipf(list(load_ontology().codes), dice)
        self.outlets = Zipf(OUTLETS, dice)
        self.drafted = Drafted()

    def write_report(self, number: int, sayings: int) -> None:
        """Add one report to the draft: about half of its statements take a side, and a deed follows each third."""
        dice, key = self.dice, make_id("report", number).removeprefix("report_")
        day = (FIRST_DAY + timedelta(days=dice.randrange(DAYS))).isoformat()
        self.pieces: list[str] = []
        self.length = 0
        self.key = key
        for place in range(sayings):
            said = self._say(day)
            if place % 2:
                self._stand(said)
            if place % 3 == 0:
                self._do(said if place % 2 else None, day)
        text = "".join(self.pieces)
        title = " ".join(self.words.draw(7)).capitalize()
        self.drafted.articles.append(
            Article(
                id=key, source=f"{key}.txt", title=title, outlet=self.outlets.draw(1)[0], language="en", published=day,
                earliest=day, latest=day, dated_by="its own day", text=text,
            )
        )  # fmt: skip

    def _write(self, text: str) -> Passage:
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        return Passage(article=self.key, start=start, end=start + len(text), text=text)

    def _name(self, actor: Actor) -> Passage:
        passage = self._write(actor.name)
        mention = make_id("mention", self.key, passage.start, passage.end)
        self.drafted.mentions.append(Mention(id=mention, passage=passage, actor=actor.id))
        return passage

    def _say(self, day: str) -> Attribution:
        speaker, other = self.speakers.draw(2)
        source = self._name(speaker)
        self._write(" ")
        cue = self._write("said")
        self._write(" that ")
        content = self._write(" ".join(self.words.draw(self.dice.randint(8, 22))))
        self._write(", as ")
        self._name(other)
        self._write(" was told. ")
        said = Attribution(
            id=make_id("attribution", self.key, content.start, content.end),
            source=Source(actor=speaker.id, passage=source), cue=cue, content=(content,), directness="indirect",
            act=self.dice.choice(ACTS), addressee=other.id if self.dice.random() < 0.2 else None,
            when=When(earliest=day, latest=day) if self.dice.random() < 0.6 else None,
            score=round(self.dice.uniform(0.3, 0.99), 3), made_by=MADE_BY,
        )  # fmt: skip
        self.drafted.attributions.append(said)
        return said

    def _stand(self, said: Attribution) -> None:
        [content] = said.content
        self.drafted.positions.append(
            Position(
                id=make_id("position", self.key, content.start),
                holder=(said.source and said.source.actor) or "",
                issue=self.issues.draw(1)[0],
                stance=self.dice.choice(STANCES),
                passage=content,
                when=said.when,
                basis=said.id,
                score=round(self.dice.uniform(0.3, 0.99), 3),
                why="made up.",
                made_by=MADE_BY,
            )
        )

    def _do(self, said: Attribution | None, day: str) -> None:
        actor, recipient = self.speakers.draw(2)
        start = self.length
        self._name(actor)
        self._write(f" {self.words.draw(1)[0]} ")
        self._name(recipient)
        text = "".join(self.pieces)[start - self.length :]
        passage = Passage(article=self.key, start=start, end=self.length, text=text)
        self._write(f" over {' '.join(self.words.draw(6))}.\n\n")
        event = Event(
            id=make_id("event", self.key, start), type=self.types.draw(1)[0], actors=(actor.id,),
            recipients=(recipient.id,), passage=passage, status="actual", when=When(earliest=day, latest=day),
            asserted_by=said.id if said else None, score=round(self.dice.uniform(0.3, 0.99), 3), why="made up.",
            made_by=MADE_BY,
        )  # fmt: skip
        self.drafted.events.append(event)
        if self.dice.random() < 0.5:
            self.drafted.happenings.append(
                Happening(
                    id=make_id("happening", event.id),
                    label=f"{actor.name} and {recipient.name}",
                    when=event.when,
                    events=(event.id,),
                    articles=(self.key,),
                    passages=(passage,),
                    score=event.score,
                    why="made up.",
                )
            )


def make_record(attributions: int) -> Record:
    """Give a record of that many statements."""
    dice = random.Random(attributions)
    reporter = Reporter(dice, attributions)
    for number in range(-(-attributions // SAYINGS)):
        reporter.write_report(number, min(SAYINGS, attributions - number * SAYINGS))
    drafted = reporter.drafted
    return Record(
        made_by={"standoff": MADE_BY},
        articles=tuple(drafted.articles),
        actors=tuple(reporter.actors),
        mentions=tuple(drafted.mentions),
        attributions=tuple(drafted.attributions),
        events=tuple(drafted.events),
        positions=tuple(drafted.positions),
        happenings=tuple(drafted.happenings),
        shifts=tuple(_pair_positions(drafted.positions, dice, attributions // 200)),
        conflicts=tuple(_pair_statements(drafted.attributions, dice, attributions // 50)),
        suggestions=tuple(_pair_actors(reporter.actors, dice, attributions // 500)),
    )


def _pair_positions(positions: Sequence[Position], dice: random.Random, count: int) -> Iterator[Shift]:
    by_side: dict[tuple[str, str], Position] = {}
    for item in positions:
        before = by_side.setdefault((item.holder, item.issue), item)
        if before.stance != item.stance and count > 0:
            count -= 1
            by_side[item.holder, item.issue] = item
            yield Shift(
                id=make_id("shift", before.id, item.id), holder=item.holder, issue=item.issue, before=before.id,
                after=item.id, score=round(dice.uniform(0.3, 0.99), 3), why="made up.",
            )  # fmt: skip


def _pair_statements(said: Sequence[Attribution], dice: random.Random, count: int) -> Iterator[Conflict]:
    for place in range(count if len(said) > 1 else 0):
        left, right = dice.sample(said, 2)
        yield Conflict(
            id=make_id("conflict", place), kind="contested", left=left.id, right=right.id, why="made up.",
            score=round(dice.uniform(0.3, 0.99), 3),
        )  # fmt: skip


def _pair_actors(actors: Sequence[Actor], dice: random.Random, count: int) -> Iterator[Suggestion]:
    for place in range(count):
        left, right = dice.sample(actors, 2)
        yield Suggestion(
            id=make_id("suggestion", place), kind="same-actor", left=left.id, right=right.id, why="made up.",
            score=round(dice.uniform(0.3, 0.99), 3),
        )  # fmt: skip


def make_store(url: str, *, attributions: int) -> None:
    """Make a store of that many statements at an address that has none."""
    store = open_store(url)
    store.save_record(make_record(attributions))
    store.engine.dispose()


def main() -> None:
    """Make a store, and say how long it took."""
    parser = argparse.ArgumentParser(description="Make a store of made-up statements.")
    parser.add_argument("store", help="the path of an SQLite file, or an address")
    parser.add_argument("attributions", type=int, help="how many statements")
    given = parser.parse_args()
    start = time.perf_counter()
    make_store(given.store, attributions=given.attributions)
    print(f"{given.attributions} statements in {time.perf_counter() - start:.0f} s: {given.store}")


if __name__ == "__main__":
    main()
