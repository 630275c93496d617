"""What a change would do is shown before it holds, and nothing of it is stored."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest
from builders import make_article
from judging import find_actor, judge, make_report

from standoff.errors import ConfigError
from standoff.records import Reading
from standoff.store.database import Store, open_store
from standoff.store.kept.settings import insert_setting
from standoff.workflow import annotate_articles, previews
from standoff.workflow.anew import read_again
from standoff.workflow.kept import describe_reading, load_settings, renew_record
from standoff.workflow.previews import preview_actors, preview_issues, preview_judgements

REPORTS = [make_report("a1"), make_report("a2", person="Noor Haddad"), make_report("a3", person="Bo Lund")]
ISSUES = """
name = "own"
version = "1"
source = "Made up."
licence = "none"
[codes.ferry]
definition = "Whether the ferry should run at night."
cues = ["night ferry"]
examples = ["Mayor Ada Ito called for the night ferry."]
stances = ["for"]
"""
TEXTS = (
    "HARBOUR CITY — Mayor Ada Ito called for a night ferry on Monday.",
    "HARBOUR CITY — Mayor Ada Ito called for the release of the prisoners on Monday.",
)


@pytest.fixture
def store(tmp_path: pathlib.Path) -> Iterator[Store]:
    store = open_store(str(tmp_path / "dispute.db"))
    for reading in REPORTS:
        store.add_reading(reading, made_by={"standoff": "1"})
    renew_record(store, made_by={"standoff": "1"})
    yield store
    store.close()


def test_a_merge_is_shown_before_it_is_made(store: Store) -> None:
    record = store.load_record()
    one, other = find_actor(record, "Ada Ito"), find_actor(record, "Noor Haddad")
    shown = preview_judgements(store, [judge(record, "actors", one.id, "same", other=other.id)])
    kinds = {item.kind: item for item in shown.differences}
    assert len(kinds["actors"].gone) == 1
    assert len(kinds["positions"].changed) == 1
    assert (shown.looked, shown.concerned, shown.of, shown.estimated) == (3, 3, 3, {})
    assert store.list_judgements() == ()


def test_many_articles_are_estimated_from_some(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "MOST_RESOLVED", 1)
    record = store.load_record()
    judgements = [judge(record, "events", item.id, "reject") for item in record.events[:2]]
    shown = preview_judgements(store, judgements)
    assert (shown.looked, shown.concerned, shown.of) == (1, 2, 3)
    assert shown.estimated["events"] == {"gone": 2, "new": 0, "changed": 0}


def test_other_pins_are_shown_on_whom_they_name(store: Store) -> None:
    shown = preview_actors(store, '["Ada Ito"]\ncountry = "JPN"\nsame = ["Bo Lund"]\n')
    (actors,) = [item for item in shown.differences if item.kind == "actors"]
    assert len(actors.gone) == 1
    assert load_settings(store).pins is None
    with pytest.raises(ConfigError, match="codes are three capitals"):
        preview_actors(store, '["Ada Ito"]\ncountry = "Japan"\n')


def test_other_issues_are_shown_by_reading_some_of_the_articles_concerned(tmp_path: pathlib.Path) -> None:
    store = open_store(str(tmp_path / "dispute.db"))
    articles = [make_article(f"t{at}", text=text, published="2024-03-05") for at, text in enumerate(TEXTS)]
    made_by = describe_reading(None)
    for item in annotate_articles(articles):
        assert isinstance(item, Reading)
        store.add_reading(item, made_by=made_by)
    before = renew_record(store, made_by=made_by)
    shown = preview_issues(store, ISSUES)
    (positions,) = [item for item in shown.differences if item.kind == "positions"]
    assert [item.label.partition(":")[0] for item in positions.new] == ["Ada Ito for ferry"]
    assert (shown.looked, shown.of) == (shown.concerned, 2)
    assert store.load_record() == before
    with pytest.raises(ConfigError, match="`version` is missing"):
        preview_issues(store, 'name = "own"')
    with store.write() as connection:
        insert_setting(connection, "issues", ISSUES, who="rita", at="2026")
    record = read_again(store)
    assert {item.issue for item in record.positions} == {"ferry"}
    assert store.is_current()
    assert read_again(store) == record
    store.close()


def test_a_store_read_by_event_types_of_ones_own_is_not_read_again_without_them(tmp_path: pathlib.Path) -> None:
    store = open_store(str(tmp_path / "dispute.db"))
    made_by = {"codebooks": {"events": "strike 1 (abc)"}}
    store.add_reading(REPORTS[0], made_by=made_by)
    renew_record(store, made_by=made_by)
    with pytest.raises(ConfigError, match=r"event types of your own \(strike 1 \(abc\)\)"):
        read_again(store)
    store.close()
