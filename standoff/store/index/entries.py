"""Keep an index of a record's entries: where each stands, who and what it refers to, when, and its words.

The record's own tables hold what was found; this index holds what one asks for. It is derived from the record alone, so
it can be dropped and made again. `entries` has a row per entry, `links` a row per entry that another refers to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, Float, Index, Integer, Table, select

from standoff.records import Article, Passage, Record, When
from standoff.store.exact import ExactText
from standoff.store.index.relations import relate_actors, relate_issues
from standoff.store.record.tables import Place, about, metadata

INDEXED = "indexed"  # under which the store notes the signature of its index
MANY = 500  # ids in one statement: SQLite of old allowed 999 parameters

entries = Table(
    "entries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", ExactText, nullable=False),
    Column("id", ExactText, nullable=False),
    Column("place", Place, nullable=False),
    Column("article", ExactText),
    Column("start", Integer),
    Column("end", Integer),
    Column("issue", ExactText),
    Column("type", ExactText),
    Column("status", ExactText),
    Column("earliest", ExactText),
    Column("latest", ExactText),
    Column("day", ExactText),  # by which entries are sorted: the first, or else the last
    Column("outlet", ExactText),
    Column("score", Float),
    Column("text", ExactText, nullable=False),
    Column("digest", ExactText, nullable=False),
    Index("entries_by_id", "kind", "id", unique=True),
    Index("entries_by_article", "article", "start"),
    Index("entries_by_issue", "issue", "kind"),
    Index("entries_by_type", "kind", "type"),
    Index("entries_by_score", "kind", "score"),
    Index("entries_by_day", "kind", "day"),
    Index("entries_by_outlet", "kind", "outlet"),
    Index("entries_by_place", "kind", "place"),
    Index("entries_by_traits", "kind", "issue", "type", "status", "earliest", "latest"),  # covers what is counted
)

links = Table(
    "links",
    metadata,
    Column("entry", Integer, primary_key=True),
    Column("role", ExactText, primary_key=True),
    Column("target", ExactText, primary_key=True),
    Index("links_by_target", "target", "role", "entry"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Hold one entry as it can be asked for; `names` are the names of its actors, `links` pairs of role and id."""

    kind: str
    id: str
    place: int
    article: str | None = None
    start: int | None = None
    end: int | None = None
    issue: str | None = None
    type: str | None = None
    status: str | None = None
    earliest: str | None = None
    latest: str | None = None
    outlet: str | None = None
    score: float | None = None
    text: str = ""
    names: str = ""
    links: tuple[tuple[str, str], ...] = field(default=())


def derive_entries(record: Record) -> Iterator[Entry]:
    """Yield the index's row for each entry of a record, in the record's order.

    An article's type is its outlet, an actor's its kind, with its prominence for a score: how often it is named, speaks
    and acts. An entry without a day of its own has its article's; a shift and a conflict have the days of what they lie
    between. A statement is linked also with whom its words name, and what sides are taken by it.
    """
    names = {actor.id: actor.name for actor in record.actors}
    articles = {article.id: article for article in record.articles}
    by_id: dict[str, Entry] = {}
    for make in (_derive_articles, _derive_actors, _derive_mentions, _derive_said, _derive_did, _derive_stands):
        for entry in make(record, articles, names):
            by_id[entry.id] = entry
            yield entry
    yield from _derive_happenings(record, by_id, articles, names)
    yield from _derive_pairs(record, by_id, names)


Articles = Mapping[str, Article]
Names = Mapping[str, str]


def _derive_articles(record: Record, _: Articles, names: Names) -> Iterator[Entry]:
    for place, article in enumerate(record.articles):
        words = " ".join(part for part in (article.title, article.outlet) if part)
        yield Entry(
            kind="articles",
            id=article.id,
            place=place,
            article=article.id,
            type=article.outlet,
            outlet=article.outlet,
            earliest=article.earliest or article.published,
            latest=article.latest or article.published,
            text=words,
        )


