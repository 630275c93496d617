"""Read from the parse what a stance needs: negation, tense, modals, and who does what."""

from __future__ import annotations

from spacy.tokens import Token

from standoff.annotate.positions.cues import DEPTH, StanceWords

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "acomp", "attr", "oprd"})
VERBS = frozenset({"VERB", "AUX"})
INVERTED = frozenset({"were", "should", "had"})  # these open a condition when they stand before their subject
CHARGING = frozenset({"accuse", "suspect"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


def is_no(token: Token, words: StanceWords) -> bool:
    """Tell whether a word is a negation by itself."""
    return token.dep_ == "neg" or (
        token.dep_ in {"det", "preconj", "advmod", "cc", "nsubj"} and is_nothing(token, words)
    )


def is_nothing(token: Token, words: StanceWords) -> bool:
    """Tell whether a word negates; "none other than the mayor" is the mayor."""
    return words.has(token, "not") and token.doc[token.i : token.i + 3].text.lower() != "none other than"


def is_denied(node: Token, words: StanceWords, *, subject: bool = False) -> bool:
    """Tell whether a word is negated; a "nor" that follows it negates what comes after.

    Seen from its subject, or without another object, a verb is negated by its object too: "harms nobody".
    """
    count = sum(1 for child in node.children if is_no(child, words) and not (child.dep_ == "cc" and child.i > node.i))
    if node.pos_ == "VERB":
        objects = [child for child in node.children if child.dep_ == "dobj"]
        if subject:
            objects += [word for child in node.children if child.dep_ == "prep" for word in child.children]
        count += sum(
            is_nothing(word, words) or (subject and any(is_no(child, words) for child in word.children))
            for word in objects
        )
    if not subject and has_aux(node, "must", words):  # "no foreign power should interfere"
        count += any(is_no(word, words) for child in node.children if child.dep_ == "nsubj" for word in child.children)
    before = node.doc[max(0, node.i - 3) : node.i].text.lower()
    return (count + ("rather than" in before or "instead of" in before)) % 2 == 1


def is_undecided(node: Token, words: StanceWords) -> bool:
    """Tell whether a verb says openly that its subject takes no side: "abstained", "has not yet decided"."""
    if words.classify(node, frozenset({"undecided"})):
        return not is_denied(node, words)
    if words.classify(node, frozenset({"uncommitted"})) is None:
        return False
    sides = [word for child in node.children if child.dep_ == "dobj" for word in child.children]
    return is_denied(node, words) or any(is_no(word, words) for word in sides)


def is_list_denied(word: Token, words: StanceWords) -> bool:
    """Tell whether a predicate is negated, by itself or with the list it stands in: "neither free nor fair"."""
    both = [other for other in (word, word.head) if other.pos_ not in VERBS]
    return any(is_no(child, words) for other in both for child in other.children)


def is_charge(verb: Token) -> bool:
    """Tell whether a verb is itself what somebody is accused of: "accused her of refusing to talk"."""
    return verb.dep_ == "pcomp" and verb.head.lower_ == "of" and verb.head.head.lemma_ in CHARGING


def list_predicates(verb: Token) -> tuple[Token, ...]:
    """Give a verb and those listed with it that share its subject: "the deal would ruin us and must go"."""
    others = (word for word in verb.conjuncts if word.pos_ in VERBS)
    return (verb, *(word for word in others if not any(child.dep_ in SUBJECTS for child in word.children)))


def find_raised(verb: Token) -> Token | None:
    """Give the infinitive whose subject stands with the verb above it: "the ban has to be *lifted*"."""
    return next((child for child in verb.children if child.dep_ == "xcomp" and is_infinitive(child)), None)


def get_verb(node: Token) -> Token:
    """Give the verb whose tense and modals a word shares: its own, or that of the predicate it belongs to."""
    for _ in range(DEPTH):
        if node.pos_ in VERBS or node.head.i == node.i:
            break
        node = node.head
    return node


def get_finite(node: Token) -> int:
    """Give the index of the nearest finite verb above a word; an infinitive of purpose is part of its clause."""
    for _ in range(DEPTH):
        if node.tag_ in FINITE or node.dep_ == "ROOT" or any(child.tag_ == "MD" for child in node.children):
            break
        node = node.head
    return node.i


def has_aux(node: Token, kind: str, words: StanceWords) -> bool:
    """Tell whether a verb has a modal of that class."""
    return any(child.tag_ == "MD" and words.has(child, kind) for child in node.children)


def has_modal(node: Token, words: StanceWords) -> bool:
    """Tell whether a word's verb is bound to what is to come by a modal."""
    verb = get_verb(node)
    return any(has_aux(verb, kind, words) for kind in ("will", "must", "can"))


def has_object(node: Token, besides: tuple[str, ...] = ()) -> bool:
    """Tell whether a verb has an object or a predicate, other than one that makes up its entry ("take place")."""
    return any(child.dep_ in OBJECTS and child.lower_ not in besides for child in node.children)


def is_infinitive(node: Token) -> bool:
    """Tell whether a verb stands as "to …"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in node.children)


def is_past(node: Token) -> bool:
    """Tell whether a word's verb tells what is over: simple past, "had", "has …ed" or "did not"."""
    verb = get_verb(node)
    helpers = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    if any(child.tag_ == "MD" for child in helpers):
        return False
    return verb.tag_ == "VBD" or any(child.tag_ == "VBD" or child.lemma_ == "have" for child in helpers)


def is_expletive(node: Token) -> bool:
    """Tell whether a verb is the "be" of "there will be talks"."""
    return node.lemma_ == "be" and any(child.dep_ == "expl" for child in node.children)


def is_duty(node: Token, came: Token | None, words: StanceWords) -> bool:
    """Tell whether a verb is "have to", "need to", "ought to" over what comes up to it, or has "must", "should"."""
    bound = came is not None and came.dep_ == "xcomp" and node.lemma_ in {"have", "need", "ought"}
    return bound or has_aux(node, "must", words)


def is_question(token: Token) -> bool:
    """Tell whether a word's sentence asks something."""
    return any(other.text == "?" for other in token.sent[-2:])


def find_subjects(node: Token) -> tuple[Token, ...]:
    """Give the words for who does what `node` says: a subject, an agent after "by", an owner ("his refusal")."""
    for _ in range(DEPTH):
        for child in node.children:
            if child.dep_ == "nsubj" and node.pos_ in VERBS and child.lower_ not in {"there", "it"}:
                who = node.head if child.tag_ in {"WDT", "WP"} and node.dep_ == "relcl" else child
                return (who, *list_partners(who))
            if child.dep_ == "agent":
                return tuple(word for word in child.children if word.dep_ == "pobj")
            if child.dep_ == "poss" and node.pos_ == "NOUN":
                return (child,)
        if node.dep_ in {"ROOT", "relcl", "ccomp", *SUBJECTS}:
            break
        node = node.head
    return ()


def list_partners(token: Token) -> tuple[Token, ...]:
    """Give the others of "Norway and Chile"; without the "and" the parse has often taken an apposition for a list."""
    listed = (token, *token.conjuncts)
    return token.conjuncts if any(child.dep_ == "cc" for word in listed for child in word.children) else ()


def find_origin(node: Token) -> Token | None:
    """Give whose a noun is by "from": Norway's in "pressure from Norway"."""
    for child in node.children:
        if child.dep_ == "prep" and child.lower_ == "from" and node.pos_ == "NOUN":
            return next((word for word in child.children if word.dep_ == "pobj"), None)
    return None


def is_wished(node: Token) -> bool:
    """Tell whether a verb is an infinitive or subjunctive: asked for, and no news ("demanded that it be lifted")."""
    helpers = [child for child in node.children if child.dep_ in {"aux", "auxpass"}]
    return not any(child.tag_ == "MD" for child in helpers) and any(word.tag_ == "VB" for word in (node, *helpers))


def find_condition(node: Token, cue: Token, words: StanceWords) -> tuple[int, int] | None:
    """Give the words of the condition that a verb depends on: a clause ("if …") or a phrase ("in return for …")."""
    for child in node.children:
        inverted = is_inverted(child)
        if (child.dep_ != "advcl" and not inverted) or child.left_edge.i <= cue.i <= child.right_edge.i:
            continue
        opener = next((word for word in child.children if is_opener(word, words)), None)
        if opener is None and is_denied(node, words) and has_modal(node, words):
            opener = next((word for word in child.children if word.lower_ == "while"), None)  # "not while it burns"
        if opener is None and inverted:
            opener = child.left_edge
        if opener is not None and is_standing(node) and child.i < node.i:
            continue  # "if they have not settled by then, Chile has offered to mediate": the offer is made
        if opener is not None and (opener.lower_ != "when" or has_modal(node, words)):
            return opener.i, child.right_edge.i + 1
    then = find_turn(node, "then")
    if then is not None and cue.i > then.i:
        first = next((word for word in node.sent if word.lower_ == "first"), None)
        if first is not None and first.i < then.i:
            return first.i, then.i
    return _find_phrase(node, cue, words) or _find_moment(node, words) or _find_whoever(node, cue, words)


def is_inverted(clause: Token) -> bool:
    """Tell whether a clause is a condition by its order: "were he invited", "should they disarm".

    The parse often takes such a clause for a complement, or for one listed with the other.
    """
    first, subjects = clause.left_edge, [child.i for child in clause.children if child.dep_ in SUBJECTS]
    opens = clause.dep_ in {"advcl", "ccomp", "conj"} and first.lower_ in INVERTED and first.head.i == clause.i
    return opens and (clause.dep_ != "conj" or first.nbor(-1).text == ",") and first.i < min(subjects, default=clause.i)


def is_opener(token: Token, words: StanceWords) -> bool:
    """Tell whether a word opens a condition."""
    limit = token.lower_ == "after" and token.i > 0 and token.nbor(-1).lower_ == "only"
    moment = token.dep_ in {"npadvmod", "nmod"} and token.left_edge.lower_ == "the" and words.has(token, "moment")
    return limit or moment or (token.dep_ in {"mark", "advmod"} and words.has(token, "conditional"))


def _find_phrase(node: Token, cue: Token, words: StanceWords) -> tuple[int, int] | None:
    """Give the words from a conditional phrase in the clause of `node` to the end of that clause."""
    own = node.doc[node.i : min(node.sent.end, node.right_edge.i + 4, node.i + 4 * DEPTH)]
    lower = [word.lower_ for word in own]
    for place in range(len(lower)):
        opens = any(lower[place : place + len(phrase)] == phrase for phrase in words.phrases.get(lower[place], ()))
        beside = own.start + place in range(node.right_edge.i + 1, node.right_edge.i + 3)
        if opens and lower[place] in {"provided", "providing"} and own.start + place < cue.i:
            return None  # what is itself the condition waits for nothing
        if opens and (beside or get_finite(own[place]) == get_finite(node)):
            stop = next((step for step in range(place + 1, len(lower)) if lower[step] in {";", ".", "—"}), len(lower))
            return own.start + place, own.start + stop
    return None


def _find_moment(node: Token, words: StanceWords) -> tuple[int, int] | None:
    """Give the words for when a thing will be done, where a clause says what comes to pass then.

    "The minute they withdraw", "on the day he steps down". Of what is over, they only tell the time.
    """
    if not has_modal(node, words):
        return None
    on = [word for child in node.children if child.lower_ == "on" for word in child.children]
    for word in (*node.children, *on):
        told = any(child.dep_ in {"relcl", "acl"} and child.tag_ in FINITE for child in word.children)
        if told and word.dep_ in {"npadvmod", "pobj"} and words.has(word, "moment"):
            return (word.head if word.dep_ == "pobj" else word.left_edge).i, word.right_edge.i + 1
    return None


def _find_whoever(node: Token, cue: Token, words: StanceWords) -> tuple[int, int] | None:
    """Give the words for whom a thing is held ready for: "sanctions on whoever breaks the truce".

    Whom one jails or bars is no condition of it: "the state will go on jailing whoever speaks".
    """
    if not has_modal(node, words) or cue.i < node.i:
        return None
    for word in node.doc[cue.i + 1 : min(node.right_edge.i, node.i + DEPTH)]:
        whoever = word.lower_ in {"whoever", "whichever", "whomever"}
        patient = word.dep_ == "dobj" or (word.dep_ == "nsubj" and word.head.dep_ == "ccomp")
        if patient:
            continue
        if whoever or (word.lower_ in {"anyone", "anybody", "those"} and word.nbor().lower_ in {"who", "that"}):
            return word.i, node.right_edge.i + 1
    return None


def is_standing(node: Token) -> bool:
    """Tell whether a verb is in the present perfect: what has been offered stands, whatever follows."""
    return node.tag_ == "VBN" and any(child.lower_ in {"has", "have"} for child in node.children if child.dep_ == "aux")


def is_condition(node: Token, words: StanceWords) -> bool:
    """Tell whether a verb heads a clause that "if", "until" or the like opens, or that comes "first"."""
    opened = node.dep_ == "advcl" and any(is_opener(child, words) for child in node.children)
    return opened or find_turn(node, "first") is not None


def find_turn(node: Token, word: str) -> Token | None:
    """Give the "first" or "then" of a verb, by which one thing is made to wait for another."""
    return next((child for child in node.children if child.dep_ == "advmod" and child.lower_ == word), None)


def is_unowned(node: Token) -> bool:
    """Tell whether a verb is a passive that does not say by whom."""
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in node.children)
    return passive and not any(child.dep_ == "agent" for child in node.children)
