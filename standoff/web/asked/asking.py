"""Make of what somebody asks a question to the store: whom a name means, in what role, and an issue with its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import select

from standoff.codebooks import Codebook, load_codebook
from standoff.store.database import Store
from standoff.store.index.entries import entries
from standoff.store.index.queries import Key, Query
from standoff.store.record.tables import TABLES
from standoff.workflow.kept import load_settings

# In which roles one takes part in an entry, as a search names them.
ROLES = {
    "by": ("source", "actor", "holder", "party"),
    "to": ("addressee", "recipient", "toward"),
    "about": ("named", "recipient", "toward"),
}
ANY = ("source", "actor", "holder", "addressee", "recipient", "toward", "party", "named", "left", "right")
NEAR = 70  # likeness (rapidfuzz's, of 100) from which on a name is suggested for one that nobody has
SUGGESTED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Name an actor that a question may mean."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Hold whom a name in a question means, and who else it may; if nobody has it, the names that are near it."""

    actor: Named | None = None
    others: tuple[Named, ...] = ()
    near: tuple[Named, ...] = ()


def find_meant(store: Store, asked: str) -> Meant:
    """Give the actor whom a name, a part of it, or an id means: the most prominent who has it."""
    asked = " ".join(asked.split())
    if asked.startswith("actor_"):
        actors = store.load_part([Key("actors", asked)]).actors
        return Meant(actor=Named(id=actors[0].id, name=actors[0].name)) if actors else Meant()
    words = f'"{asked.replace(chr(34), " ")}"'
    if not any(letter.isalnum() for letter in asked):
        return Meant()
    keys = store.find_entries(Query(kinds=("actors",), words=words, order="best", limit=SUGGESTED + 1)).keys
    by_id = {actor.id: actor for actor in store.load_part(keys).actors}
    found = [Named(id=key.id, name=by_id[key.id].name) for key in keys if key.id in by_id]
    found.sort(key=lambda one: one.name.casefold() != asked.casefold())
    if found:
        return Meant(actor=found[0], others=tuple(found[1:]))
    return Meant(near=suggest_actors(store, asked))


def suggest_actors(store: Store, asked: str) -> tuple[Named, ...]:
    """Give the actors whose names are most like what was asked for."""
    table = TABLES["actors"]
    with store.read() as connection:
        names = {row.id: row.name for row in connection.execute(select(table.c.id, table.c.name))}
    near = process.extract(asked, names, scorer=fuzz.WRatio, processor=str.casefold, limit=SUGGESTED, score_cutoff=NEAR)
    return tuple(Named(id=id, name=name) for name, _, id in near)


def write_issue_words(book: Codebook, issue: str) -> str | None:
    """Write the search for the words that name an issue by its codebook; None where it has none of its own.

    A cue is a lemma, with notes after a stroke on what word class or party it takes; both engines search by stems.
    """
    code = book.codes.get(issue)
    cues = [cue.partition("/")[0].strip() for cue in code.cues if not cue.endswith("/pledged")] if code else []
    plain = dict.fromkeys(cue for cue in cues if cue and all(part.isalpha() for part in cue.split()))
    return " or ".join(f'"{cue}"' for cue in plain) or None


def load_issues(store: Store) -> Codebook:
    """Give the issues' codebook of a store: its own, if it has one, else the shipped one."""
    issues = load_settings(store).issues
    return load_codebook("issues" if issues is None else issues)


def list_outlets(store: Store) -> tuple[str, ...]:
    """Give the outlets that the store's articles name."""
    wanted = select(entries.c.outlet).where(entries.c.kind == "articles", entries.c.outlet.is_not(None)).distinct()
    with store.read() as connection:
        return tuple(sorted(connection.execute(wanted).scalars(), key=str.casefold))


def find_numbers(store: Store, keys: Sequence[Key]) -> list[int]:
    """Give the numbers of entries in the index."""
    kinds = {key.kind for key in keys}  # by which ids are looked up
    wanted = select(entries.c.number).where(entries.c.kind.in_(kinds), entries.c.id.in_([key.id for key in keys]))
    with store.read() as connection:
        return list(connection.execute(wanted).scalars())
