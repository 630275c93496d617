"""What else is kept: settings with their history, saved views, accounts and sessions."""

from __future__ import annotations

import pytest
from keeping import AT, OWNER, READER, SESSION, VIEW

from standoff.errors import StoreError
from standoff.store.database import Store
from standoff.store.kept.accounts import (
    change_account,
    delete_account,
    delete_expired,
    delete_session,
    insert_account,
    insert_session,
    select_account,
    select_accounts,
    select_session,
)
from standoff.store.kept.settings import insert_setting, select_history, select_setting
from standoff.store.kept.views import change_view, insert_view, select_view, select_views


def test_a_setting_holds_as_it_was_last_set_and_what_it_was_is_kept(store: Store) -> None:
    before = store.sign_contents()
    with store.write(alone=True) as connection:
        assert select_setting(connection, "issues") is None
        first = insert_setting(connection, "issues", {"name": "ours"}, who="ada", at=AT, after=0)
        second = insert_setting(connection, "issues", None, who="bo", at=AT, after=1)
        other = insert_setting(connection, "actors", "text = 1", who="bo", at=AT)
    with store.read() as connection:
        assert select_setting(connection, "issues") == second
        assert select_history(connection, "issues") == (first, second)
        assert select_history(connection) == (other, first, second)
    assert store.sign_contents() != before


def test_nobody_overwrites_a_setting_that_they_have_not_seen(store: Store) -> None:
    with store.write(alone=True) as connection:
        insert_setting(connection, "issues", "one", who="ada", at=AT)
    with pytest.raises(StoreError, match="changed by another meanwhile"), store.write(alone=True) as connection:
        insert_setting(connection, "issues", "two", who="bo", at=AT, after=0)


def test_a_view_is_found_by_its_id_even_when_it_is_hidden(store: Store) -> None:
    with store.write() as connection:
        insert_view(connection, VIEW)
        change_view(connection, "talks", title="Talks")
    with store.read() as connection:
        assert [view.title for view in select_views(connection)] == ["Talks"]
    with store.write() as connection:
        change_view(connection, "talks", hidden=True)
        assert select_views(connection) == ()
        found = select_view(connection, "talks")
        assert found is not None
        assert found.address == VIEW.address
        assert select_view(connection, "\x00") is None


def test_a_view_of_the_same_id_is_refused(store: Store) -> None:
    with store.write() as connection:
        insert_view(connection, VIEW)
    with pytest.raises(StoreError, match="there is a view talks already"), store.write() as connection:
        insert_view(connection, VIEW)


def test_a_session_leads_to_its_account_until_it_expires(store: Store) -> None:
    with store.write() as connection:
        insert_account(connection, OWNER)
        insert_session(connection, SESSION)
        assert select_session(connection, "hash", now=AT) == (SESSION, OWNER)
        assert select_session(connection, "hash", now="2026-03-03T00:00:00+00:00") is None
        assert select_session(connection, "other", now=AT) is None
        delete_expired(connection, now="2026-03-03T00:00:00+00:00")
        assert select_session(connection, "hash", now=AT) is None
        insert_session(connection, SESSION)
        delete_session(connection, "hash")
        assert select_session(connection, "hash", now=AT) is None


def test_a_new_password_ends_the_sessions_and_is_shown_nowhere(store: Store) -> None:
    with store.write() as connection:
        insert_account(connection, OWNER)
        insert_session(connection, SESSION)
        change_account(connection, "ada", password="$argon2id$another")
        assert select_session(connection, "hash", now=AT) is None
        changed = select_account(connection, "ada")
    assert changed is not None
    assert changed.password == "$argon2id$another"
    assert "argon2" not in repr(changed)


def test_a_removed_account_takes_its_sessions_along(store: Store) -> None:
    with store.write() as connection:
        for account in (OWNER, READER):
            insert_account(connection, account)
        change_account(connection, "bo", role="owner")
        insert_session(connection, SESSION)
        delete_account(connection, "ada")
        assert [account.name for account in select_accounts(connection)] == ["bo"]
        assert select_session(connection, "hash", now=AT) is None


def test_an_account_of_the_same_name_is_refused(store: Store) -> None:
    with store.write() as connection:
        insert_account(connection, OWNER)
    with pytest.raises(StoreError, match="an account “ada” already"), store.write() as connection:
        insert_account(connection, OWNER)


def test_the_only_owner_stays_one(store: Store) -> None:
    with store.write() as connection:
        insert_account(connection, OWNER)
        insert_account(connection, READER)
    with pytest.raises(StoreError, match="“ada” is the only owner"), store.write() as connection:
        delete_account(connection, "ada")
    with pytest.raises(StoreError, match="“ada” is the only owner"), store.write() as connection:
        change_account(connection, "ada", role="reader")
