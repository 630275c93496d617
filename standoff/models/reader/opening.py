"""Open what a model folder holds: networks for onnxruntime, and the tokenizer that they share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tokenizers import Tokenizer

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def open_network(path: Path, threads: int) -> tuple[InferenceSession, dict[str, Any]]:
    """Give a network that runs on so many threads, and what was learned beside it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # windows are of all lengths: to plan for each costs more than it saves
    session = onnxruntime.InferenceSession(
        path,
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # what it fuses takes several times as long as its parts
    )
    return session, json.loads(session.get_modelmeta().custom_metadata_map["decoder"])


def open_tokenizer(folder: Path) -> Tokenizer:
    """Give the tokenizer of a folder, which is to cut off and fill up nothing."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
