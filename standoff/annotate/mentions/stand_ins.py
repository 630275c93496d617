"""Tell which words stand for somebody told of elsewhere: pronouns, and descriptions that say hardly more."""

from __future__ import annotations

from typing import NamedTuple

from standoff.annotate.mentions.register import Register
from standoff.annotate.mentions.words import Words

PRONOUNS = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
    "it": "thing", "its": "thing", "itself": "thing",
    "they": "many", "them": "many", "their": "many", "theirs": "many", "themselves": "many", "themself": "neutral",
}  # fmt: skip
SEXES = ("male", "female")
BARE = {"man": "male", "boy": "male", "woman": "female", "girl": "female"}  # nouns that tell no more than "he" or "she"
PARENTS = {
    "father": "male", "grandfather": "male", "mother": "female", "grandmother": "female",
    "mum": "female", "mom": "female", "gran": "female", "nan": "female", "dad": "male", "grandad": "male",
}  # fmt: skip


class StandIn(NamedTuple):
    """What kind of party may be meant ("someone": a person of either sex), and the tokens of the words."""

    kind: str
    start: int
    end: int


def find_stand_in(words: Words, at: int, register: Register) -> StandIn | None:
    """Give the pronoun, "the old man", "the mother of two" or "the 62-year-old" whose head is token `at`, if any is."""
    kind = PRONOUNS.get(words.lower[at])
    if kind is not None:
        return StandIn(kind, at, at + 1)
    if words.lower[at - 1 : at] == ["-"]:
        return _find_joined(words, at)
    parent = is_parent(words, at)
    bare = PARENTS[words.lower[at]] if parent else BARE.get(words.lower[at])
    if bare is None or register.owner[at] is not None or words.doc[at].dep_ not in ("nsubj", "nsubjpass"):
        return None
    start = at - 1 - (words.lower[at - 1] in ("old", "young", "elderly"))
    return StandIn(bare, start, at + 3 if parent else at + 1) if start >= 0 and words.lower[start] == "the" else None


def _find_joined(words: Words, at: int) -> StandIn | None:
    """Give what is written with hyphens and ends here: "the 62-year-old", "the mum-of-two"."""
    first, second, third = (words.lower[place] if place >= 0 else "" for place in (at - 4, at - 2, at - 5))
    if third != "the" or words.lower[at - 3] != "-":
        return None
    after = words.doc[at + 1] if at + 1 < len(words.texts) else None
    if words.lower[at] == "old" and second == "year":
        described = after is not None and after.pos_ in ("NOUN", "PROPN", "ADJ")
        return None if described else StandIn("someone", at - 5, at + 1)
    of = second == "of" and first in PARENTS and words.doc[at].like_num
    return StandIn(PARENTS[first], at - 5, at + 1) if of else None


def is_parent(words: Words, at: int) -> bool:
    """Tell whether "the mother of two" stands at `at`: a reporter's other name for somebody told of before."""
    after = words.doc[at + 2] if words.lower[at + 1 : at + 2] == ["of"] and at + 2 < len(words.texts) else None
    return words.lower[at] in PARENTS and words.lower[at - 1 : at] == ["the"] and after is not None and after.like_num
