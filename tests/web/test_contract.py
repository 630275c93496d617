"""Whatever is asked, the desk answers as its own description (OpenAPI) says, and never fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.python.asgi import get_client
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from standoff.store.database import Store
from standoff.web.app import create_app
from standoff.web.door import Door
from standoff.web.limits import Rate
from standoff.web.people import add_account

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=8,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
OWNER = "Ada Ito"


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Rate, "take", lambda self, key: 0)


@pytest.fixture
def desk(desk_store: Store, unlimited: None) -> Iterator[Any]:
    """Give a desk behind a proxy that names its owner, so that nothing that is tried shuts the test out."""
    add_account(desk_store, name=OWNER, role="owner", password=None, by="a test")
    yield create_app(desk_store, door=Door(desk_store, header="X-Forwarded-User"))


def come_locally(app: Any) -> Any:
    """Give the application as it is reached from its own machine."""

    async def call(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            scope = {**scope, "client": ("127.0.0.1", 1)}
        await app(scope, receive, send)

    return call


def test_every_address_answers_as_described(desk: Any) -> None:
    failed: list[str] = []
    schema = schemathesis.openapi.from_dict(desk.openapi())
    schema.app = come_locally(desk)
    with get_client(schema.app) as client:
        client.headers["X-Forwarded-User"] = OWNER
        page = client.get("http://127.0.0.1/account").text
        token = page.split('name="standoff-token" content="')[1].split('"')[0]
        for found in schema.get_all_operations():
            operation = found.ok()

            @BOUNDED
            @given(operation.as_strategy())
            def probe(case: Any) -> None:
                case.headers = {**(case.headers or {}), "X-Standoff-Token": token}
                case.call_and_validate(session=client, base_url="http://127.0.0.1", checks=CHECKS)

            try:
                probe()
            except Exception as error:  # one operation's failure hides no other's
                failed.append(f"{operation.label}: {error!r:.1500}")
    assert failed == [], "\n\n".join(failed)
