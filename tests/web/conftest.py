"""What the desk's tests share: a store of the example articles, and a client that stands for a browser beside it."""

from __future__ import annotations

import pathlib
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import pytest_socket
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from judging import make_report

from standoff.store.database import Store, open_store
from standoff.web.app import create_app
from standoff.web.door import passwords
from standoff.web.door.visitors import Door
from standoff.workflow.kept import renew_record

LOCAL = ("127.0.0.1", 50000)


@pytest.fixture(autouse=True)
def _allow_pairs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the client run an event loop, which takes a pair of local sockets; the network stays shut."""
    if request.node.get_closest_marker("enable_socket") or "socket_enabled" in request.fixturenames:
        yield
        return
    pytest_socket.enable_socket()
    pytest_socket.disable_socket(allow_unix_socket=True)
    yield
    pytest_socket.enable_socket()
    pytest_socket.disable_socket()


@pytest.fixture
def desk_store(example_store: pathlib.Path, tmp_path: pathlib.Path) -> Iterator[Store]:
    """Give a store of the example articles that a test may change."""
    place = tmp_path / "desk.db"
    shutil.copy(example_store, place)
    store = open_store(str(place))
    yield store
    store.engine.dispose()


@pytest.fixture
def store(tmp_path: pathlib.Path) -> Iterator[Store]:
    """Give a store of two short reports that name two people."""
    store = open_store(str(tmp_path / "dispute.db"))
    for reading in (make_report("a1"), make_report("a2", person="Noor Haddad")):
        store.add_reading(reading, made_by={"standoff": "1"})
    renew_record(store, made_by={"standoff": "1"})
    yield store
    store.close()


@pytest.fixture
def client(store: Store, make_client: Any) -> Any:
    """Give a browser at the desk of that store."""
    return make_client(store)


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a password's hash take no time, where a test is about something else."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_load_hasher", lambda: quick)
    monkeypatch.setattr(passwords, "_make_decoy", lambda: quick.hash("\0"))


class DeskClient(TestClient):
    """Ask the desk as a browser on its own machine does, without following to where it is sent on."""

    def read_token(self, page: str = "/articles") -> str:
        """Give the token that a page's forms carry."""
        found = re.search(r'name="(?:standoff-)?token" (?:value|content)="([^"]+)"', self.get(page).text)
        return found[1] if found else ""

    def submit(self, address: str, data: dict[str, Any], *, page: str = "/articles", **more: Any) -> Any:
        """Post a form as a page does: with the token that `page` carries."""
        return self.post(address, data={"token": self.read_token(page), **data}, **more)


MakeClient = Callable[..., DeskClient]


@pytest.fixture
def make_client() -> Iterator[MakeClient]:
    """Give a way to open a desk of any store, by any door, from any address."""
    opened: list[DeskClient] = []

    def make(
        store: Store, *, door: Door | None = None, client: tuple[str, int] = LOCAL, base: str = "http://127.0.0.1:8321"
    ) -> DeskClient:
        made = DeskClient(create_app(store, door=door), base_url=base, client=client, follow_redirects=False)
        opened.append(made)
        return made

    yield make
    for made in opened:
        made.close()


@pytest.fixture
def desk_client(desk_store: Store, make_client: MakeClient) -> DeskClient:
    """Give a client of a desk on the example articles, for which it is the local owner."""
    return make_client(desk_store)
