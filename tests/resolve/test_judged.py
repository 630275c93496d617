"""What a person decides: left out, changed, made one, kept apart, whatever articles come after."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace

import pytest
from builders import cut, make_actor, make_article, make_event, make_reading, make_when
from judging import LINE, Clock, find_actor, judge, make_report, name_actors

from standoff.errors import ConfigError, SourceError
from standoff.records import Judgement, Occasion, Reading, Record, TimeExpression, When
from standoff.resolve.judged.make import check_judgement
from standoff.resolve.judged.places import Finder, Place, parse_place, write_place
from standoff.resolve.judged.ties import Ties
from standoff.resolve.judged.verdicts import list_open
from standoff.resolve.memory import Memory
from standoff.resolve.pins import Pin
from standoff.resolve.to_record import resolve_records

REPORTS = [make_report("a1"), make_report("a2", text=LINE.replace("Monday", "Tuesday"), day="2024-05-06")]
RECORD = resolve_records(REPORTS)


def resolve(*judgements: Judgement, readings=REPORTS, **settings) -> Record:
    return resolve_records(readings, judgements=judgements, **settings)


def withdraw(judgement: Judgement, at: str = "2027") -> Judgement:
    return Judgement(
        id=f"w-{judgement.id}", kind="judgements", entry=judgement.id, verdict="withdraw", who="rita", at=at
    )


def test_a_rejected_statement_takes_its_position_with_it_and_frees_what_it_vouched_for() -> None:
    said = RECORD.attributions[0]
    readings = [replace(REPORTS[0], events=(replace(REPORTS[0].events[0], asserted_by=said.id),)), REPORTS[1]]
    record = resolve(judge(RECORD, "attributions", said.id, "reject"), readings=readings)
    assert [item.id for item in record.attributions] == [RECORD.attributions[1].id]
    assert [item.basis for item in record.positions] == [RECORD.attributions[1].id]
    assert [item.asserted_by for item in record.events] == [None, None]


def test_what_stands_inside_a_rejected_statement_falls_to_the_one_around_it() -> None:
    (said,) = REPORTS[0].attributions
    middle = replace(said, id="middle", inside=said.id)
    inner = replace(said, id="inner", inside="middle")
    event = replace(REPORTS[0].events[0], asserted_by="middle")
    readings = [replace(REPORTS[0], attributions=(said, middle, inner), events=(event,))]
    before = resolve(readings=readings)
    record = resolve(judge(before, "attributions", "middle", "reject"), readings=readings)
    assert {item.id: item.inside for item in record.attributions} == {said.id: None, "inner": said.id}
    assert record.events[0].asserted_by == said.id


def test_a_rejected_event_goes_and_the_position_shown_by_it() -> None:
    event = RECORD.events[0]
    shown = replace(REPORTS[0].positions[0], id="shown", basis=event.id)
    readings = [replace(REPORTS[0], positions=(*REPORTS[0].positions, shown)), REPORTS[1]]
    record = resolve(judge(RECORD, "events", event.id, "reject"), readings=readings)
    assert event.id not in {item.id for item in record.events}
    assert "shown" not in {item.id for item in record.positions}
    assert len(record.positions) == 2


def test_a_rejected_article_is_as_if_it_had_never_been_read() -> None:
    assert resolve(judge(RECORD, "articles", "a2", "reject")) == resolve(readings=REPORTS[:1])


def test_a_rejected_mention_takes_what_its_words_alone_named() -> None:
    spoken = next(item for item in RECORD.mentions if item.passage.text == "Ada Ito")
    record = resolve(judge(RECORD, "mentions", spoken.id, "reject"))
    assert spoken.id not in {item.id for item in record.mentions}
    first = record.attributions[0]
    assert first.source is not None
    assert (first.source.actor, first.source.passage.text) == (None, "Ada Ito")
    assert [item.passage.article for item in record.positions] == ["a2"]  # nobody holds the other any more


def test_a_rejected_actor_is_nobody_wherever_it_was_named() -> None:
    guild = find_actor(RECORD, "Quarry Guild")
    record = resolve(judge(RECORD, "actors", guild.id, "reject"))
    assert guild.id not in record.to_json()
    assert [item.actors for item in record.events] == [(), ()]
    assert len(record.positions) == 2


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"type": "COERCE"}, {"type": "COERCE", "mode": None, "quad": 4}),
        ({"type": "SANCTION", "mode": "expel"}, {"mode": "expel", "quad": 4}),
        ({"status": "negated"}, {"status": "negated"}),
        ({"actors": []}, {"actors": ()}),
    ],
)
def test_a_corrected_event_keeps_its_id_and_has_the_persons_fields(fields, kept) -> None:
    event = RECORD.events[0]
    record = resolve(judge(RECORD, "events", event.id, "correct", fields=fields))
    changed = next(item for item in record.events if item.id == event.id)
    assert {name: getattr(changed, name) for name in kept} == kept
    assert replace(changed, **{name: getattr(event, name) for name in (*kept, "quad", "intensity")}) == event


def test_a_day_that_a_person_sets_dates_the_happening_too() -> None:
    event = RECORD.events[0]
    record = resolve(judge(RECORD, "events", event.id, "correct", fields={"when": {"earliest": "2024-02-29"}}))
    changed = next(item for item in record.events if item.id == event.id)
    assert changed.when == When(earliest="2024-02-29", latest=None)
    day = {"earliest": "2024-02-29", "latest": "2024-02-29"}
    record = resolve(judge(RECORD, "events", event.id, "correct", fields={"when": day}))
    happening = next(item for item in record.happenings if event.id in item.events)
    assert (happening.when.earliest, happening.when.latest) == ("2024-02-29", "2024-02-29")


def test_a_corrected_field_may_name_an_actor_whom_only_another_article_names() -> None:
    third = make_report("a3", person="Noor Haddad", day="2024-06-06")
    before = resolve(readings=[*REPORTS, third])
    noor, event = find_actor(before, "Noor Haddad"), before.events[0]
    judgement = judge(before, "events", event.id, "correct", fields={"actors": [noor.id]})
    record = resolve(judgement, readings=[*REPORTS, third])
    assert next(item for item in record.events if item.id == event.id).actors == (noor.id,)
    alone = resolve(judgement)  # the article that named her has gone: the machine's word stands
    assert next(item for item in alone.events if item.id == event.id).actors == event.actors


def test_corrects_who_spoke_to_whom_and_how() -> None:
    said, vale = RECORD.attributions[0], find_actor(RECORD, "Rowan Vale")
    fields = {"source": vale.id, "act": "deny", "directness": "direct", "addressee": find_actor(RECORD, "Ada Ito").id}
    changed = resolve(judge(RECORD, "attributions", said.id, "correct", fields=fields)).attributions[0]
    assert (changed.id, changed.source.actor, changed.act, changed.directness) == (said.id, vale.id, "deny", "direct")
    assert changed.source.passage == said.source.passage
    nobody = resolve(judge(RECORD, "attributions", said.id, "correct", fields={"source": None})).attributions[0]
    assert nobody.source.actor is None


def test_corrects_where_somebody_stands() -> None:
    position, vale = RECORD.positions[0], find_actor(RECORD, "Rowan Vale")
    fields = {"stance": "conditional", "issue": "mediation", "holder": vale.id, "condition": {"start": 13, "end": 21}}
    changed = next(
        item
        for item in resolve(judge(RECORD, "positions", position.id, "correct", fields=fields)).positions
        if item.id == position.id
    )
    assert (changed.stance, changed.issue, changed.holder) == ("conditional", "mediation", vale.id)
    assert changed.condition == cut("no talks", within=LINE)


def test_corrects_an_articles_day_and_all_that_hangs_on_it() -> None:
    record = resolve(judge(RECORD, "articles", "a1", "correct", fields={"published": "2024-04-01", "title": "Talks"}))
    article = next(item for item in record.articles if item.id == "a1")
    assert (article.published, article.earliest, article.title) == ("2024-04-01", "2024-04-01", "Talks")


def test_a_corrected_actor_keeps_the_old_name_as_an_alias_and_its_id_as_articles_are_added() -> None:
    ito = find_actor(RECORD, "Ada Ito")
    fields = {"name": "Dame Ada Ito", "country": "JPN", "sectors": "GOV LEG", "kind": "person"}
    judgement = judge(RECORD, "actors", ito.id, "correct", fields=fields)
    for number in range(3, 9):  # some of these have a smaller id than the first, which would give the actor another one
        record = resolve(judgement, readings=[*REPORTS, make_report(f"a{number}")])
        changed = find_actor(record, "Dame Ada Ito")
        assert (changed.id, changed.country, changed.sectors) == (ito.id, "JPN", ("GOV", "LEG"))
        assert "Ada Ito" in changed.aliases
        assert sum(item.actor == ito.id for item in record.mentions) == 6


def test_corrections_add_up_and_the_latest_of_each_field_holds() -> None:
    event, tick = RECORD.events[0], Clock()
    one = judge(RECORD, "events", event.id, "correct", at=tick(), fields={"status": "negated", "type": "COERCE"})
    two = judge(RECORD, "events", event.id, "correct", at=tick(), fields={"status": "future"})
    sure = judge(RECORD, "events", event.id, "confirm", at=tick())
    for order in ((one, two, sure), (sure, two, one)):
        changed = next(item for item in resolve(*order).events if item.id == event.id)
        assert (changed.status, changed.type) == ("future", "COERCE")
    no = judge(RECORD, "events", event.id, "reject", at=tick())
    assert event.id not in {item.id for item in resolve(one, two, no).events}
    yes = judge(RECORD, "events", event.id, "confirm", at=tick())
    assert event.id in {item.id for item in resolve(one, no, yes).events}


def test_what_is_withdrawn_has_no_effect() -> None:
    judgements = [judge(RECORD, "events", item.id, "reject") for item in RECORD.events]
    assert resolve(*judgements, *map(withdraw, judgements)).to_json() == RECORD.to_json()
    assert list_open([*judgements, withdraw(judgements[0])]) == sorted(judgements[1:], key=lambda item: item.id)


def test_a_confirmed_entry_is_as_the_machine_has_it() -> None:
    for kind in ("articles", "actors", "mentions", "attributions", "events", "positions", "happenings"):
        for item in getattr(RECORD, kind):
            assert resolve(judge(RECORD, kind, item.id, "confirm")).to_json() == RECORD.to_json()


def other_names(*names: str) -> list:
    """Give reports, each with one speaker under another name."""
    return [make_report(f"n{at}", person=name, day=f"2024-0{at + 1}-01") for at, name in enumerate(names)]


def speakers(record: Record) -> dict[str, str]:
    """Give each article's speaker's actor."""
    return {item.content[0].article: item.source.actor for item in record.attributions}


def test_what_a_person_makes_one_stays_one_as_articles_are_added_and_undone() -> None:
    readings = other_names("Ada Ito", "Blue Heron")
    before = resolve(readings=readings)
    assert len(set(speakers(before).values())) == 2
    one, other = speakers(before).values()
    same = judge(before, "actors", one, "same", other=other)
    for more in ([], [make_report("z1")], [make_report("z1"), make_report("z2", person="Blue Heron")]):
        record = resolve(same, readings=[*readings, *more])
        assert len(set(speakers(record).values())) == 1
    assert resolve(same, withdraw(same), readings=readings) == before


def test_a_yes_beats_what_keeps_two_apart() -> None:
    readings = other_names("Ada Ito", "Ada Ito")
    codes = (("JPN", "GOV"), ("KEN", "REB"))
    told = [
        replace(
            item,
            actors=tuple(
                replace(actor, country=country, sectors=(sector,)) if actor.name == "Ada Ito" else actor
                for actor in item.actors
            ),
        )
        for item, (country, sector) in zip(readings, codes, strict=True)
    ]
    before = resolve(readings=told)
    one, other = speakers(before).values()
    assert one != other
    assert len(set(speakers(resolve(judge(before, "actors", one, "same", other=other), readings=told)).values())) == 1


def test_a_yes_on_single_actors_beats_a_no_on_names_and_leaves_it_for_the_rest() -> None:
    readings = other_names("Ada Ito", "Blue Heron")
    pins = {"Ada Ito": Pin(not_same=("Blue Heron",))}
    before = resolve(readings=readings, pins=pins)
    one, other = speakers(before).values()
    record = resolve(judge(before, "actors", one, "same", other=other), readings=readings, pins=pins)
    assert len(set(speakers(record).values())) == 1


def test_a_no_vetoes_every_chain() -> None:
    readings = [make_report("n1"), make_report("n2", person="Ito"), make_report("n3")]
    before = resolve(readings=readings[1:2])
    both = resolve(readings=readings)
    assert len(set(speakers(both).values())) == 1  # the machine takes Ito for the only one of that surname
    apart = Judgement(
        id="j1", kind="actors", entry="x", other="y", verdict="not-same", who="rita", at="2026",
        fields={"places": {"entry": ["n1:0-7", "n3:0-7"], "other": [write_place(before.mentions[0].passage)]}},
    )  # fmt: skip
    found = speakers(resolve(apart, readings=readings))
    assert found["n1"] == found["n3"] != found["n2"]


@pytest.mark.parametrize("last", ["same", "not-same"])
def test_of_a_yes_and_a_no_in_one_chain_the_later_holds(last: str) -> None:
    readings = other_names("Ada Ito", "Blue Heron", "Grey Kite")
    before, tick = resolve(readings=readings), Clock()
    one, two, three = speakers(before).values()
    first = "not-same" if last == "same" else "same"
    told = [
        judge(before, "actors", one, first, other=three, at=tick()),
        judge(before, "actors", one, "same", other=two, at=tick()),
        judge(before, "actors", two, "same", other=three, at=tick()),
        *([judge(before, "actors", one, last, other=three, at=tick())] if last == "not-same" else []),
    ]
    found = speakers(resolve(*told, readings=readings))
    if last == "same":
        assert len(set(found.values())) == 1
    else:
        assert found["n0"] != found["n2"] == found["n1"]


def test_some_mentions_of_an_actor_are_another_person_and_what_they_say_is_theirs() -> None:
    ito = find_actor(RECORD, "Ada Ito")
    moved = [item.id for item in RECORD.mentions if item.actor == ito.id and item.passage.article == "a2"]
    split = judge(RECORD, "mentions", moved[0], "not-same", mentions=moved)
    for more in ([], *([make_report(f"z{number}")] for number in range(6))):
        found = speakers(resolve(split, readings=[*REPORTS, *more]))
        assert found["a1"] != found["a2"]
        assert all(speaker == found["a1"] for article, speaker in found.items() if article.startswith("z"))
    assert resolve(split, withdraw(split)) == RECORD


def test_one_article_may_name_two_whom_the_machine_took_for_one() -> None:
    text = LINE + " Ito, a farmer, said rain was due."
    actors, mentions = name_actors("b1", text, (make_actor("Ada Ito"), ("Ada Ito", "Ito")))
    said = make_report("b1", text=text).attributions[0]
    first = replace(said, source=replace(said.source, actor=actors[0].id))
    farmer = replace(said, id="rain", content=(cut("rain was due", article="b1", within=text),))
    farmer = replace(farmer, source=replace(said.source, actor=actors[0].id, passage=mentions[-1].passage))
    reading = make_reading(
        make_article("b1", text=text), actors=actors, mentions=mentions, attributions=(first, farmer)
    )
    before = resolve(readings=[reading])
    assert len(before.actors) == 1
    split = judge(before, "mentions", mentions[-1].id, "not-same")
    record = resolve(split, readings=[reading])
    one, other = (item.source.actor for item in record.attributions)
    assert one == before.actors[0].id != other
    assert {item.actor for item in record.mentions if item.id == mentions[-1].id} == {other}
    back = judge(record, "mentions", mentions[-1].id, "same", other=mentions[0].id, at="2028")
    assert len({item.source.actor for item in resolve(split, back, readings=[reading]).attributions}) == 1


def test_a_mention_may_be_given_to_the_actor_whose_it_is() -> None:
    guild = next(item for item in RECORD.mentions if item.passage.text == "the guild")
    spoken = next(item for item in RECORD.mentions if item.passage.text == "Ada Ito")
    record = resolve(judge(RECORD, "mentions", guild.id, "same", other=spoken.id))
    given = {item.id: item.actor for item in record.mentions}
    assert given[guild.id] == given[spoken.id]
    assert find_actor(record, "Quarry Guild").id != given[guild.id]


def test_holds_when_a_new_model_sees_other_words_for_the_same() -> None:
    readings = other_names("Ada Ito", "Blue Heron")
    before = resolve(readings=readings)
    one, other = speakers(before).values()
    same = judge(before, "actors", one, "same", other=other)
    anew = []
    for reading in readings:  # the reader now leaves out the first letter of each name, so that every id is another
        mentions = tuple(
            replace(
                item,
                id=f"new-{item.id}",
                actor=f"new-{item.actor}",
                passage=cut(item.passage.text[1:], article=reading.article.id, start=item.passage.start + 1),
            )
            for item in reading.mentions
        )
        said = tuple(
            replace(item, source=replace(item.source, actor=f"new-{item.source.actor}"))
            for item in reading.attributions
        )
        actors = tuple(replace(actor, id=f"new-{actor.id}") for actor in reading.actors)
        anew.append(replace(reading, actors=actors, mentions=mentions, attributions=said, events=(), positions=()))
    assert len(set(speakers(resolve(readings=anew)).values())) == 2
    assert len(set(speakers(resolve(same, readings=anew)).values())) == 1


def tell(name: str, words: str, day: str, guild: str = "guild") -> tuple:
    text = f"{words}."
    actor = replace(make_actor("Quarry Guild", kind="organisation"), id=f"{name}-{guild}")
    mention = name_actors(name, text, (actor, ("Quarry Guild",)))
    event = make_event(
        words, kind="SANCTION", actors=(mention[0][0].id,), article=name, within=text, when=make_when(day)
    )
    event = replace(event, when=replace(event.when, passage=None))
    return make_reading(make_article(name, text=text, published=day), actors=mention[0], mentions=mention[1]), event


def dated(name: str, words: str, day: str):
    """Build a report of one deed on a day that its words give."""
    reading, event = tell(name, f"{words} on {day}", day)
    passage = cut(day, article=name, within=reading.article.text)
    time = TimeExpression(passage=passage, type="DATE", value=day, earliest=day, latest=day)
    return replace(reading, times=(time,), events=(replace(event, when=replace(make_when(day), passage=passage)),))


FINES = [
    dated("f1", "The Quarry Guild fined the smelter", "2024-02-05"),
    dated("f2", "The Quarry Guild fined the smelter", "2024-02-05"),
    dated("f3", "Quarry Guild leaders closed a bridge", "2024-07-09"),
]


def test_a_rejected_happening_is_taken_apart_and_its_parts_have_ids_of_their_own() -> None:
    before = resolve(readings=FINES)
    (both,) = [item for item in before.happenings if len(item.articles) == 2]
    no = judge(before, "happenings", both.id, "reject")
    for more in ([], [dated("f4", "The Quarry Guild fined the smelter", "2024-02-05")]):
        record = resolve(no, readings=[*FINES, *more])
        assert both.id not in {item.id for item in record.happenings}
        assert not any({"f1", "f2"} <= {*item.articles} for item in record.happenings)
    assert len(resolve(no, readings=FINES).happenings) == len(before.happenings) + 1


def test_a_happening_told_once_that_is_rejected_is_no_line_of_the_timeline() -> None:
    before = resolve(readings=FINES)
    (alone,) = [item for item in before.happenings if len(item.articles) == 1]
    record = resolve(judge(before, "happenings", alone.id, "reject"), readings=FINES)
    assert [item.id for item in record.happenings] == [item.id for item in before.happenings if item != alone]
    assert record.events == before.events


def test_two_happenings_may_be_one_or_not_by_a_persons_word() -> None:
    before = resolve(readings=FINES)
    one, other = (item.id for item in before.happenings)
    same = judge(before, "happenings", one, "same", other=other, at="2026-01-01")
    (merged,) = resolve(same, readings=FINES).happenings
    assert set(merged.articles) == {"f1", "f2", "f3"}
    apart = judge(before, "happenings", one, "not-same", other=other, at="2026-01-02")
    assert len(resolve(same, apart, readings=FINES).happenings) == 2
    assert len(resolve(same, withdraw(same), readings=FINES).happenings) == 2


def test_a_corrected_happening_has_its_label_and_days_and_stays_in_order() -> None:
    before = resolve(readings=FINES)
    first, last = before.happenings
    fields = {"label": "The fine", "when": {"earliest": "2025-01-01", "latest": "2025-01-02"}}
    record = resolve(judge(before, "happenings", first.id, "correct", fields=fields), readings=FINES)
    assert [item.id for item in record.happenings] == [last.id, first.id]
    assert record.happenings[1].label == "The fine"
    assert record.happenings[1].when == make_when("2025-01-01", "2025-01-02")


def test_a_corrected_happening_keeps_its_id_as_reports_are_added() -> None:
    before = resolve(readings=FINES)
    (both,) = [item for item in before.happenings if len(item.articles) == 2]
    judgement = judge(before, "happenings", both.id, "correct", fields={"label": "The fine"})
    for number in range(10, 18):
        more = dated(f"f{number}", "The Quarry Guild fined the smelter", "2024-02-05")
        record = resolve(judgement, readings=[*FINES, more])
        (found,) = [item for item in record.happenings if len(item.articles) == 3]
        assert (found.id, found.label) == (both.id, "The fine")


def test_an_occasion_in_the_same_words_is_no_second_telling_to_take_apart() -> None:
    event = FINES[2].events[0]
    occasion = Occasion(
        id="o1", kind="strike", label="the strike", passage=event.passage, when=event.when, actors=event.actors
    )
    readings = [replace(FINES[2], occasions=(occasion,))]
    before = resolve(readings=readings)
    for item in before.happenings:
        record = resolve(judge(before, "happenings", item.id, "reject"), readings=readings)
        assert item.id not in {other.id for other in record.happenings}


def test_to_answer_whether_two_may_be_one_is_to_say_that_they_are_or_are_not() -> None:
    readings = other_names("Ada Ito", "Ito Ada")
    before = resolve(readings=readings)
    (asked,) = before.suggestions
    no = judge(before, "suggestions", asked.id, "reject")
    yes = judge(before, "suggestions", asked.id, "confirm")
    for more in ([], [make_report("z1", person="Ito Ada")]):
        refused = resolve(no, readings=[*readings, *more])
        assert len(set(speakers(refused).values())) == 2
        assert not refused.suggestions
        assert len(set(speakers(resolve(yes, readings=[*readings, *more])).values())) == 1


def test_a_rejected_succession_is_not_suggested_again_as_articles_are_added() -> None:
    readings = [_tell_successor("s1")]
    before = resolve(readings=readings)
    (asked,) = [item for item in before.suggestions if item.kind == "successor"]
    no = judge(before, "suggestions", asked.id, "reject")
    more = [*readings, *(_tell_successor(f"s{number}") for number in range(2, 6))]
    assert [item.kind for item in resolve(readings=more).suggestions] == ["successor"]
    assert not resolve(no, readings=more).suggestions


def _tell_successor(name: str) -> Reading:
    text = "The River Union, the successor to the Lake Union, met."
    actors, mentions = name_actors(
        name,
        text,
        *((make_actor(words, kind="organisation"), (words,)) for words in ("River Union", "Lake Union")),
    )
    return make_reading(make_article(name, text=text), actors=actors, mentions=mentions)


def test_the_same_judgements_in_any_order_and_with_a_memory_give_the_same_bytes() -> None:
    tick, ito, guild = Clock(), find_actor(RECORD, "Ada Ito"), find_actor(RECORD, "Quarry Guild")
    told = [
        judge(RECORD, "events", RECORD.events[0].id, "correct", at=tick(), fields={"status": "future"}),
        judge(RECORD, "attributions", RECORD.attributions[1].id, "reject", at=tick()),
        judge(RECORD, "actors", ito.id, "correct", at=tick(), fields={"name": "Ito"}),
        judge(RECORD, "actors", ito.id, "same", other=guild.id, at=tick()),
    ]
    expected = resolve(*told).to_json()
    assert resolve(*reversed(told), readings=REPORTS[::-1]).to_json() == expected
    memory = Memory()
    for judgements in ((), told[:2], told, told):
        held = pickle.loads(pickle.dumps(REPORTS))
        assert resolve(*judgements, readings=held, memory=memory) == resolve(*judgements)
    assert memory.made["_rename_reading"] == 0


@pytest.mark.parametrize(
    ("kind", "verdict", "more", "sentence"),
    [
        ("events", "correct", {"fields": {"type": "PICNIC"}}, "“type”: 'PICNIC' is not known; choose from AGREE"),
        ("events", "correct", {"fields": {"mode": "swim"}}, "“mode”: SANCTION has no mode “swim”"),
        ("events", "correct", {"fields": {"when": {"earliest": "Monday"}}}, "“when”: 'Monday' is no day"),
        ("events", "correct", {"fields": {"when": {"earliest": "2024-02-30"}}}, "is no day"),
        (
            "events",
            "correct",
            {"fields": {"when": {"earliest": "2024-02-02", "latest": "2024-02-01"}}},
            "comes after the last",
        ),
        ("events", "correct", {"fields": {"actors": ["actor_0"]}}, "the record names no actor 'actor_0'"),
        ("events", "correct", {"fields": {"actors": "x"}}, "give a list of actors' ids"),
        ("events", "correct", {"fields": {"score": 1}}, "“score” is no field that can be corrected"),
        ("events", "correct", {"fields": {}}, "there is nothing to correct"),
        ("attributions", "correct", {"fields": {"act": "sing"}}, "“act”: 'sing' is not known"),
        ("positions", "correct", {"fields": {"holder": None}}, "the record names no actor None"),
        ("positions", "correct", {"fields": {"condition": {"start": 5, "end": 2}}}, "`start` and `end` of words"),
        ("positions", "correct", {"fields": {"condition": {"start": 3, "end": 4}}}, "these characters are blank"),
        ("positions", "correct", {"fields": {"issue": "tea"}}, "“issue”: 'tea' is not known"),
        ("articles", "correct", {"fields": {"published": "2024"}}, "'2024' is no day; write it as 2024-03-27"),
        ("articles", "correct", {"fields": {"title": "x" * 301}}, "give a text of 1 to 300 characters"),
        ("actors", "correct", {"fields": {"country": "Japan"}}, "is no code of a country"),
        ("actors", "correct", {"fields": {"sectors": ["gov"]}}, "give codes of three capitals"),
        ("actors", "correct", {"fields": {"name": " "}}, "give a text of 1 to 300 characters"),
        ("actors", "same", {}, "“same” needs two actors"),
        ("mentions", "correct", {"fields": {"actor": "x"}}, "mentions cannot be corrected"),
        ("mentions", "same", {}, "“same” needs a mention of the actor whose these are"),
        ("events", "same", {"other": "x"}, "“same” is said of two actors or mentions or happenings, not of events"),
        ("events", "withdraw", {}, "“withdraw” is no verdict on an entry"),
        ("failures", "reject", {}, "“failures” cannot be judged"),
    ],
)
def test_says_in_a_sentence_why_a_judgement_cannot_be_made(kind, verdict, more, sentence) -> None:
    entry = getattr(RECORD, kind)[0].id if getattr(RECORD, kind) else "x"
    with pytest.raises(ConfigError) as error:
        judge(RECORD, kind, entry, verdict, **more)
    assert sentence in str(error.value)
    assert str(error.value).endswith(".")


def test_refuses_an_entry_that_the_record_does_not_have_and_a_split_that_leaves_nobody() -> None:
    with pytest.raises(SourceError, match="no event nowhere"):
        judge(RECORD, "events", "nowhere", "confirm")
    ito = find_actor(RECORD, "Ada Ito")
    every = [item.id for item in RECORD.mentions if item.actor == ito.id]
    with pytest.raises(ConfigError, match="all the mentions of the actor"):
        judge(RECORD, "mentions", every[0], "not-same", mentions=every)
    with pytest.raises(ConfigError, match="of several actors"):
        judge(RECORD, "mentions", every[0], "not-same", mentions=[item.id for item in RECORD.mentions])


def test_a_judgement_can_be_checked_against_the_record_of_today() -> None:
    judgement = judge(RECORD, "events", RECORD.events[0].id, "confirm")
    check_judgement(judgement, RECORD)
    with pytest.raises(SourceError):
        check_judgement(replace(judgement, entry="gone"), RECORD)


def test_a_judgement_says_what_was_judged_and_where() -> None:
    labels = {
        kind: judge(RECORD, kind, getattr(RECORD, kind)[0].id, "confirm").label
        for kind in ("articles", "attributions", "events", "positions")
    }
    assert labels == {
        "articles": "a1.txt",
        "attributions": "Ada Ito: “no talks were held with the guild”",
        "events": "Quarry Guild SANCTION Rowan Vale: “The Quarry Guild fined Rowan Vale”",
        "positions": "Ada Ito against negotiation: “no talks”",
    }
    judged = judge(RECORD, "events", RECORD.events[0].id, "reject", why="It is a rumour.")
    assert (judged.passage, judged.why) == (RECORD.events[0].passage, "It is a rumour.")
    assert judged.rests_on == (RECORD.events[0].id,)


def test_places_find_what_stands_there_or_almost_there() -> None:
    assert parse_place(write_place(cut("Ito", article="a:1", start=3))) == Place("a:1", 3, 6)
    assert parse_place("nonsense") is None
    finder = Finder([(Place("a1", 10, 20), "x"), (Place("a1", 30, 32), "y")])
    assert finder.find(Place("a1", 10, 20)) == finder.find(Place("a1", 11, 20)) == ("x",)
    assert finder.find(Place("a1", 18, 30)) == finder.find(Place("a2", 10, 20)) == ()
    assert finder.find_first([Place("a1", 0, 1), Place("a1", 30, 32)]) == "y"


def test_ties_said_later_stand_against_those_said_before() -> None:
    ties = Ties()
    ties.join(("a", "b"))
    ties.part("j", (("a",), ("b", "c")))
    assert ties.find("a") == ties.find("b")
    ties.join(("a", "c"))
    assert ties.find("c") == ties.find("a")  # the no spoke of a and b too, which are one: it holds no more
    other = Ties()
    other.part("j", (("a",), ("c",)))
    other.join(("a", "b", "c"))
    assert other.find("a") == other.find("b") != other.find("c")
    assert other.list_joined() == [("b", "a")]


def test_a_saved_judgement_goes_to_json_and_back() -> None:
    judgement = judge(RECORD, "actors", RECORD.actors[0].id, "correct", fields={"sectors": ["GOV"]})
    back = replace(judgement, fields=json.loads(json.dumps(judgement.fields)))
    assert resolve(back) == resolve(judgement)


def shift_words(reading: Reading) -> Reading:
    """Give the reading as a new model would that leaves out the first letter of each entry's words."""

    def cut_off(item):
        passage = item.content[0] if hasattr(item, "content") else item.passage
        passage = replace(passage, start=passage.start + 1, text=passage.text[1:])
        words = {"content": (passage,)} if hasattr(item, "content") else {"passage": passage}
        return replace(item, id=f"{item.id}-new", **words)

    said, events, positions = (
        tuple(map(cut_off, getattr(reading, kind))) for kind in ("attributions", "events", "positions")
    )
    positions = tuple(replace(item, basis=f"{item.basis}-new") for item in positions)
    return replace(reading, attributions=said, events=events, positions=positions)


