"""Find quotations by their marks alone: what is within them, how deep, and which runs on over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

DOUBLE_OPENING, DOUBLE_CLOSING = "“„«‟", "”»"
SINGLE_OPENING, SINGLE_CLOSING = "‘‚‹", "’›"
STRAIGHT_DOUBLE, STRAIGHT_SINGLE = '"＂', "'"
LOW_DOUBLE, LOW_SINGLE = "„", "‚"  # „so“ and ‚so‘: these close with a mark that opens elsewhere
CLOSABLE = frozenset(".,!?…")  # before a mark whose opening one is missing
RUN_ON = 8  # paragraphs without any mark over which a quotation may run on to the one that closes it
MARKS = frozenset(DOUBLE_OPENING + DOUBLE_CLOSING + SINGLE_OPENING + SINGLE_CLOSING + STRAIGHT_DOUBLE + STRAIGHT_SINGLE)
MARK = re.compile(f"[{re.escape(''.join(sorted(MARKS)))}]")
SINGLE_END = re.compile(f"[{re.escape(SINGLE_CLOSING + STRAIGHT_SINGLE)}‘]")


@dataclass(slots=True)
class Quotation:
    """The words between two marks: `start` and `end` leave out the marks, `depth` counts from 1.

    `block` is the number of the block that it stands in. `closed` is false where the block ended first. `runs_on` is
    true where the next block goes on with the same quotation, as in a speech of several paragraphs.
    """

    start: int
    end: int
    depth: int
    block: int
    closed: bool
    runs_on: bool = False


def find_quotations(text: str, blocks: Sequence[tuple[int, int]]) -> list[Quotation]:
    """Give every quotation of the blocks in reading order, an outer one before those within it.

    A mark of one style may be closed by one of another ("...”), as typists do it; the marks of other countries («so »,
    »so«, „so“, ”so”) are read by what opened before. A quotation ends with its block at the latest. One that never
    closes counts only where it opens its block, follows a comma or colon, is the last to open, or where the next block
    opens with the same mark; it also runs over blocks without marks to one that closes it. A closing mark after a
    comma or stop that nothing opens ends what stands before it in its block, if more follows there. An apostrophe, and
    a single mark that nothing closes, is no mark.
    """
    found: list[Quotation] = []
    marked = _unite_doubled(text)
    lone: dict[int, int] = {}  # of blocks in which a mark closes what none opened, where it stands
    for number, (start, end) in enumerate(blocks):
        ahead = blocks[number + 1][0] if number + 1 < len(blocks) else len(marked)
        goes_on = marked[ahead : ahead + 1]
        inner, closer = _scan_block(marked, (start, end), number, goes_on)
        found.extend(sorted(inner, key=lambda item: (item.start, -item.end)))
        if closer >= 0:
            lone[number] = closer
    if lone:
        found = _close_lone(marked, blocks, found, lone)
    for number, item in enumerate(found):
        if item.closed or item.depth > 1:
            continue
        follower = next((later for later in found[number + 1 :] if later.depth == 1), None)
        item.runs_on = (
            follower is not None
            and follower.block == item.block + 1
            and follower.start - blocks[follower.block][0] <= 1
        )
    return found


def mark_depths(length: int, quotations: Sequence[Quotation]) -> bytearray:
    """Give for each character how many quotations it stands within."""
    depths = bytearray(length)
    for item in quotations:  # outer ones come first, so an inner one overwrites its part
        depths[item.start : item.end] = bytes([min(item.depth, 255)]) * (item.end - item.start)
    return depths


def _unite_doubled(text: str) -> str:
    """Give the text, at its length, with one double mark for two single ones, as wire copy and LaTeX have them."""
    return text.replace("``", "\0“").replace("''", '"\0') if "''" in text else text


def _close_lone(
    text: str, blocks: Sequence[tuple[int, int]], found: list[Quotation], lone: dict[int, int]
) -> list[Quotation]:
    """Add what ends with a mark that nothing opened: from the block's start, or from an earlier block's open quotation.

    “We rose at dawn. ¶ Nobody spoke. ¶ We had no bread.” is one quotation of three paragraphs.
    """
    added = []
    for number, closer in lone.items():
        earlier = range(number - 1, max(number - RUN_ON, -1), -1)
        first = next((back for back in earlier if _has_marks(text, blocks[back])), -1)
        opened = [item for item in found if item.block == first and not item.closed and item.depth == 1]
        for between in range(first + 1, number) if opened else ():
            added.append(Quotation(*blocks[between], 1, between, False))
        start, end = blocks[number]
        if opened or (text[closer - 1] in CLOSABLE and text[closer + 1 : end].strip()):
            for item in found:
                item.depth += int(item.block == number and item.end <= closer)
            added.append(Quotation(start, closer, 1, number, True))
    return sorted([*found, *added], key=lambda item: (item.start, -item.end))


def _has_marks(text: str, block: tuple[int, int]) -> bool:
    return any(mark in text[slice(*block)] for mark in DOUBLE_OPENING + DOUBLE_CLOSING + STRAIGHT_DOUBLE)


def _scan_block(text: str, block: tuple[int, int], number: int, goes_on: str) -> tuple[list[Quotation], int]:
    """Give the quotations of one block in the order in which they close, and where a mark closes what none opened.

    That is -1 if there is no such mark. `goes_on` is what the next block opens with.
    """
    start, end = block
    found: list[Quotation] = []
    open_marks: list[tuple[int, bool]] = []  # (where, is it a single mark)
    last_single = _find_last_single_closing(text, start, end)
    lone = -1
    last = {mark: text.rfind(mark, start, end) for mark in "»«”"}
    for match in MARK.finditer(text, start, end):
        at, mark = match.start(), match.group()
        before = text[at - 1] if at > start else " "
        beside = at + 2 if text[at + 1 : at + 2] == "\0" else at + 1
        after = text[beside] if beside < end else " "
        single = mark in SINGLE_OPENING or mark in SINGLE_CLOSING or mark in STRAIGHT_SINGLE
        opened = next((text[where] for where, was_single in reversed(open_marks) if was_single == single), "")
        if (
            not opened
            if _is_foreign(mark, before, after, opened, at, last)
            else _opens(mark, before, after, open_marks, at < last_single)
        ):
            open_marks.append((at, single))
        elif _closes(mark, before, after, single, open_marks) and not (single and _is_possessive(text, at, end)):
            while open_marks[-1][1] != single:
                open_marks.pop()  # an inner mark that was never closed was no mark
            where, _ = open_marks.pop()
            if text[where + 1 : at].strip("\0 "):
                first = where + 2 if text[where + 1] == "\0" else where + 1
                found.append(Quotation(first, at, len(open_marks) + 1, number, True))
        elif not (single or open_marks or found) and lone < 0 and not before.isspace() and not after.isalnum():
            lone = at if mark in DOUBLE_CLOSING or (mark in STRAIGHT_DOUBLE and before in CLOSABLE) else lone
    doubles = [where for where, single in open_marks if not single]
    if doubles:
        _end_unclosed(text, block, number, doubles[0], goes_on, found)
    return found, lone


def _is_foreign(mark: str, before: str, after: str, opened: str, at: int, last: Mapping[str, int]) -> bool:
    """Tell whether a mark stands in a style in which it does what it does not do in English.

    “ closes „, ‘ closes ‚, « closes »; » and ” open where a space stands before them, a word after, and their fellow
    further on; « opens with a space after it. `opened` is the open mark that it could close, `last` where its fellows
    stand for the last time.
    """
    if mark in "“‘":
        return opened == (LOW_DOUBLE if mark == "“" else LOW_SINGLE) and not before.isspace()
    if mark == "«":
        return opened == "»" or (not opened and after.isspace() and not before.isalnum() and at < last["»"])
    if mark in "»”" and not opened:
        return before.isspace() and after.isalnum() and at < last["«" if mark == "»" else "”"]
    return False


def _end_unclosed(
    text: str, block: tuple[int, int], number: int, where: int, goes_on: str, found: list[Quotation]
) -> None:
    """Add the quotation of a mark that nothing closes: to the block's end, or to where the closing mark is missing.

    “We lost, he said. “We go home.” lacks a mark after "lost,": a short clause ends a sentence just before the next one
    opens.
    """
    start, end = block
    lead = text[start:where].rstrip()
    inner = [item for item in found if item.start > where]
    if text[where] in STRAIGHT_DOUBLE and goes_on != text[where] and "“" in text:
        for item in inner:  # a straight mark gone astray in a text of curly ones
            item.depth -= 1
        return
    if inner:
        first = min(item.start for item in inner) - 1
        said = text[where + 1 : first].rstrip()
        comma = said.rfind(",")
        if said.endswith(".") and comma > 0 and len(said[comma:].split()) <= 6:
            for item in inner:
                item.depth -= 1
            found.append(Quotation(where + 1, where + 2 + comma, 1, number, True))
            return
    if text[where + 1 : end].strip() and (not lead or lead[-1] in ",:" or goes_on == text[where] or not inner):
        found.append(Quotation(where + 1, end, 1, number, False))
    else:
        for item in inner:
            item.depth -= 1


def _opens(mark: str, before: str, after: str, open_marks: list[tuple[int, bool]], closable: bool) -> bool:
    """Tell whether a mark begins a quotation here."""
    free_before = not before.isalnum() and before not in ".,;:!?…)]’'"
    if mark in DOUBLE_OPENING:
        return not after.isspace()
    if mark in SINGLE_OPENING:
        return closable and not after.isspace()
    if mark in STRAIGHT_DOUBLE:
        inside = any(not single for _, single in open_marks)
        return not after.isspace() and (before.isspace() and after.isalnum() if inside else free_before)
    if mark in STRAIGHT_SINGLE:
        inside = any(single for _, single in open_marks)
        return closable and free_before and (after.isalnum() or after in '[“"') and not inside
    return False


def _closes(mark: str, before: str, after: str, single: bool, open_marks: list[tuple[int, bool]]) -> bool:
    """Tell whether a mark ends an open quotation here; an apostrophe within a word does not."""
    if not any(was_single == single for _, was_single in open_marks):
        return False
    if not single:
        return mark not in DOUBLE_OPENING or not before.isspace()
    return not before.isspace() and not after.isalnum()


def _is_possessive(text: str, at: int, end: int) -> bool:
    """Tell whether a mark that could close is a plural's apostrophe: the miners’ hut.

    It is one if another that could close follows before any that opens.
    """
    if text[at - 1] not in "sS" or text[at + 1 : at + 2] != " " or not text[at + 2 : at + 3].islower():
        return False
    for later in range(at + 1, end):
        mark = text[later]
        if mark in SINGLE_OPENING:
            return False
        if mark in SINGLE_CLOSING or mark in STRAIGHT_SINGLE:
            free = not text[later + 1 : later + 2].isalnum()
            if free:
                return not text[later - 1].isspace()
    return False


def _find_last_single_closing(text: str, start: int, end: int) -> int:
    """Give where the last single mark of a block stands that could close a quotation, or -1."""
    places = [match.start() for match in SINGLE_END.finditer(text, start + 1, end)]
    return next(
        (at for at in reversed(places) if not text[at - 1].isspace() and not (at + 1 < end and text[at + 1].isalnum())),
        -1,
    )
