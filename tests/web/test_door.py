"""Who is let in to the desk, with what role, and what is refused at its door."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant

from standoff.errors import ConfigError, StoreError
from standoff.store.database import Store, open_store
from standoff.store.kept.views import View, insert_view
from standoff.web.app import create_app
from standoff.web.door.people import add_account, change_role, remove_account, set_password
from standoff.web.door.visitors import SESSION, Door, check_token, is_loopback, keep_local, read_networks

pytestmark = pytest.mark.usefixtures("quick_passwords")
PASSWORD = "quiet green harbour"
FAR = ("203.0.113.9", 40000)
PAGE = {"accept": "text/html"}
HEADER = "X-Forwarded-User"


@pytest.fixture
def team(desk_store: Store) -> Store:
    """Give a store with an account for each role."""
    for name, role in (("ada", "owner"), ("ben", "reviewer"), ("cleo", "reader")):
        add_account(desk_store, name=name, role=role, password=PASSWORD, by="a test")
    return desk_store


def log_in(client: Any, name: str, password: str = PASSWORD, **more: str) -> Any:
    return client.submit("/login", {"name": name, "password": password, **more}, page="/login")


def test_alone_on_a_machine_one_is_the_owner(desk_client: Any) -> None:
    shown = desk_client.get("/account.json").json()
    assert (shown["role"], shown["way"]) == ("owner", "local")
    assert desk_client.get("/login").headers["location"] == "/"


@pytest.mark.parametrize("host", ["elsewhere.example", "127.0.0.1.elsewhere.example", "10.0.0.1", "[::2]:8321"])
def test_without_accounts_the_desk_answers_to_its_own_name_only(desk_client: Any, host: str) -> None:
    answer = desk_client.get("/articles", headers={"host": host})
    assert answer.status_code == 403
    assert "reached as localhost" in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8321", "127.0.0.1:8400", "[::1]:8321", "LOCALHOST:1"])
def test_every_name_of_the_machine_itself_will_do(desk_client: Any, host: str) -> None:
    assert desk_client.get("/articles", headers={"host": host}).status_code == 200


def test_without_accounts_the_desk_answers_no_other_machine(desk_store: Store, make_client: Any) -> None:
    answer = make_client(desk_store, client=FAR).get("/articles")
    assert (answer.status_code, "its own machine only" in answer.text) == (403, True)


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Host"])
def test_without_accounts_the_desk_answers_no_proxy(desk_client: Any, header: str) -> None:
    answer = desk_client.get("/articles", headers={header: "127.0.0.1"})
    assert (answer.status_code, "through a proxy" in answer.text) == (403, True)


@pytest.mark.parametrize("host", ["", "a b", "x" * 300, "<script>"])
def test_a_host_that_is_none_is_refused(desk_client: Any, host: str) -> None:
    assert desk_client.get("/articles", headers={"host": host}).status_code == 400


def test_every_address_that_changes_something_asks_for_the_token(desk_store: Store) -> None:
    def asks(dependant: Dependant) -> bool:
        return dependant.call is check_token or any(map(asks, dependant.dependencies))

    paths = create_app(desk_store).openapi()["paths"]
    changing = [(path, method) for path, methods in paths.items() for method in methods if method != "get"]
    assert changing
    for path, method in changing:
        parameters = paths[path][method].get("parameters", ())
        assert any(parameter["name"].lower() == "x-standoff-token" for parameter in parameters), path


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "\u00e9"])
def test_a_form_without_its_token_changes_nothing(desk_client: Any, desk_store: Store, token: str) -> None:
    form = {"token": token, "name": "eve", "role": "owner", "password": PASSWORD}
    answer = desk_client.post("/accounts", data=form)
    assert (answer.status_code, "load its page anew" in answer.text) == (403, True)
    assert desk_client.post("/accounts", data=form, headers={"X-Standoff-Token": "0"}).status_code == 403
    assert desk_client.get("/accounts.json").json()["accounts"] == []


def test_a_token_is_good_for_one_browser_and_one_desk(desk_store: Store, make_client: Any) -> None:
    mine, other = make_client(desk_store), make_client(desk_store)
    form = {"token": other.read_token(), "name": "ada", "role": "owner", "password": PASSWORD}
    assert mine.post("/accounts", data=form).status_code == 403


def test_the_token_may_come_as_a_header(desk_client: Any) -> None:
    headers = {"X-Standoff-Token": desk_client.read_token()}
    form = {"name": "ada", "role": "owner", "password": PASSWORD}
    assert desk_client.post("/accounts", data=form, headers=headers).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://[::1"},
    ],
)
def test_what_another_site_sends_is_refused_even_with_the_token(desk_client: Any, headers: dict[str, str]) -> None:
    form = {"token": desk_client.read_token(), "name": "ada", "role": "owner", "password": PASSWORD}
    answer = desk_client.post("/accounts", data=form, headers=headers)
    assert (answer.status_code, "another site" in answer.text) == (403, True)


def test_what_the_desk_itself_sends_is_taken(desk_client: Any) -> None:
    form = {"name": "ada", "role": "owner", "password": PASSWORD}
    headers = {"origin": "http://127.0.0.1:8321", "sec-fetch-site": "same-origin"}
    assert desk_client.submit("/accounts", form, headers=headers).status_code == 303


def test_with_the_first_account_everybody_logs_in(desk_client: Any) -> None:
    desk_client.submit("/accounts", {"name": "ada", "role": "owner", "password": PASSWORD})
    answer = desk_client.get("/conflicts?actor=a%20b", headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fconflicts%3Factor%3Da%2520b")
    assert desk_client.get("/conflicts.json", headers=PAGE).status_code == 401
    assert desk_client.get("/openapi.json").status_code == 401
    assert desk_client.get("/nowhere").status_code == 401
    assert desk_client.get("/static/desk.css").status_code == 200


def test_one_logs_in_looks_and_logs_out(team: Store, make_client: Any) -> None:
    client = make_client(team, client=FAR, base="https://desk.example")
    answer = log_in(client, "ben", next="/conflicts?kind=contested")
    assert (answer.status_code, answer.headers["location"]) == (303, "/conflicts?kind=contested")
    assert client.get("/account.json").json() == {"name": "ben", "role": "reviewer", "way": "account"}
    old = client.cookies[SESSION]
    answer = client.submit("/logout", {}, page="/account")
    assert (answer.headers["location"], answer.headers["clear-site-data"]) == ("/login", '"cache"')
    assert client.get("/account.json").status_code == 401
    client.cookies.set(SESSION, old)
    assert client.get("/account.json").status_code == 401


def test_cookies_are_kept_from_scripts_other_sites_and_open_lines(team: Store, make_client: Any) -> None:
    for base, secure in (("https://desk.example", True), ("http://desk.example", False)):
        answer = log_in(make_client(team, client=FAR, base=base), "ada")
        said = answer.headers["set-cookie"]
        assert said.startswith("standoff_session=")
        assert "; HttpOnly; SameSite=Lax; Path=/; Max-Age=1209600" in said
        assert ("; Secure" in said) == secure


def test_the_store_keeps_no_password_and_no_session(team: Store, make_client: Any) -> None:
    client = make_client(team)
    log_in(client, "ada")
    with team.read() as connection:
        kept = str(connection.exec_driver_sql("SELECT password, token FROM accounts, sessions").all())
    assert "argon2id" in kept
    assert PASSWORD not in kept
    assert client.cookies[SESSION] not in kept


@pytest.mark.parametrize(("name", "password"), [("ada", "wrong"), ("nobody", PASSWORD), ("", ""), ("ada", "x" * 999)])
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(
    team: Store, make_client: Any, name: str, password: str
) -> None:
    answer = log_in(make_client(team), name, password)
    assert (answer.status_code, "do not go together" in answer.text) == (401, True)


def test_an_unknown_name_takes_as_long_as_a_known_one(team: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from standoff.web.door import passwords
    from standoff.web.door.people import Gatekeeper

    asked: list[str] = []
    hasher = passwords._load_hasher()

    class Counting:
        def verify(self, kept: str, said: str) -> bool:
            asked.append(kept)
            return hasher.verify(kept, said)

    monkeypatch.setattr(passwords, "_load_hasher", Counting)
    monkeypatch.setattr(passwords, "_make_decoy", lambda: hasher.hash("\0"))
    for name in ("ada", "nobody"):
        Gatekeeper().check(team, name=name, password="wrong", address="a")
    assert len(asked) == 2


def test_who_keeps_guessing_waits_longer_and_longer(team: Store, make_client: Any) -> None:
    client = make_client(team)
    token = client.read_token("/login")
    for _ in range(5):
        assert client.post("/login", data={"token": token, "name": "ada", "password": "guess"}).status_code == 401
    answer = client.post("/login", data={"token": token, "name": "ada", "password": PASSWORD})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert "try again in 1 second." in answer.text
    assert log_in(client, "ben").status_code == 303


@pytest.mark.parametrize("next", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "x", ""])
def test_nobody_is_led_elsewhere_by_logging_in(team: Store, make_client: Any, next: str) -> None:
    assert log_in(make_client(team), "ada", next=next).headers["location"] == "/"
    assert keep_local(next) == "/"


@pytest.mark.parametrize("address", ["/a\r\nSet-Cookie: x=1", "/\u202eevil", "/a\tb"])
def test_an_address_to_go_on_to_holds_nothing_odd(address: str) -> None:
    assert keep_local(address) == "/"


@pytest.mark.parametrize(("name", "status"), [("ada", 200), ("ben", 403), ("cleo", 403)])
def test_only_owners_see_and_change_accounts(team: Store, make_client: Any, name: str, status: int) -> None:
    client = make_client(team)
    log_in(client, name)
    assert client.get("/accounts").status_code == status
    answer = client.submit("/accounts/role", {"name": "cleo", "role": "owner"}, page="/account")
    assert answer.status_code == (303 if status == 200 else 403)


def test_a_reader_may_not_judge_and_is_told_so(team: Store, make_client: Any) -> None:
    client = make_client(team)
    log_in(client, "cleo")
    wish = {"kind": "conflicts", "entry": "conflict_0", "verdict": "confirm"}
    answer = client.submit("/judgements", wish, page="/account")
    assert answer.status_code == 403
    assert "takes the role reviewer, and yours is reader" in answer.text


OWN = ("/login", "/logout", "/account/password")  # what everybody may send


def test_a_reader_changes_nothing_and_a_reviewer_settles_nothing(team: Store, make_client: Any) -> None:
    for name in ("cleo", "ben"):
        client = make_client(team)
        log_in(client, name)
        headers = {"X-Standoff-Token": client.read_token("/account")}
        for path, methods in client.app.openapi()["paths"].items():
            settles = path.startswith(("/accounts", "/settings"))
            for method in set(methods) - {"get"}:
                if path not in OWN and (name == "cleo" or settles):
                    address = re.sub(r"\{[^}]+\}", "x", path)
                    assert client.request(method, address, headers=headers).status_code == 403, (name, method, path)


def test_a_new_password_ends_all_sessions(team: Store, make_client: Any) -> None:
    here, there = make_client(team), make_client(team)
    log_in(here, "ben")
    log_in(there, "ben")
    form = {"old": PASSWORD, "new": "another long password", "again": "another long password"}
    assert here.submit("/account/password", form | {"old": "wrong"}, page="/account").status_code == 403
    assert here.submit("/account/password", form | {"again": "else"}, page="/account").status_code == 422
    assert here.submit("/account/password", form, page="/account").headers["location"] == "/login"
    assert there.get("/account.json").status_code == 401
    assert log_in(there, "ben").status_code == 401
    assert log_in(there, "ben", "another long password").status_code == 303


def test_an_owner_settles_accounts_but_one_owner_stays(team: Store, make_client: Any) -> None:
    client = make_client(team)
    log_in(client, "ada")
    for address, form, status in (
        ("/accounts", {"name": "dora", "role": "reader", "password": PASSWORD}, 303),
        ("/accounts", {"name": "dora", "role": "reader", "password": PASSWORD}, 409),
        ("/accounts", {"name": "erik", "role": "king", "password": PASSWORD}, 400),
        ("/accounts", {"name": "erik", "role": "reader", "password": "short"}, 400),
        ("/accounts", {"name": "e\u202erik", "role": "reader", "password": PASSWORD}, 400),
        ("/accounts/password", {"name": "dora", "password": "yet another password"}, 303),
        ("/accounts/remove", {"name": "dora"}, 303),
        ("/accounts/remove", {"name": "dora"}, 404),
        ("/accounts/remove", {"name": "ada"}, 409),
        ("/accounts/role", {"name": "ada", "role": "reader"}, 409),
    ):
        assert client.submit(address, form, page="/account").status_code == status, (address, form)
    assert [row["name"] for row in client.get("/accounts.json").json()["accounts"]] == ["ada", "ben", "cleo"]
    assert "argon2" not in client.get("/accounts.json").text


def test_the_first_account_is_an_owners(desk_store: Store) -> None:
    with pytest.raises(ConfigError, match="the first account must be an owner's"):
        add_account(desk_store, name="ben", role="reviewer", password=PASSWORD, by="a test")


def test_a_proxy_says_who_comes(team: Store, make_client: Any) -> None:
    client = make_client(team, door=Door(team, header=HEADER), base="http://desk.example")
    client.headers[HEADER] = "ben"
    assert client.get("/account.json").json() == {"name": "ben", "role": "reviewer", "way": "proxy"}
    form = {"kind": "conflicts", "entry": "conflict_0", "verdict": "confirm"}
    assert client.submit("/judgements", form).status_code == 404
    client.headers[HEADER] = "somebody"
    assert "has no account here" in client.get("/articles").text
    del client.headers[HEADER]
    assert client.get("/articles").status_code == 401


def test_only_the_proxy_is_believed(team: Store, make_client: Any) -> None:
    for proxies, status in (((), 403), (("203.0.113.0/24",), 200)):
        client = make_client(team, door=Door(team, header=HEADER, proxies=proxies), client=FAR)
        assert client.get("/articles", headers={HEADER: "ada"}).status_code == status


def test_a_header_that_comes_twice_names_nobody(team: Store, make_client: Any) -> None:
    client = make_client(team, door=Door(team, header=HEADER))
    answer = client.get("/articles", headers=[(HEADER, "ada"), (HEADER, "cleo")])
    assert (answer.status_code, "came 2 times" in answer.text) == (401, True)


def test_a_header_means_nothing_where_none_is_trusted(team: Store, make_client: Any) -> None:
    assert make_client(team).get("/articles", headers={HEADER: "ada"}).status_code == 401


def test_a_proxys_word_is_taken_on_https_and_on_who_asks(team: Store, make_client: Any, caplog: Any) -> None:
    caplog.set_level(logging.INFO, "standoff.desk")
    client = make_client(team, base="http://desk.example")
    client.headers["X-Forwarded-For"] = "198.51.100.7, 127.0.0.1"
    log_in(client, "ada")
    assert "'ada' logged in from 198.51.100.7" in caplog.text
    assert "http://desk.example/" in client.get("/articles.csv").text
    https = {"X-Forwarded-Proto": "https"}
    assert "https://desk.example/" in client.get("/articles.csv", headers=https).text
    assert (
        "; Secure" in make_client(team, base="http://desk.example").get("/login", headers=https).headers["set-cookie"]
    )
    far = make_client(team, base="http://desk.example", client=FAR)
    assert "; Secure" not in far.get("/login", headers=https).headers["set-cookie"]


def test_what_matters_is_logged_and_no_password_is(team: Store, make_client: Any, caplog: Any) -> None:
    caplog.set_level(logging.INFO, "standoff.desk")
    client = make_client(team)
    log_in(client, "ada\nroot logged in", "a wrong password")
    change_role(team, name="cleo", role="reviewer", by="ada")
    set_password(team, name="cleo", password="yet another password", by="ada")
    remove_account(team, name="cleo", by="ada")
    for said in ("made 'cleo' a reviewer", "set the password of 'cleo'", "removed the account 'cleo'", "failed"):
        assert said in caplog.text
    assert "\nroot" not in caplog.text
    assert "password'" not in caplog.text.replace("set the password of", "")
    assert "a wrong password" not in caplog.text


def test_networks_are_read_or_refused() -> None:
    assert len(read_networks(["10.0.0.0/24", "::1"])) == 2
    with pytest.raises(ConfigError, match="give an address such as"):
        read_networks(["proxy.example"])


def test_names_of_this_machine() -> None:
    assert [
        host for host in ("localhost", "127.9.9.9", "::1", "[::1]", "0.0.0.0", "::", "desk") if is_loopback(host)
    ] == [
        "localhost",
        "127.9.9.9",
        "::1",
        "[::1]",
    ]


def test_a_store_of_accounts_refuses_to_be_without_an_owner(team: Store) -> None:
    with pytest.raises(StoreError, match="only owner"):
        remove_account(team, name="ada", by="ada")


def test_who_is_refused_sees_nothing_of_the_store(team: Store, make_client: Any) -> None:
    with team.write() as connection:
        insert_view(
            connection, View(id="view_1", title="A secret list", address="/conflicts", who="ada", at="2021-03-01")
        )
    client = make_client(team)
    for address in ("/articles.csv?view=view_1", "/conflicts?view=view_1", "/login?view=view_1"):
        for accept in ("text/html", "*/*"):
            assert "A secret list" not in client.get(address, headers={"accept": accept}).text
    assert "Reports" not in client.get("/articles.csv").text
    log_in(client, "cleo")
    assert "A secret list" in client.get("/conflicts?view=view_1").text


def test_who_comes_to_an_empty_desk_is_told_what_to_do(tmp_path: Any, make_client: Any) -> None:
    store = open_store(str(tmp_path / "empty.db"))
    shown = make_client(store).get("/").text
    store.engine.dispose()
    assert "standoff read" in shown
    assert "--store" in shown
