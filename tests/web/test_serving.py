"""Serving the desk from the command line: where it may stand, what it says, and how accounts are added."""

from __future__ import annotations

import pathlib
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from typing import Any

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.errors import ConfigError, StandoffError
from standoff.store.database import Store, open_store
from standoff.store.kept.accounts import select_account
from standoff.web.door.people import add_account
from standoff.web.door.visitors import Door
from standoff.web.serving import Place, check_place, open_socket

PASSWORD = "quiet green harbour"


@pytest.fixture
def empty(tmp_path: pathlib.Path) -> pathlib.Path:
    place = tmp_path / "dispute.db"
    open_store(str(place)).engine.dispose()
    return place


def run(*arguments: object, given: str | None = None) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=given)


def complain(*arguments: object, given: str | None = None) -> str:
    error = run(*arguments, given=given).exception
    assert isinstance(error, StandoffError)
    return str(error)


def test_accounts_are_added_listed_changed_and_removed(empty: pathlib.Path, quick_passwords: None) -> None:
    given = f"{PASSWORD}\n"
    added = run("store", "account", "add", "ada", empty, "--role", "owner", "--password-stdin", given=given)
    assert added.output == "added: ada, owner\n"
    assert run("store", "account", "add", "ben", empty, "--no-password").output == "added: ben, reviewer\n"
    assert run("store", "account", "role", "ben", "reader", empty).output == "changed: ben, reader\n"
    assert run("store", "account", "password", "ben", empty, "--password-stdin", given=given).exit_code == 0
    assert re.fullmatch(r"ada\towner\t\S+\t\nben\treader\t\S+\t\n", run("store", "account", "list", empty).output)
    assert run("store", "account", "remove", "ben", empty).output == "removed: ben\n"
    with open_store(str(empty)).read() as connection:
        kept = select_account(connection, "ada")
    assert kept is not None
    assert kept.password is not None
    assert PASSWORD not in kept.password


def test_a_password_is_never_an_argument(empty: pathlib.Path) -> None:
    assert "--password-stdin" in complain("store", "account", "add", "ada", empty, "--role", "owner")
    assert run("store", "account", "add", "ada", empty, "--password", PASSWORD).exit_code == 2
    assert "12 to 256" in complain(
        "store", "account", "add", "ada", empty, "--role", "owner", "--password-stdin", given="x\n"
    )


def test_without_accounts_others_are_not_let_near(desk_store: Store) -> None:
    for host in ("0.0.0.0", "::", "192.0.2.1", "desk.example"):
        with pytest.raises(ConfigError, match=r"standoff store account add NAME --role owner dispute\.db"):
            check_place(Door(desk_store), Place(host=host), url="dispute.db")
    check_place(Door(desk_store), Place(host="localhost"), url="dispute.db")


def test_a_trusted_header_needs_accounts_to_name(desk_store: Store) -> None:
    door, place = Door(desk_store, header="X-Forwarded-User"), Place(host="0.0.0.0", header="X-Forwarded-User")
    with pytest.raises(ConfigError, match=r"--no-password dispute\.db"):
        check_place(door, place, url="dispute.db")
    add_account(desk_store, name="ada", role="owner", password=None, by="a test")
    check_place(door, place, url="dispute.db")


def test_accounts_let_the_desk_stand_anywhere(desk_store: Store) -> None:
    add_account(desk_store, name="ada", role="owner", password=None, by="a test")
    check_place(Door(desk_store), Place(host="0.0.0.0"), url="dispute.db")


def test_no_such_store_is_one_sentence(tmp_path: pathlib.Path) -> None:
    assert "make one with: standoff read PATHS --store" in complain("serve", tmp_path / "none.db")


def test_what_is_missing_is_named(empty: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "standoff.web.serving", None)
    monkeypatch.delattr("standoff.web.serving", raising=False)
    assert "pip install 'standoff[web]'" in complain("serve", empty)


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_one_sentence() -> None:
    with open_socket("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(ConfigError, match=f"port {port} is taken; give another, as --port {port + 1}"):
            open_socket("127.0.0.1", port)
    with pytest.raises(ConfigError, match="cannot be served from"):
        open_socket("192.0.2.1", 0)


@pytest.mark.enable_socket
def test_the_desk_is_served_until_it_is_stopped(empty: pathlib.Path) -> None:
    command = [sys.executable, "-u", "-c", "from standoff.cli import main; main()", "serve", str(empty), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        assert served.stderr is not None
        said = served.stdout.readline()
        found = re.search(r"is at (http://127\.0\.0\.1:\d+/)", said)
        assert found, said
        with urllib.request.urlopen(f"{found[1]}articles") as answer:
            assert answer.status == 200
            assert "server" not in {name.lower() for name in answer.headers}
        strange = urllib.request.Request(f"{found[1]}articles", headers={"Host": "elsewhere.example"})
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(strange)
        served.send_signal(signal.SIGINT)
        served.wait(timeout=30)
        assert (served.returncode, served.stderr.read()) == (0, "")
