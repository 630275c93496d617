"""Give tests a real PostgreSQL: the one that STANDOFF_POSTGRES names, or one that is started for them."""

from __future__ import annotations

import glob
import itertools
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import make_url

NAMED = "STANDOFF_POSTGRES"
PATIENCE = 60  # seconds that a server may take to start, on a machine that does much else
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=32MB", "listen_addresses=")

numbers = itertools.count()


def find_program(name: str) -> str | None:
    """Give the path of one of PostgreSQL's programs, which Debian keeps out of PATH."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda path: int(path.split("/")[4]))  # noqa: PTH207
    return found[-1] if found else shutil.which(name)


def find_user() -> str | None:
    """Give whom to run the server as where the tests run as root, as which it refuses to; None for oneself."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


@contextmanager
def serve_postgres() -> Iterator[str]:
    """Start a server that only a socket in a folder of its own leads to, and give its address; stop it in the end."""
    initdb, postgres = find_program("initdb"), find_program("postgres")
    if initdb is None or postgres is None:
        raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
    user = find_user()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="standoff-pg-"))
    if user is not None:
        shutil.chown(folder, user)
    try:
        data = folder / "data"
        made = [initdb, "-D", str(data), "-U", "standoff", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(made, check=True, capture_output=True, user=user, cwd=folder)
        rules = data / "pg_hba.conf"
        rules.write_text(f"local all guarded scram-sha-256\n{rules.read_text()}")
        settings = [part for setting in QUICK for part in ("-c", setting)]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [postgres, "-D", str(data), "-k", str(folder), *settings], stdout=log, stderr=log, user=user, cwd=folder
            )
        try:
            address = f"postgresql://standoff@/postgres?host={folder}"
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(address: str) -> None:
    """Return as soon as the server answers."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


@contextmanager
def make_database(server: str, *, template: str = "template0", name: str | None = None) -> Iterator[str]:
    """Make a database on the server, as a copy of another, give its address, and drop it in the end."""
    name = name or f"standoff_test_{os.getpid()}_{next(numbers)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
