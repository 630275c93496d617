"""Climb from the words that name an issue to the words that govern them, and judge the stance that this makes.

A stance is composed: "refused to end the talks" is a refusal of an end of talks, so it is for talks. Each governing
word on the way up turns the sign or leaves it, each negation turns it; the outermost one says whose stance it is: the
subject's ("Japan wants talks") or, for a modal or a verdict ("talks must start", "talks are pointless"), the speaker's.
After the composition of polarity in Moilanen and Pulman (2007) and Wilson, Wiebe and Hoffmann (2005).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from spacy.tokens import Token

from standoff.annotate.positions.cues import Found, StanceWords

HEIGHT = 40  # governing words looked at; no real clause is deeper, and a text without full stops stays cheap
TURNING = {"for": 1, "doing": 1, "asking": 1, "against": -1, "concern": -1, "neutral": 1}
FOLLOWS = (("harm", -1), ("gain", 1))
GOVERNING = frozenset({*TURNING, "limit"})
VERDICTS = frozenset({"for", "against"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
SPEAKERS = frozenset({"must", "verdict", "denial"})  # kinds of effect that are the speaker's and nobody else's


class Effect(NamedTuple):
    """What one governing word does: its class, the sign it multiplies by, whether it tells what is past."""

    node: Token
    kind: str
    sign: int
    negated: bool
    past: bool


class Judged(NamedTuple):
    """A stance with its clause, the word that decides it, and its condition; without `subjects` it is the speaker's."""

    stance: str
    kind: str
    top: Token
    decided: Token
    subjects: tuple[Token, ...]
    condition: tuple[int, int] | None
    reason: str


def judge(found: Found, *, words: StanceWords, cue: range, valued: bool) -> Judged | None:
    """Give the stance on the issue named at `found`, or None if its clause takes none.

    `cue` are the words of the attribution's cue: the climb ends there. A bare mention takes no stance, nor does a past
    event reported as a fact ("the talks ended"), nor a question.
    """
    climber = _Climber(found, words, cue, valued)
    climber.climb()
    return climber.conclude()


