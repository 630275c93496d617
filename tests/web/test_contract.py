"""Whatever is asked, the desk answers as its own description (OpenAPI) says, and never fails."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from crawl import crawl
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
from standoff.web.door.limits import Rate
from standoff.web.door.people import add_account
from standoff.web.door.visitors import Door

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
BOUNDED = settings(
    max_examples=5,
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
def desk(desk_store: Store, unlimited: None) -> Any:
    """Give a desk behind a proxy that names its owner, so that nothing that is tried shuts the test out."""
    add_account(desk_store, name=OWNER, role="owner", password=None, by="a test")
    return create_app(desk_store, door=Door(desk_store, header="X-Forwarded-User"))


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


ODD = st.one_of(
    st.sampled_from(
        ["", "0", "-1", "1e9", "9" * 30, "9999-99-99", "2021-03-01", "NaN", "true", "\u0663", "\ud800", "%", "_"]
    ),
    st.sampled_from(
        [
            '"',
            '"a',
            "-",
            "-a",
            "a OR",
            "or or or",
            "a AND NOT",
            "NEAR(a b)",
            "a*",
            "*",
            "^a",
            "{a b}:c",
            "''",
            "(",
            "a:b",
            "&|!<->",
            "\\",
        ]
    ),
    st.text(max_size=12),
)


def test_whatever_is_asked_of_a_page_is_answered_or_refused_in_one_sentence(
    desk: Any, make_client: Any, desk_store: Store
) -> None:
    client = make_client(desk_store, door=Door(desk_store, header="X-Forwarded-User"))
    client.headers["X-Forwarded-User"] = OWNER
    paths = client.app.openapi()["paths"]
    pages = [
        (path, [item["name"] for item in answers["get"].get("parameters", ()) if item["in"] == "query"])
        for path, answers in paths.items()
        if "get" in answers and "{" not in path and not path.endswith((".xlsx", ".csv"))
    ]
    assert len(pages) > 10

    @settings(parent=BOUNDED, max_examples=120)
    @given(st.data())
    def probe(data: Any) -> None:
        path, names = data.draw(st.sampled_from(pages))
        asked = {name: data.draw(ODD).encode("utf-8", "replace") for name in names if data.draw(st.booleans())}
        answer = client.get(path, params=asked)
        assert answer.status_code in (200, 303, 400, 404, 409, 422), (path, asked, answer.status_code)
        if answer.status_code >= 400 and path.endswith(".json"):
            assert answer.json()["detail"].endswith((".", "?", "…", "!")), (path, asked, answer.text)

    probe()


def test_every_link_of_the_desk_leads_somewhere(desk_client: Any) -> None:
    broken = {
        address: answer.status_code
        for address, answer in crawl(desk_client, each=2, asked=1)
        if answer.status_code not in (200, 303)
    }
    assert broken == {}
