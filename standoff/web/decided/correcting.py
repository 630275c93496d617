"""Offer the fields of an entry that a person may correct, each with its value and what may take its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from standoff.codebooks import load_codebook
from standoff.codebooks.ontology import load_ontology
from standoff.dossier.words import say_code
from standoff.records import Act, Directness, Record, Stance, Status
from standoff.resolve.judged.fields import Books
from standoff.store.database import Store
from standoff.workflow.kept import load_settings

Sort = Literal["choice", "actor", "actors", "days", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Offer a value of a field; `group` heads those that belong together."""

    value: str
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Show one field of an entry as it can be corrected: its value, or values, as they stand and what may be chosen."""

    name: str
    label: str
    sort: Sort
    values: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()


def load_books(store: Store) -> Books:
    """Give the codebooks by which a store's entries are corrected: its own issues if it has any."""
    issues = load_settings(store).issues
    return Books(events=load_ontology(), issues=load_codebook("issues" if issues is None else issues))


def offer_fields(kind: str, item: Any, part: Record, books: Books) -> tuple[Field, ...]:
    """Give the fields of a statement, a deed, a position or a happening; nothing for what cannot be corrected."""
    names = {actor.id: actor.name for actor in part.actors}

    def name(*ids: str | None) -> tuple[str, ...]:
        return tuple(names.get(id, id) for id in ids if id)

    if kind == "attributions":
        return (
            Field(name="source", label="Who", sort="actor", values=name(item.source.actor if item.source else None)),
            _choose("act", "Does what", item.act, get_args(Act), "acts"),
            Field(name="addressee", label="To whom", sort="actor", values=name(item.addressee)),
            _choose("directness", "In whose words", item.directness, get_args(Directness), "directness"),
        )
    if kind == "events":
        return (
            Field(name="actors", label="Who", sort="actors", values=name(*item.actors)),
            _choose("type", "Did what", item.type, books.events.codes, "types"),
            Field(name="mode", label="How", sort="choice", values=_hold(item.mode), options=tuple(_list_modes(books))),
            Field(name="recipients", label="To whom", sort="actors", values=name(*item.recipients)),
            _choose("status", "Is it so", item.status, get_args(Status), "statuses"),
            _date(item.when),
        )
    if kind == "positions":
        return (
            Field(name="holder", label="Who", sort="actor", values=name(item.holder)),
            _choose("stance", "Stands", item.stance, get_args(Stance), "stances"),
            _choose("issue", "On", item.issue, books.issues.codes, "issues"),
            Field(name="toward", label="Toward whom", sort="actor", values=name(item.toward)),
        )
    if kind == "happenings":
        return (Field(name="label", label="What happened", sort="text", values=(item.label,)), _date(item.when))
    return ()


def _hold(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _choose(name: str, label: str, value: str, codes: Iterable[str], group: str) -> Field:
    options = [Option(value=code, text=say_code(group, code)) for code in codes]
    if value not in {option.value for option in options}:  # of a codebook that is not used any more
        options.insert(0, Option(value=value, text=say_code(group, value)))
    return Field(name=name, label=label, sort="choice", values=(value,), options=tuple(options))


def _list_modes(books: Books) -> Iterable[Option]:
    yield Option(value="", text="in no way that is named")
    for code in books.events.codes.values():
        modes: Mapping[str, Any] = code.extra.get("modes", {})
        yield from (
            Option(value=mode, text=say_code("modes", mode), group=say_code("types", code.key)) for mode in modes
        )


def _date(when: Any) -> Field:
    days = (when.earliest or "", when.latest or "") if when else ("", "")
    return Field(name="when", label="When", sort="days", values=days)
