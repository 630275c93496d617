"""Tell who comes to the desk and what they may do: the local owner, an account, or whom a proxy names.

On a machine of one's own, without accounts, everybody who comes is its owner. As soon as the store has an account, one
logs in. Behind a reverse proxy that knows people already, its header names the account. Every form carries a token that
only this desk's pages know.
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from fastapi import Header, HTTPException, Request

from standoff.errors import ConfigError
from standoff.store.database import Store
from standoff.store.kept.accounts import (
    Account,
    Role,
    Session,
    delete_expired,
    delete_session,
    insert_session,
    select_account,
    select_accounts,
    select_session,
)
from standoff.web.desk import Visitor
from standoff.web.door.people import Gatekeeper

Way = Literal["local", "account", "proxy"]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

SESSION, VISIT = "standoff_session", "standoff_visit"  # the cookies: who is logged in; which browser it is
LASTING = timedelta(days=14)  # a session; after that one logs in again
LOOPBACK = ("127.0.0.0/8", "::1/128")
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
OPEN = ("/login", "/house.css", "/static/")  # what one sees before one is let in


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Say how a request was met: who comes, with what token for forms; no visitor means that one must log in first."""

    visitor: Visitor | None
    way: Way
    token: str
    session: str | None = None  # the hash of the session's token


class Door:
    """Let people in to one store. `header` is the one by which a proxy names them, `proxies` whose word is taken."""

    def __init__(self, store: Store, *, header: str | None = None, proxies: Iterable[str] = ()) -> None:
        self.store = store
        self.header = header
        self.proxies = read_networks((*LOOPBACK, *proxies))
        self.gatekeeper = Gatekeeper()
        self._secret = secrets.token_bytes(32)
        self._has_accounts = False

    def tell_way(self) -> Way:
        """Tell how people come in."""
        if self.header is not None:
            return "proxy"
        return "account" if self.has_accounts() else "local"

    def has_accounts(self) -> bool:
        """Tell whether the store has accounts; once it has one it always has, so that is asked only until then."""
        if not self._has_accounts:
            with self.store.read() as connection:
                self._has_accounts = bool(select_accounts(connection))
        return self._has_accounts

    def trusts(self, address: str | None) -> bool:
        """Tell whether a request from this address may say for whom it comes."""
        return is_within(address, self.proxies)

    def admit(self, request: Request, *, peer: str | None, visit: str) -> Admission:
        """Let a request in; `peer` is the address that it comes from, `visit` what tells one browser from another.

        Raises HTTPException where it can never be let in like this.
        """
        way = self.tell_way()
        if way == "local":
            _check_local(request, peer)
            visitor = Visitor(name=name_user(), role="owner")
        elif way == "proxy":
            visitor = self._ask_proxy(request, peer)
        else:
            return self._ask_session(request, visit)
        return Admission(visitor=visitor, way=way, token=self._sign(visit, visitor.name))

    def open_session(self, account: Account) -> str:
        """Begin a session and give its token, of which only the hash is kept."""
        token = secrets.token_urlsafe(32)
        now = datetime.now(UTC)
        session = Session(token=_hash(token), account=account.name, created=_write(now), expires=_write(now + LASTING))
        with self.store.write() as connection:
            delete_expired(connection, now=_write(now))
            insert_session(connection, session)
        return token

    def close_session(self, session: str) -> None:
        """End the session whose token has this hash."""
        with self.store.write() as connection:
            delete_session(connection, session)

    def _ask_proxy(self, request: Request, peer: str | None) -> Visitor:
        if not self.trusts(peer):
            raise HTTPException(403, f"this desk is reached through its proxy only, not from {peer}.")
        names = request.headers.getlist(self.header or "")
        if not any(names):
            raise HTTPException(401, f"the proxy did not say who you are; let it set {self.header}.")
        if len(names) > 1:  # one may be the visitor's own
            raise HTTPException(
                401, f"{self.header} came {len(names)} times; let the proxy overwrite it, not add to it."
            )
        name = names[0]
        with self.store.read() as connection:
            account = select_account(connection, name)
        if account is None:
            raise HTTPException(403, f"“{name}” has no account here; ask an owner of this desk for one.")
        return Visitor(name=account.name, role=account.role)

    def _ask_session(self, request: Request, visit: str) -> Admission:
        token = request.cookies.get(SESSION)
        if token:
            with self.store.read() as connection:
                found = select_session(connection, _hash(token), now=_write(datetime.now(UTC)))
            if found is not None:
                session, account = found
                visitor = Visitor(name=account.name, role=account.role)
                form = _sign(token.encode("utf-8", "replace"), "form")  # of the session, so that it outlives a restart
                return Admission(visitor=visitor, way="account", token=form, session=session.token)
        return Admission(visitor=None, way="account", token=self._sign(visit, ""))

    def _sign(self, visit: str, name: str) -> str:
        return _sign(self._secret, f"{visit}\n{name}")


