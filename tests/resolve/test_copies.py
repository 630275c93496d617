"""Copies: what is one wire story, and what are two reports of one day."""

from __future__ import annotations

import random

import pytest

from standoff.records import Article
from standoff.resolve.copies import find_copies, list_candidates


def unwrap(text: str) -> str:
    """Give a text wrapped for this file as a newspaper's: one line for each paragraph."""
    return "\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


WIRE = unwrap(
    """
Rebels and government agree to open airport road

The Sudanese army and the Northern Front agreed on Thursday to reopen the road to El Fasher airport, mediators said,
in the first concession that either side has made since talks began in Juba three weeks ago.

Trucks carrying flour and medicine for some 40,000 displaced people are to leave the town of Kutum on Saturday. The
army will inspect them at two points, while the front's fighters keep away from the last ten kilometres of the road.

"We have tested each other's patience and found a road," the chief mediator, Achol Deng, told reporters.

A spokesman for the army said that it would halt the convoy at once if weapons were found in it.

Earlier attempts to open the road collapsed in April, when a driver was shot near Malha and both sides blamed the
other.

The front wants its men to be taken into the regular forces before it signs anything else, a demand that Khartoum has
turned down.
"""
)

# The same story as another paper printed it: retitled, cut, its sentences touched up.
REWRITTEN = unwrap(
    """
Airport road in Darfur to reopen, say mediators

Sudan's army and the Northern Front agreed Thursday to reopen the road to El Fasher airport, according to mediators,
the first concession made by either side since talks began in Juba three weeks ago.

Trucks with flour and medicine for about 40,000 displaced people will leave the town of Kutum on Saturday. The army is
to inspect them at two points, and the front's fighters will keep away from the last ten kilometres of the road.

"We have tested each other's patience and found a road," chief mediator Achol Deng told reporters.

An army spokesman said it would halt the convoy at once if weapons were found.
"""
)

# Rewritten harder by a third: sentences merged, turned round and shortened, with a paragraph of its own at the end.
REWORKED = unwrap(
    """
Aid trucks to reach El Fasher

The road to El Fasher airport is to be reopened, mediators said Thursday after the Sudanese army and the Northern Front
agreed on the first concession either side has made since the talks in Juba began three weeks ago.

On Saturday trucks carrying flour and medicine for 40,000 displaced people will leave Kutum. They will be inspected by
the army at two points, while fighters of the front keep away from the road's last ten kilometres.

The army's spokesman said the convoy would be halted at once if weapons were found in it. Attempts to open the road
earlier collapsed in April, when a driver was shot near Malha and each side blamed the other.

In Nyala, traders said that they had sold no sugar for a month and would believe in the road when they saw a lorry.
"""
)

CUT = "\n".join(WIRE.splitlines()[:4])

# Another reporter at the same press conference: the same facts and quotation in other words and another order.
INDEPENDENT = unwrap(
    """
Hope for El Fasher as guns fall silent along supply line

Aid could reach El Fasher this weekend for the first time since spring. After a night of haggling, negotiators for
Khartoum and its northern opponents shook hands on a plan under which lorries will roll from Kutum.

"We have tested each other's patience and found a road," said Achol Deng, who has steered the Juba meetings, visibly
tired.

Residents reached by telephone were wary. Flour has tripled in price, a baker said, and two earlier promises came to
nothing.

Diplomats doubt that searches by soldiers at two checkpoints will pass without quarrels. An officer threatened to stop
everything should a single rifle turn up, and insurgent commanders still insist that their men get army ranks first.
"""
)

OTHER = unwrap(
    """
Miners in Silesia walk out over pension plan

Every pit but one in the Rybnik coalfield stood still on Wednesday after the two largest unions called their members
out. The energy ministry in Warsaw offered a meeting next month and asked the strikers to keep the pumps running until
then.

A union leader, Jacek Wrona, called the offer an insult and promised that no coal would leave the region before
Easter.
"""
)


def make_article(name: str, text: str, published: str | None = None) -> Article:
    return Article(id=name, source=f"{name}.txt", text=text, published=published)


NAMES = ["rewritten", "reworked", "cut", "capitals", "byline"]


@pytest.mark.parametrize("copy", [REWRITTEN, REWORKED, CUT, WIRE.upper(), "By our correspondent\n" + WIRE], ids=NAMES)
def test_copy_is_found(copy: str) -> None:
    articles = [
        make_article("wire", WIRE, "2019-06-06"),
        make_article("copy", copy, "2019-06-07"),
        make_article("other", OTHER),
    ]
    assert find_copies(articles) == {"wire": "wire", "copy": "wire", "other": "other"}


