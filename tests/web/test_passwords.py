"""A password is kept as a hash that costs something, and a weak one is refused."""

from __future__ import annotations

import pytest

from standoff.errors import ConfigError
from standoff.web.door.passwords import LONGEST, check_password, hash_password


def test_a_hash_is_argon2id_with_a_salt_of_its_own() -> None:
    first, second = (hash_password("quiet green harbour", name="ada") for _ in range(2))
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second
    assert check_password("quiet green harbour", first)
    assert not check_password("Quiet green harbour", first)


def test_one_password_typed_on_two_keyboards_is_one() -> None:
    assert check_password("cafe\u0301 au lait chaud", hash_password("café au lait chaud", name="ada"))


@pytest.mark.parametrize("kept", [None, "", "no hash", "$argon2id$"])
def test_without_a_hash_no_password_is_right(kept: str | None) -> None:
    assert not check_password("\0", kept)
    assert not check_password("x" * (LONGEST + 1), kept)
    assert not check_password("\ud800", kept)


@pytest.mark.parametrize("weak", ["", "short", "aaaaaaaaaaaaaaaa", "abababababababab", "x" * (LONGEST + 1)])
def test_a_weak_password_is_refused(weak: str) -> None:
    with pytest.raises(ConfigError, match="password"):
        hash_password(weak, name="ada")


def test_a_name_is_no_password() -> None:
    with pytest.raises(ConfigError, match="easy to guess"):
        hash_password("Ada Ito of Somewhere", name="ada ito of somewhere")
