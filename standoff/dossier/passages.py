"""Cut an article's text at the edges of the passages that facts point at, so that each can be shown and linked to."""

from __future__ import annotations

import bisect
import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from standoff.records import Attribution, Passage, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Point at characters that at least one fact rests on; `uses` says what for, `actors` whom they mention."""

    start: int
    end: int
    uses: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One step of writing an article: open a span, close one, number a paragraph, or write text.

    `first` is false where an opened span is the continuation of one that had to be cut at another's edge.
    """

    step: str
    text: str = ""
    span: Span | None = None
    first: bool = True
    number: int = 0


def name_anchor(article: int, start: int, end: int) -> str:
    """Give the id that a passage has in the page.

    >>> name_anchor(2, 10, 25)
    'p-2-10-25'
    """
    return f"p-{article}-{start}-{end}"


def find_paragraphs(text: str) -> list[int]:
    """Give where each paragraph starts: every line that holds more than white space.

    >>> find_paragraphs("One.\\n\\nTwo.\\n")
    [0, 6]
    """
    starts, place = [], 0
    for line in text.split("\n"):
        if line.strip():
            starts.append(place)
        place += len(line) + 1
    return starts


def number_paragraph(starts: Sequence[int], place: int) -> int:
    """Give the number, from 1, of the paragraph that holds the character at `place`."""
    return max(1, bisect.bisect_right(starts, place))


def collect_spans(record: Record) -> dict[str, list[Span]]:
    """Give for each article's id the distinct passages of it that the record points at, in reading order.

    Facts that rest on the same characters share one span. A passage outside its article's text is left out.
    """
    lengths = {article.id: len(article.text) for article in record.articles}
    uses: dict[tuple[str, int, int], set[str]] = {}
    actors: dict[tuple[str, int, int], set[str]] = {}
    for passage, use, actor in _list_passages(record):
        if passage is None or not 0 <= passage.start < passage.end <= lengths.get(passage.article, 0):
            continue
        key = (passage.article, passage.start, passage.end)
        uses.setdefault(key, set()).add(use)
        if actor:
            actors.setdefault(key, set()).add(actor)
    spans: dict[str, list[Span]] = {article: [] for article in lengths}
    for key in sorted(uses, key=lambda key: (key[1], -key[2])):
        article, start, end = key
        found = Span(start=start, end=end, uses=frozenset(uses[key]), actors=frozenset(actors.get(key, ())))
        spans[article].append(found)
    return spans


def _list_passages(record: Record) -> Iterator[tuple[Passage | None, str, str | None]]:
    """Yield each passage that the page may link to, with its use and, for a mention, the actor's id."""
    for actor in record.actors:
        yield from ((role.passage, "role", None) for role in actor.roles)
    for mention in record.mentions:
        yield mention.passage, "mention", mention.actor
    for attribution in record.attributions:
        yield from ((passage, "said", None) for passage in list_statement(attribution))
    for event in record.events:
        yield event.passage, "did", None
    for position in record.positions:
        yield position.passage, "stands", None
        yield position.condition, "stands", None
    for happening in record.happenings:
        yield from ((passage, "happened", None) for passage in happening.passages)
        for item in happening.differences:
            yield from ((side, "happened", None) for side in (item.left, item.right))


def list_statement(attribution: Attribution) -> tuple[Passage, ...]:
    """Give the passages that an attribution is shown by: what was said, or its cue where that is all there is."""
    return attribution.content or ((attribution.cue,) if attribution.cue else ())


def cut_pieces(text: str, spans: Iterable[Span]) -> Iterator[Piece]:
    """Yield the steps that write `text` with every span around its characters, properly nested.

    Spans that lie inside one another nest. Where two cross, the one that starts later is closed at the earlier one's
    end and opened again after it. The texts of all pieces, joined, are `text`.
    """
    marks = find_paragraphs(text)
    queue = [(span.start, -span.end, number, span, True) for number, span in enumerate(spans)]
    heapq.heapify(queue)
    stack: list[tuple[int, Span]] = []
    place, next_mark = 0, 0
    while place < len(text) or stack or queue:
        while stack and stack[-1][0] <= place:
            yield Piece(step="close", span=stack.pop()[1])
        if next_mark < len(marks) and marks[next_mark] == place:
            next_mark += 1
            yield Piece(step="number", number=next_mark)
        while queue and queue[0][0] <= place:
            _, negative_end, number, span, first = heapq.heappop(queue)
            end = min(-negative_end, len(text))
            if stack and end > stack[-1][0]:
                heapq.heappush(queue, (stack[-1][0], negative_end, number, span, False))
                end = stack[-1][0]
            if end > place:
                stack.append((end, span))
                yield Piece(step="open", span=span, first=first)
        stops = [len(text), *([stack[-1][0]] if stack else []), *([queue[0][0]] if queue else [])]
        if next_mark < len(marks):
            stops.append(marks[next_mark])
        stop = min(stops)
        if stop > place:
            yield Piece(step="text", text=text[place:stop])
        elif place >= len(text):
            return
        place = stop