def need(role: Role) -> Callable[[Request], Visitor]:
    """Give the dependency that lets on who has this role or a higher one, and gives them."""

    def check_role(request: Request) -> Visitor:
        visitor: Visitor = request.state.visitor
        if not visitor.may(role):
            raise HTTPException(403, f"this takes the role {role}, and yours is {visitor.role}; ask an owner for it.")
        return visitor

    return check_role


async def check_token(
    request: Request, x_standoff_token: Annotated[str | None, Header(description="Or as the form's `token`.")] = None
) -> None:
    """Refuse what was not sent from one of this desk's own pages: it lacks the token that they carry.

    Goes with every address that changes something. The token comes as the form's field `token` or as a header.
    """
    given: object = x_standoff_token
    if given is None and "form" in request.headers.get("content-type", ""):
        given = (await request.form()).get("token")
    known: str = request.state.token
    if not isinstance(given, str) or not hmac.compare_digest(given.encode("utf-8", "replace"), known.encode()):
        raise HTTPException(403, "this form is too old or not from this desk; load its page anew and send it again.")


def keep_local(address: str | None) -> str:
    """Give an address to go on to if it is one within this desk, else the desk's first page.

    >>> keep_local("/conflicts?since=2021-01-01"), keep_local("//elsewhere.example"), keep_local("https:x")
    ('/conflicts?since=2021-01-01', '/', '/')
    """
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")) or not address.isprintable():
        return "/"
    return address


def read_networks(named: Iterable[str]) -> tuple[Network, ...]:
    """Give networks by their names; raises ConfigError for what is none."""
    try:
        return tuple(ipaddress.ip_network(name) for name in named)
    except ValueError as error:
        raise ConfigError(f"{error}; give an address such as 10.0.0.5, or a network such as 10.0.0.0/24.") from error


def is_within(address: str | None, networks: Iterable[Network]) -> bool:
    """Tell whether an address lies in one of the networks; what is no address lies in none.

    >>> is_within("127.0.0.1", read_networks(LOOPBACK)), is_within("testclient", read_networks(LOOPBACK))
    (True, False)
    """
    try:
        known = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    known = getattr(known, "ipv4_mapped", None) or known
    return any(known in network for network in networks)


def is_loopback(host: str) -> bool:
    """Tell whether a host's name or address, as one types it, is this machine's own and nobody else's."""
    return host.strip("[]").rstrip(".").lower() == "localhost" or is_within(host.strip("[]"), read_networks(LOOPBACK))


def name_user() -> str:
    """Give the name of who runs the desk."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container may give its user no name
        return "owner"


def _check_local(request: Request, peer: str | None) -> None:
    """Refuse who would be taken for the owner and is not: another machine, another site's name, a proxy's guests."""
    if not is_loopback(peer or ""):
        raise HTTPException(403, "this desk has no accounts, so it answers its own machine only; add an account first.")
    if not is_loopback(request.url.hostname or ""):
        raise HTTPException(
            403, f"this desk has no accounts, so it is reached as localhost, not as {request.url.hostname}."
        )
    if any(name in request.headers for name in FORWARDED):
        raise HTTPException(
            403, "this desk has no accounts, so it does not answer through a proxy; add an account, or --trust-header."
        )


def _sign(key: bytes, text: str) -> str:
    return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _write(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
