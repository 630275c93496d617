"""Add the stances that the trained reader sees to those that the grammar composes.

The grammar can say why and whose, but knows an issue only by its listed words and a stance only by its listed verbs.
The reader has learned both from sentences, and holds a word against the definition of an issue, also a user's own. So
it adds positions where the grammar has none. Where both see one, the grammar's is mostly right, and stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from standoff.annotate.facts import LeaningFact, Offsets, PositionFact, read_facts
from standoff.annotate.likely import keep_heads, list_likely
from standoff.annotate.positions.context import Context
from standoff.annotate.positions.holders import CLAIMED, FIRST_PERSON

# Chosen on the tune half of tests/cases/positions.toml and on coded articles, 2026-11.
ADDED = 0.45  # a position that the grammar does not see is taken from this chance on (that it is named, and taken)
PART = 0.5  # a word is taken for the holder's or the condition's from this chance on
SCORE = 0.7  # what the reader alone sees counts so much as its chance: the grammar's own words score 0.75 to 0.9
NONE = "none"


class Leaning(NamedTuple):
    """One stance that the reader sees in a sentence.

    `chance` sums over the words that may carry it, `token` being the likeliest; `holders` and `condition` are its own.
    """

    token: Token
    issue: str
    stance: str
    chance: float
    holders: tuple[Token, ...]
    condition: Offsets | None


class Leanings:
    """What the trained reader sees of positions on some issues in one document; nothing if it has not run."""

    def __init__(self, doc: Doc, issues: Container[str]) -> None:
        self._tokens = {token.idx: token for token in doc}
        self._facts: dict[int, dict[str, LeaningFact]] = defaultdict(dict)
        for fact in read_facts(doc, "leanings"):
            token = self._tokens.get(fact["start"])
            if token is not None and fact["issue"] in issues:
                self._facts[token.i][fact["issue"]] = fact

    def list_sure(self) -> list[Leaning]:
        """Give the stances that are sure enough to stand alone, in reading order."""
        chances: dict[tuple[int, str, str], dict[int, float]] = defaultdict(dict)
        for at, facts in self._facts.items():
            sent = next(self._tokens[fact["start"]] for fact in facts.values()).sent.start
            for issue, fact in facts.items():
                for stance, share in fact["stances"].items():
                    if stance != NONE:
                        chances[sent, issue, stance][at] = share * fact["chance"]
        sure = [
            self._read(max(words, key=lambda at: (words[at], -at)), issue, stance, sum(words.values()))
            for (_, issue, stance), words in chances.items()
            if sum(words.values()) >= ADDED
        ]
        return sorted(sure, key=lambda item: (item.token.i, item.issue, item.stance))

    def _read(self, at: int, issue: str, stance: str, chance: float) -> Leaning:
        fact = self._facts[at][issue]
        condition = list_likely(fact["parts"], 3, PART, self._tokens) if stance == "conditional" else []
        return Leaning(
            token=self._tokens[fact["start"]],
            issue=issue,
            stance=stance,
            chance=min(1.0, chance),
            holders=tuple(keep_heads(list_likely(fact["parts"], 2, PART, self._tokens))),
            condition=_join_words(condition),
        )


def _join_words(words: list[Token]) -> Offsets | None:
    """Give the characters from the first to the last of some words that stand in one sentence."""
    if not words or words[0].sent.start != words[-1].sent.start:
        return None
    return [words[0].idx, words[-1].idx + len(words[-1])]


def read_seen(context: Context, leanings: Leanings, stated: Iterable[PositionFact]) -> Iterator[PositionFact]:
    """Yield the positions that the reader alone sees, of holders of whose stance on that issue no clause tells."""
    taken = {(fact["holder"], fact["issue"]) for fact in stated}
    for seen in leanings.list_sure():
        number = next(iter(context.list_attributions(seen.token)), None)
        said = None if number is None else context.attributions[number]
        start, end = context.cut_sentence(seen.token, said)
        for holder in _list_holders(context, seen, None if said is None else said["actor"]):
            if (holder, seen.issue) in taken:
                continue
            claimed = context.find_teller(number, holder, by_cue=False)
            whose = f", as {context.name(claimed)} tells it" if claimed is not None else ""
            yield PositionFact(
                start=start,
                end=end,
                holder=holder,
                issue=seen.issue,
                stance=seen.stance,
                toward=None if said is None or said["addressee"] == holder else said["addressee"],
                condition=seen.condition,
                time=None if said is None else said["time"],
                attribution=number,
                event=None if number is not None else context.find_event(start, end, holder),
                score=round(SCORE * seen.chance * (1.0 if claimed is None else CLAIMED), 3),
                why=f"“{seen.token.text}” reads as {seen.stance} {seen.issue}{whose}.",
                made_by="model/stance",
            )


def _list_holders(context: Context, seen: Leaning, speaker: int | None) -> list[int]:
    """Give the actors whose stance the reader sees: those that its words name, else the speaker."""
    named = [
        context.mention_at.get(token.i, speaker if token.lower_ in FIRST_PERSON else None) for token in seen.holders
    ]
    found = list(dict.fromkeys(actor for actor in named if actor is not None))
    return found or ([speaker] if speaker is not None else [])
