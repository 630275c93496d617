"""A text and a sentence that are small enough to train on in a test, and their tokenizer of letters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

if TYPE_CHECKING:
    from standoff.train.event_examples import Lesson
    from standoff.train.examples import Text
    from standoff.train.position_examples import PositionLessons

TEXT = "ada said the ferry is safe.\nthe crew agreed: no trip today."


@pytest.fixture
def tokenizer() -> Tokenizer:
    letters = "abcdefghijklmnopqrstuvwxyz.:"
    pieces = ["[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    made = Tokenizer(models.WordPiece({piece: number for number, piece in enumerate(pieces)}, unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer(lowercase=True)
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return made


@pytest.fixture
def texts(tokenizer: Tokenizer) -> list[Text]:
    from standoff.train.examples import cut_text

    def locate(words: str) -> list[list[int]]:
        return [[TEXT.index(words), TEXT.index(words) + len(words)]]

    attributions = [
        {"source": locate("ada"), "cue": locate("said"), "content": locate("the ferry is safe")},
        {"source": locate("the crew"), "cue": locate("agreed"), "content": locate("no trip today")},
    ]
    return [cut_text({"text": TEXT, "attributions": attributions}, [(0, 3, "PERSON")], tokenizer)] * 4


@pytest.fixture
def lessons(tokenizer: Tokenizer, tmp_path: Path) -> list[Lesson]:
    from standoff.evaluate.marked import read_marked
    from standoff.train.event_examples import make_lesson

    path = tmp_path / "sentence.toml"
    path.write_text(
        '[[sentence]]\ntext = "<a1>mali</a1> <e1>hit</e1> <r1>chad</r1>."\nevents = ["ASSAULT - actual"]\n',
        encoding="utf-8",
    )
    return [make_lesson(sentence, tokenizer) for sentence in read_marked(path)] * 2


@pytest.fixture
def positions(tokenizer: Tokenizer, tmp_path: Path) -> PositionLessons:
    from standoff.train.position_examples import SHIPPED, read_position_lessons

    folder = tmp_path / "positions"
    folder.mkdir()
    (folder / "ferry.toml").write_text(
        '[issues.fare]\ndefinition = "the fare of the ferry"\n'
        '[[sentence]]\ntext = "<h1>ada</h1> hates the <p1>fare</p1>."\npositions = ["fare against"]\n'
        '[[sentence]]\ntext = "<h1>omar</h1> will pay the <p1>fare</p1> <c1>if ada does</c1>."\n'
        'positions = ["fare conditional"]\n',
        encoding="utf-8",
    )
    lessons = read_position_lessons(folder, tokenizer)
    return lessons._replace(issues={issue: ways for issue, ways in lessons.issues.items() if issue[0] != SHIPPED})
