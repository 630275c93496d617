"""Find the words that name an issue, and look up what the words around them do to a stance.

Both codebooks hold lemmas. A cue of several words matches with determiners, adjectives and brackets between them, so
that "free the prisoner" finds "free the many political prisoners". A cue may be bound to a part of speech, and to what
it is done to: "release/VERB/person" finds the release of a singer, not that of a song.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from spacy.tokens import Doc, Span, Token

from standoff.annotate.facts import read_facts
from standoff.annotate.positions.pledges import PLEDGED, is_pledge
from standoff.codebooks import Code, load_codebook
from standoff.errors import ConfigError

GAP = 3  # words that may stand between two words of a cue
SKIPPED = frozenset({"DET", "ADJ", "PUNCT", "PRON", "NUM", "PROPN"})
SCOPE = 15  # words on either side of a cue in which a `with` word is looked for
DEPTH = 40  # steps to a clause's head; no real clause is deeper
FIELDS = {
    "cues": 1,
    "for_cues": 1,
    "against_cues": -1,
    "echo_for_cues": 1,
    "echo_against_cues": -1,
    "abroad_for_cues": 1,
    "abroad_against_cues": -1,
}
STATELESS = frozenset({None, "IGO", "NGO"})  # what stands for a country where there is none
CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "parataxis"})


ALONE = "alone"  # as a cue asks for it: "release/NOUN/alone"
PLAIN = frozenset({"det", "amod", "poss", "punct", "npadvmod", "relcl"})  # what may stand with a word that is alone
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
PATIENTS = frozenset({"dobj", "nsubjpass", "poss"})
PERSONAL = frozenset(
    {"he", "him", "his", "she", "her", "they", "them", "their", "us", "our", "me", "my", "who", "whom"}
)


class Cue(NamedTuple):
    """One cue of one issue; `sign` is -1 where the cue names the undoing of what the issue is about.

    `patient` is what it must be done to ("person", "party"), if that matters, or "alone" where nothing may be said of
    that: the release, but not the release of a report. An echo names the issue only after
    another cue has: "pay" in a report of a levy. One that is `abroad` names it only in a report that speaks of other
    countries with it: a levy on imports, and not one on bread.
    """

    words: tuple[str, ...]
    tag: str | None
    patient: str | None
    issue: str
    sign: int
    does: bool
    echo: bool
    abroad: bool


class Found(NamedTuple):
    """A place where an issue is named: `head` is the word of the cue that the rest of the cue hangs on.

    `does` tells that the cue is a word for doing it, and not only its name.
    """

    issue: str
    sign: int
    does: bool
    span: Span
    head: Token


def list_forms(token: Token) -> set[str]:
    """Give the ways in which a codebook may write a word: as it stands, and its lemma."""
    return {token.lower_, token.lemma_.lower()}


class IssueCues:
    """Hold an issues codebook, ready to be searched for in a Doc."""

    def __init__(self, which: str | os.PathLike[str]) -> None:
        book = load_codebook(which)
        self.codes = book.codes
        self.by_word: dict[str, list[Cue]] = defaultdict(list)
        for code in book.codes.values():
            for field, sign in FIELDS.items():
                for text in code.cues if field == "cues" else _read_list(code, field):
                    spelled, tag, patient = [*text.lower().split("/"), "", ""][:3]
                    if not spelled.split():
                        raise ConfigError(
                            f"codebook {book.name}: codes.{code.key}.{field} has an empty cue; remove it."
                        )
                    for words in {tuple(spelled.split()), tuple(spelled.replace("-", " - ").split())}:
                        does, echo, abroad = field != "cues", field.startswith("echo"), field.startswith("abroad")
                        cue = Cue(words, tag.upper() or None, patient or None, code.key, sign, does, echo, abroad)
                        self.by_word[words[0]].append(cue)
        self.needed = {
            code.key: tuple(text.split() for text in _read_list(code, "with")) for code in book.codes.values()
        }
        self.outside = {code.key: frozenset(_read_list(code, "abroad")) for code in book.codes.values()}
        self.valued = frozenset(code.key for code in book.codes.values() if code.extra.get("valued"))
        self.shown_by: dict[str, tuple[str, int]] = {}
        for code in book.codes.values():
            for field, sign in (("for_events", 1), ("against_events", -1)):
                self.shown_by.update(dict.fromkeys(_read_list(code, field), (code.key, sign)))

    def find(self, doc: Doc) -> Iterator[Found]:
        """Yield each cue in reading order: the longest at its place; of equals, one whose `with` words are there.

        What has been named in full is named again by its noun: "a trade agreement", then "the agreement".
        """
        taken, named, short = -1, dict[str, int](), dict[str, Found]()
        heads, words = list_heads(doc), load_stance_words()
        places = [(token, cues) for token in doc if (cues := self.list_cues(token)) or words.has(token, "measure")]
        patients, abroad = list_patients(heads), self.find_abroad(places, heads)
        for token, cues in places:
            if token.i <= taken:
                continue
            hits = [
                (len(cue.words), bool(self.needed[cue.issue]), cue.does == (token.pos_ == "VERB"), -number, cue, last)
                for number, cue in enumerate(cues)
                if (last := _match(token, cue)) is not None
                and self._has_company(token, cue.issue)
                and (not cue.echo or cue.issue in named)
                and (not cue.abroad or cue.issue in abroad)
                and (
                    is_pledge(token, named[cue.issue])
                    if cue.patient == PLEDGED
                    else cue.patient is None or _has_patient(token, cue.patient, patients)
                )
            ]
            if not hits and token.pos_ == "NOUN" and (full := short.get(_name_short(token, words))) is not None:
                if _is_alone(token) and token.left_edge.lower_ in DEFINITE:
                    yield full._replace(does=False, span=doc[token.i : token.i + 1], head=token)
                elif token.left_edge.lower_ not in DEFINITE:
                    del short[_name_short(token, words)]  # another one has come up, and may be meant from here on
            if hits:
                *_, cue, last = max(hits, key=lambda hit: hit[:4])
                taken = last
                if not cue.echo:
                    named.update(dict.fromkeys(self._list_within(doc[token.i : last + 1]), last))
                span = doc[token.i : last + 1]
                found = Found(cue.issue, cue.sign, cue.does, span, span.root)
                if len(cue.words) > 1 and found.head.pos_ == "NOUN" and words.has(found.head, "measure"):
                    short[_name_short(found.head, words)] = found
                yield found

    def list_cues(self, token: Token) -> list[Cue]:
        """Give the cues that begin with a word, whatever follows it."""
        known = list_forms(token) & self.by_word.keys()
        return [cue for form in sorted(known) for cue in self.by_word[form]] if known else []

    def _list_within(self, span: Span) -> Iterator[str]:
        """Yield each issue that one word of a cue would name alone: "host talks" is mediation, and names talks."""
        for token in span:
            for cue in self.list_cues(token):
                if (
                    not cue.echo
                    and (len(cue.words) == len(span) or len(cue.words) == 1)
                    and _match(token, cue) is not None
                ):
                    yield cue.issue

    def find_abroad(
        self, places: Iterable[tuple[Token, Sequence[Cue]]], heads: Iterable[tuple[int, Any]]
    ) -> frozenset[str]:
        """Give the issues whose `abroad` cues count: one is about other countries' things, or beside their parties."""
        found = set[str]()
        countries = {head: actor["country"] for head, actor in heads if actor.get("country") not in STATELESS}
        for token, cues in places:
            for cue in cues:
                if not cue.abroad or cue.issue in found or _match(token, cue) is None:
                    continue
                near = token.doc[max(token.sent.start, token.i - SCOPE) : min(token.sent.end, token.i + SCOPE)]
                parties = {countries[word.i] for word in near if word.i in countries}
                about = {form for word in _list_about(token) for form in list_forms(word)}
                if len(parties) > 1 or not about.isdisjoint(self.outside[cue.issue]):
                    found.add(cue.issue)
        return frozenset(found)

    def _has_company(self, token: Token, issue: str) -> bool:
        """Tell whether one of the issue's `with` words stands near `token` in its clause, if it needs any."""
        if not self.needed[issue]:
            return True
        clause = _find_clause(token)
        first = (
            token.i if token.pos_ == "VERB" else token.left_edge.i
        )  # who talks stands before "talk", with whom after
        near = token.doc[max(first, token.i - SCOPE) : min(token.sent.end, token.i + SCOPE)]
        forms = [list_forms(other) if _find_clause(other) == clause else set() for other in near]
        return any(
            all(word in forms[start + shift] for shift, word in enumerate(words))
            for words in self.needed[issue]
            for start in range(len(forms) - len(words) + 1)
        )


