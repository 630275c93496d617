"""Say what each line of a page is: by itself, by where it stands, and by what it repeats."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby, pairwise

from standoff.layout.shapes import (
    CLOSERS,
    NAME,
    count_words,
    is_open,
    is_quoted,
    is_signature,
    know_line,
    load_cues,
    match_cues,
)

Span = tuple[int, int]

# In words. Headlines and crossheads of English-language papers are rarely longer; a paragraph rarely shorter.
TITLE_WORDS, STANDFIRST_WORDS, CROSSHEAD_WORDS, QUOTED_CROSSHEAD_WORDS = 25, 45, 9, 14
KICKER_WORDS, WRITER_WORDS, TOPIC_WORDS, LINK_WORDS, THANKS_WORDS = 2, 6, 4, 14, 25
HEAD_LINES = 8  # a page's head (title, standfirst, dates, names) is not longer
PULLQUOTE_WORDS = (5, 60)
PULLQUOTE_SHARE = 0.8  # of a line's word triples that stand in one other block: editors trim, and change a word
POSTINGS = 20  # blocks looked at for one word triple, so that endless repetition stays linear
LIST_LINES = 3  # so many short lines in a row are a list, not crossheads

UNKNOWN = ""
BREAKS = frozenset("\n\u2028\u2029")
WRITER = re.compile(rf"{NAME}(?: in {NAME})?")
SPEAKER = re.compile(r"[A-Z][A-Z .'’-]+:\s")  # in a transcript: "ANA REYES: Why not?"
ASIDE_OF_TEXT = frozenset({"credit", "caption", "aside", "pullquote", "quotename", "dateline", "byline"})


def mark_kinds(text: str, spans: list[Span]) -> list[str]:
    """Give the kind of each span: what is known by itself, then the head, pull-quotes, crossheads, and captions."""
    lines = [text[start:end] for start, end in spans]
    kinds = [know_line(line) or UNKNOWN for line in lines]
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(spans)]
    for index, gap in enumerate(gaps, start=1):
        if gap.isspace() and BREAKS.isdisjoint(gap):  # only a credit is cut off a line with nothing but space between
            kinds[index] = "credit"
    close = _find_close(gaps)
    _mark_head(lines, kinds)
    _mark_days(lines, kinds)
    _mark_pullquotes(lines, kinds, close)
    _mark_crossheads(lines, kinds)
    _mark_captions(kinds, close)
    _mark_foot(lines, kinds)
    return [kind or "body" for kind in kinds]


def _find_close(gaps: list[str]) -> list[bool]:
    """Tell of each block whether the next belongs to it: on its line, or under it where empty lines part the rest."""
    breaks = [gap.count("\n") for gap in gaps]
    spaced = 2 * sum(number > 1 for number in breaks) > len(breaks)
    return [*(number == 0 or (number == 1 and spaced) for number in breaks), False]


def _is_paragraph(line: str) -> bool:
    """Tell whether a line reads as running text: it comes to a stop, or is too long for any heading."""
    return not is_open(line) or count_words(line) > STANDFIRST_WORDS


def _mark_head(lines: list[str], kinds: list[str]) -> None:
    """Mark what stands before the first paragraph: a section's name, the title, standfirsts, names.

    A paragraph between the title and a line with the day or the writer's name is a standfirst, full stop or not.
    """
    unknown = [index for index, kind in enumerate(kinds[:HEAD_LINES]) if kind == UNKNOWN]
    if len(unknown) > 1 and count_words(lines[unknown[0]]) <= KICKER_WORDS and _is_title(lines[unknown[1]], least=4):
        kinds[unknown.pop(0)] = "aside"
    if not unknown or not _is_title(lines[unknown[0]]):
        return
    title = unknown[0]
    if not any(kinds[index] == UNKNOWN and _is_paragraph(lines[index]) for index in range(title + 1, len(lines))):
        return
    kinds[title] = "title"
    signed = _find_last_mark(lines, kinds, title)
    for index in range(title + 1, min(len(lines), title + HEAD_LINES)):
        if kinds[index] != UNKNOWN:
            continue
        words = count_words(lines[index])
        if words > STANDFIRST_WORDS or (index > signed and not is_open(lines[index])):
            return
        kinds[index] = "byline" if words <= WRITER_WORDS and WRITER.fullmatch(lines[index]) else "standfirst"


def _is_title(line: str, *, least: int = 1) -> bool:
    return least <= count_words(line) <= TITLE_WORDS and (is_open(line) or line.endswith(("?", "!")))


def _find_last_mark(lines: list[str], kinds: list[str], title: int) -> int:
    """Give the last dateline or byline of the head, with at most two lines, and one paragraph, before it."""
    last = title
    between = paragraphs = 0
    for index in range(title + 1, min(len(lines), title + HEAD_LINES)):
        if kinds[index] in ("dateline", "byline"):
            last = index
        elif kinds[index] == UNKNOWN:
            between += 1
            paragraphs += _is_paragraph(lines[index])
        if between > 2 or paragraphs > 1:
            break
    return last if any(kind == UNKNOWN for kind in kinds[last + 1 :]) else title


def _mark_days(lines: list[str], kinds: list[str]) -> None:
    """Mark a day that stands alone between two paragraphs as a crosshead: it heads what happened then."""
    if UNKNOWN not in kinds:
        return
    for index in range(kinds.index(UNKNOWN) + 1, len(kinds) - 1):
        if kinds[index] == "dateline" and not match_cues("dateline").match(lines[index]):
            kinds[index] = "crosshead"


def _mark_pullquotes(lines: list[str], kinds: list[str], close: list[bool]) -> None:
    """Mark lines that repeat another paragraph's words, or stand in quotation marks over a name, and that name.

    A quotation that no other paragraph repeats needs its name close under it, or after a dash: else the name may be a
    crosshead, and the quotation a paragraph of the text.
    """

    def is_named(index: int) -> bool:
        return index + 1 < len(lines) and kinds[index + 1] == UNKNOWN and is_signature(lines[index + 1])

    unknown = [index for index, kind in enumerate(kinds) if kind == UNKNOWN]
    unlike = [index for index in unknown if is_open(lines[index]) or is_quoted(lines[index]) or is_named(index)]
    repeats = _find_repeats(lines, kinds, unlike) if unlike else set()
    for index in unlike:
        if kinds[index] != UNKNOWN:
            continue
        line = lines[index]
        named, quoted = is_named(index), is_quoted(line)
        if index in repeats and (named or quoted or is_open(line)):
            short = is_open(line) and count_words(line) <= CROSSHEAD_WORDS
            if named or not short:
                kinds[index] = "pullquote"
        elif quoted and named and (close[index] or lines[index + 1][0] in "–—―-"):
            kinds[index] = "pullquote"
        if kinds[index] == "pullquote":
            if named:
                kinds[index + 1] = "quotename"
            if index and not any(map(str.isalnum, lines[index - 1])):  # a large quotation mark over it
                kinds[index - 1] = "aside"


def _find_repeats(lines: list[str], kinds: list[str], asked: Iterable[int]) -> set[int]:
    """Give those of the lines asked for nearly all of whose word triples stand in one other, longer block."""
    words = [
        re.findall(r"\w+", line.casefold()) if kind == UNKNOWN else [] for line, kind in zip(lines, kinds, strict=True)
    ]
    triples = [set(zip(row, row[1:], row[2:], strict=False)) for row in words]
    places: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for index, row in enumerate(triples):
        for triple in row:
            if len(places[triple]) < POSTINGS:
                places[triple].append(index)
    repeats = set()
    for index in asked:
        row = triples[index]
        if not PULLQUOTE_WORDS[0] <= len(words[index]) <= PULLQUOTE_WORDS[1]:
            continue
        shared = Counter(place for triple in row for place in places[triple] if len(words[place]) > len(words[index]))
        if shared and max(shared.values()) >= PULLQUOTE_SHARE * len(row):
            repeats.add(index)
    return repeats


def _mark_crossheads(lines: list[str], kinds: list[str]) -> None:
    """Mark short lines without a full stop that stand alone between two paragraphs."""
    text = [
        index for index, kind in enumerate(kinds) if kind not in ASIDE_OF_TEXT and kind not in ("title", "standfirst")
    ]
    last = len(text) - 1
    for short, run in groupby(enumerate(text), key=lambda item: _is_crosshead(lines[item[1]])):
        places = list(run)
        if short and len(places) < LIST_LINES and places[0][0] > 0 and places[-1][0] < last:
            for _, index in places:
                kinds[index] = "crosshead"


def _is_crosshead(line: str) -> bool:
    """Tell whether a line could be a heading; one that breaks off in a quotation or reports one is running text."""
    words = count_words(line)
    if is_quoted(line):
        return words <= QUOTED_CROSSHEAD_WORDS and is_open(line, stops=".…:;,")
    if re.search(rf",[{CLOSERS}]", line) or line.count("“") != line.count("”") or line[0].islower():
        return False
    if SPEAKER.match(line) or line.endswith("."):  # even "in the U.S.": between paragraphs, a sentence is likelier
        return False
    return words <= CROSSHEAD_WORDS and (is_open(line) or (line.endswith("?") and words <= CROSSHEAD_WORDS - 2))


def _mark_foot(lines: list[str], kinds: list[str]) -> None:
    """Mark what stands after the last paragraph: a name, thanks to colleagues, topics, the titles of other articles."""
    last = max(
        (index for index, line in enumerate(lines) if kinds[index] == UNKNOWN and _is_paragraph(line)), default=-1
    )
    if last < 1:
        return
    ending = lines[last].casefold().rstrip(".)")
    if count_words(ending) <= THANKS_WORDS and ending.endswith(tuple(load_cues("contribution"))):
        kinds[last] = "byline"
    foot = [index for index in range(last + 1, len(lines)) if kinds[index] == UNKNOWN]
    if not foot:
        return
    linked = "aside" in kinds[last : foot[0]] and not any("“" in lines[index] or '"' in lines[index] for index in foot)
    most = LINK_WORDS if linked else TOPIC_WORDS
    if len(foot) == 1 and not linked and is_signature(lines[foot[0]]):
        kinds[foot[0]] = "byline"
    elif (linked or len(foot) > 1) and all(count_words(lines[index]) <= most for index in foot):
        for index in foot:
            kinds[index] = "aside"


def _mark_captions(kinds: list[str], close: list[bool]) -> None:
    """Mark a paragraph as a caption where a credit belongs to it, unless the credit signs the whole article."""
    last = max((index for index, kind in enumerate(kinds) if kind == UNKNOWN), default=-1)
    for index in range(last):
        if kinds[index + 1] == "credit" and close[index] and kinds[index] in (UNKNOWN, "standfirst"):
            kinds[index] = "caption"
