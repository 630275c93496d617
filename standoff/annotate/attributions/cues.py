"""Find the cues of a text and, by the parse around each, what it reports and who is said to report it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from standoff.annotate.attributions.asides import fit_content, tells_nothing
from standoff.annotate.attributions.clauses import Ranges, find_carried, read_hung, read_told
from standoff.annotate.attributions.contents import (
    READERS,
    read_evidence,
    read_expected,
    read_pointer,
    read_preposition,
    read_sentence,
    read_undergoer,
    skip_that,
    trim_ranges,
)
from standoff.annotate.attributions.lexicon import Frame, Lexicon
from standoff.annotate.attributions.sources import UNSAID, Source, find_source, find_subject, is_passive

FORMS = ("clause", "infinitive", "gerund", "predicate", "as")  # the order in which a verb's content is looked for
OWN = frozenset(("my", "our", "your"))  # of whoever speaks anyway
AGENTLESS = 0.75  # a report that nobody owns is as often the reporter's own turn of phrase
IRREALIS = 0.6  # "if he says", "to say", "would say": nobody need have said it


@dataclass(slots=True)
class Finding:
    """A cue, its source and its content, by token; `verb` is the token whose subject and adjuncts are the cue's."""

    verb: Token
    cue: tuple[int, int]
    source: Source
    frame: Frame
    form: str
    ranges: Ranges
    listener: Token | None = None
    score: float = 0.0
    made_by: str = ""
    quotations: list[int] = field(default_factory=list)


