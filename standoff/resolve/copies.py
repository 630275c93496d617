"""Find reports that are copies of one text: a wire story printed twice, cut, retitled or lightly rewritten.

Two copies vouch for no more than one. Papers rewrite what they take, so that true pairs share only about a third of
their three-word runs; a pair is therefore looked for with a loose net and confirmed sentence by sentence. What stands
in quotation marks does not count: two reporters who heard one speech quote the same words.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from rapidfuzz import fuzz, process

from standoff.records import Article

RUN = 3  # words in a run
SKETCH = 96  # runs kept for each article: those of the smallest hash, so that copies keep the same ones
COMMON = 12  # up to this many articles that keep a run are all paired; of more, see _pair_sparsely
SHARED = 3  # kept runs that a pair must share to be looked at
# Two sentences are one if this much of their words agree (per cent), and two reports if this share of the shorter
# one's own words stands in such sentences. Measured in November 2026 on the reports in tests/resolve/test_copies.py: a
# hard rewriting with a paragraph of its own has 0.8, two reporters' accounts of one press conference 0.0.
ALIKE = 75.0
CONTAINED = 0.4

_QUOTED = re.compile(r"“[^“”]*(?:”|$)|\"[^\"]*(?:\"|$)", re.M)
_END = re.compile(r"(?<=[.!?])[”\"’')\]]*\s+|\n+")
_WORD = re.compile(r"\w+")


def find_copies(articles: Sequence[Article]) -> dict[str, str]:
    """Give for each article's id the id of the report that it is a copy of, or its own if it is none.

    Of several copies, the origin is the one published first, then the longest. Only articles that share rare runs of
    words are compared, so the work grows with the number of articles, not with that of pairs. A report that shares
    nothing but quotations with another, or that treats the same news in its own words, is not a copy.

    >>> story = "The harbour of Paphos was closed by striking dockers on Monday. No ship left, and none is due today."
    >>> texts = {"a": story + " Police watched.", "b": story}
    >>> find_copies([Article(id=name, source=f"{name}.txt", text=text) for name, text in texts.items()])
    {'a': 'a', 'b': 'a'}
    """
    ordered = sorted(articles, key=lambda article: (article.published or "9999", -len(article.text), article.id))
    origin = {article.id: article.id for article in ordered}
    by_id = {article.id: article for article in ordered}
    rank = {article.id: number for number, article in enumerate(ordered)}
    sentences: dict[str, list[str]] = {}
    for left, right in sorted(list_candidates(ordered), key=lambda pair: (rank[pair[0]], rank[pair[1]])):
        first, second = sorted((_follow(origin, left), _follow(origin, right)), key=rank.__getitem__)
        if first == second:
            continue
        for name in (left, right):
            if name not in sentences:
                sentences[name] = _split_narration(by_id[name].text)
        if measure_containment(sentences[left], sentences[right]) >= CONTAINED:
            origin[second] = first
    return {article.id: _follow(origin, article.id) for article in articles}


def list_candidates(articles: Sequence[Article]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of articles that share enough rare runs of words to be worth comparing."""
    keepers: dict[int, list[str]] = defaultdict(list)
    for article in articles:
        for run in _sketch(article.text):
            keepers[run].append(article.id)
    shared: Counter[tuple[str, str]] = Counter()
    for names in keepers.values():
        shared.update(combinations(names, 2) if len(names) <= COMMON else _pair_sparsely(names))
    yield from (pair for pair, count in shared.items() if count >= SHARED)


def _pair_sparsely(names: list[str]) -> Iterator[tuple[str, str]]:
    """Pair each article with the first and with the one before it, so that a run that many keep costs no square."""
    for number in range(1, len(names)):
        yield names[0], names[number]
        if number > 1:
            yield names[number - 1], names[number]


def measure_containment(left: Sequence[str], right: Sequence[str]) -> float:
    """Give the share of the shorter text's words that stand in sentences which the other text has too."""
    shorter, longer = sorted((left, right), key=lambda sentences: sum(map(len, sentences)))
    total = sum(len(sentence.split()) for sentence in shorter)
    if not total or not longer:
        return 0.0
    scores = process.cdist(shorter, longer, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, workers=1)
    found = (max(row) > 0 for row in scores)
    return sum(len(sentence.split()) for sentence, is_found in zip(shorter, found, strict=True) if is_found) / total


def _sketch(text: str) -> list[int]:
    words = _WORD.findall(text.casefold())
    runs = {zlib.crc32(" ".join(words[i : i + RUN]).encode()) for i in range(len(words) - RUN + 1)}
    return sorted(runs)[:SKETCH]


def _split_narration(text: str) -> list[str]:
    """Give the sentences of a text without what is quoted in them; what is too short to be told apart is left out."""
    plain = _QUOTED.sub(" ", text)
    sentences = (" ".join(_WORD.findall(part.casefold())) for part in _END.split(plain))
    return [sentence for sentence in sentences if len(sentence.split()) > 3]


def _follow(origin: dict[str, str], name: str) -> str:
    while origin[name] != name:
        name = origin[name]
    return name
