"""Make up readings of many disputes, as many as are wanted, for measuring what resolving them costs.

What an article holds (its length, how many mentions, statements, events and times) is about what a reading of
`examples/articles` has. What makes resolving dear is in it on purpose: one country that nearly every article names,
world bodies that many disputes share, first names and surnames that many bear, words that everybody uses, what one says
that another wants, copies, articles without a day, and one dispute that a fifth of the articles is about.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from standoff.records import (
    Actor,
    Article,
    Attribution,
    Event,
    Kind,
    Mention,
    Occasion,
    Passage,
    Position,
    Reading,
    Role,
    Source,
    Stance,
    TimeExpression,
    When,
    make_id,
)

DISPUTES = 200
LENGTH = 2500  # characters of an article
FIRST_DAY = date(2022, 1, 3)
DAYS = 700  # over which the disputes run
UNDATED, COPIED, FAMOUS = 0.1, 0.08, 0.2  # share of the articles without a day, of copies, and of the first dispute
REPORTED = 0.2  # share of the positions that another tells
COUNTRIES = {
    "USA": "United States", "CHN": "China", "RUS": "Russia", "FRA": "France", "GBR": "United Kingdom", "BRA": "Brazil",
    "IND": "India", "KEN": "Kenya", "PER": "Peru", "NOR": "Norway", "IDN": "Indonesia", "ZAF": "South Africa",
}  # fmt: skip
VERBS = (
    ("arrested", "COERCE"), ("met", "CONSULT"), ("suspended", "SANCTION"), ("fined", "SANCTION"), ("paid", "AID"),
    ("attacked", "ASSAULT"), ("criticised", "ACCUSE"), ("dissolved", "COERCE"), ("banned", "COERCE"),
    ("called", "REQUEST"),
)  # fmt: skip
ISSUES = (
    "negotiation", "mediation", "sanctions", "election", "protest", "detention", "trade", "aid", "territory",
    "ceasefire",
)  # fmt: skip
STANCES: tuple[Stance, ...] = ("for", "against", "against", "for", "conditional", "neutral")
GLUE = ("the", "of", "and", "in", "to", "that", "for", "with", "on", "by")
SPICE = ("not", "never", "may", "could", "will", "must", "completely", "partly", "40 lorries", "some 300 workers", "no")
ONSETS = ("b", "d", "f", "gr", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w")
SYLLABLES = tuple(onset + vowel for onset in ONSETS for vowel in "aeiou")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Piece = str | int  # words as they are, or the number of one of the dispute's actors


@dataclass(frozen=True, slots=True)
class Party:
    """Name an actor as every article of a dispute may."""

    name: str
    kind: Kind
    country: str | None
    sector: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold one sentence before it stands in an article: who says or does what, in which words, on which day."""

    kind: str  # said, done, held or plain
    who: int
    whom: int
    verb: tuple[str, str]
    pieces: tuple[Piece, ...]
    day: date | None
    issue: str | None
    stance: Stance
    told_of: int | None  # the actor whose stance the speaker tells


@dataclass(frozen=True, slots=True)
class Dispute:
    """Hold the parties, words and issues of one dispute; its last parties are the world's, which others share."""

    parties: tuple[Party, ...]
    words: tuple[str, ...]
    issues: tuple[str, ...]


def make_readings(count: int, *, seed: int = 5) -> list[Reading]:
    """Give `count` made-up readings of `DISPUTES` disputes, the same for the same seed."""
    chance = random.Random(seed)
    words = [_make_word(chance) for _ in range(6000)]
    surnames = [_make_word(chance).capitalize() for _ in range(500)]
    given = [_make_word(chance).capitalize() for _ in range(120)]
    disputes = [_make_dispute(chance, words, given, surnames) for _ in range(DISPUTES)]
    news: list[list[tuple[date, list[Sentence]]]] = [[] for _ in disputes]
    readings = []
    for number in range(count):
        at = 0 if chance.random() < FAMOUS else chance.randrange(1, DISPUTES)
        dispute, told = disputes[at], news[at]
        if told and chance.random() < COPIED:
            day, sentences = told[-1]
            sentences = sentences[chance.randrange(2) : len(sentences) - chance.randrange(1, 3)]
        else:
            day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
            sentences = list(_tell_news(chance, dispute, words, day))
            told.append((day, sentences))
        published = None if chance.random() < UNDATED else day.isoformat()
        readings.append(_write_reading(f"{number:06d}", dispute, sentences, published, day))
    return readings


