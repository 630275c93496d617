"""Find where and through what a thing was said: in an email, at a rally in the capital, on her Facebook page."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from standoff.annotate.attributions.adjuncts import Adjunct
from standoff.annotate.attributions.assembly import Draft
from standoff.annotate.attributions.cues import Finding
from standoff.annotate.attributions.lexicon import Lexicon
from standoff.annotate.attributions.scenes import SPEAKS, find_occasion
from standoff.annotate.facts import Offsets

SPOKEN = frozenset(("clause", "quotation"))  # forms of content that are uttered somewhere; a belief or a deed is not
CLAUSES = ("relcl", "advcl", "ccomp", "appos")
NO_PLACES = frozenset(("DATE", "TIME", "PERSON", "PERCENT", "MONEY", "CARDINAL", "LANGUAGE", "NORP"))
TIMES = frozenset(("DATE", "TIME"))
ELSEWHEN = frozenset(("after", "before", "to"))  # what opens a sentence so tells when, or to whom
PERFECT = frozenset(("have", "has", "had", "’ve", "'ve", "’d", "'d"))
TAKEN = frozenset(("use", "take"))


def find_venue(
    finding: Finding, adjuncts: Sequence[Adjunct], lexicon: Lexicon, covered: bytearray
) -> tuple[int, int] | None:
    """Give the characters of the venue that stands with a cue, without preposition and article.

    `covered` marks the characters of the cue's own content, where no venue is looked for. An outlet or a gathering that
    is told a thing is its venue too: told the radio station that …. What is used or taken to is one as well: used his
    sermon to condemn, took to Telegram to deny.
    """
    paper = _find_paper(finding, lexicon)
    if paper is not None:
        return _span_venue(paper, covered)
    for adjunct in adjuncts:
        preposition, noun = adjunct.preposition, adjunct.noun
        heard = noun == finding.listener and preposition.lemma_ != "address"
        if covered[preposition.idx] or covered[noun.idx] or heard or noun == finding.source.head:
            continue
        if _is_heard_in(adjunct, lexicon) or _is_place_of(finding, adjunct, lexicon):
            return _span_venue(noun, covered, after=preposition, named=_names_outlet(noun, lexicon))
    listener = finding.listener if finding.form in SPOKEN else None  # who urges Congress need not be there
    if listener is not None and not covered[listener.idx] and _is_outlet(listener, lexicon):
        return _span_venue(listener, covered, named=_names_outlet(listener, lexicon))
    return None


def spread_venues(
    drafts: Sequence[Draft],
    own: Sequence[Offsets | None],
    actors: Sequence[int | None],
    outer: Sequence[int | None],
    lexicon: Lexicon,
) -> list[Offsets | None]:
    """Give each draft a venue: its own, that of the words it stands inside, or one that its speaker keeps to.

    What one goes on to say stays where it was begun, until somebody else speaks who does not ask or answer, a paragraph
    passes or a day is named; and a statement that leads into a quotation of the same paragraph was made where that was.
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
        answers = bool(draft.finding.cue[1]) and draft.finding.verb.lemma_.lower() in lexicon.replies
        if not (same or (answers and last is not None and draft.block - drafts[last].block <= 1)):
            scene = None
        if venues[number] is None and scene is not None and draft.block - scene[1] <= 1 and goes_on(draft):
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


def goes_on(draft: Draft) -> bool:
    """Tell whether a draft is a statement of the same occasion: no thought, nothing of an earlier or another day."""
    if draft.finding.frame.act == "believe":
        return False
    if not draft.finding.cue[1]:
        return True
    verb = draft.finding.verb
    if any(part.dep_ == "aux" and part.lower_ in PERFECT for part in verb.lefts):
        return False
    return all(part.ent_type_ != "DATE" for part in verb.rights)


def _find_paper(finding: Finding, lexicon: Lexicon) -> Token | None:
    """Give the venue that the verb's own frame holds: said in a statement that …, used his sermon to condemn …."""
    verb, head = finding.verb, finding.verb.head
    if verb.pos_ == "NOUN" and verb.dep_ == "pobj" and verb.lower_ in lexicon.venue_means:
        return verb
    if finding.frame is SPEAKS:
        return find_occasion(verb, lexicon)
    if verb.dep_ in ("xcomp", "advcl") and head.lemma_.lower() in TAKEN and head.i < verb.i:
        for child in head.rights:
            noun = child
            if child.dep_ == "prep" and child.lower_ == "to":
                noun = next((part for part in child.rights if part.dep_ == "pobj"), child)
            if child.i < verb.i and _is_venue(noun, lexicon):
                return noun
    return None


