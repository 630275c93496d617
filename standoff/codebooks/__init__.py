"""What human coders agreed on, as TOML, and the one loader that reads it.

Each file has `name`, `version`, `source` and `licence`, then one table per code under `[codes]` with `definition`,
`cues`, `examples` and `not_examples`. A codebook may add fields of its own to its codes; they come as `Code.extra`.
The examples are tests: the suite runs each through the pipeline, in both directions.
"""

from __future__ import annotations

import os
import pathlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from standoff.errors import ConfigError

HERE = pathlib.Path(__file__).parent
HEAD = ("name", "version", "source", "licence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Hold one entry of a codebook: what it means, what signals it, what is and is not an instance."""

    key: str
    definition: str
    cues: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    not_examples: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """Hold a loaded codebook; iterate `codes.values()` for its entries in the file's order."""

    name: str
    version: str
    source: str
    licence: str
    codes: Mapping[str, Code]
    settings: Mapping[str, Any] = field(default_factory=dict)


def load_codebook(which: str | os.PathLike[str]) -> Codebook:
    """Read and check a codebook: a shipped one by its name ("cues"), or a user's own by its path.

    Raises ConfigError, naming file and key, for a file that is missing, is not TOML, or lacks a field.

    >>> load_codebook("cues").name
    'cues'
    """
    return _load_codebook(os.fspath(which))


@cache
def _load_codebook(text: str) -> Codebook:
    path = HERE / f"{text}.toml" if "/" not in text and not text.endswith(".toml") else pathlib.Path(text)
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"codebook {path}: {error.strerror or error}; give the path of a TOML file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"codebook {path} is not valid TOML: {error}.") from error
    for key in HEAD:
        if not isinstance(data.get(key), str):
            raise ConfigError(
                f"codebook {path}: `{key}` is missing at the top; every codebook needs {', '.join(HEAD)}."
            )
    tables = data.get("codes")
    if not isinstance(tables, dict) or not tables:
        raise ConfigError(f"codebook {path}: there is no [codes.…] table; every codebook needs at least one code.")
    codes = {key: _check_code(path, key, table) for key, table in tables.items()}
    settings = {key: value for key, value in data.items() if key not in (*HEAD, "codes")}
    return Codebook(codes=codes, settings=settings, **{key: data[key] for key in HEAD})


def list_codebooks() -> tuple[str, ...]:
    """Give the names of the codebooks that ship with Standoff, in alphabetical order."""
    return tuple(sorted(path.stem for path in HERE.glob("*.toml")))


def _check_code(path: pathlib.Path, key: str, table: Any) -> Code:
    """Turn one TOML table into a Code, or say which of its fields is wrong."""
    if not isinstance(table, dict) or not isinstance(table.get("definition"), str):
        raise ConfigError(f"codebook {path}: codes.{key} has no `definition`; say in a sentence what the code means.")
    lists: dict[str, tuple[str, ...]] = {}
    for name in ("cues", "examples", "not_examples"):
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigError(f"codebook {path}: codes.{key}.{name} should be a list of strings.")
        lists[name] = tuple(value)
    extra = {name: value for name, value in table.items() if name not in ("definition", *lists)}
    return Code(key=key, definition=table["definition"], extra=extra, **lists)
