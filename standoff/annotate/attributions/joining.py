"""Join what the trained reader sees with what the rules found, so that each gives what it knows best.

The reader knows which words report (beliefs, hopes and refusals whose cue no list has), where reported words that stand
in no marks begin and end, and whose they are. The rules know the marks, which are exact, what stands inside what (the
reader is flat), who a quotation without a cue belongs to, what is done by the words, and to whom.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from standoff.annotate.attributions.asides import fit_content
from standoff.annotate.attributions.assembly import APART
from standoff.annotate.attributions.chances import weigh_chance
from standoff.annotate.attributions.clauses import Ranges
from standoff.annotate.attributions.contents import skip_that, trim_ranges
from standoff.annotate.attributions.cues import Finding, find_listener
from standoff.annotate.attributions.drafts import Draft, lies_within, to_characters
from standoff.annotate.attributions.lexicon import Frame, Lexicon
from standoff.annotate.attributions.marks import OuterQuotations, Part
from standoff.annotate.attributions.nesting import find_outer
from standoff.annotate.attributions.parts import (
    leave_leads,
    leave_listener,
    leave_subject,
    leave_topic,
    merge_parts,
    share_parts,
)
from standoff.annotate.attributions.sources import RELATIVES, UNSAID, Source, find_recorded, is_certain, is_quoted_as
from standoff.annotate.facts import ReadingFact, read_text
from standoff.quotations import Quotation

MADE_BY = "reader"
UNLISTED = Frame("unlisted", "say", frozenset(("clause",)), (), None, frozenset(), False, 0.7)
UNDENIED = frozenset(("believe", "refuse", "promise", "deny"))  # what one may do by "not": does not believe that …
PASSIVE = frozenset(("nsubjpass", "expl"))
PRONOUNS = frozenset(("PRP", "WP", "WDT", "DT"))
NAMING = frozenset(("NOUN", "PROPN", "PRON"))  # what names a source
LIKELY = 0.6  # the least chance with which what only the reader sees is kept, unless another is asked for
ADDED = re.compile(r"\s*[,–—-]+\s*(?:which|who|whom|whose|where)\b")  # an offer, which she said came too late
SURE = -0.045  # log of the chance from which the reader's source comes before a clause's; PolNeAR's dev part, 2026-11
NEAR = 10  # characters, about a joining word: the war was lost when she said …
MORE = 30  # the same, with a word or two of the next cue: …, and has also warned
ENOUGH = 0.5  # share of characters (Jaccard) from which two contents are one
SAME = 0.9  # the same, where they could also lie one in the other


def join_readings(
    doc: Doc,
    drafts: Sequence[Draft],
    readings: Sequence[ReadingFact],
    quotations: Sequence[Quotation],
    blocks: Sequence[Part],
    kinds: Sequence[str],
    lexicon: Lexicon,
    least: float = LIKELY,
    unsaid: bool = False,
) -> list[Draft]:
    """Give the drafts of the rules, mended by the readings, with those that only the reader sees, in reading order.

    `least` is the chance that the latter must have; with `unsaid`, what was not said is among them.
    """
    if not readings:
        return list(drafts)
    return _Joiner(doc, drafts, OuterQuotations(quotations), blocks, kinds, lexicon).join(readings, least, unsaid)


class _Joiner:
    def __init__(
        self,
        doc: Doc,
        drafts: Sequence[Draft],
        quotations: OuterQuotations,
        blocks: Sequence[Part],
        kinds: Sequence[str],
        lexicon: Lexicon,
    ) -> None:
        self.doc, self.drafts, self.quotations, self.lexicon = doc, list(drafts), quotations, lexicon
        self.block_starts, self.kinds = [start for start, _ in blocks], kinds
        self.by_verb: dict[int, Draft] = {}
        self.by_quotation: dict[int, Draft] = {}
        self.bare: dict[int, list[Draft]] = defaultdict(list)  # drafts without a cue, by block
        self.cued = sorted(
            (draft for draft in drafts if draft.finding.cue[1]), key=lambda draft: draft.finding.verb.idx
        )
        self.cue_places = [draft.finding.verb.idx for draft in self.cued]
        self.speaking = {draft.block for draft in self.cued}
        for draft in drafts:
            if draft.finding.cue[1]:
                self.by_verb.setdefault(draft.finding.verb.i, draft)
            else:
                for block in {self._find_block(start) for start, _ in draft.content}:
                    self.bare[block].append(draft)
            for item in draft.quotations:
                self.by_quotation.setdefault(item.start, draft)

    def join(self, readings: Sequence[ReadingFact], least: float, unsaid: bool) -> list[Draft]:
        self.stretches = sorted(map(_stretch, readings))
        for number, reading in enumerate(readings):
            cue = self._find_words(reading["cue"])
            if cue is None:
                continue
            parts = self._fit_parts(reading, cue)
            draft = self._find_draft(cue, parts)
            if draft is None and self.kinds[self._find_block(cue.start_char)] not in APART:
                draft = self._make_draft(reading, cue)
                self.drafts.append(draft)
            if draft is not None and draft.reading is None:
                draft.reading = number
                self._mend(draft, reading, self._leave_quotations(parts, draft))
        self._drop_repeated()
        self._drop_shown()
        kept = [draft for draft in self.drafts if draft.content and self._is_kept(draft, least, unsaid)]
        for draft, holder in zip(kept, find_outer([draft.stretch for draft in kept]), strict=True):
            # Of what stands inside another, the reader, being flat, says nothing; of marks the rules are sure.
            if draft.reading is None and holder is None and draft.finding.cue[1] and not draft.quotations:
                draft.finding.score = weigh_chance("unseen")
        return sorted(kept, key=lambda draft: (draft.start, -draft.content[-1][1], draft.finding.verb.i))

    def _drop_repeated(self) -> None:
        """Leave out what rules find beside what the reader sees of one cue, but for other quotations.

        “Go,” she said after he had left: the clause is no second thing that she said. Nor is a quotation one that
        stands within what its own cue reports: said that it was done: “It is over.”
        """
        mended = {draft.finding.verb.i: draft for draft in self.drafts if draft.reading is not None}
        for draft in self.drafts:
            other = mended.get(draft.finding.verb.i)
            if draft.reading is None and draft.finding.cue[1] and other is not None:
                left = [part for part in draft.content if not lies_within(part, other.content)]
                draft.content = left if draft.quotations else []

    def _drop_shown(self) -> None:
        """Leave out that somebody shows a recording: of footage of the mayor saying …, what she says is said."""
        for draft in self.drafts:
            recorded = find_recorded(draft.finding.verb, self.lexicon)
            if recorded is None or not draft.content:
                continue
            start, end = recorded.head.head.left_edge.idx, draft.finding.verb.idx
            for other in self.drafts:
                if any(start <= part[0] < end < part[1] for part in other.content):
                    other.content = []

    def _is_kept(self, draft: Draft, least: float, unsaid: bool) -> bool:
        """Tell whether a draft is one of the rules, or the reader alone sees it and is sure enough of it."""
        if draft.finding.made_by != MADE_BY:
            return True
        named = draft.finding.verb.dep_ == "amod"  # the so-called zone
        scared = draft.finding.source.head is None and set(draft.content) <= self.quotations.known  # and nobody says it
        return draft.finding.score >= least and not named and not scared and (unsaid or not self._is_unsaid(draft))

    def _is_unsaid(self, draft: Draft) -> bool:
        """Tell whether a cue says that nothing was said: has not mentioned, did not respond to, declined to comment."""
        denied = any(child.dep_ == "neg" for child in draft.finding.verb.children)
        silent = any(token.lemma_.lower() in self.lexicon.silent for token in self._list_verbs(draft))
        return silent or (denied and draft.finding.frame.act not in UNDENIED)

    def _list_verbs(self, draft: Draft) -> list[Token]:
        """Give the words of a cue and what its content hangs on: declined to comment, did not respond to a request."""
        span = self._find_words(draft.content[0])
        heads = [] if span is None else [span.root, span.root.head]
        return [*draft.finding.verb.doc[slice(*draft.finding.cue)], *heads]

    def _fit_parts(self, reading: ReadingFact, cue: Span) -> list[Part]:
        """Give the parts of a content by whole words, without a joining "that", and without breaking marks.

        What a cue within a quotation reports ends with that quotation. Of other paragraphs than the cue's a content
        takes quotations alone.
        """
        ranges = trim_ranges(
            self.doc, skip_that(self.doc, trim_ranges(self.doc, self._find_ranges(reading["content"])))
        )
        parts = to_characters(self.doc, ranges)
        around = self.quotations.find_around((cue.start_char, cue.end_char))
        if around is not None:
            clipped = [(max(start, around[0]), min(end, around[1])) for start, end in parts]
            return [part for part in clipped if part[0] < part[1]]
        block = self._find_block(cue.start_char)
        fitted = merge_parts([self.quotations.fit(part) for part in parts])
        return [part for part in fitted if part in self.quotations.known or self._find_block(part[0]) == block]

    def _leave_quotations(self, parts: Sequence[Part], mine: Draft) -> list[Part]:
        """Give the parts but for the quotations that the rules give to somebody else.

        One that they only gave to whoever spoke last is taken over; in another paragraph than the cue's it stays an
        attribution of its own, by the same speaker.
        """
        left = []
        for part in parts:
            owner = self.by_quotation.get(part[0]) if part in self.quotations.known else None
            if owner is None or owner is mine:
                left.append(part)
            elif owner.finding.cue[1] or owner.name is not None:
                continue
            elif owner.block == mine.block:
                owner.content = [held for held in owner.content if held != part]
                left.append(part)
            elif not self._speaks_between(mine.block, owner.block):
                owner.speaker, owner.reading = mine, mine.reading
        return left

    def _speaks_between(self, one: int, other: int) -> bool:
        """Tell whether rules know of a speaker in the paragraphs between two."""
        return any(number in self.speaking for number in range(min(one, other) + 1, max(one, other)))

    def _find_draft(self, cue: Span, parts: Sequence[Part]) -> Draft | None:
        """Give the draft of the same cue, or else one without a cue, in its paragraph, of most of the same words."""
        for number in range(cue.start, cue.end):
            if number in self.by_verb:
                return self.by_verb[number]
        if self.quotations.find_around((cue.start_char, cue.end_char)) is not None:
            return None
        bare = self.bare[self._find_block(cue.start_char)]
        return next((draft for draft in bare if share_parts(draft.content, parts) >= ENOUGH), None)

    def _mend(self, draft: Draft, reading: ReadingFact, parts: list[Part]) -> None:
        """Give a draft the reader's content, beside the quotations that it has, and its source where no clause has one.

        On PolNeAR's development part the reader and the rules err equally often in who a clause's source is, and the
        reader far less often in whose a quotation is.
        """
        finding = draft.finding
        if draft.name is not None:
            return  # a name that the page prints before or beneath words is exact, and so are the words
        head = self._find_head(reading)
        if head is not None and head.head.i == finding.verb.i and head.dep_ in PASSIVE:
            head = None  # it was claimed; he is believed
        if head is not None and finding.source.head is not None and self._stand_apart(head, finding.verb):
            head = None
        own = finding.source.own and not draft.quotations  # a clause says whose its verb is
        kept = is_certain(finding.source, finding.verb, self.lexicon) or (
            own and not self._is_sure(reading, head, finding)
        )
        if head is not None and not kept and not _names(reading["source"], finding.source.head):
            finding.source = Source(head, True)
            draft.speaker = None
        quoted = [(item.start, item.end) for item in draft.quotations]
        if quoted:
            draft.content = merge_parts(
                [*quoted, *leave_listener(draft, leave_topic(draft, leave_leads(draft, parts, read_text(self.doc))))]
            )
        elif not self._is_beside(draft, parts):
            fitted = self._go_on(draft, self._end_before_more(draft, leave_subject(finding.verb, parts)))
            fitted = self._leave_asides(draft, self._end_before_others(fitted))
            draft.content = leave_listener(draft, fitted) or draft.content
        if finding.made_by == MADE_BY:
            finding.score = weigh_chance("alone", reading["signs"])
        else:
            finding.score = weigh_chance("agreed", reading["signs"])
            finding.made_by = f"{MADE_BY}+{finding.made_by}"

    def _stand_apart(self, source: Token, cue: Token) -> bool:
        """Tell whether a source stands in another paragraph than the cue that it shall be the subject of."""
        return self._find_block(source.idx) != self._find_block(cue.idx)

    def _is_sure(self, reading: ReadingFact, head: Token | None, finding: Finding) -> bool:
        """Tell whether the reader is surer of a source than a parse can be.

        Whom a "who" stands for it does not know, nor, being flat, who is quoted as saying so.
        """
        source = reading["source"]
        if source is None or head is None or head.pos_ not in NAMING or is_quoted_as(finding.verb):
            return False
        return reading["signs"][1] > SURE and read_text(self.doc)[slice(*source)].lower() not in RELATIVES

    def _is_beside(self, draft: Draft, parts: Sequence[Part]) -> bool:
        """Tell whether parts are other words than a draft's, which are likelier: the war is lost, it was said.

        They are if they stand on the same side of the cue, or are a mere pronoun, or a speaker's terms: on condition
        that he not be named; or if a cue within the draft's content reports them: according to a paper, guards said …
        """
        if not draft.content:
            return False
        if share_parts(draft.content, parts):
            return self._is_of_inner(draft, parts)
        verb, spans = draft.finding.verb, [span for part in parts if (span := self._find_words(part)) is not None]
        sides, held = ({start < verb.idx for start, _ in some} for some in (parts, draft.content))
        between = self.doc[verb.i : spans[0].start] if spans else ()
        return (
            not sides.isdisjoint(held)
            or all(len(span) == 1 and span[0].tag_ in PRONOUNS for span in spans)
            or any(word.lower_ in self.lexicon.terms for word in between)
        )

    def _go_on(self, draft: Draft, parts: list[Part]) -> list[Part]:
        """Give a content with the report at its end, if the parse has that within: said he knew the men he says he met.

        The reader, being flat, gives those words to the inner cue alone. What a relative clause adds after a comma is
        the reporter's.
        """
        if not parts or not draft.content:
            return parts
        (start, end), last = parts[-1], draft.content[-1][1]
        after = slice(*(bisect_left(self.stretches, (place, 0)) for place in (end, end + NEAR)))
        held = end < last and any(stop <= last + NEAR for _, stop in self.stretches[after])
        added = ADDED.match(read_text(self.doc), end)
        return [*parts[:-1], (start, last)] if held and added is None else parts

    def _end_before_more(self, draft: Draft, parts: list[Part]) -> list[Part]:
        """Give a content up to where its speaker goes on with another cue: said it would fail and called for talks.

        The rules know that by the tenses; the reader takes all for what the first cue reports.
        """
        if not parts or not draft.content:
            return parts
        (start, end), last = parts[-1], draft.content[-1][1]
        following = self._find_next(last)
        if not start < last < end or following is None or following.verb.idx > min(end, last + MORE):
            return parts
        shared = following.source.head is draft.finding.source.head and not following.source.own
        return [*parts[:-1], (start, last)] if shared and following.verb.tag_ == "VBD" else parts

    def _end_before_others(self, parts: list[Part]) -> list[Part]:
        """Give a content up to a semicolon after which another speaks: said it would fail; the guild denied that."""
        (start, end) = parts[-1] if parts else (0, 0)
        stop = read_text(self.doc).find(";", start, end)
        following = self._find_next(stop)
        if stop <= start or following is None or not following.source.own or following.source.head is None:
            return parts
        speaks = stop < following.source.head.idx < following.verb.idx < end
        return [*parts[:-1], (start, stop)] if speaks else parts

    def _find_next(self, place: int) -> Finding | None:
        """Give the finding whose cue is the first at or after a place."""
        first = bisect_left(self.cue_places, place)
        return self.cued[first].finding if first < len(self.cued) else None

    def _is_of_inner(self, draft: Draft, parts: Sequence[Part]) -> bool:
        within = (slice(*(bisect_left(self.cue_places, place) for place in part)) for part in draft.content)
        inner = (other for stretch in within for other in self.cued[stretch] if other is not draft)
        return any(share_parts(other.content, parts) >= SAME for other in inner)

    def _leave_asides(self, draft: Draft, parts: list[Part]) -> list[Part]:
        """Give a content without what the reporter adds to it: …, without giving a reason."""
        finding, ranges = draft.finding, self._find_ranges(parts)
        if not ranges:
            return []
        return to_characters(self.doc, fit_content(finding.verb, finding.frame, finding.form, ranges, self.lexicon))

    def _make_draft(self, reading: ReadingFact, cue: Span) -> Draft:
        """Make a draft of what only the reader sees."""
        verb, frame = self._find_frame(cue)
        head = self._find_head(reading)
        finding = Finding(
            verb=verb,
            cue=(cue.start, cue.end),
            source=UNSAID if head is None else Source(head, True),
            frame=frame,
            form="clause",
            ranges=[],
            listener=find_listener(verb, frame, self.lexicon),
            made_by=MADE_BY,
        )
        return Draft(finding, [], self._find_block(cue.start_char))

    def _find_block(self, offset: int) -> int:
        return max(bisect_right(self.block_starts, offset) - 1, 0)

    def _find_ranges(self, parts: Sequence[Sequence[int]]) -> Ranges:
        """Give the words, by number, that parts of the text touch."""
        spans = [self._find_words(part) for part in parts]
        return [(span.start, span.end) for span in spans if span is not None]

    def _find_words(self, part: Sequence[int]) -> Span | None:
        return self.doc.char_span(part[0], part[1], alignment_mode="expand")

    def _find_frame(self, cue: Span) -> tuple[Token, Frame]:
        """Give the word of a cue that reports, and its frame; of one that no list has, what a plain report does."""
        words = sorted(cue, key=lambda token: (token.i != cue.root.i, token.i))
        for token in words:
            lemma = self.lexicon.repair_lemma(token.lemma_.lower())
            for frames in (self.lexicon.verbs, self.lexicon.nouns, self.lexicon.adjectives):
                if lemma in frames:
                    return token, frames[lemma][0]
        return cue.root, UNLISTED

    def _find_head(self, reading: ReadingFact) -> Token | None:
        """Give the word that a reading's source hangs on; of "who" and "which", the noun that they stand for."""
        span = None if reading["source"] is None else self._find_words(reading["source"])
        if span is None:
            return None
        return resolve_relative(span.root) if span.root.lower_ in RELATIVES else span.root


def _stretch(reading: ReadingFact) -> Part:
    """Give the characters from the first to the last that a reading touches."""
    every = [reading["cue"], *reading["content"], *([] if reading["source"] is None else [reading["source"]])]
    return min(part[0] for part in every), max(part[1] for part in every)


def resolve_relative(pronoun: Token) -> Token:
    """Give the noun that a "who" or "which" stands for, or itself."""
    clause = next((token for token in (pronoun, *pronoun.ancestors) if token.dep_ == "relcl"), None)
    return pronoun if clause is None else clause.head


def _names(source: Sequence[int] | None, head: Token | None) -> bool:
    """Tell whether a source's words hold the word that a source hangs on."""
    return source is not None and head is not None and source[0] <= head.idx < source[1]
