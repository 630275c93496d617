"""Read a store's articles again, once the settings that they were read by have changed."""

from __future__ import annotations

from collections.abc import Callable

from standoff.errors import ConfigError
from standoff.records import Failure, Record
from standoff.resolve.memory import Memory
from standoff.store.database import Store
from standoff.workflow import CHUNK, annotate_articles
from standoff.workflow.kept import READING, describe_reading, load_made_by, load_settings, renew_record


def read_again(
    store: Store, *, memory: Memory | None = None, on_progress: Callable[[int, int], None] | None = None
) -> Record:
    """Read anew what the store's settings of today would read otherwise, and give the record of all that it holds.

    Readings that were made by these models and settings stay. Each new one is stored as it is made, so that a run that
    is stopped goes on where it was. Raises ConfigError for a store that was read by event types of somebody's own:
    these are no setting of the store, so that only `standoff read --codebook` can read it again.
    """
    check_event_types(store)
    issues = load_settings(store).issues
    made_by = describe_reading(issues)
    known = store.list_articles(made_by=made_by)
    stale = [reading.article for reading in store.load_readings() if reading.article.id not in known]
    failures = []
    for start in range(0, len(stale), CHUNK):
        with READING:
            found = list(annotate_articles(stale[start : start + CHUNK], issues=issues))
        for item in found:
            if isinstance(item, Failure):
                failures.append(item)
            else:
                store.add_reading(item, made_by=made_by)
        if on_progress is not None:
            on_progress(start + len(found), len(stale))
    return renew_record(store, memory=memory, failures=failures or None, made_by=made_by)


def check_event_types(store: Store) -> None:
    """Raise ConfigError if the store's articles were read by event types that the store does not hold."""
    own = load_made_by(store).get("codebooks", {}).get("events")
    if own:
        raise ConfigError(
            f"these articles were read by event types of your own ({own}), which the store does not hold; read them "
            "again with: standoff read PATHS --store URL --codebook FILE"
        )
