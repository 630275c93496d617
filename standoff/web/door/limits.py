"""Keep anybody from asking too much: so many things a minute, and a growing wait after each wrong password.

Both remember a bounded number of keys, the latest ones, so that nobody can fill the memory with made-up names.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import TypeVar

REMEMBERED = 10_000
Value = TypeVar("Value")


@dataclass(slots=True, kw_only=True)
class Rate:
    """Let each key take `per_minute` things a minute, and as many at once if it took none for a minute."""

    per_minute: int
    now: Callable[[], float] = time.monotonic
    _left: OrderedDict[Hashable, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key: Hashable) -> int:
        """Take one thing for `key`, and give 0; or take none, and give the seconds to wait for the next."""
        each = 60 / self.per_minute
        with self._lock:
            now = self.now()
            left, at = self._left.pop(key, (float(self.per_minute), now))
            left = min(self.per_minute, left + (now - at) / each)
            taken = left >= 1
            _remember(self._left, key, (left - taken, now))
        return 0 if taken else math.ceil((1 - left) * each)


@dataclass(slots=True, kw_only=True)
class Patience:
    """Let each key try `free` times, then make it wait: a second, two, four, up to `longest`.

    A key that was right is forgotten with `forgive`; one that has not tried for twice its wait starts lower again.
    """

    free: int
    longest: int
    now: Callable[[], float] = time.monotonic
    _tries: OrderedDict[Hashable, tuple[int, float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, key: Hashable) -> int:
        """Count one try of `key`, and give 0; or count none, and give the seconds to wait."""
        with self._lock:
            now = self.now()
            tries, at = self._tries.pop(key, (0, now))
            wait = self._wait(tries)
            if now - at > 2 * self.longest:
                tries, wait = 0, 0
            left = at + wait - now
            if left > 0:
                _remember(self._tries, key, (tries, at))
                return math.ceil(left)
            _remember(self._tries, key, (tries + 1, now))
            return 0

    def forgive(self, key: Hashable) -> None:
        """Forget the tries of `key`."""
        with self._lock:
            self._tries.pop(key, None)

    def _wait(self, tries: int) -> int:
        return 0 if tries < self.free else min(self.longest, 1 << min(tries - self.free, 30))


def _remember(kept: OrderedDict[Hashable, Value], key: Hashable, value: Value) -> None:
    kept[key] = value
    while len(kept) > REMEMBERED:
        kept.popitem(last=False)
