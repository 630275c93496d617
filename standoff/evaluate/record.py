"""Score a record against hand-coded articles, kind by kind.

All figures are per cent. Attributions match when their content shares half its characters (Jaccard), one to one; events
when they have one type and their passages touch; positions when holder, issue and stance are the same; actors by
B-cubed (Bagga and Baldwin 1998) over the coded mentions that the record has too.
"""

from __future__ import annotations

import datetime as dt
import pathlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from standoff.evaluate.gold import Gold, Span, read_gold
from standoff.records import Attribution, Event, Passage, Record, When

STATUS = {"happened": "actual", "planned": "future", "asserted-future": "future", "denied": "negated"}
RECIPROCAL = ("CONSULT", "AGREE", "COOPERATE")
SLACK = 366  # days by which an article's interval may be wider than gold's


class Share(NamedTuple):
    """Hold how many of the predicted and of the coded entries match."""

    hits: int
    predicted: int
    coded: int

    @property
    def f1(self) -> float:
        total = self.predicted + self.coded
        return round(200 * self.hits / total, 1) if total else 0.0


def evaluate_record(record: Record, gold_folder: pathlib.Path) -> dict[str, float]:
    """Give the scores of `record` against the gold in a folder, by name.

    Only articles that the folder codes are scored; an article is found by the file name in its `source`. Raises
    ConfigError if the folder codes an article that the record lacks.
    """
    texts = {pathlib.PurePath(article.source).name: article.text for article in record.articles}
    gold = read_gold(gold_folder, texts)
    scores = {"slices": score_slices(record)}
    view = _Aligned(record, gold)
    scores |= view.score_said()
    scores |= view.score_did()
    scores |= view.score_stands()
    scores |= view.score_actors()
    scores |= view.score_facts()
    scores |= view.score_across()
    return scores


def score_slices(record: Record) -> float:
    """Give the share of passages whose text is just what stands at their place in the article."""
    texts = {article.id: article.text for article in record.articles}
    held = [texts[item.article][item.start : item.end] == item.text for item in find_passages(record)]
    return _percent(sum(held), len(held))


def find_passages(entry: object) -> Iterator[Passage]:
    """Yield every passage that a record, or any part of one, holds."""
    if isinstance(entry, Passage):
        yield entry
    elif isinstance(entry, (tuple, list)):
        for part in entry:
            yield from find_passages(part)
    elif hasattr(entry, "__dataclass_fields__"):
        for name in entry.__dataclass_fields__:
            yield from find_passages(getattr(entry, name))


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _spread(spans: Iterable[Span]) -> set[int]:
    """Give the characters that spans cover."""
    return {place for start, end in spans for place in range(start, end)}


def _cover(passages: Iterable[Passage | None], article: str) -> set[int]:
    return _spread((item.start, item.end) for item in passages if item is not None and item.article == article)


def _jaccard(left: set[int], right: set[int]) -> float:
    return len(left & right) / len(left | right) if left and right else 0.0


def _bound_days(text: str) -> tuple[dt.date, dt.date]:
    """Give the first and last day that an ISO year, month or day can mean."""
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    if day:
        return dt.date(year, month, day), dt.date(year, month, day)
    after = dt.date(year, month + 1, 1) if 0 < month < 12 else dt.date(year + 1, 1, 1)
    return dt.date(year, month or 1, 1), after - dt.timedelta(days=1)


def _is_dated(when: When | None, text: str) -> bool:
    """Tell whether a time lies within a coded date, at that date's precision."""
    if when is None or when.earliest is None or when.latest is None:
        return False
    first, last = _bound_days(text)
    return first <= dt.date.fromisoformat(when.earliest) and dt.date.fromisoformat(when.latest) <= last


