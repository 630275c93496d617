"""Event types for marked sentences: reading the file, scoring it, writing what was predicted."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING

import pytest

from standoff.annotate.events import code_relation
from standoff.errors import SourceError
from standoff.evaluate.relations import evaluate_relations, name_quad, read_relations, score_macro, unmark
from standoff.models.reader.relations import CueWorth, ReadRelation

if TYPE_CHECKING:
    from spacy.language import Language

HEAD = "uid\tmarked_sentence\tsource\ttarget\tgold_root\tgold_penta\n"
ROWS = [
    ("1", "<s>Chad</s> accused <t>Libya</t> of theft.", "ACCUSE", "3"),
    ("2", "<s>Chad</s> will release <t>Libya</t>'s sailors.", "AGREE", "1"),
    ("3", "<t>Libya</t> was attacked by <s>Chad</s> on Sunday.", "ASSAULT", "4"),
    ("4", "<s>Chad</s> has withdrawn its troops from <t>Libya</t>.", "YIELD", "2"),
    ("5", "<s>Chad</s> imposed sanctions on <t>Libya</t>.", "COERCE", "4"),
    ("6", "<s>Chad</s> suspended aid to <t>Libya</t>.", "SANCTION", "4"),
    ("8", "<s>Chad</s> closed its border with <t>Libya</t>.", "COERCE", "4"),
    ("9", "<s>A court in Chad</s> convicted <t>two sailors</t> and sent them to prison.", "COERCE", "4"),
    ("10", "<s>The guild</s> will stage a march outside <t>the embassy</t>.", "THREATEN", "3"),
    ("11", "On Oct. 3, <s>Chad's premier</s> called <t>Libya's leader</t> to discuss the raid.", "CONSULT", "1"),
    ("7", "The minister from <s>Chad</s> refused to meet <t>Libya</t>.", "REJECT", "3"),
]
PLV = pathlib.Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "plover" / "PLV_train.tsv"


def _write(folder: pathlib.Path, rows: list[tuple[str, str, str, str]]) -> pathlib.Path:
    path = folder / "relations.tsv"
    lines = [f"{uid}\t{text}\tsource\ttarget\t{root}\t{penta}\n" for uid, text, root, penta in rows]
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def test_clear_sentences_get_their_type(tmp_path: pathlib.Path) -> None:
    scores = evaluate_relations(_write(tmp_path, ROWS))
    assert scores["root_macro_f1"] == 100.0
    assert scores["penta_accuracy"] == 100.0


def test_predictions_are_a_table_of_uid_root_and_penta(tmp_path: pathlib.Path) -> None:
    out = tmp_path / "predicted.tsv"
    evaluate_relations(_write(tmp_path, ROWS[:2]), predictions=out)
    assert out.read_text(encoding="utf-8") == "uid\troot\tpenta\n1\tACCUSE\t3\n2\tAGREE\t1\n"


def test_a_side_may_be_unnamed(tmp_path: pathlib.Path) -> None:
    path = _write(tmp_path, [("1", "<s>The teachers</s> went on strike for better pay.", "PROTEST", "4")])
    assert evaluate_relations(path)["root_accuracy"] == 100.0


def test_source_and_target_choose_among_triggers(nlp: Language) -> None:
    doc = nlp("Mali attacked Niger, and Chad praised Libya.")
    attack = code_relation(doc, doc[0:1], doc[2:3])
    praise = code_relation(doc, doc[5:6], doc[7:8])
    assert (attack.type, praise.type) == ("ASSAULT", "SUPPORT")


class Sure:
    """A reader that takes every sentence for a release."""

    cues = CueWorth(1.0, 4.0)

    def read(self, text: str, source: object, target: object) -> ReadRelation:
        return ReadRelation({"RETREAT": 0.95, "REJECT": 0.05}, {"RETREAT": "release", "REJECT": None})


@pytest.mark.parametrize("text", ["Mali will not free Chad's pilots.", "Mali has refused to free Chad's pilots."])
def test_what_will_not_be_done_counts_for_the_refusal(nlp: Language, text: str) -> None:
    doc = nlp(text)
    chad = next(token.i for token in doc if token.text == "Chad")
    assert code_relation(doc, doc[0:1], doc[chad : chad + 1], reader=Sure()).type == "REJECT"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("1", "No marks at all.", "ACCUSE", "3")], "line 2"),
        ([("1", "<s>Chad</s> met <t>Mali</t>.", "", "1")], "gold_root is missing"),
        ([], "no rows"),
    ],
)
def test_a_broken_file_is_named_with_its_line(
    tmp_path: pathlib.Path, rows: list[tuple[str, str, str, str]], said: str
) -> None:
    with pytest.raises(SourceError, match=said):
        read_relations(_write(tmp_path, rows))


def test_a_missing_file_is_said_in_one_sentence(tmp_path: pathlib.Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_relations(tmp_path / "nowhere.tsv")


def test_marks_go_and_their_places_stay() -> None:
    marked = unmark("In May <t>Mali </t>thanked <s>Chad</s> and <s>Togo</s>.")
    assert marked.text == "In May Mali thanked Chad and Togo."
    assert marked.source is not None
    assert marked.target is not None
    assert marked.text[slice(*marked.source)] == "Chad"
    assert marked.text[slice(*marked.target)] == "Mali"


def test_quads_follow_plv() -> None:
    assert [name_quad(root) for root in ("AGREE", "YIELD", "REQUEST", "SANCTION")] == ["1", "2", "3", "4"]


def test_macro_f1_is_the_mean_over_gold_labels() -> None:
    assert score_macro(["A", "A", "B"], ["A", "B", "B"]) == pytest.approx(66.7)


@pytest.mark.skipif(not PLV.exists(), reason="the PLV training sentences are not beside this checkout")
def test_plv_training_sentences_stay_above_the_floor() -> None:
    scores = evaluate_relations(PLV)
    assert scores["root_macro_f1"] >= 70.0
    assert scores["penta_macro_f1"] >= 79.0