def _is_venue(noun: Token, lexicon: Lexicon) -> bool:
    """Tell whether a noun names a venue, by itself, by its compound ("press release") or as "the sidelines of …"."""
    if noun.lower_ in lexicon.venue_means or noun.lemma_.lower() in lexicon.venue_means:
        return True
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in lexicon.venue_events


def _is_heard_in(adjunct: Adjunct, lexicon: Lexicon) -> bool:
    """Tell whether a thing was said by a means or on an occasion, whatever the thing: in an email, at a rally.

    After "Speaking", "Writing" or "Testifying", wherever that was: in the Sunday Ledger, before a Senate committee.
    """
    word, noun = adjunct.preposition.lower_, adjunct.noun
    lemma = noun.lemma_.lower()
    if adjunct.preposition.lemma_ == "address":
        return lemma in lexicon.venue_events
    heard = word in lexicon.venue_prepositions and not (adjunct.opening and word in ELSEWHEN)
    by = "by" if adjunct.spoken else "on"  # interviewed by Radio Sol
    if heard and (_is_venue(noun, lexicon) or (word in ("on", "in", by) and _names_outlet(noun, lexicon))):
        return True
    if word == "before" and lemma in lexicon.hearing_bodies:
        return True
    if word == "from" and (adjunct.spoken or adjunct.opening) and lemma in lexicon.venue_seats:
        return True
    if not adjunct.spoken or noun.ent_type_ in NO_PLACES or lemma in lexicon.no_places:
        return False
    if word in ("in", "on", "from"):
        return noun.pos_ == "PROPN"
    return word in lexicon.venue_settings or (word == "before" and noun.pos_ in ("NOUN", "PROPN"))


def _is_place_of(finding: Finding, adjunct: Adjunct, lexicon: Lexicon) -> bool:
    """Tell whether the place after a preposition is where a thing was said: told a crowd at the bridge; in Oslo."""
    frame, verb = finding.frame, finding.verb
    preposition, noun = adjunct.preposition, adjunct.noun
    word = preposition.lower_
    if not frame.takes & SPOKEN or frame.act == "believe":
        return False
    hangs = adjunct.opening or preposition.head == verb
    if not hangs and not _is_addressed(finding, preposition.head, lexicon):
        return False
    if word in ("in", "on") and noun.pos_ == "NOUN":
        return noun.lemma_.lower() in lexicon.venue_spots
    if word in ("in", "on"):
        near = verb.i < preposition.i or not hangs  # what opens a sentence may be where it holds
        return near and noun.pos_ == "PROPN" and noun.ent_type_ not in NO_PLACES
    if word == "from":
        return noun.pos_ == "NOUN" and noun.lemma_.lower() in lexicon.venue_perches
    if word not in lexicon.venue_settings or (word == "at" and verb.lemma_.lower() in lexicon.spoken_at):
        return False
    return (
        noun.pos_ in ("NOUN", "PROPN")
        and noun.ent_type_ not in NO_PLACES
        and noun.lemma_.lower() not in lexicon.no_places
    )


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
    return _names_outlet(listener, lexicon)


def _names_outlet(noun: Token, lexicon: Lexicon) -> bool:
    words = (noun, *(child for child in noun.children if child.dep_ in ("compound", "nmod", "appos")))
    return any(word.lower_ in lexicon.venue_outlets for word in words)


def _span_venue(noun: Token, covered: bytearray, *, after: Token | None = None, named: bool = False) -> tuple[int, int]:
    """Give the characters of a noun with all that belongs to it, up to its own article, a clause or the content.

    Of an outlet, `named`, the name right beside it belongs to it: the newspaper Il Faro.
    """
    doc: Doc = noun.doc
    start, end = noun.left_edge.i, noun.right_edge.i + 1
    start = start if after is None or after.i < start or after.i > noun.i else after.i + 1
    for child in noun.rights:
        dated = child.dep_ == "prep" and any(part.ent_type_ in TIMES for part in child.rights)
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
    while named and end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].ent_type_ not in TIMES:
        end += 1
    for number in range(noun.i, end):
        if covered[doc[number].idx]:
            end = number
            break
    start = min(start, noun.i)
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])
