"""Pair statements that a report itself sets against each other: "but", "denied", "gave another account"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from standoff.records import Actor, Conflict, Reading, make_id
from standoff.resolve.conflicts.blocks import Block, claim, cut_blocks, list_stances
from standoff.resolve.conflicts.judge import Judgement, judge_pair
from standoff.resolve.conflicts.statements import (
    Statement,
    Words,
    find_cue,
    find_cues,
    quote,
    say_source,
    say_verb,
    says_much,
)
from standoff.resolve.vouching import are_one_side

NEAR = 250  # characters between two statements that a report can still be setting against each other
BACK = 4  # blocks back in which the statement is looked for that a turn goes against
OPENING = 30  # characters of the second statement in which it may itself rebut ("there is no truth in …")
FIRST = re.compile(r"\W*\w+")
PERFECT = re.compile(r"\bhad\b")  # the tense in which a report tells afterwards what has been denied
DONE = re.compile(r"\b\w+ed by\b(?! \w+ing\b)")  # "an idea rejected by the party" is no turn to whoever comes next
ACCOUNT = 4  # statements of "another account" that are held against the first one
FEW = 3  # statements of the very person spoken of that are looked at
SAME = 0.2  # what two statements lose as each other's contrary where both take the same stance on an issue
LEAST = 0.06  # the fit below which a turn goes against nothing that was found


def pair_contrasts(
    statements: Sequence[Statement], *, readings: Sequence[Reading], words: Words, actors: Mapping[str, Actor]
) -> Iterator[Conflict]:
    """Yield, for each statement that a report turns to by a word of contrast, the earlier one of another side it fits.

    That need not be the last: "X, however, said that Y had asked for help" goes against what Y said at the top. Where
    the report says that somebody tells another story, each sentence of that story is held against the first account.
    """
    names = {actor.id: actor.name for actor in actors.values()}
    texts = {reading.article.id: reading.article.text for reading in readings}
    stances = list_stances(readings)
    for article, blocks in cut_blocks(statements).items():
        by_source: dict[str, list[Statement]] = defaultdict(list)
        for place, block in enumerate(blocks):
            turn = _find_turn(blocks, place, texts[article])
            if turn is not None:
                cue, is_account = turn
                for right in _list_answers(block, is_account=is_account):
                    found = _choose_left(
                        right, blocks[max(0, place - BACK) : place], by_source, cue, words, actors, stances
                    )
                    if found is not None:
                        yield _make(*found, right, cue, names)
            by_source[block.source].extend(block.statements)


def _find_turn(blocks: Sequence[Block], place: int, text: str) -> tuple[str, bool] | None:
    """Give the word by which a report turns to a block, and whether it announces another account."""
    block, last = blocks[place], blocks[place - 1]
    if place == 0 or block.start - last.end > NEAR:
        return None
    gap = text[last.end : min(block.start + OPENING, block.statements[0].end)]
    account = find_cue(gap, "account") or find_cue(" ".join(item.text for item in block.statements[:2]), "account")
    if account is not None:
        return account, True
    if last.statements[-1].act == "deny" and PERFECT.search(text[last.end : block.start]):
        return last.statements[-1].cue or "denied", False  # "she denied that she would go; a paper had said so"
    own = {item.cue.lower() for item in last.statements}
    opened = text[last.end : block.start] + (FIRST.match(text, block.start) or [""])[0]  # "nobody died, but" turns not
    cues = [*find_cues(DONE.sub("", gap), "rebuttal"), *find_cues(DONE.sub("", opened), "turn")]
    cue = next((cue for cue in cues if not any(cue.lower() in spoken for spoken in own)), None)
    return (cue, False) if cue else None


def _list_answers(block: Block, *, is_account: bool) -> Sequence[Statement]:
    """Give the statements of a block that answer: the first, or each of another account but its announcement."""
    speaking = [item for item in block.statements if says_much(item) and not find_cue(item.text, "account")]
    return speaking[: ACCOUNT if is_account else 1]


def _choose_left(
    right: Statement,
    before: Sequence[Block],
    by_source: Mapping[str, Sequence[Statement]],
    cue: str,
    words: Words,
    actors: Mapping[str, Actor],
    stances: Mapping[str, set[tuple[str, str]]],
) -> tuple[float, Judgement, Statement] | None:
    """Give the earlier statement of another side that a turn goes against, how well it fits, and what differs."""
    own = [item for actor in sorted(right.about) for item in by_source.get(actor, ())[:FEW]]
    rivals = {*(item for block in before for item in block.closing), *own}
    weighed = []
    for item in rivals:
        if says_much(item) and not item.retold and not are_one_side(str(item.source), str(right.source), actors):
            judged = judge_pair(claim(item), claim(right))
            near = (item in before[-1].statements) + (item == before[-1].statements[-1])
            fit = _fit(item, right, judged, words, near=near, is_answer=find_cue(cue, "turn") is None)
            fit -= SAME * bool(stances.get(item.id, set()) & stances.get(right.id, set()))
            weighed.append((fit, -item.start if item.source in right.about else item.start, item.id, judged, item))
    if not weighed:
        return None
    fit, _, _, judged, left = max(weighed, key=lambda rival: rival[:3])
    return (fit, judged, left) if fit > LEAST else None


def _fit(left: Statement, right: Statement, judged: Judgement, words: Words, *, near: int, is_answer: bool) -> float:
    """Weigh how well an earlier statement fits as the one that a turn goes against.

    It may be the last speaker's, speak of the same in the same words, or be the word of the very person spoken of; and
    the two may exclude one another. A mere "but" to the next speaker is not enough; "denied" or "on the contrary" is.
    """
    same, own = words.compare(left, right), left.source in right.about
    shared = bool((left.about - {left.source}) & (right.about - {right.source}))
    fit = 0.3 * judged.score + 0.1 * shared + 0.25 * same + 0.25 * own
    if is_answer:
        return fit + 0.3 * bool(near) + 0.05 * near
    return fit + 0.12 * near if fit >= LEAST else 0.0


def _make(
    fit: float, judged: Judgement, left: Statement, right: Statement, cue: str, names: Mapping[str, str]
) -> Conflict:
    differs = f": {judged.difference}" if judged.difference else ""
    return Conflict(
        id=make_id("conflict", left.id, right.id),
        kind="between-sources",
        left=left.id,
        right=right.id,
        score=round(min(0.45 + fit, 0.95), 3),
        why=(
            f"{say_source(left, names)} {say_verb(left)} {quote(left.text)}; the report turns (“{cue}”) to "
            f"{say_source(right, names)}, who {say_verb(right)} {quote(right.text)}{differs}."
        ),
    )
