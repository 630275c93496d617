"""Tell whom a printed name stands for: "KIPURY:" in a transcript, "minister" in a headline, "A:" in an interview."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from spacy.tokens import Doc

from standoff.annotate.facts import ActorFact, MentionFact, read_facts

Span = tuple[int, int]
NAMED = frozenset(("PERSON", "ORG", "NORP"))


class Roster:
    """Look up names and titles among the actors of a document.

    Who is meant is told by a place in the text where he is mentioned, so that whoever reads on can look him up there.
    Without mentions it knows only what the model takes for a name, and the place is the printed name itself.
    """

    def __init__(self, doc: Doc, text: str) -> None:
        self.doc, self.text = doc, text
        self.actors: list[ActorFact] = read_facts(doc, "actors")
        self.mentions: list[MentionFact] = sorted(read_facts(doc, "mentions"), key=lambda mention: mention["start"])
        self.places = [mention["start"] for mention in self.mentions]
        self.longest = max((mention["end"] - mention["start"] for mention in self.mentions), default=0)
        self.starts: dict[int, MentionFact] = {}  # the first name of each actor, else his first mention
        for mention in self.mentions:
            if mention["actor"] not in self.starts or (
                mention["form"] == "name" and self.starts[mention["actor"]]["form"] != "name"
            ):
                self.starts[mention["actor"]] = mention

    def find(self, start: int, end: int) -> Span | None:
        """Give where the speaker that a label names is mentioned, or None if it names nobody known.

        A country is none: "Cyprus: …" heads what happens there.
        """
        if not self.mentions:
            words = self.doc.char_span(start, end, alignment_mode="expand")
            return (start, end) if words is not None and any(word.ent_type_ in NAMED for word in words) else None
        held = self._find_held(start, end)
        printed = self.text[start:end]
        if held is not None and not self._is_mere_title(held) and not printed.isupper():
            return held["start"], held["end"]
        actor = self._match(printed)
        if actor is None:
            return None if held is None else (held["start"], held["end"])
        return self.starts[actor]["start"], self.starts[actor]["end"]

    def is_person(self, place: Span) -> bool:
        """Tell whether a mention's actor is a person who is named."""
        held = self._find_held(*place)
        return held is None or (self.actors[held["actor"]]["kind"] == "person" and held["form"] == "name")

    def find_guest(self, end: int) -> Span | None:
        """Give where the person is mentioned whom a text is most about up to `end`: an interview's guest."""
        named = [item["actor"] for item in self.mentions if item["end"] <= end]
        people = Counter(
            actor for actor in named if self.actors[actor]["kind"] == "person" and self.starts[actor]["form"] == "name"
        )
        if not people:
            return None
        guest = self.starts[people.most_common(1)[0][0]]
        return guest["start"], guest["end"]

    def find_subject(self, start: int, end: int) -> Span | None:
        """Give where the person is mentioned who is the subject of the last sentence of a paragraph, or None."""
        words = self.doc.char_span(start, end, alignment_mode="expand")
        for token in reversed(words if words is not None else ()):
            if token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ROOT":
                return self._find_person(token.idx, token.idx + len(token))
            if token.is_sent_start and not token.is_space:
                break
        return None

    def _find_person(self, start: int, end: int) -> Span | None:
        held = self._list_held(start, end)
        person = next((item for item in held if self.actors[item["actor"]]["kind"] == "person"), None)
        return None if person is None else (person["start"], person["end"])

    def _find_held(self, start: int, end: int) -> MentionFact | None:
        """Give the last mention of a person or body that stands in a label and is more than a pronoun."""
        held = [
            item
            for item in self._list_held(start, end)
            if item["form"] != "pronoun" and self.actors[item["actor"]]["kind"] != "country"
        ]
        return max(held, key=lambda item: (item["form"] == "name", item["end"]), default=None)

    def _list_held(self, start: int, end: int) -> list[MentionFact]:
        """Give the mentions that a stretch of text touches."""
        near = self.mentions[bisect_left(self.places, start - self.longest) : bisect_left(self.places, end)]
        return [item for item in near if start < item["end"]]

    def _is_mere_title(self, mention: MentionFact) -> bool:
        """Tell whether a title stands for nobody who is named anywhere."""
        return mention["form"] in ("title", "group") and self.starts[mention["actor"]]["form"] != "name"

    def _match(self, label: str) -> int | None:
        """Give the one actor whose name or its end, or whose title, is what a label says, case aside."""
        wanted = label.casefold()
        for read in (_list_names, _list_titles):
            fits = {
                number
                for number, actor in enumerate(self.actors)
                if actor["kind"] != "country"
                and actor["name"] != label  # "KALNINA" taken for a body of that name
                and number in self.starts
                and self.starts[number]["form"] == "name"
                and any(_ends_with(name.casefold(), wanted) for name in read(actor))
            }
            if len(fits) == 1:
                return fits.pop()
        return None


def _list_names(actor: ActorFact) -> list[str]:
    return [actor["name"], *actor["aliases"]]


def _list_titles(actor: ActorFact) -> list[str]:
    return [role["title"] for role in actor["roles"]]


def _ends_with(name: str, wanted: str) -> bool:
    return name == wanted or name.endswith(f" {wanted}")
