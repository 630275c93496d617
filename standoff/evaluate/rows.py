"""Read the rows of a hand-made TOML file."""

from __future__ import annotations

import pathlib
import tomllib
from typing import Any

from standoff.errors import ConfigError


def load_rows(path: pathlib.Path, key: str, what: str) -> list[dict[str, Any]]:
    """Give the `[[key]]` entries of a file; raises ConfigError, naming it and `what` it should hold, if it has none."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get(key)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(
            f"{path} cannot be read as {what}: {error}; give a TOML file with [[{key}]] entries."
        ) from error
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise ConfigError(f"{path} holds no {what}; give a TOML file with [[{key}]] entries.")
    return rows
