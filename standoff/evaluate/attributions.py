"""Score the attributions component on a file of articles with hand-marked attributions, as PolNeAR has them.

The measures are those of Newell et al. (2018) with words as units: `content` counts an attribution as found if the
words of its content and gold's overlap by half (Jaccard), one to one; `AR` asks that its source share a word with
gold's too, `ARs` that its cue does as well. Marks and stops are not words: keeping or dropping them costs nothing.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from standoff.annotate.attributions import find_attributions as find_annotated
from standoff.annotate.attributions.lexicon import load_lexicon
from standoff.annotate.attributions.parts import find_colon
from standoff.annotate.attributions.sources import RELATIVES
from standoff.annotate.facts import AttributionFact, ReadingFact, read_facts
from standoff.evaluate.lines import read_lines, write_lines
from standoff.models.language import load_language

WORD = re.compile(r"\w+(?:[’'\-]\w+)*")
RELATIVE = re.compile(r"(?:,[^.]*)?,?\s(who|which|that)\s[^.,]*")
ROLES = ("source", "cue", "content")
LIKELY = 0.25  # the chance from which an attribution counts here; a record has what is likelier, and all that rules see
NEEDED = (
    "standoff_layout",
    "standoff_reader",
    "tok2vec",
    "tagger",
    "parser",
    "attribute_ruler",
    "lemmatizer",
    "ner",
    "standoff_mentions",
)

Spans = dict[str, list[list[int]]]
Words = dict[str, frozenset[int]]


def evaluate_attributions(
    path: str | os.PathLike[str], *, predictions: str | os.PathLike[str] | None = None
) -> dict[str, float]:
    """Give precision, recall and F1, in per cent, of `content`, `AR` and `ARs` on a file of JSON lines.

    Each line has `doc_id`, `text` and `attributions`, of which each has lists of `[start, end]` for `source`, `cue` and
    `content`. With `predictions`, what was found is written there, a line for each article. Raises SourceError for a
    file that cannot be read.
    """
    rows = read_lines(path, needs=("doc_id", "text", "attributions"))
    found = find_attributions(rows)
    if predictions is not None:
        write_lines(
            predictions,
            ({"doc_id": row["doc_id"], "attributions": ours} for row, ours in zip(rows, found, strict=True)),
        )
    return score_attributions([(row["text"], row["attributions"], ours) for row, ours in zip(rows, found, strict=True)])


def find_attributions(rows: Sequence[Mapping[str, Any]]) -> list[list[Spans]]:
    """Give for each article what the pipeline finds, in PolNeAR's terms.

    PolNeAR marks nothing within another attribution's content, gives one attribution to several sources that share a
    cue and to quotations in several paragraphs that share one, names the source of a quotation where it was last named,
    and that of a relative clause by its "who", not by the noun before. To the content it counts a joining "that", and
    whoever is told or believed to be so: "urged [the king to go]", "[the king] is believed [to be ill]"; and what
    somebody did not say is one too. What is not LIKELY to be one of its attributions is left out.
    """
    return [[spans for _, spans in found] for found, _ in _read_articles(rows, least=LIKELY)]


class Judged(NamedTuple):
    """Whether an attribution that was found is right, its article's number, who found it, and the reader's signs."""

    article: int
    kind: str
    signs: tuple[float, ...]
    right: bool


def judge_pipeline(path: str | os.PathLike[str]) -> Iterator[Judged]:
    """Yield each attribution found in a file of gold, judged.

    Found by the reader "alone", "agreed" with a rule, or by a rule and "unseen" by the reader; quotations that rules
    give to whoever spoke last, and what stands inside another, are left out.
    """
    rows = read_lines(path, needs=("doc_id", "text", "attributions"))
    for number, (row, (found, readings)) in enumerate(zip(rows, _read_articles(rows, least=0.0), strict=True)):
        right = judge_attributions(row["text"], row["attributions"], [spans for _, spans in found])
        for (fact, _), hit in zip(found, right, strict=True):
            if fact["reading"] is not None:
                kind = "alone" if fact["made_by"] == "reader" else "agreed"
                yield Judged(number, kind, tuple(readings[fact["reading"]]["signs"]), hit)
            elif fact["cue"] is not None and fact["directness"] != "direct":
                yield Judged(number, "unseen", (), hit)


def _read_articles(
    rows: Sequence[Mapping[str, Any]], *, least: float
) -> Iterator[tuple[list[tuple[AttributionFact, Spans]], list[ReadingFact]]]:
    """Yield what the pipeline finds in each article, each fact with its words in PolNeAR's terms, and the readings."""
    nlp, lexicon = load_language(), load_lexicon()
    with nlp.select_pipes(enable=[name for name in NEEDED if name in nlp.pipe_names]):
        for row in rows:
            doc = nlp(row["text"])
            readings = read_facts(doc, "readings")
            found = find_annotated(doc, lexicon=lexicon, least=least, unsaid=True).facts
            yield _to_spans(row["text"], found, readings, least=least), readings


