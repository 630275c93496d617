"""Say who "I" and "you" are inside a quotation, and set right whom "he" cannot be there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import ActorFact, AttributionFact, MentionFact, read_facts, read_text, write_facts

QUOTED = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)|(?<!\w)‘(?:[^’]|’(?=\w))*(?:’|\Z)")
FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
SPOKEN_FOR = re.compile(r"\b(?:spokes(?:man|woman|person)|(?:general|deputy) secretary)\b", re.IGNORECASE)
SECOND = frozenset({"you", "your", "yours", "yourself", "yourselves"})
THIRD = {
    "he": "person", "him": "person", "his": "person", "she": "person", "her": "person",
    "it": "body", "its": "body",
}  # fmt: skip


class DeixisFinder:
    """Add to `doc.spans["mentions"]` the words whose meaning depends on who speaks to whom."""

    def __call__(self, doc: Doc) -> Doc:
        attributions: list[AttributionFact] = read_facts(doc, "attributions")
        if not attributions:
            return doc
        mentions: list[MentionFact] = [fact.copy() for fact in read_facts(doc, "mentions")]
        name_addressees(doc, attributions, mentions)
        speech = map_speech(doc, attributions)
        mentions = correct_third_person(doc, speech, mentions, read_facts(doc, "actors"))
        mentions += find_deixis(doc, speech, read_facts(doc, "actors"))
        mentions.sort(key=lambda fact: (fact["start"], -fact["end"]))
        write_facts(doc, "mentions", mentions)
        write_facts(doc, "attributions", attributions)
        return doc


def map_speech(doc: Doc, attributions: list[AttributionFact]) -> list[AttributionFact | None]:
    """Give for each character the innermost attribution whose content holds it in the speaker's own words.

    Of content that quotes in part, only what stands between quotation marks is the speaker's own.
    """
    speech: list[AttributionFact | None] = [None] * len(read_text(doc))
    marked = [span for match in QUOTED.finditer(read_text(doc)) if (span := match.span())]
    for fact in sorted(attributions, key=lambda fact: (_count_depth(attributions, fact), -_measure(fact))):
        if fact["directness"] == "direct":
            for start, end in fact["content"]:
                speech[start:end] = [fact] * (end - start)
        elif fact["directness"] == "mixed":
            for start, end in _list_quoted(marked, fact["content"]):
                speech[start:end] = [fact] * (end - start)
    return speech


def _list_quoted(marked: list[tuple[int, int]], content: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    for start, end in content:
        at = bisect_left(marked, (start, 0))
        for opening, closing in marked[max(0, at - 1) :]:
            if opening >= end:
                break
            if closing > start:
                yield max(start, opening), min(end, closing)


def _count_depth(attributions: list[AttributionFact], fact: AttributionFact) -> int:
    depth, outer = 0, fact["inside"]
    while outer is not None and depth < 10:
        depth, outer = depth + 1, attributions[outer]["inside"]
    return depth


def _measure(fact: AttributionFact) -> int:
    return sum(end - start for start, end in fact["content"])


def find_deixis(doc: Doc, speech: list[AttributionFact | None], actors: list[ActorFact]) -> list[MentionFact]:
    """Give a mention for each "I" and "you" (in all their forms) whose speaker or addressee is known.

    The "we" of whoever speaks for a body is that body.
    """
    found: list[MentionFact] = []
    spoken_for = map_spokesmen(actors)
    for token in doc:
        lower = token.lower_
        if (lower not in FIRST and lower not in SECOND) or token.text == "US":
            continue
        heard = speech[token.idx]
        if heard is None:
            continue
        actor = heard["actor"] if lower in FIRST else heard["addressee"]
        if actor is not None:
            actor = spoken_for.get(actor, actor) if lower in PLURAL else actor
            found.append(MentionFact(start=token.idx, end=token.idx + len(token), actor=actor, form="pronoun"))
    return found


def map_spokesmen(actors: list[ActorFact]) -> dict[int, int]:
    """Give the number of the body for each person whose office is to speak for it ("a union spokesman")."""
    bodies = {actor["name"]: number for number, actor in enumerate(actors) if actor["kind"] == "organisation"}
    return {
        number: bodies[role["organisation"]]
        for number, actor in enumerate(actors)
        for role in reversed(actor["roles"])
        if role["organisation"] in bodies and SPOKEN_FOR.search(role["title"])
    }


def name_addressees(doc: Doc, attributions: list[AttributionFact], mentions: list[MentionFact]) -> None:
    """Fill in whom a speech is to, where its "you" and an editor's bracket tell: "this man [Vega] ... you promised".

    A speaker's next words to "you" are to the same person until another is named.
    """
    latest: dict[int, int] = {}
    text = read_text(doc)
    inserted = [mention for mention in mentions if mention["form"] == "name" and _is_bracketed(text, mention)]
    for fact in sorted(attributions, key=lambda fact: fact["content"]):
        speaker = fact["actor"]
        if speaker is None or fact["directness"] == "indirect":
            continue
        if fact["addressee"] is None and _says_you(doc, fact):
            bracketed = {
                mention["actor"]
                for mention in inserted
                if mention["actor"] != speaker
                and any(start <= mention["start"] < end for start, end in fact["content"])
            }
            fact["addressee"] = bracketed.pop() if len(bracketed) == 1 else latest.get(speaker)
        if fact["addressee"] is not None:
            latest[speaker] = fact["addressee"]


def _says_you(doc: Doc, fact: AttributionFact) -> bool:
    spans = (doc.char_span(start, end, alignment_mode="contract") for start, end in fact["content"])
    return any(token.lower_ in SECOND for span in spans if span is not None for token in span)


def _is_bracketed(text: str, mention: MentionFact) -> bool:
    return text[mention["start"] - 1 : mention["start"]] == "[" and text[mention["end"] : mention["end"] + 1] == "]"


def correct_third_person(
    doc: Doc, speech: list[AttributionFact | None], mentions: list[MentionFact], actors: list[ActorFact]
) -> list[MentionFact]:
    """Give the mentions with no speaker calling himself "he": the person last mentioned before takes his place."""
    kept: list[MentionFact] = []
    recent: list[int] = []
    whole = read_text(doc)
    for mention in mentions:
        text = whole[mention["start"] : mention["end"]].lower()
        heard = speech[mention["start"]] if mention["form"] == "pronoun" and text in THIRD else None
        if heard is not None and heard["actor"] == mention["actor"]:
            others = [actor for actor in recent if actor != mention["actor"]]
            if THIRD[text] != "person" or not others:
                continue
            mention = MentionFact(**{**mention, "actor": others[-1]})
        kept.append(mention)
        if actors[mention["actor"]]["kind"] == "person":
            recent = [*[actor for actor in recent if actor != mention["actor"]], mention["actor"]][-2:]
    return kept


@Language.factory("standoff_deixis", assigns=["doc.spans"])
def make_deixis(nlp: Language, name: str) -> DeixisFinder:
    """Make the component; it has no settings, and it runs after standoff_mentions and standoff_attributions."""
    return DeixisFinder()
