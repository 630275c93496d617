"""Add, change and remove those who may use a desk, and check who they say they are; each is put into the log."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import get_args

from standoff.errors import ConfigError, SourceError
from standoff.store.database import Store
from standoff.store.kept.accounts import (
    Account,
    Role,
    change_account,
    delete_account,
    insert_account,
    select_account,
    select_accounts,
)
from standoff.web.door.limits import Patience
from standoff.web.door.passwords import check_password, hash_password

logger = logging.getLogger("standoff.desk")

ROLES: tuple[Role, ...] = get_args(Role)
LONGEST_NAME = 64


@dataclass(slots=True, kw_only=True)
class Gatekeeper:
    """Check names and passwords, and make who keeps guessing wait: by name and address together, and by either.

    By the name alone the wait stays short, so that nobody can keep another out of their account for long.
    """

    both: Patience = field(default_factory=lambda: Patience(free=5, longest=900))
    address: Patience = field(default_factory=lambda: Patience(free=20, longest=900))
    name: Patience = field(default_factory=lambda: Patience(free=20, longest=30))

    def check(self, store: Store, *, name: str, password: str, address: str) -> Account | int | None:
        """Give the account that this is the password of, or None, or the seconds to wait before the next try."""
        said = name[:LONGEST_NAME]
        tries = ((self.both, (said, address)), (self.address, address), (self.name, said))
        wait = max(patience.take(key) for patience, key in tries)
        if wait:
            logger.warning("log-in of %r from %s put off for %d s", said, address, wait)
            return wait
        with store.read() as connection:
            account = select_account(connection, name)
        if not check_password(password, account.password if account else None) or account is None:
            logger.warning("log-in of %r from %s failed", said, address)
            return None
        for patience, key in tries:
            patience.forgive(key)
        logger.info("%r logged in from %s", account.name, address)
        return account


def list_accounts(store: Store) -> tuple[Account, ...]:
    """Give all accounts, by name."""
    with store.read() as connection:
        return select_accounts(connection)


def add_account(store: Store, *, name: str, role: str, password: str | None, by: str) -> Account:
    """Add an account; without a password it is for whom a proxy names. The first must be an owner's.

    Raises ConfigError for a name, a role or a password that will not do, StoreError for a name that is taken.
    """
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise ConfigError(f"an account's name has 1 to {LONGEST_NAME} characters that can be seen; give another.")
    kept = None if password is None else hash_password(password, name=name)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    account = Account(name=name, role=_read_role(role), password=kept, created=now)
    with store.write(alone=True) as connection:
        if account.role != "owner" and not select_accounts(connection):
            raise ConfigError("the first account must be an owner's, who can add the others; give it the role owner.")
        insert_account(connection, account)
    logger.info("%r added the account %r as %s", by, name, role)
    return account


def change_role(store: Store, *, name: str, role: str, by: str) -> None:
    """Give an account another role. Raises StoreError if no owner would be left."""
    wanted = _read_role(role)
    with store.write(alone=True) as connection:
        if select_account(connection, name) is None:
            raise _miss(name)
        change_account(connection, name, role=wanted)
    logger.info("%r made %r a %s", by, name, role)


def set_password(store: Store, *, name: str, password: str, by: str) -> None:
    """Give an account another password, which ends its sessions everywhere."""
    kept = hash_password(password, name=name)
    with store.write(alone=True) as connection:
        if select_account(connection, name) is None:
            raise _miss(name)
        change_account(connection, name, password=kept)
    logger.info("%r set the password of %r", by, name)


def remove_account(store: Store, *, name: str, by: str) -> None:
    """Remove an account and its sessions; what it judged stays. Raises StoreError if no owner would be left."""
    with store.write(alone=True) as connection:
        if select_account(connection, name) is None:
            raise _miss(name)
        delete_account(connection, name)
    logger.info("%r removed the account %r", by, name)


def _read_role(role: str) -> Role:
    found = next((known for known in ROLES if known == role), None)
    if found is None:
        raise ConfigError(f"“{role}” is not a role; choose from {', '.join(ROLES)}.")
    return found


def _miss(name: str) -> SourceError:
    return SourceError(f"there is no account “{name}” here; add it first.")
