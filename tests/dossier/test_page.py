"""The page stands alone, says what the record says, and lets no text act as markup."""

from __future__ import annotations

import base64
import hashlib
import pathlib
import re
from dataclasses import replace
from typing import Any

import lxml.html
import pytest

from standoff.dossier import build_dossier, write_dossier
from standoff.records import (
    Actor,
    Article,
    Attribution,
    Difference,
    Event,
    Failure,
    Happening,
    Passage,
    Position,
    Record,
    Suggestion,
    When,
)

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror='alert(2)'>\"' --> ]]> &amp; {{ 7 * 7 }} "
    "\u202eevil\u202c مرحبا 😀 </mark></style>"
)
RULE = {"score": 0.5, "made_by": "rules/test"}


def parse(record: Record) -> Any:
    return lxml.html.document_fromstring(build_dossier(record))


def read_section(page: Any, name: str) -> str:
    """Give a section's words, white space evened out."""
    return " ".join(page.get_element_by_id(name).text_content().split())


def make_hostile() -> Record:
    """Build a record every free text of which tries to break out of its place."""
    text = f"{HOSTILE}\nSecond \0 line\r\n{HOSTILE}"
    article = Article(
        id=HOSTILE,
        source=HOSTILE,
        title=HOSTILE,
        outlet=HOSTILE,
        url="javascript:alert(3)",
        dated_by=HOSTILE,
        text=text,
    )
    passage = Passage(article=HOSTILE, start=2, end=len(HOSTILE), text=text[2 : len(HOSTILE)])
    crossing = Passage(article=HOSTILE, start=8, end=len(HOSTILE) + 9, text=text[8 : len(HOSTILE) + 9])
    when = When(earliest=HOSTILE, latest="2031-02-30")
    actor = Actor(id=HOSTILE, name=HOSTILE, kind="person", country=HOSTILE, sectors=(HOSTILE,), aliases=(HOSTILE, "b"))
    said = Attribution(
        id="say",
        source=None,
        cue=None,
        content=(passage, crossing),
        directness="direct",
        venue=passage,
        when=when,
        inside="say",
        **RULE,
    )
    done = Event(
        id="do",
        type=HOSTILE,
        mode=HOSTILE,
        actors=(HOSTILE,),
        passage=crossing,
        place=HOSTILE,
        why=HOSTILE,
        asserted_by="say",
        **RULE,
    )
    stand = Position(id="pos", holder=HOSTILE, issue=HOSTILE, stance="for", passage=passage, why=HOSTILE, **RULE)
    two_days = When(earliest="2031-01-01", latest="2031-01-02")
    happened = Happening(id="hap", label=HOSTILE, when=two_days, passages=(passage,), why=HOSTILE, score=1)
    return Record(
        made_by={HOSTILE: HOSTILE},
        articles=(article,),
        actors=(actor,),
        attributions=(said,),
        events=(done,),
        positions=(stand,),
        happenings=(happened,),
        failures=(Failure(source=HOSTILE, stage=HOSTILE, reason=HOSTILE),),
    )


@pytest.fixture(params=["dispute", "hostile", "empty"])
def any_record(request: pytest.FixtureRequest, dispute: Record) -> Record:
    return {"dispute": dispute, "hostile": make_hostile(), "empty": Record()}[request.param]


def test_the_same_record_gives_the_same_bytes(any_record: Record, tmp_path: pathlib.Path) -> None:
    path = write_dossier(any_record, tmp_path / "page.html")
    assert path.read_bytes() == build_dossier(any_record).encode()


def test_every_inner_link_has_a_target_and_no_id_stands_twice(any_record: Record) -> None:
    page = parse(any_record)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for link in page.xpath("//a[starts-with(@href, '#')]/@href"):
        assert link[1:] in ids
    assert {other for also in page.xpath("//@data-also") for other in also.split()} <= set(ids)


def test_nothing_is_fetched_and_only_articles_link_out(any_record: Record) -> None:
    page = parse(any_record)
    assert not page.xpath("//*[@src or @srcset or @style or @action or @ping]")
    assert not page.xpath("//link | //iframe | //object | //embed | //img | //base")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")
    for link in page.xpath("//*[@href and not(starts-with(@href, '#'))]"):
        assert link.get("href").startswith(("http://", "https://"))
        assert "noopener" in link.get("rel").split()
    assert not re.search(r"url\(|@import", page.xpath("string(//style)"))


