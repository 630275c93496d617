"""Remember what was worked out before, so that one article more costs little more than what it touches.

Resolving is a row of stages. Each first brings together what belongs together (the actors of one name, the tellings of
one happening, the positions of one holder on one issue), which is cheap, and then works on each such group by itself,
which is not. The functions that do the latter give the same for the same and look at nothing else; they are marked
`@remembered`. While a `Memory` is open, what such a function gave for the very same things is given again. So what
comes out is the same with a memory and without one, and with every order in which articles were added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import is_dataclass
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

PLAIN = (str, int, float, frozenset, date, type(None))

_opened: ContextVar[Memory | None] = ContextVar("opened", default=None)


class Memory:
    """Hold what one run worked out for the next, and how much of a run was worked out anew.

    `made` and `recalled` count, by the name of the function, the groups of the last run that were new and those that
    were known. What a run did not ask for is forgotten after it, so that a memory is never larger than its record.
    """

    def __init__(self) -> None:
        self.made: Counter[str] = Counter()
        self.recalled: Counter[str] = Counter()
        self._before: dict[Hashable, tuple[Any, Any]] = {}
        self._now: dict[Hashable, tuple[Any, Any]] = {}

    @contextmanager
    def open(self) -> Iterator[None]:
        """Let every remembered function use this memory, for one run; a run that fails leaves the memory as it was."""
        self.made.clear()
        self.recalled.clear()
        self._now = {}
        token = _opened.set(self)
        try:
            yield
            self._before = self._now
        finally:
            _opened.reset(token)
            self._now = {}

    def recall(self, work: Callable[..., T], given: tuple[Any, ...]) -> T:
        """Give what `work` gives for these things: as before if they are the very same, else by doing it.

        What is given is kept beside the result: as long as it is there, no other thing can be taken for it.
        """
        name = work.__qualname__
        key = (name, _name(given))
        entry = self._now.get(key) or self._before.get(key)
        if entry is None:
            self.made[name] += 1
            entry = (given, work(*given))
        else:
            self.recalled[name] += 1
        self._now[key] = entry
        return cast(T, entry[1])

    def keep(self, key: str, item: T) -> T:
        """Give the item of the run before if it equals this one, so that what was worked out from it holds still."""
        name = ("keep", type(item), key)
        entry = self._before.get(name)
        if entry is None or (entry[1] is not item and entry[1] != item):
            entry = ((), item)
        self._now[name] = entry
        return cast(T, entry[1])


def remembered(work: Callable[P, T]) -> Callable[P, T]:
    """Mark a function as one whose result follows from what it is given, none of which ever changes.

    It takes records, tuples, sets that are frozen, strings, numbers and days, and gives the like. Records are the same
    if they are one object, everything else if it is equal. A call that names its arguments is not remembered.
    """

    @wraps(work)
    def recall(*given: P.args, **named: P.kwargs) -> T:
        memory = _opened.get()
        return work(*given, **named) if memory is None or named else memory.recall(work, given)

    return recall


def keep(key: str, item: T) -> T:
    """Give the equal item of the run before, if a memory is open that has one; else `item` itself."""
    memory = _opened.get()
    return item if memory is None else memory.keep(key, item)


def _name(value: Any) -> Hashable:
    """Give what stands for a value in a key: its identity for a record, itself for what is plain."""
    if isinstance(value, tuple):
        return tuple(map(_name, value))
    if isinstance(value, PLAIN):
        return value
    if is_dataclass(value):
        return (value.__class__, id(value))
    raise TypeError(f"{type(value).__name__} can change, so it cannot be remembered; give a tuple or a record.")
