"""Read hand-coded articles: the gold that a record is held against.

A folder holds one file per article and, if the set has one, `cross` for what shows only across articles. In JSON,
passages are resolved already (`{"text", "start", "end"}`). In TOML, as people write it, a passage is the exact text, or
"its first words … its last words", and is looked up in the article, as whole words. Where it stands more than once,
`{text = "said", nth = 2}` or `{text = "she", within = "she said in May"}` tells which one. An actor's mention that is
given as a plain string stands for every place where those words stand alone and not within a longer mention.
"""

from __future__ import annotations

import json
import pathlib
import re
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from standoff.errors import ConfigError

Span = tuple[int, int]
PASSAGES = {
    "actors": ("mentions",),
    "attributions": ("source_text", "cue", "content", "venue"),
    "events": ("anchor", "also"),
    "positions": (),
    "facts": ("anchor",),
}
OPTIONAL = ("source", "in", "by", "date", "addressee", "evidence", "act", "said_on")


class Gold(NamedTuple):
    """Hold the coding of a set of articles by file name, and what holds across them."""

    articles: Mapping[str, Mapping[str, Any]]
    cross: Mapping[str, Any]


def read_gold(folder: pathlib.Path, texts: Mapping[str, str]) -> Gold:
    """Read the gold in `folder` for the articles whose texts are given by file name.

    Every passage comes back as (start, end). Raises ConfigError, naming file and passage, where the article does not
    hold what the gold quotes, where an actor is named but not coded, or where an article is not there.
    """
    files = sorted(path for path in folder.glob("*") if path.suffix in (".json", ".toml")) if folder.is_dir() else []
    if not files:
        raise ConfigError(f"{folder} holds no gold; give a folder with a .json or .toml file per article.")
    articles: dict[str, Mapping[str, Any]] = {}
    cross: dict[str, Any] = {}
    for path in files:
        raw = path.read_text(encoding="utf-8")
        data = json.loads(raw) if path.suffix == ".json" else tomllib.loads(raw)
        if path.stem == "cross":
            cross = data
            continue
        name = data["article"]
        if name not in texts:
            raise ConfigError(f"{path}: the record has no article from {name}; read that file too.")
        _check_names(data, path)
        resolved = {kind: _resolve_rows(data.get(kind, []), kind, texts[name], path) for kind in PASSAGES}
        if path.suffix == ".toml":
            _spread_mentions(data["actors"], resolved["actors"], texts[name], path)
        articles[name] = {**data, **resolved}
    return Gold(articles, _resolve_cross(cross, texts, folder))


def _check_names(data: Mapping[str, Any], path: pathlib.Path) -> None:
    """Raise ConfigError if a row names an actor that is not coded, or an attribution by a number that none has."""
    known = {actor["id"] for actor in data["actors"]}
    for kind in ("attributions", "events", "positions"):
        for row in data.get(kind, []):
            sources = row.get("source") or []
            named = [sources] if isinstance(sources, str) else [*sources, *row.get("target", [])]
            strange = {*named, row.get("addressee"), row.get("actor")} - known - {None}
            if strange:
                raise ConfigError(
                    f"{path}: {kind} name “{min(strange)}”, who is not among its actors; code the actor too."
                )
            for key in ("in", "by"):
                if row.get(key) is not None and row[key] >= len(data["attributions"]):
                    raise ConfigError(f"{path}: there is no attribution {row[key]}; count them from 0.")


def _resolve_rows(rows: list[dict[str, Any]], kind: str, text: str, path: pathlib.Path) -> list[dict[str, Any]]:
    resolved = []
    for row in rows:
        fields = {key: resolve_passage(row.get(key), text, path) for key in PASSAGES[kind]}
        resolved.append({**dict.fromkeys(OPTIONAL), **row, **fields})
    return resolved


def _spread_mentions(
    written: list[dict[str, Any]], actors: list[dict[str, Any]], text: str, path: pathlib.Path
) -> None:
    """Put every place of each mention that is given as plain words, the longest words first, into `actors`."""
    plain = [
        (words, number) for number, row in enumerate(written) for words in row["mentions"] if isinstance(words, str)
    ]
    for actor, row in zip(actors, written, strict=True):
        actor["mentions"] = [resolve_passage(item, text, path) for item in row["mentions"] if isinstance(item, dict)]
    taken = [span for actor in actors for span in actor["mentions"]]
    for words, number in sorted(plain, key=lambda item: -len(item[0])):
        for match in re.finditer(_match_words(words), text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                actors[number]["mentions"].append(match.span())


def resolve_passage(value: Any, text: str, where: pathlib.Path | str) -> Any:
    """Turn a passage, or each of several, into offsets.

    Raises ConfigError, its sentence opening with `where`, if the text does not hold the passage.
    """
    if value is None:
        return None
    if isinstance(value, list):
        return [resolve_passage(item, text, where) for item in value]
    if not isinstance(value, dict):
        return _look_up(value, text, where)
    if "start" in value:
        return value["start"], value["end"]
    if "within" in value:
        first, last = _look_up(value["within"], text, where)
        start, end = _look_up(value["text"], text[first:last], where)
        return first + start, first + end
    return _look_up(value["text"], text, where, nth=value.get("nth", 1))


def _look_up(wanted: str, text: str, where: pathlib.Path | str, *, nth: int = 1) -> Span:
    """Give the place where `wanted` stands for the `nth` time, not as a part of other words."""
    head, gap, tail = wanted.partition(" … ")
    places = [match.span() for match in re.finditer(_match_words(head), text)]
    if len(places) < nth:
        raise ConfigError(f"{where}: the article does not hold “{head}” {nth} times; copy the passage exactly.")
    start, end = places[nth - 1]
    if gap:
        last = re.compile(_match_words(tail)).search(text, end)
        if last is None:
            raise ConfigError(f"{where}: the article does not hold “{tail}” after “{head}”; copy the passage exactly.")
        end = last.end()
    return start, end


def _match_words(words: str) -> str:
    """Give a pattern for words that stand alone."""
    return rf"(?<!\w){re.escape(words)}(?!\w)"


def list_all(value: Any) -> list[Any]:
    """Give what a coder wrote as one value or as a list of them, as a list."""
    return value if isinstance(value, list) else [value]


def _resolve_cross(cross: dict[str, Any], texts: Mapping[str, str], folder: pathlib.Path) -> dict[str, Any]:
    """Resolve the passages of conflicts, position changes and happenings."""

    def resolve(side: dict[str, Any], key: str) -> dict[str, Any]:
        value = side.get(key)
        return {
            **side,
            key: resolve_passage(value, texts.get(side["article"], ""), folder / "cross") if value else None,
        }

    return {
        **cross,
        "conflicts": [
            {**row, "a": resolve(row["a"], "snippet"), "b": resolve(row["b"], "snippet")}
            for row in cross.get("conflicts", [])
            if row["a"]["article"] in texts and row["b"]["article"] in texts
        ],
        "position_changes": [
            row
            for row in cross.get("position_changes", [])
            if {*list_all(row["from"]["article"]), *list_all(row["to"]["article"])} <= set(texts)
        ],
        "happenings": [
            {**row, "mentions": [resolve(item, "anchor") for item in row["mentions"] if item["article"] in texts]}
            for row in cross.get("happenings", [])
        ],
    }
