"""Climb from the words that name an issue to the words that govern them, and judge the stance that this makes.

A stance is composed: "refused to end the talks" is a refusal of an end of talks, so it is for talks. Each governing
word on the way up turns the sign or leaves it, each negation turns it; the outermost one says whose stance it is: the
subject's ("Japan wants talks") or, for a duty or a verdict ("talks must start", "talks are pointless"), the speaker's.
After the composition of polarity in Moilanen and Pulman (2007) and Wilson, Wiebe and Hoffmann (2005).
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from standoff.annotate.positions.cues import DEPTH, Found, StanceWords
from standoff.annotate.positions.grammar import (
    SUBJECTS,
    VERBS,
    find_condition,
    find_origin,
    find_raised,
    find_subjects,
    find_turn,
    has_aux,
    has_modal,
    has_object,
    is_charge,
    is_condition,
    is_denied,
    is_duty,
    is_expletive,
    is_infinitive,
    is_list_denied,
    is_opener,
    is_past,
    is_question,
    is_undecided,
    is_unowned,
    is_wished,
    list_predicates,
)

DEFINITE = frozenset({"the", "this", "that", "these", "those", "our", "their", "its", "his", "her"})
TURNING = {"for": 1, "doing": 1, "asking": 1, "against": -1, "concern": -1, "neutral": 1}
GOVERNING = frozenset({*TURNING, "limit", "forecast", "void", "undecided", "uncommitted"})
CLIMBED = GOVERNING - {"undecided", "uncommitted"}  # how these are denied is looked at with the word itself
VERDICTS = frozenset({"for", "against"})
FOLLOWS = (("harm", -1), ("gain", 1))
SPEAKERS = frozenset({"duty", "verdict", "denial"})  # kinds of effect that are the speaker's and nobody else's
BARRED = frozenset({"relcl", "parataxis", "appos", "npadvmod", "meta", "intj", "dep"})  # a stance does not pass these
EARLIER = frozenset({"after", "before", "since"})
RELUCTANT = frozenset({"unless", "until", "only", "first", "while", "provided"})  # they leave a refusal open to change


class Effect(NamedTuple):
    """What one governing word does: its kind, the sign it multiplies by, whether it is denied, whether it is over."""

    node: Token
    kind: str
    sign: int
    denied: bool
    past: bool


class Judged(NamedTuple):
    """A stance with its clause, the word that decides it, and its condition; without `subjects` it is the speaker's.

    `refuses` tells a conditional refusal ("not until they disarm") from a conditional readiness ("if they disarm").
    """

    stance: str
    kind: str
    top: Token
    decided: Token
    subjects: tuple[Token, ...]
    condition: tuple[int, int] | None
    reason: str
    refuses: bool


class Frame(NamedTuple):
    """What an attribution gives the climb: its act, the words of its cue, and of the content that holds the issue.

    In the article's own voice there is no act, and both are empty.
    """

    act: str | None = None
    cue: range = range(0)
    content: range = range(0)


def judge(found: Found, *, words: StanceWords, frame: Frame, valued: bool) -> Judged | None:
    """Give the stance on the issue named at `found`, or None if its clause takes none.

    The climb ends at the attribution's cue, and if that is in no class, the attribution's act decides. A bare mention
    takes no stance, nor does a past event reported as a fact ("the talks ended"), nor a question.
    """
    if is_question(found.head) or (frame.cue and is_charge(found.head.doc[frame.cue[0]])):
        return None
    climber = _Climber(found, words, frame, valued)
    climber.climb()
    return climber.conclude()


class _Climber:
    """Collect the effects on one place where an issue is named."""

    def __init__(self, found: Found, words: StanceWords, frame: Frame, valued: bool) -> None:
        self.found, self.words, self.frame, self.valued = found, words, frame, valued
        self.effects: list[Effect] = []
        self.condition: tuple[int, int] | None = None
        self.limited = False  # held within bounds: "the talks will not include the border"
        self.void = False  # in a place that takes no stance
        self.origin: Token | None = None  # whose the thing is: Norway's in "pressure from Norway for talks"
        self.foreseen = False
        self.top = found.head

    def climb(self) -> None:
        cue, content = self.frame.cue, self.frame.content
        # A cue that does not govern its content ("talks – an idea rejected by the junta") is weighed by its act alone.
        apart = self.frame.act in self.words.sides and not any(word.i in cue for word in self.found.head.ancestors)
        node, came = self.found.head, None
        for _ in range(DEPTH):
            self.look_at_clause(node, came)
            self.top = node
            if self.void or node.head.i == node.i or not self.may_pass(node):
                break
            node, came = node.head, node
            if (came.i in cue and node.i not in cue) or (apart and node.i not in content):
                break
        head = self.found.head
        named = head.dep_ in {"attr", "oprd"} or (
            head.pos_ == "NOUN" and any(word.dep_ in SUBJECTS for word in head.children)
        )
        decided = any(effect.node.i in cue for effect in self.effects)
        if not decided and not named and (self.top.i in cue or (apart and self.top.pos_ in {"NOUN", "PROPN"})):
            side = self.words.sides.get(self.frame.act or "")
            if side is not None:
                self.add(self.found.head.doc[cue[0]], "act", side, False, False)

    def look_at_clause(self, node: Token, came: Token | None) -> None:
        """Look at a word, and where it is reached from its subject, at what else is said of that subject.

        "The ban has to be lifted" is raised from below "has"; "the deal would ruin us and must go" shares its subject.
        """
        subject = came is not None and came.dep_ in SUBJECTS
        for verb in list_predicates(node) if subject else (node,):
            before = len(self.effects)
            raised = find_raised(verb) if subject else None
            if raised is not None and is_duty(verb, raised, self.words):
                self.look_at(raised, came)
                self.look_at(verb, raised)
            else:
                self.look_at(verb, came)
            if len(self.effects) > before or self.void:
                break

    def may_pass(self, node: Token) -> bool:
        """Tell whether a stance reaches from `node` to its head."""
        dep, head = node.dep_, node.head
        if dep == "advcl" and is_infinitive(node) and any(child.dep_ == "acomp" for child in head.children):
            return True  # "it is right for her to negotiate"
        if dep == "advcl" and is_infinitive(node) and any(child.lower_ == "for" for child in node.children):
            return self.words.classify(head, frozenset({"asking", "for"})) is not None  # "called for ships to be sent"
        if dep == "advcl":
            self.weigh_consequence(node)
            return False
        if dep in {"relcl", "acl"} and is_infinitive(node) and self.words.has(head, "not"):
            self.add(head, "denial", -1, False, False)  # "there is nothing to negotiate"
            return False
        if dep == "relcl" and self.words.has(head, "decree"):
            return any(child.dep_ == "nsubj" and child.tag_ in {"WDT", "WP"} for child in node.children)
        if dep in BARRED or (dep == "acl" and node.tag_ == "VBG"):
            return False
        asked = dep == "ccomp" and any(child.lower_ == "whether" for child in node.children)
        if asked and self.words.classify(head, GOVERNING) is None:
            self.void = True  # "she did not say whether they would attend"
            return False
        if dep == "prep":
            if self.words.has(node, "not"):
                self.add(node, "denial", -1, False, False)
                return head.pos_ == "NOUN"  # "a deal without an end to the levy is worthless"
            about = head.pos_ == "NOUN" and node.lower_ in {"over", "about", "on"} and self.words.has(head, "dispute")
            if about and not (node.lower_ == "on" and self.words.has(self.found.head, "accord")):
                self.void = True  # to refuse talks over the levy is no refusal of the levy
                return False
            if node.lower_ == "in":
                return head.pos_ in {"NOUN", "ADJ"} or self.words.classify(head, GOVERNING) is not None
            return node.lower_ in self.words.through
        if dep == "conj" and node.pos_ in VERBS:
            return not any(child.dep_ in SUBJECTS or child.dep_ in {"aux", "neg"} for child in node.children)
        return True

    def look_at(self, node: Token, came: Token | None) -> None:
        """Add what `node` does to the stance that comes up to it from `came`."""
        inside = self.found.span.start <= node.i < self.found.span.end
        subject = came is not None and came.dep_ in SUBJECTS
        denied, past = is_denied(node, self.words, subject=subject), is_past(node)
        kind = None if inside else self.find_kind(node, came)
        verdict = None if inside or came is None else self.find_verdict(node, came)
        self.origin = self.origin or find_origin(node)
        if kind == "for" and came is not None and came.lower_ == "for" and self.words.has(node, "terms"):
            self.condition = (node.left_edge.i, node.right_edge.i + 1)  # "made their freedom a condition for talks"
        if is_undecided(node, self.words):
            self.add(node, "neutral", 1, False, past)
        elif kind == "void" or (kind == "forecast" and not denied):
            self.void = True
        elif kind == "limit":
            self.limited = self.limited or (denied and subject and self.found.sign > 0)
        elif verdict is not None:
            self.add(node, "verdict", verdict, denied, past)
        elif kind in TURNING:
            valued = kind == "concern" and self.valued and self.found.sign > 0
            agent = any(child.dep_ == "agent" for child in node.children)
            self.add(node, "verdict" if subject and not agent else kind, 1 if valued else TURNING[kind], denied, past)
        elif came is None and node.pos_ == "VERB" and (self.found.does or find_turn(node, "then") is not None):
            self.add(node, "own", 1, denied, past)
        elif denied and not (past and node.pos_ in VERBS) and not (subject and has_object(node)):
            self.add(node, "denial", 1, denied, past)
            self.foreseen = kind == "forecast"
        elif came is not None and is_expletive(node) and not past and has_aux(node, "will", self.words):
            self.add(node, "verdict", 1, denied, past)
        elif subject and is_condition(node, self.words):
            sign = next((sign for key, sign in (("stays", 1), ("goes", -1)) if self.words.has(node, key)), 0)
            if sign:
                self.add(node, "verdict", sign, denied, past)
        if is_duty(node, came, self.words):
            self.add(node, "duty", 1, False, past)
        if node.pos_ in VERBS and self.condition is None:
            self.condition = find_condition(node, self.found.head, self.words)

    def add(self, node: Token, kind: str, sign: int, denied: bool, past: bool) -> None:
        self.effects.append(Effect(node, kind, -sign if denied else sign, denied, past))

    def find_kind(self, node: Token, came: Token | None) -> str | None:
        """Give the class in which `node` governs what comes up to it, or None."""
        entry = self.words.find_entry(node, CLIMBED)
        if entry is None or (came is not None and came.dep_ == "conj"):
            return None  # a neighbour in a list does not govern; only its negation and its modals reach over
        words, kind = entry
        if came is not None and came.dep_ in SUBJECTS and is_condition(node, self.words):
            return kind
        if came is not None and came.dep_ in SUBJECTS and kind in TURNING:
            # "the talks ended" is news, "the talks must end" a stance; "the talks must end this" is on something else
            if any(child.dep_ == "agent" for child in node.children):
                return kind  # "the truce was rejected by the rebels"
            open_ = has_modal(node, self.words) or is_wished(node)
            return None if is_past(node) or not open_ or has_object(node, words) else kind
        the = came is not None and came.dep_ == "dobj" and came.left_edge.lower_ in DEFINITE
        if the and node.lemma_ in {"threaten", "announce"}:
            return (
                None  # to threaten or announce a strike is to be ready for it, with the truce or the strike it is not
            )
        if node.pos_ == "ADP" and node.lower_ not in {"against", "without"}:
            return None
        if came is not None and came.dep_ == "ccomp" and came.i < node.i and node.i not in self.frame.cue:
            return None  # a clause before its verb is said, not governed: "the plan is dead, only not buried"
        if came is not None and len(words) == 2 and came.dep_ in {"dobj", "oprd"} and words[1] in self.words.through:
            return None  # to "call it a toll on the river" is not to call on anybody
        if kind == "doing" and came is not None and came.dep_ == "ccomp":
            return None  # "he continued that" only goes on speaking
        if kind == "concern" and self.effects and self.effects[-1].kind == "concern":
            return None  # "raised concerns" is one worry, not two
        if kind == "against" and node.pos_ == "ADP" and self.words.classify(node.head, GOVERNING) == "against":
            return None  # "protest against" is one refusal, not two
        return kind

    def find_verdict(self, node: Token, came: Token) -> int | None:
        """Give the sign of a verdict that `node` passes on what comes up to it, or None.

        "Talks are pointless"; "he called the vote a farce"; "only talks can end this"; "talks would break the law".
        """
        if came.dep_ in SUBJECTS:
            objects = [child for child in node.children if child.dep_ == "dobj"]
            if objects:
                if any(child.lower_ == "only" for child in (*came.children, *node.children)):
                    return 1
                return next(
                    (sign for word in (node, *objects) for kind, sign in FOLLOWS if self.words.has(word, kind)), None
                )
            judging = [child for child in node.children if child.dep_ in {"acomp", "attr", "oprd", "prep"}]
            if came.dep_ == "nsubjpass" and not self.words.has(node, "judging"):
                return None  # "demonstrators were shot dead"
            if node.pos_ not in VERBS:
                judging.insert(0, node)
        elif came.dep_ in {"dobj", "ccomp", "advcl"}:
            kinds = {"acomp"} if came.dep_ == "advcl" else {"oprd"}
            judging = [child for child in node.children if child.dep_ in kinds and child.i != came.i]
        else:
            return None
        for word in [other for first in judging for other in (first, *first.conjuncts)]:
            kind = self.words.classify(word, VERDICTS)
            if kind is not None:
                return -TURNING[kind] if is_list_denied(word, self.words) else TURNING[kind]
        return None

    def weigh_consequence(self, node: Token) -> None:
        """Take the stance of an if-clause from what its main clause says would follow."""
        if not any(is_opener(child, self.words) for child in node.children):
            return
        own = range(node.left_edge.i, node.right_edge.i + 1)
        rest = [word for word in node.head.subtree if word.i not in own][: 4 * DEPTH]
        hit = next(((word, sign) for kind, sign in FOLLOWS for word in rest if self.words.has(word, kind)), None)
        if hit is None:
            self.weigh_demand(node)
            return
        self.effects = [effect for effect in self.effects if effect.kind == "denial"]
        self.condition = None
        self.add(hit[0], "verdict", hit[1], any(is_denied(word, self.words) for word in {hit[0], node.head}), False)

    def weigh_demand(self, node: Token) -> None:
        """Take a condition for a demand: who will talk if prisoners go free, or not until they do, wants them freed.

        "Not as long as the levy stands" demands the end of what the clause says. A condition of anything else than the
        own readiness or refusal ("it will rain if …") tells no stance.
        """
        main, opener = node.head, next(child for child in node.children if is_opener(child, self.words)).lower_
        while (
            main.pos_ in {"ADV", "SCONJ", "ADP"} and main.head.i != main.i
        ):  # "as long as": the clause hangs on "long"
            main = main.head
        chain = [main, *main.children, *([main.head] if main.dep_ in {"xcomp", "ccomp"} else [])]
        threatens = self.words.classify(main, VERDICTS) == "against"
        refuses = is_denied(main, self.words) != threatens
        ready = any(self.words.classify(word, VERDICTS) == "for" for word in chain)
        wants = 0
        if threatens and opener == "if":
            wants = -1  # who will stop working if it is cut does not want it cut
        elif refuses:
            wants = {"until": 1, "unless": 1, "as": -1, "while": -1}.get(opener, 0)
        elif ready or opener in {"unless", "until"}:
            wants = 1 if has_modal(main, self.words) or ready else 0
        if not wants or not self.effects or find_subjects(main) == ():
            self.void = True
            return
        self.condition = None
        self.add(main, "demand", wants, False, False)

    def conclude(self) -> Judged | None:
        """Compose the effects into one stance."""
        if self.void:
            return None
        if self.limited:
            reason = f"“{self.found.span.text}” is kept within bounds"
            return Judged("conditional", "verdict", self.top, self.top, (), self.condition, reason, False)
        slur = self.find_slur()
        if slur is not None and all(effect.kind in {"for", "doing"} for effect in self.effects):
            reason = f"“{self.found.span.text}” is called “{slur.text}”"
            return Judged("against", "verdict", self.top, slur, (), None, reason, True)
        if not self.effects or self.is_idle():
            return None
        sign = self.found.sign
        for effect in self.effects:
            sign *= effect.sign
        last = self.effects[-1]
        if self.foreseen and self.origin is not None:
            return Judged("neutral", last.kind, self.top, last.node, (self.origin,), None, self.explain(), False)
        stance = "for" if sign > 0 else "against"
        if (last.kind == "asking" and last.past and last.denied) or (
            last.kind == "neutral" and (last.past or not last.denied)
        ):
            stance = "neutral"
        elif self.condition is not None and (sign > 0 or self.found.head.doc[self.condition[0]].lower_ in RELUCTANT):
            stance = "conditional"
        subjects = () if last.kind in SPEAKERS else find_subjects(last.node)
        condition = self.condition if stance == "conditional" else None
        return Judged(stance, last.kind, self.top, last.node, subjects, condition, self.explain(), sign < 0)

    def find_slur(self) -> Token | None:
        """Give the adjective that condemns what the cue names: the "fake" elections."""
        against = frozenset({"against"})
        adjectives = (child for child in self.found.head.children if child.dep_ == "amod" and self.found.sign > 0)
        return next((child for child in adjectives if self.words.classify(child, against)), None)

    def is_idle(self) -> bool:
        """Tell whether the effects only report: what was not done, what can be done, a bare "to negotiate"."""
        last, alone = self.effects[-1], len(self.effects) == 1
        if last.past and last.denied:
            return last.kind in {"doing", "own"} or (last.kind == "denial" and alone)
        if last.kind in {"own", "asking"} and is_unowned(last.node):
            return not has_modal(last.node, self.words)  # "the party was dissolved": by whom is not said
        if alone and last.node.dep_ == "pcomp" and last.node.head.lower_ in EARLIER:
            return True  # "after meeting the envoy" only says when
        possible = has_aux(last.node, "can", self.words) and self.condition is None
        return alone and last.kind == "own" and not last.denied and (is_infinitive(last.node) or possible)

    def explain(self) -> str:
        """Say in words what made the stance."""
        steps = [
            f"“{effect.node.text}”{' with its negation' if effect.denied else ''} "
            + ("keeps it" if effect.sign > 0 else "turns it")
            for effect in self.effects
        ]
        named = "names the issue" if self.found.sign > 0 else "names its undoing"
        return f"“{self.found.span.text}” {named}; " + ", ".join(steps)
