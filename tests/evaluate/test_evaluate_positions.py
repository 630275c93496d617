"""Scoring on reports whose positions are coded: what counts as found, what is left open, issues of a file's own."""

from __future__ import annotations

import hashlib
import pathlib
import tomllib
from collections import Counter

import pytest

from standoff.codebooks import load_codebook
from standoff.errors import ConfigError
from standoff.evaluate.positions import (
    STANCES,
    count_confusions,
    evaluate_positions,
    list_misses,
    pair_positions,
    score_positions,
)
from standoff.evaluate.positions.coded import Report, read_report_files
from standoff.evaluate.positions.paired import PairedReport, pair_report
from standoff.records import Actor, Article, Mention, Position, Record, When, cut_passage

HERE = pathlib.Path(__file__).resolve().parents[1] / "cases"
GOLD = sorted((HERE / "positions").glob("*.toml"))
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["positions"]

PIT = """
[issues.pit-closure]
definition = "Closing coal mines."
cues = ["pit closure"]
examples = ["Ada Ito \\"rejected\\" the pit closures."]
stances = ["against"]
valued = false

[[report]]
id = "pit"
dispute = "coal strike"
half = "tune"
text = \"\"\"
Union president Gareth Pryce rejected the pit closures on Monday. There would be no talks with Helen Marsh until the \\
pickets were paid, the union added. Marsh said nothing.\"\"\"
positions = [
  {holder = "Gareth Pryce", issue = "pit-closure", stance = "against", words = "rejected the pit closures", \
when = "on Monday"},
  {holder = "the union", issue = "negotiation", stance = "conditional", words = "no talks", toward = "Helen Marsh", \
condition = "until the pickets were paid"},
  {holder = "Gareth Pryce", issue = "negotiation", stance = "conditional", words = "no talks", \
condition = "until the pickets were paid", perhaps = true},
]
"""


def write(folder: pathlib.Path, text: str = PIT) -> pathlib.Path:
    path = folder / "positions.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read_one(folder: pathlib.Path, text: str = PIT) -> Report:
    (file,) = read_report_files([write(folder, text)])
    return file.reports[0]


