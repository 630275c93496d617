"""Make a headline of an article's own words: names in full, the verb in the present, cut where the clause ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standoff.codebooks.verbs import find_lemma, put_in_present
from standoff.records import Actor, Event, Mention, Passage, Reading
from standoff.resolve.memory import remembered

LONGEST = 80  # characters of a label; a timeline's line
LEAST = 12  # characters that a clause keeps: a break before them ends nothing

_NOT_BEFORE_VERB = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their|our|my|your|this|that|no|of|in|with|for|any|some|under|after|since)|['’]s) $",
    re.I,
)
_IN_NOUN_PHRASE = re.compile(r"\b(?:the|an?|his|her|its|their|our|my|this|that|\w+['’]s)\s(?:[a-z-]+\s){0,2}$", re.I)
_LED_BY = re.compile(r"\b(?P<verb>\w+) to $")
_PASSIVE = re.compile(r"\b(?:was|were|been|is|are|be|being|gets?|got)(?: \w+ly| not| also| to be| now)? $", re.I)
_NEGATED = re.compile(r"\b(?:not|never|n['’]t|cannot)(?: be| \w+ly)? $", re.I)
_CLAUSE_END = re.compile(
    r"\s*[,;:.!?()—–“”\n]|\s(?:but|which|who|whom|whose|because|while|whereas|after|before|as|when|until|since|if|unless|"
    r"although|though|where|following|amid|despite|during|citing|saying)\b|"
    r"\sthat(?=\s(?:he|she|it|they|we|I|had|was|were|has|have|is|are)\b)|"
    r"\s(?:and|or)\s(?=(?:to|not|its|his|her|their|he|she|it|they|we|I|would|will|was|were|had|has|have|\w+ed)\b)"
)
_LINK_BEFORE_TIME = re.compile(
    r"\s+(?:(?:on|in|at|by|from|since|during|for|until|over|late|early|the)\s+){0,3}"
    r"(?:(?:first|second|last) (?:week|half|days) of\s+)?$",
    re.I,
)
_TAIL = re.compile(
    r"(?:[\s,;:–—-]+(?:to|in|of|on|at|the|an?|and|or|with|by|for|as|from|its|such|his|her|their|that|over))*[\s,;:–—-]*$"
)
_APART = re.compile(r"[,;:.](?!\d)|[“”\n]")
_OBJECT_PRONOUNS = frozenset({"him", "them", "it", "us", "me"})
_MANY = re.compile(r"(?:s|men|women|people|children|police)$", re.I)
_CLAUSE_START = re.compile(
    r"[.!?;:,“”\n–—()]\s*|\b(?:that|and|but|which|who|when|while|after|before|as|if|because)\s", re.I
)
_PERFECT = re.compile(r"\s+(?:has|have|had|will|would|to)$")
_SINGLE = re.compile(r"^(?:an?|the|its|their|his|her)\s", re.I)


@dataclass(frozen=True, slots=True)
class Page:
    """Hold what a headline takes from one article, its mentions and times in reading order, and whom it names."""

    text: str
    mentions: tuple[Mention, ...]
    times: tuple[Passage, ...]
    cast: tuple[str, ...]


def open_pages(readings: Sequence[Reading]) -> dict[str, Page]:
    """Give the page of each article."""
    return {reading.article.id: _open_page(reading) for reading in readings}


@remembered
def _open_page(reading: Reading) -> Page:
    mentions = tuple(sorted(reading.mentions, key=lambda mention: mention.passage.start))
    times = (time.passage for time in reading.times if time.type in ("DATE", "TIME") or time.earliest)
    return Page(
        text=reading.article.text,
        mentions=mentions,
        times=tuple(sorted(times, key=lambda passage: passage.start)),
        cast=tuple(dict.fromkeys(mention.actor for mention in mentions)),
    )


def word_event(event: Event, page: Page, actors: Mapping[str, Actor], *, ahead: bool) -> str | None:
    """Give an event as a headline: "Court suspends the League", "Ada Ito to meet Ben Oz", "Ada Ito charged with fraud".

    The verb is the one that the event was found by. None where it is told by a noun, or nobody is known who did it or
    whom it befell: then other words serve better.
    """
    cue = event.cue
    lemma = find_lemma(cue.text) if cue else None
    if cue is None or lemma is None or not event.passage.start <= cue.start < event.passage.end:
        return None
    trigger, at = cue.text, cue.start
    before = page.text[max(0, at - 40) : at]
    may_be_noun = trigger.casefold() == lemma or trigger.endswith("ing")
    if _NOT_BEFORE_VERB.search(before):
        return None
    if may_be_noun and _IN_NOUN_PHRASE.search(page.text[event.passage.start : at]):
        return None
    rest = word_clause(page, cue.end, actors, whose=event.actors)
    doers, befell = _name_all(event.actors, actors), _name_all(event.recipients, actors)
    subject = _quote_subject(event, page, actors, at)
    if subject is not None:
        doers[:1] = [subject]
    passive = _PASSIVE.search(before) or (trigger.endswith(("ed", "en")) and rest.startswith(" by "))
    if passive or not doers:
        if not befell and passive and (not doers or rest.startswith(" by ")):
            befell = _read_subject(page, at)
        if not befell or trigger.endswith("ing") or trigger.casefold() == lemma:
            return None
        by = f" by {_join(doers)}" if doers and " by " not in f" {rest} " else ""
        return trim_label(f"{_join(befell)} {'to be ' if ahead else ''}{trigger.lower()}{by if by else rest}")
    beside = [other for other in event.recipients if _stands_before(other, event, page, at)]
    doers = [*doers, *(name for name in _name_all(beside, actors) if name not in doers)]
    plural = len(doers) > 1 or _is_many(event.actors, actors)
    if f"makes “{trigger}”, a cue" in event.why:
        return trim_label(f"{_join(doers)} {'refuse' if plural else 'refuses'} to {lemma}{rest}")
    if _NEGATED.search(before):
        return trim_label(f"{_join(doers)} {'do' if plural else 'does'} not {lemma}{rest}")
    if ahead:
        return trim_label(f"{_join(doers)} to {lemma}{rest}")
    led = _LED_BY.search(before)
    leading = find_lemma(led["verb"]) if led else None
    if leading is not None:  # "began to collect"
        return trim_label(f"{_join(doers)} {put_in_present(leading, plural=plural)} to {lemma}{rest}")
    return trim_label(f"{_join(doers)} {put_in_present(lemma, plural=plural)}{rest}")


def is_told_by_noun(event: Event) -> bool:
    """Tell whether an event was found by a noun: "his attack", "after a cabinet meeting"."""
    if event.cue is None:
        return False
    trigger = event.cue.text
    lemma = find_lemma(trigger)
    before = event.passage.text[: max(0, event.cue.start - event.passage.start)]
    if lemma is None:
        return True
    may_be_noun = trigger.casefold() == lemma or trigger.endswith("ing")
    return may_be_noun and (_NOT_BEFORE_VERB.search(before) or _IN_NOUN_PHRASE.search(before)) is not None


def word_clause(page: Page, start: int, actors: Mapping[str, Actor], *, whose: Sequence[str] = ()) -> str:
    """Give what follows a verb up to the end of its clause, without the times, and with names for short forms."""
    end = min(len(page.text), start + 3 * LONGEST)
    parts: list[str] = []
    place = start
    for cut_from, cut_to, instead in _list_changes(page, start, end, actors, whose):
        if cut_from < place:
            continue
        parts += [page.text[place:cut_from], instead]
        place = cut_to
    text = "".join(parts) + page.text[place:end]
    stop = next(
        (match.start() for match in _CLAUSE_END.finditer(text) if match.start() >= LEAST or _is_hard(match)), None
    )
    clause = " ".join(text[:stop].split())
    return f" {clause}" if clause else ""


def _is_hard(match: re.Match[str]) -> bool:
    """Tell whether a clause ends here however short it is; an opening quotation mark is what the verb takes."""
    return match[0].strip() not in ("“", "and", "or", "as", "in", "on", "at", "by", "from", "")


def _list_changes(
    page: Page, start: int, end: int, actors: Mapping[str, Actor], whose: Sequence[str]
) -> list[tuple[int, int, str]]:
    """Give the stretches that a headline words otherwise, in reading order: times go, short names become full."""
    changes = []
    first = bisect_left(page.times, start, key=lambda passage: passage.start)
    for time in page.times[first : bisect_left(page.times, end, key=lambda passage: passage.start)]:
        link = _LINK_BEFORE_TIME.search(page.text[start : time.start])
        changes.append((start + link.start() if link else time.start, time.end, ""))
    first = bisect_left(page.mentions, start, key=lambda mention: mention.passage.start)
    reach = bisect_left(page.mentions, end, key=lambda mention: mention.passage.start)
    for mention in page.mentions[first:reach]:
        name = _expand_mention(mention, actors, whose)
        if name is not None:
            changes.append((mention.passage.start, mention.passage.end, name))
    return sorted(changes, key=lambda change: (change[0], -change[1]))


def _expand_mention(mention: Mention, actors: Mapping[str, Actor], whose: Sequence[str]) -> str | None:
    """Give the full name for a mention that a reader could not place outside its article, or None to leave it."""
    actor, text = actors.get(mention.actor), mention.passage.text
    if actor is None or actor.id in whose or actor.kind == "group":
        return None
    bare = re.sub(r"['’]s?$", "", text)
    short = re.sub(r"^the ", "", bare, flags=re.I)
    if text.casefold() in _OBJECT_PRONOUNS or short.isupper() or (short != actor.name and short in actor.name.split()):
        return actor.name + text[len(bare) :]
    if actor.name in text and text.endswith(")"):  # "the Umma Front (UF)"
        return actor.name
    return None


def _quote_subject(event: Event, page: Page, actors: Mapping[str, Actor], trigger: int) -> str | None:
    """Give an unnamed group in the article's words, which say how many it was: "about 2,000 people"."""
    actor = actors.get(event.actors[0]) if event.actors else None
    if actor is None or actor.kind != "group":
        return None
    first = bisect_left(page.mentions, event.passage.start, key=lambda mention: mention.passage.start)
    reach = bisect_left(page.mentions, trigger, key=lambda mention: mention.passage.start)
    found = next((item.passage for item in page.mentions[first:reach] if item.actor == actor.id), None)
    if found is None or " " not in page.text[event.passage.start : found.end] or found.end > trigger:
        return None
    words = page.text[event.passage.start : found.end]
    return words if len(words) <= LONGEST // 2 and _APART.search(words) is None else None