def _make_word(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.choice((2, 3, 3, 4))))


def _make_dispute(
    chance: random.Random, words: Sequence[str], given: Sequence[str], surnames: Sequence[str]
) -> Dispute:
    famous, *others = COUNTRIES
    home = chance.choice(others)
    persons = [
        Party(f"{chance.choice(given)} {chance.choice(surnames)}", "person", home, chance.choice(("GOV", "OPP", "LAB")))
        for _ in range(14)
    ]
    bodies = [
        Party(f"{chance.choice(words).capitalize()} {sort}", "organisation", home, "PTY")
        for sort in ("Party", "Union", "Front", "Council", "League", "Court")
    ]
    crowds = [Party(f"{chance.choice(words)} workers", "group", home, "LAB")]
    world = [
        Party(COUNTRIES[famous], "country", famous, "GOV"),
        Party(COUNTRIES[home], "country", home, "GOV"),
        Party("United Nations", "organisation", "IGO", "IGO"),
    ]
    return Dispute(
        (*persons, *bodies, *crowds, *world), tuple(chance.sample(words, 250)), tuple(chance.sample(ISSUES, 4))
    )


def _tell_news(chance: random.Random, dispute: Dispute, words: Sequence[str], day: date) -> Iterator[Sentence]:
    """Yield the sentences of one day's news; an article is cut off where it is long enough."""
    cast = [*chance.sample(range(len(dispute.parties) - 3), 9), len(dispute.parties) - 2]
    cast += [len(dispute.parties) - 3] if chance.random() < 0.9 else []  # the country that nearly all name
    cast += [len(dispute.parties) - 1] if chance.random() < 0.2 else []
    for _ in range(30):
        who, whom = chance.sample(cast, 2)
        kind = chance.choices(("said", "done", "held", "plain"), (10, 9, 1, 2))[0]
        time = day - timedelta(days=chance.choice((0, 1, 1, 2, 3, 30, 200))) if chance.random() < 0.45 else None
        yield Sentence(
            kind=kind,
            who=who,
            whom=whom,
            verb=chance.choice(VERBS),
            pieces=tuple(_choose_pieces(chance, dispute, words, cast)),
            day=time,
            issue=chance.choice(dispute.issues) if kind == "said" and chance.random() < 0.6 else None,
            stance=chance.choice(STANCES),
            told_of=whom if chance.random() < REPORTED else None,
        )


def _choose_pieces(
    chance: random.Random, dispute: Dispute, words: Sequence[str], cast: Sequence[int]
) -> Iterator[Piece]:
    for number in range(chance.randrange(6, 16)):
        if number % 2:
            yield chance.choice(GLUE)
        elif chance.random() < 0.12:
            yield chance.choice(cast)
        elif chance.random() < 0.12:
            yield chance.choice(SPICE)
        elif chance.random() < 0.6:
            yield chance.choice(dispute.words)
        else:
            yield words[int(len(words) * chance.random() ** 3)]  # a few words are everywhere


class _Page:
    """Write an article piece by piece, and keep where everything stands."""

    def __init__(self, name: str, dispute: Dispute) -> None:
        self.id = make_id("article", name)
        self.dispute = dispute
        self.parts: list[str] = []
        self.length = 0
        self.mentions: list[Mention] = []
        self.known: dict[int, str] = {}

    def write(self, text: str) -> Passage:
        passage = Passage(article=self.id, start=self.length, end=self.length + len(text), text=text)
        self.parts.append(text)
        self.length += len(text)
        return passage

    def name(self, party: int) -> tuple[str, Passage]:
        """Write an actor: in full at first, a person's surname later."""
        known = self.dispute.parties[party]
        first = party not in self.known
        actor = self.known.setdefault(party, make_id("actor", self.id, party))
        passage = self.write(known.name if first or known.kind != "person" else known.name.split()[-1])
        self.mentions.append(Mention(id=make_id("mention", self.id, passage.start), passage=passage, actor=actor))
        return actor, passage

    def write_pieces(self, pieces: Sequence[Piece]) -> Passage:
        start, at = self.length, len(self.parts)
        for number, piece in enumerate(pieces):
            if number:
                self.write(" ")
            if isinstance(piece, str):
                self.write(piece)
            else:
                self.name(piece)
        return Passage(article=self.id, start=start, end=self.length, text="".join(self.parts[at:]))


