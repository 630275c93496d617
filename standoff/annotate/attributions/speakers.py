"""Give each quotation its speaker: by the cue beside it, or by who was speaking before.

The tokens between quotations are read by their marks and stops, not by the parse alone, which quotation marks upset.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from spacy.tokens import Doc, Token

from standoff.annotate.attributions.cues import Finding, choose_frame, find_frames, find_listener, span_cue
from standoff.annotate.attributions.lexicon import Frame, Lexicon
from standoff.annotate.attributions.sources import UNSAID, Source, find_source, find_subject
from standoff.annotate.facts import read_text
from standoff.layout.labels import LEAD
from standoff.quotations import MARKS, Quotation

STOPS = frozenset(".?!;…")
BLANKS = " \n\t" + "".join(sorted(MARKS))  # an inner quotation may close just before the outer one does
DOUBLED = ("``", "''")  # one mark of two characters
FINITE = frozenset(("ROOT", "conj", "advcl", "ccomp", "parataxis"))
GAP = 40  # tokens beside a quotation in which its cue may stand: names with long descriptions fit, a paragraph does not
BARE = Frame("bare", "say", frozenset(("quotation",)), (), None, frozenset(), False, 0.8)
BY_CUE, BY_NAME, BY_COURSE = "rules/quotation-cue", "rules/quotation-name", "rules/quotation-course"


class Speech:
    """One or more quotations, in one paragraph or running over several, that one person utters in one go."""

    def __init__(
        self, text: str, quotations: Sequence[Quotation], bounds: tuple[int, int], find_token: Callable[[int], int]
    ) -> None:
        self.quotations = list(quotations)
        first, last = quotations[0], quotations[-1]
        doubled = text[max(first.start - 2, 0) : first.start] in DOUBLED
        self.lead = text[bounds[0] : max(first.start - 1 - doubled, bounds[0])].rstrip()
        self.closing = text[first.start : last.end].rstrip(BLANKS)[-1:]
        self.following = text[last.end + 1 : min(last.end + 3, bounds[1])].strip()[:1]
        self.opens = (
            LEAD.fullmatch(self.lead + " ") is not None
            or self.lead[-1] in ".?!:,…)"
            or self.lead[-1] in MARKS
            or self.lead[-1] in "–—"
        )
        self.first_token = find_token(first.start + int(text[first.start].isspace()))  # « so », with spaces
        self.last_token = find_token(last.end - 1)

    @property
    def stands_alone(self) -> bool:
        """Tell whether these are somebody's sentences, not a few words quoted within one of the reporter's."""
        ends = self.closing in ",.?!…—–-" or self.following in (",", "", ":") or not self.quotations[-1].closed
        return self.opens and ends

    @property
    def is_sentence(self) -> bool:
        """Tell whether these are whole sentences that stand between the reporter's, so that they need no cue."""
        starts = not self.lead or self.lead[-1] in ".?!:…)" or self.lead[-1] in MARKS
        return starts and (self.closing in ".?!…" or not self.quotations[-1].closed)