def _derive_actors(record: Record, _: Articles, names: Names) -> Iterator[Entry]:
    weights = _weigh_actors(record)
    for place, actor in enumerate(record.actors):
        text = " ".join((actor.name, *actor.aliases, *dict.fromkeys(role.title for role in actor.roles)))
        linked = (("country", actor.country), *(("sector", sector) for sector in actor.sectors))
        yield Entry(
            kind="actors",
            id=actor.id,
            place=place,
            type=actor.kind,
            score=float(weights[actor.id]),
            text=text,
            links=_keep_links(linked),
        )


def _weigh_actors(record: Record) -> Counter[str]:
    """Count where each actor is named, speaks, acts, is acted on or takes a stance: what it is sorted by."""
    weights = Counter(mention.actor for mention in record.mentions)
    weights.update(item.source.actor for item in record.attributions if item.source and item.source.actor)
    for event in record.events:
        weights.update({*event.actors, *event.recipients})
    weights.update(position.holder for position in record.positions)
    return weights


def _derive_mentions(record: Record, articles: Articles, names: Names) -> Iterator[Entry]:
    for place, mention in enumerate(record.mentions):
        where = _locate((mention.passage,), articles)
        yield Entry(kind="mentions", id=mention.id, place=place, links=(("mention", mention.actor),), **where)


def _derive_said(record: Record, articles: Articles, names: Names) -> Iterator[Entry]:
    issues, named = relate_issues(record), relate_actors(record)
    for place, item in enumerate(record.attributions):
        passages = item.content or ((item.cue,) if item.cue else ())
        speaker = item.source.actor if item.source else None
        linked = (
            *(("source", speaker), ("addressee", item.addressee), ("inside", item.inside)),
            *(("named", actor) for actor in named.get(item.id, ())),
            *(("on", issue) for issue in issues.get(item.id, ())),
        )
        yield Entry(
            kind="attributions",
            id=item.id,
            place=place,
            type=item.act,
            status=item.directness,
            score=item.score,
            text=_join_texts(passages),
            names=_join_names(names, (speaker, item.addressee)),
            links=_keep_links(linked),
            **_locate(passages, articles),
            **_date(item.when, passages, articles),
        )


def _derive_did(record: Record, articles: Articles, names: Names) -> Iterator[Entry]:
    issues = relate_issues(record)
    for place, item in enumerate(record.events):
        linked = (
            *(("actor", actor) for actor in item.actors),
            *(("recipient", actor) for actor in item.recipients),
            ("asserted_by", item.asserted_by),
            *(("on", issue) for issue in issues.get(item.id, ())),
        )
        yield Entry(
            kind="events",
            id=item.id,
            place=place,
            type=item.type,
            status=item.status,
            score=item.score,
            text=_join_texts((item.passage,)),
            names=_join_names(names, (*item.actors, *item.recipients)),
            links=_keep_links(linked),
            **_locate((item.passage,), articles),
            **_date(item.when, (item.passage,), articles),
        )


def _derive_stands(record: Record, articles: Articles, names: Names) -> Iterator[Entry]:
    for place, item in enumerate(record.positions):
        linked = (("holder", item.holder), ("toward", item.toward), ("basis", item.basis))
        yield Entry(
            kind="positions",
            id=item.id,
            place=place,
            issue=item.issue,
            type=item.stance,
            score=item.score,
            text=_join_texts((item.passage,)),
            names=_join_names(names, (item.holder, item.toward)),
            links=_keep_links(linked),
            **_locate((item.passage,), articles),
            **_date(item.when, (item.passage,), articles),
        )


