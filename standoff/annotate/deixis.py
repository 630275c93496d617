"""Say who "I" and "you" are inside a quotation, and set right whom "he" cannot be there."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standoff.annotate.facts import ActorFact, AttributionFact, MentionFact, read_facts, write_facts

FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
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
        mentions = correct_third_person(doc, attributions, mentions, read_facts(doc, "actors"))
        mentions += find_deixis(doc, attributions)
        mentions.sort(key=lambda fact: (fact["start"], -fact["end"]))
        write_facts(doc, "mentions", mentions)
        write_facts(doc, "attributions", attributions)
        return doc


def find_speech(attributions: list[AttributionFact], at: int) -> AttributionFact | None:
    """Give the innermost direct or mixed attribution whose content holds the character `at`."""
    best: tuple[int, int, AttributionFact] | None = None
    for fact in attributions:
        if fact["directness"] == "indirect" or not any(start <= at < end for start, end in fact["content"]):
            continue
        depth, outer, size = 0, fact["inside"], sum(end - start for start, end in fact["content"])
        while outer is not None and depth < len(attributions):
            depth, outer = depth + 1, attributions[outer]["inside"]
        if best is None or (depth, -size) > best[:2]:
            best = (depth, -size, fact)
    return best[2] if best is not None else None


def find_deixis(doc: Doc, attributions: list[AttributionFact]) -> list[MentionFact]:
    """Give a mention for each "I" and "you" (in all their forms) whose speaker or addressee is known."""
    found: list[MentionFact] = []
    for token in doc:
        lower = token.lower_
        if (lower not in FIRST and lower not in SECOND) or token.text == "US":
            continue
        speech = find_speech(attributions, token.idx)
        if speech is None:
            continue
        actor = speech["actor"] if lower in FIRST else speech["addressee"]
        if actor is not None:
            found.append(MentionFact(start=token.idx, end=token.idx + len(token), actor=actor, form="pronoun"))
    return found


def name_addressees(doc: Doc, attributions: list[AttributionFact], mentions: list[MentionFact]) -> None:
    """Fill in whom a speech is to, where its "you" and an editor's bracket tell: "this man [Vega] ... you promised".

    A speaker's next words to "you" are to the same person until another is named.
    """
    latest: dict[int, int] = {}
    for fact in sorted(attributions, key=lambda fact: fact["content"]):
        speaker = fact["actor"]
        if speaker is None or fact["directness"] == "indirect":
            continue
        if fact["addressee"] is None and _says_you(doc, fact):
            bracketed = {
                mention["actor"]
                for mention in mentions
                if mention["actor"] != speaker and mention["form"] == "name" and _is_bracketed(doc, mention)
                if any(start <= mention["start"] < end for start, end in fact["content"])
            }
            fact["addressee"] = bracketed.pop() if len(bracketed) == 1 else latest.get(speaker)
        if fact["addressee"] is not None:
            latest[speaker] = fact["addressee"]


def _says_you(doc: Doc, fact: AttributionFact) -> bool:
    spans = (doc.char_span(start, end, alignment_mode="contract") for start, end in fact["content"])
    return any(token.lower_ in SECOND for span in spans if span is not None for token in span)


def _is_bracketed(doc: Doc, mention: MentionFact) -> bool:
    return (
        doc.text[mention["start"] - 1 : mention["start"]] == "["
        and doc.text[mention["end"] : mention["end"] + 1] == "]"
    )


def correct_third_person(
    doc: Doc, attributions: list[AttributionFact], mentions: list[MentionFact], actors: list[ActorFact]
) -> list[MentionFact]:
    """Give the mentions with no speaker calling himself "he": the last other person takes his place."""
    kept: list[MentionFact] = []
    for mention in mentions:
        kind = THIRD.get(doc.text[mention["start"] : mention["end"]].lower())
        speech = find_speech(attributions, mention["start"]) if mention["form"] == "pronoun" and kind else None
        if speech is None or speech["actor"] != mention["actor"]:
            kept.append(mention)
            continue
        others = [
            other["actor"]
            for other in kept
            if other["actor"] != speech["actor"] and (actors[other["actor"]]["kind"] == "person") == (kind == "person")
            if actors[other["actor"]]["kind"] != "group"
        ]
        if others and kind == "person":
            kept.append({**mention, "actor": others[-1]})
    return kept


@Language.factory("standoff_deixis", assigns=["doc.spans"])
def make_deixis(nlp: Language, name: str) -> DeixisFinder:
    """Make the component; it has no settings, and it runs after standoff_mentions and standoff_attributions."""
    return DeixisFinder()