class _Aligned:
    """Hold a record beside its gold, with each predicted actor tied to the coded one that it covers most."""

    def __init__(self, record: Record, gold: Gold) -> None:
        self.record = record
        self.gold = gold
        names = {pathlib.PurePath(article.source).name: article for article in record.articles}
        self.articles = {name: names[name] for name in gold.articles}
        self.coded_mentions = 0
        self.pairs: list[tuple[str, object]] = []  # (predicted actor, coded actor across articles) per coded mention
        self.tied = {name: self._tie_actors(name) for name in self.articles}

    def _tie_actors(self, name: str) -> Mapping[str, str]:
        """Give for each predicted actor the coded one with most mentions under its own, or of its name."""
        article = self.articles[name]
        mine = [item for item in self.record.mentions if item.passage.article == article.id]
        places = [(item, set(range(item.passage.start, item.passage.end))) for item in mine]
        across = {
            (ref["article"], ref["id"]): number
            for number, group in enumerate(self.gold.cross.get("same_actor", []))
            for ref in group["ids"]
        }
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for actor in self.gold.articles[name]["actors"]:
            named = actor["kind"] != "group"
            for start, end in actor["mentions"]:
                self.coded_mentions += named
                wanted = set(range(start, end))
                best = max(places, key=lambda pair: _jaccard(wanted, pair[1]), default=None)
                if best is None or _jaccard(wanted, best[1]) < 0.3:
                    continue
                votes[best[0].actor][actor["id"]] += 1
                if named:
                    self.pairs.append((best[0].actor, across.get((name, actor["id"]), (name, actor["id"]))))
            for predicted in self.record.find_actors(actor["name"]):
                votes[predicted.id][actor["id"]] += 1
        return {predicted: counts.most_common(1)[0][0] for predicted, counts in votes.items()}

    def score_said(self) -> dict[str, float]:
        """Score attributions: content, source, and the fields of those that match."""
        scores: dict[str, float] = {}
        for label, every in (("", False), ("(all)", True)):
            found = [self._match_said(name, every=every) for name in self.articles]
            hits = [pair for pairs, _, _ in found for pair in pairs]
            predicted, coded = sum(count for _, count, _ in found), sum(count for _, _, count in found)
            right = sum(right for _, _, right in hits)
            scores["said" + label] = Share(len(hits), predicted, coded).f1
            scores["said+who" + label] = Share(right, predicted, coded).f1
        same = sum(item.directness == row["kind"] for item, row, _ in hits)
        venues = [(item, row) for item, row, _ in hits if row["venue"]]
        kept = sum(
            bool(_cover([item.venue], item.content[0].article) & _spread([row["venue"]])) for item, row in venues
        )
        nested = sum(item.inside is not None for item, row, _ in hits if row["in"] is not None)
        rows = [row for name in self.articles for row in self.gold.articles[name]["attributions"]]
        return scores | {
            "directness": _percent(same, len(hits)),
            "venue": _percent(kept, sum(bool(row["venue"]) for row in rows)),
            "inside": _percent(nested, sum(row["in"] is not None for row in rows)),
        }

    def _match_said(self, name: str, *, every: bool) -> tuple[list[tuple[Attribution, Any, bool]], int, int]:
        """Pair predicted and coded attributions of one article, those with the right source first."""
        article = self.articles[name].id
        mine = [item for item in self.record.attributions if item.content[0].article == article]
        mine = [item for item in mine if every or item.inside is None]
        rows = [row for row in self.gold.articles[name]["attributions"] if every or row["in"] is None]
        candidates = [
            (self._is_source(name, item, row), share, number, index)
            for number, item in enumerate(mine)
            for index, row in enumerate(rows)
            if (share := _jaccard(_cover(item.content, article), _spread(row["content"]))) >= 0.5
        ]
        used_mine, used_rows, pairs = set(), set(), []
        for right, _, number, index in sorted(candidates, reverse=True):
            if number not in used_mine and index not in used_rows:
                used_mine.add(number)
                used_rows.add(index)
                pairs.append((mine[number], rows[index], right))
        return pairs, len(mine), len(rows)

    def _is_source(self, name: str, item: Attribution, row: Mapping[str, Any]) -> bool:
        actor = item.source.actor if item.source else None
        if row["source"] is None or actor is None:
            return row["source"] is None and actor is None
        return self.tied[name].get(actor) == str(row["source"])

    def score_did(self) -> dict[str, float]:
        """Score events: type and place, then actors and recipients, and the status of those that match."""
        hits = whole = same = predicted = coded = 0
        for name, article in self.articles.items():
            mine = [event for event in self.record.events if event.passage.article == article.id]
            rows = self.gold.articles[name]["events"]
            predicted, coded = predicted + len(mine), coded + len(rows)
            used: set[str] = set()
            for row in rows:
                places = [_spread([span]) for span in (row["anchor"], *(row["also"] or ()))]
                fits = [
                    (self._has_roles(name, event, row), -number, event)
                    for number, event in enumerate(mine)
                    if event.id not in used
                    and event.type == row["type"]
                    and any(place & _cover([event.passage], article.id) for place in places)
                ]
                if fits:
                    right, _, event = max(fits, key=lambda fit: fit[:2])
                    used.add(event.id)
                    hits, whole = hits + 1, whole + right
                    same += event.status == STATUS.get(row["status"], row["status"])
        shares = {"did": Share(hits, predicted, coded).f1, "did+who": Share(whole, predicted, coded).f1}
        return shares | {"status": _percent(same, hits)}

    def _has_roles(self, name: str, event: Event, row: Mapping[str, Any]) -> bool:
        """Tell whether every coded actor and recipient is there; where an event is mutual, on either side."""
        actors = {self.tied[name].get(actor) for actor in event.actors}
        recipients = {self.tied[name].get(actor) for actor in event.recipients}
        wanted_actors, wanted_recipients = set(row["source"]), set(row["target"])
        if row["type"] in RECIPROCAL and wanted_actors | wanted_recipients <= actors | recipients:
            return True
        return wanted_actors <= actors and wanted_recipients <= recipients

    def score_stands(self) -> dict[str, float]:
        """Score positions on the issues that the gold uses anywhere."""
        issues = {row["issue"] for coded in self.gold.articles.values() for row in coded["positions"]}
        hits = predicted = coded = 0
        for name, article in self.articles.items():
            rows = {(row["actor"], row["issue"], row["stance"]) for row in self.gold.articles[name]["positions"]}
            mine = {
                (self.tied[name].get(item.holder, item.holder), item.issue, item.stance)
                for item in self.record.positions
                if item.passage.article == article.id and item.issue in issues
            }
            hits, predicted, coded = hits + len(rows & mine), predicted + len(mine), coded + len(rows)
        return {"stands": Share(hits, predicted, coded).f1}

    def score_actors(self) -> dict[str, float]:
        """Score which mentions are one actor, and how many coded mentions the record has."""
        forward: dict[object, Counter[object]] = defaultdict(Counter)
        backward: dict[object, Counter[object]] = defaultdict(Counter)
        for predicted, coded in self.pairs:
            forward[predicted][coded] += 1
            backward[coded][predicted] += 1

        def agree(groups: Mapping[object, Counter[object]]) -> float:
            return sum(sum(n * n for n in group.values()) / group.total() for group in groups.values()) / len(
                self.pairs
            )

        if not self.pairs:
            return {"actors": 0.0, "named": 0.0}
        precision, recall = agree(forward), agree(backward)
        f1 = 200 * precision * recall / (precision + recall)
        return {"actors": round(f1, 1), "named": _percent(len(self.pairs), self.coded_mentions)}

    def score_facts(self) -> dict[str, float]:
        """Score dated facts that a happening or event tells with the coded date, and articles dated closely enough."""
        hits = total = dated = 0
        for name, article in self.articles.items():
            coded = self.gold.articles[name]
            told = [(_cover(item.passages, article.id), item.when) for item in self.record.happenings]
            told += [(_cover([event.passage], article.id), event.when) for event in self.record.events]
            for fact in coded["facts"]:
                if fact.get("date") is not None:
                    total += 1
                    place = _spread([fact["anchor"]])
                    hits += any(place & cover and _is_dated(when, fact["date"]) for cover, when in told)
            dated += _holds_days((article.earliest, article.latest), coded["dated"])
        return {"facts": _percent(hits, total), "dated": _percent(dated, len(self.articles))}

    def score_across(self) -> dict[str, float]:
        """Score the coded conflicts and shifts that the record lists."""
        reach = {
            item.id: tuple(find_passages(item))
            for kind in (self.record.attributions, self.record.events, self.record.positions)
            for item in kind
        }
        sides = [(item.left, item.right) for item in self.record.conflicts]
        sides += [(item.before, item.after) for item in self.record.shifts]

        def touches(key: str, end: Mapping[str, Any]) -> bool:
            return bool(_cover(reach[key], self.articles[end["article"]].id) & _spread([end["snippet"]]))

        def is_listed(row: Mapping[str, Any]) -> bool:
            a, b = row["a"], row["b"]
            return any(
                (touches(left, a) and touches(right, b)) or (touches(left, b) and touches(right, a))
                for left, right in sides
            )

        conflicts, changes = self.gold.cross["conflicts"], self.gold.cross["position_changes"]
        return {
            "conflicts": _percent(sum(map(is_listed, conflicts)), len(conflicts)),
            "shifts": _percent(sum(map(self._is_found, changes)), len(changes)),
        }

    def _is_found(self, change: Mapping[str, Any]) -> bool:
        """Tell whether a coded change of stance is among the shifts."""
        positions = {item.id: item for item in self.record.positions}
        ends = change["from"], change["to"]
        for shift in self.record.shifts:
            sides = positions[shift.before], positions[shift.after]
            if self.tied[ends[0]["article"]].get(shift.holder) == change["actor"] and all(
                side.issue == change["issue"]
                and side.stance == end["stance"]
                and side.passage.article == self.articles[end["article"]].id
                for side, end in zip(sides, ends, strict=True)
            ):
                return True
        return False


def _holds_days(mine: tuple[str | None, str | None], coded: Mapping[str, Any]) -> bool:
    """Tell whether an article's interval holds all of the coded one and is at most SLACK days wider."""
    first = _bound_days(coded["earliest"])[0] if coded.get("earliest") else dt.date.min
    last = _bound_days(coded["latest"])[1] if coded.get("latest") else dt.date.max
    low = dt.date.fromisoformat(mine[0]) if mine[0] else dt.date.min
    high = dt.date.fromisoformat(mine[1]) if mine[1] else dt.date.max
    return low <= first and last <= high and (first - low).days + (high - last).days <= SLACK
