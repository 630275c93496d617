"""Find reports that are copies of one text: a wire story printed twice, cut, retitled, rewritten or put together.

Two copies vouch for no more than one. Papers rewrite what they take, so that true pairs share only about a third of
their three-word runs; what stays is the choice of facts, sentence by sentence, and the uncommon words that tell them
(Clough et al., METER: Measuring Text Reuse, ACL 2002). So pairs are looked for with a loose net and confirmed by the
words of each sentence. What stands in quotation marks does not count: two reporters who heard one speech quote alike.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import combinations
from statistics import fmean

from standoff.codebooks import load_codebook
from standoff.records import Article
from standoff.resolve.memory import remembered

RUN = 3  # words in a run
SKETCH = 96  # runs, or words, kept for each article: those of the smallest hash, so that copies keep the same ones
COMMON = 12  # up to this many articles that keep a run are all paired; of more, see _pair_sparsely
SHARED = 3  # kept runs that a pair must share to be looked at
SHARED_WORDS = 9  # kept words that a pair of one time must share to be looked at
STEM = 5  # letters by which two forms of a word are taken for one: "arres-ted", "arres-ts"
# Days within which papers take a story from each other: later, an agency itself repeats whole paragraphs as background,
# and only what has LATE of the words counts.
WINDOW = 3
LATE = 0.8
FEWEST = 2  # sentences; one alone is news that anybody may tell so
FEW = 25  # telling words; two reports of a line or two share as many by telling one thing, so LATE holds for them too
# A pair is confirmed if TOLD of the shorter report's words stand in sentences of which the other has at least PART, if
# it has COVERED of all of them, and NEWS of the LEAD sentences that either of the two opens with. Measured in November
# 2026 on the tune half of tests/cases/copies.toml: of 17 pairs with one origin the lowest have 0.79, 0.46 and 0.54; of
# the 44 others of its disputes those within three days have at most 0.65, 0.57 and 0.49.
PART = 0.35
TOLD = 0.72
COVERED = 0.44
LEAD = 2
NEWS = 0.5

_QUOTED = re.compile(r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)|‘[^‘’]{12,}’", re.M)
_END = re.compile(r"(?<=[.!?])[”\"’')\]]*\s+|\n+")
_WORD = re.compile(r"\d[\d,.]*\d|\d|[^\W\d_]+")
_WIRE_LINE = re.compile(
    r"^[^\n]{0,60}\([A-Za-z]{2,12}\)\s*[-–—.]|^[^\n]{0,60}\n+[^\n]{0,60}\([A-Za-z]{2,12}\)\s*[-–—.]"
)

Sentences = tuple[frozenset[str], ...]


def find_copies(articles: Sequence[Article]) -> dict[str, str]:
    """Give for each article's id the id of the report that it is a copy of, or its own if it is none.

    Of several copies, the origin is the one published first, then the one with an agency's line, then the longest. A
    report put together from two is a copy of the one that it has more of, and does not make the two one. Only articles
    that share uncommon words are compared, so the work grows with the number of articles, not with that of pairs.

    >>> story = "The harbour of Paphos was closed by striking dockers on Monday. No ship left, and none is due today."
    >>> texts = {"a": story + " Police watched.", "b": story}
    >>> find_copies([Article(id=name, source=f"{name}.txt", text=text) for name, text in texts.items()])
    {'a': 'a', 'b': 'a'}
    """
    ordered = sorted(articles, key=_rank)
    rank = {article.id: number for number, article in enumerate(ordered)}
    sentences: dict[str, Sentences] = {}
    best: dict[str, tuple[float, int, str]] = {}
    for pair in list_candidates(ordered):
        first, second = sorted(pair, key=rank.__getitem__)
        for name in (first, second):
            if name not in sentences:
                sentences[name] = split_narration(ordered[rank[name]].text)
        one, other = ordered[rank[first]], ordered[rank[second]]
        same = one.text.split() == other.text.split()  # however short it is, nobody writes it twice
        covered = 1.0 if same else compare_reports(sentences[first], sentences[second])
        near = _is_near(one, other)
        short = min(sum(map(len, sentences[name])) for name in pair) < FEW
        if covered >= (LATE if short or not near else COVERED):
            best[second] = max(best.get(second, (0.0, 0, "")), (covered, -rank[first], first))
    origin: dict[str, str] = {}
    for article in ordered:  # what an article was taken from stands before it
        source = best.get(article.id)
        origin[article.id] = article.id if source is None else origin[source[2]]
    return {article.id: origin[article.id] for article in articles}


def list_candidates(articles: Sequence[Article]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of articles that share enough to be compared: rare runs of words, or many words within days."""
    runs: dict[int, list[str]] = defaultdict(list)
    words: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for article in articles:
        for run in _sketch_runs(article.text):
            runs[run].append(article.id)
        for word in _sketch_words(article.text):
            for span in _list_spans(article):
                words[word][span].append(article.id)
    found = _list_sharing(([names] for names in runs.values()), SHARED)
    found |= _list_sharing((spans.values() for spans in words.values()), SHARED_WORDS)
    yield from sorted(found)


