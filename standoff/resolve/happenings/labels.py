"""Word a happening as a timeline would, out of its parties' names and the articles' own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from standoff.records import Attribution, Event, Occasion
from standoff.resolve.families import is_told_by_verb
from standoff.resolve.tellings import Telling

LONGEST = 90  # characters of an article's own words in a label


def label_happening(tellings: Sequence[Telling], kind: str, place: str | None, names: Mapping[str, str]) -> str:
    """Give who did it to whom, if the events agree on it; else the occasion's name; else the article's words.

    Nothing is worded that the articles do not say: a verb stands in the label only if the codebook has it for the kind.
    """
    events = [telling for telling in tellings if isinstance(telling.record, Event)]
    told = Counter(label for telling in events if (label := _tell_event(telling, names))).most_common(2)
    if told and (len(told) == 1 or told[0][1] > told[1][1]):
        return told[0][0]
    occasions = [telling for telling in tellings if isinstance(telling.record, Occasion)]
    if occasions:
        return _name_occasion([telling for telling in occasions if telling.kind == kind] or occasions, place, names)
    first = tellings[0].record
    return _quote_event(first, names) if isinstance(first, Event) else _quote_speech(first, names)


def _name_occasion(occasions: Sequence[Telling], place: str | None, names: Mapping[str, str]) -> str:
    """Give an election with its country, a deed with whom it befell, else the name that most occasions have."""
    targets = Counter(party for telling in occasions for party in telling.target if party in names)
    labels = Counter(telling.record.label for telling in occasions if isinstance(telling.record, Occasion))
    code = occasions[0].code
    if code is not None and place is not None and occasions[0].has("national"):
        return f"{code.extra.get('title', code.key)} in {place}"
    deed = "" if code is None else f"{code.extra.get('title', code.key)} of "
    if deed and targets and any(label.startswith(deed) for label in labels):
        return deed + names[targets.most_common(1)[0][0]]
    best = max(labels, key=lambda label: (len(label.split()) > 1, labels[label], -len(label), label))
    parties = sorted(names[party] for telling in occasions for party in telling.parties if party in names)
    return f"{best} ({parties[0]})" if parties and " " not in best else best


def _tell_event(telling: Telling, names: Mapping[str, str]) -> str | None:
    """Give "Supreme Court dissolves the party" for an event whose both sides and verb are known."""
    event = telling.record
    verb = None if telling.code is None else telling.code.extra.get("tells")
    if verb is None or not isinstance(event, Event) or not event.actors or not event.recipients:
        return None
    if telling.code is None or not (telling.family == "meeting" or is_told_by_verb(event, telling.code)):
        return None
    return f"{_list_names(event.actors, names)} {verb} {_list_names(event.recipients, names)}"


def _quote_event(event: Event, names: Mapping[str, str]) -> str:
    words = _shorten(event.passage.text)
    known = [actor for actor in event.actors if actor in names]
    shown = [names[actor] for actor in known if names[actor].casefold() not in words.casefold()]
    return f"{', '.join(shown)}: “{words}”" if shown else f"“{words}”"


def _quote_speech(record: Event | Occasion | Attribution, names: Mapping[str, str]) -> str:
    if not isinstance(record, Attribution):
        return record.passage.text
    speaker = record.source.actor if record.source else None
    content = " … ".join(part.text for part in record.content)
    return f"{names.get(speaker or '', 'Someone')} says: “{_shorten(content)}”"


def _list_names(ids: Sequence[str], names: Mapping[str, str]) -> str:
    known = [names[actor] for actor in ids if actor in names]
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} and {known[-1]}" if known else "someone"


def _shorten(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + "…"
