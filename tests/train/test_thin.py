"""A thin network says nearly what the whole one says: at once by least squares, and more nearly once it has learned."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from tokenizers import Tokenizer

torch = pytest.importorskip("torch", reason="training needs standoff[train]")
pytest.importorskip("onnx", reason="training needs standoff[train]")

from tiny import build_tiny  # noqa: E402

from standoff.models.reader import TextReader  # noqa: E402
from standoff.train import thin  # noqa: E402
from standoff.train.event_examples import Lesson  # noqa: E402
from standoff.train.examples import Text  # noqa: E402
from standoff.train.export import export_network  # noqa: E402
from standoff.train.network import Network  # noqa: E402
from standoff.train.position_examples import PositionLessons  # noqa: E402
from standoff.train.thin import Read, Size, Stage  # noqa: E402
from tests.train.conftest import TEXT  # noqa: E402


@pytest.fixture
def reads(tokenizer: Tokenizer, texts: list[Text], lessons: list[Lesson], positions: PositionLessons) -> list[Read]:
    return list(islice(thin.draw_reads(texts, lessons, positions, tokenizer, seed=3), 12))


@pytest.fixture
def whole() -> Network:
    """Two heads and 256 inner units, of which all weights mean something."""
    network = build_tiny(width=64)
    for layer in (*network.encoder.layers, *network.branch.layers):
        for part in (layer.query, layer.key, layer.value, layer.joined, layer.widened, layer.narrowed):
            torch.nn.init.normal_(part.weight, std=0.2)
    return network.eval()


def miss(made: Network, right: Network, reads: list[Read]) -> float:
    """Give the mean squared difference between what two networks make of the same pieces."""
    with torch.no_grad():
        pairs = [
            (own, other)
            for batch in reads
            for own, other in zip(thin.read_all(made, batch).hidden, thin.read_all(right, batch).hidden, strict=True)
        ]
    return sum(((own - other) ** 2).mean().item() for own, other in pairs) / len(pairs)


def test_what_is_read_has_all_that_there_is_to_read(reads: list[Read]) -> None:
    assert any((batch.sides > 0).any() for batch in reads)  # a sentence whose parties are marked
    assert any(not batch.kinds.any() for batch in reads)  # the description of an issue
    assert all((batch.words <= batch.present).all() and batch.words.any() for batch in reads)


def test_a_network_of_the_same_size_is_the_same(whole: Network, reads: list[Read]) -> None:
    assert miss(thin.cut_network(whole, [Size(2, 256)] * 2, reads), whole, reads) < 1e-4


def test_least_squares_leave_out_what_is_missed_least(whole: Network, reads: list[Read]) -> None:
    cut = thin.cut_network(whole, [Size(1, 128)] * 2, reads)
    layer = cut.encoder.layers[0]
    assert (layer.query.out_features, layer.joined.in_features, layer.narrowed.in_features) == (32, 32, 128)
    halved = thin.cut_network(whole, [Size(1, 128)] * 2, reads)
    for mine, own in zip(halved.encoder.layers, whole.encoder.layers, strict=True):
        for part in ("joined", "narrowed"):
            width = getattr(mine, part).in_features
            getattr(mine, part).weight.data = getattr(own, part).weight.data[:, :width]
    assert miss(cut, whole, reads) < miss(halved, whole, reads)


def test_a_thin_network_learns_what_the_whole_one_says(
    whole: Network, reads: list[Read], tokenizer: Tokenizer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thin, "RATE", 3e-3)
    monkeypatch.setattr(thin, "WATCHED", len(reads))
    sizes = (Size(1, 64), Size(2, 128))
    stage = Stage(sizes, 40)
    learned = thin.thin_out(whole, lambda _: iter(reads * 4), [stage], tmp_path)
    assert miss(learned, whole, reads) < miss(thin.cut_network(whole, sizes, reads), whole, reads) * 0.9
    again = thin.thin_out(whole, lambda _: iter(reads * 4), [stage], tmp_path)  # kept, so that nothing is learned twice
    assert all(torch.equal(weight, again.state_dict()[name]) for name, weight in learned.state_dict().items())
    longer = thin.thin_out(whole, lambda _: iter(reads * 4), [stage, Stage(None, 40)], tmp_path)
    assert miss(longer, whole, reads) < miss(learned, whole, reads)
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    export_network(learned, tmp_path, tmp_path / "model", version="thin")
    assert TextReader(tmp_path / "model").read(TEXT)