class SpeakerFinder:
    """Find who utters each speech of a document, given the cues that were found by the parse."""

    def __init__(self, doc: Doc, lexicon: Lexicon, depths: bytearray, depth: int = 1) -> None:
        self.doc = doc
        self.lexicon = lexicon
        self.depth = depth  # the quotations looked at; those that they stand within count as the reporter's text
        self.outside = [depths[token.idx] < depth for token in doc]
        self.token_starts = [token.idx for token in doc]

    def gather_speeches(
        self, quotations: Sequence[Quotation], blocks: Sequence[tuple[int, int]], kinds: Sequence[str]
    ) -> Iterator[Speech]:
        """Yield the outer quotations in reading order, those that run on from paragraph to paragraph as one."""
        text = read_text(self.doc)
        chain: list[Quotation] = []
        for item in quotations:
            if item.depth != self.depth:
                continue
            chain.append(item)
            if not item.runs_on or kinds[item.block] != kinds[item.block + 1]:
                bounds = (blocks[chain[0].block][0], blocks[item.block][1])
                yield Speech(text, chain, bounds, self.find_token)
                chain = []

    def find_token(self, offset: int) -> int:
        """Give the number of the token that holds a character."""
        return max(bisect_right(self.token_starts, offset) - 1, 0)

    def find_cue_after(self, speech: Speech, limit: int) -> Finding | None:
        """Give the cue that follows a speech: “…,” said Ada Ito, who …"""
        start = speech.last_token + 1
        while start < limit and (
            self.doc[start].text[0] in MARKS or self.doc[start].text in ",—–-" or self.doc[start].is_space
        ):
            start += 1
        end = self._find_stop(start, min(limit, start + GAP))
        if speech.closing not in ",.?!…—–-" and speech.following != "," and not self._is_cue(start):
            return None
        for number in range(start, end):
            token = self.doc[number]
            if token.pos_ not in ("VERB", "AUX"):
                continue
            finding = self._make(token)
            if finding is not None and token.dep_ != "relcl":
                clauses = (child for child in token.rights if child.dep_ == "ccomp" and self.outside[child.i])
                leads = any(not _is_relative(clause) for clause in clauses)
                if leads or (speech.closing == "." and not self._ends_sentence(end)):
                    return None
                return self._name_source(finding, start, end)
            if token.dep_ in FINITE and self.outside[number] and token.dep_ != "ccomp":
                return None
        return None

    def closes(self, finding: Finding, speech: Speech) -> bool:
        """Tell whether the cue after a speech ends its sentence: “We pay,” said Ito.

        It does not if it leads into the next one (“We pay,” Ito said: “All.”), or tells of somebody else (“We pay,” and
        Ito agreed).
        """
        end = self._find_stop(finding.verb.i + 1, min(len(self.doc), finding.verb.i + GAP))
        between = self.doc[speech.last_token + 1 : finding.verb.i]
        joined = any(token.dep_ in ("cc", "mark") for token in between)
        return speech.closing == "," and not joined and self.doc[end - 1].text != ":" and self._ends_sentence(end)

    def find_cue_before(self, speech: Speech, limit: int) -> Finding | None:
        """Give the cue that leads into a speech: Ada Ito said: “…”"""
        return self.find_cue_to(speech.first_token, limit)

    def find_cue_to(self, first: int, limit: int) -> Finding | None:
        """Give the cue that leads into the words from token `first` on; `limit` is how far back to look."""
        end = first
        while end > limit and (self.doc[end - 1].text in (*MARKS, *DOUBLED) or self.doc[end - 1].is_space):
            end -= 1
        if end <= limit:
            return None
        mark = self.doc[end - 1].text
        start = self._find_start(limit, end - 1)
        for number in range(end - 1, start - 1, -1):
            token = self.doc[number]
            if token.pos_ not in ("VERB", "AUX") or not self.outside[number]:
                continue
            near = (
                mark in ",:"
                or all(self.doc[between].pos_ == "PRON" for between in range(number + 1, end))
                or (mark in ("that", "as", "was", "is", "are", "were") and number == end - 2)
            )
            finding = self._make(token) if near else None
            if finding is not None:
                if finding.source.head is None:  # Said Ada Ito, who leads them: “…”
                    finding = self._name_source(finding, number, end - 1)
                own = any(child.dep_ == "ccomp" and child.i < first - 2 and child.i > token.i for child in token.rights)
                return None if own and mark != ":" else finding
        return self._find_name(start, end) if mark == ":" else None

    def _find_name(self, start: int, end: int) -> Finding | None:
        """Give the name before a colon, as in an interview, or whoever the sentence before it is about."""
        words = [token for token in self.doc[start : end - 1] if not token.is_space]
        if not words:
            return None
        root = self.doc[start : end - 1].root
        head: Token | None = root if root.pos_ in ("PROPN", "NOUN") and len(words) <= 8 else find_subject(root)
        if head is None or head.pos_ not in ("PROPN", "NOUN", "PRON"):
            return None
        return Finding(root, (0, 0), Source(head, True), BARE, "quotation", [], score=0.75, made_by=BY_NAME)

    def _make(self, verb: Token) -> Finding | None:
        """Give a verb as the cue of a quotation, if it can be one."""
        frame = choose_frame(find_frames(verb, self.lexicon))
        if (
            frame is None
            or not self.outside[verb.i]
            or any(child.dep_ == "neg" and self.outside[child.i] for child in verb.children)
        ):
            return None
        return Finding(
            verb, span_cue(verb), find_source(verb, self.lexicon), frame, "quotation", [],
            listener=find_listener(verb, frame, self.lexicon), score=0.95, made_by=BY_CUE,
        )  # fmt: skip

    def _name_source(self, finding: Finding, start: int, end: int) -> Finding:
        """Give the finding with the nouns right beside the cue as its source where the parse shows none."""
        head = finding.source.head
        if head is not None and self.outside[head.i]:
            return finding
        finding.source = UNSAID
        for number in (*range(finding.verb.i + 1, end), *range(finding.verb.i - 1, start - 1, -1)):
            token = self.doc[number]
            if token.pos_ in ("PROPN", "PRON", "NOUN"):
                while token.dep_ in ("compound", "amod", "poss") and token.head.i < end and token.head.i > token.i:
                    token = token.head
                finding.source = Source(token, True)
                break
            if token.pos_ in ("VERB", "PUNCT"):
                break
        return finding

    def find_beside(self, verb: Token) -> Source:
        """Give the name right before a cue, where the parse took its subject from within a quotation."""
        for number in range(verb.i - 1, max(verb.i - 6, -1), -1):
            token = self.doc[number]
            if not self.outside[number] or token.is_punct:
                break
            if token.pos_ in ("PROPN", "PRON", "NOUN"):
                return Source(token, True)
        return UNSAID

    def _is_cue(self, number: int) -> bool:
        return number < len(self.doc) and choose_frame(find_frames(self.doc[number], self.lexicon)) is not None

    def _ends_sentence(self, end: int) -> bool:
        return end >= len(self.doc) or self.doc[end].text in STOPS or self.doc[end].is_space

    def _find_stop(self, start: int, limit: int) -> int:
        """Give where the reporter's sentence ends: at a stop, a new paragraph or the next quotation."""
        for number in range(start, limit):
            token = self.doc[number]
            if token.text in STOPS or "\n" in token.text or not self.outside[number] or token.text in '“"‘':
                return number
        return limit

    def _find_start(self, limit: int, end: int) -> int:
        """Give where the reporter's sentence begins, going back from `end`."""
        for number in range(end - 1, max(limit, end - GAP) - 1, -1):
            token = self.doc[number]
            if token.text in STOPS or "\n" in token.text or not self.outside[number]:
                return number + 1
        return max(limit, end - GAP)


def _is_relative(clause: Token) -> bool:
    """Tell whether a clause that the parser hung on a cue tells of a noun: she said of the strike, in which she …"""
    words = clause.doc[clause.left_edge.i : clause.i]
    return any(word.tag_ == "WDT" and word.i and word.nbor(-1).pos_ in ("ADP", "PUNCT") for word in words)
