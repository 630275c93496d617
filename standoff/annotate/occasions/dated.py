"""Find what a clause tells on a day of its own, whatever its verb: what was done then, or is to be.

"The bridge was opened on Monday" has a day and a verb that no codebook knows, and so has "the commission is to meet on
22 July". A timeline wants both. Tense and mood decide, as Quirk et al. describe them (A Comprehensive Grammar of the
English Language, 1985, 4.11 ff., 4.42 ff.): a past or perfect tense with a day tells one occurrence; a simple present
does so only of a day to come, as in a timetable; a modal, a condition, a denial, a question or a habit tells none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from spacy.tokens import Doc, Token

from standoff.annotate.facts import ActorFact, MentionFact, OccasionFact, Offsets, TimeFact
from standoff.annotate.occasions.clauses import find_mention, find_subject, is_due, is_fixed, list_before, make_clause
from standoff.annotate.occasions.phrase import NOUNS, VERBS, children_after, children_before
from standoff.annotate.occasions.status import MODAL_AUX, NOT
from standoff.annotate.occasions.when import CLAUSES, read_side

VAGUE = frozenset({"it", "this", "that", "there", "which", "what", "who"})
NOBODY = frozenset({"nothing", "nobody", "none", "neither", "no"})
ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "attr", "oprd", "expl")
WHEN = frozenset({"on", "in", "at", "by", "from", "since", "during", "until", "till", "for", "between", "over"})
WEEK = 7  # days
REACH = 60  # words within which the end of a question is looked for


_PLURAL_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun|week)days|weekends|nights|mornings|evenings")


def find_dated(
    doc: Doc,
    text: str,
    *,
    times: Sequence[TimeFact],
    mentions: Sequence[MentionFact],
    actors: Sequence[ActorFact],
    taken: Sequence[Offsets],
    said: frozenset[int],
    words: dict[str, frozenset[str]],
) -> Iterator[OccasionFact]:
    """Yield an occurrence for each clause that a time dates as past, and a plan for each that it dates as coming.

    Verbs that stand in what is `taken`, the words of events and dated statements, are left to these; `said` are the
    places of all verbs that introduce a statement, `words` the codebook's lists. A time limit ("unless wages arrive by
    Friday") is yielded as a deadline.
    """
    used = {place for start, end in taken for place in range(start, end)}
    for time in times:
        verb = _find_verb(doc, time)
        if verb is None or verb.idx in used:
            continue
        main = _climb_phase(verb, words)
        if main.idx in used or _is_said(main, said, words) or _is_habit(doc, time, main, words):
            continue
        subject = find_subject(main)
        if subject is None or _is_in(subject, time) or (main.i > 0 and main.nbor(-1).idx in used):
            continue
        kind = _judge(main, subject, time, doc._.published, words)
        if kind is None or (subject.lower_ in VAGUE and (kind != "occurrence" or subject.lower_ not in ("it", "this"))):
            continue
        if kind == "plan" and main.lemma_ == "be" and not is_due(main) and find_mention(subject, mentions) is None:
            continue
        offsets = [time["start"], time["end"]]
        fact = make_clause(text, main, subject, offsets, kind=kind, mentions=mentions, actors=actors)
        if fact is not None:
            yield fact


def _is_in(token: Token, time: TimeFact) -> bool:
    return time["start"] <= token.idx < time["end"]


def _find_verb(doc: Doc, time: TimeFact) -> Token | None:
    """Give the verb that a time dates: the one it hangs on, or whose object the parse hung it on by mistake.

    "Of 1991" is a noun's own date, and so is the date of a noun that tells of something itself ("a raid on Monday").
    """
    span = doc.char_span(time["start"], time["end"], alignment_mode="expand")
    if span is None:
        return None
    token, passed = span.root, False
    bare = token.dep_ == "npadvmod" and not (span.start > 0 and doc[span.start - 1].dep_ == "prep")
    for _ in range(6):
        if token.pos_ in VERBS and token.i not in range(span.start, span.end):
            return token.head if token.dep_ in ("aux", "auxpass") else token
        if token.head.i == token.i or token.dep_ in CLAUSES:
            return None
        if bare:  # a day without a preposition is no noun's: "a drop of 90 million tonnes last week"
            pass
        elif token.dep_ == "prep" and token.lower_ not in WHEN:
            if token.head.pos_ in NOUNS and not passed:
                return None
        elif token.pos_ in NOUNS and not span.start <= token.i < span.end:
            if passed or token.dep_ != "dobj":
                return None
            passed = True
        token = token.head
    return None


def _is_said(verb: Token, said: frozenset[int], words: dict[str, frozenset[str]]) -> bool:
    """Tell whether a verb introduces what somebody says: "claimed that it was his", not "claimed victory"."""
    if verb.lemma_.lower() not in words["speaking_verbs"]:
        return False
    return verb.idx in said or any(child.dep_ == "ccomp" for child in children_after(verb))


def _climb_phase(verb: Token, words: dict[str, frozenset[str]]) -> Token:
    """Give the verb that carries tense: "began" for "began to rise", "plan" for "plan to march"."""
    for _ in range(3):
        head = verb.head
        if verb.dep_ == "ccomp" and verb.tag_ == "VB" and head.lemma_.lower() in words["letting_verbs"]:
            verb = head
            continue
        if verb.dep_ != "xcomp" or head.pos_ not in VERBS:
            return verb
        if head.lemma_.lower() not in words["phase_verbs"] | words["intending_verbs"]:
            return verb
        verb = head
    return verb


def _judge(
    verb: Token, subject: Token, time: TimeFact, published: str | None, words: dict[str, frozenset[str]]
) -> str | None:
    """Give "occurrence", "plan" or "deadline" for a clause, or None if it tells nothing that is or is to be."""
    before = list_before(verb)
    aux = {child.lower_ for child in before if child.dep_ in ("aux", "auxpass", "neg")}
    ahead = _lies_ahead(time, published)
    if any(child.lower_ in ("if", "unless") and child.dep_ == "mark" for child in before):
        return "deadline" if ahead and _is_limit(verb.doc, time) else None
    if aux & NOT or _denies(verb):
        return None
    if _hangs_on_condition(verb) or _is_asked(verb):
        return None
    lemma = verb.lemma_.lower()
    if aux & (MODAL_AUX - {"would"}) or ("would" in aux and "have" in aux):
        return None
    if aux & {"will", "'ll", "’ll", "shall", "would"}:
        return "plan"
    if lemma in words["intending_verbs"]:
        return "plan" if ahead else None
    if "to" in aux and verb.dep_ not in ("xcomp", "acl"):  # "is to be sworn in", in one clause
        return "plan" if aux & {"is", "are"} else None
    if (verb.tag_ in ("VB", "VBG") or "to" in aux) and verb.dep_ in ("xcomp", "acl"):
        if not _is_due(verb) or (verb.dep_ == "xcomp" and verb.head.lemma_ != "be"):
            return None
        return "plan" if ahead or verb.dep_ == "acl" or verb.head.tag_ in ("VBZ", "VBP") else None
    if is_due(verb) or is_fixed(verb, time["start"]):
        return "plan" if ahead else None
    if lemma in words["lasting_verbs"]:
        return None
    if _is_past(verb, aux):
        return None if ahead else "occurrence"
    if not ahead or not _is_exact(time):
        return None
    planned = verb.tag_ in ("VBZ", "VBP", "VBG") or lemma in words["planning_verbs"]
    return "plan" if planned and (verb.tag_ in ("VBZ", "VBP") or aux & {"is", "are", "'s", "’s"}) else None


def _lies_ahead(time: TimeFact, published: str | None) -> bool:
    """Tell whether a day is to come: by its own words ("next week"), else by the article's day."""
    side = read_side(time, published)
    if side or published is None or time["earliest"] is None:
        return side == "future"
    return time["earliest"] > published


