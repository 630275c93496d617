"""Who is let in to the desk, with what role, and what is refused at its door."""

from __future__ import annotations

from typing import Any

import pytest


def test_alone_on_a_machine_one_is_the_owner(desk_client: Any) -> None:
    shown = desk_client.get("/account.json").json()
    assert (shown["role"], shown["way"]) == ("owner", "local")


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "10.0.0.1"])
def test_without_accounts_the_desk_answers_to_its_own_name_only(desk_client: Any, host: str) -> None:
    answer = desk_client.get("/articles", headers={"host": host})
    assert answer.status_code == 403
    assert "reached as localhost" in answer.text