@pytest.mark.parametrize("other", [INDEPENDENT, OTHER, "", "One.", "“" + WIRE])
def test_independent_report_is_no_copy(other: str) -> None:
    found = find_copies([make_article("a", WIRE), make_article("b", other)])
    assert found["a"] == "a"
    assert found["b"] == "b"


def test_origin_is_the_first_published() -> None:
    found = find_copies([make_article("late", WIRE, "2019-06-08"), make_article("early", REWRITTEN, "2019-06-06")])
    assert found == {"late": "early", "early": "early"}


def test_copies_of_copies_have_one_origin_in_any_order() -> None:
    articles = [
        make_article("a", WIRE, "2019-06-06"),
        make_article("b", REWRITTEN, "2019-06-07"),
        make_article("c", CUT),
    ]
    articles += [make_article(f"d{number}", f"{number} papers. {WIRE}", "2019-06-09") for number in range(20)]
    expected = find_copies(articles)
    assert set(expected.values()) == {"a"}
    for seed in range(3):
        random.Random(seed).shuffle(articles)
        assert find_copies(articles) == expected


def test_few_pairs_are_compared_among_many_articles() -> None:
    words = [f"w{number}" for number in range(4000)]
    chance = random.Random(7)
    formula = "the prime minister told reporters in the capital on the day before that nothing had been decided yet "
    articles = [make_article(str(n), formula + " ".join(chance.choices(words, k=200)) + ".") for n in range(400)]
    assert len(list(list_candidates(articles))) <= 2 * len(articles)


LEAD = "The harbour of Paphos stood still on Monday after dockers struck over the sale of two cranes to a Greek buyer."
BACKGROUND = (
    "The port handles nine tenths of the island's fruit. A strike there in 2009 lasted eleven days and cost growers "
    "forty million euros, according to their chamber."
)
FOLLOW_UP = (
    "A mediator was named on Tuesday to bring shippers and unions together in Nicosia. He is a retired judge. "
    + BACKGROUND
)
REPHRASED = (
    "Dockers in Paphos, furious that a Greek firm gets two cranes, struck on Monday and left the harbour dead. Most of "
    "the fruit of the island, nine tenths, passes there. Growers lost forty million euros in 2009, when it lay shut "
    "for eleven days, their chamber says."
)


def find_pair(other: str, *, first: str = "2019-06-06", second: str = "2019-06-07") -> bool:
    wire = f"PAPHOS (Agency) - {LEAD} {BACKGROUND}"
    return find_copies([make_article("wire", wire, first), make_article("b", other, second)])["b"] == "wire"


def test_a_report_in_other_words_is_a_copy() -> None:
    assert find_pair(REPHRASED)


def test_background_used_again_makes_no_copy() -> None:
    assert not find_pair(FOLLOW_UP)


def test_what_is_rewritten_weeks_later_is_no_copy_but_the_same_text_is() -> None:
    assert not find_pair(REPHRASED, second="2019-07-01")
    assert find_pair(f"{LEAD} {BACKGROUND}", second="2019-07-01")


def test_the_wire_is_the_origin_of_what_was_printed_on_its_day() -> None:
    assert find_pair(f"{LEAD} {BACKGROUND} Police watched from the quay, and a band played.", second="2019-06-06")


def test_a_report_of_two_wires_does_not_make_them_one() -> None:
    other = (
        "NICOSIA (Press) - Parliament put off a bill on water prices after farmers blocked the road to Kyrenia. "
        "Members will meet again in October, the speaker wrote, when the rains are over."
    )
    articles = [
        make_article("one", f"PAPHOS (Agency) - {LEAD} {BACKGROUND}", "2019-06-06"),
        make_article("two", other, "2019-06-06"),
        make_article("both", f"{LEAD} {other.split(' - ')[1]} {BACKGROUND}", "2019-06-07"),
    ]
    assert find_copies(articles) == {"one": "one", "two": "two", "both": "one"}


def test_the_same_words_are_a_copy_however_few() -> None:
    text = "Ada Ito said the mine would close."
    assert find_copies([make_article("a", text=f"{text}\n"), make_article("b", text=text)]) == {"a": "a", "b": "a"}
