"""See attributions and events as statements that can be compared: whose, about whom, in what words, how certain."""

from __future__ import annotations

import bisect
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from standoff.codebooks import load_codebook
from standoff.records import Attribution, Passage, Reading
from standoff.resolve.memory import remembered

STEM = 6  # letters by which two words count as one: "negotiate" and "negotiations" share six
REACH = 5  # words over which a denial reaches
SPEAKING = 2  # words of its own that a statement needs to be held against another
PAIR = 2  # shared words from which the share counts in full: one alone may be chance
RECENT = 4096  # texts whose words are kept looked up: each stands in several pairs, close to one another
SHORTEST = 4  # letters; shorter words are mostly grammar
QUOTED = 60  # characters of a passage that a reason quotes; the passages themselves are shown beside it
LONGEST = 600  # characters on either side in which a sentence's end is looked for
END = re.compile(r"[.?!](?= )|\n")
LAST_END = re.compile(rf".*(?:{END.pattern})", re.S)
MARKS = ("denial", "hedge", "settled")
SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?![\s”\"’]|$)[^.!?\n]*)*")


class Statement(NamedTuple):
    """One sentence that a source, or the article itself (`source` None), says; `about` are the actors that it names.

    `id` is the attribution's or event's: one of several sentences has several statements. `stems` are those of the
    words outside the names.
    """

    id: str
    article: str
    source: str | None
    start: int
    end: int
    text: str
    stems: frozenset[str]
    about: frozenset[str]
    marks: frozenset[str]
    inside: str | None
    told: bool  # an attribution, not an event in the article's own voice
    act: str | None
    cue: str
    addressee: str | None
    context: str  # the sentence around it
    retold: bool = False  # what it holds is mostly another's word that it quotes


@cache
def _compile_cues(key: str) -> re.Pattern[str]:
    """Give one pattern for all cues of a code; "n't" may stand at the end of a word, other cues are words."""
    cues = sorted(load_codebook("contrasts").codes[key].cues, key=len, reverse=True)
    ends = [re.escape(cue) for cue in cues if cue[:2] in {"n'", "n’"}]
    words = [re.escape(cue) for cue in cues if cue[:2] not in {"n'", "n’"}]
    either = "|".join((rf"\b(?:{'|'.join(words)})", *ends))
    return re.compile(rf"(?:{either})\b", re.I)


@lru_cache(maxsize=RECENT)
def find_cue(text: str, key: str) -> str | None:
    """Give the first word of `text` that is a cue of the code `key`, or None.

    >>> find_cue("It was not decided, but they went.", "turn")
    'but'
    """
    match = locate_cue(text, key)
    return match.group() if match else None


def locate_cue(text: str, key: str) -> re.Match[str] | None:
    """Give where the first cue of the code `key` stands in `text`."""
    return _compile_cues(key).search(text)


def is_denied(text: str, stems: frozenset[str]) -> bool:
    """Tell whether a word of denial stands close to a word with one of `stems`.

    >>> is_denied("They never shipped rockets.", frozenset({"rocket"}))
    True
    """
    denials = [match.start() for match in _compile_cues("denial").finditer(text)]
    words = list(re.finditer(r"[^\W\d_]+", text.lower()))
    for number, word in enumerate(words):
        if word.group()[:STEM] in stems:
            first = words[max(0, number - REACH)].start()
            last = words[min(len(words) - 1, number + REACH - 1)].end()
            if any(first <= place < last for place in denials):
                return True
    return False


def find_cues(text: str, key: str) -> list[str]:
    """Give the words of `text` that are cues of the code `key`, in their order."""
    return _compile_cues(key).findall(text)


@cache
def _list_empty() -> frozenset[str]:
    return frozenset(load_codebook("contrasts").codes["empty"].cues)


