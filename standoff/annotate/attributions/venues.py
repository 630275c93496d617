"""Find where and through what a thing was said: in an email, at a rally in the capital, on her Facebook page."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from standoff.annotate.attributions.lexicon import Lexicon


def find_venue(verb: Token, lexicon: Lexicon, covered: bytearray) -> tuple[int, int] | None:
    """Give the characters of the venue that stands with a cue, without preposition and article.

    `covered` marks the characters of the cue's own content, where no venue is looked for.
    """
    for preposition in _find_adjuncts(verb, lexicon):
        if preposition.lower_ not in lexicon.venue_prepositions or covered[preposition.idx]:
            continue
        noun = next((child for child in preposition.rights if child.dep_ == "pobj"), None)
        if noun is not None and _is_venue(noun, lexicon):
            return _span_venue(noun, covered)
    return None


def opens_sentence(verb: Token, venue: tuple[int, int]) -> bool:
    """Tell whether a venue stands before its cue, so that it sets the scene for what follows too."""
    return venue[0] < verb.idx


def _find_adjuncts(verb: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Yield the prepositions that hang on a cue, on its participle of speaking, or on its object."""
    for child in verb.children:
        if child.dep_ in ("prep", "agent"):
            yield child
        elif child.dep_ == "advcl" and child.lemma_.lower() in lexicon.speaking:
            yield from (part for part in child.children if part.dep_ == "prep")
        elif child.dep_ in ("dobj", "npadvmod", "dative"):
            yield from (part for part in child.rights if part.dep_ == "prep")
        elif child.dep_ in ("ccomp", "xcomp"):  # the parser may hang what opens the sentence on the content's verb
            yield from (part for part in child.lefts if part.dep_ == "prep" and part.i < verb.i)
    for child in list(verb.children):
        if child.dep_ == "prep":
            for noun in child.rights:
                yield from (part for part in noun.rights if part.dep_ == "prep" and noun.dep_ == "pobj")


def _is_venue(noun: Token, lexicon: Lexicon) -> bool:
    """Tell whether a noun names a venue, by itself, by its compound ("press release") or as "the sidelines of …"."""
    if noun.lower_ in lexicon.venue_means or noun.lemma_.lower() in lexicon.venue_means:
        return True
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in lexicon.venue_events


def _span_venue(noun: Token, covered: bytearray) -> tuple[int, int]:
    """Give the characters of a noun with all that belongs to it, up to its own article, a clause or the content."""
    doc: Doc = noun.doc
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    for child in noun.rights:
        if child.dep_ in ("relcl", "advcl", "ccomp", "appos") or child.tag_ == "VBG":
            end = min(end, child.left_edge.i)
    if doc[start].dep_ in ("det", "poss") and doc[start].pos_ in ("DET", "PRON"):
        start += 1
    while end - 1 > noun.i and (covered[doc[end - 1].idx] or doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    for number in range(noun.i, end):
        if covered[doc[number].idx]:
            end = number
            break
    start = min(start, noun.i)
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
