"""Fetch a page from the web, from public addresses only, within limits of time and size."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from standoff.errors import SourceError
from standoff.ingest.article import make_article
from standoff.ingest.html import MAX_BYTES, read_html
from standoff.ingest.plain import decode_text
from standoff.records import Article

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

PORTS = {"http": 80, "https": 443}
CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 10, 20, 60
REDIRECTS = 5
TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # IPv4 numbers as NAT64 writes them (RFC 6052)
CHUNK = 65_536
HTML_TYPES = ("text/html", "application/xhtml+xml")
HEADERS = {
    "User-Agent": "standoff",
    "Accept": "text/html, application/xhtml+xml, text/plain",
    "Accept-Encoding": "gzip",
}


class Address(NamedTuple):
    """What of a web address a request needs; the host in its ASCII form."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """The host and, unless it is the scheme's own, the port: as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


class Page(NamedTuple):
    """What an address answered; `url` is where the last redirect led."""

    url: str
    type: str
    data: bytes


def is_address(path: str) -> bool:
    """Tell whether a path is a web address rather than a file's name."""
    return "://" in path


def read_page(url: str, *, allow_private: bool = False) -> Article:
    """Fetch an address and give its article; raises SourceError where there is none."""
    page = fetch_page(url, allow_private=allow_private)
    if page.type in HTML_TYPES:
        return read_html(page.data, url, url=page.url)
    if page.type == "text/plain":
        return make_article(decode_text(page.data), url, url=page.url)
    raise SourceError(
        f"it answers with {page.type or 'no content type'}; give the address of a web page or plain text."
    )


def fetch_page(url: str, *, allow_private: bool = False) -> Page:
    """Fetch an http or https address, following up to five redirects.

    Every hop's host is resolved once, its address checked, and that very address connected to, so that a name cannot
    lead inside the network (RFC 1918, loopback, link-local) by resolving differently a moment later.
    """
    deadline = time.monotonic() + WHOLE_SECONDS
    for _ in range(REDIRECTS + 1):
        address = _split_address(url)
        response = send_request(address, resolve_host(address, allow_private=allow_private))
        try:
            target = response.headers.get("Location") if 300 <= response.status < 400 else None
            if target is None:
                return _read_response(response, url, deadline)
            url = urljoin(url, target)
        finally:
            response.close()
    raise SourceError(f"it redirects more than {REDIRECTS} times; give the address of the article itself.")


def _split_address(url: str) -> Address:
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError as error:
        raise SourceError(f"{url} is not a valid address ({error}); check it.") from error
    if parts.scheme not in PORTS:
        raise SourceError(f"{parts.scheme}: addresses are not fetched; give an http or https address.")
    if not host or port == 0:
        raise SourceError(f"{url} names no host; give a whole address.")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(parts.scheme, host, port or PORTS[parts.scheme], target)


def resolve_host(address: Address, *, allow_private: bool) -> str:
    """Give an IP number of the host; raises SourceError if any of its numbers is not a public one."""
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise SourceError(f"the host {address.host} cannot be found; check the address and the network.") from error
    numbers = [str(entry[4][0]) for entry in found]
    if not allow_private and not all(map(_is_public, numbers)):
        raise SourceError(
            f"{address.host} lies inside a private network, from which nothing is fetched unless allowed."
        )
    return numbers[0]


def _is_public(number: str) -> bool:
    """Tell whether an IP number is one of the open internet, looking through IPv6 forms that carry an IPv4 number."""
    found = ipaddress.ip_address(number.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        carried = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in TRANSLATED else None
        found = found.ipv4_mapped or found.sixtofour or carried or found
    return found.is_global and not found.is_multicast


def send_request(address: Address, number: str) -> BaseHTTPResponse:
    """Ask the IP number that was checked, in the name of the host; a certificate must be the host's."""
    import urllib3

    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    host, port = address.host, address.port
    if address.scheme == "https":
        pool: urllib3.HTTPConnectionPool = urllib3.HTTPSConnectionPool(
            number, port, timeout=timeout, server_hostname=host, assert_hostname=host
        )
    else:
        pool = urllib3.HTTPConnectionPool(number, port, timeout=timeout)
    headers = {**HEADERS, "Host": address.origin}
    try:
        return pool.urlopen(
            "GET", address.target, headers=headers, redirect=False, retries=False, preload_content=False
        )
    except urllib3.exceptions.HTTPError as error:
        raise SourceError(f"{host} does not answer ({type(error).__name__}); try again later.") from error


def _read_response(response: BaseHTTPResponse, url: str, deadline: float) -> Page:
    if response.status != 200:
        raise SourceError(f"it answers {response.status} {response.reason or ''}".rstrip() + "; check the address.")
    data = b"".join(_limit_stream(response, deadline))
    return Page(url, response.headers.get("Content-Type", "").split(";")[0].strip().lower(), data)


def _limit_stream(response: BaseHTTPResponse, deadline: float) -> Iterator[bytes]:
    """Yield the answer, unpacked, up to the limits: what counts is the size that it unpacks to."""
    import urllib3

    size = 0
    try:
        while chunk := response.read1(CHUNK, decode_content=True):  # what has come: `read` would wait for a full chunk
            size += len(chunk)
            if size > MAX_BYTES:
                raise SourceError(f"the page has more than {MAX_BYTES // 1_000_000} MB; save its article to a file.")
            if time.monotonic() > deadline:
                raise SourceError(f"the page takes more than {WHOLE_SECONDS} seconds; save its article to a file.")
            yield chunk
    except urllib3.exceptions.HTTPError as error:
        raise SourceError(f"the answer breaks off ({type(error).__name__}); try again later.") from error
