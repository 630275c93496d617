"""Run what a store must do on both engines: an SQLite file, and a database of its own on a real PostgreSQL."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from servers import NAMED, make_database, serve_postgres

from standoff.store.database import Store, open_store

TEMPLATE = f"standoff_template_{os.getpid()}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Give the address of a PostgreSQL server that has an empty store to copy, which is faster than to make one."""
    with ExitStack() as stack:
        try:
            server = os.environ.get(NAMED) or stack.enter_context(serve_postgres())
        except FileNotFoundError as error:
            pytest.skip(f"{error}, or name a server in {NAMED}")
        open_store(stack.enter_context(make_database(server, name=TEMPLATE))).close()
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """Give the name of one engine after the other."""
    return str(request.param)


@pytest.fixture
def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> Iterator[str]:
    """Give the address of a database in which there is nothing."""
    if engine == "sqlite":
        yield str(tmp_path / "empty.db")
        return
    with make_database(request.getfixturevalue("postgres")) as address:
        yield address


@pytest.fixture
def store_url(engine: str, request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> Iterator[str]:
    """Give the address of a store that holds nothing yet."""
    if engine == "sqlite":
        yield str(tmp_path / "dispute.db")
        return
    with make_database(request.getfixturevalue("postgres"), template=TEMPLATE) as address:
        yield address


@pytest.fixture
def opened() -> Iterator[Callable[..., Store]]:
    """Give what opens stores and closes them when the test is done."""
    with ExitStack() as stack:

        def open_here(url: str, *, create: bool = True, migrate: bool = False) -> Store:
            store = open_store(url, create=create, migrate=migrate)
            stack.callback(store.close)
            return store

        yield open_here


@pytest.fixture
def store(store_url: str, opened: Callable[..., Store]) -> Store:
    """Give an open store that holds nothing yet."""
    return opened(store_url)
