"""Take a description apart: the words, what the codebooks know of them, and the phrases that it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from standoff.annotate.mentions.lexicon import Tag, load_lexicon, load_words, split_words

TURNS = frozenset(
    {"of", "from", "in", "at", "for", "with", "to", "by", "who", "that", "whose", "which", "on", "near", "against"}
    | {"under", "during", "over", "based", "outside", "inside", ",", "(", ":", "and", "&"}
)
PLACES = ("country", "demonym", "capital")
WORLD = frozenset({"IGO", "NGO", "IMG", "MNC"})
HEADS = ("role", "collective", "organisation")


class Segment(NamedTuple):
    """A phrase of a description: its words' places, what leads to it ("of", ","), and what it holds."""

    start: int
    end: int
    turn: str
    tags: tuple[Tag, ...]

    @property
    def heads(self) -> list[Tag]:
        """What sort of actor the phrase names, the head last."""
        return [tag for tag in self.tags if tag.kind in HEADS and not tag.entry.code.extra.get("honorific")]

    @property
    def bodies(self) -> list[Tag]:
        """The bodies that the phrase names, the last last."""
        return [tag for tag in self.tags if tag.kind == "body"]


class Description(NamedTuple):
    """A description taken apart; `friends` are those it names as another's friends, foes or kin ("Iran-backed")."""

    words: list[str]
    lower: list[str]
    tags: list[Tag]
    friends: list[Tag]
    segments: list[Segment]


def read_description(text: str) -> Description:
    """Give the words of a description, its entries in the codebooks, and its phrases.

    Whose friends, foes or kin an actor is says neither its country nor its sector, so those entries are kept apart.
    """
    words = split_words(text)
    if len(words) > 1 and text.isupper():
        words = load_lexicon(alone=True).restore_case(words)
    lower = [word.lower() for word in words]
    tags = [tag for tag in load_lexicon(alone=True).find_tags(words) if not _is_in_name(words, tag)]
    named_only = load_words("descriptions", "named_only")
    tags = [tag for tag in tags if not (tag.text in named_only and words[tag.start].islower())]
    friends: list[Tag] = []
    own: list[Tag] = []
    for tag in tags:
        (friends if _is_friend(lower, tag) else own).append(tag)
    return Description(words, lower, own, friends, list(_split_segments(lower, own)))


def _split_segments(lower: Sequence[str], tags: Sequence[Tag]) -> Iterator[Segment]:
    """Yield the phrases between prepositions, commas and relative pronouns that stand inside no entry."""
    inside = {at for tag in tags for at in range(tag.start + 1, tag.end)}
    starts = {tag.start for tag in tags}
    turns = [at for at in range(1, len(lower)) if lower[at] in TURNS and at not in inside and at not in starts]
    edges = [0, *turns, len(lower)]
    rest = iter(tags)
    tag = next(rest, None)
    for start, end in pairwise(edges):
        held = []
        while tag is not None and tag.start < end:
            held.append(tag)
            tag = next(rest, None)
        yield Segment(start, end, lower[start] if start else "", tuple(held))


def _is_friend(lower: Sequence[str], tag: Tag) -> bool:
    """Tell whether an entry is only what the actor is for, against or akin to: "Iran-backed", "pro-Russian"."""
    after = lower[tag.end : tag.end + 2]
    before = lower[max(0, tag.start - 2) : tag.start]
    return (
        (len(after) == 2 and after[0] == "-" and after[1] in load_words("descriptions", "friends"))
        or (len(before) == 2 and before[1] == "-" and before[0] in load_words("descriptions", "stances"))
        or (tag.kind == "demonym" and before[-1:] == ["ethnic"])
        or (after[:1] == ["-"] and after[-1] in load_words("descriptions", "settled"))
    )


def _is_in_name(words: Sequence[str], tag: Tag) -> bool:
    """Tell whether one word that means something by itself is a part of a longer name: "Karen Jones", "Gerald Ford"."""
    extra = tag.entry.code.extra
    if "kind" not in extra or tag.end - tag.start > 1 or not (tag.kind in ("body", "demonym") or "person" in extra):
        return False
    lexicon = load_lexicon(alone=True)
    beside = [words[tag.start - 1]] if tag.start else []
    beside += words[tag.end : tag.end + 1] if tag.kind == "demonym" else []
    return any(word[:1].isupper() and word != "The" and not any(lexicon.find_tags([word])) for word in beside)
