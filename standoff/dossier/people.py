"""Lay out who is who, and what each said in their own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from standoff.dossier.catalogue import Catalogue, Name, Reference, list_main
from standoff.dossier.passages import list_statement
from standoff.dossier.words import name_country, say_code
from standoff.records import Actor, Attribution, Passage

MAIN_ACTORS = 12  # a page's worth of people; the rest is folded
OPEN_SPEAKERS = 8
OPEN_STATEMENTS = 40  # a speaker with more starts folded: about three screens


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """Give one thing that an actor is called, and where."""

    title: str
    belongs: str
    reference: Reference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Show one actor; `kind` and `traits` are words."""

    number: int
    name: str
    kind: str
    traits: tuple[str, ...]
    aliases: tuple[str, ...]
    roles: tuple[RoleLine, ...]
    articles: int
    mentions: int
    said: int
    did: int
    stands: int
    first: Reference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """Show that two actors may be one or belong together, and why; nothing was merged on it."""

    kind: str
    left: Name
    right: Name
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Show one statement; `inner` are those that it quotes in its turn."""

    id: str
    speaker: Name
    act: str
    directness: str
    manner: str
    parts: tuple[str, ...]
    reference: Reference | None
    date: str
    dated: bool
    sort: str
    venue: str | None
    addressee: Name | None
    actors: tuple[int, ...]
    issues: tuple[str, ...]
    inner: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Collect what one speaker said, in order of time."""

    speaker: Name
    statements: tuple[Statement, ...]
    own_words: int
    open: bool


