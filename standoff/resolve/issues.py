"""Draft the issues of a dispute from what its reports take sides on.

Topics of one stem are one ("closure", "close the pit", and "reopen the pit" against it); what a shipped issue already
names is that issue. An issue is worth having if several take sides on it, in several reports, and not all the same
side: so the drafts are ranked. They are drafts; what counts is for a person to say.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from standoff.codebooks import load_codebook
from standoff.records import Article, IssueDraft, Topic
from standoff.resolve.copies import find_copies

HOLDERS = 2  # who takes a stance on it at least, one of them in words: what one alone speaks of is a remark
BY_DEED = 0.5  # the weight of one who only does something to it: bargemen block a canal, and quarrel over a levy
COVERED = 0.5  # the share of its places that a shipped issue must name to be the same
OWN_NAME = 0.5  # the share of its places at which an issue bears a longer name, to be called by that
SIDES = 1.5  # what disagreement adds to the rank
EXAMPLES, COUNTERS = 4, 2  # sentences shown for an issue, and of those that only name it
SPARE = 3  # as many again are proposed: out of its article a sentence may lose its holder


def draft_issues(topics: Iterable[Topic], articles: Sequence[Article], *, limit: int = 12) -> tuple[IssueDraft, ...]:
    """Give the issues that a codebook for these articles might have, the best first, at most `limit`.

    The same topics give the same drafts, whatever order they come in. Copies of a report count as one.
    """
    origins = find_copies(articles)
    places = {article.id: number for number, article in enumerate(articles)}
    ordered = sorted(topics, key=lambda topic: (places[topic.passage.article], topic.passage.start, topic.holder or ""))
    drafts = [_draft(family, members, origins) for family, members in _group(ordered).items()]
    worthy = [draft for draft in drafts if _is_worthy(draft)]
    ranked = sorted(worthy, key=lambda draft: (-draft.score, draft.key))
    unique = {draft.key: draft for draft in reversed(ranked)}
    return tuple(draft for draft in ranked if unique[draft.key] is draft)[:limit]


def _group(topics: Sequence[Topic]) -> dict[str, list[Topic]]:
    """Give the topics by what they are on: a shipped issue (its key after "="), or the family of a noun or a deed."""
    nouns = {topic.family for topic in topics if topic.name}
    groups: dict[str, list[Topic]] = {}
    for topic in topics:
        verb = topic.family.split()[0]
        groups.setdefault(verb if verb in nouns else topic.family, []).append(topic)
    merged: dict[str, list[Topic]] = {}
    for family, members in groups.items():
        shipped = Counter(topic.shipped for topic in members if topic.shipped).most_common(1)
        covered = shipped and shipped[0][1] >= COVERED * len(members)
        merged.setdefault(f"={shipped[0][0]}" if covered else family, []).extend(members)
    return merged


def _draft(family: str, members: Sequence[Topic], origins: Mapping[str, str]) -> IssueDraft:
    """Draft one issue from all that stands on it."""
    held = tuple(topic for topic in members if topic.holder and topic.stance)
    shipped = family[1:] if family.startswith("=") else None
    reports = {origins.get(topic.passage.article, topic.passage.article) for topic in held}
    name = _choose_name(members)
    deeds = tuple(dict.fromkeys(topic.deed for topic in members if topic.deed))
    code = load_codebook("issues").codes[shipped] if shipped else None
    return IssueDraft(
        key=shipped or name.replace(" ", "-"),
        definition=code.definition if code else _define(members, name, deeds),
        cues=() if shipped else _list_names(members),
        for_cues=() if shipped else deeds,
        against_cues=() if shipped else _list_undoings(deeds),
        examples=_choose_examples(held),
        not_examples=_choose_counters(members),
        topics=held,
        origins=len(reports),
        shipped=shipped,
        score=_rate(held, len(reports)),
    )


def _is_worthy(draft: IssueDraft) -> bool:
    """Tell whether enough speak of an issue; of a shipped one it is known that it is one."""
    said = bool(draft.shipped) or any(topic.said for topic in draft.topics)
    return said and len({topic.holder for topic in draft.topics}) >= HOLDERS


def _rate(held: Sequence[Topic], origins: int) -> float:
    """Rate an issue by how many take sides on it, in words above all, whether they differ, and in how many reports."""
    sides = {side: {topic.holder for topic in held if topic.stance == side} for side in ("for", "against")}
    said = {topic.holder for topic in held if topic.said}
    others = {topic.holder for topic in held} - said
    return round((len(said) + BY_DEED * len(others)) * (SIDES if all(sides.values()) else 1) * math.sqrt(origins), 3)


def _choose_name(members: Sequence[Topic]) -> str:
    """Give the name that an issue goes by: the longer one if half its places bear it, else the plain noun or deed."""
    names = Counter(topic.name for topic in members if topic.name)
    if not names:
        return Counter(topic.deed for topic in members if topic.deed).most_common(1)[0][0] or members[0].word
    best = next((name for name, times in names.most_common() if " " in name), None)
    if best is not None and names[best] >= OWN_NAME * names.total():
        return best
    return Counter(topic.word for topic in members if topic.name).most_common(1)[0][0]


def _list_names(members: Sequence[Topic]) -> tuple[str, ...]:
    """Give the nouns that name an issue, as cues: not the verb of the same form ("ban/NOUN")."""
    names = [topic.name if topic.name.split()[-1] != topic.word else topic.word for topic in members if topic.name]
    return tuple(dict.fromkeys(name if " " in name else f"{name}/NOUN" for name in names))


def _list_undoings(deeds: Iterable[str]) -> tuple[str, ...]:
    """Give the deeds that would undo these, by the pairs of the codebook."""
    pairs = [pair.split() for pair in load_codebook("topics").codes["undoing"].extra["pairs"]]
    opposites = [*pairs, *([other, one] for one, other in pairs)]
    return tuple(
        dict.fromkeys(
            " ".join([other, *deed.split()[1:]]) for deed in deeds for one, other in opposites if deed.split()[0] == one
        )
    )


def _define(members: Sequence[Topic], name: str, deeds: Sequence[str]) -> str:
    """Make a sentence of the words, as they stand most often, for a person to edit."""
    plain = Counter(topic.passage.text.lower() for topic in members if topic.name and topic.word in name.split())
    word = plain.most_common(1)[0][0] if plain and " " not in name else name
    deed = f" (as in “{deeds[0]}”)" if deeds else ""
    return f"{word.capitalize()}: whether there should be any{deed}. A draft from the reports' words: say what counts."


def _choose_examples(held: Sequence[Topic]) -> tuple[Topic, ...]:
    """Choose places to show: by turns for, against, on a condition, of different holders, short sentences first."""
    chosen: dict[tuple[str, str], Topic] = {}
    for topic in sorted(held, key=lambda topic: len(topic.sentence.text)):
        chosen.setdefault((str(topic.stance), str(topic.holder)), topic)
    turns: dict[str, list[Topic]] = {}
    for (stance, _), topic in chosen.items():
        turns.setdefault(stance, []).append(topic)
    rounds = max(map(len, turns.values()), default=0)
    mixed = [turns[stance][turn] for turn in range(rounds) for stance in sorted(turns) if turn < len(turns[stance])]
    return _take_distinct(mixed, EXAMPLES)


def _choose_counters(members: Sequence[Topic]) -> tuple[Topic, ...]:
    """Choose places that name an issue where nobody takes a side, short sentences first."""
    sided = {topic.sentence for topic in members if topic.stance}
    bare = [topic for topic in members if topic.sentence not in sided]
    return _take_distinct(sorted(bare, key=lambda topic: len(topic.sentence.text)), COUNTERS)


def _take_distinct(topics: Sequence[Topic], most: int) -> tuple[Topic, ...]:
    """Give the first topics of different sentences; more than `most`, for not every sentence says the same alone."""
    distinct = {topic.sentence: topic for topic in reversed(topics)}
    return tuple(topic for topic in topics if distinct[topic.sentence] is topic)[: SPARE * most]