def test_the_policy_admits_just_the_pages_own_style_and_script(any_record: Record) -> None:
    page = parse(any_record)
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none';")
    for part in ("style", "script"):
        (element,) = page.xpath(f"//{part}")
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{part}-src 'sha256-{digest}'" in policy


def test_hostile_text_is_shown_and_does_nothing() -> None:
    page = parse(make_hostile())
    assert page.xpath("string(//h1)") == HOSTILE
    assert HOSTILE in page.xpath("string(//*[@id='actor-1']//h3)")
    assert "49" not in read_section(page, "who")
    assert not page.xpath("//a[contains(@href, 'javascript')]")


@pytest.mark.parametrize("which", ["dispute", "hostile"])
def test_an_articles_text_is_shown_as_it_is(which: str, dispute: Record) -> None:
    record = dispute if which == "dispute" else make_hostile()
    shown = [element.text_content() for element in parse(record).find_class("text")]
    assert shown == [article.text.replace("\0", "\ufffd").replace("\r\n", "\n") for article in record.articles]


def test_each_passage_is_marked_with_exactly_its_words(dispute: Record) -> None:
    page = parse(dispute)
    for number, article in enumerate(dispute.articles, start=1):
        for item in [*dispute.attributions, *dispute.events, *dispute.positions]:
            passages = item.content if isinstance(item, Attribution) else (item.passage,)
            for passage in (passage for passage in passages if passage.article == article.id):
                anchor = f"p-{number}-{passage.start}-{passage.end}"
                marks = page.xpath(f"//mark[@id='{anchor}' or @data-p='{anchor}']")
                assert "".join(mark.text_content() for mark in marks) == passage.text


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("who", "Premier, Selm"),
        ("who", "person · Norway · government"),
        ("timeline", "High Court bans the Dockers’ League"),
        ("timeline", "January 2031"),
        ("timeline", "hypothetical 1 report"),
        ("said", "4 March 2031 refused, own words at a farm fair in Lower Selm We do not bargain"),
        ("said", "Ilse Marand promised to Owen Tarr own words I will sign a pardon"),
        ("said", "Marand would welcome talks … if the pickets lift first"),
        ("said", "Her office 1 statement"),
        ("stands", "− against →± on a condition"),
        ("stands", "± on a condition toward Dockers’ League: if the pickets lift first"),
        ("stands", "against in March, on a condition in June"),
        ("did", "High Court → Dockers’ League"),
        ("did", "concede planned according to Owen Tarr"),
        ("did", "sanction hypothetical in Selm"),
        ("conflicts", "strong Claim and denial on pardon Ilse Marand as Owen Tarr tells it League chairman Owen Tarr"),
        ("conflicts", "her office denies the promise"),
        ("articles", "Marand would welcome talks if the pickets lift first, she wrote"),
        ("articles", "Premier rules out talks on Port Selm"),
    ],
)
def test_the_page_says_what_the_record_says(section: str, words: str, dispute: Record) -> None:
    assert words in read_section(parse(dispute), section)


def test_the_head_names_the_dispute_and_what_failed(dispute: Record) -> None:
    head = " ".join(parse(dispute).xpath("//header")[0].text_content().split())
    assert "Ilse Marand, Owen Tarr and Norrland" in head
    assert "as reported 4 March – 30 June 2031" in head
    assert "1 source could not be read" in head
    assert '<h1 dir="auto">The port of Selm</h1>' in build_dossier(dispute, title="The port of Selm")


def test_a_record_that_points_at_nothing_is_still_shown(dispute: Record) -> None:
    lost = Passage(article="gone", start=0, end=4, text="gone")
    beyond = Passage(article="art_1", start=10_000, end=10_010, text="beyond")
    record = replace(
        dispute,
        attributions=tuple(replace(item, content=(lost, beyond), inside="nowhere") for item in dispute.attributions),
        events=tuple(replace(item, passage=lost, actors=("nobody",), asserted_by="say_0") for item in dispute.events),
        conflicts=tuple(replace(item, left="nowhere") for item in dispute.conflicts),
        shifts=tuple(replace(item, before="nowhere") for item in dispute.shifts),
    )
    page = parse(record)
    assert "Someone unnamed" in read_section(page, "did")
    assert "No disagreement was found" in read_section(page, "conflicts")


def test_statements_inside_one_another_are_shown_once_each(dispute: Record) -> None:
    first, second, *others = dispute.attributions
    record = replace(dispute, attributions=(replace(first, inside="say_2"), replace(second, inside="say_1"), *others))
    assert len(parse(record).xpath("//section[@id='said']//blockquote")) == len(dispute.attributions)


