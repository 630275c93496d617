"""Tell which actors of several articles are one, and give each one id, one name and all that is known of it.

Candidates come from shared keys (a full name, its spellings, its initials), never from comparing all with all, so the
cost grows with the number of actors. Names that agree suggest that two actors are one; what they are (kind, country,
sector) can veto it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from rapidfuzz.distance import OSA

from standoff.codebooks import load_codebook
from standoff.records import Actor, Kind, Mention, Reading, Role, make_id
from standoff.resolve.judged.actors import ActorVerdicts
from standoff.resolve.judged.ties import Marks, Ties, do_clash, unite_marks
from standoff.resolve.kin import is_kin
from standoff.resolve.memory import keep, remembered
from standoff.resolve.origins import drop_countries, says_country
from standoff.resolve.pins import Pin, Pins, list_forms, list_refused, load_pins
from standoff.resolve.unnamed import is_named, pair_bodies, pair_collectives, pair_holders

__all__ = ["Pin", "Pins", "is_misspelling", "load_pins", "resolve_actors", "split_name"]

SAID = 1000  # how often a country must have been inferred to outweigh one that is said once
MINOR = frozenset({"of", "for", "the", "and", "&", "on", "in", "to", "s"})


def resolve_actors(
    readings: Sequence[Reading], *, pins: Pins | None = None, verdicts: ActorVerdicts | None = None
) -> tuple[list[Reading], list[Actor]]:
    """Give the readings with every actor id replaced by that of the resolved actor, and the resolved actors.

    The same readings in any order give the same ids. Persons are one by full name, by a surname that only one bears, or
    by a name one letter off; organisations by name or by an acronym that only one has; countries by code; collectives
    where they share a country ("Cambodian students"), since the observers of two articles need not be the same. Who
    is unnamed is the only person who holds that office of that country in the other articles, or stays apart. A country
    that was inferred, and not said, keeps no two apart. `pins` (from `load_pins`) settle what the texts leave open, and
    `verdicts` what people decided of single actors; whoever is none by them is taken out of the readings.
    """
    found = sorted((actor for reading in readings for actor in reading.actors), key=lambda actor: actor.id)
    weight = Counter(mention.actor for reading in readings for mention in reading.mentions)
    groups = _Groups(found, pins or {}, verdicts.ties if verdicts else Ties())
    pinned = _join_pinned(found, groups, pins or {})
    _join_same_names(found, groups)
    _join_spellings(found, groups)
    _join_surnames(found, groups)
    _join_acronyms(found, groups)
    for one, other in (*pair_holders(found, groups.find), *pair_collectives(readings, found, groups.find)):
        groups.join(one, other)
    for one, other in list(pair_bodies(readings, found, groups.find)):
        groups.join(one, other)
    by_name = {groups.find(actor): pin for actor, pin in pinned.items()}
    merged = {
        root: _merge_group(groups, sorted(keys), weight, by_name.get(root)) for root, keys in groups.members.items()
    }
    settled = verdicts.settle(merged, groups.members) if verdicts else merged
    kept = {root: keep(actor.id, actor) for root, actor in settled.items() if actor is not None}
    ids = {actor.id: kept[root].id if (root := groups.find(actor.id)) in kept else None for actor in found}
    total: Counter[str | None] = Counter()
    for local, count in weight.items():
        total[ids[local]] += count
    actors = sorted(kept.values(), key=lambda actor: (-total[actor.id], actor.id))
    renamed = [_rename_reading(reading, tuple(ids[actor.id] for actor in reading.actors)) for reading in readings]
    return renamed, actors


class _Groups:
    """Hold which actors are one so far: a union-find whose root is the smallest id, with what each group is.

    Two groups are never joined, whatever suggests it, where a user has said of a name in each that they are two, or a
    person of just these. Those that a person has said are one are so from the start, whatever the pins say.
    """

    def __init__(self, actors: Iterable[Actor], pins: Pins, ties: Ties) -> None:
        self.actors = {actor.id: actor for actor in actors}
        self.parent = {key: key for key in self.actors}
        self.members = {key: [key] for key in self.actors}
        self.countries = {key: {actor.country} - {None} for key, actor in self.actors.items()}
        self.said = {key: {actor.country} if says_country(actor) else set() for key, actor in self.actors.items()}
        self.sectors = {key: set(actor.sectors) for key, actor in self.actors.items()}
        self.aside = ties.aside
        refusals = list_refused(pins)
        self.refused: dict[str, Marks] = {}
        if refusals or ties:
            for key, actor in self.actors.items():
                marks = unite_marks(_mark_refused(actor, refusals), ties.get_marks(key))
                if marks:
                    self.refused[key] = marks
        for one, other in ties.list_joined():
            if one in self.actors and other in self.actors:
                self._unite(*sorted((self.find(one), self.find(other))))

    def find(self, key: str) -> str:
        while self.parent[key] != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, one: str, other: str) -> None:
        small, large = sorted((self.find(one), self.find(other)))
        if small != large and not self._is_refused(small, large):
            self._unite(small, large)

    def _unite(self, small: str, large: str) -> None:
        """Make one of two groups; what kept just these two apart has been overruled."""
        if small == large:
            return
        self.parent[large] = small
        self.members[small] += self.members.pop(large)
        self.countries[small] |= self.countries.pop(large)
        self.said[small] |= self.said.pop(large)
        self.sectors[small] |= self.sectors.pop(large)
        one, other = self.refused.pop(small, {}), self.refused.pop(large, {})
        overruled = {key for key in one.keys() & other.keys() if do_clash({key: one[key]}, other)}
        marks = {key: sides for key, sides in unite_marks(one, other).items() if key not in overruled}
        if marks:
            self.refused[small] = marks

    def _is_refused(self, one: str, other: str) -> bool:
        return bool(self.refused) and do_clash(self.refused.get(one, {}), self.refused.get(other, {}))

    def fit(self, one: str, other: str) -> bool:
        """Tell whether two groups may be one: of one kind, and neither in country nor in sector wholly apart."""
        left, right = self.find(one), self.find(other)
        if self.actors[left].kind != self.actors[right].kind or self._is_refused(left, right):
            return False
        here, there = self.countries[left], self.countries[right]
        if not here or not there or here & there:
            return True
        if self.actors[left].kind == "person":
            return bool(self.sectors[left] & self.sectors[right])
        sure = bool(self.said[left]) + bool(self.said[right])
        return sure == 1 or (sure == 0 and not _is_common(self.actors[left].name))

    def join_fitting(self, keys: Sequence[str]) -> None:
        """Join each actor with the earlier one of its country, else with the only earlier one that it fits; those whose
        country is said come first, so that none that is guessed stands between them; whom a person took from another of
        that name comes last."""
        heads: list[str] = []
        for key in sorted(keys, key=lambda key: (key in self.aside, not self.said[self.find(key)])):
            fitting = [head for head in heads if self.fit(head, key)]
            same = [head for head in fitting if self.countries[self.find(head)] & self.countries[self.find(key)]]
            if not fitting or (len(fitting) > 1 and not same and self.actors[key].kind != "person"):
                heads.append(key)
            else:
                self.join((same or fitting)[0], key)


def _mark_refused(actor: Actor, refusals: Sequence[tuple[frozenset[str], frozenset[str]]]) -> Marks:
    """Give which of a user's refusals name an actor, and on which side of it."""
    forms = {form.casefold() for form in (actor.name, *actor.aliases)}
    sides = {
        number: frozenset(side for side in (0, 1) if forms & refusal[side]) for number, refusal in enumerate(refusals)
    }
    return {f"pin {number}": found for number, found in sides.items() if found}


