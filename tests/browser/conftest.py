"""The desk in a real Chromium: served on loopback, watched for whatever a page says that it should not.

The browser is the one that STANDOFF_CHROMIUM names, or /usr/bin/chromium; without one these tests are skipped. A page
that asks for anything but the desk, writes an error to the console or breaks the content policy fails its test.
"""

from __future__ import annotations

import os
import pathlib
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from standoff.store.database import Store
    from standoff.web.decided.renewal import Renewal

pytest.register_assert_rewrite("looks")

HERE = pathlib.Path(__file__).parent
CHROMIUM = os.environ.get("STANDOFF_CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars"),
)
USER = "analyst"  # who sits at the machine
WIDE = 1280
STARTING = 60  # seconds that a server may take to start
PATIENCE = 30_000  # milliseconds that a browser waits for what it expects


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let these tests reach loopback, and nothing else."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1"]))


@dataclass(frozen=True)
class Served:
    """Hold a running desk: where it is, the store that it shows, and what makes its record anew."""

    url: str
    store: Store
    renewal: Renewal


@dataclass
class Watched:
    """Hold what pages did that they should not, and make pages that are watched for it."""

    url: str
    browser: Browser
    faults: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def open(
        self, address: str = "/", *, width: int = WIDE, height: int = 900, script: str = "", **options: Any
    ) -> Page:
        """Give a new page at that address of the desk, in a visit of its own; `script` runs before the page's own."""
        context = self.browser.new_context(
            base_url=self.url, viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: self._note_request(request.url))
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda told: told.type == "error" and self.faults.append(f"{page.url}: {told.text}"))
        page.on("response", lambda got: got.status >= 500 and self.faults.append(f"{got.url}: {got.status}"))
        if script:
            page.add_init_script(script)
        page.goto(address)
        return page

    def forgive(self, *words: str) -> None:
        """Leave out what a test means to provoke: a page that is refused writes an error to the console."""
        self.faults = [fault for fault in self.faults if not any(word in fault for word in words)]

    def _note_request(self, asked: str) -> None:
        if not asked.startswith((self.url, "data:", "blob:")):
            self.faults.append(f"asked for {asked}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start the browser, for one module: Playwright's loop must have ended where other tests run loops of their own."""
    if shutil.which(CHROMIUM) is None:
        pytest.skip(f"no browser at {CHROMIUM}: install Chromium, or name one in STANDOFF_CHROMIUM")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def serve(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[pathlib.Path], Served]]:
    """Give a function that serves a copy of a store on a free port of loopback, until the test ends."""
    import uvicorn

    from standoff.store.database import open_store
    from standoff.web.app import create_app
    from standoff.web.decided.renewal import start_renewals

    monkeypatch.setenv("LOGNAME", USER)
    running: list[tuple[uvicorn.Server, threading.Thread, Renewal]] = []

    def start(original: pathlib.Path) -> Served:
        copy = tmp_path / f"desk-{len(running)}.db"
        shutil.copy(original, copy)
        store = open_store(str(copy))
        app = create_app(store)
        renewal = start_renewals(app)
        config = uvicorn.Config(
            app, host="127.0.0.1", port=0, log_level="critical", access_log=False, http="h11", ws="none"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        running.append((server, thread, renewal))
        until = time.monotonic() + STARTING
        while not server.started and thread.is_alive() and time.monotonic() < until:
            time.sleep(0.01)
        assert server.started, "the desk did not start"
        port = server.servers[0].sockets[0].getsockname()[1]
        return Served(url=f"http://127.0.0.1:{port}", store=store, renewal=renewal)

    yield start
    for server, thread, renewal in running:
        server.should_exit = True
        thread.join(STARTING)
        renewal.wait(STARTING)


@pytest.fixture
def served(serve: Callable[[pathlib.Path], Served], example_store: pathlib.Path) -> Served:
    """Serve the example articles, on this machine alone and without accounts: whoever comes is the owner."""
    return serve(example_store)


@pytest.fixture
def visit(served: Served, chromium: Browser) -> Iterator[Watched]:
    """Give what opens pages of the desk; at the end, none may have done what it should not."""
    yield from watch(served, chromium)


def watch(served: Served, chromium: Browser) -> Iterator[Watched]:
    """Yield what opens pages of a desk, and hold them to their manners once the test is done."""
    watched = Watched(served.url, chromium)
    yield watched
    for context in watched.contexts:
        context.close()
    assert not watched.faults, "\n".join(watched.faults)