def test_copies_count_as_one_origin(dispute: Record) -> None:
    copy = replace(dispute.articles[0], id="art_9", source="reports/copy.txt", outlet="The Echo")
    happening = replace(dispute.happenings[0], articles=("art_1", "art_9"), passages=())
    record = replace(dispute, articles=(*dispute.articles, copy), happenings=(happening,))
    assert "2 reports" in read_section(parse(record), "timeline")


def test_the_record_says_how_many_origins_a_happening_has(dispute: Record) -> None:
    happening = replace(dispute.happenings[0], articles=("art_1", "art_2"), origins=1)
    record = replace(dispute, happenings=(happening,))
    assert "2 reports, 1 independent" in read_section(parse(record), "timeline")


def test_what_reports_of_one_happening_tell_differently_stands_beside_it_with_its_places(dispute: Record) -> None:
    left = Passage(article="art_1", start=41, end=52, text="the dockers")
    right = Passage(article="art_2", start=107, end=116, text="sanctions")
    difference = Difference(what="extent", left=left, right=right, why="one, against the other")
    record = replace(dispute, happenings=(replace(dispute.happenings[0], differences=(difference,)),))
    page = parse(record)
    (shown,) = page.xpath("//section[@id='timeline']//p[contains(@class, 'differs')]")
    assert " ".join(shown.text_content().split()).startswith("The reports differ on all or a part: the dockers")
    anchors = [link.get("href").removeprefix("#") for link in shown.xpath(".//a[@class='ref']")]
    assert [page.get_element_by_id(anchor).text_content() for anchor in anchors] == ["the dockers", "sanctions"]


def test_a_conflict_names_its_further_voices_with_their_places(dispute: Record) -> None:
    first = dispute.conflicts[0]
    other = next(item for item in dispute.attributions if item.id not in (first.left, first.right))
    record = replace(dispute, conflicts=(replace(first, right_also=(other.id, "nowhere")),))
    (shown,) = parse(record).xpath("//section[@id='conflicts']//p[contains(@class, 'further')]")
    assert shown.text_content().startswith("Further voices: ")
    assert len(shown.xpath(".//a[@class='ref']")) == 1


def test_a_page_of_many_articles_is_folded_and_of_bearable_size(dispute: Record) -> None:
    articles = tuple(replace(dispute.articles[0], id=f"n{number}", source=f"{number:03}.txt") for number in range(200))
    page = build_dossier(replace(dispute, articles=(*dispute.articles, *articles)))
    assert not lxml.html.document_fromstring(page).xpath("//details[@class='report'][@open]")
    assert len(page) < 1_000_000


def test_a_page_of_two_thousand_facts_stays_light(dispute: Record) -> None:
    said, stand = dispute.attributions[0], dispute.positions[0]
    passages = dispute.attributions[0].content + dispute.attributions[1].content
    statements = tuple(
        replace(said, id=f"s{number}", content=(passages[number % len(passages)],), inside=None)
        for number in range(1500)
    )
    positions = tuple(
        replace(stand, id=f"p{number}", issue=f"issue-{number % 20}", basis=f"s{number}") for number in range(500)
    )
    record = replace(dispute, attributions=statements, positions=positions, shifts=(), conflicts=())
    page = build_dossier(record)
    tree = lxml.html.document_fromstring(page)
    assert len(tree.xpath("//*")) < 30_000
    assert len(page) < 2_500_000
    assert not tree.xpath("//section[@id='said']//details[@open]")


def test_what_may_be_one_is_told_and_nothing_is_merged(dispute: Record) -> None:
    pair = Suggestion(id="sug", kind="part", left="league", right="norrland", why="“the League’s mission”", score=0.6)
    lost = replace(pair, id="lost", left="nobody")
    page = parse(replace(dispute, suggestions=(pair, lost)))
    assert "Dockers’ League may belong to Norrland. “the League’s mission”" in read_section(page, "who")
    assert "1 pair that may be one" in read_section(page, "who")
    assert not parse(dispute).xpath("//*[@id='kin']")


def test_a_stance_that_another_tells_stands_apart_in_the_grid(dispute: Record) -> None:
    told = replace(dispute.positions[1], id="pos_3", holder="tarr", stance="against", basis="say_5")
    page = parse(replace(dispute, positions=(*dispute.positions, told)))
    assert "− against says Ilse Marand" in " ".join(page.xpath("string(//tr[@id='row-2'])").split())