def _is_common(name: str) -> bool:
    """Tell whether an organisation's name could be any country's ("Supreme Court"), all of its words being sorts."""
    return all(word in _list_sorts() for word in drop_countries(name))


@cache
def _list_sorts() -> frozenset[str]:
    codes = load_codebook("organisations").codes.values()
    return frozenset(word for code in codes for cue in code.cues for word in re.findall(r"\w+", cue.casefold()))


def split_name(name: str) -> tuple[str, ...]:
    """Give the words by which names are compared: small, without minor words, a people as its country.

    >>> split_name("the Cambodian People’s Party") == split_name("Cambodia People's Party")
    True
    """
    words = re.findall(r"\w+", name.casefold())
    return tuple(_list_demonyms().get(word, word) for word in words if word not in MINOR) or tuple(words)


@cache
def _list_demonyms() -> dict[str, str]:
    book = load_codebook("countries").codes.values()
    return {word.casefold(): code.definition.casefold() for code in book for word in code.extra.get("demonyms", ())}


def _name_key(actor: Actor) -> tuple[str, ...] | None:
    """Give the key that two actors of one name share, or None for an actor that is its article's alone."""
    if actor.kind == "country":
        return ("country", actor.country or actor.name.casefold())
    if actor.kind == "group":
        return ("group", actor.country, *drop_countries(actor.name)) if actor.country else None
    words = split_name(actor.name)
    if not is_named(actor) or (actor.kind == "person" and len(words) < 2):
        return None
    return (actor.kind, *words)


