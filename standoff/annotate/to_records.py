"""Turn an annotated Doc into the records of one article: the one place where facts become records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from spacy.tokens import Doc

from standoff.annotate.facts import (
    AttributionFact,
    EventFact,
    LocationFact,
    MagnitudeFact,
    MentionFact,
    Offsets,
    read_facts,
)
from standoff.codebooks import Codebook, load_codebook
from standoff.codebooks.ratings import rate_event
from standoff.records import (
    Actor,
    Article,
    Attribution,
    Event,
    Location,
    Magnitude,
    Mention,
    Occasion,
    Passage,
    Position,
    Reading,
    Role,
    Source,
    TimeExpression,
    When,
    cut_passage,
    make_id,
)


def to_reading(article: Article, doc: Doc, codebook: Codebook | None = None) -> Reading:
    """Give what the components found in `doc`, whose text is the article's, as records.

    Ids come from the article's id and the offsets, so the same text gives the same ids whatever the scores are. Events
    are rated by the `codebook` that they are coded by, PLOVER unless another is given.
    """
    return _Reader(article, doc, codebook or load_codebook("plover")).read()


class _Reader:
    """Hold the ids of one article's facts while its records are made."""

    def __init__(self, article: Article, doc: Doc, codebook: Codebook) -> None:
        self.article = article
        self.doc = doc
        self.codebook = codebook
        self.mentions: list[MentionFact] = read_facts(doc, "mentions")
        self.attributions: list[AttributionFact] = read_facts(doc, "attributions")
        self.events: list[EventFact] = read_facts(doc, "events")
        self.actor_ids = self._name_actors()
        self.attribution_ids = self._name(
            "attribution", [(fact["content"], fact["cue"], fact["source"]) for fact in self.attributions]
        )
        self.event_ids = self._name("event", [(fact["start"], fact["end"], fact["type"]) for fact in self.events])
        self.times = {
            (fact["start"], fact["end"]): TimeExpression(
                passage=self._cut([fact["start"], fact["end"]]),
                type=fact["type"],
                value=fact["value"],
                relative=fact["relative"],
                earliest=fact["earliest"],
                latest=fact["latest"],
            )
            for fact in read_facts(doc, "times")
        }

    def read(self) -> Reading:
        return Reading(
            article=self.article,
            actors=tuple(self._make_actors()),
            mentions=tuple(self._make_mentions()),
            times=tuple(self.times.values()),
            attributions=tuple(map(self._make_attribution, self.attribution_ids, self.attributions)),
            events=tuple(map(self._make_event, self.event_ids, self.events)),
            occasions=tuple(self._make_occasion(fact) for fact in read_facts(self.doc, "occasions")),
            positions=tuple(self._make_position(fact) for fact in read_facts(self.doc, "positions")),
        )

    def _cut(self, offsets: Sequence[int]) -> Passage:
        return cut_passage(self.article, offsets[0], offsets[1])

    def _cut_or_none(self, offsets: Offsets | None) -> Passage | None:
        return None if offsets is None else self._cut(offsets)

    def _name(self, kind: str, places: Sequence[tuple[Any, ...]]) -> list[str]:
        """Give each entry an id from its place; entries of one place are told apart by their order."""
        seen: Counter[str] = Counter()
        ids = []
        for place in places:
            first = make_id(kind, self.article.id, *place)
            seen[first] += 1
            ids.append(first if seen[first] == 1 else make_id(kind, self.article.id, *place, seen[first]))
        return ids

    def _name_actors(self) -> list[str]:
        """Give each actor an id from its first mention."""
        first: dict[int, tuple[int, int]] = {}
        for fact in self.mentions:
            place = (fact["start"], fact["end"])
            first[fact["actor"]] = min(first.get(fact["actor"], place), place)
        return self._name("actor", [first.get(number, ()) for number in range(len(read_facts(self.doc, "actors")))])

    def _actor(self, index: int | None) -> str | None:
        return None if index is None else self.actor_ids[index]

    def _actors(self, indexes: Sequence[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.actor_ids[index] for index in indexes))

    def _make_actors(self) -> list[Actor]:
        return [
            Actor(
                id=actor_id,
                name=fact["name"],
                kind=fact["kind"],
                country=fact["country"],
                sectors=tuple(fact["sectors"]),
                aliases=tuple(fact["aliases"]),
                roles=tuple(
                    Role(
                        title=role["title"],
                        organisation=role["organisation"],
                        country=role["country"],
                        passage=self._cut([role["start"], role["end"]]),
                    )
                    for role in fact["roles"]
                ),
            )
            for actor_id, fact in zip(self.actor_ids, read_facts(self.doc, "actors"), strict=True)
        ]

    def _make_mentions(self) -> list[Mention]:
        return [
            Mention(
                id=make_id("mention", self.article.id, fact["start"], fact["end"], self.actor_ids[fact["actor"]]),
                passage=self._cut([fact["start"], fact["end"]]),
                actor=self.actor_ids[fact["actor"]],
            )
            for fact in self.mentions
        ]

    def _when(self, offsets: Offsets | None) -> When | None:
        """Give the time expression at `offsets` as an interval; its days may still wait for the article's own day."""
        time = None if offsets is None else self.times.get((offsets[0], offsets[1]))
        return None if time is None else When(earliest=time.earliest, latest=time.latest, passage=time.passage)

    def _make_attribution(self, attribution_id: str, fact: AttributionFact) -> Attribution:
        source = None
        if fact["source"] is not None or fact["actor"] is not None:
            source = Source(actor=self._actor(fact["actor"]), passage=self._cut_or_none(fact["source"]))
        return Attribution(
            id=attribution_id,
            source=source,
            cue=self._cut_or_none(fact["cue"]),
            content=tuple(self._cut(part) for part in fact["content"]),
            directness=fact["directness"],  # type: ignore[arg-type]
            act=fact["act"],  # type: ignore[arg-type]
            addressee=self._actor(fact["addressee"]),
            venue=self._cut_or_none(fact["venue"]),
            when=self._when(fact["time"]),
            inside=None if fact["inside"] is None else self.attribution_ids[fact["inside"]],
            score=round(fact["score"], 3),
            made_by=fact["made_by"],
        )

    def _make_event(self, event_id: str, fact: EventFact) -> Event:
        quad, intensity = rate_event(self.codebook, fact["type"], fact["mode"])
        return Event(
            id=event_id,
            type=fact["type"],
            mode=fact["mode"],
            quad=quad,
            intensity=intensity,
            context=tuple(fact["context"]),
            actors=self._actors(fact["actors"]),
            recipients=self._actors(fact["recipients"]),
            cue=self._cut(fact["cue"]),
            passage=self._cut([fact["start"], fact["end"]]),
            status=fact["status"],  # type: ignore[arg-type]
            when=self._when(fact["time"]),
            place=fact["place"],
            location=_make_location(fact.get("location")),
            magnitude=self._make_magnitude(fact.get("magnitude")),
            asserted_by=None if fact["attribution"] is None else self.attribution_ids[fact["attribution"]],
            score=round(fact["score"], 3),
            why=fact["why"],
            made_by=fact["made_by"],
        )

    def _make_magnitude(self, fact: MagnitudeFact | None) -> Magnitude | None:
        if fact is None:
            return None
        return Magnitude(
            dead=fact["dead"],
            injured=fact["injured"],
            arrested=fact["arrested"],
            size=fact["size"],
            passages=tuple(self._cut(part) for part in fact["parts"]),
        )

    def _make_occasion(self, fact: Any) -> Occasion:
        return Occasion(
            id=make_id("occasion", self.article.id, fact["start"], fact["end"], fact["kind"]),
            kind=fact["kind"],
            label=fact["label"],
            passage=self._cut([fact["start"], fact["end"]]),
            status=fact["status"],
            when=self._when(fact["time"]),
            place=fact["place"],
            actors=self._actors(fact["actors"]),
        )

    def _make_position(self, fact: Any) -> Position:
        basis, holder = None, self.actor_ids[fact["holder"]]
        if fact.get("attribution") is not None:
            basis = self.attribution_ids[fact["attribution"]]
        elif fact.get("event") is not None:
            basis = self.event_ids[fact["event"]]
        return Position(
            id=make_id("position", self.article.id, fact["start"], fact["end"], holder, fact["issue"]),
            holder=holder,
            issue=fact["issue"],
            stance=fact["stance"],
            toward=self._actor(fact["toward"]),
            condition=self._cut_or_none(fact["condition"]),
            passage=self._cut([fact["start"], fact["end"]]),
            when=self._when(fact["time"]),
            basis=basis,
            score=round(fact["score"], 3),
            why=fact["why"],
            made_by=fact["made_by"],
        )


def _make_location(fact: LocationFact | None) -> Location | None:
    if fact is None:
        return None
    return Location(
        name=fact["name"],
        kind=fact["kind"],  # type: ignore[arg-type]
        country=fact["country"],
        latitude=fact["latitude"],
        longitude=fact["longitude"],
        geonameid=fact["geonameid"],
    )
