"""Hold an article's tokens as the rules of this component ask for them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from spacy.tokens import Doc, Span

from standoff.annotate.facts import read_facts, read_text
from standoff.annotate.mentions.lexicon import Tag, load_lexicon, load_words, normalise_word
from standoff.annotate.mentions.people import guess_people
from standoff.layout import find_opening, split_blocks
from standoff.quotations import find_quotations

BRACKET = re.compile(r"\([^()]*\)")
OPENERS = frozenset("“\"‘'([–—-:;•*`")


class Words:
    """Hold an article's tokens as the rules ask for them; everything here is looked up once per article."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.texts = [normalise_word(token.text) for token in doc]
        self.lower = [text.lower() for text in self.texts]
        self.outside, self.titled = mark_blocks(doc, ("credit", "byline")), mark_blocks(doc, ("title",))
        for span in list_agencies(doc):
            self.outside[span.start : span.end] = [True] * len(span)
        self.tags = [
            tag
            for tag in load_lexicon().find_tags(self.texts)
            if not (self._is_name_part(tag) or self._is_joined(tag) or self.outside[tag.start])
        ]
        self.tag_at: list[Tag | None] = [None] * len(doc)
        for tag in self.tags:
            for token in range(tag.start, tag.end):
                self.tag_at[token] = tag
        for token in range(len(doc)):
            if (
                self.tag_at[token] is None
                and not self.outside[token]
                and (guess := guess_people(doc, token)) is not None
            ):
                self.tag_at[token] = guess
                self.tags.append(guess)
        self.quoted = mark_quotations(doc)
        self.named = self._list_named()
        self.upper = [self._is_upper(token) for token in range(len(doc))]
        self._lower_headlines()
        unnamed = load_words("names", "not_names")
        self.capital = [upper and lower not in unnamed for upper, lower in zip(self.upper, self.lower, strict=True)]

    def _is_name_part(self, tag: Tag) -> bool:
        """Tell whether a form of address, a people or a country is met inside a person's name ("Hun Sen")."""
        before = self.doc[tag.start - 1] if tag.start else None
        after = self.doc[tag.end] if tag.end < len(self.doc) else None
        follows = after is not None and after.text[:1].isupper() and after.is_alpha
        if tag.entry.code.extra.get("honorific"):
            particle = after is not None and after.lower_ in load_words("names", "particles")
            return not (follows or particle) or (
                before is not None and before.ent_type_ == "PERSON" and before.is_title
            )
        if tag.kind not in ("demonym", "country", "capital") or tag.end - tag.start > 1:
            return False
        inside = self.doc[tag.start].ent_type_ == "PERSON"
        named = follows and after is not None and after.ent_type_ == "PERSON" and after.ent_iob_ == "I"
        return inside and (
            named or (before is not None and before.ent_type_ == "PERSON" and self.doc[tag.start].ent_iob_ == "I")
        )

    def _is_joined(self, tag: Tag) -> bool:
        """Tell whether a people is the second half of a word with a hyphen ("Inter-American"), which names none."""
        at = tag.start
        return tag.kind == "demonym" and at > 1 and self.texts[at - 1] == "-" and self.texts[at - 2][:1].isupper()

    def kind(self, token: int) -> str | None:
        """Give the kind of the lexicon entry that a token is part of."""
        tag = self.tag_at[token] if 0 <= token < len(self.texts) else None
        return tag.kind if tag is not None else None

    def is_title(self, token: int) -> bool:
        """Tell whether a token is part of a title in the singular."""
        tag = self.tag_at[token] if 0 <= token < len(self.texts) else None
        return tag is not None and tag.kind == "role" and not tag.entry.plural

    def is_bracketed(self, token: int) -> bool:
        """Tell whether a token opens a bracket, as the short form of a name does."""
        return token > 0 and self.texts[token - 1] == "("

    def is_initial(self, token: int) -> bool:
        """Tell whether a token stands where any word has a capital: first in a sentence or a quotation."""
        while token > 0 and not self.doc[token].is_sent_start:
            if self.texts[token - 1] not in OPENERS:
                return False
            token -= 1
        return True

    def _lower_headlines(self) -> None:
        """In a sentence that writes every word large, keep only the capitals of words that have one elsewhere."""
        headlines = [sent for sent in self.doc.sents if is_headline(sent)]
        inside = {token.i for sent in headlines for token in sent}
        elsewhere = {self.texts[at] for at, upper in enumerate(self.upper) if upper and at not in inside}
        for at in inside:
            named = self.doc[at].ent_type_ in ("PERSON", "GPE") and not elsewhere
            self.upper[at] = self.upper[at] and (self.texts[at] in elsewhere or named or self.tag_at[at] is not None)

    def _list_named(self) -> frozenset[str]:
        """Give the words that have a capital where only a name has one, in any sentence that is no headline."""
        told = (sent for sent in self.doc.sents if not is_headline(sent))
        return frozenset(
            self.texts[token.i]
            for sent in told
            for token in sent
            if token.is_title and token.is_alpha and token.pos_ == "PROPN" and not token.is_stop
            if self.tag_at[token.i] is None and not self.is_initial(token.i)
        )

    def _is_upper(self, at: int) -> bool:
        """Tell whether a word has its capital as a name has it, and not for standing first or for shouting."""
        token, text = self.doc[at], self.texts[at]
        if self.outside[at] or not text[:1].isupper() or self.lower[at] in ("i", "the", "a", "an"):
            return False
        if self.is_initial(at):
            tag = self.tag_at[at]
            known = (tag is not None and tag.end - tag.start > 1) or text in self.named
            return known or token.pos_ == "PROPN" or (token.ent_type_ in ("PERSON", "ORG", "GPE") and not token.is_stop)
        return not token.is_stop or (token.pos_ == "PROPN" and len(text) > 1)


