"""What a larger network makes of words is written down, and a small one that hears it comes to think alike."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

torch = pytest.importorskip("torch", reason="training needs standoff[train]")

from tiny import build_tiny, make_settings  # noqa: E402

from standoff.models.reader.distances import place_words  # noqa: E402
from standoff.models.reader.pieces import SOURCE, TARGET  # noqa: E402
from standoff.train import fit  # noqa: E402
from standoff.train.batches import join_examples  # noqa: E402
from standoff.train.event_examples import Lesson, join_events  # noqa: E402
from standoff.train.event_heads import place_from  # noqa: E402
from standoff.train.examples import Text, cut_examples  # noqa: E402
from standoff.train.fit import fit_network  # noqa: E402
from standoff.train.hearing import Hearing  # noqa: E402
from standoff.train.listening import hear_lessons, hear_texts, make_news  # noqa: E402
from standoff.train.network import Network  # noqa: E402
from standoff.train.position_examples import PositionLessons  # noqa: E402
from standoff.train.stages import tell  # noqa: E402


def hear_itself(network: Network) -> Hearing:
    """Give the hearing of a network that is its own teacher."""
    width = network.encoder.width
    hearing = Hearing(width, network.attributions, network.events)
    for raised in (hearing.raised, hearing.event_raised):
        torch.nn.init.eye_(raised.weight)
        torch.nn.init.zeros_(raised.bias)
    return hearing


def test_a_network_that_hears_itself_has_nothing_to_learn(
    tokenizer: Tokenizer, texts: list[Text], lessons: list[Lesson]
) -> None:
    network = build_tiny()
    hearing = hear_itself(network)
    chance = np.random.default_rng(1)
    (heard, *_) = hear_texts(network, texts, tokenizer, window=64)
    batch = join_examples(list(cut_examples(heard, tokenizer, size=64)), mask=3, hidden=0.0, missed=0.0, chance=chance)
    assert network.measure(batch, hearing).heard.item() == pytest.approx(0.0, abs=1e-3)
    told = [example for lesson in hear_lessons(network, lessons) for example in lesson.list_examples()]
    events = join_events(told, mask=3, hidden=0.0, chance=chance)
    vectors = events.heard.vectors + 1.0
    alike = network.measure_events(events, hearing).heard
    other = network.measure_events(events._replace(heard=events.heard._replace(vectors=vectors)), hearing).heard
    assert alike < other


def test_what_nobody_told_of_is_not_learned(lessons: list[Lesson]) -> None:
    network = build_tiny()
    (told, *_), (silent, *_) = hear_lessons(network, lessons), lessons
    batch = join_events([told.plain, silent.plain], mask=3, hidden=0.0, chance=np.random.default_rng(1))
    assert batch.heard.told.any(1).tolist() == [True, False]
    assert join_events([silent.plain], mask=3, hidden=0.0, chance=np.random.default_rng(1)).heard is None


def test_a_small_network_comes_to_think_as_a_larger_one(
    tokenizer: Tokenizer,
    texts: list[Text],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fit, "EVERY", 1)
    large, small = build_tiny(64), build_tiny(32)
    fit_network(large, texts, tokenizer, make_settings(20.0), tmp_path / "large.pt")
    hearing = Hearing(32, large.attributions, large.events)
    hearing.start(small.attributions, small.events)
    assert torch.equal(small.attributions.field.follows, large.attributions.field.follows)
    heard = list(hear_texts(large, texts, tokenizer, window=64))
    capsys.readouterr()
    fit_network(small, heard, tokenizer, make_settings(30.0), tmp_path / "small.pt", hearing=hearing)
    costs = [float(cost) for cost in re.findall(r"a\.heard (\S+)", capsys.readouterr().out)]
    assert costs[-1] < costs[0] / 2


def test_the_sides_of_an_event_that_is_seen_are_marked(
    tokenizer: Tokenizer, lessons: list[Lesson], tmp_path: Path
) -> None:
    network = build_tiny()
    fit_network(network, lessons, tokenizer, make_settings(80.0), tmp_path / "checkpoint.pt")
    (lesson,) = make_news(network, ["mali hit chad.\n\n"], tokenizer)
    assert lesson.plain.heard.shape == (len(lesson.plain.words), 32)
    (pair,) = lesson.pairs
    assert set(pair.sides[1:5]) == {SOURCE}
    assert set(pair.sides[8:12]) == {TARGET}
    assert (pair.types < 0).all()
    assert not pair.pair.any()


def test_what_was_told_is_kept_for_the_next_run(
    tokenizer: Tokenizer, texts: list[Text], lessons: list[Lesson], positions: PositionLessons, tmp_path: Path
) -> None:
    teacher = build_tiny().eval().requires_grad_(False)
    path, news = tmp_path / "told.pt", ["mali hit chad."]
    told = tell(teacher, texts, lessons, positions, news, tokenizer, make_settings(1.0), path)
    assert all(text.heard is not None for text in told.texts)
    assert (len(told.lessons), len(told.news)) == (len(lessons), len(news))
    assert len(told.positions.silver) == len(lessons) + len(news)
    again = tell(None, texts, lessons, positions, news, tokenizer, make_settings(1.0), path)
    assert np.array_equal(again.texts[0].heard, told.texts[0].heard)


def test_distances_from_several_words_are_those_from_each() -> None:
    assert place_from(torch.tensor([2, 90]), 99).tolist() == [
        place_words(99, 2, 3).tolist(),
        place_words(99, 90, 91).tolist(),
    ]
