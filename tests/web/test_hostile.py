"""Whatever a report, a name or a reason holds, every page shows it as text and runs none of it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pytest
from crawl import crawl, list_routes, match_route, parse
from hostile import EVIL, PAYLOADS, PLAIN, make_hostile_judgements, make_hostile_record

from standoff.store.database import Store, open_store
from standoff.store.kept.views import View, insert_view
from standoff.web.door.people import add_account
from standoff.web.door.visitors import Door

ADDRESSES = {"href", "src", "action", "formaction", "poster", "data", "cite", "background", "xlink:href", "srcset"}
OPENING, CLOSING = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u2069"
ICON = "data:image/svg+xml,"  # the frame's own
FORMULA = re.compile("[=+@\t\r\n＝＋－＠]")


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """Give what every page, table and file of a hostile record's desk answers, by its address."""
    import pytest_socket
    from fastapi.testclient import TestClient

    from standoff.web.app import create_app

    pytest_socket.enable_socket()
    pytest_socket.disable_socket(allow_unix_socket=True)
    store = open_store(str(tmp_path_factory.mktemp("hostile") / "hostile.db"))
    record = make_hostile_record()
    store.save_record(record)
    for judgement in make_hostile_judgements(record):
        store.add_judgement(judgement)
    with store.write() as connection:
        for number, payload in enumerate(PAYLOADS):
            named = {"title": payload, "who": payload, "at": "2021-03-01T12:00:00+00:00"}
            insert_view(connection, View(id=f"view_{number}", address="/conflicts?kind=contested", **named))
    client = TestClient(create_app(store), base_url="http://127.0.0.1", client=("127.0.0.1", 1), follow_redirects=False)
    with client:
        yield dict(crawl(client, each=len(PAYLOADS) + 1, asked=1)) | {"routes": list_routes(client)}
    store.engine.dispose()


def pick(answers: dict[str, Any], media: str) -> dict[str, Any]:
    return {
        address: answer
        for address, answer in answers.items()
        if address != "routes" and answer.headers.get("content-type", "").startswith(media)
    }


def test_every_route_was_walked_and_none_failed(answers: dict[str, Any]) -> None:
    met = {match_route(answers["routes"], urlsplit(address).path) for address in answers if address != "routes"}
    assert [route for route in answers["routes"] if route not in met] == []
    walked = {address: answer for address, answer in answers.items() if address != "routes"}
    assert {address: answer.status_code for address, answer in walked.items() if answer.status_code >= 500} == {}


def test_every_answer_carries_the_policy(answers: dict[str, Any]) -> None:
    for address, answer in answers.items():
        if address != "routes":
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'; script-src 'self'; style-src 'self';" in policy, address
            assert "unsafe" not in policy
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert "evil" not in answer.headers.get("set-cookie", "")


def test_no_payload_becomes_markup(answers: dict[str, Any]) -> None:
    found = []
    for address, answer in pick(answers, "text/html").items():
        page = parse(answer)
        for element in page.iter():
            name = element.tag if isinstance(element.tag, str) else "comment"
            if EVIL in name or name in ("comment", "base", "iframe", "object", "embed", "style"):
                found.append((address, name))
            if name == "script" and (not element.get("src", "").startswith("/static/") or element.text):
                found.append((address, "script"))
            for key, value in element.attrib.items():
                if key.startswith("on") or key in ("style", "srcdoc") or EVIL in key:
                    found.append((address, f"{name} {key}"))
                if key in ADDRESSES and not leads_well(value) and not (name == "link" and value.startswith(ICON)):
                    found.append((address, f"{name} {key}={value[:40]}"))
    assert found == []


def leads_well(address: str) -> bool:
    """Tell whether an address is one within the desk, or a web page that the browser asks about first."""
    if re.search("[\x00-\x20]", address):
        return False
    return bool(re.match(r"/(?![/\\])|#|\?|$", address)) or urlsplit(address).scheme in ("http", "https")


def test_payloads_are_shown_as_they_are(answers: dict[str, Any]) -> None:
    text = " ".join(parse(answer).text_content() for answer in pick(answers, "text/html").values())
    for payload in PLAIN:
        assert payload in text
    assert "31337*31337" in text
    assert str(31337 * 31337) not in text
    assert "\0" not in text


def test_turned_text_turns_nothing_after_it(answers: dict[str, Any]) -> None:
    for address, answer in pick(answers, "text/html").items():
        page = parse(answer)
        for text in (*page.itertext(), *(value for element in page.iter() for value in element.attrib.values())):
            depth = 0
            for character in text:
                depth += (character in OPENING) - (character in CLOSING)
            assert depth <= 0, (address, text)


def test_tables_hold_no_formula(answers: dict[str, Any]) -> None:
    tables = pick(answers, "text/csv")
    assert tables
    for address, answer in tables.items():
        for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if FORMULA.match(cell)], address
    books = pick(answers, "application/vnd.openxmlformats")
    assert books
    for answer in books.values():
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        for row in (row for sheet in book for row in sheet.iter_rows()):
            assert not [cell.value for cell in row if cell.data_type == "f" or cell.hyperlink]


def test_json_reads_back_with_every_character(answers: dict[str, Any]) -> None:
    twins = pick(answers, "application/json")
    assert twins
    for answer in twins.values():
        json.loads(answer.content)
    reports = next(answer.json() for address, answer in twins.items() if address == "/articles.json")
    said = json.dumps(reports, ensure_ascii=False)
    assert all(json.dumps(payload, ensure_ascii=False)[1:-1] in said for payload in PAYLOADS if len(payload) < 1000)


def test_an_accounts_name_is_text_too(desk_store: Store, make_client: Any) -> None:
    name = f"<{EVIL}>\"' onload=x"
    add_account(desk_store, name=name, role="owner", password=None, by=name)
    client = make_client(desk_store, door=Door(desk_store, header="X-Forwarded-User"))
    for address in ("/account", "/accounts"):
        page = parse(client.get(address, headers={"X-Forwarded-User": name}))
        assert name in page.text_content()
        assert not page.xpath(f"//*[@onload or name()='{EVIL}']")
