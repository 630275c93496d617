"""Line up what waits for a person's decision, the best candidates first, and show one of it large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import quote as quote_address
from urllib.parse import unquote as unquote_address

from standoff.dossier.catalogue import name_article
from standoff.dossier.passages import list_statement
from standoff.records import Actor, Passage, Record
from standoff.resolve.judged.verdicts import SCORE
from standoff.store.index.queries import Key, Query
from standoff.store.kept.verdicts import Search, find_judgements, tally_decisions, tally_scores
from standoff.web.decided.correcting import Field, load_books, offer_fields
from standoff.web.desk import Desk
from standoff.web.shown.cards import Card, Link, link_passage
from standoff.web.shown.choices import load_actors
from standoff.web.shown.facing import Side, face_entries, show_around

KINDS = ("conflicts", "shifts", "suggestions", "positions", "events", "attributions", "happenings")
PAGE = 20  # entries in the list beside the one in focus
PASSAGES = 6  # of a happening, that are shown with it
NAMES = 80  # actors that a correction offers by name; any other can be typed
RECENT = 3  # of the visitor's last decisions, that can be taken back beside the queue
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)  # of scores, in which agreement is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """Show the entry to decide on: in its paragraphs, with whom it is about and what can be corrected."""

    card: Card
    sides: tuple[Side, ...]
    strength: str | None = None
    actors: tuple[Actor, ...] = ()
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """Name a decision of the visitor's own, which can be taken back."""

    id: str
    kind: str
    entry: str
    verdict: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Tell how many of the decided entries of about one score were right as they stood."""

    lowest: float
    highest: float
    confirmed: int
    corrected: int
    rejected: int

    @property
    def decided(self) -> int:
        """Count them all."""
        return self.confirmed + self.corrected + self.rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Tell how much of a kind is decided."""

    kind: str
    waiting: int
    confirmed: int = 0
    corrected: int = 0
    rejected: int = 0

    @property
    def decided(self) -> int:
        """Count what is decided, that included which has gone from the record since."""
        return self.confirmed + self.corrected + self.rejected


def count_progress(desk: Desk) -> tuple[Progress, ...]:
    """Tell for each kind how much waits and how much is decided."""
    held = desk.store.tally_entries(Query(kinds=KINDS), ("kind",))
    settled = desk.store.tally_entries(Query(kinds=KINDS, judged="decided"), ("kind",))
    waiting = {key: count - settled.get(key, 0) for key, count in held.items()}
    with desk.store.read() as connection:
        decided = tally_decisions(connection)
    return tuple(Progress(kind=kind, waiting=waiting.get((kind,), 0), **decided.get(kind, {})) for kind in KINDS)


def measure_agreement(desk: Desk, kind: str) -> tuple[Band, ...]:
    """Tell, by the machine's score, how often people found the decided entries of a kind right as they stood."""
    counts: dict[float, dict[str, int]] = {}
    with desk.store.read() as connection:
        for verdict, score in tally_scores(connection, kind, field=SCORE):
            lowest = max(edge for edge in BANDS[:-1] if edge <= max(score, 0.0))
            band = counts.setdefault(lowest, {"confirmed": 0, "corrected": 0, "rejected": 0})
            band[verdict] += 1
    edges = dict(pairwise(BANDS))
    return tuple(
        Band(lowest=lowest, highest=min(edges[lowest], 1.0), **counts[lowest])
        for lowest in sorted(counts, reverse=True)
    )


def list_recent(desk: Desk, kind: str) -> tuple[Recent, ...]:
    """Give what the visitor decided last on this kind, the latest first."""
    with desk.store.read() as connection:
        found, _ = find_judgements(connection, Search(kind=kind, who=desk.visitor.name, open=True, limit=RECENT))
    return tuple(
        Recent(id=item.id, kind=item.kind, entry=item.entry, verdict=item.verdict, label=item.label) for item in found
    )


def focus_entry(desk: Desk, key: Key) -> Focus | None:
    """Give an entry to be looked at closely; None if the store does not hold it."""
    if key.kind in ("conflicts", "shifts"):
        faced = face_entries(desk, [key], whole=True)
        return Focus(card=faced[0].card, sides=faced[0].sides, strength=faced[0].strength) if faced else None
    part = desk.store.load_part([key])
    item: Any = next((item for item in getattr(part, key.kind) if item.id == key.id), None)
    if item is None:
        return None
    (card,) = desk.make_cards([key], part=part)
    by_id = {actor.id: actor for actor in part.actors}
    wanted = (item.left, item.right) if key.kind == "suggestions" else ()
    return Focus(
        card=card,
        sides=tuple(_show_passages(card, part, _list_passages(key.kind, item))),
        actors=tuple(by_id[id] for id in wanted if id in by_id),
        fields=offer_fields(key.kind, item, part, load_books(desk.store)),
    )


def list_names(desk: Desk, focus: Focus) -> tuple[str, ...]:
    """Give the names that a correction of this entry is likely to need: of those whom its report names most."""
    quote = focus.card.quote
    if not focus.fields or quote is None:
        return ()
    article = quote.href.split("/")[2]
    mentioned = Query(kinds=("mentions",), articles=(unquote_address(article),), roles=("mention",))
    counts = desk.store.tally_entries(mentioned, ("actor",))
    ids = [actor for (actor,) in counts if actor][:NAMES]
    return tuple(sorted(actor.name for actor in load_actors(desk, ids).values()))


def _list_passages(kind: str, item: Any) -> Sequence[Passage]:
    if kind == "attributions":
        return list_statement(item)
    if kind == "happenings":
        return tuple(item.passages[:PASSAGES])
    return () if kind == "suggestions" else (item.passage,)


def _show_passages(card: Card, part: Record, passages: Sequence[Passage]) -> Iterator[Side]:
    """Give passages in their paragraphs, those in one paragraph together."""
    articles = {article.id: article for article in part.articles}
    for passage in passages:
        article = articles.get(passage.article)
        if article is None:
            continue
        before, after = show_around(article.text, passage, whole=True)
        yield Side(
            card=card,
            before=before,
            pieces=((passage.text, False),),
            after=after,
            href=link_passage(passage),
            report=Link(text=name_article(article), href=f"/articles/{quote_address(article.id)}"),
            outlet=article.outlet,
        )
