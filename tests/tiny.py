"""A network that is small enough to train in a test."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="training needs standoff[train]")

from standoff.train.encoders import Bert  # noqa: E402
from standoff.train.fit import Settings  # noqa: E402
from standoff.train.network import Network  # noqa: E402


def build_tiny(width: int = 32) -> Network:
    """Build a network of one layer on the letters."""
    torch.manual_seed(5)
    return Network(Bert(words=80, places=80, width=width, layers=1))


def make_settings(passes: float) -> Settings:
    return Settings(passes=passes, batch_pieces=80, window=64, rate=3e-3, head_rate=3e-3, cool_share=1e-9)