def _join_pinned(found: Sequence[Actor], groups: _Groups, pins: Pins) -> dict[str, tuple[str, Pin]]:
    """Join the actors that bear a pin's name or alias, and give the pin of each."""
    by_form = {form: (name, pin) for name, pin in pins.items() for form in list_forms(name, pin)}
    first: dict[str, str] = {}
    settled = {}
    for actor in found:
        pin = next((by_form[form] for form in map(str.casefold, (actor.name, *actor.aliases)) if form in by_form), None)
        if pin is not None and pin[1].kind in (None, actor.kind):
            settled[actor.id] = pin
            groups.join(first.setdefault(pin[0], actor.id), actor.id)
    return settled


def _join_same_names(found: Sequence[Actor], groups: _Groups) -> None:
    homes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for actor in sorted(found, key=lambda actor: (actor.country is None, actor.id)):
        key = _name_key(actor)
        if key is not None:
            homes[key].append(actor.id)
    for keys in homes.values():
        groups.join_fitting(keys)


def _join_spellings(found: Sequence[Actor], groups: _Groups) -> None:
    """Join the persons whose full names are one letter apart, where neither is as near to a third.

    Names meet where dropping a letter makes them equal, so that only near ones are compared.
    """
    first: dict[str, str] = {}
    homes: dict[str, list[str]] = defaultdict(list)
    for actor in found:
        full = " ".join(split_name(actor.name))
        if actor.kind == "person" and is_named(actor) and " " in full and full not in first:
            first[full] = actor.id
            for shorter in {full, *(full[:at] + full[at + 1 :] for at in range(len(full)))}:
                homes[shorter].append(full)
    near: dict[str, set[str]] = defaultdict(set)
    for names in homes.values():
        for one, other in combinations(names, 2):
            if is_misspelling(one, other):
                near[one].add(other)
                near[other].add(one)
    for one, others in near.items():
        if len(others) == 1:
            other = next(iter(others))
            if len(near[other]) == 1 and groups.fit(first[one], first[other]):
                groups.join(first[one], first[other])


def is_misspelling(one: str, other: str) -> bool:
    """Tell whether two full names are one, spelt two ways: one word differs, by one letter of five or more.

    >>> is_misspelling("hironori suzuki", "hironori sukuki"), is_misspelling("kem ley", "kem lee")
    (True, False)
    """
    pairs = [(a, b) for a, b in zip(one.split(), other.split(), strict=False) if a != b]
    if len(one.split()) != len(other.split()) or len(pairs) != 1:
        return False
    return min(map(len, pairs[0])) >= 5 and OSA.distance(*pairs[0], score_cutoff=1) == 1


def _join_surnames(found: Sequence[Actor], groups: _Groups) -> None:
    """Join a person known by one word, unless as somebody's kin, to the only person whose first or last name it is."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for actor in found:
        words = split_name(actor.name)
        if actor.kind == "person" and is_named(actor) and len(words) > 1:
            for word in {words[0], words[-1]}:
                bearers[word].add(groups.find(actor.id))
    for actor in found:
        words = split_name(actor.name)
        if actor.kind == "person" and is_named(actor) and len(words) == 1 and not is_kin(actor):
            fitting = {groups.find(key) for key in bearers[words[0]] if groups.fit(key, actor.id)}
            if len(fitting) == 1:
                groups.join(fitting.pop(), actor.id)


def _join_acronyms(found: Sequence[Actor], groups: _Groups) -> None:
    """Join an organisation known by capitals alone to the only one that uses them or whose initials they are."""
    owners: dict[str, set[str]] = defaultdict(set)
    for actor in found:
        if actor.kind == "organisation" and len(split_name(actor.name)) > 1:
            short = {alias for alias in actor.aliases if alias.isupper() and len(alias.split()) == 1}
            for form in {*short, "".join(word[0] for word in split_name(actor.name)).upper()}:
                owners[form].add(groups.find(actor.id))
    same: dict[str, str] = {}
    for actor in found:
        if actor.kind == "organisation" and actor.name.isupper() and " " not in actor.name:
            fitting = {groups.find(key) for key in owners[actor.name] if groups.fit(key, actor.id)}
            if len(fitting) == 1:
                groups.join(fitting.pop(), actor.id)
            elif not fitting and groups.fit(same.setdefault(actor.name, actor.id), actor.id):
                groups.join(same[actor.name], actor.id)


def _merge_group(groups: _Groups, keys: Sequence[str], weight: Mapping[str, int], pin: tuple[str, Pin] | None) -> Actor:
    """Merge one group; where nothing but its members' number has changed, the actor is the one of the run before."""
    members = tuple(groups.actors[key] for key in keys)
    return _merge_actors(members, tuple(weight.get(key, 0) for key in keys), pin)


