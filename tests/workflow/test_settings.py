"""A dispute's own issues and actors: changed one at a time, checked in full, kept with all that they were."""

from __future__ import annotations

import pathlib
import tomllib
from collections.abc import Iterator

import pytest

from standoff.codebooks import find_codebook, load_codebook
from standoff.errors import ConfigError, StoreError
from standoff.export.toml import format_toml
from standoff.resolve.pins import parse_pins
from standoff.store.database import Store, open_store
from standoff.workflow.kept import ACTORS, ISSUES, lay_out, load_books, load_settings
from standoff.workflow.settings import (
    SettingError,
    change_actor,
    change_issue,
    check_issues,
    list_settings,
    load_actors,
    load_issues,
    prove_issue,
    save_setting,
)

FERRY = {
    "definition": "Whether the ferry should run at night.",
    "cues": ["night ferry"],
    "examples": ["Mayor Ada Ito called for the night ferry.", "Bo Lund fed a cat."],
    "stances": ["for", "against"],
    "not_examples": ["Mayor Ada Ito took a train."],
}


@pytest.fixture
def store(tmp_path: pathlib.Path) -> Iterator[Store]:
    store = open_store(str(tmp_path / "dispute.db"))
    yield store
    store.close()


def test_the_shipped_issues_written_out_are_the_same_issues() -> None:
    data = tomllib.loads(find_codebook("issues").read_text(encoding="utf-8"))
    assert tomllib.loads(format_toml(data)) == data
    written = load_codebook(lay_out(format_toml(data)))
    assert written.codes == load_codebook("issues").codes


def test_odd_texts_come_back_from_toml() -> None:
    data = {"a b": {"x": 'q"\\\x7f\n“é”', "n": 1.5, "on": True}, "empty": {}, "long": {"l": ["word " * 9] * 5}}
    assert tomllib.loads(format_toml(data)) == data


def test_a_store_has_the_shipped_issues_until_one_is_changed(store: Store) -> None:
    held = load_issues(store)
    assert (held.own, held.version) == (False, 0)
    text = change_issue(held, "night-ferry", FERRY)
    assert load_issues(store) == held
    save_setting(store, ISSUES, text, who="rita", after=held.version)
    own = load_issues(store)
    assert (own.own, own.version) == (True, 1)
    assert own.tables["night-ferry"]["stances"] == ["for", "against"]
    assert {*own.tables} == {*held.tables, "night-ferry"}
    assert load_books(store).issues.codes["night-ferry"].definition == FERRY["definition"]
    fewer = change_issue(own, "negotiation", None)
    assert "negotiation" not in tomllib.loads(fewer)["codes"]
    save_setting(store, ISSUES, None, who="rita", after=1)
    assert load_issues(store).tables == held.tables
    assert [(item.version, item.who) for item in list_settings(store)] == [(2, "rita"), (1, "rita")]


def test_fields_that_a_form_does_not_show_stay(store: Store) -> None:
    held = load_issues(store)
    key = next(key for key, table in held.tables.items() if table.get("for_events"))
    changed = tomllib.loads(change_issue(held, key, {"definition": "Something else."}))["codes"][key]
    assert changed == {**held.tables[key], "definition": "Something else."}


@pytest.mark.parametrize(
    ("key", "fields", "field", "sentence"),
    [
        ("Night Ferry", FERRY, "key", "is no key for an issue"),
        ("ferry", {**FERRY, "definition": ""}, "definition", "say in a sentence"),
        ("ferry", {**FERRY, "cues": []}, "cues", "at least one word"),
        ("ferry", {**FERRY, "cues": ["/NOUN"]}, "cues", "codes.ferry.cues has an empty cue"),
        ("ferry", {**FERRY, "stances": ["for"]}, "examples", "codes.ferry.examples should have a stance each"),
        ("ferry", {**FERRY, "for_events": "AID"}, "for_events", "codes.ferry.for_events"),
    ],
)
def test_what_is_wrong_with_an_issue_is_said_of_its_field(store, key, fields, field, sentence) -> None:
    with pytest.raises(SettingError) as error:
        change_issue(load_issues(store), key, fields)
    assert error.value.field == field
    assert sentence in str(error.value)
    assert "/" not in str(error.value).replace("“/NOUN”", "")


def test_a_codebook_keeps_one_issue_at_least(store: Store) -> None:
    save_setting(store, ISSUES, format_toml({"name": "x", "version": "1", "source": "x", "licence": "x",
                                             "codes": {"ferry": FERRY}}), who="rita", after=None)  # fmt: skip
    with pytest.raises(SettingError, match="the only issue"):
        change_issue(load_issues(store), "ferry", None)


def test_sentences_of_an_issue_prove_it(store: Store) -> None:
    text = change_issue(load_issues(store), "night-ferry", FERRY)
    check_issues(text)
    assert [proof.holds for proof in prove_issue(text, "night-ferry")] == [True, False, True]


def test_actors_are_settled_one_at_a_time(store: Store) -> None:
    text = change_actor(load_actors(store), "Ada Ito", {"country": "JPN", "aliases": ["Dame Ada"], "same": []})
    save_setting(store, ACTORS, text, who="rita", after=0)
    assert load_settings(store).pins == parse_pins('["Ada Ito"]\ncountry="JPN"\naliases=["Dame Ada"]', "")
    more = change_actor(load_actors(store), "Bo Lund", {"kind": "person"})
    assert [*parse_pins(more, "")] == ["Ada Ito", "Bo Lund"]
    assert change_actor(load_actors(store), "Ada Ito", None) == ""


@pytest.mark.parametrize(
    ("name", "fields", "field", "sentence"),
    [
        ("Ada Ito", {"country": "Japan"}, "country", 'Ada Ito.country has "Japan"'),
        ("Ada Ito", {"kind": "ship"}, "kind", "Ada Ito.kind should be one of"),
        ("Ada Ito", {"aliases": ["Bo"], "not_same": ["bo"]}, "not_same", 'Ada Ito.not_same has "bo"'),
        (" ", {"kind": "person"}, "name", "give the actor's name"),
        ("Bo Lund", {"aliases": ["Cid"]}, None, '"Cid" is claimed by Cid and by Bo Lund'),
    ],
)
def test_what_is_wrong_with_an_actor_is_said_of_its_field(store, name, fields, field, sentence) -> None:
    save_setting(store, ACTORS, '["Cid"]\nkind = "person"\n', who="rita", after=None)
    with pytest.raises(SettingError) as error:
        change_actor(load_actors(store), name, fields)
    assert error.value.field == field
    assert sentence in str(error.value)


def test_nobody_overwrites_what_they_have_not_seen(store: Store) -> None:
    save_setting(store, ACTORS, '["Cid"]\nkind = "person"\n', who="rita", after=0)
    with pytest.raises(StoreError, match="was changed by another meanwhile"):
        save_setting(store, ACTORS, "", who="otto", after=0)
    with pytest.raises(ConfigError, match="not valid TOML"):
        check_issues("nonsense")