def _read_subject(page: Page, trigger: int) -> list[str]:
    """Give whom or what a passive befell in the article's words, where it is no known actor: "truce" brokered."""
    before = page.text[max(0, trigger - LONGEST) : trigger]
    clause = _PASSIVE.sub("", _CLAUSE_START.split(before)[-1]).strip()
    words = _SINGLE.sub("", _PERFECT.sub("", clause)).split()
    return [" ".join(words)] if 0 < len(words) <= 6 else []


def _stands_before(actor: str, event: Event, page: Page, trigger: int) -> bool:
    """Tell whether a recipient is a subject too: "Ada and Ben agreed"."""
    first = bisect_left(page.mentions, event.passage.start, key=lambda mention: mention.passage.start)
    reach = bisect_left(page.mentions, trigger, key=lambda mention: mention.passage.start)
    return any(mention.actor == actor for mention in page.mentions[first:reach])


def _is_many(ids: Sequence[str], actors: Mapping[str, Actor]) -> bool:
    """Tell whether a party is several: "the miners", not "the Miners' Union" or "a crowd of miners"."""
    actor = actors.get(ids[0]) if ids else None
    if actor is None or actor.kind != "group" or _SINGLE.match(actor.name):
        return False
    return _MANY.search(actor.name.split(" of ")[0]) is not None


def _name_all(ids: Sequence[str], actors: Mapping[str, Actor]) -> list[str]:
    return [actors[actor].name for actor in ids if actor in actors]


def _join(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{', '.join(names[:2])} and others"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def trim_label(text: str) -> str:
    """Give a text in one line, begun with a capital, cut at a word if it is too long for a timeline.

    >>> trim_label("the  court rules")
    'The court rules'
    """
    text = " ".join(text.split())
    text = text[:1].upper() + text[1:]
    if len(text) <= LONGEST:
        return _TAIL.sub("", text)
    return _TAIL.sub("", text[: LONGEST - 1].rsplit(" ", 1)[0]) + "…"
