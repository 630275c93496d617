"""Keep who may use the desk: accounts with a role and a password's hash, and the sessions that they opened.

Nothing here knows a password or a session's token; both come as hashes, made by who asks.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import Column, Connection, ForeignKey, Table, Text, delete, insert, select, update

from standoff.errors import StoreError
from standoff.store.exact import ExactText
from standoff.store.record.tables import metadata

Role = Literal["reader", "reviewer", "owner"]  # each may what the one before may, and more

accounts = Table(
    "accounts",
    metadata,
    Column("name", ExactText, primary_key=True),
    Column("password", Text),
    Column("role", Text, nullable=False),
    Column("created", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", ExactText, primary_key=True),
    Column("account", ExactText, ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("created", Text, nullable=False),
    Column("expires", Text, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Hold one account; `password` is a hash, or None for who comes in another way. Moments are in UTC (ISO)."""

    name: str
    role: Role
    password: str | None = None
    created: str

    def __repr__(self) -> str:
        """Leave the hash out, so that it gets into no log."""
        return f"Account(name={self.name!r}, role={self.role!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Hold one session of an account; `token` is the hash of what the browser sends."""

    token: str
    account: str
    created: str
    expires: str


def insert_account(connection: Connection, account: Account) -> None:
    """Add an account. Raises StoreError if there is one of that name."""
    if select_account(connection, account.name) is not None:
        raise StoreError(f"there is an account “{account.name}” already; choose another name.")
    connection.execute(insert(accounts).values(asdict(account)))


def select_account(connection: Connection, name: str) -> Account | None:
    """Give the account of that name, if there is one."""
    row = connection.execute(select(accounts).where(accounts.c.name == name)).one_or_none()
    return None if row is None else Account(**row._asdict())


def select_accounts(connection: Connection) -> tuple[Account, ...]:
    """Give all accounts, by name."""
    rows = connection.execute(select(accounts).order_by(accounts.c.name))
    return tuple(Account(**row._asdict()) for row in rows)


def change_account(connection: Connection, name: str, *, role: Role | None = None, password: str | None = None) -> None:
    """Give an account another role or another password's hash; a new password ends its sessions.

    Raises StoreError if the store would be left without an owner.
    """
    if role is not None and role != "owner":
        _keep_an_owner(connection, name)
    values = {key: value for key, value in (("role", role), ("password", password)) if value is not None}
    if values:
        connection.execute(update(accounts).where(accounts.c.name == name).values(values))
    if password is not None:
        connection.execute(delete(sessions).where(sessions.c.account == name))


def delete_account(connection: Connection, name: str) -> None:
    """Remove an account and its sessions; what it judged stays. Raises StoreError if no owner would be left."""
    _keep_an_owner(connection, name)
    connection.execute(delete(sessions).where(sessions.c.account == name))
    connection.execute(delete(accounts).where(accounts.c.name == name))


def insert_session(connection: Connection, session: Session) -> None:
    """Open a session."""
    connection.execute(insert(sessions).values(asdict(session)))


def select_session(connection: Connection, token: str, *, now: str) -> tuple[Session, Account] | None:
    """Give the session with this token's hash and its account, unless it has expired by `now` (UTC, ISO)."""
    wanted = select(sessions).where(sessions.c.token == token, sessions.c.expires > now)
    row = connection.execute(wanted).one_or_none()
    if row is None:
        return None
    account = select_account(connection, row.account)
    return None if account is None else (Session(**row._asdict()), account)


def delete_session(connection: Connection, token: str) -> None:
    """End a session."""
    connection.execute(delete(sessions).where(sessions.c.token == token))


def delete_expired(connection: Connection, *, now: str) -> None:
    """Forget the sessions that have expired by `now`."""
    connection.execute(delete(sessions).where(sessions.c.expires <= now))


def _keep_an_owner(connection: Connection, name: str) -> None:
    owners = {account.name for account in select_accounts(connection) if account.role == "owner"}
    if owners == {name}:
        raise StoreError(f"“{name}” is the only owner; make another account an owner first.")
