"""Turn drafts into facts: who is meant, how direct it is, where and when it was said, and what it stands inside."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from spacy.tokens import Doc, Token

from standoff.annotate.attributions.acts import judge_act
from standoff.annotate.attributions.adjuncts import Adjunct, find_adjuncts
from standoff.annotate.attributions.assembly import Draft, find_source_span, iterate_speakers
from standoff.annotate.attributions.days import DayFinder
from standoff.annotate.attributions.lexicon import Lexicon
from standoff.annotate.attributions.listeners import find_hearer, keep_hearer
from standoff.annotate.attributions.nesting import find_outer, reach_over
from standoff.annotate.attributions.sources import find_issuer, split_coordinated
from standoff.annotate.attributions.strangers import Strangers
from standoff.annotate.attributions.venues import find_venue, spread_venues
from standoff.annotate.facts import ActorFact, AttributionFact, MentionFact, Offsets, read_facts, read_text
from standoff.quotations import MARKS

FIRST_PERSON = frozenset(("i", "me", "my", "myself"))
SECOND_PERSON = frozenset(("you", "your"))
NEAR = 2  # drafts before and after in whose contents no venue of another is looked for


class MentionIndex:
    """Look up which actor the words at a place stand for."""

    def __init__(self, mentions: Sequence[MentionFact]) -> None:
        self.mentions = sorted(mentions, key=lambda mention: (mention["start"], -mention["end"]))
        self.starts = [mention["start"] for mention in self.mentions]
        self.longest = max((mention["end"] - mention["start"] for mention in self.mentions), default=0)

    def find_actor(self, head: tuple[int, int], phrase: tuple[int, int]) -> int | None:
        """Give the actor whom the words of a phrase with that head stand for."""
        mention = self.find_mention(head, phrase)
        return None if mention is None else mention["actor"]

    def find_mention(self, head: tuple[int, int], phrase: tuple[int, int]) -> MentionFact | None:
        """Give the mention that holds the phrase's head, of several the one that fits the phrase best."""
        first = bisect_right(self.starts, phrase[0] - self.longest)
        near = self.mentions[first : bisect_right(self.starts, phrase[1])]
        holding = [mention for mention in near if mention["start"] < head[1] and head[0] < mention["end"]]
        return max(holding, key=lambda mention: _measure_fit(mention, phrase), default=None)


class Found(NamedTuple):
    """Hold the attributions of a text, with the actors to be added to its own, and the mentions of those."""

    facts: list[AttributionFact]
    actors: list[ActorFact]
    mentions: list[MentionFact]


def make_facts(doc: Doc, drafts: Sequence[Draft], depths: bytearray, lexicon: Lexicon) -> Found:
    """Give the facts of all drafts in reading order, one for each of the sources that share a cue."""
    maker = _FactMaker(doc, drafts, depths, lexicon)
    return Found(maker.make(), maker.strangers.actors, maker.strangers.mentions)


