"""Find the lines and paragraphs of a text: join what a break cut in two, cut off what only follows a paragraph."""

from __future__ import annotations

import re

from standoff.layout.shapes import (
    CAPITALISED,
    CLOSERS,
    NAME,
    OPENERS,
    count_words,
    is_credit,
    is_open,
    is_quoted,
    is_signature,
    know_line,
    load_cues,
)

Span = tuple[int, int]

WRAP_COLUMNS = (50, 100)  # a text whose longest line ends between these columns may have been wrapped by a machine
BROKEN_WORDS = 12  # a line of fewer words may be a headline, and the next one a line of its own
CAPTION_WORDS = 8  # a caption of fewer is not told from a sentence that ends in a name
TAIL = 120  # characters at the end of a paragraph in which a credit is looked for

STOP = re.compile(r"(\w*)[.!?][”’\"')\]]*\s+")
PHOTOGRAPHER = re.compile(rf"{CAPITALISED}(?: {CAPITALISED}){{1,2}}")
DASH = re.compile(rf"(?<=[{CLOSERS}])\s*[–—―-]\s?(?={NAME}(?:,[^.!?]*)?$)")


def find_spans(text: str) -> list[Span]:
    """Give the span of each line or paragraph that stands for itself, without the white space around it."""
    return [part for span in _join_broken(text, _find_lines(text)) for part in _cut_tail(text, *span)]


def _find_lines(text: str) -> list[Span]:
    """Give the span of each line, or of each paragraph where a machine wrapped its lines at a column."""
    groups: list[list[Span]] = [[]]
    for match in re.finditer(r"[^\n\u2028\u2029]*(?:[\n\u2028\u2029]|$)", text):
        line = match.group()
        if line.strip():
            groups[-1].append((match.start() + len(line) - len(line.lstrip()), match.start() + len(line.rstrip())))
        elif groups[-1]:
            groups.append([])
    inner = [span for group in groups for span in group[:-1]]
    width = max((end - start for start, end in inner), default=0)
    full = sum(end - start > 0.6 * width for start, end in inner)
    unended = sum(is_open(text[start:end], stops=".!?…:;") for start, end in inner)
    wrapped = (
        len(inner) > 2
        and WRAP_COLUMNS[0] <= width <= WRAP_COLUMNS[1]
        and full >= 0.8 * len(inner)
        and unended >= 0.5 * len(inner)
    )
    spans: list[Span] = []
    for group in filter(None, groups):
        if wrapped and all(end - start > 0.6 * width for start, end in group[:-1]):
            spans.append((group[0][0], group[-1][1]))
        else:
            spans.extend(group)
    return spans


def _join_broken(text: str, spans: list[Span]) -> list[Span]:
    """Join a line to the one before where a sentence runs on over the break."""
    joined: list[Span] = []
    previous = ""  # the last line of the block so far: reading the whole block anew each time would not be linear
    for start, end in spans:
        line = text[start:end]
        if joined and _runs_on(previous, line, first=len(joined) == 1):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
        previous = line
    return joined


def _runs_on(line: str, following: str, *, first: bool) -> bool:
    if not is_open(line, stops=".!?…:;") or know_line(line) or know_line(following):
        return False
    words = line.split()
    dangling = words[-1].casefold() in load_cues("dangling")
    if following[0].islower():
        return len(words) >= (BROKEN_WORDS if first and not dangling else 4)  # the first line may be a headline
    return dangling and len(words) >= BROKEN_WORDS


def _cut_tail(text: str, start: int, end: int) -> list[Span]:
    """Cut a photo credit, or the name after a pull-quote's dash, from the end of a paragraph."""
    line = text[start:end]
    for stop in STOP.finditer(line, max(0, len(line) - TAIL)):
        tail = line[stop.end() :]
        if is_credit(tail) or (_ends_sentence(line, stop) and PHOTOGRAPHER.fullmatch(tail) and is_open(tail)):
            return [(start, start + len(line[: stop.end()].rstrip())), (start + stop.end(), end)]
    dash = DASH.search(line, max(1, len(line) - TAIL)) if line[0] in OPENERS else None
    if dash and is_quoted(line[: dash.start()]) and is_signature(line[dash.end() :]):
        return [(start, start + dash.start()), (start + dash.end(), end)]
    return [(start, end)]


def _ends_sentence(line: str, stop: re.Match[str]) -> bool:
    """Tell whether the stop ends a caption, not a title or an initial ("Gov. Ann Roe", "J. Roe")."""
    word = stop.group(1)
    return count_words(line[: stop.end()]) >= CAPTION_WORDS and (
        len(word) > 4 or (len(word) > 2 and (word.islower() or word.isdigit()))
    )
