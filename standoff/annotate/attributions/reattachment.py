"""Put right what the parse gets wrong between cues: whose words end where another speaker's or a deed begins."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from standoff.annotate.attributions.contents import trim_ranges
from standoff.annotate.attributions.cues import Finding
from standoff.annotate.facts import MentionFact

NEAR = 8  # cues back to the one that a participle goes on from


def drop_persons(findings: Sequence[Finding], mentions: Sequence[MentionFact]) -> list[Finding]:
    """Give the findings without those whose verb reports things only, but has somebody for its object.

    Oslo recalled the treaty, but it did not recall its ambassador by saying anything.
    """
    starts: dict[int, int] = {}
    for mention in mentions:
        starts[mention["start"]] = max(mention["end"], starts.get(mention["start"], 0))
    kept = []
    for finding in findings:
        if finding.frame.things and finding.form == "object":
            named = finding.verb.doc[slice(*finding.ranges[0])]
            first = next((child for child in named if child.dep_ not in ("det", "poss")), named[0])
            if any(starts.get(at, 0) > named.root.idx for at in (named.start_char, first.idx)):
                continue
        kept.append(finding)
    return kept


def reattach_cues(findings: Sequence[Finding]) -> list[Finding]:
    """Give the findings with cues that go on after a reported clause back at the speaker: X said …, adding that …

    The parser often hangs such a participle on the verb of the reported clause, as it does the second verb of "said
    that it had failed and called on …". It is the speaker who goes on, and the reported clause ends there.
    """
    for number, finding in enumerate(findings):
        verb = finding.verb
        start = min((child.i for child in verb.lefts if child.dep_ in ("mark", "advmod", "cc")), default=verb.i)
        if finding.source.own and (_is_set_against(verb) or _denies_before(finding)):
            _end_before(findings[max(0, number - NEAR) : number], verb.left_edge.i)
        if finding.source.own or not (_is_participle_after(verb, start) or _is_second_verb(verb)):
            continue
        for outer in reversed(findings[max(0, number - NEAR) : number]):
            held = [part for part in outer.ranges if part[0] <= verb.i < part[1]]
            if held and outer.cue[0] < start:
                finding.source = outer.source._replace(own=False)
                outer.ranges = trim_ranges(
                    verb.doc, [(low, min(high, start)) for low, high in outer.ranges if low < start]
                )
                if _is_second_verb(verb):
                    break
            if held and outer.verb.dep_ == "ROOT":
                break
    return [finding for finding in findings if finding.ranges]


def _denies_before(finding: Finding) -> bool:
    """Tell whether a relative clause denies what was said before it: …, which Oslo denies."""
    pointer = finding.verb.doc[finding.ranges[0][0]]
    return finding.frame.act == "deny" and pointer.lower_ == "which" and pointer.i > 0 and pointer.nbor(-1).text == ","


def _end_before(findings: Sequence[Finding], start: int) -> None:
    """End each content before a token that stands within it."""
    for finding in findings:
        if any(low < start < high for low, high in finding.ranges):
            ranges = [(low, min(high, start)) for low, high in finding.ranges if low < start]
            finding.ranges = trim_ranges(finding.verb.doc, ranges)


def _is_set_against(verb: Token) -> bool:
    """Tell whether a cue has a subject of its own and is set against the clause before: …, while others said …"""
    first = verb.left_edge
    if verb.dep_ != "advcl" or first.lower_ not in ("while", "whereas", "although", "though") or first.i == 0:
        return False
    return verb.doc[first.i - 1].text == ","


def _is_participle_after(verb: Token, start: int) -> bool:
    """Tell whether a participle of saying follows a comma, or a "while" or "and": …, adding that …"""
    if verb.tag_ != "VBG" or verb.dep_ not in ("advcl", "conj", "acl", "ccomp", "pcomp"):
        return False
    return (start > 0 and verb.doc[start - 1].text == ",") or verb.doc[start].lower_ in ("while", "and")


def _is_second_verb(verb: Token) -> bool:
    """Tell whether a past tense follows "and" after a clause whose verb is a compound tense: had failed and called."""
    if verb.dep_ != "conj" or verb.tag_ != "VBD":
        return False
    return any(child.dep_ in ("aux", "auxpass") for child in verb.head.lefts)