def list_stems(text: str) -> frozenset[str]:
    """Give the beginnings of the longer words of a text, words of grammar aside.

    >>> sorted(list_stems("They negotiate; the negotiations go on."))
    ['negoti']
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    return frozenset(word[:STEM] for word in words if len(word) >= SHORTEST and word not in _list_empty())


def list_statements(readings: Iterable[Reading]) -> Iterator[Statement]:
    """Yield the statements of every reading: each attribution's sentences, and events in the article's own voice."""
    for reading in readings:
        yield from _see_statements(reading)


@remembered
def _see_statements(reading: Reading) -> tuple[Statement, ...]:
    named = _Named(reading)
    quoted: dict[str | None, list[Passage]] = defaultdict(list)
    for item in reading.attributions:
        if item.inside is not None:
            quoted[item.inside].extend(item.content)
    found = []
    for item in reading.attributions:
        source = item.source.actor if item.source and item.source.actor else f"unnamed:{item.id}"
        for part in item.content:
            for match in SENTENCE.finditer(part.text):
                sentence = _shift(part, match)
                made = named.make(item.id, source, sentence, said=item)
                found.append(made._replace(retold=_is_retold(sentence, quoted[item.id])))
    found += [named.make(event.id, None, event.passage) for event in reading.events if event.asserted_by is None]
    return tuple(found)


class _Named:
    """Find the actors that are named between two characters of one article."""

    def __init__(self, reading: Reading) -> None:
        self.mentions = sorted((item.passage.start, item.passage.end, item.actor) for item in reading.mentions)
        self.starts = [start for start, _, _ in self.mentions]
        self.article = reading.article.text

    def make(self, id_: str, source: str | None, passage: Passage, said: Attribution | None = None) -> Statement:
        opening = passage.start
        if said is not None and said.act == "accuse" and said.cue is not None:
            opening = min(opening, said.cue.end)  # accused Oslo of …: Oslo stands before the wrong
        first = bisect.bisect_left(self.starts, opening)
        last = bisect.bisect_left(self.starts, passage.end)
        inner = [mention for mention in self.mentions[first:last] if mention[1] <= passage.end]
        rest = list(passage.text)
        for start, end, _ in inner:
            if start >= passage.start:
                rest[start - passage.start : end - passage.start] = " " * (end - start)
        return Statement(
            id=id_,
            article=passage.article,
            source=source,
            start=passage.start,
            end=passage.end,
            text=passage.text,
            stems=list_stems("".join(rest)),
            about=frozenset(actor for _, _, actor in inner),
            marks=frozenset(mark for mark in MARKS if find_cue(passage.text, mark)),
            inside=said.inside if said else None,
            told=said is not None,
            act=said.act if said else None,
            cue=said.cue.text if said and said.cue else "",
            addressee=said.addressee if said else None,
            context=cut_sentence(self.article, passage),
        )


def _is_retold(sentence: Passage, quoted: Sequence[Passage]) -> bool:
    """Tell whether more than half of a sentence is what its speaker quotes from another."""
    inner = sum(max(0, min(sentence.end, part.end) - max(sentence.start, part.start)) for part in quoted)
    return 2 * inner > sentence.end - sentence.start


def _shift(passage: Passage, match: re.Match[str]) -> Passage:
    """Give the passage of one sentence within a passage."""
    text = match.group().strip()
    start = passage.start + match.start() + len(match.group()) - len(match.group().lstrip())
    return Passage(article=passage.article, start=start, end=start + len(text), text=text)


def cut_sentence(text: str, passage: Passage) -> str:
    """Give the sentence of a text around a passage."""
    start, end = find_sentence(text, passage)
    return text[start:end].strip() or passage.text


def find_sentence(text: str, passage: Passage) -> tuple[int, int]:
    """Give where the sentence around a passage begins and ends."""
    reach = max(0, passage.start - LONGEST)
    before = LAST_END.match(text, reach, passage.start)
    after = END.search(text, passage.end, passage.end + LONGEST)
    return before.end() if before else reach, after.start() if after else passage.end


def says_much(item: Statement) -> bool:
    """Tell whether a statement has words enough of its own to be held against another."""
    return len(item.stems) >= SPEAKING or (bool(item.stems) and "denial" in item.marks)


def say_source(item: Statement, names: Mapping[str, str]) -> str:
    """Name the source of a statement, as a sentence may begin with it."""
    name = "The report" if item.source is None else names.get(item.source, "An unnamed source")
    return name[:1].upper() + name[1:]


def say_verb(item: Statement) -> str:
    """Give the verb by which a reason tells a statement, of one or many: what a source denied is not what it said."""
    return "denied" if item.act == "deny" else "said"


def quote(text: str, longest: int = QUOTED) -> str:
    """Give the beginning of a text in quotation marks, its own marks left out.

    >>> quote("the visit had “not been fixed” at all", 26)
    '“the visit had not been …”'
    """
    bare = re.sub(r"[“”\"«»„]", "", text).strip(" ,;")
    if len(bare) > longest:
        bare = bare[: longest - 1].rsplit(" ", 1)[0] + " …"
    return f"“{bare}”"


class Words:
    """Weigh the words that two statements share: rare ones tell more than common ones."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.counts = Counter(stem for item in statements for stem in item.stems)
        self.holders: dict[str, list[Statement]] = defaultdict(list)
        for item in statements:
            for stem in item.stems:
                self.holders[stem].append(item)

    def weigh(self, stems: Iterable[str]) -> float:
        """Give the weight of some words together: each counts one over the root of how often it is used."""
        return float(sum(self.counts.get(stem, 1) ** -0.5 for stem in sorted(stems)))

    def compare(self, left: Statement, right: Statement) -> float:
        """Give how much of the lighter statement's words the two share, 0 to 1."""
        shared = self.weigh(left.stems & right.stems)
        lighter = min(self.weigh(left.stems), self.weigh(right.stems))
        few = min(1.0, len(left.stems & right.stems) / PAIR)
        return few * shared / lighter if lighter else 0.0

    def find_telling(self, left: Statement, right: Statement) -> list[str]:
        """Give the shared words that are rarest, as `left` spells them."""
        telling = sorted(left.stems & right.stems, key=lambda stem: (self.counts[stem], stem))[:3]
        spelled = {word[:STEM]: word for word in re.findall(r"[^\W\d_]+", left.text.lower())}
        return [spelled[stem] for stem in telling if stem in spelled]
