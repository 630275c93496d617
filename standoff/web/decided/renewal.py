"""Have the record made anew in the background after somebody decided something."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from fastapi import FastAPI

from standoff.errors import StandoffError
from standoff.resolve.memory import Memory
from standoff.store.database import Store
from standoff.workflow.anew import read_again
from standoff.workflow.kept import load_made_by, renew_record

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Say whether the record is being made anew, since when (UTC, ISO), and in words; "idle" has nothing to say.

    `done` and `of` count articles that are read again, where any are. A run that failed says why until the next one.
    """

    state: Literal["idle", "running", "failed"]
    since: str | None = None
    done: int = 0
    of: int = 0
    sentence: str = ""


class Renewal:
    """Make a store's record anew in one thread, one run at a time; who asks while one runs is served by the next."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._memory = Memory()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wanted = False
        self._anew = False
        self._state = State(state="idle")

    def request(self, *, read: bool = False) -> None:
        """Ask for a run; with `read`, one that reads the articles again first, for settings that have changed."""
        with self._lock:
            self._wanted = True
            self._anew |= read
            if self._thread is None:
                self._tell_begun()
                self._thread = threading.Thread(target=self._run, name="renewal", daemon=True)
                self._thread.start()

    def look(self) -> State:
        """Give how it stands."""
        with self._lock:
            return self._state

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is left to do, and tell whether that came about in time."""
        thread = self._thread
        if thread is not None:
            thread.join(seconds)
        return self._thread is None

    def _run(self) -> None:
        while self._take_over():
            try:
                self._renew()
            except StandoffError as error:
                self._fail(str(error))
            except Exception as error:  # whatever it is, it is shown on every page rather than lost with the thread
                log.exception("the record could not be made anew")
                self._fail(f"{type(error).__name__}: {error}; please report this.")

    def _take_over(self) -> bool:
        """Begin the next run if one is wanted; else end the thread, and tell so."""
        with self._lock:
            if not self._wanted:
                self._thread = None
                if self._state.state == "running":
                    self._state = State(state="idle")
                return False
            self._wanted = False
            self._tell_begun()
            return True

    def _renew(self) -> None:
        with self._lock:
            read, self._anew = self._anew, False
        if read:
            read_again(self._store, memory=self._memory, on_progress=self._count)
        else:
            renew_record(self._store, memory=self._memory)
        if not self._store.is_current():
            with self._lock:
                self._wanted = True

    def _count(self, done: int, of: int) -> None:
        with self._lock:
            sentence = f"The reports are being read again by the new settings: {done} of {of}."
            self._state = State(state="running", since=self._state.since, done=done, of=of, sentence=sentence)

    def _fail(self, why: str) -> None:
        with self._lock:
            at = datetime.now(UTC)
            sentence = f"The record could not be made anew at {at:%H:%M} UTC: {why} What was decided is kept."
            self._state = State(state="failed", since=at.isoformat(timespec="seconds"), sentence=sentence)

    def _tell_begun(self) -> None:
        at = datetime.now(UTC)
        sentence = f"The record is being made anew since {at:%H:%M} UTC; then it will follow the last decisions."
        self._state = State(state="running", since=at.isoformat(timespec="seconds"), sentence=sentence)


def start_renewals(app: FastAPI) -> Renewal:
    """Let a desk make its record anew in the background from now on; at once, if something was decided since it was."""
    renewal = app.state.renewal = Renewal(app.state.store)
    if load_made_by(app.state.store) and not app.state.store.is_current():
        renewal.request()
    return renewal


def request_renewal(app: FastAPI, *, read: bool = False) -> None:
    """Ask that the record be made anew soon; asking again before it is begun asks once.

    A desk for which `start_renewals` was not called leaves its record as it is.
    """
    renewal = find_renewal(app)
    if renewal is not None:
        renewal.request(read=read)


def find_renewal(app: FastAPI) -> Renewal | None:
    """Give what makes a desk's record anew, if anything does."""
    return getattr(app.state, "renewal", None)


def look_at_renewal(app: FastAPI) -> State:
    """Give how it stands with a desk's record."""
    renewal = find_renewal(app)
    return State(state="idle") if renewal is None else renewal.look()