def _is_exact(time: TimeFact) -> bool:
    """Tell whether a time is a day or a week, or has its year: "in November" with a present tense may be any year's."""
    if time["relative"] is None:
        return True
    if time["earliest"] is None or time["latest"] is None:
        return False
    return (date.fromisoformat(time["latest"]) - date.fromisoformat(time["earliest"])).days <= WEEK


def _is_past(verb: Token, aux: set[str]) -> bool:
    if verb.tag_ == "VBD" or aux & {"was", "were", "had", "has", "have", "did", "been"}:
        return True
    if verb.tag_ == "VBN" and verb.dep_ == "acl":  # "the station, founded in 2002"
        return True
    return verb.tag_ in ("VBN", "VBD") and not aux and verb.dep_ in ("ROOT", "conj", "ccomp", "relcl", "advcl")


def _is_limit(doc: Doc, time: TimeFact) -> bool:
    """Tell whether "by" stands before a time."""
    span = doc.char_span(time["start"], time["end"], alignment_mode="expand")
    return span is not None and span.start > 0 and doc[span.start - 1].lower_ in ("by", "before", "until")


def _is_due(verb: Token) -> bool:
    """Tell whether "to" means what is due: "is to decide", "to be collected from"; not "he came to decide"."""
    before = [child.lower_ for child in children_before(verb)]
    return "to" in before and (verb.dep_ == "acl" or verb.head.lemma_ == "be")


def _denies(verb: Token) -> bool:
    """Tell whether subject or object say that there was none: "nobody came", "there were no talks"."""
    for child in (*children_before(verb), *children_after(verb)):
        if child.dep_ in ARGUMENTS and (
            child.lower_ in NOBODY or any(word.lower_ == "no" for word in children_before(child))
        ):
            return True
        if child.dep_ == "neg":
            return True
    return False


def _hangs_on_condition(verb: Token) -> bool:
    """Tell whether a clause beside the verb, or one that it stands in, is an "if" or "had they paid"."""
    for child in (*children_before(verb), *children_after(verb)):
        if child.dep_ != "advcl":
            continue
        inner = list(children_before(child))
        if any(word.lower_ in ("if", "unless") for word in inner if word.dep_ == "mark"):
            return True
        if inner and inner[0].dep_ == "aux" and inner[0].lower_ in ("had", "should", "were") and inner[0].is_sent_start:
            return True
    return verb.dep_ == "advcl" and any(
        word.dep_ == "aux" and word.lower_ in ("had", "should", "were") and word.is_sent_start
        for word in children_before(verb)
    )


def _is_asked(verb: Token) -> bool:
    for word in verb.doc[verb.i : verb.i + REACH]:
        if word.i > verb.i and word.is_sent_start:
            return False
        if word.text == "?":
            return True
    return False


def _is_habit(doc: Doc, time: TimeFact, verb: Token, words: dict[str, frozenset[str]]) -> bool:
    """Tell whether it is done again and again: "on Fridays", "each year", "usually"."""
    span = doc.char_span(time["start"], time["end"], alignment_mode="expand")
    if span is None:
        return True
    around = doc[max(0, span.start - 1) : span.end + 2]
    if any(word.lower_ in ("each", "every", "any") for word in around):
        return True
    if any(_PLURAL_DAY.fullmatch(word.lower_) for word in doc[verb.i : verb.i + 12]):
        return True
    return any(word.lower_ in words["habit_words"] for word in children_before(verb))
