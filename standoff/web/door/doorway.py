"""Stand before every page: refuse what is malformed, too large or too much, let the door say who comes, guard answers.

Every answer, also of an error, goes out with the headers that keep a browser from running, framing or keeping what is
not ours to give.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
from collections.abc import Mapping
from types import MappingProxyType
from typing import NoReturn
from urllib.parse import quote, urlsplit

from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standoff.errors import StandoffError
from standoff.web.answers import answer, answer_error
from standoff.web.desk import Visitor
from standoff.web.door.limits import Rate
from standoff.web.door.visitors import OPEN, VISIT, Admission, Door

logger = logging.getLogger("standoff.desk")

BODY, PATH, QUESTION = 1_000_000, 2_000, 8_000  # the most that is taken, in bytes
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HOST = re.compile(r"[A-Za-z0-9._:\[\]-]{1,255}")
NOBODY = Visitor(name="", role="reader")

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        "X-Robots-Tag": "noindex, nofollow",
    }
)
# A page is kept by this browser alone, and asked for anew; so are our own files, which a new version changes.
KEPT = "private, no-cache"


class Doorway:
    """Be the outermost part of the desk (ASGI)."""

    def __init__(self, app: ASGIApp, *, door: Door) -> None:
        self.app = app
        self.door = door
        # Beyond what people do by hand; on one's own machine there is nobody to keep from it.
        self.changes = Rate(per_minute=600)
        self.searches = Rate(per_minute=300)
        self.takings = Rate(per_minute=60)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        request.state.visitor, request.state.token, request.state.session = NOBODY, "", None
        request.state.door, request.state.way, request.state.address = self.door, None, None
        visit = request.cookies.get(VISIT, "")
        fresh = "" if re.fullmatch(r"[\w-]{43}", visit) else secrets.token_urlsafe(32)
        begun = False

        async def send_guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", KEPT)
                if fresh and headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", write_cookie(VISIT, fresh, request))
            await send(message)

        try:
            replayed = await self._meet(request, receive, fresh or visit)
            if isinstance(replayed, Response):
                await replayed(scope, receive, send_guarded)
            else:
                await self.app(scope, replayed, send_guarded)
        except (StandoffError, HTTPException) as error:
            await answer_error(request, error)(scope, receive, send_guarded)
        except ClientDisconnect:
            return
        except Exception:
            logger.exception("could not answer %s %r", request.method, request.url.path)
            if begun:
                raise
            sentence = "the desk could not answer this, through a fault of its own, which it has put into its log."
            await answer(request, 500, sentence)(scope, receive, send_guarded)

    async def _meet(self, request: Request, receive: Receive, visit: str) -> Receive | Response:
        """Give the body to go on with, or the answer if the request goes no further."""
        _check_form(request)
        peer = request.client.host if request.client else None
        request.state.address = self._find_address(request, peer)
        path = request.url.path
        if path == "/house.css" or path.startswith("/static/"):
            return receive
        met: Admission = await run_in_threadpool(self.door.admit, request, peer=peer, visit=visit)
        request.state.way, request.state.token, request.state.session = met.way, met.token, met.session
        if met.visitor is not None:
            request.state.visitor = met.visitor
            if met.way != "local":
                self._limit(request, met.visitor.name)
        elif not path.startswith(OPEN):
            return _ask_to_log_in(request)
        if request.method in SAFE:
            return receive
        _check_origin(request)
        return await _take_body(request, receive)

    def _find_address(self, request: Request, peer: str | None) -> str:
        """Give the address of who asks; a proxy's word is taken on that, and on whether it was asked by https."""
        if not self.door.trusts(peer):
            return peer or "unknown"
        if request.headers.get("x-forwarded-proto", "").strip().lower() == "https":
            request.scope["scheme"] = "https"
        forwarded = request.headers.get("x-forwarded-for", "").split(",")
        named = [part.strip() for part in reversed(forwarded) if part.strip()]
        return next((address for address in named if not self.door.trusts(address)), peer or "unknown")[:64]

    def _limit(self, request: Request, name: str) -> None:
        path = request.url.path
        for rate, applies in (
            (self.changes, request.method not in SAFE),
            (self.searches, path.startswith("/search")),
            (self.takings, path.endswith((".csv", ".xlsx"))),
        ):
            if applies and (wait := rate.take(name)):
                refuse_for_now(wait, "this was asked for too often in a minute")