class _Climber:
    """Collect the effects on one place where an issue is named."""

    def __init__(self, found: Found, words: StanceWords, cue: range, valued: bool) -> None:
        self.found, self.words, self.cue, self.valued = found, words, cue, valued
        self.effects: list[Effect] = []
        self.condition: tuple[int, int] | None = None
        self.limited = False
        self.broken = False  # the cue is in a place that takes no stance
        self.top = found.head

    def climb(self) -> None:
        node, came = self.found.head, None
        for _ in range(HEIGHT):
            self.look_at(node, came)
            self.top = node
            if node.head.i == node.i or not self.may_pass(node):
                return
            node, came = node.head, node
            if came.i in self.cue and node.i not in self.cue:
                return

    def may_pass(self, node: Token) -> bool:
        """Tell whether a stance reaches from `node` to its head."""
        dep, head = node.dep_, node.head
        if dep == "advcl":
            self.weigh_consequence(node)
            return False
        if dep in {"relcl", "parataxis", "appos", "npadvmod", "meta", "intj", "dep"} or (
            dep == "acl" and node.tag_ == "VBG"
        ):
            return False
        if dep == "prep":
            if self.words.has(node, "not"):
                self.effects.append(Effect(node, "denial", -1, False, False))
                return False
            if node.lower_ == "in":
                return head.pos_ in {"NOUN", "ADJ"} or self.words.classify(head, GOVERNING) is not None
            return node.lower_ in self.words.through
        if dep == "conj" and node.pos_ in {"VERB", "AUX"}:
            return not any(child.dep_ in SUBJECTS or child.dep_ in {"aux", "neg"} for child in node.children)
        return True

    def look_at(self, node: Token, came: Token | None) -> None:
        """Add what `node` does to the stance that comes up to it from `came`."""
        inside = self.found.span.start <= node.i < self.found.span.end
        through_subject = came is not None and came.dep_ in SUBJECTS
        denied, past = is_denied(node, self.words), is_past(node)
        kind = None if inside else self.words.classify(node, GOVERNING)
        verdict = self.find_verdict(node, came) if came is not None and not inside else None
        if came is not None and came.dep_ == "conj":
            kind = verdict = None  # a neighbour in a list does not govern; only its negation and its modals reach over
        if kind == "limit":
            self.note_limit(node, denied, through_subject)
            kind = None
        elif through_subject and (past or not has_modal(node, self.words) or has_object(node)):
            kind = (
                None  # "the talks ended" is news, "the talks must end" a stance; "the talks must end this" is another
            )
        elif kind == "doing" and came is not None and came.dep_ == "ccomp":
            kind = None  # "he continued that" only goes on speaking
        elif kind == "concern" and self.effects and self.effects[-1].kind == "concern":
            kind = None  # "raised concerns" is one worry, not two
        elif kind == "against" and node.pos_ == "ADP" and self.words.classify(node.head, GOVERNING) == "against":
            kind = None  # "protest against" is one refusal, not two
        if verdict is not None:
            self.add(node, "verdict", verdict, denied, past)
        elif kind is not None:
            valued = kind == "concern" and self.valued and self.found.sign > 0
            self.add(node, "verdict" if through_subject else kind, 1 if valued else TURNING[kind], denied, past)
        elif came is None and self.found.does and node.pos_ == "VERB":
            self.add(node, "own", 1, denied, past)
        elif denied and not (past and node.pos_ in {"VERB", "AUX"}) and not (through_subject and has_object(node)):
            self.add(node, "denial", 1, denied, past)
        elif through_expletive(node, came) and not past and has_aux(node, "will", self.words):
            self.add(node, "verdict", 1, denied, past)
        if has_aux(node, "must", self.words) or (not inside and _is_bound(node, came, self.words)):
            self.effects.append(Effect(node, "must", 1, denied, past))
        if node.pos_ in {"VERB", "AUX"} and self.condition is None:
            self.condition = find_condition(node, self.found.head, self.words)

    def add(self, node: Token, kind: str, sign: int, denied: bool, past: bool) -> None:
        self.effects.append(Effect(node, kind, -sign if denied else sign, denied, past))

    def find_verdict(self, node: Token, came: Token) -> int | None:
        """Give the sign of a verdict that `node` passes on what comes up to it, or None.

        "Talks are pointless"; "he called the vote a farce"; "only talks can end this"; "talks would break the law".
        """
        if came.dep_ in SUBJECTS:
            objects = [child for child in node.children if child.dep_ in {"dobj"}]
            if objects:
                if any(child.lower_ == "only" for child in (*came.children, *node.children)):
                    return 1
                return next(
                    (sign for word in (node, *objects) for kind, sign in FOLLOWS if self.words.has(word, kind)), None
                )
            judging = [node, *(child for child in node.children if child.dep_ in {"acomp", "attr", "oprd", "prep"})]
            if node.pos_ in {"VERB", "AUX"}:
                judging = judging[1:]
        elif came.dep_ in {"dobj", "ccomp"}:
            judging = [child for child in node.children if child.dep_ == "oprd" and child.i != came.i]
        else:
            return None
        for word in judging:
            kind = self.words.classify(word, VERDICTS)
            if kind is not None:
                return -TURNING[kind] if any(is_no(child, self.words) for child in word.children) else TURNING[kind]
        return None

    def note_limit(self, node: Token, denied: bool, through_subject: bool) -> None:
        """Note that talks are held within bounds: they will not include a topic."""
        if denied and through_subject and self.found.sign > 0:
            self.limited = True
            self.condition = (node.left_edge.i if node.dep_ == "ROOT" else node.i, node.right_edge.i + 1)

    def weigh_consequence(self, node: Token) -> None:
        """Take the stance of an if-clause from what its main clause says would follow."""
        if not any(self.words.has(child, "conditional") for child in node.children if child.dep_ in {"mark", "advmod"}):
            return
        own = range(node.left_edge.i, node.right_edge.i + 1)
        rest = [word for word in node.head.subtree if word.i not in own][: 3 * HEIGHT]
        self.effects = [effect for effect in self.effects if effect.kind == "denial"]
        for kind, sign in FOLLOWS:
            hit = next((word for word in rest if self.words.has(word, kind)), None)
            if hit is not None:
                turned = any(is_denied(word, self.words) for word in (hit, node.head))
                self.effects.append(Effect(hit, "verdict", -sign if turned else sign, turned, False))
                self.condition = None
                return
        self.broken = True

    def conclude(self) -> Judged | None:
        """Compose the effects into one stance."""
        if self.broken or (not self.effects and not self.limited) or _is_question(self.found.head):
            return None
        if self.limited:
            subjects = find_subjects(self.top)
            subjects = subjects if self.found.head not in subjects else ()
            reason = f"“{self.found.span.text}” is held within bounds: “{self.top.text}” is denied"
            return Judged("conditional", "verdict", self.top, self.top, subjects, self.condition, reason)
        sign = self.found.sign
        for effect in self.effects:
            sign *= effect.sign
        last = self.effects[-1]
        named = [effect.kind for effect in self.effects]
        if last.kind == "doing" and last.past and last.negated:
            return None
        if last.kind == "denial" and len(named) == 1 and last.past:
            return None
        stance = "for" if sign > 0 else "against"
        if (last.kind == "asking" and last.past and last.negated) or (
            last.kind == "neutral" and not (last.negated and not last.past)
        ):
            stance = "neutral"
        elif self.condition is not None and (sign > 0 or self.opens_with(("unless", "until", "only"))):
            stance = "conditional"
        elif (
            all(kind == "own" for kind in named)
            and last.node.tag_ == "VB"
            and has_aux(last.node, "can", self.words)
            and sign > 0
        ):
            return None
        subjects = () if last.kind in SPEAKERS else find_subjects(last.node)
        return Judged(
            stance,
            last.kind,
            self.top,
            last.node,
            subjects,
            self.condition if stance == "conditional" else None,
            self.explain(),
        )

    def opens_with(self, openings: Iterable[str]) -> bool:
        if self.condition is None:
            return False
        return self.found.head.doc[self.condition[0]].lower_ in openings

    def explain(self) -> str:
        """Say in words what made the stance."""
        does = {1: "keeps", -1: "turns"}
        steps = [
            f"“{effect.node.text}”{' with its negation' if effect.negated else ''} {does[effect.sign]} it"
            for effect in self.effects
        ]
        named = "names the issue" if self.found.sign > 0 else "names its undoing"
        return f"“{self.found.span.text}” {named}; " + ", ".join(steps)