def test_what_was_judged_is_found_where_a_new_model_reads_almost_the_same_and_keeps_its_id() -> None:
    anew = [shift_words(reading) for reading in REPORTS]
    said, event, position = RECORD.attributions[0], RECORD.events[0], RECORD.positions[0]
    judgements = [
        judge(RECORD, "attributions", said.id, "correct", fields={"act": "deny"}),
        judge(RECORD, "events", event.id, "reject"),
        judge(RECORD, "positions", position.id, "correct", fields={"stance": "for"}),
    ]
    corrected = resolve(*judgements)
    judgements.append(judge(corrected, "positions", position.id, "confirm", at="2026-02-02"))
    record = resolve(*judgements, readings=anew)
    found = {item.id: item for item in (*record.attributions, *record.positions)}
    assert found[position.id].stance == "for"
    assert found[said.id].act == "deny"
    assert found[position.id].basis == said.id
    assert [item.id for item in record.events] == [f"{RECORD.events[1].id}-new"]
    assert resolve(*judgements, *map(withdraw, judgements), readings=anew) == resolve(readings=anew)


def test_what_says_something_else_in_the_same_words_is_not_what_was_judged() -> None:
    def change(item, **fields):
        return replace(item, id=f"{item.id}-new", **fields)

    reading = REPORTS[0]
    speaker = replace(reading.attributions[0].source, passage=None)
    anew = replace(
        reading,
        attributions=tuple(change(item, source=speaker) for item in reading.attributions),
        events=tuple(change(item, type="AID") for item in reading.events),
        positions=tuple(change(item, stance="for", basis=None) for item in reading.positions),
    )
    before = resolve(readings=[reading])
    for kind in ("attributions", "events", "positions"):
        no = judge(before, kind, getattr(before, kind)[0].id, "reject")
        assert len(getattr(resolve(no, readings=[anew]), kind)) == 1