def refuse_for_now(seconds: int, why: str) -> NoReturn:
    """Raise the answer to who should come back later."""
    unit = "second" if seconds == 1 else "seconds"
    raise HTTPException(429, f"{why}; try again in {seconds} {unit}.", headers={"Retry-After": str(seconds)})


def write_cookie(name: str, value: str, request: Request, *, seconds: int | None = None) -> str:
    """Give a cookie that scripts cannot read, and that goes by https alone where the desk is reached so.

    >>> write_cookie("standoff_visit", "x", Request({"type": "http", "scheme": "https", "headers": []}))
    'standoff_visit=x; HttpOnly; SameSite=Lax; Path=/; Secure'
    """
    parts = [f"{name}={value}", "HttpOnly", "SameSite=Lax", "Path=/"]
    if seconds is not None:
        parts.append(f"Max-Age={seconds}")
    if request.scope.get("scheme") == "https":
        parts.append("Secure")
    return "; ".join(parts)


def _check_form(request: Request) -> None:
    """Refuse an address that no link of ours has."""
    if not HOST.fullmatch(request.headers.get("host", "")):
        raise HTTPException(400, "the request names no host that can be understood; open the desk by its address.")
    path, question = request.scope["path"], request.scope.get("query_string", b"")
    if len(path.encode("utf-8", "replace")) > PATH or len(question) > QUESTION:
        raise HTTPException(
            414, f"this address is too long; a path has {PATH} and a question {QUESTION} bytes at most."
        )
    if "\0" in path or b"%00" in question or b"\0" in question:
        raise HTTPException(400, "this address holds a character that no text has (NUL); leave it out.")


def _check_origin(request: Request) -> None:
    """Refuse what another site's page sends; a browser says so, and what is no browser says nothing."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    elsewhere = site is not None and site not in ("same-origin", "none")
    if origin is not None and find_host(origin) != request.headers.get("host", "").lower():
        elsewhere = True
    if elsewhere:
        logger.warning("refused %s %r sent from %r", request.method, request.url.path, origin or site)
        raise HTTPException(403, "this was sent from another site; open the desk itself and send it from there.")


def find_host(origin: str) -> str | None:
    """Give the host and port of an origin; None for what is none."""
    try:
        return urlsplit(origin).netloc.lower() or None
    except ValueError:
        return None


async def _take_body(request: Request, receive: Receive) -> Receive:
    """Take the whole body, up to what is allowed, and give it to be read once more."""
    sentence = f"more was sent than the desk takes, which is {BODY // 1_000_000} MB; send less at once."
    said = request.headers.get("content-length", "0")
    if not said.isascii() or not said.isdigit() or int(said[:12]) > BODY:
        raise HTTPException(413, sentence)
    taken = bytearray()
    async for piece in request.stream():
        taken += piece
        if len(taken) > BODY:
            raise HTTPException(413, sentence)
    _check_characters(request, bytes(taken))
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": bytes(taken), "more_body": False}

    return receive_again


def _check_characters(request: Request, body: bytes) -> None:
    """Refuse JSON that says half a character (a lone surrogate), which no text that a person types has."""
    if "json" in request.headers.get("content-type", "") and b"\\ud" in body.lower():
        try:
            json.dumps(json.loads(body), ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise HTTPException(400, "the body holds half a character (a lone surrogate); leave it out.") from error
        except ValueError:
            return  # no JSON at all: who reads it says so better


def _ask_to_log_in(request: Request) -> Response:
    """Send who looks at a page to log in and back again; tell a program that it must."""
    path = request.url.path
    asks_page = request.method in SAFE and "text/html" in request.headers.get("accept", "")
    if not asks_page or path.endswith((".json", ".csv", ".xlsx")):
        raise HTTPException(401, "nobody is logged in; log in first, at /login.")
    wanted = quote(path) + (f"?{request.url.query}" if request.url.query else "")
    after = f"?next={quote(wanted, safe='')}" if wanted != "/" else ""
    return RedirectResponse(f"/login{after}", status_code=303)