def _list_sharing(keepers: Iterable[Iterable[list[str]]], least: int) -> set[tuple[str, str]]:
    """Give the pairs that keep at least so many of the same things, each counted once however often they meet in it."""
    shared: Counter[tuple[str, str]] = Counter()
    for groups in keepers:
        shared.update({pair for names in groups for pair in _pair(names)})
    return {pair for pair, count in shared.items() if count >= least}


def _pair(names: list[str]) -> Iterator[tuple[str, str]]:
    return combinations(names, 2) if len(names) <= COMMON else _pair_sparsely(names)


@remembered
def compare_reports(left: Sentences, right: Sentences) -> float:
    """Give the share of the shorter report's words that the other has in the same sentences, 0 for a different story.

    A sentence is held against each two that follow one another in the other report, since rewriting splits and joins.
    It is a different story if too many sentences have hardly a word in common, or if neither has what the other opens
    with: a follow-up opens with its own news, however much of the background is the same.
    """
    shorter, longer = sorted((left, right), key=lambda sentences: sum(map(len, sentences)))
    if len(shorter) < FEWEST:
        return 0.0
    shares = _share_sentences(shorter, longer)
    sizes = [len(sentence) for sentence in shorter]
    told = sum(size for size, share in zip(sizes, shares, strict=True) if share >= PART)
    if told < TOLD * sum(sizes):
        return 0.0
    news = (fmean(found[:LEAD]) for found in (shares, _share_sentences(longer[:LEAD], shorter)))
    if max(news) < NEWS:
        return 0.0
    return sum(size * share for size, share in zip(sizes, shares, strict=True)) / sum(sizes)


def _share_sentences(sentences: Sentences, other: Sentences) -> list[float]:
    """Give for each sentence the share of its words that stand in one or two neighbouring sentences of another text."""
    spans = [one | next_one for one, next_one in zip(other, [*other[1:], frozenset[str]()], strict=True)]
    return [max(len(sentence & span) for span in spans) / len(sentence) for sentence in sentences]


@remembered
def split_narration(text: str) -> Sentences:
    """Give the telling words of each sentence without what is quoted; those too short to tell apart are left out."""
    parts = (frozenset(_list_stems(part)) for part in _END.split(_QUOTED.sub(" ", text)))
    return tuple(sentence for sentence in parts if len(sentence) > 2)


def _rank(article: Article) -> tuple[str, bool, int, str]:
    return article.published or "9999", _WIRE_LINE.match(article.text) is None, -len(article.text), article.id


def _is_near(left: Article, right: Article) -> bool:
    if left.published is None or right.published is None:
        return True
    days = [date.fromisoformat(article.published[:10]) for article in (left, right) if article.published]
    return abs((days[0] - days[1]).days) <= WINDOW


def _list_stems(text: str) -> Iterator[str]:
    empty = _list_empty()
    for word in _WORD.findall(text.casefold()):
        if word[0].isdigit() or (len(word) > 3 and word not in empty):
            yield word if word[0].isdigit() else word[:STEM]


@cache
def _list_empty() -> frozenset[str]:
    return frozenset(word for code in load_codebook("rewriting").codes.values() for word in code.cues)


def _list_runs(text: str) -> Iterator[str]:
    words = re.findall(r"\w+", text.casefold())
    yield from (" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1))


@remembered
def _sketch_runs(text: str) -> tuple[int, ...]:
    return _keep_smallest(_list_runs(text))


@remembered
def _sketch_words(text: str) -> tuple[int, ...]:
    return _keep_smallest(_list_stems(text))


def _keep_smallest(items: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({zlib.crc32(item.encode()) for item in items})[:SKETCH])


def _list_spans(article: Article) -> Iterator[int]:
    """Yield the stretches of days in which an article may have been copied or be a copy; each overlaps the next."""
    if article.published is not None:
        number = date.fromisoformat(article.published[:10]).toordinal() // (WINDOW + 1)
        yield from (number, number + 1)


def _pair_sparsely(names: list[str]) -> Iterator[tuple[str, str]]:
    """Pair each article with the first and with the one before it, so that a run that many keep costs no square."""
    for number in range(1, len(names)):
        yield names[0], names[number]
        if number > 1:
            yield names[number - 1], names[number]
