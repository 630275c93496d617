"""Hold what the other components found in one article, as the positions in it are judged."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from spacy.tokens import Doc, Span, Token

from standoff.annotate.facts import AttributionFact, EventFact, MentionFact, Offsets, TimeFact, read_facts, read_text
from standoff.annotate.positions.holders import speaks_for


class Context:
    """Hold the actors, attributions and events of one Doc, and where in it mentions, dates and contents stand."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = read_text(doc)
        self.actors: list[Any] = read_facts(doc, "actors")
        self.attributions: list[AttributionFact] = read_facts(doc, "attributions")
        self.events: list[EventFact] = read_facts(doc, "events")
        self.mention_at = _index_mentions(doc, read_facts(doc, "mentions"))
        self.dates = _index_dates(doc, read_facts(doc, "times"))
        self.contents = _index_contents(doc, self.attributions)

    def list_attributions(self, span: Span | Token) -> list[int | None]:
        """Give the attributions whose content holds some words most closely: several, if several say the same words."""
        start, end = (span.i, span.idx + len(span)) if isinstance(span, Token) else (span.start, span.end_char)
        holding = self.contents.get(start, ())
        widths = {number: part[1] - part[0] for number, part in holding if end <= part[1]}
        least = min(widths.values(), default=0)
        return [number for number, width in widths.items() if width == least]

    def find_tokens(self, offsets: Offsets | None) -> range:
        span = None if offsets is None else self.doc.char_span(offsets[0], offsets[1], alignment_mode="expand")
        return range(0) if span is None else range(span.start, span.end)

    def find_teller(self, number: int | None, holder: int, *, by_cue: bool) -> int | None:
        """Give the actor who says that the holder has this stance, if it is another; a cue is the report's own word."""
        said = [] if number is None or by_cue else [self.attributions[number]]
        tellers = [item["actor"] for item in (*said, *self.list_outer(number)) if item["actor"] is not None]
        return next((actor for actor in tellers if not speaks_for(actor, holder, self.actors)), None)

    def list_outer(self, number: int | None) -> Iterator[AttributionFact]:
        """Yield the attributions that an attribution stands within, innermost first."""
        passed = {number}
        inside = None if number is None else self.attributions[number]["inside"]
        while inside is not None and inside not in passed:  # a broken chain of facts must not hang a run
            passed.add(inside)
            yield self.attributions[inside]
            inside = self.attributions[inside]["inside"]

    def name(self, actor: int) -> str:
        return str(self.actors[actor]["name"]) if actor < len(self.actors) else "another"

    def find_event(self, start: int, end: int, holder: int) -> int | None:
        """Give the event of the holder that these words tell, if one was coded."""
        for number, event in enumerate(self.events):
            if holder in event["actors"] and event["start"] < end and start < event["end"]:
                return number
        return None

    def cut_sentence(self, word: Token, said: AttributionFact | None) -> tuple[int, int]:
        """Give the sentence around a word, as far as it is the content of the attribution that holds the word."""
        start, end = word.sent.start_char, word.sent.end_char
        for part in () if said is None else said["content"]:
            if part[0] <= word.idx < part[1]:
                start, end = max(start, part[0]), min(end, part[1])
        return self.trim(start, end)

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Give a range of characters without the white space at its edges."""
        text = self.text[start:end]
        return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())


def _index_mentions(doc: Doc, mentions: Sequence[MentionFact]) -> dict[int, int]:
    """Map the head of each mention to its actor."""
    at: dict[int, int] = {}
    for mention in sorted(mentions, key=lambda fact: fact["start"] - fact["end"]):
        span = doc.char_span(mention["start"], mention["end"], alignment_mode="expand")
        if span is not None:
            at[span.root.i] = mention["actor"]
    return at


def _index_dates(doc: Doc, times: Sequence[TimeFact]) -> dict[int, Offsets]:
    """Map the head of each date to its characters, the first of those that share one."""
    at: dict[int, Offsets] = {}
    for time in times:
        span = doc.char_span(time["start"], time["end"], alignment_mode="expand")
        if span is not None and time["type"] == "DATE":
            at.setdefault(span.root.i, [time["start"], time["end"]])
    return at


def _index_contents(doc: Doc, attributions: Sequence[AttributionFact]) -> dict[int, list[tuple[int, Offsets]]]:
    """Map each word to the contents that it starts in, by their attributions, so that none is asked for each issue."""
    places = [token.idx for token in doc]
    at: dict[int, list[tuple[int, Offsets]]] = {}
    for number, said in enumerate(attributions):
        for part in said["content"]:
            for index in range(bisect_left(places, part[0]), bisect_left(places, part[1])):
                at.setdefault(index, []).append((number, part))
    return at
