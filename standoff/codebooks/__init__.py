"""What human coders agreed on, as TOML, and the one loader that reads it.

Each file has `name`, `version`, `source` and `licence`, then one table per code under `[codes]` with `definition`,
`cues`, `examples` and `not_examples`. A codebook may add fields of its own to its codes; they come as `Code.extra`.
The examples are tests: the suite runs each through the pipeline, in both directions.
"""

from __future__ import annotations

import os
import pathlib
import re
import tomllib
from collections.abc import Iterator, Mapping
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
    path: str = ""


def load_codebook(which: str | os.PathLike[str]) -> Codebook:
    """Read and check a codebook: a shipped one by its name ("cues"), or a user's own by its path.

    Raises ConfigError, naming file and key, for a file that is missing, is not TOML, or lacks a field.

    >>> load_codebook("cues").name
    'cues'
    """
    return _load_codebook(os.fspath(which))


@cache
def _load_codebook(text: str) -> Codebook:
    path = find_codebook(text)
    data = _read_toml(path)
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
    return Codebook(codes=codes, settings=settings, path=str(path), **{key: data[key] for key in HEAD})


def find_codebook(text: str) -> pathlib.Path:
    """Give the path that a codebook's name stands for: a shipped one's own, else the text as it is."""
    shipped = HERE / f"{text}.toml"
    return shipped if text in list_codebooks() else pathlib.Path(text)


def _read_toml(path: pathlib.Path) -> dict[str, Any]:
    """Parse a file, or say in a sentence why it cannot be."""
    if path.exists() and not path.is_file():  # a pipe or a device might never end
        raise ConfigError(f"codebook {path}: it is a folder or a device; give the path of a TOML file.")
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text.replace("\r\n", "\n"))
    except OSError as error:
        raise ConfigError(f"codebook {path}: {error.strerror or error}; give the path of a TOML file.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"codebook {path}: it holds no UTF-8 text; give the path of a TOML file.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"codebook {path}: {_tell_fault(str(error), text)}.") from error
    except RecursionError as error:
        raise ConfigError(f"codebook {path}: its lists are nested too deeply to be read.") from error
    if not data:
        raise ConfigError(f"codebook {path}: it is empty; every codebook needs {', '.join(HEAD)} and [codes.…] tables.")
    return data


def _tell_fault(message: str, text: str) -> str:
    """Say in our words what is wrong with a TOML file; what stands twice is named with both its lines."""
    line = re.search(r"at line (\d+)", message)
    if (twice := re.search(r"Cannot declare \((.*?),?\) twice", message)) is not None:
        key = ".".join(part.strip(" '\"") for part in twice.group(1).split(","))
        return f"{key} stands twice (line {line.group(1) if line else '?'}); give it one table"
    if "Cannot overwrite" in message:
        for number, table, key in _list_keys(text):
            return f"{table}{key} stands twice (line {number}); keep one of the two"
    return f"it is not valid TOML: {message}"


def _list_keys(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield each key that stands a second time in its table, with its line; good enough to point at a fault."""
    table = ""
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if (head := re.match(r"\s*\[+([^\[\]]+)\]+\s*(#.*)?$", line)) is not None:
            table, seen = f"{head.group(1).strip()}.", set()
        elif (entry := re.match(r"\s*([\w\"'.-]+)\s*=", line)) is not None:
            if entry.group(1) in seen:
                yield number, table, entry.group(1)
            seen.add(entry.group(1))


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
        if not isinstance(value, list):
            raise ConfigError(f"codebook {path}: codes.{key}.{name} should be a list of strings.")
        for number, item in enumerate(value, start=1):
            if not isinstance(item, str):
                raise ConfigError(
                    f"codebook {path}: codes.{key}.{name} should be a list of strings, but number {number} is {item!r}."
                )
        lists[name] = tuple(value)
    extra = {name: value for name, value in table.items() if name not in ("definition", *lists)}
    return Code(key=key, definition=table["definition"], extra=extra, **lists)
