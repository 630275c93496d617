"""Addresses: what is fetched, from where never, and within which limits. Nothing here touches a network."""

from __future__ import annotations

import io
import socket
from typing import Any

import pytest
import urllib3

from standoff.errors import SourceError
from standoff.ingest import web
from standoff.ingest.sources import read_articles
from standoff.records import Article, Failure

STORY = b"The ferry crews of Limassol voted on Sunday to stay ashore."
PUBLIC = "93.184.216.34"


def answer(data: bytes = STORY, *, status: int = 200, **headers: str) -> urllib3.HTTPResponse:
    fields = {"Content-Type": "text/plain; charset=utf-8"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return urllib3.HTTPResponse(io.BytesIO(data), headers=fields, status=status, preload_content=False)


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Stand for the network: `numbers` by host name, `answers` by path, and the requests that were sent."""
    state: dict[str, Any] = {"numbers": {}, "answers": {}, "sent": []}

    def resolve(host: str, port: int, **_: object) -> list[Any]:
        if host == "nowhere.example":
            raise socket.gaierror("no such host")
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port))
            for number in state["numbers"].get(host, [PUBLIC])
        ]

    def send(address: web.Address, number: str) -> urllib3.HTTPResponse:
        state["sent"].append((address.origin, number, address.target))
        found = state["answers"].get(address.target, answer())
        assert isinstance(found, urllib3.HTTPResponse)
        return found

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(web, "send_request", send)
    return state


def reason_of(url: str, **options: bool) -> str:
    (item,) = read_articles(url, **options)
    assert isinstance(item, Failure)
    assert item.source == url
    return item.reason


def test_a_page_is_fetched_from_the_number_that_was_checked(net: dict[str, Any]) -> None:
    (item,) = read_articles("https://post.example:8443/crews?id=1#top")
    assert isinstance(item, Article)
    assert (item.text, item.source) == (STORY.decode(), "https://post.example:8443/crews?id=1#top")
    assert net["sent"] == [("post.example:8443", PUBLIC, "/crews?id=1")]


def test_redirects_are_followed_and_checked_again(net: dict[str, Any]) -> None:
    net["answers"] = {
        "/a": answer(b"", status=301, Location="/b"),
        "/c": answer(b"", status=302, Location="http://inside.example/"),
    }
    net["numbers"] = {"inside.example": ["10.0.0.7"]}
    (item,) = read_articles("http://post.example/a")
    assert isinstance(item, Article)
    assert item.url == "http://post.example/b"
    assert "inside.example lies inside a private network" in reason_of("http://post.example/c")


def test_redirects_end(net: dict[str, Any]) -> None:
    net["answers"] = {"/": answer(b"", status=302, Location="/")}
    assert (
        reason_of("http://post.example/") == "it redirects more than 5 times; give the address of the article itself."
    )
    assert len(net["sent"]) == 6


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::",
    ],
)
def test_private_numbers_are_refused_unless_allowed(net: dict[str, Any], number: str) -> None:
    net["numbers"] = {"inside.example": [PUBLIC, number]}
    url = "http://inside.example/"
    assert reason_of(url) == (
        "inside.example lies inside a private network, from which nothing is fetched unless allowed."
    )
    assert net["sent"] == []
    (item,) = read_articles(url, allow_private=True)
    assert isinstance(item, Article)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://post.example/a", "ftp: addresses are not fetched; give an http or https address."),
        ("file:///etc/passwd", "file: addresses are not fetched; give an http or https address."),
        ("http:///a", "http:///a names no host; give a whole address."),
        ("http://post.example:99999/", "is not a valid address"),
        ("http://[::1/", "is not a valid address"),
        ("http://nowhere.example/", "the host nowhere.example cannot be found; check the address and the network."),
    ],
)
def test_bad_addresses(net: dict[str, Any], url: str, reason: str) -> None:
    assert reason in reason_of(url)
    assert net["sent"] == []


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (answer(status=404), "it answers 404; check the address."),
        (answer(Content_Type="image/png"), "it answers with image/png; give the address of a web page or plain text."),
        (answer(b"<html></html>", Content_Type="text/html"), "there is no article on this page"),
        (answer(b"not gzip", Content_Encoding="gzip"), "the answer breaks off (DecodeError); try again later."),
        (answer(b"x" * 10_000_001), "the page has more than 10 MB; save its article to a file."),
    ],
)
def test_bad_answers(net: dict[str, Any], found: urllib3.HTTPResponse, reason: str) -> None:
    net["answers"] = {"/": found}
    assert reason_of("http://post.example/").startswith(reason)


def test_a_slow_answer_is_cut_off(net: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "WHOLE_SECONDS", -1)
    assert reason_of("http://post.example/") == "the page takes more than -1 seconds; save its article to a file."


def test_a_host_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise urllib3.exceptions.ProtocolError("refused")

    monkeypatch.setattr(urllib3.HTTPConnectionPool, "urlopen", refuse)
    for scheme in ("http", "https"):
        with pytest.raises(SourceError, match=r"post.example does not answer \(ProtocolError\)"):
            web.send_request(web.Address(scheme, "post.example", 80, "/"), PUBLIC)
