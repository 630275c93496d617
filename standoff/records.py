"""Every noun of a reading, as frozen dataclasses: the record's one data model.

The same field names stand in the JSON, in the tables and here. A `Passage` points at characters of an article's text
(half-open, counted in code points); everything that Standoff finds carries at least one.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import os

    import pandas as pd

SCHEMA = "standoff.record/1"

Kind = Literal["person", "organisation", "country", "group"]
Directness = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "say", "deny", "accuse", "promise", "threaten", "demand", "request", "refuse", "agree", "praise", "believe", "ask"
]
Status = Literal["actual", "future", "hypothetical", "negated"]
Stance = Literal["for", "against", "conditional", "neutral"]
LocationKind = Literal["city", "region", "country"]
ConflictKind = Literal["between-sources", "between-articles", "contested"]
SuggestionKind = Literal["same-actor", "successor", "part"]
Detail = Literal["day", "number", "extent", "outcome"]
Verdict = Literal["confirm", "reject", "correct", "same", "not-same", "withdraw"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Point at characters of an article: `text` is exactly `article.text[start:end]`."""

    article: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Bound a time by its first and last day (ISO dates); the passage is the time expression it was read from."""

    earliest: str | None
    latest: str | None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Hold one report: its text, never changed, and what it says of itself.

    `published` is the day that the article gives for itself. `earliest` and `latest` bound the day it was written, and
    `dated_by` says in words what bounds it.
    """

    id: str
    source: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    published: str | None = None
    earliest: str | None = None
    latest: str | None = None
    dated_by: str | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Say what an actor was called to be, and where the text says so."""

    title: str
    organisation: str | None = None
    country: str | None = None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Name one party: a person, an organisation, a country, or an unnamed collective ("observers")."""

    id: str
    name: str
    kind: Kind
    country: str | None = None
    sectors: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Tie a passage that names, describes or stands for an actor to that actor."""

    id: str
    passage: Passage
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Say who is given as the speaker: the actor if known, and the words that name them if any do."""

    actor: str | None = None
    passage: Passage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Record that an article gives a statement, thought or message to somebody."""

    id: str
    source: Source | None
    cue: Passage | None
    content: tuple[Passage, ...]
    directness: Directness
    act: Act = "say"
    addressee: str | None = None
    venue: Passage | None = None
    when: When | None = None
    inside: str | None = None
    score: float
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Say which place of the world an event's `place` is, by GeoNames.

    A city has a point; a region or a country has none, since nobody can say which of its points an article means. A
    village that GeoNames does not list by itself is located by the country that the text says it lies in.
    """

    name: str
    kind: LocationKind
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonameid: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Magnitude:
    """Say how many an event befell or moved, each as the least number that the words allow; None where none is given.

    `dead`, `injured` and `arrested` are people; `size` is a crowd's, a force's or a convoy's. "At least 12" and "more
    than 12" are 12, "dozens" is 24, "scores" 40, "hundreds" 200, "thousands" 2000, "some 40" and "up to 40" are 40. The
    passages are the words that say so.
    """

    dead: int | None = None
    injured: int | None = None
    arrested: int | None = None
    size: int | None = None
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Record who did what to whom, by a PLOVER 2.0 type.

    `cue` is the word that the event was found by, `asserted_by` the attribution that vouches for it. `quad` (1 verbal
    and 2 material cooperation, 3 verbal and 4 material conflict) and `intensity` (-10 to +10) are those that the
    codebook gives its type and mode; None in a record that was made before they were kept.
    """

    id: str
    type: str
    mode: str | None = None
    quad: int | None = None
    intensity: float | None = None
    context: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    cue: Passage | None = None
    passage: Passage
    status: Status = "actual"
    when: When | None = None
    place: str | None = None
    location: Location | None = None
    magnitude: Magnitude | None = None
    asserted_by: str | None = None
    score: float
    why: str
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Record where an actor stands on an issue; `basis` is the attribution or event that it rests on."""

    id: str
    holder: str
    issue: str
    stance: Stance
    toward: str | None = None
    condition: Passage | None = None
    passage: Passage
    when: When | None = None
    basis: str | None = None
    score: float
    why: str
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Lay side by side the words by which two independent reports tell one happening differently.

    `what` differs: the day, the number of something, the extent (all or a part), or the outcome (whether it came
    about). `why` says so in words.
    """

    what: Detail
    left: Passage
    right: Passage
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Merge what one or more articles tell of one thing that happens: a dissolution, an election, a visit.

    `origins` counts the independent reports among its articles, copies of one text being one; None in a record that was
    made before it was kept. `differences` are the details in which these reports differ.
    """

    id: str
    label: str
    status: Status = "actual"
    when: When | None = None
    events: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    origins: int | None = None
    differences: tuple[Difference, ...] = ()
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Record that a holder's stance on an issue differs between two dated positions."""

    id: str
    holder: str
    issue: str
    before: str
    after: str
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Lay two passages side by side that do not seem to hold together; a candidate for a person to judge.

    `left_also` and `right_also` are further voices in it, who say what the left or the right one says.
    """

    id: str
    kind: ConflictKind
    issue: str | None = None
    left: str
    right: str
    left_also: tuple[str, ...] = ()
    right_also: tuple[str, ...] = ()
    why: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Say that two actors may be one, or belong together; for a person to judge, since nothing is merged on it.

    `same-actor`: one actor under two names or in two offices. `successor`: `right` came out of `left`, or took its
    place. `part`: `left` is an organ of `right`, or acts for it, as an embassy does for its country.
    """

    id: str
    kind: SuggestionKind
    left: str
    right: str
    why: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Hold what a person decided about one entry of a record, when and why; a later one withdraws it, none changes it.

    `kind` names the record's list that holds the entry ("events", "conflicts", ...), `entry` is its id. "same" and
    "not-same" also name an `other` entry of that kind; "correct" gives the fields that take the place of the machine's;
    "withdraw" takes back the judgement whose id is `entry`, with "judgements" for its kind. `label` says in words what
    was judged, and `rests_on` lists the ids of the readings' entries that it rests on, so that a judgement can be read,
    and told to be orphaned, when its entry has gone. Under "places" in `fields` stands where actors are named and
    happenings told ("article:start-end"), since their own ids hang on which articles there are. `at` is a moment in UTC
    (ISO).
    """

    id: str
    kind: str
    entry: str
    verdict: Verdict
    other: str | None = None
    fields: dict[str, Any] | None = None
    who: str
    at: str
    why: str | None = None
    label: str = ""
    passage: Passage | None = None
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Say which source could not be read, at which stage, and why, in one sentence."""

    source: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """Hold a TIMEX3 expression of one article, before its article is dated.

    `relative` is None where the days follow from the words alone ("29 July 2018"); else it is the rule, in the notation
    of `standoff.timex`, that gives the days once the article's own day is known.
    """

    passage: Passage
    type: str
    value: str
    relative: str | None = None
    earliest: str | None = None
    latest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Hold a public happening that an article names rather than tells: an election, a summit, a trial."""

    id: str
    kind: str
    label: str
    passage: Passage
    status: Status = "actual"
    when: When | None = None
    place: str | None = None
    actors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Hold one place where an article names what sides are taken on, before anybody has called it an issue.

    `name` is the noun with the nouns that make it up ("night ban"), `deed` a verb with its object ("close pit"); one of
    them is None. `family` is shared by the words of one stem, `shipped` the issue that has it as a cue, `source`
    where the article came from. Without a `stance` it is only named; `said` tells a stance in words from one by deed.
    """

    source: str
    passage: Passage
    sentence: Passage
    word: str
    name: str | None = None
    deed: str | None = None
    family: str
    shipped: str | None = None
    holder: str | None = None
    stance: Stance | None = None
    said: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDraft:
    """Propose an issue for a codebook, with what speaks for it; a person decides what it is called and what counts.

    `shipped` names the issue of the shipped codebook that covers it. `topics` are the stances that it was drafted from,
    `not_examples` places that only name it.
    """

    key: str
    definition: str
    cues: tuple[str, ...] = ()
    for_cues: tuple[str, ...] = ()
    against_cues: tuple[str, ...] = ()
    examples: tuple[Topic, ...] = ()
    not_examples: tuple[Topic, ...] = ()
    topics: tuple[Topic, ...] = ()
    origins: int
    shipped: str | None = None
    score: float

    def list_holders(self, stance: Stance) -> tuple[str, ...]:
        """Give who takes that stance somewhere, in the order of the articles."""
        return tuple(dict.fromkeys(topic.holder for topic in self.topics if topic.holder and topic.stance == stance))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Hold what was found in one article alone, before anything is resolved across articles."""

    article: Article
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Hold a whole reading: what `standoff read` writes and every later stage takes."""

    schema: str = SCHEMA
    made_by: dict[str, Any] = field(default_factory=dict)
    articles: tuple[Article, ...] = ()
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    happenings: tuple[Happening, ...] = ()
    shifts: tuple[Shift, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    failures: tuple[Failure, ...] = ()

    def find_actors(self, name: str) -> tuple[Actor, ...]:
        """Give the actors whose name, alias or id is `name`, case aside."""
        wanted = name.casefold()
        return tuple(
            actor
            for actor in self.actors
            if wanted in {actor.id.casefold(), actor.name.casefold(), *(alias.casefold() for alias in actor.aliases)}
        )

    def said_by(self, name: str) -> tuple[Attribution, ...]:
        """Give every attribution whose source is an actor of that name, in the order of the articles."""
        wanted = {actor.id for actor in self.find_actors(name)}
        return tuple(item for item in self.attributions if item.source and item.source.actor in wanted)

    def to_dict(self) -> dict[str, Any]:
        """Give the record as the plain dictionaries and lists that its JSON holds."""
        return asdict(self)

    def to_json(self, path: str | os.PathLike[str] | None = None) -> str:
        """Give the record as JSON text, and write it to `path` (UTF-8) if one is given."""
        import json

        from standoff.writing import replace_file

        text = json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n"
        if path is not None:
            with replace_file(path) as place:
                place.write_text(text, encoding="utf-8")
        return text

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """Give one pandas DataFrame per kind of record, its columns flattened with dots (`when.earliest`)."""
        import pandas as pd

        kinds = {key: value for key, value in self.to_dict().items() if isinstance(value, (list, tuple))}
        return {key: pd.json_normalize(list(rows)) for key, rows in kinds.items()}


def make_id(kind: str, *parts: object) -> str:
    """Give a short id that depends on `parts` alone, so that the same input always gets the same id.

    >>> make_id("event", "a1", 10, 20) == make_id("event", "a1", 10, 20)
    True
    """
    said = "\x1f".join(str(part) for part in (kind, *parts))
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()  # a text may hold half a pair
    return f"{kind}_{digest[:12]}"


def cut_passage(article: Article, start: int, end: int) -> Passage:
    """Give the passage of `article` from `start` to `end`, without white space at either edge."""
    text = article.text[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return Passage(article=article.id, start=start, end=start + len(text), text=text)


def read_record(path: str | os.PathLike[str]) -> Record:
    """Read a record that `Record.to_json` wrote; raises SourceError, in one sentence, if it is not one."""
    import pathlib

    from pydantic import TypeAdapter, ValidationError

    from standoff.errors import SourceError

    try:
        text = pathlib.Path(path).read_bytes()
    except OSError as error:
        raise SourceError(
            f"{path}: {error.strerror or error}; give the path of a record that standoff wrote."
        ) from error
    try:
        return TypeAdapter(Record).validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the top"
        raise SourceError(
            f"{path} is not a {SCHEMA} record: at {where}, {first['msg']}; read the articles anew."
        ) from error


def describe_schema() -> dict[str, Any]:
    """Give the JSON Schema of a record, made from these dataclasses."""
    from pydantic import TypeAdapter

    return TypeAdapter(Record).json_schema()


def count_kinds(record: Record) -> dict[str, int]:
    """Count a record's entries by kind, in the order in which the record holds them."""
    kinds = (field.name for field in fields(record) if field.name not in ("schema", "made_by"))
    return {kind: len(getattr(record, kind)) for kind in kinds}
