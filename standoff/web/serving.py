"""Serve the desk of a store at an address, to this machine alone unless people are told apart."""

from __future__ import annotations

import contextlib
import errno
import logging
import socket
import threading
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import uvicorn

from standoff.errors import ConfigError
from standoff.store.database import Store
from standoff.web.app import create_app
from standoff.web.decided.renewal import start_renewals
from standoff.web.door.visitors import Door, is_loopback

logger = logging.getLogger("standoff.desk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Say where a desk is to be reached, and by what header a proxy before it names who comes."""

    host: str = "127.0.0.1"
    port: int = 8321
    header: str | None = None
    proxies: Sequence[str] = ()


def serve_desk(store: Store, place: Place, *, url: str, on_ready: Callable[[str], None]) -> None:
    """Serve until interrupted; `on_ready` is given the desk's address as soon as it answers there.

    Raises ConfigError for a place that is taken or does not exist, and for one that others can reach while everybody
    who comes would be the owner; `url` is the store's, to say what to do then.
    """
    door = Door(store, header=place.header, proxies=place.proxies)
    check_place(door, place, url=url)
    listening = open_socket(place.host, place.port)
    host, port = listening.getsockname()[:2]
    shown = place.host if is_loopback(place.host) else host
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"
    app = create_app(store, door=door)
    start_renewals(app)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # whose word is taken on that is the door's to tell
        timeout_keep_alive=15,
        timeout_graceful_shutdown=3,
        limit_concurrency=200,
    )
    server = _Announcing(config, on_ready=lambda: on_ready(address))
    with contextlib.closing(listening), contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


def check_place(door: Door, place: Place, *, url: str) -> None:
    """Refuse a place from which anybody could act as the owner. Raises ConfigError, which says what to do."""
    way = door.tell_way()
    if way == "proxy" and not door.has_accounts():
        raise ConfigError(
            f"{place.header} names people, and this store has no accounts for them; add the first with: "
            f"standoff store account add NAME --role owner --no-password {url}"
        )
    if way == "local" and not is_loopback(place.host):
        raise ConfigError(
            f"others can reach {place.host}, and this store has no accounts to tell them apart; add one first with: "
            f"standoff store account add NAME --role owner {url}"
        )


def open_socket(host: str, port: int) -> socket.socket:
    """Listen at a host and port; 0 takes any that is free. Raises ConfigError if that cannot be."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, place = found[0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(place)
            listening.listen(128)
        except OSError:
            listening.close()
            raise
    except (OSError, OverflowError, UnicodeError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise ConfigError(f"port {port} is taken; give another, as --port {min(port + 1, 65535)}.") from error
        said = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise ConfigError(
            f"{host}, port {port}, cannot be served from: {said}; give another --host or --port."
        ) from error
    return listening


def open_browser(address: str) -> None:
    """Open the desk in this machine's browser, without waiting for it."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


class _Announcing(uvicorn.Server):
    """Tell when the server answers."""

    def __init__(self, config: uvicorn.Config, *, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()