class StanceWords:
    """Hold the codebook of governing words, looked up by lemma."""

    def __init__(self) -> None:
        book = load_codebook("stances")
        self.classes: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for code in book.codes.values():
            for cue in code.cues:
                words = tuple(cue.split())
                self.classes[words[0]].append((words, code.key))
        self.cues = {code.key: frozenset(code.cues) for code in book.codes.values()}
        self.phrases: dict[str, list[list[str]]] = defaultdict(list)
        for text in _read_list(book.codes["conditional"], "phrases"):
            self.phrases[text.split()[0]].append(text.split())
        self.sides = {
            act: sign for side, sign in (("for", 1), ("against", -1)) for act in _read_list(book.codes[side], "acts")
        }
        self.through = frozenset(book.settings["through"])

    def classify(self, token: Token, among: frozenset[str]) -> str | None:
        """Give the class of a governing word, one of `among`, or None."""
        entry = self.find_entry(token, among)
        return None if entry is None else entry[1]

    def find_entry(self, token: Token, among: frozenset[str]) -> tuple[tuple[str, ...], str] | None:
        """Give the longest entry whose first word is `token` and whose other words it governs, with its class."""
        entries = [
            (words, kind)
            for form in sorted(list_forms(token))
            for words, kind in self.classes.get(form, ())
            if kind in among
        ]
        if not entries:
            return None
        below = {form for child in token.children if not child.is_punct for form in list_forms(child)}
        hits = [entry for entry in entries if all(word in below for word in entry[0][1:])]
        return max(hits, key=lambda hit: len(hit[0])) if hits else None

    def has(self, token: Token, kind: str) -> bool:
        """Tell whether a single word is of a class."""
        return not list_forms(token).isdisjoint(self.cues[kind])


