"""Say in words what was judged, and where it stands, from a part of the record that holds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from standoff.records import (
    Actor,
    Article,
    Attribution,
    Conflict,
    Event,
    Happening,
    Mention,
    Passage,
    Position,
    Record,
    Shift,
    Suggestion,
)
from standoff.resolve.judged.places import MOST

SHORT = 120  # characters of a text that a label quotes
SUGGESTED = {"same-actor": "may be the same as", "successor": "was followed by", "part": "belongs to"}


def list_places(entry: Any) -> tuple[Passage, ...]:
    """Give the passages at which an entry stands, its own first; none for one that stands nowhere by itself."""
    if isinstance(entry, Attribution):
        return entry.content or tuple(filter(None, (entry.cue,)))
    if isinstance(entry, Happening):
        return entry.passages
    passage = getattr(entry, "passage", None)
    return () if passage is None else (passage,)


def list_spots(part: Record, actor: str) -> list[Mention]:
    """Give mentions by which an actor is found again: each article's, of each wording the first, names first.

    One that stands at the same characters as another actor's says nothing, unless there is no other.
    """
    known = next((item for item in part.actors if item.id == actor), None)
    own = [item for item in part.mentions if item.actor == actor]
    others = {_span(item.passage) for item in part.mentions if item.actor != actor}
    clear = [item for item in own if _span(item.passage) not in others] or own
    first: dict[tuple[str, str], Mention] = {}
    for item in sorted(clear, key=lambda item: _span(item.passage)):
        first.setdefault((item.passage.article, item.passage.text.casefold()), item)
    turns: dict[str, list[Mention]] = defaultdict(list)
    name = known.name.casefold() if known else ""
    for item in sorted(first.values(), key=lambda item: (item.passage.text.casefold() != name, _span(item.passage))):
        turns[item.passage.article].append(item)
    ranked = [(turn, item) for items in turns.values() for turn, item in enumerate(items)]
    return [item for _, item in sorted(ranked, key=lambda pair: pair[0])][:MOST]


def label_entry(part: Record, entry: Any) -> str:
    """Say in a few words what an entry is, so that a judgement on it can be read when it has gone."""
    names = {actor.id: actor.name for actor in part.actors}

    def name(key: str | None) -> str:
        return names.get(key or "", "somebody")

    def find(key: str) -> str:
        for kind in (part.attributions, part.events, part.positions, part.actors):
            for item in kind:
                if item.id == key:
                    return label_entry(part, item)
        return key

    match entry:
        case Article():
            return entry.title or entry.source
        case Actor():
            return entry.name
        case Mention():
            return f"“{_cut(entry.passage.text)}” is {name(entry.actor)}"
        case Attribution():
            return f"{name(entry.source.actor if entry.source else None)}: {_quote(entry.content)}"
        case Event():
            done = f"{_join(map(name, entry.actors))} {entry.type} {_join(map(name, entry.recipients))}".strip()
            return f"{done}: {_quote((entry.passage,))}"
        case Position():
            return f"{name(entry.holder)} {entry.stance} {entry.issue}: {_quote((entry.passage,))}"
        case Happening():
            return entry.label
        case Shift():
            return f"{name(entry.holder)} on {entry.issue}: {find(entry.before)} → {find(entry.after)}"
        case Conflict():
            return f"{find(entry.left)} ↔ {find(entry.right)}"
        case Suggestion():
            return f"{name(entry.left)} {SUGGESTED[entry.kind]} {name(entry.right)}"
    return str(entry)


def _quote(passages: Iterable[Passage]) -> str:
    return f"“{_cut(' […] '.join(passage.text for passage in passages))}”"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHORT else text[: SHORT - 1].rstrip() + "…"


def _join(names: Iterable[str]) -> str:
    return ", ".join(names)


def _span(passage: Passage) -> tuple[str, int, int]:
    return passage.article, passage.start, passage.end