def find_cues(doc: Doc, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield each cue that has content in its own sentence, in reading order.

    A cue with two kinds of content reports one of them: a clause before an infinitive, both before a bare object. A cue
    that only has a quotation beside it is not found here.
    """
    for token in doc:
        finding = None
        if token.lower_ == "according":
            finding = _read_according(doc, token, lexicon)
        elif token.lower_ == "in" and token.dep_ == "prep":
            finding = _read_view(doc, token, lexicon)
        elif token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
            finding = read_verb(doc, token, lexicon) or _read_question(doc, token, lexicon)
            if finding is None and token.tag_ == "VBN":
                finding = _read_adjective(doc, token, lexicon)  # was worried about …
        elif token.pos_ == "NOUN":
            finding = _read_noun(doc, token, lexicon)
        elif token.pos_ == "ADJ":
            finding = _read_adjective(doc, token, lexicon)
        if finding is not None:
            yield finding


def find_frames(token: Token, lexicon: Lexicon) -> tuple[Frame, ...]:
    """Give the frames of a verb, those that need a particle only where it is there."""
    frames = lexicon.verbs.get(lexicon.repair_lemma(token.lemma_.lower()), ())
    if not frames:
        return ()
    particles = {child.lower_ for child in token.children if child.dep_ in ("prt", "advmod")}
    return tuple(frame for frame in frames if frame.particle is None or frame.particle in particles)


def span_cue(token: Token) -> tuple[int, int]:
    """Give the tokens of a cue: the verb with the adverbs, particle or negation right beside it."""
    start = token.i
    while start > 0 and token.doc[start - 1].head == token and token.doc[start - 1].tag_.startswith("RB"):
        start -= 1
    end = token.i + 1
    while end < len(token.doc) and token.doc[end].head == token and token.doc[end].dep_ == "prt":
        end += 1
    return start, end


def find_listener(verb: Token, frame: Frame, lexicon: Lexicon) -> Token | None:
    """Give the head of the words that name the listener, where the frame has one.

    Of a passive, it is the subject: the crew were told that ….
    """
    for kind in frame.listeners:
        for child in verb.rights:
            if kind.startswith("object"):
                if child.dep_ == "dobj" or (child.dep_ == "dative" and child.pos_ != "ADP"):
                    return child
                if child.dep_ in ("ccomp", "xcomp") and kind == "object" and "infinitive" in frame.takes:
                    subject = next((part for part in child.lefts if part.dep_ == "nsubj"), None)
                    if subject is not None and any(part.lower_ == "to" for part in child.lefts):
                        return subject
            elif child.dep_ in ("prep", "dative") and child.lower_ == kind:
                return next((part for part in child.rights if part.dep_ == "pobj"), None)
        if kind == "object" and is_passive(verb):
            asked = verb.dep_ == "advcl" and find_subject(verb) is None  # Asked by a reporter if …, she said
            return find_subject(verb.head) if asked else find_subject(verb)
    return _find_hearer(verb, lexicon) if "clause" in frame.takes or "quotation" in frame.takes else None


def _find_hearer(verb: Token, lexicon: Lexicon) -> Token | None:
    """Give who was spoken or written to beside a cue: Speaking to miners, she said; said in a letter to Oslo."""
    for child in verb.children:
        spoken = child.dep_ == "advcl" and child.tag_ == "VBG" and child.lemma_.lower() in lexicon.speaking
        if spoken and child.lemma_.lower() == "address":
            return next((part for part in child.rights if part.dep_ == "dobj"), None)
        paper = next((part for part in child.rights if part.dep_ == "pobj"), None) if child.dep_ == "prep" else None
        written = paper is not None and paper.lemma_.lower() in lexicon.venue_means
        host = child if spoken else paper if written else None
        for preposition in () if host is None else host.rights:
            if preposition.dep_ == "prep" and preposition.lower_ == "to":
                return next((part for part in preposition.rights if part.dep_ == "pobj"), None)
    return None


def read_verb(doc: Doc, verb: Token, lexicon: Lexicon, source: Source | None = None) -> Finding | None:
    """Give what a verb reports, by the first of its frames that finds content; `source` where it is known better."""
    frames = find_frames(verb, lexicon)
    if not frames:
        return None
    for form in FORMS:
        for frame in frames:
            if form in frame.takes:
                reader = read_expected if form == "infinitive" and frame.act == "believe" else READERS[form]
                ranges = reader(verb)
                if not ranges and form == "clause" and "object" in frame.listeners:
                    ranges = read_told(verb)
                if not ranges and form == "clause" and frame.act != "believe":
                    ranges = read_hung(verb)
                if ranges:
                    return make_finding(doc, verb, frame, form, ranges, lexicon, source)
    for frame in frames:
        if "clause" in frame.takes and (ranges := read_evidence(verb)):
            return make_finding(doc, verb, frame, "infinitive", ranges, lexicon, source)
    for frame in frames:
        for word in sorted(frame.takes - {*FORMS, "object", "quotation"}):
            ranges = read_preposition(verb, word)
            if ranges and _fits_preposition(verb, doc[slice(*ranges[0])], frame):
                return make_finding(doc, verb, frame, word, ranges, lexicon, source)
    for frame in frames:
        if "object" in frame.takes and _fits_object(verb, frame):
            ranges = (
                READERS["object"](verb)
                or read_undergoer(verb)
                or (read_pointer(verb) if frame.act in ("deny", "refuse") else [])
            )
            if ranges:
                return make_finding(doc, verb, frame, "object", ranges, lexicon, source)
    return None


def _fits_object(verb: Token, frame: Frame) -> bool:
    """Tell whether the noun that a verb takes is one that the frame allows."""
    nouns = (child for child in verb.children if child.dep_ in ("dobj", "nsubjpass"))
    return not frame.objects or any(noun.lemma_.lower() in frame.objects for noun in nouns)


def _fits_preposition(verb: Token, words: Span, frame: Frame) -> bool:
    """Tell whether a frame allows what follows its preposition: a noun that it names, or doing something.

    It needs an object as well: "men charged with theft" tells what they suffered, not what anybody says.
    """
    if not frame.objects:
        return True
    named = words[0].tag_ == "VBG" or words.root.lemma_.lower() in frame.objects
    return named and any(child.dep_ == "dobj" for child in verb.children)


def _read_noun(doc: Doc, noun: Token, lexicon: Lexicon) -> Finding | None:
    """Give what a noun of saying reports, if somebody is said to hold or make it: renewed his vow not to …"""
    frames = lexicon.nouns.get(noun.lemma_.lower())
    if not frames:
        return None
    owner = next((child for child in noun.lefts if child.dep_ == "poss" or _is_possessive(child)), None)
    verb = noun.head
    light = noun.dep_ == "dobj" and lexicon.repair_lemma(verb.lemma_.lower()) in lexicon.light
    hoped = noun.dep_ == "pobj" and verb.lower_ in ("in", "with", "for", "amid")
    maker = None if owner is not None or light else _find_maker(noun, lexicon)
    if not (owner is not None or light or hoped or maker is not None):
        return None
    for frame in frames:
        form, ranges = _read_noun_content(noun, verb if light else noun, frame)
        if not ranges or (hoped and not light and owner is None and maker is None and form != "clause"):
            continue
        if hoped and frame.act == "say" and any("clause" in other.takes for other in find_frames(verb.head, lexicon)):
            return None  # said in a statement that …: the verb has the clause
        if owner is not None and owner.pos_ != "PRON":
            source = Source(owner, True)
        elif maker is not None:
            source = Source(maker, True)
            ranges = [
                (low, min(high, maker.head.left_edge.i) if low < maker.i < high else high) for low, high in ranges
            ]
        elif light or hoped:
            source = find_source(verb if light else verb.head, lexicon)
        else:
            source = Source(owner, True)
        start = verb.i if light and verb.i < noun.i else (owner.i if owner is not None and owner.i < noun.i else noun.i)
        return _finish(doc, verb if light else noun, (start, noun.i + 1), source, frame, f"noun-{form}", ranges)
    return None


def _is_possessive(noun: Token) -> bool:
    """Tell whether a noun has an 's or a bare apostrophe, whatever the parser takes it for: the dockers’ demand."""
    return any(child.dep_ == "case" for child in noun.rights)


def _find_maker(noun: Token, lexicon: Lexicon) -> Token | None:
    """Give who made what a noun of saying names: a plea by the guild to …, an invitation that Oslo had sent."""
    for child in noun.subtree:
        if child.i <= noun.i:
            continue
        if child.dep_ == "relcl" and lexicon.repair_lemma(child.lemma_.lower()) in lexicon.light:
            subject = find_subject(child)
            if subject is not None and subject.lower_ not in ("that", "which", "who"):
                return subject
        if child.head == noun and child.dep_ == "prep" and child.lower_ in ("by", "from", "among"):
            return next((part for part in child.rights if part.dep_ == "pobj"), None)
    return None


def _read_noun_content(noun: Token, verb: Token, frame: Frame) -> tuple[str, Ranges]:
    """Give the form and the ranges of what stands after a noun of saying."""
    after = noun.doc[min(noun.i + 1, len(noun.doc) - 1)]
    joined = [after.head] if after.lower_ == "that" and after.dep_ == "mark" else []  # stood by her claim that …
    for child in (*noun.rights, *(part for part in verb.rights if part.i > noun.i), *joined):
        marks = {part.lower_ for part in child.lefts if part.dep_ in ("mark", "aux", "neg")}
        subject = find_subject(child)
        if subject is not None and child.left_edge.lower_ == "that" != subject.lower_:
            marks.add("that")  # accusations by four boys that he beat them: to the parser, no mark
        if "clause" in frame.takes and child.dep_ in ("acl", "ccomp", "relcl") and marks & {"that", "whether", "if"}:
            return "clause", [(child.left_edge.i, child.right_edge.i + 1)]
        if "infinitive" in frame.takes and child.dep_ in ("acl", "xcomp", "advcl", "relcl") and "to" in marks:
            return "infinitive", [(child.left_edge.i, child.right_edge.i + 1)]
        if child.dep_ in ("prep", "dative") and child.lower_ in frame.takes:
            return child.lower_, [(child.i + 1, child.right_edge.i + 1)]
    return "", []


def _read_adjective(doc: Doc, adjective: Token, lexicon: Lexicon) -> Finding | None:
    """Give what somebody is sure or afraid of: was confident that …"""
    frames = lexicon.adjectives.get(adjective.lower_)
    own = any(child.dep_ == "auxpass" for child in adjective.lefts)
    if not frames or not (own or adjective.dep_ == "acomp"):
        return None
    verb = adjective if own else adjective.head
    if any(child.dep_ == "neg" for child in verb.children):
        return None
    subject = find_subject(verb)
    source = find_source(verb, lexicon) if not own or subject is None else Source(subject, True)
    for child in (*adjective.rights, *(() if own else verb.rights)):
        clause = child.dep_ == "ccomp" and child.i > adjective.i
        if clause or (child.dep_ == "prep" and child.lower_ in frames[0].takes):
            start = child.left_edge.i if clause else child.i + 1
            cue = (adjective.i, adjective.i + 1)
            return _finish(doc, verb, cue, source, frames[0], "adjective", [(start, child.right_edge.i + 1)])
    return None


def _read_question(doc: Doc, verb: Token, lexicon: Lexicon) -> Finding | None:
    """Give a question that opens a sentence: "Asked whether …, X said": unsaid who asks, and it is X who was asked."""
    if (
        verb.dep_ != "advcl"
        or verb.tag_ not in ("VBN", "VBD")
        or verb.i > verb.head.i
        or find_subject(verb) is not None
    ):
        return None
    frame = next((item for item in find_frames(verb, lexicon) if item.act == "ask" and "clause" in item.takes), None)
    ranges = READERS["clause"](verb) if frame is not None else []
    if frame is None or not ranges:
        return None
    finding = _finish(doc, verb, span_cue(verb), UNSAID, frame, "question", ranges)
    if finding is not None:
        finding.listener = find_subject(verb.head)
    return finding


def _read_according(doc: Doc, word: Token, lexicon: Lexicon) -> Finding | None:
    """Give the sentence that stands beside "according to …"."""
    frame = lexicon.phrases.get("according to", (None,))[0]
    to = next((child for child in word.rights if child.lower_ == "to"), None)
    noun = next((child for child in to.rights if child.dep_ == "pobj"), None) if to is not None else None
    if frame is None or to is None or noun is None or (noun.tag_ == "NN" and not any(noun.children)):
        return None  # "according to age" names no source
    return _finish(doc, word, (word.i, to.i + 1), Source(noun, True), frame, "sentence", read_sentence(word))


def _read_view(doc: Doc, word: Token, lexicon: Lexicon) -> Finding | None:
    """Give the sentence that stands beside "in the view of …" or another phrase of the codebook, or "in her view"."""
    frame = lexicon.phrases.get(doc[word.i : word.i + 4].text.lower(), (None,))[0]
    if frame is not None:
        end = word.i + 4
        noun = next((child for child in doc[end - 1].rights if child.dep_ == "pobj"), None)
    else:
        view = next((child for child in word.rights if child.dep_ == "pobj"), word)
        frame = lexicon.phrases.get(f"in the {view.lower_} of", (None,))[0]
        end = view.i + 1
        noun = next((child for child in view.lefts if child.dep_ == "poss" and child.lower_ not in OWN), None)
    if frame is None or noun is None:
        return None
    return _finish(doc, word, (word.i, end), Source(noun, True), frame, "sentence", read_sentence(word))


def make_finding(
    doc: Doc, verb: Token, frame: Frame, form: str, ranges: Ranges, lexicon: Lexicon, source: Source | None = None
) -> Finding | None:
    """Give the finding of a verb, unless it is one that says that nothing was said."""
    negated = any(child.dep_ == "neg" for child in verb.children)
    if negated and frame.act not in ("believe", "refuse", "promise", "deny"):
        return None
    if (form in ("object", "predicate") and verb.dep_ == "amod") or tells_nothing(verb, frame, form, lexicon):
        return None
    if verb.dep_ in ("acl", "pcomp") and find_carried(verb.head.head if verb.dep_ == "pcomp" else verb.head.head.head):
        return None  # posted online that …, in writing that …: the content is that of the cue before
    source = _find_speaker(verb, lexicon) if source is None else source
    if source.head is None and (not is_passive(verb) or verb.dep_ == "advcl" or not _is_owned(verb, frame, form)):
        return None  # an imperative, "asked about it, she said", "he is expected to go": nobody is said to say it
    if verb.dep_ == "advcl" and verb.i < verb.head.i and form not in (*FORMS, "object"):
        return None  # Referring to the strike, he said: the words that follow are what is said
    if source.head is not None and not lexicon.nobody.isdisjoint(_list_negations(source.head)):
        return None
    if form == "clause" and verb.i + 1 < len(doc) and verb.nbor().tag_ == "TO":
        return None  # rebels said to be loyal took the town
    ranges = fit_content(verb, frame, form, ranges, lexicon)
    finding = _finish(doc, verb, span_cue(verb), source, frame, form, ranges)
    if finding is not None:
        finding.listener = find_listener(verb, frame, lexicon)
    return finding


def _is_owned(verb: Token, frame: Frame, form: str) -> bool:
    """Tell whether somebody must have said what a passive without a doer reports: they were ordered to leave."""
    if form != "infinitive" or read_evidence(verb):
        return True
    return frame.act in ("demand", "request") and any(child.dep_ == "auxpass" for child in verb.lefts)


def _list_negations(head: Token) -> set[str]:
    """Give a source's noun and its article: nobody, neither side, no minister."""
    words = {head.lower_, *(child.lower_ for child in head.lefts if child.dep_ in ("det", "preconj"))}
    return words | {"none"} if "no" in words else words


def _find_speaker(verb: Token, lexicon: Lexicon) -> Source:
    """Give the source of a verb: "he was told" has another one than "he was quoted as saying"."""
    if is_passive(verb):
        subject = find_subject(verb)
        has = any(child.dep_ == "auxpass" and child.lower_ in ("'s", "’s") for child in verb.lefts)
        if has and subject is not None and subject.pos_ == "PRON" and not _is_told(verb, lexicon):
            return Source(subject, True)  # "he's said he will" has "has", whatever the parser takes it for
        return find_source(verb, lexicon)
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and is_passive(verb.head.head):
        subject = next((child for child in verb.head.head.children if child.dep_ == "nsubjpass"), None)
        return Source(subject, True) if subject is not None else UNSAID
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and find_subject(verb) is None:
        quoted = next((child for child in verb.head.head.rights if child.dep_ == "dobj" and child.i < verb.i), None)
        if quoted is not None:
            return Source(quoted, True)  # the paper quoted a guard as saying …
    return find_source(verb, lexicon)


def _is_told(verb: Token, lexicon: Lexicon) -> bool:
    return any("object" in frame.listeners for frame in find_frames(verb, lexicon))


def _finish(
    doc: Doc, verb: Token, cue: tuple[int, int], source: Source, frame: Frame, form: str, ranges: Ranges
) -> Finding | None:
    """Give a finding with its content trimmed and its score, or None if no words are left."""
    ranges = trim_ranges(doc, skip_that(doc, trim_ranges(doc, ranges)))
    ranges = _leave_out(ranges, cue)
    if not ranges:
        return None
    score = frame.trust
    if source.head is None:
        score *= AGENTLESS
    if _is_irrealis(verb):
        score *= IRREALIS
    return Finding(verb, cue, source, frame, form, ranges, score=score, made_by=f"rules/cue-{form}")


def _leave_out(ranges: Ranges, cue: tuple[int, int]) -> Ranges:
    return [part for part in ranges if part[1] <= cue[0] or part[0] >= cue[1]]


def _is_irrealis(verb: Token) -> bool:
    """Tell whether a verb only might be so: if he says, to say, would say, may say."""
    words = {child.lower_ for child in verb.lefts if child.dep_ in ("aux", "mark")}
    return bool(words & {"if", "to", "would", "could", "might", "may", "should", "unless"})


def choose_frame(frames: Sequence[Frame]) -> Frame | None:
    """Give the frame by which a verb takes a quotation, or None if it takes none."""
    return next((frame for frame in frames if "quotation" in frame.takes), None)
