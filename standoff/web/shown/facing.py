"""Lay the two passages of a conflict or a shift side by side, with what differs between them marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote as quote_address

from standoff.dossier.catalogue import Fact, cut_after, cut_before, name_article
from standoff.dossier.disagreements import STRONG, list_named, mark_differences, put_first
from standoff.dossier.passages import list_statement
from standoff.records import Article, Attribution, Passage
from standoff.store.index.queries import Key
from standoff.store.record.parts import name_key
from standoff.web.desk import Desk
from standoff.web.shown.cards import Card, Link, link_passage, make_cards

ROOM = 700  # characters of a paragraph on either side of a passage: a report without paragraphs would be shown whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Show one passage in what stands around it; `pieces` are its words, each with whether it is marked.

    `also` are further voices, who say the same.
    """

    card: Card
    before: str = ""
    pieces: tuple[tuple[str, bool], ...] = ()
    after: str = ""
    href: str | None = None
    report: Link | None = None
    outlet: str | None = None
    also: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facing:
    """Show what lies between two entries; `strength` says of a conflict how sure the machine is."""

    card: Card
    sides: tuple[Side, ...]
    strength: str | None = None


def face_entries(desk: Desk, keys: Iterable[Key], *, whole: bool = False) -> tuple[Facing, ...]:
    """Give conflicts and shifts with both their sides: each in its sentence, or, if `whole`, in its paragraph."""
    keys = tuple(keys)
    part = desk.store.load_part(keys)
    facts: dict[str, Fact] = {item.id: item for item in part.attributions}
    facts |= {item.id: item for item in part.events} | {item.id: item for item in part.positions}
    articles = {article.id: article for article in part.articles}
    further = {item.id: (item.left_also, item.right_also) for item in part.conflicts}
    voices = [name_key(id) for sides in further.values() for ids in sides for id in ids]
    known = {card.id: card for card in make_cards(part, voices, {})}
    also = {key: [tuple(known[id] for id in ids if id in known) for ids in sides] for key, sides in further.items()}
    return tuple(
        _face(card, facts, articles, also.get(card.id, ()), whole=whole) for card in desk.make_cards(keys, part=part)
    )


def _face(
    card: Card,
    facts: Mapping[str, Fact],
    articles: Mapping[str, Article],
    also: Sequence[tuple[Card, ...]],
    *,
    whole: bool,
) -> Facing:
    why = card.why or ""
    passages = [_choose_passage(facts[side.id], why, articles) for side in card.sides]
    texts = [passage.text if passage else "" for passage in passages]
    conflict = card.kind == "conflicts"
    named = list_named(why) if conflict else ()
    sides = []
    for side, passage, mine, other in zip(card.sides, passages, texts, reversed(texts), strict=True):
        if passage is None:
            sides.append(Side(card=side))
            continue
        article = articles[passage.article]
        before, after = show_around(article.text, passage, whole=whole)
        sides.append(
            Side(
                card=side,
                before=before,
                pieces=mark_differences(mine, other, named) if conflict else ((mine, False),),
                after=after,
                href=link_passage(passage),
                report=Link(text=name_article(article), href=f"/articles/{quote_address(article.id)}"),
                outlet=article.outlet,
            )
        )
    strength = ("strong" if (card.score or 0) >= STRONG else "possible") if conflict else None
    if len(also) == len(sides):
        sides = [replace(side, also=voices) for side, voices in zip(sides, also, strict=True)]
    return Facing(card=card, sides=tuple(sides), strength=strength)


def _choose_passage(fact: Fact, why: str, articles: Mapping[str, Article]) -> Passage | None:
    """Give the passage of a fact that the reason speaks of, as far as its article is held."""
    passages = list_statement(fact) if isinstance(fact, Attribution) else (fact.passage,)
    return next((passage for passage in put_first(passages, why) if passage.article in articles), None)


def show_around(text: str, passage: Passage, *, whole: bool) -> tuple[str, str]:
    """Give what stands before and after a passage, in its sentence or in its paragraph."""
    if not whole:
        return cut_before(text, passage.start), cut_after(text, passage.end)
    start = text.rfind("\n", 0, passage.start) + 1
    end = text.find("\n", passage.end)
    before, after = text[start : passage.start], text[passage.end : end if end >= 0 else len(text)]
    if len(before) > ROOM:
        before = "… " + before[-ROOM:].partition(" ")[2]
    if len(after) > ROOM:
        after = after[:ROOM].rpartition(" ")[0] + " …"
    return before, after