def is_headline(sent: Span) -> bool:
    """Tell whether a sentence is written as a headline: six words or more, the longer nearly all large, no stop."""
    long = [token.text for token in sent if token.is_alpha and len(token) > 3]
    stopped = sent.text.rstrip().endswith((".", "?", "!"))
    return len(sent) > 5 and len(long) > 3 and not stopped and sum(text[0].isupper() for text in long) > 0.9 * len(long)


def mark_blocks(doc: Doc, kinds: Container[str]) -> list[bool]:
    """Tell for each token whether it stands in a block of these kinds; in a credit or a byline names are no actors."""
    inside = [False] * len(doc)
    for block in read_facts(doc, "blocks"):
        span = doc.char_span(block["start"], block["end"], alignment_mode="contract")
        if block["kind"] in kinds and span is not None:
            inside[span.start : span.end] = [True] * len(span)
    return inside


def list_agencies(doc: Doc) -> Iterator[Span]:
    """Yield the agencies that datelines name in brackets: "LOMÉ (Delta Press) – …"."""
    text = read_text(doc)
    for start, end in list_datelines(doc):
        bracket = BRACKET.search(text, start, end)
        span = doc.char_span(*bracket.span(), alignment_mode="contract") if bracket else None
        if span is not None:
            yield span


def list_datelines(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the characters of the datelines that paragraphs open with."""
    text = read_text(doc)
    for block in read_facts(doc, "blocks"):
        end = find_opening(text[block["start"] : block["end"]]) if block["kind"] == "body" else 0
        if end:
            yield block["start"], block["start"] + end


def mark_quotations(doc: Doc) -> list[bool]:
    """Tell for each token whether it stands between quotation marks of any style, or is such a mark."""
    blocks = read_facts(doc, "blocks") or [block._asdict() for block in split_blocks(read_text(doc))]
    quoted = [False] * len(doc)
    for item in find_quotations(read_text(doc), [(block["start"], block["end"]) for block in blocks]):
        if item.depth == 1:
            span = doc.char_span(item.start - 1, item.end + item.closed, alignment_mode="expand")
            if span is not None:
                quoted[span.start : span.end] = [True] * len(span)
    return quoted
