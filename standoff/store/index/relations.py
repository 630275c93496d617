"""Find what a record's entries have to do with one another beyond what their own fields say, for the index to hold."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping

from standoff.records import Mention, Record


def relate_issues(record: Record) -> Mapping[str, tuple[str, ...]]:
    """Give, by the id of a statement or deed, the issues of the positions that rest on it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for position in record.positions:
        if position.basis is not None:
            found[position.basis][position.issue] = None
    return {basis: tuple(issues) for basis, issues in found.items()}


def relate_actors(record: Record) -> Mapping[str, tuple[str, ...]]:
    """Give, by the id of a statement, the actors whom its own words name, in the order in which they do."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for mention in sorted(record.mentions, key=lambda mention: mention.passage.start):
        mentions[mention.passage.article].append(mention)
    starts = {article: [mention.passage.start for mention in listed] for article, listed in mentions.items()}
    found = {}
    for item in record.attributions:
        named: dict[str, None] = {}
        for passage in item.content:
            listed, begun = mentions.get(passage.article, []), starts.get(passage.article, [])
            for mention in listed[bisect_left(begun, passage.start) : bisect_left(begun, passage.end)]:
                if mention.passage.end <= passage.end:
                    named[mention.actor] = None
        if named:
            found[item.id] = tuple(named)
    return found
