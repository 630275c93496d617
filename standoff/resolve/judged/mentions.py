"""Take mentions from the actor whom the machine gave them to: to nobody, or to an actor of their own.

What an entry says of an actor goes with the mentions by which its words name that actor, and with no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from standoff.records import Actor, Attribution, Event, Mention, Passage, Position, Reading, make_id


def drop_mentions(reading: Reading, dropped: AbstractSet[str]) -> Reading:
    """Give the reading without some mentions, given by their ids; an actor without any mention goes too.

    A speaker keeps the words that name them, and is nobody known. A position whose holder is gone goes with them.
    """
    for actor in dict.fromkeys(item.actor for item in reading.mentions if item.id in dropped):
        reading = _Move(reading, actor, dropped, None).apply()
    return reading


def split_mentions(reading: Reading, split: AbstractSet[str]) -> Reading:
    """Give the reading with some mentions, given by their ids, given to another actor than the rest of their actor's.

    Where these are all of the actor's mentions, the actor is theirs already.
    """
    for actor in dict.fromkeys(item.actor for item in reading.mentions if item.id in split):
        own = [item for item in reading.mentions if item.actor == actor]
        if any(item.id not in split for item in own):
            moved = [item for item in own if item.id in split]
            reading = _Move(reading, actor, split, _name_apart(reading, actor, moved)).apply()
    return reading


def _name_apart(reading: Reading, key: str, moved: Sequence[Mention]) -> Actor:
    """Make an actor of the mentions that are another's, named by their own words if any of these is a name."""
    actor = next(item for item in reading.actors if item.id == key)
    first = min(moved, key=lambda item: (item.passage.start, item.passage.end))
    names = [" ".join(item.passage.text.split()) for item in moved if item.passage.text[:1].isupper()]
    names = [name for name in names if len(name) > 3] or [actor.name]
    name = max(names, key=lambda text: (len(text.split()), len(text), text))
    return replace(
        actor,
        id=make_id("actor", reading.article.id, first.passage.start, first.passage.end, "apart"),
        name=name,
        aliases=tuple(sorted({*names} - {name})),
        roles=tuple(role for role in actor.roles if role.passage and _touches(role.passage, moved)),
    )


@dataclass(frozen=True, slots=True)
class _Move:
    """Take the moved mentions of one actor of a reading, and what rests on them, to another actor or to nobody."""

    reading: Reading
    actor: str
    moved: AbstractSet[str]
    to: Actor | None

    def apply(self) -> Reading:
        reading = self.reading
        said = {item.id: item for item in reading.attributions}
        held = ((item, self._choose_holder(item, said)) for item in reading.positions)
        return replace(
            reading,
            actors=tuple(self._list_actors()),
            mentions=tuple(self._list_mentions()),
            attributions=tuple(map(self._change_attribution, reading.attributions)),
            events=tuple(map(self._change_event, reading.events)),
            occasions=tuple(
                replace(item, actors=self._swap(item.actors, (item.passage,))) for item in reading.occasions
            ),
            positions=tuple(
                replace(item, holder=holder, toward=self._swap_one(item.toward, (item.passage,)))
                for item, holder in held
                if holder is not None
            ),
        )

    def _list_actors(self) -> Iterable[Actor]:
        stays = any(item.actor == self.actor and item.id not in self.moved for item in self.reading.mentions)
        gone = {item.passage for item in self.reading.mentions if item.id in self.moved}
        for actor in self.reading.actors:
            if actor.id != self.actor:
                yield actor
            elif stays:
                roles = tuple(role for role in actor.roles if role.passage is None or not _lies_in(role.passage, gone))
                yield replace(actor, roles=roles)
        if self.to is not None:
            yield self.to

    def _list_mentions(self) -> Iterable[Mention]:
        for item in self.reading.mentions:
            if item.id not in self.moved or item.actor != self.actor:
                yield item
            elif self.to is not None:
                yield replace(item, actor=self.to.id)

    def _goes(self, words: Iterable[Passage | None]) -> bool:
        """Tell whether words name the actor by moved mentions alone."""
        spans = [passage for passage in words if passage is not None]
        own = (item for item in self.reading.mentions if item.actor == self.actor)
        inside = [item.id for item in own if any(_overlap(item.passage, span) for span in spans)]
        if not inside:  # by no mention at all: it goes only if the actor goes as a whole
            return all(item.id in self.moved for item in self.reading.mentions if item.actor == self.actor)
        return all(key in self.moved for key in inside)

    def _swap_one(self, actor: str | None, words: Iterable[Passage | None]) -> str | None:
        if actor != self.actor or not self._goes(words):
            return actor
        return None if self.to is None else self.to.id

    def _swap(self, actors: tuple[str, ...], words: Iterable[Passage | None]) -> tuple[str, ...]:
        if self.actor not in actors:
            return actors
        new = self._swap_one(self.actor, words)
        return tuple(dict.fromkeys(key for key in (new if key == self.actor else key for key in actors) if key))

    def _change_attribution(self, item: Attribution) -> Attribution:
        words = (*item.content, item.cue, item.source.passage if item.source else None)
        source = item.source
        if source is not None and source.actor == self.actor:
            actor = self._swap_one(source.actor, (source.passage,) if source.passage else words)
            source = None if actor is None and source.passage is None else replace(source, actor=actor)
        if source == item.source and item.addressee != self.actor:
            return item
        said = [passage for passage in words if passage is not None]
        start, end = min(passage.start for passage in said), max(passage.end for passage in said)
        span = Passage(article=self.reading.article.id, start=start, end=end, text="")
        return replace(item, source=source, addressee=self._swap_one(item.addressee, (span,)))

    def _change_event(self, item: Event) -> Event:
        words = (item.passage, item.cue)
        return replace(item, actors=self._swap(item.actors, words), recipients=self._swap(item.recipients, words))

    def _choose_holder(self, item: Position, said: dict[str, Attribution]) -> str | None:
        """Give who holds a position: who is now the speaker of the words that it rests on, if the holder spoke them."""
        basis = said.get(item.basis or "")
        if basis is not None and basis.source is not None and basis.source.actor == self.actor:
            return self._swap_one(item.holder, (basis.source.passage or item.passage,))
        return self._swap_one(item.holder, (item.passage,))


def _overlap(one: Passage, other: Passage) -> bool:
    return one.start < other.end and other.start < one.end


def _touches(passage: Passage, mentions: Iterable[Mention]) -> bool:
    return any(_overlap(passage, item.passage) for item in mentions)


def _lies_in(passage: Passage, passages: Iterable[Passage]) -> bool:
    return any(other.start <= passage.start and passage.end <= other.end for other in passages)
