"""Put together what a cue in the middle breaks in two: “The guild,” Lind said, “denies that …”; it was, Lind said, …

What is reported within the broken words is often torn apart too: its source stands in the first part and its verb in
the second, or its verb in the first and its content in the second. The parser then hangs either part on the wrong verb.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from standoff.annotate.attributions.clauses import Ranges
from standoff.annotate.attributions.contents import trim_ranges
from standoff.annotate.attributions.cues import Finding, find_frames, make_finding, read_verb
from standoff.annotate.attributions.lexicon import Lexicon
from standoff.annotate.attributions.sources import SUBJECTS, UNSAID, Source, find_subject, is_passive
from standoff.annotate.facts import read_text
from standoff.quotations import MARKS, Quotation

REACH = 60  # tokens on either side of an interruption in which the broken sentence begins and ends
LONGEST = 14  # tokens of an interruption between commas
STOPS = frozenset(".?!;:")
CLOSING = frozenset(",.?!…—–-")  # what the words of a quoted sentence, or of a part of one, end in
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
JOINERS = frozenset(("that", "whether"))


class Break(NamedTuple):
    """A broken sentence by tokens: its first part, its second, and who interrupts, unless marks show the break."""

    start: int
    low: int
    high: int
    end: int
    by: Finding | None


def mend_breaks(
    doc: Doc, findings: Sequence[Finding], quotations: Sequence[Quotation], lexicon: Lexicon
) -> list[Finding]:
    """Give the findings with those that an interruption had torn apart, in reading order.

    A second part that begins with "that", "whether" or "to" is what the last cue of the first part reports. One that
    begins with a finite verb has the noun of the first part for its subject.
    """
    mended = {finding.verb.i: finding for finding in findings}
    for broken in (*_find_breaks_by_marks(doc, quotations), *_find_breaks_by_commas(findings)):
        for finding in _mend(doc, broken, mended, lexicon):
            mended[finding.verb.i] = finding
    return [mended[number] for number in sorted(mended)]


def keep_within_marks(
    doc: Doc, findings: Sequence[Finding], quotations: Sequence[Quotation], depths: bytearray
) -> list[Finding]:
    """Give the findings whose cue is in somebody's quoted sentences without content or source from outside of these.

    A few words quoted within a sentence are no such thing: the minister “flatly denied” that he had met her. An order,
    “Tell the minister that …”, reports nothing.
    """
    spoken = _mark_speeches(read_text(doc), quotations)
    kept = []
    for finding in findings:
        verb, head, depth = finding.verb, finding.source.head, spoken[finding.verb.idx]
        if head is not None and depths[head.idx] < depth:
            finding.source = _find_source_within(verb, depths, depth)
            order = verb.tag_ == "VB" and not any(child.dep_ == "aux" for child in verb.lefts)
            if finding.source.head is None and order:
                continue
        if depth:
            inner = [part for whole in finding.ranges for part in _cut_to_depth(doc, whole, depths, depth)]
            finding.ranges = trim_ranges(doc, inner)
        if finding.ranges:
            kept.append(finding)
    return kept


def _mark_speeches(text: str, quotations: Sequence[Quotation]) -> bytearray:
    """Give for each character how deep in quotations it stands that end as sentences do, before a comma or a stop."""
    spoken = bytearray(len(text))
    for item in quotations:  # outer ones come first
        ends = (
            text[item.start : item.end].rstrip("".join(MARKS))[-1:] in CLOSING
            or text[item.end + 1 : item.end + 2] == ","
        )
        depth = item.depth if ends or not item.closed else spoken[item.start]
        spoken[item.start : item.end] = bytes([min(depth, 255)]) * (item.end - item.start)
    return spoken


def _find_source_within(verb: Token, depths: bytearray, depth: int) -> Source:
    """Give the subject of a cue, or of the verb it follows, that stands within the same marks."""
    token = verb
    while depths[token.idx] >= depth:
        subjects = [child for child in token.lefts if child.dep_ in SUBJECTS and depths[child.idx] >= depth]
        if subjects or token.dep_ != "conj":
            return Source(subjects[-1], token == verb) if subjects else UNSAID
        token = token.head
    return UNSAID


def _cut_to_depth(doc: Doc, whole: tuple[int, int], depths: bytearray, depth: int) -> Iterator[tuple[int, int]]:
    start = None
    for number in range(*whole):
        within = depths[doc[number].idx] >= depth or doc[number].is_space
        if within and start is None:
            start = number
        elif not within and start is not None:
            yield start, number
            start = None
    if start is not None:
        yield start, whole[1]


def _find_breaks_by_marks(doc: Doc, quotations: Sequence[Quotation]) -> Iterator[Break]:
    """Yield each sentence that one quotation begins and, after a comma, the next goes on with."""
    text = read_text(doc)
    starts = [token.idx for token in doc] if len(quotations) > 1 else []
    for first, second in pairwise(quotations):
        between = text[first.end + 1 : second.start - 1].strip()
        broken = text[first.end - 1] == "," or between.startswith(",")
        if (first.block, first.depth) != (second.block, second.depth) or not broken or not between.endswith(","):
            continue
        low, high = bisect_left(starts, first.end), bisect_left(starts, second.start)
        begin, finish = bisect_left(starts, first.start), bisect_left(starts, second.end)
        yield Break(_find_start(doc, low, begin), low, high, _find_end(doc, high, finish), None)


def _find_breaks_by_commas(findings: Sequence[Finding]) -> Iterator[Break]:
    """Yield each sentence that a cue and its subject between two commas break, with nothing else said between them."""
    for finding in findings:
        verb = finding.verb
        doc = verb.doc
        subject = find_subject(verb)
        beside = verb.dep_ == "relcl" or any(child.dep_ == "mark" for child in verb.lefts)
        if subject is None or beside or subject.tag_ in ("WP", "WDT"):
            continue
        before, after = min(subject.left_edge.i, verb.i), max(subject.i, verb.i) + 1
        while before > 0 and doc[before - 1].head == verb and doc[before - 1].text != ",":
            before -= 1
        while after < len(doc) and after - before < LONGEST and doc[after].text not in {*STOPS, *MARKS, ","}:
            after += 1
        if before < 2 or after + 1 >= len(doc) or doc[before - 1].text != "," or doc[after].text != ",":
            continue
        if any(token.tag_ in FINITE and token.head != verb and token != verb for token in doc[before:after]):
            continue
        start = _find_start(doc, before - 1, max(0, before - REACH))
        end = _find_end(doc, after + 1, min(len(doc), after + REACH))
        if start < before - 1 and after + 1 < end:
            yield Break(start, before - 1, after + 1, end, finding)


def _find_start(doc: Doc, low: int, bound: int) -> int:
    """Give where the sentence of a first part begins, no further back than `bound`."""
    number = low
    while number > bound and doc[number - 1].text not in STOPS | MARKS and "\n" not in doc[number - 1].text:
        number -= 1
    return number


def _find_end(doc: Doc, high: int, bound: int) -> int:
    number = high
    while number < bound and doc[number].text not in STOPS | MARKS and "\n" not in doc[number].text:
        number += 1
    return number


def _mend(doc: Doc, broken: Break, known: dict[int, Finding], lexicon: Lexicon) -> Iterator[Finding]:
    """Yield what is reported across a break; the interrupting cue, where a comma shows it, gets both parts."""
    left, right = doc[broken.start : broken.low], doc[broken.high : broken.end]
    if not len(left) or not len(right):
        return
    found: list[Finding] = []
    infinitive = right[int(right[0].lower_ == "not" and len(right) > 1)].tag_ == "TO"
    if right[0].lower_ in JOINERS or infinitive:
        form = "infinitive" if infinitive else "clause"
        cue = _find_last_cue(left, form, lexicon)
        if cue is not None:
            found = list(_take_right(doc, cue, form, (broken.high, broken.end), known, lexicon))
    elif right[0].tag_ in FINITE and not any(token.tag_ in FINITE for token in left):
        found = list(_take_left(doc, left, right, known, lexicon))
    if broken.by is not None and (found or _is_torn(left, right)) and not _has_both(broken.by, broken):
        broken.by.ranges = trim_ranges(doc, [(broken.start, broken.low), (broken.high, broken.end)])
    yield from found


def _has_both(finding: Finding, broken: Break) -> bool:
    before = any(start < broken.low for start, _ in finding.ranges)
    return before and any(end > broken.high for _, end in finding.ranges)


def _is_torn(left: Span, right: Span) -> bool:
    """Tell whether a subject stands before the interruption and its verb after it."""
    return right[0].tag_ in FINITE and not any(token.tag_ in FINITE for token in left) and left.root.pos_ != "ADP"


def _find_last_cue(left: Span, form: str, lexicon: Lexicon) -> Token | None:
    """Give the last verb of a first part, if it may report what the second part says in that form."""
    for token in reversed(left):
        if token.pos_ in ("VERB", "AUX"):
            frames = find_frames(token, lexicon)
            return token if any(form in frame.takes for frame in frames) else None
    return None


def _take_right(
    doc: Doc, verb: Token, form: str, part: tuple[int, int], known: dict[int, Finding], lexicon: Lexicon
) -> Iterator[Finding]:
    """Yield the cue of a first part with the second part for its content."""
    ranges: Ranges = [part]
    frame = next(frame for frame in find_frames(verb, lexicon) if form in frame.takes)
    finding = make_finding(doc, verb, frame, form, ranges, lexicon, known[verb.i].source if verb.i in known else None)
    if finding is not None:
        yield finding


def _take_left(doc: Doc, left: Span, right: Span, known: dict[int, Finding], lexicon: Lexicon) -> Iterator[Finding]:
    """Yield the cues of a second part that share its first verb's subject, which stands in the first part."""
    source = Source(left.root, True)
    if left.root.pos_ not in ("NOUN", "PROPN", "PRON"):
        return
    main = next((token for token in right if token.pos_ == "VERB"), None)
    for token in right if main is not None else ():
        shares = token == main or (token.dep_ == "conj" and token.head == main and find_subject(token) is None)
        named = None if is_passive(token) else source
        finding = read_verb(doc, token, lexicon, named) if shares and (token.i not in known or token == main) else None
        if finding is None:
            continue
        clause = next((child for child in token.rights if child.dep_ == "ccomp"), None)
        if finding.form == "clause" and clause is not None and finding.ranges[0][1] <= token.i:
            finding.ranges = trim_ranges(doc, [(clause.left_edge.i, clause.right_edge.i + 1)])
        yield finding