class _FactMaker:
    def __init__(self, doc: Doc, drafts: Sequence[Draft], depths: bytearray, lexicon: Lexicon) -> None:
        self.doc, self.drafts, self.depths, self.lexicon = doc, drafts, depths, lexicon
        self.text = read_text(doc)
        self.named = "mentions" in doc.spans  # without mentions nobody is identified
        self.mentions = MentionIndex(read_facts(doc, "mentions"))
        self.strangers = Strangers(read_facts(doc, "actors"), lexicon)
        self.letters: dict[int, tuple[list[int], list[int]]] = {}
        self.outer = find_outer([draft.stretch for draft in drafts])
        reach_over([draft.content for draft in drafts], self.outer, self.text)
        self.adjuncts = [self._list_adjuncts(number) for number in range(len(drafts))]
        self.number_of = {id(draft): number for number, draft in enumerate(drafts)}

    def make(self) -> list[AttributionFact]:
        actors: list[list[int | None]] = []
        listeners: list[int | None] = []
        settings = self._find_settings()
        scene: tuple[int, int, int] | None = None  # who spoke last to whom, and where in the text
        for number, draft in enumerate(self.drafts):
            listeners.append(self._find_listener(number, actors, listeners))
            actors.append(self._find_actors(number, actors, listeners))
            if listeners[number] is not None and listeners[number] == actors[number][0]:
                others = (found[0] for found in reversed(actors) if found[0] not in (None, listeners[number]))
                listeners[number] = next(others, None)  # nobody tells "him" who is himself: rather who spoke before
            if self.outer[number] is None:
                elsewhere = settings[number] is not None and listeners[number] is None
                scene = keep_hearer(draft, actors[number][0], listeners[number], None if elsewhere else scene)
                if listeners[number] is None and scene is not None:
                    listeners[number] = scene[1]
        speakers = [found[0] for found in actors]
        venues = spread_venues(self.drafts, settings, speakers, self.outer, self.lexicon)
        days = DayFinder(self.doc, read_facts(self.doc, "times")).spread(self.drafts, speakers, self.outer, venues)
        first_fact: list[int] = []
        facts: list[AttributionFact] = []
        for number, draft in enumerate(self.drafts):
            first_fact.append(len(facts))
            if not draft.shown:
                continue
            outer = self.outer[number]
            heads = self._list_heads(draft)
            directness = self._judge_directness(draft)
            spans: list[tuple[int, int] | None] = [self._span_source(draft)]
            if len(actors[number]) > 1:
                spans = [_span_head(head, heads) for head in heads]
            for actor, span in zip(actors[number], spans, strict=False):
                facts.append(
                    {
                        "source": None if span is None else list(span),
                        "actor": actor,
                        "cue": self._find_cue(draft),
                        "content": [list(part) for part in self._trim(draft.content, directness)],
                        "directness": directness,
                        "act": self._judge_act(draft, actors[number][0]),
                        "addressee": listeners[number],
                        "venue": venues[number],
                        "time": days[number],
                        "inside": None if outer is None else outer,
                        "reading": draft.reading,
                        "score": draft.finding.score,
                        "made_by": draft.finding.made_by,
                    }
                )
        for fact in facts:
            fact["inside"] = None if fact["inside"] is None else first_fact[fact["inside"]]
        return facts

    def _find_cue(self, draft: Draft) -> Offsets | None:
        start, end = draft.finding.cue
        if end <= start:
            return None
        return [self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])]

    def _trim(self, content: Sequence[tuple[int, int]], directness: str) -> list[tuple[int, int]]:
        """Give the content without white space at its edges; what is quoted in part keeps both its marks."""
        text = self.text
        trimmed = []
        for start, end in content:
            part = text[start:end]
            start += len(part) - len(part.lstrip())
            end = start + len(part.strip())
            if directness == "mixed":
                start -= int(self._is_edge(start - 1, start))
                end += int(self._is_edge(end, end - 1))
            trimmed.append((start, end))
        return [part for part in trimmed if part[0] < part[1]]

    def _is_edge(self, mark: int, word: int) -> bool:
        """Tell whether a quotation mark stands beside a quoted word, at the edge of the content."""
        text = self.text
        return 0 <= mark < len(text) and text[mark] in MARKS and self.depths[mark] < self.depths[word]

    def _list_heads(self, draft: Draft) -> list[Token]:
        head = draft.finding.source.head
        if head is None:
            return []
        verb = draft.finding.verb  # the bishop, who said that …, and the abbot: only the bishop did
        return [other for other in split_coordinated(head) if (other.i < verb.i) == (head.i < verb.i)]

    def _find_actors(
        self, number: int, actors: Sequence[list[int | None]], listeners: Sequence[int | None]
    ) -> list[int | None]:
        """Give the actors of a draft's source: several where several share it, else one, which may be unknown."""
        draft = self.drafts[number]
        for step in iterate_speakers(draft):
            heads = self._list_heads(step)
            if heads:
                found = [self._look_up(head, _span_head(head, heads)) for head in heads]
                known = {actor for actor in found if actor is not None}
                if len(known) > 1 and None not in found and step is draft:
                    return list(dict.fromkeys(found)) if len(known) == len(found) else found[:1]
                if found[0] is not None:
                    return found[:1]
                issuer = find_issuer(heads[0], self.lexicon) if heads[0].lower_ in self.lexicon.venue_means else None
                if issuer is not None:
                    return [self._look_up(issuer, _span_head(issuer, [issuer]))]
                if (stranger := self.strangers.find(heads[0])) is not None:
                    return [stranger]
                if heads[0].lower_ == "it" and step is draft and number and not self.drafts[number - 1].shown:
                    return actors[number - 1][:1]  # The rebels issued a statement. It said …
                return [self._resolve_person(self.number_of.get(id(step), number), heads[0], actors, listeners)]
            if step.name is not None:
                return [self.mentions.find_actor(step.name, step.name)]
        return [None]

    def _span_source(self, draft: Draft) -> tuple[int, int] | None:
        """Give the words that name the source, all of a name even where the parse takes its end for something else."""
        span, head = find_source_span(draft), draft.finding.source.head
        if span is None or head is None or head.pos_ != "PROPN":
            return span
        name = self.mentions.find_mention((head.idx, head.idx + len(head)), span)
        if name is None or name["form"] != "name" or name["start"] <= draft.finding.verb.idx < name["end"]:
            return span
        return min(span[0], name["start"]), max(span[1], name["end"])

    def _look_up(self, head: Token, phrase: tuple[int, int]) -> int | None:
        """Give whom a noun stands for, or else the name set beside it: the helmsman of the trawler, Rudi Tamba."""
        actor = self.mentions.find_actor((head.idx, head.idx + len(head)), phrase)
        names = (child for child in head.rights if child.dep_ == "appos" and child.pos_ == "PROPN")
        name = next(names, None) if actor is None else None
        return actor if name is None else self._look_up(name, (name.left_edge.idx, name.idx + len(name)))

    def _resolve_person(
        self, number: int, head: Token, actors: Sequence[list[int | None]], listeners: Sequence[int | None]
    ) -> int | None:
        """Give whom "I" and "you" stand for: who is quoted, not who he says said it: “She thinks I lied,” he said."""
        outer = self.outer[number]
        while outer is not None and not self._quotes(self.drafts[outer], head):
            outer = self.outer[outer]
        if outer is None or outer >= min(len(actors), len(listeners)):
            return None
        if head.lower_ in FIRST_PERSON:
            return actors[outer][0]
        return listeners[outer] if head.lower_ in SECOND_PERSON else None

    def _quotes(self, draft: Draft, word: Token) -> bool:
        """Tell whether marks stand around a word that do not stand around the cue whose content holds it."""
        finding = draft.finding
        return not finding.cue[1] or self.depths[word.idx] > self.depths[finding.verb.idx]

    def _find_listener(
        self, number: int, actors: Sequence[list[int | None]], listeners: Sequence[int | None]
    ) -> int | None:
        """Give who is told; "me" and "you" are, within somebody's words, the speaker and the listener of those."""
        listener = find_hearer(self.drafts[number].finding, self.adjuncts[number], self.lexicon)
        if listener is None:
            return None
        phrase = (listener.left_edge.idx, listener.right_edge.idx + len(listener.right_edge))
        found = self._look_up(listener, phrase)
        if found is None and listener.pos_ == "PRON":
            return self._resolve_person(number, listener, actors, listeners)
        return self.strangers.add(listener, self.drafts[number].finding) if found is None and self.named else found

    def _judge_act(self, draft: Draft, speaker: int | None) -> str:
        def is_speaker(word: Token) -> bool:
            return speaker is not None and self._look_up(word, (word.idx, word.idx + 1)) == speaker

        return judge_act(draft.finding, self.lexicon, is_speaker=is_speaker)

    def _judge_directness(self, draft: Draft) -> str:
        """Tell how much of the content stands within marks, over and above those that the cue itself stands within."""
        base = self.depths[draft.finding.verb.idx] if draft.finding.cue[1] else 0
        letters, quoted = self._count_letters(base)
        every = sum(letters[end] - letters[start] for start, end in draft.content)
        within = sum(quoted[end] - quoted[start] for start, end in draft.content)
        return "direct" if within and within == every else "mixed" if within else "indirect"

    def _count_letters(self, base: int) -> tuple[list[int], list[int]]:
        """Give running counts of the text's letters, and of those deeper in quotations than `base`."""
        if base not in self.letters:
            letters = [character.isalnum() for character in self.text]
            quoted = [letter and depth > base for letter, depth in zip(letters, self.depths, strict=True)]
            self.letters[base] = list(accumulate(letters, initial=0)), list(accumulate(quoted, initial=0))
        return self.letters[base]

    def _find_settings(self) -> list[Offsets | None]:
        """Give the venue that stands with each draft's own cue."""
        own: list[Offsets | None] = []
        covered = bytearray(len(self.text))
        for number, (draft, adjuncts) in enumerate(zip(self.drafts, self.adjuncts, strict=True)):
            found = None
            if draft.finding.cue[1]:
                # Nor is a place that another speaks of where this was said: asked if she would go on trial, he said …
                near = (item.content for item in self.drafts[max(0, number - NEAR) : number + NEAR + 1])
                foreign = [part for content in near if not _holds(content, draft.finding.verb.idx) for part in content]
                _paint(covered, [*draft.content, *foreign], 1)
                found = find_venue(draft.finding, adjuncts, self.lexicon, covered)
                _paint(covered, [*draft.content, *foreign], 0)
            own.append(None if found is None else list(found))
        return own

    def _list_adjuncts(self, number: int) -> list[Adjunct]:
        """Give what is around a draft's cue: not in its content, nor outside the words that it stands inside."""
        draft, outer = self.drafts[number], self.outer[number]
        if not draft.finding.cue[1]:
            return []
        held = [(0, len(self.text))] if outer is None else self.drafts[outer].content
        return [
            item
            for item in find_adjuncts(draft.finding, self.lexicon)
            if _holds(held, item.preposition.idx) and not _holds(draft.content, item.preposition.idx)
        ]


def _measure_fit(mention: MentionFact, phrase: tuple[int, int]) -> tuple[int, int]:
    inside = min(mention["end"], phrase[1]) - max(mention["start"], phrase[0])
    return inside, -(mention["end"] - mention["start"])


def _span_head(head: Token, heads: Sequence[Token]) -> tuple[int, int]:
    """Give the characters of one of several coordinated heads."""
    doc = head.doc
    end = head.i + 1 if head != heads[-1] else head.right_edge.i + 1
    following = [other for other in heads if other.i > head.i]
    if not following:
        end = max(child.i + 1 for child in (head, *(part for part in head.rights if part.dep_ in ("prep",))))
    return doc[head.left_edge.i].idx, doc[end - 1].idx + len(doc[end - 1])


def _paint(covered: bytearray, content: Sequence[tuple[int, int]], value: int) -> None:
    for start, end in content:
        covered[start:end] = bytes([value]) * (end - start)


def _holds(parts: Sequence[tuple[int, int]], place: int) -> bool:
    return any(start <= place < end for start, end in parts)
