"""Standoff reads news coverage of a political dispute and gives back a sourced record of it.

>>> import standoff
>>> record = standoff.read("examples/articles")
>>> record.articles[0].language
'en'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from standoff.dossier import build_dossier as build_dossier
    from standoff.errors import ConfigError as ConfigError
    from standoff.errors import SourceError as SourceError
    from standoff.errors import StandoffError as StandoffError
    from standoff.errors import StoreError as StoreError
    from standoff.export.tables import export_tables as export_tables
    from standoff.ingest.sources import read_articles as read_articles
    from standoff.models.language import load_language as load_language
    from standoff.records import Article as Article
    from standoff.records import Reading as Reading
    from standoff.records import Record as Record
    from standoff.records import read_record as read_record
    from standoff.resolve.to_record import resolve_records as resolve_records
    from standoff.store.database import open_store as open_store
    from standoff.workflow import annotate_articles as annotate_articles
    from standoff.workflow import read as read
    from standoff.workflow import suggest_issues as suggest_issues

__version__ = "0.1.0"

_HOMES = {
    "standoff.dossier": ("build_dossier",),
    "standoff.errors": ("ConfigError", "SourceError", "StandoffError", "StoreError"),
    "standoff.export.tables": ("export_tables",),
    "standoff.ingest.sources": ("read_articles",),
    "standoff.models.language": ("load_language",),
    "standoff.records": ("Article", "Reading", "Record", "read_record"),
    "standoff.resolve.to_record": ("resolve_records",),
    "standoff.store.database": ("open_store",),
    "standoff.workflow": ("annotate_articles", "read", "suggest_issues"),
}
_WHERE = {name: home for home, names in _HOMES.items() for name in names}
__all__ = sorted(_WHERE)


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `import standoff` costs next to nothing."""
    if name not in _WHERE:
        raise AttributeError(f"module 'standoff' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return [*globals(), *_WHERE]
