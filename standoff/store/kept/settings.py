"""Keep settings that belong to a dispute, such as its issues and actors, with all that they were before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Connection, Integer, Table, Text, func, insert, select

from standoff.errors import StoreError
from standoff.store.exact import ExactText
from standoff.store.record.tables import metadata

settings = Table(
    "settings",
    metadata,
    Column("key", ExactText, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("value", JSON, nullable=False),
    Column("who", ExactText, nullable=False),
    Column("at", Text, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Hold one version of a setting: what was set, by whom and when (UTC, ISO); a value of None unsets it."""

    key: str
    version: int
    value: Any
    who: str
    at: str


def insert_setting(
    connection: Connection, key: str, value: Any, *, who: str, at: str, after: int | None = None
) -> Setting:
    """Set `key` to `value` (anything that JSON holds), as its next version, and give it.

    `after` is the version that the one who sets it has seen, 0 for none. Raises StoreError if there is a later one by
    now, so that nobody overwrites what they have not seen.
    """
    last = connection.execute(select(func.max(settings.c.version)).where(settings.c.key == key)).scalar() or 0
    if after is not None and after != last:
        raise StoreError(f"the setting “{key}” was changed by another meanwhile; look at it and change it again.")
    setting = Setting(key=key, version=last + 1, value=value, who=who, at=at)
    row = {"key": key, "version": setting.version, "value": value, "who": who, "at": at}
    connection.execute(insert(settings).values(row))
    return setting


def select_setting(connection: Connection, key: str) -> Setting | None:
    """Give the setting as it holds now, or None if it was never set."""
    history = select_history(connection, key)
    return history[-1] if history else None


def select_history(connection: Connection, key: str | None = None) -> tuple[Setting, ...]:
    """Give every version of a setting, or of all, the oldest first."""
    wanted = select(settings).order_by(settings.c.key, settings.c.version)
    if key is not None:
        wanted = wanted.where(settings.c.key == key)
    return tuple(Setting(**row._asdict()) for row in connection.execute(wanted))