def _derive_happenings(record: Record, by_id: Mapping[str, Entry], articles: Articles, names: Names) -> Iterator[Entry]:
    for place, item in enumerate(record.happenings):
        parties = dict.fromkeys(
            link
            for key in item.events
            if key in by_id
            for link in by_id[key].links
            if link[0] in ("actor", "recipient")
        )
        linked = (
            *(("event", key) for key in item.events),
            *(("article", key) for key in item.articles),
            *parties,
        )
        yield Entry(
            kind="happenings",
            id=item.id,
            place=place,
            type=_choose_type([by_id[key] for key in item.events if key in by_id]),
            status=item.status,
            score=item.score,
            text=f"{item.label} {_join_texts(item.passages)}",
            names=_join_names(names, (actor for _, actor in parties)),
            links=_keep_links(linked),
            earliest=item.when.earliest if item.when else None,
            latest=item.when.latest if item.when else None,
            **_locate(item.passages, articles),
        )


def _choose_type(events: Sequence[Entry]) -> str | None:
    """Give the type that most of a happening's events have, the first of those told as often."""
    types = [event.type for event in events if event.type]
    return max(types, key=types.count) if types else None


def _derive_pairs(record: Record, by_id: Mapping[str, Entry], names: Names) -> Iterator[Entry]:
    """Yield what lies between two entries: shifts, conflicts and suggestions, with the actors of both."""
    for place, shift in enumerate(record.shifts):
        ends = (("before", shift.before), ("after", shift.after))
        yield _derive_pair("shifts", shift, place, ends, by_id, names, issue=shift.issue)
    for place, conflict in enumerate(record.conflicts):
        further = (*conflict.left_also, *conflict.right_also)
        voices = (("left", conflict.left), ("right", conflict.right), *(("also", key) for key in further))
        yield _derive_pair("conflicts", conflict, place, voices, by_id, names, issue=conflict.issue, type=conflict.kind)
    for place, item in enumerate(record.suggestions):
        linked = (("left", item.left), ("right", item.right))
        yield Entry(
            kind="suggestions",
            id=item.id,
            place=place,
            type=item.kind,
            score=item.score,
            text=item.why,
            names=_join_names(names, (item.left, item.right)),
            links=linked,
        )


def _derive_pair(
    kind: str,
    item: Any,
    place: int,
    ends: Sequence[tuple[str, str]],
    by_id: Mapping[str, Entry],
    names: Names,
    **fields: Any,
) -> Entry:
    sides = [by_id[key] for _, key in ends if key in by_id]
    parties = dict.fromkeys(("party", key) for side in sides for _, key in side.links if key in names)
    firsts = [side.earliest for side in sides if side.earliest]
    lasts = [side.latest for side in sides if side.latest]
    return Entry(
        kind=kind,
        id=item.id,
        place=place,
        score=item.score,
        text=" … ".join(side.text for side in sides),
        names=_join_names(names, (actor for _, actor in parties)),
        links=_keep_links((*ends, *parties, *(("article", side.article) for side in sides))),
        earliest=min(firsts, default=None),
        latest=max(lasts, default=None),
        **fields,
    )


def _keep_links(linked: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((role, target) for role, target in linked if target))


def _join_texts(passages: Iterable[Passage]) -> str:
    return " ".join(" ".join(passage.text.split()) for passage in passages)


def _join_names(names: Names, actors: Iterable[str | None]) -> str:
    return " · ".join(dict.fromkeys(names[actor] for actor in actors if actor and actor in names))


def _locate(passages: Sequence[Passage], articles: Articles) -> dict[str, Any]:
    if not passages:
        return {}
    first = passages[0]
    outlet = articles[first.article].outlet if first.article in articles else None
    return {"article": first.article, "start": first.start, "end": first.end, "outlet": outlet}


def _date(when: When | None, passages: Sequence[Passage], articles: Articles) -> dict[str, Any]:
    """Give the days of an entry: its own, or else those of its article."""
    if when is not None and (when.earliest or when.latest):
        return {"earliest": when.earliest, "latest": when.latest}
    article = articles.get(passages[0].article) if passages else None
    return {"earliest": article.earliest, "latest": article.latest} if article else {}


def sign_index(connection: Connection) -> str | None:
    """Give what is the same only as long as the index is: who has counted it can tell whether that still holds."""
    return connection.execute(select(about.c.value).where(about.c.key == INDEXED)).scalar()
