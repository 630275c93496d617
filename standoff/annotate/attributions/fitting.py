"""Keep what the parse gives to the quotation marks: no content cuts through a quotation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from standoff.annotate.attributions.drafts import Draft
from standoff.quotations import Quotation

Span = tuple[int, int]


def fit_drafts(drafts: Iterable[Draft], quotations: Sequence[Quotation]) -> None:
    """Fit the content of each draft to the quotations of its text.

    What a cue within a quotation reports ends with that quotation; what one outside it reports holds all of it.
    """
    spans = sorted((item.start, item.end) for item in quotations)
    starts = [start for start, _ in spans]
    by_end = sorted(spans, key=lambda span: (span[1], span[0]))
    ends = [end for _, end in by_end]
    for draft in drafts:
        cue = draft.finding.verb.idx if draft.finding.cue[1] else -1
        fitted = set()
        for start, end in draft.content:
            opened = spans[bisect_right(starts, start) : bisect_left(starts, end)]
            closed = by_end[bisect_right(ends, start) : bisect_left(ends, end)]
            fitted.add(_fit((start, end), cue, opened, closed))
        draft.content = sorted(part for part in fitted if part[0] < part[1])


def _fit(part: Span, cue: int, opened: Sequence[Span], closed: Sequence[Span]) -> Span:
    """Give a part with all or nothing of each quotation that begins in it and each that ends in it."""
    start, end = part
    for first, last in opened:
        if last > end:
            start, end = (first, end) if first <= cue < last else (start, last)
    for first, last in closed:
        if first < start:
            start, end = (start, last) if first <= cue < last else (first, end)
    taken = start <= cue < end and not part[0] <= cue < part[1]
    return part if taken else (start, end)  # whoever would report his own cue has marks astray around him
