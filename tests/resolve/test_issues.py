"""Drafts of issues: what is one issue, which comes first, and what is shown for it."""

from __future__ import annotations

import random
from typing import Any

import pytest
from builders import make_article

from standoff.records import Article, Passage, Topic
from standoff.resolve.issues import EXAMPLES, SPARE, draft_issues

ARTICLES = [
    make_article("a1", text="The first report. " * 9),
    make_article("a2", text="Another one, and quite unlike it. " * 9),
]


def make_topic(word: str, holder: str | None = None, stance: Any = None, *, at: int = 0, **fields: Any) -> Topic:
    """Build a topic, said in words, in the sentence with the number `at`."""
    article = fields.pop("article", "a1")
    known = {
        "source": f"{article}.txt",
        "passage": Passage(article=article, start=at, end=at + len(word), text=word),
        "sentence": Passage(article=article, start=at, end=at + 9, text=f"Sentence {at}"),
        "word": word,
        "name": None if "deed" in fields else word,
        "family": word,
        "holder": holder,
        "stance": stance,
        "said": stance is not None,
    }
    return Topic(**{**known, **fields})


def test_two_must_take_a_stance_and_one_of_them_in_words() -> None:
    alone = [make_topic("toll", "ito", "for"), make_topic("toll", "ito", "against", at=20)]
    deeds = [make_topic("canal", "ito", "for", said=False), make_topic("canal", "oke", "against", at=9, said=False)]
    both = [make_topic("dam", "ito", "for"), make_topic("dam", "oke", "against", at=9, said=False)]
    assert [draft.key for draft in draft_issues([*alone, *deeds, *both], ARTICLES)] == ["dam"]


def test_disagreement_and_independent_reports_come_first() -> None:
    agreed = [make_topic("toll", name, "for", at=at) for at, name in enumerate(("ito", "oke"))]
    quarrel = [make_topic("dam", "ito", "for"), make_topic("dam", "oke", "against", at=9)]
    spread = [make_topic("ban", "ito", "for"), make_topic("ban", "oke", "against", article="a2")]
    drafts = draft_issues([*agreed, *quarrel, *spread], ARTICLES)
    assert [draft.key for draft in drafts] == ["ban", "dam", "toll"]
    assert [draft.origins for draft in drafts] == [2, 1, 1]
    assert [draft.key for draft in draft_issues([*agreed, *quarrel, *spread], ARTICLES, limit=1)] == ["ban"]


def test_a_copy_is_no_second_report() -> None:
    text = "The mayor met the bishop at noon and they spoke of the dam and its price for an hour. Nobody smiled. " * 4
    articles = [Article(id=name, source=name, text=text) for name in ("a1", "a2")]
    topics = [make_topic("dam", "ito", "for"), make_topic("dam", "oke", "against", article="a2")]
    assert draft_issues(topics, articles)[0].origins == 1


def test_a_deed_joins_the_noun_of_its_verb_and_brings_what_undoes_it() -> None:
    topics = [
        make_topic("closure", "ito", "for", family="clos"),
        make_topic("close", "oke", "against", at=30, deed="close pit", family="clos pit"),
    ]
    (draft,) = draft_issues(topics, ARTICLES)
    assert (draft.key, draft.cues, draft.for_cues) == ("closure", ("closure/NOUN",), ("close pit",))
    assert draft.against_cues == ("reopen pit",)
    assert "close pit" in draft.definition


def test_a_longer_name_that_most_places_bear_is_the_issues_own() -> None:
    topics = [
        make_topic("ban", "ito", "for", name="night ban"),
        make_topic("ban", "oke", "against", name="night ban", at=9),
        make_topic("ban", "ida", "against", at=30),
    ]
    (draft,) = draft_issues(topics, ARTICLES)
    assert draft.key == "night-ban"
    assert draft.cues == ("ban/NOUN",)


def test_what_a_shipped_issue_names_at_half_its_places_is_that_issue() -> None:
    topics = [
        make_topic("talk", "ito", "for", shipped="negotiation"),
        make_topic("talk", "oke", "against", at=9),
        make_topic("dialogue", "ida", "for", shipped="negotiation", at=30),
        make_topic("levy", "ito", "for", shipped="trade"),
        make_topic("levy", "oke", "for", at=9),
        make_topic("levy", "ida", "for", at=30),
    ]
    drafts = {draft.key: draft for draft in draft_issues(topics, ARTICLES)}
    assert drafts.keys() == {"negotiation", "levy"}
    assert drafts["negotiation"].shipped == "negotiation"
    assert drafts["negotiation"].list_holders("for") == ("ito", "ida")


def test_examples_show_the_stances_by_turns_and_counter_examples_only_name_it() -> None:
    held = [make_topic("dam", f"h{at}", "against" if at < 8 else "for", at=at) for at in range(20)]
    bare = [make_topic("dam", at=at) for at in (3, 50, 60)]
    (draft,) = draft_issues([*held, *bare], ARTICLES)
    assert len(draft.examples) == SPARE * EXAMPLES
    assert {topic.stance for topic in draft.examples[:2]} == {"for", "against"}
    assert [topic.sentence.start for topic in draft.not_examples] == [50, 60]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_topics_changes_nothing(seed: int) -> None:
    topics = [
        make_topic(word, holder, stance, at=at, article=article)
        for at, (word, holder, stance, article) in enumerate(
            (word, holder, stance, article)
            for word in ("dam", "ban", "toll")
            for holder, stance in (("ito", "for"), ("oke", "against"))
            for article in ("a1", "a2")
        )
    ]
    mixed = random.Random(seed).sample(topics, len(topics))
    assert draft_issues(mixed, ARTICLES) == draft_issues(topics, ARTICLES)


def test_nothing_gives_nothing() -> None:
    assert draft_issues([], ARTICLES) == ()
    assert draft_issues([], []) == ()
