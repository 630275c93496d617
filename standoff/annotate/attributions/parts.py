"""Put the parts of a content, ranges of characters, together, compare them, and part them from what is not said."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from standoff.annotate.attributions.drafts import Draft
from standoff.annotate.attributions.marks import Part
from standoff.quotations import MARKS

OPENING = " \n" + "".join(sorted(MARKS))
LEADING = 4  # characters between a colon and the quotation that it leads into, about
TOPICS = frozenset(("of", "about"))  # what a thing is said of


def merge_parts(parts: Sequence[Part]) -> list[Part]:
    """Give parts in reading order, those that overlap as one."""
    merged: list[Part] = []
    for start, end in sorted(parts):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def share_parts(left: Sequence[Part], right: Sequence[Part]) -> float:
    """Give how much of their characters two contents share (Jaccard)."""
    both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in left for b in right)
    every = sum(end - start for start, end in [*left, *right]) - both
    return both / every if every else 0.0


def leave_subject(verb: Token, parts: Sequence[Part]) -> list[Part]:
    """Give a content without the subject of its cue, which PolNeAR counts in: the king is believed to be ill."""
    subjects = [child.idx for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    left = [part for part in parts if not any(part[0] <= at < part[1] for at in subjects)]
    return left or list(parts)


def leave_listener(draft: Draft, parts: list[Part]) -> list[Part]:
    """Give a content without whoever is told it, whom PolNeAR counts in: urged the king to go."""
    listener = draft.finding.listener
    if listener is None or not parts or not draft.content:
        return parts
    (first, end), start = parts[0], draft.content[0][0]
    return [(start, end), *parts[1:]] if first <= listener.idx < start < end else parts


def leave_leads(draft: Draft, parts: list[Part], text: str) -> list[Part]:
    """Give a content without what leads with a colon into a quotation whose cue follows, which is the reporter's.

    There was a catch: “No,” she said.
    """
    for item in draft.quotations:
        colon = find_colon(text, item.start)
        if item.end <= draft.finding.verb.idx and colon is not None:
            kept = ((start, end) if start >= colon else (item.start, end) for start, end in parts)
            parts = [(start, end) for start, end in kept if start < end]
    return parts


def leave_topic(draft: Draft, parts: list[Part]) -> list[Part]:
    """Give a content without what a quotation is about: “It is over,” she said of the strike, in which …"""
    verb, quotations = draft.finding.verb, draft.quotations
    topic = next((child for child in verb.rights if child.dep_ == "prep" and child.lower_ in TOPICS), None)
    if topic is None or not quotations or quotations[0].end > verb.idx:
        return parts
    left = []
    for start, end in parts:
        if topic.idx <= start < topic.right_edge.idx + len(topic.right_edge):
            start = next((item.start for item in quotations if start < item.start < end), end)
        if start < end:
            left.append((start, end))
    return left


def find_colon(text: str, start: int) -> int | None:
    """Give where a colon ends that leads into the quotation at `start`, or None."""
    before = text[max(start - LEADING, 0) : start]
    lead = before.rstrip(OPENING)
    return start - len(before) + len(lead) if lead.endswith(":") else None
