"""Fit words to quotation marks, which are exact: no part of a content breaks into a quotation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from standoff.quotations import Quotation

Part = tuple[int, int]
MARK = 2  # characters that a mark may have


class OuterQuotations:
    """The quotations of a text that stand within no other, by their characters."""

    def __init__(self, quotations: Sequence[Quotation]) -> None:
        self.parts = [(item.start, item.end) for item in quotations if item.depth == 1]
        self.starts = [start for start, _ in self.parts]
        self.known = set(self.parts)

    def find_around(self, part: Part) -> Part | None:
        """Give the quotation that words stand within."""
        return next(self._list_near(part), None)

    def fit(self, part: Part) -> Part:
        """Give the quotation that a part is most of, or the part with all of each quotation that it breaks into."""
        for start, end in self._list_near(part):
            if start - MARK <= part[0] and part[1] <= end + MARK:
                return (start, end) if 2 * (part[1] - part[0]) > end - start else part
            if part[0] < start < part[1] < end or start < part[0] < end < part[1]:
                part = min(part[0], start), max(part[1], end)
        return part

    def _list_near(self, part: Part) -> Iterator[Part]:
        """Yield the quotations that share characters with a part."""
        first = max(bisect_right(self.starts, part[0]) - 1, 0)
        for start, end in self.parts[first : bisect_left(self.starts, part[1])]:
            if start < part[1] and part[0] < end:
                yield start, end