def present_people(catalogue: Catalogue, voices: Sequence[Voice]) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Give the main actors and the others, each by prominence."""
    record = catalogue.record
    mentions = Counter(mention.actor for mention in record.mentions)
    articles = {actor.id: set[str]() for actor in record.actors}
    first: dict[str, Passage] = {}
    for mention in sorted(record.mentions, key=lambda mention: catalogue.place(mention.passage)):
        if mention.actor in articles:
            articles[mention.actor].add(mention.passage.article)
            first.setdefault(mention.actor, mention.passage)
    said = {voice.speaker.number: len(voice.statements) for voice in voices}
    did = Counter(actor for event in record.events for actor in {*event.actors, *event.recipients})
    stands = Counter(position.holder for position in record.positions)

    def present(actor: Actor) -> Person:
        return Person(
            number=catalogue.actor_numbers[actor.id],
            name=actor.name,
            kind=say_code("kinds", actor.kind),
            traits=_list_traits(actor),
            aliases=_list_aliases(actor),
            roles=_list_roles(catalogue, actor),
            articles=len(articles[actor.id]),
            mentions=mentions[actor.id],
            said=said.get(catalogue.actor_numbers[actor.id], 0),
            did=did[actor.id],
            stands=stands[actor.id],
            first=catalogue.refer([first[actor.id]]) if actor.id in first else None,
        )

    main = list_main(catalogue.actors, catalogue.weights, limit=MAIN_ACTORS)
    others = catalogue.actors[len(main) :]
    return tuple(map(present, main)), tuple(map(present, others))


def _list_traits(actor: Actor) -> tuple[str, ...]:
    """Give country and sectors in words, without what the name already says."""
    words = [name_country(actor.country)] if actor.country and actor.kind != "country" else []
    words += [say_code("sectors", sector) for sector in actor.sectors]
    return tuple(word for word in dict.fromkeys(words) if word != actor.name)


def _list_aliases(actor: Actor) -> tuple[str, ...]:
    """Give the other names, without those that only set a role beside the name or are one, and each once."""
    known = {_bare(role.title) for role in actor.roles} | {_bare(actor.name)}
    aliases: dict[str, str] = {}
    for alias in actor.aliases:
        bare = _bare(alias)
        if not (bare in known or actor.name in alias or any(title in bare for title in known if " " in title)):
            aliases.setdefault(bare, alias)
    return tuple(aliases.values())


def _bare(name: str) -> str:
    """Give a name without case and a leading article."""
    return name.casefold().removeprefix("the ")


def _list_roles(catalogue: Catalogue, actor: Actor) -> tuple[RoleLine, ...]:
    """Give each distinct role once, with the first place that gives it."""
    lines: dict[tuple[str, str], RoleLine] = {}
    for role in sorted(actor.roles, key=lambda role: catalogue.place(role.passage)):
        country = name_country(role.country) if role.country and role.country != actor.country else None
        belongs = ", ".join(word for word in (role.organisation, country) if word and word not in role.title)
        key = (role.title.casefold(), belongs.casefold())
        if key not in lines:
            reference = catalogue.refer([role.passage]) if role.passage else None
            lines[key] = RoleLine(title=role.title, belongs=belongs, reference=reference)
    return tuple(lines.values())


def present_kinships(catalogue: Catalogue) -> tuple[Kinship, ...]:
    """Give which actors may be one or belong together, the likeliest first."""
    ordered = sorted(catalogue.record.suggestions, key=lambda item: -item.score)
    return tuple(
        Kinship(
            kind=say_code("suggestions", item.kind),
            left=catalogue.name(item.left),
            right=catalogue.name(item.right),
            why=item.why,
        )
        for item in ordered
        if item.left in catalogue.actor_numbers and item.right in catalogue.actor_numbers
    )


def present_voices(catalogue: Catalogue, issues: dict[str, tuple[str, ...]]) -> tuple[Voice, ...]:
    """Give what each said, the most prominent first; what is quoted within a statement stands under it.

    `issues` names, by attribution, the issues on which a position rests on it.
    """
    inner: dict[str, list[Attribution]] = {}
    outer: list[Attribution] = []
    for item in catalogue.record.attributions:
        if item.inside in catalogue.attributions and not _circles(catalogue, item):
            inner.setdefault(item.inside, []).append(item)
        else:
            outer.append(item)

    def show(item: Attribution) -> Statement:
        nested = sorted(inner.get(item.id, ()), key=lambda found: catalogue.place(next(iter(found.content), found.cue)))
        return _show_statement(catalogue, item, issues.get(item.id, ()), tuple(map(show, nested)))

    by_speaker: dict[tuple[int, str], list[Statement]] = {}
    for item in sorted(outer, key=lambda item: catalogue.place(next(iter(item.content), item.cue))):
        statement = show(item)
        unknown = len(catalogue.actors) + 1
        by_speaker.setdefault((statement.speaker.number or unknown, statement.speaker.text), []).append(statement)
    return tuple(
        Voice(
            speaker=statements[0].speaker,
            statements=tuple(sorted(statements, key=lambda statement: statement.sort)),
            own_words=sum(statement.directness != "indirect" for statement in statements),
            open=place < OPEN_SPEAKERS
            and len(statements) <= OPEN_STATEMENTS
            and statements[0].speaker.number is not None,
        )
        for place, (_, statements) in enumerate(sorted(by_speaker.items(), key=lambda entry: entry[0]))
    )


def _close_quotation(catalogue: Catalogue, passage: Passage) -> str:
    """Give a passage's words, with the quotation mark right outside it where its other mark stands inside."""
    text, article = passage.text, catalogue.by_id.get(passage.article)
    if article is None:
        return text
    before, after = article.text[max(0, passage.start - 1) : passage.start], article.text[passage.end : passage.end + 1]
    straight = text.count('"') % 2 == 1
    if after and ((after == "”" and text.count("“") > text.count("”")) or (after == '"' and straight)):
        return text + after
    if before and ((before == "“" and text.count("”") > text.count("“")) or (before == '"' and straight)):
        return before + text
    return text


def _circles(catalogue: Catalogue, item: Attribution) -> bool:
    """Tell whether an attribution stands inside itself, which a sound record never says but a file may."""
    seen, inside = {item.id}, item.inside
    while inside is not None and inside in catalogue.attributions:
        if inside in seen:
            return True
        seen.add(inside)
        inside = catalogue.attributions[inside].inside
    return False


def _show_statement(
    catalogue: Catalogue, item: Attribution, issues: Sequence[str], inner: tuple[Statement, ...]
) -> Statement:
    passages = list_statement(item)
    sort, date, dated = catalogue.date(item.when, next(iter(passages), None))
    speaker = catalogue.speaker(item)
    addressee = catalogue.name(item.addressee) if item.addressee in catalogue.actor_numbers else None
    involved = [name.number for name in (speaker, addressee) if name and name.number]
    return Statement(
        id=item.id,
        speaker=speaker,
        act=say_code("acts", item.act),
        directness=item.directness,
        manner=say_code("directness", item.directness),
        parts=tuple(_close_quotation(catalogue, passage) for passage in passages),
        reference=catalogue.refer(passages),
        date=date,
        dated=dated,
        sort=sort,
        venue=item.venue.text if item.venue else None,
        addressee=addressee,
        actors=tuple(dict.fromkeys([*involved, *(number for nested in inner for number in nested.actors)])),
        issues=tuple(dict.fromkeys([*issues, *(issue for nested in inner for issue in nested.issues)])),
        inner=inner,
    )
