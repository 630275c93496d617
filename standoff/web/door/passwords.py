"""Make a password's hash (argon2id), and check a password against one, in the same time whether there is one or not."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from standoff.errors import ConfigError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 256  # characters
AT_ONCE = threading.Semaphore(2)  # a hash takes 64 MB by design: many log-ins at once must not take all there is


def hash_password(password: str, *, name: str) -> str:
    """Give the hash that an account keeps. Raises ConfigError for a password that is too easy to guess or too long."""
    said = _normalise(password)
    if not SHORTEST <= len(said) <= LONGEST:
        raise ConfigError(
            f"a password has {SHORTEST} to {LONGEST} characters; several words in a row are easy to keep."
        )
    if len(set(said)) < 5 or said.casefold() == name.casefold():
        raise ConfigError("this password is easy to guess; take several words in a row.")
    with AT_ONCE:
        return _load_hasher().hash(said)


def check_password(password: str, kept: str | None) -> bool:
    """Tell whether `kept` is the hash of `password`; with None, where there is no account, it takes as long."""
    from argon2.exceptions import InvalidHashError, VerificationError

    said = _normalise(password)
    if len(said) > LONGEST:
        return False
    with AT_ONCE:
        try:
            return _load_hasher().verify(kept or _make_decoy(), said) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _load_hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ModuleNotFoundError as error:
        raise ConfigError("\"argon2\" is needed here: pip install 'standoff[web]'.") from error
    return PasswordHasher()


@cache
def _make_decoy() -> str:
    """Give a hash of nothing anybody would type, so that an unknown name costs what a known one does."""
    return _load_hasher().hash("\0")


def _normalise(password: str) -> str:
    """Give one form to what keyboards write differently."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()