def score_attributions(articles: Iterable[tuple[str, Sequence[Spans], Sequence[Spans]]]) -> dict[str, float]:
    """Give the scores of articles, each its text, gold's attributions and ours.

    >>> gold = [{"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 16]]}]
    >>> ours = [{"source": [[0, 3]], "cue": [], "content": [[9, 16]]}]
    >>> scores = score_attributions([("Ada said no deal", gold, ours)])
    >>> scores["AR F1"], scores["ARs F1"]
    (100.0, 0.0)
    """
    hits = {"content": 0, "AR": 0, "ARs": 0}
    count: Counter[str] = Counter()
    for text, gold, ours in articles:
        owner = _index_words(text)
        expected = [item for item in (_to_words(owner, spans) for spans in gold) if item["content"]]
        found = [item for item in (_to_words(owner, spans) for spans in ours) if item["content"]]
        count.update(found=len(found), gold=len(expected))
        for mine, theirs in _match(found, expected):
            hits["content"] += 1
            if _agree(mine, theirs, "source"):
                hits["AR"] += 1
                hits["ARs"] += _agree(mine, theirs, "cue")
    scores: dict[str, float] = {}
    for name, hit in hits.items():
        precision = 100 * hit / count["found"] if count["found"] else 0.0
        recall = 100 * hit / count["gold"] if count["gold"] else 0.0
        f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
        scores |= {f"{name} P": round(precision, 1), f"{name} R": round(recall, 1), f"{name} F1": round(f1, 1)}
    return scores


def judge_attributions(text: str, gold: Sequence[Spans], ours: Sequence[Spans]) -> list[bool]:
    """Say of each of our attributions whether gold has it: its content by half, and its source."""
    owner = _index_words(text)
    expected = [_to_words(owner, spans) for spans in gold]
    found = [_to_words(owner, spans) for spans in ours]
    kept = [number for number, item in enumerate(found) if item["content"]]
    pairs = _match([found[number] for number in kept], [item for item in expected if item["content"]])
    right = {id(mine) for mine, theirs in pairs if _agree(mine, theirs, "source")}
    return [id(item) in right for item in found]


def _to_spans(
    text: str, facts: Sequence[AttributionFact], readings: Sequence[ReadingFact], *, least: float
) -> list[tuple[AttributionFact, Spans]]:
    """Give the facts of one article, each with its words in PolNeAR's terms."""
    found: list[tuple[AttributionFact, Spans]] = []
    previous: AttributionFact | None = None
    named: dict[int, list[int]] = {}
    trained = bool(readings)  # without the reader, scores are no chances
    made: dict[int, Spans] = {}
    for fact in facts:
        if fact["source"] is not None and fact["actor"] is not None:
            named[fact["actor"]] = fact["source"]
        seen = fact["reading"] is not None
        inner = fact["inside"] is not None and not (seen and facts[fact["inside"]]["reading"] is None)
        if inner or (trained and fact["score"] < least):
            continue
        if previous is not None and previous["cue"] == fact["cue"] and previous["content"] == fact["content"]:
            if fact["reading"] is None:
                found[-1][1]["source"] += _name_source(text, fact, named)
            continue
        if fact["reading"] in made:
            made[fact["reading"]]["content"] += _restore_that(text, fact["content"])
            continue
        reading = None if fact["reading"] is None else readings[fact["reading"]]
        source, cue = _name_source(text, fact, named), [fact["cue"]] if fact["cue"] else []
        content = _restore_that(text, fact["content"])
        if reading is not None:
            source, cue = _restore_pronoun(text, fact, source, reading["source"]), [reading["cue"]]
            content = _restore_start(text, content, reading["content"])
        spans = {"source": source, "cue": cue, "content": content}
        found.append((fact, spans))
        if fact["reading"] is not None:
            made[fact["reading"]] = spans
        previous = fact
    return found


