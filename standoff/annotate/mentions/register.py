"""Keep the actors of one article while they are being found."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from spacy.tokens import Span

from standoff.annotate.facts import ActorFact, MentionFact, RoleFact


@dataclass(slots=True, eq=False)
class Party:
    """One actor in the making: what was seen of it so far."""

    kind: str
    names: Counter[str] = field(default_factory=Counter)
    label: str = ""
    country: str | None = None
    sectors: list[str] = field(default_factory=list)
    roles: list[RoleFact] = field(default_factory=list)
    heads: set[str] = field(default_factory=set)
    gender: str | None = None  # as titles, relatives' words and pronouns tell it
    hint: str | None = None  # as the given name suggests it
    age: str | None = None
    plural: bool = False
    homes: list[Party] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)  # by where they start

    def find_latest(self, start: int) -> int:
        """Give where the last mention before a token starts, or -1."""
        at = bisect_left(self.mentions, start, key=attrgetter("start"))
        return self.mentions[at - 1].start if at else -1

    def list_between(self, first: int, last: int) -> Sequence[Mention]:
        """Give the mentions that start at `first` or later and before `last`."""
        starts = attrgetter("start")
        return self.mentions[
            bisect_left(self.mentions, first, key=starts) : bisect_left(self.mentions, last, key=starts)
        ]

    @property
    def name(self) -> str:
        """Give the fullest name met, one met twice before one met once; else what it was described as."""
        if not self.names:
            return self.label
        full = [name for name in self.names if " " in name] or list(self.names)
        return max(full, key=lambda name: (min(self.names[name], 2), len(name.split()), self.names[name], len(name)))

    def add_sectors(self, sectors: tuple[str, ...]) -> None:
        self.sectors += [sector for sector in sectors if sector not in self.sectors]

    def add_role(self, span: Span, organisation: str | None, country: str | None) -> bool:
        """Put a title on record unless the article gave it before, and tell whether it was new."""
        if all(role["title"].lower() != span.text.lower() for role in self.roles):
            start, end = span.start_char, span.end_char
            self.roles.append(
                RoleFact(title=span.text, organisation=organisation, country=country, start=start, end=end)
            )
            return True
        return False

    def to_fact(self) -> ActorFact:
        aliases = [form for form in self.forms if form != self.name]
        return ActorFact(
            name=self.name,
            kind=self.kind,
            country=self.country,
            sectors=self.sectors,
            aliases=aliases,
            roles=self.roles,
        )


@dataclass(slots=True, eq=False)
class Mention:
    """Words that stand for a party: tokens `start` to `end`, with the head that the parse hangs the phrase on."""

    start: int
    end: int
    head: int
    form: str
    party: Party

    def to_fact(self, offsets: tuple[int, int], actor: int) -> MentionFact:
        return MentionFact(start=offsets[0], end=offsets[1], actor=actor, form=self.form)


class Register:
    """Hold all parties of an article, and which token belongs to whose mention."""

    def __init__(self, length: int) -> None:
        self.parties: list[Party] = []
        self.mentions: list[Mention] = []
        self.owner: list[Mention | None] = [None] * length
        self.country: str | None = None
        self.sure = False
        self.states: dict[tuple[str, str], Party] = {}
        self.owned: list[tuple[Party, int, int]] = []  # whose role, which, and the token of "its" before it
        self.groups: dict[tuple[str, ...], list[tuple[Party, str | None]]] = {}

    def add_party(self, kind: str, **known: object) -> Party:
        party = Party(kind, **known)  # type: ignore[arg-type]
        self.parties.append(party)
        return party

    def add_mention(self, party: Party, start: int, end: int, head: int, form: str) -> Mention:
        """Tie tokens to a party; a later mention inside an earlier one is nested and does not take its tokens."""
        mention = Mention(start, end, head, form, party)
        insort(party.mentions, mention, key=attrgetter("start"))
        self.mentions.append(mention)
        for token in range(start, end):
            if self.owner[token] is None:
                self.owner[token] = mention
        return mention
