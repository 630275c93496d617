"""What differs between two records, in words."""

from __future__ import annotations

from dataclasses import replace

from judging import find_actor, judge, make_report

from standoff.records import Magnitude, Role, When
from standoff.resolve.differences import Differences, compare_records, summarise_differences, tell_differences
from standoff.resolve.to_record import resolve_records

REPORTS = [make_report("a1"), make_report("a2", person="Noor Haddad")]
BEFORE = resolve_records(REPORTS)


def compare(*judgements, after=None) -> dict[str, Differences]:
    after = after or resolve_records(REPORTS, judgements=judgements)
    return {item.kind: item for item in compare_records(BEFORE, after) if item}


def test_a_record_does_not_differ_from_itself() -> None:
    assert compare() == {}
    assert tell_differences(compare_records(BEFORE, BEFORE)) == "Nothing differs."


def test_names_what_has_gone_and_what_is_new() -> None:
    found = compare(judge(BEFORE, "attributions", BEFORE.attributions[0].id, "reject"))
    (gone,) = found["attributions"].gone
    assert gone.label == "Ada Ito: “no talks were held with the guild”"
    assert gone.article == "a1"
    assert found["attributions"].kept == 1
    assert len(found["positions"].gone) == 1
    back = compare_records(resolve_records(REPORTS[1:]), BEFORE, only=["articles", "events"])
    assert [(item.kind, len(item.new)) for item in back] == [("articles", 1), ("events", 1)]
    assert tell_differences(back) == "1 article new, 1 event new."


def test_says_each_field_before_and_after_in_words() -> None:
    event, vale = BEFORE.events[0], find_actor(BEFORE, "Rowan Vale")
    fields = {"actors": [vale.id], "status": "future", "when": {"earliest": "2024-01-01", "latest": "2024-01-05"}}
    (changed,) = compare(judge(BEFORE, "events", event.id, "correct", fields=fields))["events"].changed
    assert changed.id == event.id
    told = {item.field: (item.before, item.after) for item in changed.fields}
    assert told == {
        "actors": ("Quarry Guild", "Rowan Vale"),
        "status": ("actual", "future"),
        "when": ("2024-03-04", "2024-01-01 – 2024-01-05"),
    }


def test_a_merge_shows_who_is_gone_and_what_is_now_given_to_whom() -> None:
    ito, noor = find_actor(BEFORE, "Ada Ito"), find_actor(BEFORE, "Noor Haddad")
    found = compare(judge(BEFORE, "actors", ito.id, "same", other=noor.id))
    assert [item.label for item in found["actors"].gone] in (["Ada Ito"], ["Noor Haddad"])
    assert summarise_differences(found.values())["actors"]["gone"] == 1
    assert {field.field for item in found["attributions"].changed for field in item.fields} == {"source"}


def test_a_score_or_a_reason_is_no_difference() -> None:
    other = replace(BEFORE, events=tuple(replace(item, score=0.1, why="?", made_by="x") for item in BEFORE.events))
    assert compare(after=other) == {}
    open_day = replace(BEFORE.events[0], when=When(earliest=None, latest="2024-01-01"))
    (changed,) = compare(after=replace(BEFORE, events=(open_day, *BEFORE.events[1:])))["events"].changed
    assert changed.fields[0].after == "… – 2024-01-01"


def test_names_of_a_long_list_only_what_is_on_one_side() -> None:
    ito = find_actor(BEFORE, "Ada Ito")
    names = tuple(f"Name {number}" for number in range(9))
    role = Role(title="mayor", passage=None)
    before = replace(BEFORE, actors=tuple(replace(a, aliases=names) if a == ito else a for a in BEFORE.actors))
    changed = tuple(
        replace(a, aliases=(*names[1:], "Dame Ada"), roles=(role,)) if a == ito else a for a in BEFORE.actors
    )
    (found,) = [item for item in compare_records(before, replace(BEFORE, actors=changed)) if item]
    assert [(one.field, one.before, one.after) for one in found.changed[0].fields] == [
        ("aliases", "Name 0", "Dame Ada"),
        ("roles", "—", "mayor"),
    ]
    event = replace(BEFORE.events[0], magnitude=Magnitude(dead=3, size=40))
    (told,) = compare(after=replace(BEFORE, events=(event, *BEFORE.events[1:])))["events"].changed[0].fields
    assert (told.field, told.before, told.after) == ("magnitude", "—", "3 dead, 40 size")
