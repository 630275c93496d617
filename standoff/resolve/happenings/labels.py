"""Word a happening as a timeline would, out of its parties' names and the articles' own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from standoff.records import Attribution, Event, Occasion
from standoff.resolve.tellings import Telling

LONGEST = 90  # characters of an article's own words in a label


def label_happening(tellings: Sequence[Telling], kind: str, names: Mapping[str, str]) -> str:
    """Give the label: who did it to whom, if an event tells; else the name of the occasion; else the article's words.

    Nothing is worded that the articles do not say: a verb stands in the label only if the codebook has it for the kind.
    """
    told = Counter(
        label
        for telling in tellings
        if isinstance(telling.record, Event) and (label := _tell_event(telling.record, telling, names))
    ).most_common(2)
    if told and (len(told) == 1 or told[0][1] > told[1][1]):
        return told[0][0]
    occasions = [telling.record for telling in tellings if isinstance(telling.record, Occasion)]
    if occasions:
        return max(
            occasions,
            key=lambda occasion: (len(occasion.label.split()) > 1, occasion.label[:1].isupper(), -len(occasion.label)),
        ).label
    first = tellings[0].record
    if isinstance(first, Attribution):
        speaker = first.source.actor if first.source else None
        content = " … ".join(part.text for part in first.content)
        return f"{names.get(speaker or '', 'Someone')} says: “{_shorten(content)}”"
    assert isinstance(first, Event)
    return _quote_event(first, names)


def _tell_event(event: Event, telling: Telling, names: Mapping[str, str]) -> str | None:
    """Give "Supreme Court dissolves the party" for an event whose both sides and verb are known."""
    verb = None if telling.code is None else telling.code.extra.get("tells")
    if verb is None or not event.actors or not event.recipients:
        return None
    return f"{_list_names(event.actors, names)} {verb} {_list_names(event.recipients, names)}"


def _quote_event(event: Event, names: Mapping[str, str]) -> str:
    words = _shorten(event.passage.text)
    known = [actor for actor in event.actors if actor in names]
    shown = [names[actor] for actor in known if names[actor].casefold() not in words.casefold()]
    return f"{', '.join(shown)}: “{words}”" if shown else f"“{words}”"


def _list_names(ids: Sequence[str], names: Mapping[str, str]) -> str:
    known = [names[actor] for actor in ids if actor in names]
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} and {known[-1]}" if known else "someone"


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"
