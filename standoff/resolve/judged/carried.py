"""Find what was judged again where another model reads almost the same: a word more, a word less.

An entry's id follows from its place, so that a new model's entry at a slightly other place has another one. If it says
the same (the same speaker's words, a deed of the same type, the same stance on the same issue) in mostly the same
characters, it is the entry that was judged, and keeps the id by which it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from standoff.records import Attribution, Event, Judgement, Mention, Passage, Position, Reading
from standoff.resolve.judged.places import ALIKE, read_place, share_characters

SAYS = "says"  # under which `fields` keeps what an entry said besides its place
KINDS = ("mentions", "attributions", "events", "positions")


def tell_saying(entry: Any) -> dict[str, Any] | None:
    """Give what an entry says that a new model's must say too to be the same; None for one that is found otherwise."""
    if isinstance(entry, Attribution):
        speaker = entry.source.passage if entry.source else None
        return {"source": None if speaker is None else [speaker.start, speaker.end]}
    if isinstance(entry, Event):
        return {"type": entry.type}
    if isinstance(entry, Position):
        return {"issue": entry.issue, "stance": entry.stance}
    return {} if isinstance(entry, Mention) else None


def index_judged(judgements: Mapping[tuple[str, str], Judgement]) -> dict[str, list[Judgement]]:
    """Give the judgements that can be carried over, by the article that their entry stands in."""
    found: dict[str, list[Judgement]] = defaultdict(list)
    for (kind, _), judgement in judgements.items():
        if kind in KINDS and judgement.passage is not None and SAYS in (judgement.fields or {}):
            found[judgement.passage.article].append(judgement)
    return found


def carry_over(reading: Reading, judged: Sequence[Judgement]) -> Reading:
    """Give the reading with the judged ids on what was judged, where a new model reads almost the same."""
    new = dict(_list_renamed(reading, judged))
    if not new:
        return reading

    def name(key: str | None) -> str | None:
        return new.get(key, key) if key else key

    return replace(
        reading,
        mentions=tuple(replace(item, id=new.get(item.id, item.id)) for item in reading.mentions),
        attributions=tuple(
            replace(item, id=new.get(item.id, item.id), inside=name(item.inside)) for item in reading.attributions
        ),
        events=tuple(
            replace(item, id=new.get(item.id, item.id), asserted_by=name(item.asserted_by)) for item in reading.events
        ),
        positions=tuple(
            replace(item, id=new.get(item.id, item.id), basis=name(item.basis)) for item in reading.positions
        ),
    )


def _list_renamed(reading: Reading, judged: Sequence[Judgement]) -> Iterator[tuple[str, str]]:
    """Yield the id of each entry that is one that was judged, with the judged id; each entry is one at most."""
    for kind in KINDS:
        here = {item.id: item for item in getattr(reading, kind)}
        free = dict(here)
        for judgement in sorted(judged, key=lambda item: (item.at, item.id)):
            if judgement.kind == kind and judgement.entry not in here:
                found = _find_same(judgement, free)
                if found is not None:
                    del free[found]
                    yield found, judgement.entry


def _find_same(judgement: Judgement, entries: Mapping[str, Any]) -> str | None:
    """Give the id of the entry that stands in mostly the same characters and says the same, if there is one."""
    passage, said = judgement.passage, (judgement.fields or {})[SAYS]
    if passage is None or not isinstance(said, Mapping):
        return None
    shares = {
        key: share_characters(read_place(passage), _find_words(item))
        for key, item in entries.items()
        if _says_so(item, said)
    }
    best = max(shares, key=lambda key: (shares[key], key), default=None)
    return best if best is not None and shares[best] >= ALIKE else None


def _find_words(entry: Any) -> tuple[int, int]:
    words: Passage | None = entry.content[0] if isinstance(entry, Attribution) and entry.content else None
    words = words or getattr(entry, "passage", None)
    return (0, 0) if words is None else (words.start, words.end)


def _says_so(entry: Any, said: Mapping[str, Any]) -> bool:
    now = tell_saying(entry) or {}
    if "source" not in now:
        return now == said
    one, other = now["source"], said.get("source")
    if not one or not other:
        return not one and not other
    return bool(one[0] < other[1] and other[0] < one[1])
