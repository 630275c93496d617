"""Whatever people decide: nothing breaks, nothing unrelated is lost, and all can be taken back."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from judging import make_report

from standoff.errors import StandoffError
from standoff.records import Judgement, Record
from standoff.resolve.judged.fields import FIELDS
from standoff.resolve.judged.make import JUDGED, PAIRED, judge_entry
from standoff.resolve.memory import Memory
from standoff.resolve.to_record import resolve_records

REPORTS = [
    make_report("a1"),
    make_report("a2", day="2024-05-06"),
    make_report("a3", person="Ito Ada", day="2024-06-01"),
    make_report("a4", person="Noor Haddad", day="2024-06-02"),
]
RECORD = resolve_records(REPORTS)
READ = ("mentions", "attributions", "events", "positions")


def list_keys(record: Record, *kinds: str) -> list[tuple[str, str]]:
    return [(kind, item.id) for kind in kinds for item in getattr(record, kind)]


def draw_value(draw: Any, sort: Any) -> Any:
    """Draw a value for a field, right or wrong."""
    actors = [actor.id for actor in RECORD.actors]
    right = {
        "day": st.sampled_from(["2024-01-01", "2023-12-31", None]),
        "when": st.sampled_from([None, {"earliest": "2024-02-02", "latest": "2024-02-03"}, {"latest": "2022-01-01"}]),
        "actor": st.sampled_from([*actors, None]),
        "holder": st.sampled_from(actors),
        "actors": st.lists(st.sampled_from(actors), max_size=3),
        "type": st.sampled_from(["COERCE", "AID", "SANCTION"]),
        "mode": st.none(),
        "issue": st.sampled_from(["negotiation", "election"]),
        "country": st.sampled_from(["JPN", None]),
        "sectors": st.just(["GOV"]),
        "condition": st.sampled_from([None, {"start": 0, "end": 7}]),
    }
    if isinstance(sort, tuple):
        return draw(st.sampled_from(sort))
    return draw(right.get(sort, st.sampled_from(["A name", "Another name"])) | st.text(max_size=3))


@st.composite
def draw_judgements(draw: Any) -> list[Judgement]:
    made = []
    for number in range(draw(st.integers(1, 6))):
        kind, entry = draw(st.sampled_from(list_keys(RECORD, *JUDGED)))
        verdict = draw(st.sampled_from(["confirm", "reject", "correct", "same", "not-same"]))
        more: dict[str, Any] = {}
        if verdict == "correct" and kind in FIELDS:
            names = draw(st.lists(st.sampled_from(sorted(FIELDS[kind])), min_size=1, max_size=2, unique=True))
            more["fields"] = {name: draw_value(draw, FIELDS[kind][name]) for name in names}
        if verdict in ("same", "not-same") and kind in PAIRED:
            more["other"] = draw(st.sampled_from([item.id for item in getattr(RECORD, kind)]))
            if kind == "mentions":
                more["mentions"] = draw(
                    st.lists(st.sampled_from([item.id for item in RECORD.mentions]), min_size=1, max_size=3)
                )
        at = f"2026-01-01T00:00:{draw(st.integers(0, 9)):02}.{number}"
        try:
            made.append(judge_entry(RECORD, kind, entry, verdict, who="rita", at=at, **more))
        except StandoffError:
            continue  # what cannot be judged so is refused, in one sentence
    return made


def check_whole(record: Record) -> None:
    """Assert that a record names nothing that it does not hold, and that its ids are its own."""
    texts = {article.id: article.text for article in record.articles}
    known: dict[str, set[str]] = {kind: {item.id for item in getattr(record, kind)} for kind in JUDGED}
    for kind in JUDGED:
        assert len(known[kind]) == len(getattr(record, kind))
    actors = known["actors"]
    for item in record.mentions:
        assert item.actor in actors
        assert texts[item.passage.article][item.passage.start : item.passage.end] == item.passage.text
    for said in record.attributions:
        assert said.source is None or said.source.actor is None or said.source.actor in actors
        assert said.addressee is None or said.addressee in actors
        assert said.inside is None or said.inside in known["attributions"]
    for event in record.events:
        assert {*event.actors, *event.recipients} <= actors
        assert event.asserted_by is None or event.asserted_by in known["attributions"]
    for position in record.positions:
        assert position.holder in actors
        assert position.toward is None or position.toward in actors
        assert position.basis is None or position.basis in known["attributions"] | known["events"]
    for happening in record.happenings:
        assert {*happening.events} <= known["events"]
        assert {*happening.articles} <= known["articles"]
    for shift in record.shifts:
        assert {shift.before, shift.after} <= known["positions"]
    for conflict in record.conflicts:
        assert {conflict.left, conflict.right} <= known["attributions"] | known["events"] | known["positions"]
    for suggestion in record.suggestions:
        assert {suggestion.left, suggestion.right} <= actors


@settings(max_examples=80, deadline=None)
@given(judgements=draw_judgements(), order=st.randoms(use_true_random=False))
def test_a_record_is_whole_whatever_was_decided_and_the_same_in_any_order(
    judgements: list[Judgement], order: Any
) -> None:
    record = resolve_records(REPORTS, judgements=judgements)
    check_whole(record)
    mixed, reports = list(judgements), list(REPORTS)
    order.shuffle(mixed)
    order.shuffle(reports)
    assert resolve_records(reports, judgements=mixed).to_json() == record.to_json()


@settings(max_examples=40, deadline=None)
@given(judgements=draw_judgements())
def test_what_nobody_judged_of_an_article_stays(judgements: list[Judgement]) -> None:
    record = resolve_records(REPORTS, judgements=judgements)
    touched = {judgement.passage.article for judgement in judgements if judgement.passage}
    touched |= {judgement.entry for judgement in judgements if judgement.kind == "articles"}
    whole = any(judgement.kind in ("actors", "mentions") for judgement in judgements)  # who is nobody holds no stance
    kept = {key for kind in READ for key in list_keys(record, kind)}
    for kind in ("attributions", "events") if whole else READ:
        for item in getattr(RECORD, kind):
            home = item.content[0].article if kind == "attributions" else item.passage.article
            if home not in touched:
                assert (kind, item.id) in kept


@settings(max_examples=40, deadline=None)
@given(judgements=draw_judgements(), data=st.data())
def test_all_can_be_taken_back_and_a_memory_changes_nothing(judgements: list[Judgement], data: st.DataObject) -> None:
    memory = Memory()
    resolve_records(REPORTS, memory=memory)
    assert resolve_records(REPORTS, judgements=judgements, memory=memory) == resolve_records(
        REPORTS, judgements=judgements
    )
    back = [
        Judgement(
            id=f"w{item.id}", kind="judgements", entry=item.id, verdict="withdraw", who="x", at=data.draw(st.text())
        )
        for item in judgements
    ]
    given_back = resolve_records(REPORTS, judgements=[*judgements, *back], memory=memory)
    assert given_back.to_json() == RECORD.to_json()


@settings(max_examples=30, deadline=None)
@given(judgements=draw_judgements(), number=st.integers(0, 30))
def test_what_was_decided_holds_as_articles_are_added(judgements: list[Judgement], number: int) -> None:
    record = resolve_records([*REPORTS, make_report(f"n{number}", day="2024-06-09")], judgements=judgements)
    check_whole(record)
    last = {(item.kind, item.entry): item for item in sorted(judgements, key=lambda item: (item.at, item.id))}
    for (kind, entry), item in last.items():
        if item.verdict == "reject" and kind in ("attributions", "events", "positions", "happenings"):
            assert entry not in {found.id for found in getattr(record, kind)}
