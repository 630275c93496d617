"""Bring judgements into the form in which they are applied: what holds of each entry, and what is one with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from standoff.records import Judgement
from standoff.resolve.judged.carried import SAYS
from standoff.resolve.judged.places import Place, parse_places

Key = tuple[str, str]
PLACES = "places"  # under which `fields` keeps where an entry stands
SUGGESTS = "suggests"  # under which `fields` keeps what a suggestion was of
BETWEEN = "between"  # under which it keeps the ids of a suggestion's actors, which one of them loses if they are one
SCORE = "score"  # under which it keeps what score the entry had, so that people's agreement can be told by score
OWN = frozenset({PLACES, SUGGESTS, BETWEEN, SCORE, SAYS})


class Tie(NamedTuple):
    """A person's word that two are one, that they are not, or that nothing in one is ("apart")."""

    id: str
    kind: str
    says: Literal["same", "not-same", "apart"]
    left: tuple[Place, ...]
    right: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """Hold the verdict that holds of each entry, the corrections field by field, and the ties, the latest first.

    `first` is the first judgement of each entry, which knew it as the machine had it.
    """

    verdicts: Mapping[Key, Judgement] = field(default_factory=dict)
    first: Mapping[Key, Judgement] = field(default_factory=dict)
    fields: Mapping[Key, Mapping[str, Any]] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.verdicts or self.ties)

    def rejects(self, kind: str, entry: str) -> bool:
        """Tell whether a person has said that an entry is wrong, and nobody has said otherwise since."""
        found = self.verdicts.get((kind, entry))
        return found is not None and found.verdict == "reject"

    def list_of(self, kind: str) -> list[Judgement]:
        """Give the judgements that hold of entries of one kind, in the order in which they were made."""
        return sorted((item for key, item in self.verdicts.items() if key[0] == kind), key=_sort_by_time)

    def list_places(self) -> Iterator[Place]:
        """Yield every place where an actor is named that some judgement speaks of."""
        for tie in self.ties:
            if tie.kind != "happenings":
                yield from (*tie.left, *tie.right)
        for judgement in (*self.list_of("actors"), *self.list_of("suggestions")):
            yield from (*get_places(judgement), *get_places(judgement, "other"))
        for values in self.fields.values():
            for value in values.values():
                yield from (place for actor in list_named(value) for place in parse_places(actor["at"]))


def list_open(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Give the judgements that nobody has withdrawn, in the order in which they were made."""
    ordered = sorted(judgements, key=_sort_by_time)
    withdrawn = {item.entry for item in ordered if item.verdict == "withdraw"}
    return [item for item in ordered if item.verdict != "withdraw" and item.id not in withdrawn]


def settle_judgements(judgements: Sequence[Judgement]) -> Verdicts:
    """Give what holds by all of the judgements together, whatever order they are given in.

    The latest of confirm, reject and correct holds of an entry. Corrections are kept field by field, the latest of
    each, so that who confirms what another has corrected, or corrects a second field, takes nothing back.
    """
    verdicts: dict[Key, Judgement] = {}
    first: dict[Key, Judgement] = {}
    fields: dict[Key, dict[str, Any]] = defaultdict(dict)
    pairs: list[Judgement] = []
    for judgement in list_open(judgements):
        key = (judgement.kind, judgement.entry)
        if judgement.verdict in ("same", "not-same"):
            pairs.append(judgement)
        else:
            verdicts[key] = judgement
            first.setdefault(key, judgement)
            if judgement.verdict == "correct":
                fields[key].update({name: value for name, value in (judgement.fields or {}).items() if name not in OWN})
    both = sorted((*pairs, *verdicts.values()), key=_sort_by_time, reverse=True)
    ties = tuple(tie for judgement in both for tie in _read_ties(judgement))
    return Verdicts(verdicts=verdicts, first=first, fields=fields, ties=ties)


def _read_ties(judgement: Judgement) -> Iterator[Tie]:
    """Yield what a judgement says of one and the same.

    To confirm or reject that two actors may be one is to say that they are, or are not. A happening that was confirmed
    or corrected stays one; a rejected one is taken apart.
    """
    sides = get_places(judgement), get_places(judgement, "other")
    verdict = judgement.verdict
    if verdict in ("same", "not-same"):
        yield Tie(judgement.id, judgement.kind, verdict, *sides)
    elif judgement.kind == "suggestions" and (judgement.fields or {}).get(SUGGESTS) == "same-actor":
        yield Tie(judgement.id, "actors", "same" if verdict == "confirm" else "not-same", *sides)
    elif judgement.kind == "happenings":
        yield Tie(judgement.id, "happenings", "apart" if verdict == "reject" else "same", *sides)


def get_places(judgement: Judgement, side: str = "entry") -> tuple[Place, ...]:
    """Give where a judgement's entry, or its `other`, stood when it was judged."""
    kept = (judgement.fields or {}).get(PLACES)
    texts = kept.get(side, ()) if isinstance(kept, Mapping) else ()
    return parse_places(text for text in texts if isinstance(text, str))


def list_named(value: Any) -> list[Mapping[str, Any]]:
    """Give the actors that a corrected field names, each with its id, its name and the places at which it is named."""
    items = value if isinstance(value, list | tuple) else (value,)
    return [item for item in items if isinstance(item, Mapping) and isinstance(item.get("at"), list | tuple)]


def _sort_by_time(judgement: Judgement) -> tuple[str, str]:
    return judgement.at, judgement.id
