"""A network that is small enough to train in a test."""

from __future__ import annotations

import torch

from standoff.train.encoders import Bert
from standoff.train.fit import Settings
from standoff.train.network import Network


def build_tiny(width: int = 32) -> Network:
    """Build a network of one layer on the letters."""
    torch.manual_seed(5)
    return Network(Bert(words=80, places=80, width=width, layers=1))


def make_settings(passes: float) -> Settings:
    return Settings(passes=passes, batch_pieces=80, window=64, rate=3e-3, head_rate=3e-3, cool_share=1e-9)
