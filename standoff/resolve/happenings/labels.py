"""Word a happening as a timeline would, out of its parties' names and the articles' own words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from standoff.codebooks.verbs import find_lemma, put_in_present
from standoff.records import Actor, Attribution, Event, Occasion
from standoff.resolve.days import Days
from standoff.resolve.families import is_told_by_verb
from standoff.resolve.happenings.wording import LONGEST, Page, trim_label, word_clause, word_event
from standoff.resolve.tellings import Telling

PARTICLES = frozenset({"down", "up", "out", "off", "on", "back", "away", "in", "over"})
_THAT = re.compile(r"^(?:[^“”]{0,60}, )?that\s+")
_ARTICLE = re.compile(r"^(?:the|an?|this|that|these|those|its|their|his|her|our)\s+", re.I)
_BREAK = re.compile(
    r"[,;:.!?…–—]|\s“|"
    r"\s(?:and|but|which|who|because|while|(?:as long |as soon |such )?as|if|until|unless|when|where|since)"
    r"(?=\s)"
)


def label_happening(
    tellings: Sequence[Telling],
    *,
    kind: str,
    place: str | None,
    status: str,
    days: Days,
    actors: Mapping[str, Actor],
    pages: Mapping[str, Page],
) -> str:
    """Give a headline: who did it to whom, else the occasion's name, else who says what.

    Nothing is worded that the articles do not say: a verb is an article's own, or the codebook's for the kind.
    """
    told = Counter(
        (isinstance(telling.record, Event) and bool(telling.record.actors), label)
        for telling in tellings
        if (label := _tell_event(telling, status, actors, pages))
    )
    if told:  # who did it is worth more than how many say it alike; of equals, the most precise stands first
        return max(told, key=lambda words: (words[0], told[words]))[1]
    occasions = [telling for telling in tellings if isinstance(telling.record, Occasion)]
    if occasions:
        fitting = [telling for telling in occasions if telling.kind == kind] or occasions
        label = _name_occasion(fitting, place, days, {key: actor.name for key, actor in actors.items()})
        return label if " " in label else _word_bare(fitting[0], actors, pages)
    first = tellings[0].record
    return _name_deed(first, tellings[0], actors) if isinstance(first, Event) else _word_speech(first, actors)


def _tell_event(telling: Telling, status: str, actors: Mapping[str, Actor], pages: Mapping[str, Page]) -> str | None:
    """Give "Supreme Court dissolves the party" for an event, in its own verb or else in the codebook's."""
    event = telling.record
    if not isinstance(event, Event):
        return None
    words = word_event(event, pages[telling.article], actors, ahead=status == "future")
    verb = None if telling.code is None else telling.code.extra.get("tells")
    if words or verb is None or telling.code is None or not event.actors or not event.recipients:
        return words
    if not (telling.family == "meeting" or is_told_by_verb(event, telling.code)):
        return None
    first, _, rest = str(verb).partition(" ")
    if status == "future":
        verb = " ".join(["to", find_lemma(first) or first, rest]).strip()
    return trim_label(f"{_list_names(event.actors, actors)} {verb} {_list_names(event.recipients, actors)}")


def _name_occasion(occasions: Sequence[Telling], place: str | None, days: Days, names: Mapping[str, str]) -> str:
    """Give an election with its country, a deed with whom it befell, else the name that most occasions have."""
    labels = Counter(telling.record.label for telling in occasions if isinstance(telling.record, Occasion))
    code = occasions[0].code
    if occasions[0].kind in ("plan", "step", "occurrence"):
        return trim_label(max(labels, key=lambda label: (labels[label], label)))
    if code is not None and place is not None and occasions[0].has("national"):
        cores = Counter({label.split(" in ")[0]: 0 for label in labels})
        for label, count in labels.items():
            cores[label.split(" in ")[0]] += count
        best = max(cores, key=lambda core: (len(core.split()) > 1, cores[core], core))
        return trim_label(_add_year(f"{best} in {place}", days))
    best = max(labels, key=lambda label: (len(label.split()), labels[label], -len(label), label))
    if len(best.split()) > 1 and any(part in best for part in (" of ", " with ", " in ", " on ")):
        return trim_label(_add_year(best, days))
    targets = Counter(party for telling in occasions for party in telling.target if party in names)
    if targets:
        link = "with" if occasions[0].family == "meeting" else "of"
        party = max(sorted(targets), key=lambda party: targets[party])
        return trim_label(_add_year(f"{best} {link} {names[party]}", days))
    if len(best.split()) > 1:
        return trim_label(_add_year(best, days))
    return trim_label(_ARTICLE.sub("", occasions[0].passages[0].text))


