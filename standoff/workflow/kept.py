"""Make a store's record from all that it holds: its readings, its settings, and what people decided."""

from __future__ import annotations

import hashlib
import os
import pathlib
import tempfile
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import select

from standoff.codebooks import find_codebook, load_codebook
from standoff.codebooks.ontology import load_ontology
from standoff.models.language import describe_language
from standoff.records import Failure, Record
from standoff.resolve.differences import KINDS, Differences, compare_records, summarise_differences
from standoff.resolve.judged.fields import Books
from standoff.resolve.memory import Memory
from standoff.resolve.pins import Pins, parse_pins
from standoff.resolve.to_record import resolve_records
from standoff.store.database import Store
from standoff.store.kept.settings import insert_setting, select_setting
from standoff.store.record.tables import TABLES, about, write_about

Path = str | os.PathLike[str]
ISSUES, ACTORS = "issues", "actors"  # settings that hold the TOML text of a codebook of issues, and of actors.toml
TOLD = tuple(kind for kind in KINDS if kind != "mentions")  # no person looks through mentions
FIRST = 100  # entries of a kind that are noted by name when another model has read the articles
READING = threading.Lock()  # the desk's threads read one at a time: a pipeline is no thing for two
BY_FILE = "standoff read"  # who set what a run was given as a file
READ_ANEW = "read_anew"  # what a store notes when a new model has read it


class Kept(NamedTuple):
    """What a store's settings say of reading and resolving; None where it has nothing of its own."""

    issues: pathlib.Path | None
    pins: Pins | None


def load_settings(store: Store) -> Kept:
    """Give the codebook of issues and the pins of actors that people have set in the store.

    The codebook is laid into a file of this process, since that is what reads by it.
    """
    with store.read() as connection:
        issues, actors = (select_setting(connection, key) for key in (ISSUES, ACTORS))
    return Kept(
        issues=lay_out(issues.value) if issues and issues.value else None,
        pins=parse_pins(actors.value, "of the store") if actors and actors.value else None,
    )


def adopt_settings(store: Store, *, issues: Path | None, actors: Path | None) -> None:
    """Make the files that a run is given the store's settings, where they are not that already.

    So whoever makes the record anew later, on the desk or by another run, works by the same.
    """
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    for key, path in ((ISSUES, issues), (ACTORS, actors)):
        if path is not None:
            text = find_codebook(os.fspath(path)).read_bytes().decode("utf-8")
            with store.write(alone=True) as connection:
                kept = select_setting(connection, key)
                if kept is None or kept.value != text:
                    insert_setting(connection, key, text, who=BY_FILE, at=at)


def load_books(store: Store) -> Books:
    """Give the codebooks that what is corrected in a store must be from: its own issues, if it has any, and PLOVER."""
    issues = load_settings(store).issues
    return Books(events=load_ontology(), issues=load_codebook(ISSUES if issues is None else issues))


def lay_out(text: str) -> pathlib.Path:
    """Give a file of this process that holds a codebook's text; the same for the same text."""
    path = pathlib.Path(_make_folder().name) / f"issues-{hashlib.sha256(text.encode()).hexdigest()[:12]}.toml"
    if not path.exists():
        path.write_bytes(text.encode("utf-8"))
    return path


@cache
def _make_folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="standoff-")


def describe_reading(issues: Path | None, codebook: Path | None = None) -> dict[str, Any]:
    """Say what makes a reading; a codebook of issues by its very text, since its version need not change with it."""
    made_by = describe_language(issues, codebook)
    if issues is not None:
        digest = hashlib.sha256(pathlib.Path(issues).read_bytes()).hexdigest()[:12]
        made_by["codebooks"]["issues"] += f" ({digest})"
    return made_by


def renew_record(
    store: Store,
    *,
    memory: Memory | None = None,
    failures: Sequence[Failure] | None = None,
    made_by: dict[str, Any] | None = None,
    pins: Pins | None = None,
) -> Record:
    """Make the store's record anew from its readings, settings and open judgements, save it and give it.

    `pins` take the place of the store's own. Without `failures` and `made_by` the record keeps those that it has. Where
    another model has read the articles since, what that changed is noted in the store. Whoever adds to the store
    meanwhile is not waited for: `store.is_current()` tells whether the record holds all of it.
    """
    signature = store.sign_contents()
    known, failed = _load_heading(store)
    made_by = known if made_by is None else made_by
    record = resolve_records(
        store.load_readings(),
        failures=failed if failures is None else failures,
        made_by=made_by,
        pins=load_settings(store).pins if pins is None else pins,
        judgements=store.list_judgements(),
        memory=memory,
    )
    before = store.load_record() if known and known != made_by else None
    store.save_record(record, made_from=signature)
    if before is not None:
        _note_change(store, before, record)
    return record


def _load_heading(store: Store) -> tuple[dict[str, Any], tuple[Failure, ...]]:
    """Give what made the record that the store has, and what could not be read for it."""
    table = TABLES["failures"]
    columns = [column for column in table.c if column.name in ("source", "stage", "reason")]
    with store.read() as connection:
        rows = connection.execute(select(*columns).order_by(table.c.position)).all()
    return load_made_by(store), tuple(Failure(**row._asdict()) for row in rows)


def load_made_by(store: Store) -> dict[str, Any]:
    """Give what made the record that the store has, nothing where it has none."""
    with store.read() as connection:
        made_by = connection.execute(select(about.c.value).where(about.c.key == "made_by")).scalar()
    return made_by or {}


def _note_change(store: Store, before: Record, after: Record) -> None:
    """Keep what made the record before, and what the reading anew has changed: how much, and the first of each."""
    differences = compare_records(before, after, only=TOLD)
    changes = summarise_differences(differences)
    orphaned = [judgement.id for judgement in store.list_orphans()]
    with store.write() as connection:
        value = {"before": before.made_by, "after": after.made_by, "changes": changes, "orphaned": orphaned}
        value["entries"] = {item.kind: _list_first(item) for item in differences if item}
        write_about(connection, READ_ANEW, value)


def _list_first(found: Differences) -> dict[str, Any]:
    """Give the first entries that are gone, new and changed, as JSON holds them."""
    return {
        "gone": [{"id": item.id, "label": item.label} for item in found.gone[:FIRST]],
        "new": [{"id": item.id, "label": item.label} for item in found.new[:FIRST]],
        "changed": [
            {"id": item.id, "label": item.label, "fields": [[one.field, one.before, one.after] for one in item.fields]}
            for item in found.changed[:FIRST]
        ],
    }


def load_last_change(store: Store) -> dict[str, Any] | None:
    """Give what was noted when another model last read the articles anew: which, and what that changed, if any did."""
    with store.read() as connection:
        value: dict[str, Any] | None = connection.execute(
            select(about.c.value).where(about.c.key == READ_ANEW)
        ).scalar()
    return value
