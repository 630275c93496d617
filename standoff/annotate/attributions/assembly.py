"""Put cues, quotations and speakers together into attributions, still without actors, venues and nesting."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from spacy.tokens import Doc

from standoff.annotate.attributions.cues import Finding
from standoff.annotate.attributions.drafts import (
    Draft,
    find_source_span,
    iterate_speakers,
    lies_within,
    meets,
    to_characters,
)
from standoff.annotate.attributions.fitting import fit_drafts
from standoff.annotate.attributions.headlines import HEADS, read_headlines
from standoff.annotate.attributions.lexicon import Frame
from standoff.annotate.attributions.lifted import claims, find_uttered
from standoff.annotate.attributions.printed import PrintedNames
from standoff.annotate.attributions.roster import Roster
from standoff.annotate.attributions.sources import UNSAID
from standoff.annotate.attributions.speakers import BARE, BY_COURSE, BY_NAME, SpeakerFinder, Speech
from standoff.annotate.attributions.turns import find_turns
from standoff.annotate.facts import read_text
from standoff.layout.labels import find_signer
from standoff.quotations import Quotation

__all__ = ["Draft", "draft_attributions", "find_source_span", "iterate_speakers"]

SILENT_BLOCKS = frozenset(("credit", "byline", "dateline", "quotename"))
APART = frozenset(("title", "standfirst", "crosshead", "caption", "pullquote"))  # not part of the run of paragraphs


def draft_attributions(
    doc: Doc,
    findings: Sequence[Finding],
    finders: Sequence[SpeakerFinder],
    outer: Sequence[Speech],
    inner: Sequence[Speech],
    blocks: Sequence[tuple[int, int]],
    kinds: Sequence[str],
) -> list[Draft]:
    """Give every attribution of a text in reading order.

    A quotation within a quotation is given to the cue beside it, or to nobody; an outer one always to somebody if
    anybody speaks near it.
    """
    assembly = _Assembly(doc, findings, outer, finders[0], blocks, kinds)
    for speech in inner:
        assembly.take_inner(finders[1], speech)
    assembly.take_turns()
    assembly.take_headlines()
    assembly.take_block_quotations()
    return assembly.run([item for speech in (*outer, *inner) for item in speech.quotations])


class _Assembly:
    """Hold what is known of one text while its quotations are given out, paragraph by paragraph."""

    def __init__(
        self,
        doc: Doc,
        findings: Sequence[Finding],
        speeches: Sequence[Speech],
        speakers: SpeakerFinder,
        blocks: Sequence[tuple[int, int]],
        kinds: Sequence[str],
    ) -> None:
        self.doc, self.speeches, self.speakers = doc, speeches, speakers
        self.text = read_text(doc)
        self.blocks, self.kinds = blocks, kinds
        self.block_starts = [start for start, _ in blocks]
        self.drafts = [
            Draft(finding, to_characters(doc, finding.ranges), self._find_block(finding.verb.idx))
            for finding in findings
        ]
        for draft in self.drafts:
            head = draft.finding.source.head
            if head is not None and speakers.outside[draft.finding.verb.i] and not speakers.outside[head.i]:
                draft.finding.source = speakers.find_beside(draft.finding.verb)
        self.by_verb = {draft.finding.verb.i: draft for draft in self.drafts}
        self.by_block: dict[int, list[Draft]] = {}
        for draft in self.drafts:
            self.by_block.setdefault(draft.block, []).append(draft)
        self.roster = Roster(doc, self.text)
        self.printed = PrintedNames(self.text, speeches, blocks, self.roster)
        self.hosts = sorted(span for speech in speeches for span in _spans(speech))
        self.inner: tuple[Speech, Draft] | None = None  # the quotation within another that was given out last
        self.waiting: list[Draft] = []  # quotations whose speaker is looked for when all others are known

    def take_inner(self, finder: SpeakerFinder, speech: Speech) -> None:
        """Give a quotation within another to the cue beside it there, or join it to the last: ‘No,’ he said. ‘Go.’"""
        first, host = speech.quotations[0], self._find_host(speech)
        start, end = finder.find_token(host[0]), finder.find_token(host[1] - 1) + 1
        if self.inner is not None and start <= self.inner[0].first_token and self._only_cue_between(self.inner, speech):
            self.inner = speech, self._join(self.inner[1], speech)
            return
        finding = finder.find_cue_before(speech, start) or finder.find_cue_after(speech, end)
        if finding is not None and (speech.stands_alone or self._is_whole(finding, speech)):
            draft = self.by_verb.get(finding.verb.i)
            if draft is not None and all(meets(part, _spans(speech)) for part in draft.content):
                draft.content = []  # a part of the same words
            self.inner = speech, Draft(finding, _spans(speech), first.block, list(speech.quotations))
            self._add(self.inner[1])

    def _find_host(self, speech: Speech) -> tuple[int, int]:
        """Give the characters of the quotation that another stands within."""
        first = speech.quotations[0]
        number = bisect_right(self.hosts, (first.start, len(self.text))) - 1
        return self.hosts[number] if number >= 0 else self.blocks[first.block]

    def take_turns(self) -> None:
        """Give the words that a page sets beside a name, without marks, to that name."""
        for turn in find_turns(self.doc, self.blocks, self.kinds, self.roster):
            frame = BARE._replace(act="ask") if turn.asks else BARE
            bare = self._make_bare(self.speakers.find_token(turn.label[0]), frame)
            self._add(Draft(bare, turn.content, turn.block, [], name=turn.place, label=turn.label))

    def take_block_quotations(self) -> None:
        """Give a paragraph without marks to the cue of the one before it that leads into it: he wrote: ¶ We regret …"""
        taken = {draft.block for draft in self.drafts if draft.label is not None}
        for number in range(1, len(self.blocks)):
            lead, (start, _) = self.blocks[number - 1], self.blocks[number]
            if number in taken or not self.printed.leads_into_plain(number, self.kinds):
                continue
            first, low = self.speakers.find_token(start), self.speakers.find_token(lead[0])
            finding = self.speakers.find_cue_to(first, low)
            if finding is not None and (
                finding.cue[1] or self.printed.is_letter(number, finding.verb, self.speakers.lexicon)
            ):
                self._add(Draft(finding, [self.blocks[number]], number - 1))

    def take_headlines(self) -> None:
        """Give what a headline says by somebody to him, where the parse has not found it."""
        for headline in read_headlines(self.doc, self.blocks, self.kinds, self.roster, self.speakers.lexicon):
            cue = headline.cue
            held = self.by_verb.get(cue) if cue is not None else None
            if held is not None and held.content:
                continue
            bare = self._make_bare(self.speakers.find_token(headline.source[0]), headline.frame or BARE)
            if cue is not None:
                bare.verb, bare.cue = self.doc[cue], (cue, cue + 1)
            self._add(Draft(bare, [headline.said], headline.block, [], name=headline.place, label=headline.source))

    def _make_bare(self, number: int, frame: Frame, made_by: str = BY_NAME) -> Finding:
        """Give a finding of no cue: the page alone tells who says it."""
        return Finding(self.doc[number], (0, 0), UNSAID, frame, "quotation", [], score=0.7, made_by=made_by)

    def run(self, quotations: Sequence[Quotation]) -> list[Draft]:
        previous: tuple[Speech, Draft] | None = None
        parted: list[Speech] = []
        for number, speech in enumerate(self.speeches):
            if self.kinds[speech.quotations[0].block] in SILENT_BLOCKS:
                continue
            draft = self._give_out(number, speech, previous)
            if draft is not None:
                previous = (speech, draft)
            elif self.kinds[speech.quotations[0].block] in HEADS:
                parted.append(speech)
        for speech in parted:
            self._take_parted(speech)
        for draft in self.waiting:
            self._follow_course(draft)
        fit_drafts(self.drafts, quotations)
        kept = [draft for draft in self.drafts if draft.content and draft.shown]
        return sorted(kept, key=lambda draft: (draft.start, -draft.content[-1][1], draft.finding.verb.i))

    def _give_out(self, number: int, speech: Speech, previous: tuple[Speech, Draft] | None) -> Draft | None:
        """Give the attribution of a speech: by a cue beside it, with the speech before it, or one of its own."""
        first, last = speech.quotations[0], speech.quotations[-1]
        alone = speech.stands_alone
        after = self.speakers.find_cue_after(speech, self._limit_after(number, last)) if alone else None
        before = self.speakers.find_cue_before(speech, self._limit_before(number, first))
        same = previous is not None and previous[0].quotations[-1].block == first.block
        if before is not None and same and previous is not None and before.verb.i == previous[1].finding.verb.i:
            before = None if before.cue[1] else before
            if after is None:
                return self._join(previous[1], speech)
        named = self.printed.find_label(number, speech) if after is None else None
        if named is not None and before is not None and before.cue[1]:
            named = self._prefer_name(named, before)
        if named is not None:
            return self._give_name(speech, named)
        if before is not None and not before.cue[1]:
            holder = self._find_holder(speech) if after is None else None
            if holder is not None and holder.finding.verb.idx > last.end:  # …: “…,” according to Ito
                _leave_lead(holder, first)
                return self._join(holder, speech)
            if self.printed.is_heading(number, speech):
                before = None
        finding = after or before
        if after is not None and speech.lead.endswith(":"):
            if self.speakers.closes(after, speech):
                _leave_lead(self.by_verb.get(after.verb.i), first)
            elif before is not None:
                finding = before
        if finding is not None and (alone or self._is_whole(finding, speech)):
            return self._take(finding, speech)
        holder = self._find_holder(speech)
        if holder is not None:
            return self._stretch(holder, speech)
        signed = self.printed.find_signature(number, speech) if self.kinds[first.block] != "pullquote" else None
        if signed is not None:
            return self._give_name(speech, signed)
        if not alone or (self.kinds[first.block] == "body" and not speech.is_sentence):
            return None
        if same and previous is not None and self._only_cue_between(previous, speech):
            return self._join(previous[1], speech)
        draft = Draft(
            self._make_bare(speech.first_token, BARE, BY_COURSE), _spans(speech), first.block, list(speech.quotations)
        )
        draft.speaker = previous[1] if same and previous is not None else None
        self._add(draft)
        self.waiting.append(draft)
        return draft

    def _prefer_name(self, name: tuple[int, int], cue: Finding) -> tuple[int, int] | None:
        """Give a name before a colon only if what was taken for a cue is a part of it, as in "Omar Said: …"."""
        if not (name[0] < cue.verb.idx < name[1] and cue.verb.is_title):
            return None
        mistaken = self.by_verb.get(cue.verb.i)
        if mistaken is not None:
            mistaken.content = []
        return name

    def _give_name(self, speech: Speech, label: tuple[int, int]) -> Draft:
        """Give a speech to a name that is printed beside it."""
        bare = self._make_bare(self.speakers.find_token(label[0]), BARE)
        draft = Draft(bare, _spans(speech), speech.quotations[0].block, list(speech.quotations))
        draft.name, draft.label = self.roster.find(*label) or label, label
        self._add(draft)
        return draft

    def _take(self, finding: Finding, speech: Speech) -> Draft:
        """Give a speech to its cue; what the parse took for the cue's content was the speech or a part of it."""
        draft = self.by_verb.get(finding.verb.i)
        spans = _spans(speech)
        if draft is not None and finding.cue[1] and (draft.quotations or not self._is_plain(draft)):
            draft.finding = finding if not draft.quotations else draft.finding
            draft.content = sorted({*(() if not draft.quotations else draft.content), *spans})
            draft.quotations.extend(speech.quotations)
            return draft
        draft = Draft(finding, spans, speech.quotations[0].block, list(speech.quotations))
        self._add(draft)
        return draft

    def _is_plain(self, draft: Draft) -> bool:
        """Tell whether some of the content stands outside all quotation marks."""
        return any(
            self.speakers.outside[number]
            for start, end in draft.content
            for number in range(self.speakers.find_token(start), self.speakers.find_token(end - 1) + 1)
            if self.doc[number].is_alpha
        )

    def _join(self, draft: Draft, speech: Speech) -> Draft:
        """Add a speech to the attribution before it: “We lost,” he said. “We will return.”"""
        draft.content = sorted({*draft.content, *_spans(speech)})
        draft.quotations.extend(speech.quotations)
        return draft

    def _stretch(self, holder: Draft, speech: Speech) -> Draft:
        """Let the content that holds a part of a speech hold all of it."""
        spans = _spans(speech)
        merged: list[tuple[int, int]] = []
        for start, end in sorted([*holder.content, *spans]):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        if not all(lies_within(part, spans) for part in holder.content):
            holder.content = merged
        else:
            holder.content = spans
            holder.quotations.extend(speech.quotations)
        return holder

    def _find_holder(self, speech: Speech) -> Draft | None:
        """Give the attribution, its cue outside the speech, whose content the parse let reach into the speech."""
        spans = _spans(speech)
        for draft in self.by_block.get(speech.quotations[0].block, ()):
            cue = draft.finding.verb.idx
            if not meets((cue, cue + 1), spans) and any(meets(part, spans) for part in draft.content):
                return draft
        return None

    def _is_whole(self, finding: Finding, speech: Speech) -> bool:
        """Tell whether the few quoted words after a cue are all that it reports: called it “mad”."""
        draft = self.by_verb.get(finding.verb.i)
        return draft is None or all(lies_within(part, _spans(speech)) for part in draft.content)

    def _only_cue_between(self, previous: tuple[Speech, Draft], speech: Speech) -> bool:
        """Tell whether between two speeches there is no more than the cue clause of the first."""
        before, draft = previous
        finding = draft.finding
        if not finding.cue[1] or not before.last_token < finding.verb.i < speech.first_token:
            return False
        stops = [token for token in self.doc[finding.verb.i : speech.first_token - 1] if token.text in ".?!"]
        return len(stops) == 1 or (not stops and before.quotations[-1].depth > 1)

    def _follow_course(self, draft: Draft) -> None:
        """Let a quotation without a cue be that of whoever spoke in the paragraph before it, else in the next."""
        if draft.speaker is not None:
            return
        if self.kinds[draft.block] in APART:
            self._match_repeated(draft)
            return
        said = self._find_last(draft.block, before=draft.start)
        if said is not None and said.finding.cue[1]:
            draft.speaker = said
            return
        for number in range(draft.block - 1, max(-1, draft.block - 4), -1):
            if self.kinds[number] in APART or self.kinds[number] in SILENT_BLOCKS:
                continue
            found = self._find_last(number)
            if found is not None:
                draft.speaker = found
                return
            break
        draft.finding.score *= 0.7
        draft.name = self.printed.find_doer(draft.block, draft.start)
        if draft.name is not None:
            return
        for number in (draft.block, draft.block + 1):
            found = next((item for item in self._list(number) if item is not draft and item.finding.cue[1]), None)
            if found is not None:
                draft.speaker = found
                return

    def _match_repeated(self, draft: Draft) -> None:
        """Let words lifted out of the text be those of whoever utters them in the text, or of the name beneath them."""
        kind = self.kinds[draft.block]
        words = " ".join(self.text[start:end] for start, end in draft.content)
        other = find_uttered(words, self._list_running(draft), self.text)
        if other is not None:
            draft.speaker = other
            draft.shown = kind != "pullquote"
            return
        here = next((item for item in self._list(draft.block) if item is not draft and item.finding.cue[1]), None)
        if kind != "pullquote" and here is not None:
            draft.speaker = here
            draft.finding.source = here.finding.source
        elif draft.block + 1 < len(self.kinds) and self.kinds[draft.block + 1] == "quotename":
            below = self.blocks[draft.block + 1]
            draft.label = find_signer(self.text, *below) or below
            draft.name = self.roster.find(*draft.label) or draft.label
        elif kind == "crosshead":
            draft.shown = False  # ‘Black Monday’: a crosshead that quotes somebody quotes the text

    def _list_running(self, own: Draft | None = None) -> list[Draft]:
        """Give the attributions of the running text."""
        return [
            item for item in self.drafts if item is not own and item.content and self.kinds[item.block] not in APART
        ]

    def _take_parted(self, speech: Speech) -> None:
        """Give a headline that quotes a few words of a claim, as ‘within days’, to whoever utters them below."""
        first = speech.quotations[0]
        quoted = self.doc.char_span(first.start, first.end, alignment_mode="expand")
        if self._list(first.block) or quoted is None or not claims(quoted):
            return
        speaker = find_uttered(self.text[first.start : first.end], self._list_running(), self.text)
        if speaker is not None:
            bare = self._make_bare(self.speakers.find_token(self.block_starts[first.block]), BARE, BY_COURSE)
            self._add(Draft(bare, [self.blocks[first.block]], first.block, [first], speaker=speaker))

    def _find_last(self, number: int, *, before: int | None = None) -> Draft | None:
        """Give the last attribution of a block that the reporter makes, not one within another's words."""
        items = [item for item in self._list(number) if before is None or item.place < before]
        held = [part for item in items for part in item.content]
        found = [
            item
            for item in items
            if not item.finding.cue[1] or not meets((item.finding.verb.idx, item.finding.verb.idx + 1), held)
        ]
        return max(found, key=lambda item: item.place, default=None)

    def _list(self, number: int) -> list[Draft]:
        return [item for item in self.by_block.get(number, ()) if item.content]

    def _add(self, draft: Draft) -> None:
        self.drafts.append(draft)
        self.by_block.setdefault(draft.block, []).append(draft)
        if draft.finding.cue[1]:
            self.by_verb.setdefault(draft.finding.verb.i, draft)
        last = draft.quotations[-1].block if draft.quotations else draft.block
        if last != draft.block:
            self.by_block.setdefault(last, []).append(draft)

    def _limit_after(self, number: int, last: Quotation) -> int:
        if number + 1 < len(self.speeches) and self.speeches[number + 1].quotations[0].block == last.block:
            return max(self.speeches[number + 1].first_token - 1, 0)
        return self.speakers.find_token(self.blocks[last.block][1] - 1) + 1

    def _limit_before(self, number: int, first: Quotation) -> int:
        if number > 0 and self.speeches[number - 1].quotations[-1].block == first.block:
            return self.speeches[number - 1].last_token + 1
        return self.speakers.find_token(self.printed.find_lead(number, first))

    def _find_block(self, offset: int) -> int:
        return max(bisect_right(self.block_starts, offset) - 1, 0)


def _leave_lead(draft: Draft | None, first: Quotation) -> None:
    """Leave the reporter what leads into a quotation whose cue follows: There was a catch: “We pay,” Ito said."""
    if draft is not None:
        draft.content = [part for part in draft.content if part[0] >= first.start]


def _spans(speech: Speech) -> list[tuple[int, int]]:
    return [(item.start, item.end) for item in speech.quotations]