@remembered
def _merge_actors(members: tuple[Actor, ...], weights: tuple[int, ...], pin: tuple[str, Pin] | None) -> Actor:
    """Give one actor for all `members`: the fullest name, the most frequent country and sector first, every alias.

    `weights` are how often each is mentioned.
    """
    names: Counter[str] = Counter()
    kinds: Counter[Kind] = Counter()  # more than one only where a person has said that two of unlike kinds are one
    countries: Counter[str] = Counter()
    sectors: Counter[str] = Counter()
    for actor, mentions in zip(members, weights, strict=True):
        seen = mentions + 1
        names[actor.name] += seen
        kinds[actor.kind] += seen
        countries[actor.country or ""] += (seen * SAID if says_country(actor) else seen) if actor.country else 0
        sectors.update(dict.fromkeys(actor.sectors, seen))
    full = [name for name in names if " " in name] or list(names)
    name = max(full, key=lambda name: (min(names[name], 3), _count_words(name), names[name], name))
    kind: Kind = max(kinds, key=lambda key: (kinds[key], key))
    said = pin[1] if pin is not None else Pin()
    chosen = pin[0] if pin is not None else name
    aliases = sorted({name, *names, *said.aliases, *(alias for actor in members for alias in actor.aliases)} - {chosen})
    return Actor(
        id=make_id("actor", min(actor.id for actor in members)),
        name=chosen,
        kind=said.kind or kind,
        country=said.country or max(countries, key=lambda key: (countries[key], key)) or None,
        sectors=said.sectors or tuple(sorted(sectors, key=lambda key: (-sectors[key], key))),
        aliases=tuple(aliases),
        roles=_merge_roles(role for actor in members for role in actor.roles),
    )


def _count_words(name: str) -> int:
    return len(name.split())


def _merge_roles(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Give each title once, from the first passage that gives it."""
    first: dict[tuple[str, str | None], Role] = {}
    for role in roles:
        first.setdefault((role.title.casefold(), role.organisation), role)
    return tuple(first.values())


@remembered
def _rename_reading(reading: Reading, resolved: tuple[str | None, ...]) -> Reading:
    """Give a reading whose every actor id is the resolved one; `resolved` are those of its actors, in their order.

    What is said of one whose resolved id is None is said of nobody; a position that nobody holds is left out.
    """
    ids = {actor.id: new for actor, new in zip(reading.actors, resolved, strict=True)}

    def name(actor: str | None) -> str | None:
        return None if actor is None else ids.get(actor, actor)

    def names(actors: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(new for actor in actors if (new := ids.get(actor, actor)) is not None))

    return replace(
        reading,
        actors=tuple(replace(actor, id=new) for actor in reading.actors if (new := ids[actor.id]) is not None),
        mentions=tuple(
            Mention(id=item.id, passage=item.passage, actor=new)
            for item in reading.mentions
            if (new := name(item.actor)) is not None
        ),
        attributions=tuple(
            replace(
                item,
                source=None if item.source is None else replace(item.source, actor=name(item.source.actor)),
                addressee=name(item.addressee),
            )
            for item in reading.attributions
        ),
        events=tuple(
            replace(item, actors=names(item.actors), recipients=names(item.recipients)) for item in reading.events
        ),
        occasions=tuple(replace(item, actors=names(item.actors)) for item in reading.occasions),
        positions=tuple(
            replace(item, holder=new, toward=name(item.toward))
            for item in reading.positions
            if (new := name(item.holder)) is not None
        ),
    )