def _write_reading(
    name: str, dispute: Dispute, sentences: Sequence[Sentence], published: str | None, written: date
) -> Reading:
    page = _Page(name, dispute)
    attributions: list[Attribution] = []
    events: list[Event] = []
    occasions: list[Occasion] = []
    positions: list[Position] = []
    times: list[TimeExpression] = []
    for sentence in sentences:
        if page.length > LENGTH:
            break
        if sentence.kind == "said":
            _write_statement(page, sentence, written, attributions, positions, times)
        elif sentence.kind == "done":
            _write_deed(page, sentence, written, events, times)
        elif sentence.kind == "held":
            passage = page.write("the general election")
            when = _write_time(page, sentence.day, written, times)
            id_ = make_id("occasion", page.id, passage.start)
            occasions.append(
                Occasion(id=id_, kind="general-election", label="general election", passage=passage, when=when)
            )
            page.write(" ")
            page.write_pieces(sentence.pieces)
        else:
            page.write_pieces(sentence.pieces)
        page.write(". ")
    article = Article(
        id=page.id, source=f"{name}.txt", title=None, language="en", published=published, text="".join(page.parts)
    )
    return Reading(
        article=article,
        actors=tuple(_make_actor(actor, dispute.parties[party]) for party, actor in page.known.items()),
        mentions=tuple(page.mentions),
        times=tuple(times),
        attributions=tuple(attributions),
        events=tuple(events),
        occasions=tuple(occasions),
        positions=tuple(positions),
    )


def _make_actor(id_: str, party: Party) -> Actor:
    roles = (Role(title=f"{party.sector} leader", country=party.country),) if party.kind == "person" else ()
    aliases = (party.name.split()[-1],) if party.kind == "person" else ()
    return Actor(
        id=id_,
        name=party.name,
        kind=party.kind,
        country=party.country,
        sectors=(party.sector,),
        aliases=aliases,
        roles=roles,
    )


def _write_time(page: _Page, day: date | None, written: date, times: list[TimeExpression]) -> When | None:
    """Write "on Tuesday" for a day of the last week, else the day in full."""
    if day is None:
        return None
    page.write(" on ")
    near = (written - day).days < 7
    passage = page.write(WEEKDAYS[day.weekday()] if near else f"{day.day} {day:%B %Y}")
    rule = f"<=XXXX-WXX-{day.weekday() + 1}" if near else None
    full = None if near else day.isoformat()
    value = f"XXXX-WXX-{day.weekday() + 1}" if near else day.isoformat()
    times.append(TimeExpression(passage=passage, type="DATE", value=value, relative=rule, earliest=full, latest=full))
    return When(earliest=full, latest=full, passage=passage)


def _write_statement(
    page: _Page,
    sentence: Sentence,
    written: date,
    attributions: list[Attribution],
    positions: list[Position],
    times: list[TimeExpression],
) -> None:
    who, named = page.name(sentence.who)
    page.write(" ")
    cue = page.write("said")
    when = _write_time(page, sentence.day, written, times)
    page.write(" that ")
    content = page.write_pieces(sentence.pieces)
    statement = Attribution(
        id=make_id("attribution", page.id, named.start),
        source=Source(actor=who, passage=named),
        cue=cue,
        content=(content,),
        directness="indirect",
        when=when,
        score=0.9,
        made_by="made up",
    )
    attributions.append(statement)
    holder = who if sentence.told_of is None else page.known.get(sentence.told_of, who)
    if sentence.issue is not None:
        stance = Position(
            id=make_id("position", page.id, named.start),
            holder=holder,
            issue=sentence.issue,
            stance=sentence.stance,
            passage=content,
            basis=statement.id,
            score=0.8,
            why="made up",
            made_by="made up",
        )
        positions.append(replace(stance, when=when))


def _write_deed(
    page: _Page, sentence: Sentence, written: date, events: list[Event], times: list[TimeExpression]
) -> None:
    at = len(page.parts)
    who, named = page.name(sentence.who)
    page.write(" ")
    cue = page.write(sentence.verb[0])
    page.write(" ")
    whom, _ = page.name(sentence.whom)
    passage = Passage(article=page.id, start=named.start, end=page.length, text="".join(page.parts[at:]))
    when = _write_time(page, sentence.day, written, times)
    page.write(" ")
    page.write_pieces(sentence.pieces)
    events.append(
        Event(
            id=make_id("event", page.id, named.start),
            type=sentence.verb[1],
            actors=(who,),
            recipients=(whom,),
            cue=cue,
            passage=passage,
            when=when,
            score=0.8,
            why="made up",
            made_by="made up",
        )
    )
