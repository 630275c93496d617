"""Remember what was counted over a whole store as long as its index is the same, since every visitor asks for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from standoff.store.database import Store
from standoff.store.index.entries import sign_index
from standoff.store.index.queries import By, Query

T = TypeVar("T")

MOST = 400  # counts that are remembered of one store, the latest asked for

_lock = threading.Lock()
_known: WeakKeyDictionary[Store, OrderedDict[Hashable, Any]] = WeakKeyDictionary()


def recall(store: Store, question: Hashable, count: Callable[[], T]) -> T:
    """Give what `count` gives, from memory if the index is still the one that it was counted on.

    What depends on judgements must not be asked for like this: a judgement changes no index at once.
    """
    with store.read() as connection:
        signature = sign_index(connection)
    if signature is None:
        return count()
    key = (signature, question)
    with _lock:
        kept = _known.setdefault(store, OrderedDict())
        if key in kept:
            kept.move_to_end(key)
            found: T = kept[key]
            return found
    made = count()
    with _lock:
        kept[key] = made
        while len(kept) > MOST:
            kept.popitem(last=False)
    return made


def recall_tally(store: Store, query: Query, by: tuple[By, ...]) -> dict[tuple[str | None, ...], int]:
    """Give the store's tally of a query that does not ask what was judged, from memory if it can be."""
    return recall(store, ("tally", query, by), lambda: store.tally_entries(query, by))