def is_no(token: Token, words: StanceWords) -> bool:
    """Tell whether a word is a negation by itself."""
    return token.dep_ == "neg" or (
        token.dep_ in {"det", "preconj", "advmod", "cc", "nsubj"} and words.has(token, "not")
    )


def is_denied(node: Token, words: StanceWords) -> bool:
    """Tell whether a word is negated: by itself, or as a second verb after "not … or"."""
    count = sum(1 for child in node.children if is_no(child, words) and not (child.dep_ == "cc" and child.i > node.i))
    return count % 2 == 1


def has_object(node: Token) -> bool:
    """Tell whether a verb has an object or a predicate of its own."""
    return any(child.dep_ in {"dobj", "acomp", "attr", "oprd"} for child in node.children)


def through_expletive(node: Token, came: Token | None) -> bool:
    """Tell whether `node` is the "be" of "there will be talks"."""
    return came is not None and node.lemma_ == "be" and any(child.dep_ == "expl" for child in node.children)


def get_verb(node: Token) -> Token:
    """Give the verb whose tense and modals a word shares: its own, or that of the predicate it belongs to."""
    for _ in range(HEIGHT):
        if node.pos_ in {"VERB", "AUX"} or node.head.i == node.i:
            break
        node = node.head
    return node


def has_aux(node: Token, kind: str, words: StanceWords) -> bool:
    """Tell whether a verb has a modal of that class."""
    return any(
        child.dep_ in {"aux", "auxpass"} and words.has(child, kind) and child.tag_ == "MD" for child in node.children
    )


