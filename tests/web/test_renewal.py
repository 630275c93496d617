"""The record is made anew behind the desk: one run at a time, shown while it lasts, and a failure shown too."""

from __future__ import annotations

import pathlib
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from judging import judge, make_report

from standoff.errors import ConfigError
from standoff.store.database import Store, open_store
from standoff.web.app import create_app
from standoff.web.decided import renewal as module
from standoff.web.decided.renewal import Renewal, request_renewal, start_renewals
from standoff.workflow.kept import renew_record

SOON = 60.0


@pytest.fixture
def store(tmp_path: pathlib.Path) -> Iterator[Store]:
    store = open_store(str(tmp_path / "dispute.db"))
    store.add_reading(make_report("a1"), made_by={"standoff": "1"})
    renew_record(store, made_by={"standoff": "1"})
    yield store
    store.close()


def decide(store: Store) -> None:
    record = store.load_record()
    store.add_judgement(judge(record, "events", record.events[0].id, "reject"))


def test_what_was_decided_is_in_the_record_soon_after(store: Store) -> None:
    renewal = Renewal(store)
    assert renewal.look().state == "idle"
    decide(store)
    renewal.request()
    assert renewal.wait(SOON)
    assert store.load_record().events == ()
    assert renewal.look().state == "idle"
    assert store.is_current()


def test_one_run_at_a_time_and_one_more_for_all_who_asked_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go, runs = threading.Event(), threading.Event(), []

    def renew(*given: Any, **named: Any) -> None:
        runs.append(threading.current_thread().name)
        begun.set()
        assert go.wait(SOON)

    monkeypatch.setattr(module, "renew_record", renew)
    renewal = Renewal(store)
    renewal.request()
    assert begun.wait(SOON)
    assert renewal.look().state == "running"
    assert renewal.look().since
    assert "is being made anew since" in renewal.look().sentence
    for _ in range(5):
        renewal.request()
    go.set()
    assert renewal.wait(SOON)
    assert len(runs) == 2


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ConfigError("the actors file is broken."), "the actors file is broken. What was decided is kept."),
        (ZeroDivisionError("division"), "ZeroDivisionError: division; please report this."),
    ],
)
def test_a_run_that_fails_is_told_until_the_next_one(
    store: Store, monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    def fail(*given: Any, **named: Any) -> None:
        raise error

    renewal = Renewal(store)
    with monkeypatch.context() as patched:
        patched.setattr(module, "renew_record", fail)
        renewal.request()
        assert renewal.wait(SOON)
    assert renewal.look().state == "failed"
    assert sentence in renewal.look().sentence
    renewal.request()
    assert renewal.wait(SOON)
    assert renewal.look().state == "idle"


def test_a_desk_that_is_behind_begins_at_once_and_one_without_renewals_never(store: Store) -> None:
    app = create_app(store)
    request_renewal(app)
    assert start_renewals(app).look().state == "idle"
    decide(store)
    renewal = start_renewals(create_app(store))
    assert renewal.wait(SOON)
    assert store.is_current()


def test_every_page_says_how_it_stands(store: Store, make_client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = make_client(store)
    assert client.get("/renewal.json").json()["state"] == "idle"
    assert 'data-state="idle"></p>' in client.get("/renewal").text
    renewal = start_renewals(client.app)

    def fail(*given: Any, **named: Any) -> None:
        raise ConfigError("the actors file <is> broken.")

    monkeypatch.setattr(module, "renew_record", fail)
    renewal.request()
    assert renewal.wait(SOON)
    page = client.get("/articles").text
    assert "the actors file &lt;is&gt; broken." in page
    assert client.get("/renewal.json").json()["state"] == "failed"
