"""Find where and through what a thing was said: in an email, at a rally in the capital, on her Facebook page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from standoff.annotate.attributions.assembly import Draft
from standoff.annotate.attributions.cues import Finding
from standoff.annotate.attributions.lexicon import Lexicon
from standoff.annotate.facts import Offsets

SPOKEN = frozenset(("clause", "quotation"))  # forms of content that are uttered somewhere; a belief or a deed is not
CLAUSES = ("relcl", "advcl", "ccomp", "appos")


def find_venue(finding: Finding, lexicon: Lexicon, covered: bytearray) -> tuple[int, int] | None:
    """Give the characters of the venue that stands with a cue, without preposition and article.

    `covered` marks the characters of the cue's own content, where no venue is looked for. An outlet or a gathering that
    is told a thing is its venue too: told the radio station that ….
    """
    for preposition in _find_adjuncts(finding, lexicon):
        noun = next((child for child in preposition.rights if child.dep_ == "pobj"), None)
        if (
            noun is None
            or covered[preposition.idx]
            or covered[noun.idx]
            or noun in (finding.listener, finding.source.head)
        ):
            continue
        if preposition.lower_ in lexicon.venue_prepositions and _is_venue(noun, lexicon):
            return _span_venue(noun, covered)
        written = preposition.lower_ == "in" and preposition.head.lemma_ == "write" and preposition.head.dep_ == "advcl"
        if written or _is_place_of(finding, preposition, noun, lexicon):
            return _span_venue(noun, covered)
    listener = finding.listener
    if listener is not None and not covered[listener.idx] and _is_outlet(listener, lexicon):
        start, end = _span_venue(listener, covered)
        name = next(
            (child for child in listener.rights if child.dep_ == "appos" and child.left_edge.idx == end + 1), None
        )
        return start, end if name is None else name.idx + len(name)  # told the newspaper Il Faro
    return None


def spread_venues(
    drafts: Sequence[Draft],
    own: Sequence[Offsets | None],
    actors: Sequence[int | None],
    outer: Sequence[int | None],
) -> list[Offsets | None]:
    """Give each draft a venue: its own, that of the words it stands inside, or one that its speaker keeps to.

    What one goes on to say stays where it was begun, until somebody else speaks, a paragraph passes or a day is named;
    and a statement that leads into a quotation of the same paragraph was made where the quotation was.
    """
    venues = list(own)
    scene: tuple[Offsets, int] | None = None  # venue, last block
    last: int | None = None  # the draft before, of those that stand inside no other
    for number, draft in enumerate(drafts):
        holder, actor = outer[number], actors[number]
        if holder is not None:
            if venues[number] is None and holder < number and actor is not None and actors[holder] == actor:
                venues[number] = venues[holder]
            continue
        same = last is not None and actor is not None and actors[last] == actor
        if not same:
            scene = None
        if venues[number] is None and scene is not None and draft.block - scene[1] <= 1 and _goes_on(draft):
            venues[number] = scene[0]
        elif same and last is not None and venues[last] is None and _leads_into(drafts[last], draft):
            venues[last] = own[number]
        venue = venues[number]
        if venue is not None:
            scene = (venue, draft.quotations[-1].block if draft.quotations else draft.block)
        last = number
    return venues


def _leads_into(draft: Draft, following: Draft) -> bool:
    """Tell whether a statement leads into a quotation of the same paragraph."""
    return draft.block == following.block and draft.finding.form == "clause" and bool(following.quotations)


def _goes_on(draft: Draft) -> bool:
    """Tell whether a draft is spoken and is given no day of its own."""
    if draft.finding.frame.act == "believe" or not (draft.finding.form in SPOKEN or draft.finding.verb.tag_ == "VBG"):
        return False
    parts = draft.finding.verb.rights if draft.finding.cue[1] else ()
    return all(part.ent_type_ != "DATE" for part in parts)


def _find_adjuncts(finding: Finding, lexicon: Lexicon) -> Iterator[Token]:
    """Yield the prepositions that hang on a cue, on a participle of speaking, on its object or on the verb before it.

    What opens a sentence holds for its second verb too: In a letter, the guild blamed the mayor and demanded ….
    """
    verb, speaker = finding.verb, finding.source.head
    for participle in () if speaker is None else speaker.rights:  # said Ada Ito, reached by phone
        if participle.dep_ == "acl" and participle.lemma_.lower() in lexicon.speaking:
            yield from (part for part in participle.rights if part.dep_ in ("prep", "agent"))
    for child in verb.children:
        if child.dep_ in ("prep", "agent"):
            yield child
        elif child.dep_ == "advcl" and child.lemma_.lower() in lexicon.speaking:
            yield from (part for part in child.subtree if part.dep_ == "prep" and part.i < verb.i)
        elif child.dep_ in ("dobj", "npadvmod", "dative"):
            yield from (part for part in child.rights if part.dep_ == "prep")
        elif child.dep_ in ("ccomp", "xcomp"):  # the parser may hang what opens the sentence on the content's verb
            yield from (part for part in child.lefts if part.dep_ == "prep" and part.i < verb.i)
    for child in list(verb.children):
        if child.dep_ == "prep":
            for noun in child.rights:
                yield from (part for part in noun.rights if part.dep_ == "prep" and noun.dep_ == "pobj")
    if verb.dep_ == "conj":
        yield from (part for part in verb.head.lefts if part.dep_ == "prep")


def _is_venue(noun: Token, lexicon: Lexicon) -> bool:
    """Tell whether a noun names a venue, by itself, by its compound ("press release") or as "the sidelines of …"."""
    if noun.lower_ in lexicon.venue_means or noun.lemma_.lower() in lexicon.venue_means:
        return True
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in lexicon.venue_events


def _is_place_of(finding: Finding, preposition: Token, noun: Token, lexicon: Lexicon) -> bool:
    """Tell whether the place after a preposition is where a thing was said: told a crowd at the bridge; in Oslo."""
    frame, verb, word = finding.frame, finding.verb, preposition.lower_
    if not frame.takes & SPOKEN or frame.act == "believe":
        return False
    if preposition.head != verb and not _is_addressed(finding, preposition.head, lexicon):
        return False
    if word == "in":
        near = verb.i < preposition.i or preposition.head != verb  # what opens a sentence may be where it holds
        return near and noun.ent_type_ in ("GPE", "LOC", "FAC") and noun.pos_ == "PROPN"
    if word == "from":
        return noun.pos_ == "NOUN" and noun.lemma_.lower() in lexicon.venue_perches
    if word not in lexicon.venue_settings or (word == "at" and verb.lemma_.lower() in lexicon.spoken_at):
        return False
    named = noun.ent_type_ in ("DATE", "TIME", "PERSON", "PERCENT", "MONEY", "CARDINAL")
    return noun.pos_ in ("NOUN", "PROPN") and not named and noun.lemma_.lower() not in lexicon.no_places


def _is_addressed(finding: Finding, head: Token, lexicon: Lexicon) -> bool:
    """Tell whether a word is the audience that was told, or that of a participle: Speaking to miners, she said.

    Miners at the pit are miners of that pit, but a crowd at the pit was told a thing there.
    """
    if head == finding.listener and head.lemma_.lower() in lexicon.audiences:
        return True
    speaking = (head, head.head, head.head.head) if head.dep_ in ("pobj", "dobj") else (head,)
    return any(word.dep_ == "advcl" and word.head == finding.verb and word.tag_ == "VBG" for word in speaking)


def _is_outlet(listener: Token, lexicon: Lexicon) -> bool:
    """Tell whether a listener is a gathering or a medium, by its noun or by one that its name leans on."""
    if listener.dep_ == "dobj" and listener.pos_ == "NOUN" and listener.lemma_.lower() in lexicon.venue_events:
        return True
    words = (listener, *(child for child in listener.children if child.dep_ in ("compound", "nmod", "appos")))
    return any(word.lower_ in lexicon.venue_outlets for word in words)


def _span_venue(noun: Token, covered: bytearray) -> tuple[int, int]:
    """Give the characters of a noun with all that belongs to it, up to its own article, a clause or the content."""
    doc: Doc = noun.doc
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    for child in noun.rights:
        dated = child.dep_ == "prep" and any(part.ent_type_ in ("DATE", "TIME") for part in child.rights)
        if child.dep_ in CLAUSES or child.tag_ == "VBG" or dated:
            end = min(end, child.left_edge.i)
    if doc[start].dep_ in ("det", "poss") and doc[start].pos_ in ("DET", "PRON"):
        start += 1
    for number in range(noun.i + 1, end - 1):
        if doc[number].text == "," and doc[number + 1].tag_ in ("WDT", "WP", "WRB"):
            end = number
            break
    while end - 1 > noun.i and (covered[doc[end - 1].idx] or doc[end - 1].pos_ in ("PUNCT", "SPACE", "SCONJ")):
        end -= 1
    for number in range(noun.i, end):
        if covered[doc[number].idx]:
            end = number
            break
    start = min(start, noun.i)
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