@cache
def load_stance_words() -> StanceWords:
    """Give the shipped codebook of governing words, read once."""
    return StanceWords()


def _read_list(code: Code, field: str) -> list[str]:
    """Give a list of strings that a code may have beside the fields of every codebook."""
    value = code.extra.get(field, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"codebook: codes.{code.key}.{field} should be a list of strings.")
    return value


def list_heads(doc: Doc) -> list[tuple[int, Any]]:
    """Give the head word of each mention with its actor, in reading order."""
    actors = read_facts(doc, "actors")
    spans = (
        (doc.char_span(mention["start"], mention["end"], alignment_mode="expand"), actors[mention["actor"]])
        for mention in read_facts(doc, "mentions")
    )
    return [(span.root.i, actor) for span, actor in spans if span is not None]


def list_patients(heads: Iterable[tuple[int, Any]]) -> dict[int, str]:
    """Map the head of each mention to what it is, as cues may ask for it: "person" or "party"."""
    found: dict[int, str] = {}
    for head, actor in heads:
        if actor.get("kind") not in {"person", "group", "organisation"}:
            continue
        party = actor["kind"] == "organisation" and not {"PTY", "OPP"}.isdisjoint(actor.get("sectors", ()))
        found[head] = "party" if party else actor["kind"] if actor["kind"] == "organisation" else "person"
    return found


def _list_about(token: Token) -> Iterator[Token]:
    """Yield the words that belong to a cue's first word, and those after it, which the parse may hang elsewhere."""
    top = token.head if token.dep_ == "compound" else token
    for word in token.doc[max(0, token.i - SCOPE) : token.i + SCOPE]:
        if top in (word, word.head, word.head.head, word.head.head.head):
            yield word
    for word in token.doc[token.i + 1 : min(token.sent.end, token.i + 2 * GAP)]:
        if word.is_punct or (word.pos_ in {"VERB", "AUX"} and word.tag_ != "VBN"):
            break
        yield word


def _has_patient(token: Token, wanted: str, patients: dict[int, str]) -> bool:
    """Tell whether what a word names is done to someone or something of the kind that is wanted."""
    if wanted == ALONE:
        return _is_alone(token)
    below = [child for child in token.children if child.dep_ in PATIENTS]
    below += [word for child in token.children if child.lower_ == "of" for word in child.children]
    if token.tag_ == "VBN":
        below += [child for child in token.children if child.dep_ == "nsubj"]  # "she wants them freed"
    for word in [other for child in below for other in (child, *child.conjuncts)]:
        personal = word.lower_ in PERSONAL or word.ent_type_ == "PERSON"
        if patients.get(word.i, "person" if personal else None) == wanted:
            return True
    return False


def _name_short(noun: Token, words: StanceWords) -> str:
    """Give the short name of a measure: its noun, and one for all accords, since a "deal" is an "agreement" too."""
    return "accord" if words.has(noun, "accord") else noun.lemma_


def _is_alone(token: Token) -> bool:
    """Tell whether a word stands by itself, with nothing that says of what or whom."""
    return token.dep_ != "compound" and all(child.dep_ in PLAIN for child in token.children)


def _find_clause(token: Token) -> int:
    """Give the index of the word that heads a word's clause."""
    for _ in range(DEPTH):
        if token.dep_ in CLAUSES:
            break
        token = token.head
    return token.i


def _match(first: Token, cue: Cue) -> int | None:
    """Give the index of the cue's last word if the cue starts at `first`, or None."""
    if cue.tag is not None and first.pos_ != cue.tag:
        return None
    doc, place = first.doc, first.i
    for word in cue.words[1:]:
        for step in range(1, GAP + 2):
            token = doc[place + step] if place + step < len(doc) else None
            if token is None or token.is_sent_start:
                return None
            if word in list_forms(token):
                place += step
                break
            if token.pos_ not in SKIPPED:
                return None
        else:
            return None
    return place
