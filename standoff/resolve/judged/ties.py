"""Hold what people said is one and what is not, so that of two that clash the later holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Marks = Mapping[str, frozenset[int]]  # by the judgement that keeps things apart, on which side of it something is


def do_clash(one: Marks, other: Marks) -> bool:
    """Tell whether a judgement keeps two apart: they are on different sides of it."""
    return any(len(one[key] | other[key]) > 1 for key in one.keys() & other.keys())


def unite_marks(one: Marks, other: Marks) -> dict[str, frozenset[int]]:
    """Give on which sides the two are together."""
    return {key: one.get(key, frozenset()) | other.get(key, frozenset()) for key in {**one, **other}}


class Ties:
    """Take in judgements, the latest first: what is said later to be one is not parted by what was said before it.

    So "no" vetoes every chain of earlier words, and "yes" stands against every earlier "no". `aside` are those that a
    person took from another: whoever may be either is rather the other.
    """

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._marks: dict[str, dict[str, frozenset[int]]] = defaultdict(dict)
        self.aside: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._parent or self._marks)

    def find(self, key: str) -> str:
        """Give the key that stands for all that are one with this one."""
        while (above := self._parent.get(key, key)) != key:
            key = above
        return key

    def get_marks(self, key: str) -> Marks:
        """Give what keeps this key, and all that are one with it, apart from others."""
        return self._marks.get(self.find(key), {})

    def join(self, keys: Sequence[str]) -> None:
        """Take the keys for one, but for those that something said later keeps apart."""
        for other in keys[1:]:
            small, large = sorted((self.find(keys[0]), self.find(other)))
            if small != large and not do_clash(self.get_marks(small), self.get_marks(large)):
                self._parent[large] = small
                united = unite_marks(self._marks.pop(small, {}), self._marks.pop(large, {}))
                if united:
                    self._marks[small] = united

    def part(self, judgement: str, sides: Iterable[Sequence[str]]) -> None:
        """Keep each side apart from each other one, but for what something said later has made one."""
        found: dict[str, set[int]] = defaultdict(set)
        for number, keys in enumerate(sides):
            for key in keys:
                found[self.find(key)].add(number)
        for root, numbers in found.items():
            if len(numbers) == 1:
                self._marks[root][judgement] = frozenset(numbers)

    def list_joined(self) -> list[tuple[str, str]]:
        """Give each key that is one with another, with the key that stands for both."""
        return [(key, self.find(key)) for key in sorted(self._parent)]
