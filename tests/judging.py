"""Build reports and judgements for the tests of what a person decides."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from builders import cut, make_actor, make_article, make_attribution, make_event, make_position, make_reading, make_when

from standoff.records import Actor, Judgement, Mention, Reading, Record, make_id
from standoff.resolve.judged.make import judge_entry

LINE = "Ada Ito said no talks were held with the guild. The Quarry Guild fined Rowan Vale on Monday. Ito left."
DAY = "2024-03-04"


class Clock:
    """Give one moment after another."""

    def __init__(self) -> None:
        self.ticks = 0

    def __call__(self) -> str:
        self.ticks += 1
        return f"2026-01-01T00:00:{self.ticks:02}+00:00"


def name_actors(
    article: str, text: str, *actors: tuple[Actor, Sequence[str]]
) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    """Give actors ids of one article, and a mention wherever one of their words stands that no longer one covers."""
    named, found = [], []
    taken: set[int] = set()
    words = sorted(
        ((word, at) for at, (_, words) in enumerate(actors) for word in words), key=lambda item: -len(item[0])
    )
    for word, at in words:
        for match in re.finditer(re.escape(word), text):
            if not taken & {*range(*match.span())}:
                taken |= {*range(*match.span())}
                found.append((match.start(), word, at))
    keys = {at: make_id("actor", article, min(start for start, _, by in found if by == at)) for _, _, at in found}
    for at, (actor, _) in enumerate(actors):
        named.append(replace(actor, id=keys[at]))
    mentions = [
        Mention(
            id=make_id("mention", article, start, word, keys[at]),
            passage=cut(word, article=article, start=start),
            actor=keys[at],
        )
        for start, word, at in sorted(found)
    ]
    return tuple(named), tuple(mentions)


def make_report(name: str, *, text: str = LINE, day: str = DAY, person: str = "Ada Ito", **fields: Any) -> Reading:
    """Build a report in which a person speaks against talks, and a guild fines another person."""
    text = text.replace("Ada Ito", person)
    actors, mentions = name_actors(
        name,
        text,
        (make_actor(person), (person, person.split()[-1])),
        (make_actor("Quarry Guild", kind="organisation"), ("Quarry Guild", "the guild")),
        (make_actor("Rowan Vale"), ("Rowan Vale",)),
    )
    ito, guild, vale = (actor.id for actor in actors)
    said = make_attribution("no talks were held with the guild", by=ito, article=name, within=text)
    said = replace(said, source=replace(said.source, passage=cut(person, article=name, within=text)))
    fined = make_event(
        "The Quarry Guild fined Rowan Vale", kind="SANCTION", actors=(guild,), recipients=(vale,), article=name,
        within=text, when=make_when(day),
    )  # fmt: skip
    against = make_position("no talks", holder=ito, stance="against", article=name, within=text, basis=said.id)
    parts: dict[str, Any] = {
        "actors": actors,
        "mentions": mentions,
        "attributions": (said,),
        "events": (fined,),
        "positions": (against,),
        **fields,
    }
    return make_reading(make_article(name, text=text, published=day), **parts)


def find_actor(record: Record, name: str) -> Actor:
    """Give the only actor of that name."""
    (found,) = [actor for actor in record.actors if actor.name == name]
    return found


def judge(record: Record, kind: str, entry: str, verdict: Any, *, at: str = "2026-01-01", **fields: Any) -> Judgement:
    """Make a judgement as the desk does."""
    return judge_entry(record, kind, entry, verdict, who="rita", at=at, **fields)
