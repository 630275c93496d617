"""Several people at one desk: each logs in, and finds what their role may do."""

from __future__ import annotations

import pytest
from looks import check_page
from playwright.sync_api import Page, expect

from standoff.web.door.people import add_account

PASSWORD = "lanterns over the weir"
ROLES = {"olga": "owner", "remo": "reviewer", "rita": "reader"}
SHARED = ("/", "/articles", "/conflicts", "/search?q=canal", "/judgements")


@pytest.fixture
def team(served):
    """Give a desk with an account of each role."""
    for name, role in ROLES.items():
        add_account(served.store, name=name, role=role, password=PASSWORD, by="the test")
    return served


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def test_who_is_not_known_is_asked_to_log_in_and_led_on_after(team, visit):
    page = visit.open("/conflicts?kind=contested")
    expect(page).to_have_title("Log in · Standoff")
    log_in(page, "rita", "not the password")
    expect(page.get_by_role("alert")).to_be_visible()
    log_in(page, "rita")
    expect(page).to_have_url(f"{team.url}/conflicts?kind=contested")
    visit.forgive("401", "403")


def test_the_way_in_is_readable_reachable_and_fits(team, visit):
    check_page(visit.open("/login"))


@pytest.mark.parametrize("name", ROLES)
def test_each_role_finds_what_it_may_do_and_no_more(name, team, visit):
    page = visit.open("/login")
    log_in(page, name)
    for address in SHARED:
        assert page.goto(address).status == 200

    page.goto("/conflicts")
    judges = page.get_by_role("button", name="Confirm").count() > 0
    settles = [page.goto(address).status == 200 for address in ("/settings", "/accounts")]
    assert (judges, settles) == (ROLES[name] != "reader", [ROLES[name] == "owner"] * 2)
    visit.forgive("403")


def test_logging_out_shuts_the_door(team, visit):
    page = visit.open("/login")
    log_in(page, "remo")
    page.get_by_role("banner").get_by_role("link", name="remo").click()
    page.get_by_role("button", name="Log out").click()
    page.goto("/conflicts")
    expect(page).to_have_title("Log in · Standoff")
