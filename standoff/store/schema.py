"""Tell which tables a store consists of: those that are kept, and those that are derived and can be made again."""

from __future__ import annotations

import hashlib

from sqlalchemy import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from standoff.store.index.entries import entries, links
from standoff.store.index.search import MADE_BY
from standoff.store.kept.accounts import accounts, sessions
from standoff.store.kept.judgements import judgements
from standoff.store.kept.settings import settings
from standoff.store.kept.views import views
from standoff.store.record.tables import TABLES, about, readings

# What cannot be made again: each change of these tables is a migration, written by hand.
KEPT = (about, readings, judgements, settings, views, accounts, sessions)

# What follows from the readings and judgements: when their form has changed, they are dropped and made again.
DERIVED = (*TABLES.values(), entries, links)


def describe_form(dialect: Dialect) -> str:
    """Give a digest of the form of the derived tables, so that a store of another form can be told."""
    parts = [str(CreateTable(table).compile(dialect=dialect)) for table in DERIVED]
    parts += [
        str(CreateIndex(index).compile(dialect=dialect))
        for table in DERIVED
        for index in sorted(table.indexes, key=lambda index: str(index.name))
    ]
    return hashlib.sha256("\n".join((*parts, *MADE_BY[dialect.name])).encode()).hexdigest()[:16]