def _word_bare(telling: Telling, actors: Mapping[str, Actor], pages: Mapping[str, Page]) -> str:
    """Give what an occasion without parties or place is called with what is said of it: "Talks opened in Juba"."""
    passage = telling.passages[0]
    clause = word_clause(pages[telling.article], passage.end, actors)
    return trim_label(_ARTICLE.sub("", passage.text) + clause)


def _add_year(label: str, days: Days) -> str:
    """Add the year to the name of something of which no more than the year is known."""
    first, last = days
    whole = first is not None and last is not None and first.year == last.year and days.width > 360
    return f"{label} ({first.year})" if whole and first is not None and not re.search(r"\d{4}", label) else label


def _name_deed(event: Event, telling: Telling, actors: Mapping[str, Actor]) -> str:
    """Give what an event is called where no verb tells it: "Arrest of Ada Ito"; else the article's own words."""
    code = telling.code
    if code is not None and (event.recipients or event.actors):
        whom = _list_names(event.recipients or event.actors, actors)
        return trim_label(
            f"{code.extra.get('title', code.key)} {'with' if telling.family == 'meeting' else 'of'} {whom}"
        )
    words = " ".join(event.passage.text.split())
    if " " not in words:
        return trim_label(f"{words} of {_list_names((*event.actors, *event.recipients), actors)}")
    known = [actors[actor].name for actor in event.actors if actor in actors]
    shown = [name for name in known if name.split()[-1].casefold() not in words.casefold()]
    return trim_label(f"{', '.join(shown)}: “{words}”" if shown else words)


def _word_speech(record: Event | Occasion | Attribution, actors: Mapping[str, Actor]) -> str:
    """Give "Ada Ito says …", in the statement's own verb, cut at the end of a clause."""
    if not isinstance(record, Attribution):
        return trim_label(_ARTICLE.sub("", record.passage.text))
    speaker = actors.get((record.source.actor if record.source else None) or "")
    name = "Someone" if speaker is None else speaker.name
    content = " ".join(record.content[0].text.split())
    if record.directness == "direct":
        return f"{name} says: “{cut_clause(content.strip('“”'), LONGEST - len(name) - 9)}”"
    told = _word_cue(record.cue.text.split() if record.cue is not None else [])
    content = _THAT.sub("", content)
    return trim_label(f"{name} {told} {cut_clause(content, LONGEST - len(name) - len(told) - 2)}")


def _word_cue(words: Sequence[str]) -> str:
    """Give "says", "has said" too, and "turns down" for a cue with its particle."""
    particle = f" {words[-1].lower()}" if len(words) > 1 and words[-1].lower() in PARTICLES else ""
    verb = find_lemma(words[-2 if particle else -1]) if words else None
    return put_in_present(verb or "say", plural=False) + (particle if verb else "")


def cut_clause(text: str, length: int) -> str:
    """Give the start of a text up to the last clause that ends within `length`, or else up to a word.

    >>> cut_clause("we will talk, but not about the levy and not now", 30)
    'we will talk'
    """
    length = max(length, 20)
    if len(text) <= length:
        return text.rstrip(" ,;:.")
    ends = [match.start() for match in _BREAK.finditer(text[: length + 1]) if match.start() >= min(20, length // 3)]
    if ends:
        return text[: ends[-1]].rstrip(" ,;:")
    return text[: length - 1].rsplit(" ", 1)[0] + "…"


def _list_names(ids: Sequence[str], actors: Mapping[str, Actor]) -> str:
    known = [actors[actor].name for actor in ids if actor in actors]
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} and {known[-1]}" if known else "someone"