class Found:
    """Make records of one report as a reader might find them, each passage by its words; an actor is a mention."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.article = Article(id="x", source="x", text=report.text)
        self.mentions: dict[str, Mention] = {}
        self.positions: list[Position] = []

    def name(self, words: str) -> str:
        start = self.article.text.index(words)
        passage = cut_passage(self.article, start, start + len(words))
        self.mentions[words] = Mention(id=words, passage=passage, actor=words)
        return words

    def add(self, holder: str, issue: str, stance: str, words: str, **more: object) -> Found:
        start = self.article.text.index(words)
        passage = cut_passage(self.article, start, start + len(words))
        position = Position(
            id=str(len(self.positions)),
            holder=self.name(holder),
            issue=issue,
            stance=stance,  # type: ignore[arg-type]
            passage=passage,
            score=1.0,
            why="",
            made_by="test",
            **more,  # type: ignore[arg-type]
        )
        self.positions.append(position)
        return self

    def pair(self, *issues: str) -> PairedReport:
        actors = tuple(Actor(id=name, name=f"the {name}", kind="group") for name in self.mentions)
        record = Record(actors=actors, mentions=tuple(self.mentions.values()), positions=tuple(self.positions))
        return pair_report(self.report, record, frozenset(issues or ("pit-closure", "negotiation")))

    def cut(self, words: str) -> object:
        start = self.article.text.index(words)
        return cut_passage(self.article, start, start + len(words))


def find_all(report: Report) -> Found:
    found = Found(report)
    when = When(earliest=None, latest=None, passage=found.cut("Monday"))  # type: ignore[arg-type]
    found.add("Union president Gareth Pryce", "pit-closure", "against", "rejected", when=when)
    return found.add(
        "union",
        "negotiation",
        "conditional",
        "talks",
        condition=found.cut("the pickets were paid"),
        toward=found.name("Helen Marsh"),
    )


def test_everything_right_scores_a_hundred(tmp_path: pathlib.Path) -> None:
    scores = score_positions([find_all(read_one(tmp_path)).pair()])
    assert {figure.percent for figure in scores["all"].values()} == {100.0}
    assert scores["all"]["stands F1"].over == 2, "what readers would differ over is not counted"
    assert scores["issue: negotiation"]["condition"] == (100.0, 1)
    assert scores["stance: against"]["when"] == (100.0, 1)
    assert "issue F1" not in scores["stance: against"]
    assert scores["dispute: coal strike"]["stands P"] == (100.0, 2)


def test_each_thing_that_is_wrong_costs_its_own_score(tmp_path: pathlib.Path) -> None:
    found = Found(read_one(tmp_path)).add("Gareth Pryce", "pit-closure", "for", "pit closures")
    found.add("Helen Marsh", "negotiation", "conditional", "talks").add(
        "Marsh said", "negotiation", "neutral", "nothing"
    )
    paired = found.pair()
    scores = score_positions([paired])["all"]
    assert (scores["stands P"], scores["stands R"]) == ((0.0, 3), (0.0, 2))
    assert scores["issue F1"] == (40.0, 2)
    assert scores["stance"] == (0.0, 1)
    assert scores["holder"] == (0.0, 1), "right words, issue and stance, but of another"
    assert count_confusions([paired]) == {
        ("against", "for"): 1,
        ("conditional", "none"): 1,
        ("none", "conditional"): 1,
        ("none", "neutral"): 1,
    }
    assert list_misses([paired]) == [
        "pit: not found: Gareth Pryce against pit-closure (for instead) [rejected the pit closures]",
        "pit: not found: the union conditional negotiation (another holder) [no talks]",
        "pit: too many: the Gareth Pryce for pit-closure [pit closures]",
        "pit: too many: the Helen Marsh conditional negotiation [talks]",
        "pit: too many: the Marsh said neutral negotiation [nothing]",
    ]


def test_fields_of_what_is_found_are_asked_by_themselves(tmp_path: pathlib.Path) -> None:
    found = Found(read_one(tmp_path)).add("Gareth Pryce", "pit-closure", "against", "nothing")
    found.add("union", "negotiation", "conditional", "talks", condition=found.cut("paid"))
    paired = found.pair()
    scores = score_positions([paired])["all"]
    assert scores["stands F1"].percent == scores["holder"].percent == 100.0
    assert scores["words"] == (50.0, 2)
    for name in ("toward", "condition", "when"):
        assert scores[name] == (0.0, 1), name
    assert list_misses([paired])[0].startswith("pit: Gareth Pryce against pit-closure has wrong words, when [")


def test_what_is_left_open_and_issues_not_used_count_neither_way(tmp_path: pathlib.Path) -> None:
    found = find_all(read_one(tmp_path)).add("Union president Gareth Pryce", "negotiation", "conditional", "talks")
    found.add("Union president Gareth Pryce", "aid", "for", "paid")
    assert score_positions([found.pair()])["all"]["stands P"] == (100.0, 2)


def test_names_of_one_party_count_as_one(tmp_path: pathlib.Path) -> None:
    same = 'same = [["Union president", "the union"]]\ndispute = "coal strike"'
    found = Found(read_one(tmp_path, PIT.replace('dispute = "coal strike"', same)))
    found.add("Union president", "negotiation", "conditional", "talks")
    assert score_positions([found.pair()])["all"]["stands R"] == (50.0, 2)


def test_the_first_words_of_a_description_stand_for_it(tmp_path: pathlib.Path) -> None:
    text = PIT.replace("the union added", "the union of colliers in Leeds and York added")
    report = read_one(tmp_path, text.replace('"the union"', '"the union of colliers in Leeds and York"'))
    found = Found(report).add("union", "negotiation", "conditional", "talks")
    assert score_positions([found.pair()])["all"]["stands R"] == (50.0, 2)


def test_reads_each_report_through_the_pipeline_with_the_issues_of_its_file(tmp_path: pathlib.Path) -> None:
    scores = evaluate_positions([write(tmp_path)])
    assert scores["issue: pit-closure"]["stands F1"] == (100.0, 1)
    assert evaluate_positions([write(tmp_path)], half="held")["all"]["stands F1"].over == 0


def test_an_issue_of_the_file_comes_before_a_shipped_one_of_the_same_words(tmp_path: pathlib.Path) -> None:
    text = PIT.replace('cues = ["pit closure"]', 'cues = ["talks/NOUN"]').replace(
        "rejected the pit closures", "rejected talks"
    )
    scores = evaluate_positions([write(tmp_path, text)])
    assert scores["issue: pit-closure"]["stands F1"] == (100.0, 1)


def test_held_reports_are_never_listed(tmp_path: pathlib.Path) -> None:
    report = read_one(tmp_path, PIT.replace('"tune"', '"held"'))
    paired = Found(report).add("Helen Marsh", "negotiation", "for", "talks").pair()
    assert list_misses([paired]) == []
    assert count_confusions([paired])["none", "for"] == 1, "figures may be had of both halves"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('half = "tune"', 'half = "both"', "report pit: half is “both”; give tune or held"),
        ('dispute = "coal strike"', "", "report pit: dispute is missing or not text"),
        ('dispute = "coal strike"', 'colour = "red"', "report pit: colour is not known"),
        ('definition = "Closing coal mines."', "", "issues.pit-closure: definition is missing"),
        ("[issues.pit-closure]", "[issues.aid]", "issues.aid: the name is that of a shipped issue"),
        ('"the union", issue = "negotiation"', '"the union", issue = "talks"', "position 2: issue is “talks”"),
        ('stance = "against"', 'stance = "hostile"', "position 1: stance is “hostile”"),
        ('stance = "against"', 'stance = "conditional"', "position 1: condition does not go with the stance"),
        ('holder = "the union"', 'holder = "the guild"', "a party is “the guild”, which the text does not hold"),
        ('dispute = "coal', 'same = ["union"]\ndispute = "coal', "same is not a list of lists of names"),
        ('words = "no talks"', 'words = "no deal"', "position 2: words: the article does not hold “no deal”"),
        ('words = "no talks"', 'words = ""', "position 2: words is missing"),
        ("perhaps = true", "maybe = true", "position 3: maybe is not known"),
        ('"Gareth Pryce", issue = "negotiation"', '"the union", issue = "negotiation"', "stands twice"),
    ],
)
def test_says_what_is_wrong_with_a_report(tmp_path: pathlib.Path, old: str, new: str, says: str) -> None:
    path = write(tmp_path, PIT.replace(old, new))
    with pytest.raises(ConfigError) as error:
        read_report_files([path])
    assert str(path) in str(error.value)
    assert says in str(error.value)
    with pytest.raises(ConfigError, match="“both” is not a half"):
        read_report_files([path], half="both")


def test_the_gold_has_many_disputes_every_shipped_issue_and_about_half_held() -> None:
    files = read_report_files(GOLD)
    reports = [report for file in files for report in file.reports]
    rows = [row for report in reports for row in report.rows if not row.perhaps]
    assert len(reports) >= 60
    assert len({report.dispute for report in reports}) >= 25
    assert len(rows) >= 600
    assert {row.issue for row in rows} >= set(load_codebook("issues").codes)
    assert sum(len(file.own) >= 6 for file in files) >= 5
    assert {row.stance for row in rows} == set(STANCES)
    halves = Counter(report.half for report in reports)
    assert 0.4 <= halves["held"] / halves.total() <= 0.6
    ids = Counter(report.id for report in reports)
    assert max(ids.values()) == 1


def test_the_scores_on_positions_hold_their_floors() -> None:
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in GOLD)).hexdigest()
    assert digest == FLOORS["sha256"], "the reports have changed since their floors were measured: measure anew"
    paired = pair_positions(GOLD)
    for half in ("tune", "held"):
        scores = score_positions([item for item in paired if item.report.half == half])["all"]
        below = {key: scores[key].percent for key, floor in FLOORS[half].items() if scores[key].percent < floor}
        assert below == {}, f"{half}: under the floor"