def has_modal(node: Token, words: StanceWords) -> bool:
    """Tell whether a verb is bound to what is to come: by a modal, or as an order."""
    verb = get_verb(node)
    return any(has_aux(verb, kind, words) for kind in ("will", "must", "can"))


def is_past(node: Token) -> bool:
    """Tell whether a word's verb tells what is over: simple past, "had", "has … -ed" or "did not"."""
    verb = get_verb(node)
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if any(child.tag_ == "MD" for child in helpers):
        return False
    return verb.tag_ == "VBD" or any(child.tag_ == "VBD" or child.lemma_ == "have" for child in helpers)


def find_subjects(node: Token) -> tuple[Token, ...]:
    """Give the words for who does what `node` says: a subject, an agent after "by", an owner ("his refusal")."""
    for _ in range(HEIGHT):
        for child in node.children:
            if child.dep_ == "nsubj" and node.pos_ in {"VERB", "AUX"} and child.lower_ not in {"there", "it"}:
                if child.tag_ in {"WDT", "WP"} and node.dep_ == "relcl":
                    child = node.head
                return (child, *child.conjuncts)
            if child.dep_ == "agent":
                return tuple(word for word in child.children if word.dep_ == "pobj")
            if child.dep_ == "poss" and node.pos_ == "NOUN":
                return (child,)
        if node.dep_ in {"ROOT", "relcl", "ccomp", "nsubj", "nsubjpass", "csubj"}:
            break
        node = node.head
    return ()


def find_condition(node: Token, cue: Token, words: StanceWords) -> tuple[int, int] | None:
    """Give the words of the condition that a verb depends on: a clause ("if …") or a phrase ("in return for …")."""
    for child in node.children:
        if child.dep_ != "advcl" or child.left_edge.i <= cue.i <= child.right_edge.i:
            continue
        openers = [
            word for word in child.children if word.dep_ in {"mark", "advmod"} and words.has(word, "conditional")
        ]
        if not openers or (openers[0].lower_ == "when" and not has_modal(node, words)):
            continue
        return openers[0].i, child.right_edge.i + 1
    return _find_phrase(node, words.phrases)


def _find_finite(node: Token) -> int:
    """Give the index of the nearest finite verb above a word; an infinitive of purpose is part of its clause."""
    for _ in range(HEIGHT):
        if (
            node.tag_ in {"VBD", "VBZ", "VBP"}
            or node.dep_ == "ROOT"
            or any(child.tag_ == "MD" for child in node.children)
        ):
            break
        node = node.head
    return node.i


def _find_phrase(node: Token, phrases: Sequence[tuple[str, ...]]) -> tuple[int, int] | None:
    """Give the words from a conditional phrase to the end of the clause of `node`."""
    finite = _find_finite(node)
    own = node.doc[node.left_edge.i : min(node.right_edge.i + 1, node.left_edge.i + 4 * HEIGHT)]
    lower = [word.lower_ for word in own]
    for place in range(node.i - own.start, len(lower)):
        if (
            any(tuple(lower[place : place + len(phrase)]) == phrase for phrase in phrases)
            and _find_finite(own[place]) == finite
        ):
            stop = next((step for step in range(place + 1, len(lower)) if lower[step] in {";", ".", "—"}), len(lower))
            return own.start + place, own.start + stop
    return None


def _is_bound(node: Token, came: Token | None, words: StanceWords) -> bool:
    """Tell whether a verb is "have to", "need to", "ought to" over what comes up as its verb."""
    return (
        came is not None
        and came.dep_ == "xcomp"
        and node.lemma_ in {"have", "need", "ought"}
        and words.has(node, "must")
    )


def _is_question(token: Token) -> bool:
    sent = token.sent
    return sent[-1].text == "?" or (len(sent) > 1 and sent[-2].text == "?")