def _name_source(text: str, fact: AttributionFact, named: Mapping[int, list[int]]) -> list[list[int]]:
    """Give the words that name a source: its pronoun in a relative clause, or where it was last named."""
    source = fact["source"]
    if source is None and fact["actor"] is not None:
        source = named.get(fact["actor"])
    elif source is not None and fact["cue"] is not None:
        source = _find_pronoun(text, source, fact["cue"])
    return [source] if source else []


def _restore_pronoun(
    text: str, fact: AttributionFact, source: list[list[int]], seen: list[int] | None
) -> list[list[int]]:
    """Give the words that the reader saw for a source if they are ours, or the pronoun that stands for ours.

    Where ours is unsaid, for who was asked or criticized did not speak, it stays so.
    """
    ours = [*source, fact["source"]] if fact["source"] else source
    if not seen or not ours:
        return source
    start, end = seen
    after = text[end : fact["cue"][0]] if fact["cue"] else ""
    relative = text[start:end].lower() in RELATIVES and after.count(",") % 2 == 0  # the cue is in its clause
    return [seen] if relative or _touch(ours, [seen]) else source


def _touch(left: Sequence[Sequence[int]], right: Sequence[Sequence[int]]) -> bool:
    return any(start < other[1] and other[0] < end for start, end in left for other in right)


def _restore_that(text: str, content: Sequence[Sequence[int]]) -> list[list[int]]:
    """Give a content with the joining "that" before it, which PolNeAR counts in and a record leaves out."""
    start, end = content[0]
    lead = re.search(r"\bthat[ “\"‘']+$", text[max(0, start - 8) : start], re.IGNORECASE)
    return [[start - len(lead.group()) if lead else start, end], *(list(part) for part in content[1:])]


def _restore_start(text: str, content: list[list[int]], seen: Sequence[Sequence[int]]) -> list[list[int]]:
    """Give a content with what stands first in what the reader saw: who is urged to go, and who is believed to be ill.

    Whoever is told "that …" is no part of it, nor what leads into a quotation with a colon.
    """
    start, end = seen[0]
    colon = find_colon(text, content[0][0])
    led = text.startswith("that ", content[0][0]) or (colon is not None and colon > start)
    if start < content[0][0] < end and not led:
        return [[start, content[0][1]], *content[1:]]
    return [[start, end], *content] if len(seen) > 1 and end <= content[0][0] else content


def _find_pronoun(text: str, source: list[int], cue: Sequence[int]) -> list[int]:
    """Give the relative pronoun between a source and its cue, or the source itself where none stands there."""
    match = RELATIVE.fullmatch(text, source[1], max(source[1], cue[0]))
    return source if match is None else list(match.span(1))


def _index_words(text: str) -> list[int]:
    """Give for each character the number of the word that it belongs to, or -1."""
    owner = [-1] * len(text)
    for number, match in enumerate(WORD.finditer(text)):
        owner[match.start() : match.end()] = [number] * (match.end() - match.start())
    return owner


def _to_words(owner: Sequence[int], spans: Mapping[str, Sequence[Sequence[int]]]) -> Words:
    return {
        role: frozenset(
            owner[at]
            for start, end in spans.get(role, ())
            for at in range(start, min(end, len(owner)))
            if owner[at] >= 0
        )
        for role in ROLES
    }


def _match(found: Sequence[Words], expected: Sequence[Words]) -> Iterator[tuple[Words, Words]]:
    """Yield one-to-one pairs whose contents overlap by half, the best overlap first, then the best source and cue."""
    pairs = []
    for mine, ours in enumerate(found):
        for theirs, gold in enumerate(expected):
            shared = len(ours["content"] & gold["content"])
            overlap = shared / len(ours["content"] | gold["content"])
            if overlap >= 0.5:
                source, cue = len(ours["source"] & gold["source"]), len(ours["cue"] & gold["cue"])
                pairs.append((-overlap, -source, -cue, mine, theirs))
    taken_found: set[int] = set()
    taken_gold: set[int] = set()
    for _, _, _, mine, theirs in sorted(pairs):
        if mine not in taken_found and theirs not in taken_gold:
            taken_found.add(mine)
            taken_gold.add(theirs)
            yield found[mine], expected[theirs]


def _agree(mine: Words, theirs: Words, role: str) -> bool:
    """Tell whether two share a word in a role, or both have none."""
    return bool(mine[role] & theirs[role]) or not (mine[role] or theirs[role])
