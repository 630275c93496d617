"""Learn from what a larger network makes of the same words (Hinton et al. 2015; Jiao et al. 2020, "TinyBERT").

What the larger network makes of each word is written down once (`standoff.train.listening`), and its heads say from it
what it thinks: how likely each tag, link, type and party is. The small network is to think alike, and what it makes of
a word is to be what the larger one makes of it, but for a linear map.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from standoff.models.reader.events import NONE
from standoff.train.attribution_heads import AttributionHeads, AttributionScores
from standoff.train.batches import UNKNOWN, Batch, HeardWords
from standoff.train.event_examples import EventBatch
from standoff.train.event_heads import SENTENCE, EventHeads, EventScores, score_pairs

# What parts of a loss count, be they heard or marked (`standoff.train.fit`): links, own tags and names beside tags,
# modes and parties beside types of events; and, heard only, likeness.
LINKS, OWN, NAMES = 0.3, 0.5, 0.3
MODES, PARTIES = 0.3, 0.2
ALIKE = 0.5
CARRIES = 0.3  # the least chance of an event at a word whose parties are learned


class Hearing(nn.Module):
    """The heads of a larger network, which stay as they are, and a map to what it makes of words.

    `parties` is what its parties of events count.
    """

    def __init__(
        self, width: int, attributions: AttributionHeads, events: EventHeads, *, parties: float = PARTIES
    ) -> None:
        super().__init__()
        self.parties = parties
        self.attributions = attributions.requires_grad_(False)
        self.events = events.requires_grad_(False)
        larger = attributions.tagger.in_features
        self.raised, self.event_raised = nn.Linear(width, larger), nn.Linear(width, larger)

    def start(self, attributions: AttributionHeads, events: EventHeads) -> None:
        """Give the heads of a small network whatever of the larger one's does not depend on its width."""
        for ours, theirs in ((attributions, self.attributions), (events, self.events)):
            own = ours.state_dict()
            same = {name: weight for name, weight in theirs.state_dict().items() if weight.shape == own[name].shape}
            ours.load_state_dict(own | same)

    def measure(self, hidden: Tensor, scores: AttributionScores, batch: Batch, heard: HeardWords) -> Tensor:
        """Give what it costs to think otherwise of a batch of texts; `hidden` is by word."""
        with torch.no_grad():
            theirs = self.attributions.score(heard.vectors, batch)
        rows, _ = batch.cue_known.nonzero(as_tuple=True)
        links = _differ(scores.contents, theirs.contents, batch.contents.chosen != UNKNOWN)
        links = links + _differ(scores.cues, theirs.cues, batch.cues.chosen != UNKNOWN)
        own = _differ(scores.own, theirs.own, heard.told[rows]) * len(rows) / len(heard.told)
        return (
            _differ(scores.tags, theirs.tags, heard.told)
            + LINKS * links
            + OWN * own
            + NAMES * _differ(scores.names, theirs.names, heard.told)
            + ALIKE * _part(self.raised(hidden), heard)
        )

    def measure_events(
        self, hidden: Tensor, scores: EventScores, heads: EventHeads, batch: EventBatch, heard: HeardWords
    ) -> Tensor:
        """Give what it costs to think otherwise of a batch of sentences, which `heads` have scored."""
        with torch.no_grad():
            theirs = self.events.read(heard.vectors)
            carried = (1.0 - torch.softmax(theirs.types, -1)[..., NONE]) * heard.told
            rows, words = (carried > CARRIES).nonzero(as_tuple=True)
            weights = carried[rows, words] / carried[rows, words].sum().clamp(min=1e-6)
            arcs = self.events.score_parties(theirs.parties, rows, words).sigmoid()
        own_arcs = heads.score_parties(scores.parties, rows, words)
        parties = functional.binary_cross_entropy_with_logits(own_arcs, arcs, reduction="none")
        parties = (parties * heard.told[rows][:, None]).sum((1, 2))
        modes, statuses = (
            functional.cross_entropy(own[rows, words], torch.softmax(other[rows, words], -1), reduction="none")
            for own, other in ((scores.modes, theirs.modes), (scores.statuses, theirs.statuses))
        )
        marked = batch.sides.any(1) & heard.told.any(1)
        ours, their = (score_pairs(types, batch.known) for types in (scores.types, theirs.types))
        return (
            SENTENCE * _differ(scores.types, theirs.types, heard.told)
            + ((MODES * (modes + statuses) + self.parties * parties) * weights).sum()
            + _differ(ours, their, marked)
            + ALIKE * _part(self.event_raised(hidden), heard)
        )


def _differ(ours: Tensor, theirs: Tensor, known: Tensor) -> Tensor:
    """Give by how much our chances differ from theirs (Kullback and Leibler), the mean over what is known."""
    said, meant = (functional.log_softmax(scores[known], -1) for scores in (ours, theirs))
    differing = functional.kl_div(said, meant, reduction="sum", log_target=True)
    return differing / known.sum().clamp(min=1)


def _part(ours: Tensor, heard: HeardWords) -> Tensor:
    """Give how far our vectors lie from theirs, the mean square by number."""
    return functional.mse_loss(ours[heard.told], heard.vectors[heard.told])
