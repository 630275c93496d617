"""Happenings: which tellings are of one, when it is, how it is named, and how many vouch for it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from builders import cut, make_article, make_attribution, make_when
from told import Sentence, tell

from standoff.records import Actor, Happening, Mention, Passage, Reading
from standoff.resolve.dates import date_articles, shared
from standoff.resolve.happenings import merge_happenings
from standoff.resolve.happenings.choose import choose_tellings
from standoff.resolve.happenings.gather import Grouper
from standoff.resolve.tellings import join_passages, list_tellings

NAMES = {"court": "Supreme Court", "umma": "Umma Front", "bashir": "Omar Bashir", "envoy": "Lena Holt", "ada": "Ada"}
ACTORS = [Actor(id=key, name=name, kind="person") for key, name in NAMES.items()]

DISSOLVED: Sentence = ("The court dissolved the Umma Front in November", "COERCE court umma", "actual", "<=XXXX-11")
DISSOLUTION: Sentence = ("the dissolution of the Front last-year", "occasion dissolution umma", "actual", "Y-1")
DEFUNCT: Sentence = ("the now-defunct Front", "occasion dissolution umma", "actual", "")


def merge(*readings: Reading, copies: dict[str, str] | None = None) -> list[Happening]:
    return merge_happenings(date_articles(readings), actors=ACTORS, copies=copies or {})


def list_days(happening: Happening) -> tuple[str | None, str | None]:
    assert happening.when is not None
    return happening.when.earliest, happening.when.latest


def test_event_and_occasions_of_one_deed_are_one() -> None:
    first = tell("a", DISSOLVED, published="2010-03-23")
    second = tell("b", DISSOLUTION, DEFUNCT, published="2010-03-24")
    (happening,) = merge(first, second)
    assert happening.label == "Supreme Court dissolves Umma Front"
    assert list_days(happening) == ("2009-11-01", "2009-11-30")
    assert happening.articles == ("a", "b")
    assert happening.events == ("a:0",)
    assert len(happening.passages) == 3
    assert "2 independent origins" in happening.why


def test_copies_do_not_vouch_for_each_other() -> None:
    readings = [tell("a", DISSOLVED, published="2010-03-23"), tell("b", DISSOLVED, published="2010-03-23")]
    (copied,) = merge(*readings, copies={"a": "a", "b": "a"})
    (independent,) = merge(*readings)
    assert copied.score < independent.score
    assert "one origin" in copied.why


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (DISSOLVED, ("The court dissolved the Beja League in November", "COERCE court beja", "actual", "<=XXXX-11")),
        (DISSOLVED, ("The court dissolved the Front in May", "COERCE court umma", "actual", "<=XXXX-05")),
        (DISSOLVED, ("The court sentenced the Front in November", "COERCE court umma", "actual", "<=XXXX-11")),
        (
            ("Bashir met Holt on Monday", "CONSULT bashir envoy", "actual", "<=XXXX-WXX-1"),
            ("Bashir met Holt on Friday", "CONSULT bashir envoy", "actual", "<=XXXX-WXX-5"),
        ),
        (
            ("Bashir met Holt on Monday", "CONSULT bashir envoy", "actual", "<=XXXX-WXX-1"),
            ("Bashir met Ada on Monday", "CONSULT bashir ada", "actual", "<=XXXX-WXX-1"),
        ),
        (
            ("the local elections in 2012", "occasion local-election", "future", "2012-01-01..2012-12-31"),
            ("the general election in 2012", "occasion general-election", "future", "2012-01-01..2012-12-31"),
        ),
        (
            ("Bread will be cheap, he said Monday", "says bashir", "actual", "<=XXXX-WXX-1"),
            ("Trains will be late, she said Monday", "says ada", "actual", "<=XXXX-WXX-1"),
        ),
    ],
    ids=["whom", "when", "what", "day", "party", "kind", "speaker"],
)
def test_unlike_tellings_stay_apart(left: Sentence, right: Sentence) -> None:
    assert len(merge(tell("a", left, published="2010-03-23"), tell("b", right, published="2010-03-23"))) == 2


def test_elections_of_two_countries_stay_apart() -> None:
    sentence: Sentence = ("the general election in July", "occasion general-election", "future", ">=XXXX-07")
    readings = [tell(place, sentence, published="2010-03-23", place=place) for place in ("Sudan", "Chad")]
    assert len(merge(*readings)) == 2


def test_mentions_without_a_day_join_the_election_that_they_mean() -> None:
    held = ("2010-04-11..2010-04-13", "2015-04-13..2015-04-16")
    dated = [
        tell(f"dated{number}", ("polls on days", "occasion general-election", "actual", days), published="2016-01-01")
        for number, days in enumerate(held)
    ]
    before = tell("before", ("the upcoming elections", "occasion election", "future", ""), published="2015-02-01")
    after = tell("after", ("the stolen elections", "occasion election", "actual", ""), published="2011-01-01")
    first, second = merge(*dated, before, after)
    assert first.articles == ("after", "dated0")
    assert second.articles == ("before", "dated1")


def test_days_narrow_to_what_all_tellings_allow() -> None:
    vague = tell("a", ("Bashir met Holt last-week", "CONSULT bashir envoy", "actual", "W-1"), published="2010-03-23")
    exact = tell(
        "b", ("Bashir met Holt on 18.March", "CONSULT bashir envoy", "actual", "~XXXX-03-18"), published="2010-04-20"
    )
    (happening,) = merge(vague, exact)
    assert list_days(happening) == ("2010-03-18", "2010-03-18")
    assert happening.when is not None
    assert happening.when.passage is not None
    assert happening.when.passage.article == "b"


def test_plan_becomes_a_fact_once_a_report_has_it_as_past() -> None:
    plan = tell(
        "a",
        ("Bashir will meet Holt on Friday", "CONSULT bashir envoy", "future", ">=XXXX-WXX-5"),
        published="2010-03-23",
    )
    done = tell(
        "b", ("Bashir met Holt on Friday", "CONSULT bashir envoy", "actual", "<=XXXX-WXX-5"), published="2010-03-27"
    )
    assert [happening.status for happening in merge(plan)] == ["future"]
    assert [happening.status for happening in merge(plan, done)] == ["actual"]


@pytest.mark.parametrize(
    "sentence",
    [
        ("Bashir may meet Holt on Friday", "CONSULT bashir envoy", "hypothetical", ">=XXXX-WXX-5"),
        ("Bashir did not meet Holt on Friday", "CONSULT bashir envoy", "negated", "<=XXXX-WXX-5"),
        ("Bashir praised Holt", "SUPPORT bashir envoy", "actual", ""),
        ("the elections", "occasion election", "hypothetical", ""),
        ("There will be bread, he said", "says bashir", "actual", ""),
    ],
    ids=["hypothetical", "negated", "undated", "election", "speech"],
)
def test_what_is_no_happening(sentence: Sentence) -> None:
    assert merge(tell("a", sentence, published="2010-03-23")) == []


def test_speech_of_a_day_is_one_entry_of_an_article() -> None:
    said: Sentence = (
        "There will be no amnesty for any mutineer, he said Monday",
        "says bashir",
        "actual",
        "<=XXXX-WXX-1",
    )
    also: Sentence = (
        "Bread will be cheaper before the rains, he added Monday",
        "says bashir",
        "actual",
        "<=XXXX-WXX-1",
    )
    (happening,) = merge(tell("a", said, also, published="2010-03-23"))
    assert happening.label.startswith("Omar Bashir says: “There will be no amnesty")
    assert list_days(happening) == ("2010-03-22", "2010-03-22")


def test_happenings_are_sorted_by_time_whatever_order_the_articles_come_in() -> None:
    readings = make_dispute(12, random.Random(3))
    expected = merge(*readings)
    firsts = [happening.when.earliest for happening in expected if happening.when and happening.when.earliest]
    assert firsts == sorted(firsts)
    for seed in range(3):
        random.Random(seed).shuffle(readings)
        assert merge(*readings) == expected


def make_dispute(count: int, chance: random.Random) -> list[Reading]:
    """Make reports of a dispute in which few parties do much to each other over the years."""
    parties = list(NAMES)
    readings = []
    for number in range(count):
        sentences: list[Sentence] = []
        for _ in range(6):
            left, right = chance.sample(parties, 2)
            sentences.append((f"{left} met {right} on day", f"CONSULT {left} {right}", "actual", "<=XXXX-WXX-3"))
            sentences.append((f"{left} banned {right} in month", f"COERCE {left} {right}", "actual", "<=XXXX-05"))
        sentences.append(("the coming elections", "occasion election", "future", ""))
        day = f"{2000 + number // 24}-{number // 2 % 12 + 1:02}-{chance.randint(1, 28):02}"
        readings.append(tell(f"r{number:03}", *sentences, published=day))
    return readings


def count_comparisons(readings: Sequence[Reading]) -> int:
    grouper = Grouper()
    grouper.gather(
        telling for reading in date_articles(readings) for telling in choose_tellings(list_tellings(reading))
    )
    return grouper.compared


def test_comparisons_grow_with_the_articles_not_with_their_pairs() -> None:
    readings = make_dispute(300, random.Random(5))
    small, large = count_comparisons(readings[:100]), count_comparisons(readings)
    assert large <= 3.6 * small


def test_who_is_singled_out_of_a_group_befell_it_too() -> None:
    text = "Police arrested nine rioters, including Ada, on Monday"
    first = tell("a", (text, "COERCE police rioters", "actual", "<=XXXX-WXX-1"), published="2010-03-23")
    start = text.index("Ada")
    mention = Mention(id="m", actor="ada", passage=Passage(article="a", start=start, end=start + 3, text="Ada"))
    later = tell("b", ("her arrest last-month", "COERCE nobody ada", "actual", "M-1"), published="2010-04-23")
    (happening,) = merge(replace(first, mentions=(mention,)), later)
    assert list_days(happening) == ("2010-03-22", "2010-03-22")


def test_dating_compares_each_article_with_few_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def count(readings: list[Reading]) -> int:
        calls = 0
        compare = shared._compare

        def note(*pair: Any) -> float:
            nonlocal calls
            calls += 1
            return compare(*pair)

        with monkeypatch.context() as patch:
            patch.setattr(shared, "_compare", note)
            date_articles(readings)
        return calls

    readings = make_dispute(300, random.Random(7))
    undated = [
        replace(reading, article=replace(reading.article, published=None)) if number % 3 == 0 else reading
        for number, reading in enumerate(readings)
    ]
    small, large = count(undated[:100]), count(undated)
    assert 0 < large <= 3.6 * small


def test_a_clause_without_a_party_is_one_in_two_reports_and_two_of_one_day_are_two() -> None:
    what, day = "occasion occurrence", "2012-05-03..2012-05-03"
    one = tell(
        "one",
        ("The ferry Karima sank off Zanzibar before dawn on 3.May", what, "actual", day),
        ("A warehouse burned down in Tanga on 3.May", what, "actual", day),
        published="2012-05-04",
    )
    two = tell("two", ("The ferry Karima sank near Zanzibar on 3.May", what, "actual", day), published="2012-05-05")
    assert sorted(len(item.articles) for item in merge(one, two)) == [1, 2]


def test_the_day_of_a_headline_stands_by_itself() -> None:
    text = "Kremlin rejects call\n\nRussia on Tuesday rejected a call."
    said = replace(
        make_attribution("call", by="ada", within=text, cue="rejects", act="refuse"),
        when=replace(make_when("2024-12-03"), passage=cut("Tuesday", within=text)),
    )
    assert [part.text for part in join_passages(make_article(text=text), said)] == ["Kremlin rejects call", "Tuesday"]
