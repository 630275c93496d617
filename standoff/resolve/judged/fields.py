"""Say which fields of an entry a person may correct, and read what they put there, or say what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from standoff.codebooks import Codebook
from standoff.codebooks.ratings import rate_event
from standoff.errors import ConfigError
from standoff.records import Act, Directness, Event, Kind, Record, Stance, Status
from standoff.resolve.judged.named import list_places, list_spots
from standoff.resolve.judged.places import write_place
from standoff.resolve.pins import CODE

# What each field holds: a choice of words, or a sort of value that `_Reader` has a method for.
FIELDS: Mapping[str, Mapping[str, tuple[str, ...] | str]] = {
    "articles": {"published": "day", "title": "text", "outlet": "text"},
    "actors": {"name": "name", "kind": get_args(Kind), "country": "country", "sectors": "sectors"},
    "attributions": {"source": "actor", "act": get_args(Act), "addressee": "actor", "directness": get_args(Directness)},
    "events": {
        "type": "type",
        "mode": "mode",
        "status": get_args(Status),
        "actors": "actors",
        "recipients": "actors",
        "when": "when",
    },
    "positions": {
        "holder": "holder",
        "stance": get_args(Stance),
        "issue": "issue",
        "toward": "actor",
        "condition": "condition",
    },
    "happenings": {"label": "name", "when": "when"},
}
LONGEST = 300  # characters of a name or a title that a person types
NAMED = 3  # places that are kept of an actor whom a corrected field names
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Hold the codebooks that a corrected type, mode or issue must be from."""

    events: Codebook
    issues: Codebook


def read_fields(kind: str, entry: Any, fields: Mapping[str, Any], *, part: Record, books: Books) -> dict[str, Any]:
    """Give a person's fields for an entry as a judgement keeps them.

    An actor is given by its id, and kept with its name and the places at which it is named. `when` is {earliest,
    latest} or None. Raises ConfigError, naming the field, for one that cannot be corrected or a value it cannot have.
    """
    if kind not in FIELDS:
        raise ConfigError(f"{kind} cannot be corrected; confirm or reject, or correct one of {', '.join(FIELDS)}.")
    if not fields:
        raise ConfigError(f"there is nothing to correct; change one of {', '.join(FIELDS[kind])}.")
    reader = _Reader(entry, part, books)
    read = {}
    for name, value in fields.items():
        if name not in FIELDS[kind]:
            raise ConfigError(f"“{name}” is no field that can be corrected; use {', '.join(FIELDS[kind])}.")
        try:
            read[name] = reader.read(FIELDS[kind][name], value)
        except ValueError as error:
            raise ConfigError(f"“{name}”: {error}.") from error
    return {**read, **dict(_rate(entry, read, books))}


def _rate(entry: Any, read: Mapping[str, Any], books: Books) -> Iterator[tuple[str, Any]]:
    """Yield what follows from an event's corrected type or mode: its rating, and no mode that the new type lacks."""
    if not isinstance(entry, Event) or not {"type", "mode"} & read.keys():
        return
    type_, mode = read.get("type", entry.type), read.get("mode", entry.mode)
    modes = books.events.codes[type_].extra.get("modes", {}) if type_ in books.events.codes else {}
    if mode is not None and mode not in modes:
        if "mode" in read:
            raise ConfigError(f"“mode”: {type_} has no mode “{mode}”; choose from {_list(modes) or 'none'}.")
        mode = None
    yield "mode", mode
    yield from rate_event(books.events, type_, mode)._asdict().items()


class _Reader:
    """Read one value after another; a ValueError says what is wrong with one."""

    def __init__(self, entry: Any, part: Record, books: Books) -> None:
        self.entry, self.part, self.books = entry, part, books

    def read(self, sort: tuple[str, ...] | str, value: Any) -> Any:
        if isinstance(sort, tuple):
            return _choose(value, sort)
        return getattr(self, f"_read_{sort}")(value)

    def _read_text(self, value: Any) -> str | None:
        return None if value in (None, "") else self._read_name(value)

    def _read_name(self, value: Any) -> str:
        text = " ".join(value.split()) if isinstance(value, str) else ""
        if not text or len(text) > LONGEST:
            raise ValueError(f"give a text of 1 to {LONGEST} characters")
        return text

    def _read_day(self, value: Any) -> str | None:
        if value in (None, ""):
            return None
        try:
            if isinstance(value, str) and _DAY.fullmatch(value):
                return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
        raise ValueError(f"{value!r} is no day; write it as 2024-03-27")

    def _read_when(self, value: Any) -> dict[str, str | None] | None:
        if value is None:
            return None
        if not isinstance(value, Mapping) or not value.keys() <= {"earliest", "latest"}:
            raise ValueError("give its first and last day, `earliest` and `latest`")
        first, last = self._read_day(value.get("earliest")), self._read_day(value.get("latest"))
        if first and last and first > last:
            raise ValueError(f"the first day, {first}, comes after the last, {last}")
        return {"earliest": first, "latest": last} if first or last else None

    def _read_country(self, value: Any) -> str | None:
        if value in (None, ""):
            return None
        if not isinstance(value, str) or not CODE.fullmatch(value):
            raise ValueError(f"{value!r} is no code of a country; codes are three capitals, such as KHM or IGO")
        return value

    def _read_sectors(self, value: Any) -> list[str]:
        items = value.split() if isinstance(value, str) else value
        if not isinstance(items, list | tuple) or not all(isinstance(i, str) and CODE.fullmatch(i) for i in items):
            raise ValueError("give codes of three capitals, such as GOV OPP")
        return list(dict.fromkeys(items))

    def _read_type(self, value: Any) -> str:
        return _choose(value, tuple(self.books.events.codes))

    def _read_mode(self, value: Any) -> str | None:
        return None if value in (None, "") else self._read_name(value)

    def _read_issue(self, value: Any) -> str:
        return _choose(value, tuple(self.books.issues.codes))

    def _read_actor(self, value: Any) -> dict[str, Any] | None:
        return None if value in (None, "") else self._read_holder(value)

    def _read_actors(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list | tuple):
            raise ValueError("give a list of actors' ids")
        return [self._read_holder(item) for item in dict.fromkeys(map(str, value))]

    def _read_holder(self, value: Any) -> dict[str, Any]:
        actor = next((actor for actor in self.part.actors if actor.id == value), None)
        spots = [] if actor is None else list_spots(self.part, actor.id)
        if actor is None or not spots:
            raise ValueError(f"the record names no actor {value!r}; choose one that it names")
        home = {passage.article for passage in list_places(self.entry)}
        spots.sort(key=lambda item: item.passage.article not in home)
        at = [write_place(item.passage) for item in spots[:NAMED]]
        return {"id": actor.id, "name": actor.name, "at": at}

    def _read_condition(self, value: Any) -> dict[str, int] | None:
        if value is None:
            return None
        place = (value.get("start"), value.get("end")) if isinstance(value, Mapping) else (None, None)
        article = next(item for item in self.part.articles if item.id == self.entry.passage.article)
        start, end = place
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(article.text):
            raise ValueError("give the `start` and `end` of words of the article")
        if not article.text[start:end].strip():
            raise ValueError("these characters are blank; mark the words that set the condition")
        return {"start": start, "end": end}


def _choose(value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is not known; choose from {_list(known)}")
    return str(value)


def _list(known: Any) -> str:
    return ", ".join(known)
