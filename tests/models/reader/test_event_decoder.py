"""What the network says of words becomes events: only notable types, the modes of these alone, and parties by arcs."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.models.reader.distances import WORD_BOUNDS
from standoff.models.reader.events import EventDecoder, EventWords, share_scores

TYPES = ("", "ACCUSE", "REJECT")
MODES = ("", "ACCUSE/allege", "REJECT/meet", "REJECT/yield")


@pytest.fixture
def decoder() -> EventDecoder:
    return EventDecoder(TYPES, MODES, np.zeros((2, len(WORD_BOUNDS) + 1), dtype=np.float32), np.full(2, -2.0))


@pytest.fixture
def words() -> EventWords:
    """Four words, of which the second rejects; the first answers as its actor, the last as its recipient."""
    asking, asked = np.zeros((4, 2, 2)), np.zeros((4, 2, 2))
    asking[1] = [[3.0, 0.0], [0.0, 3.0]]
    asked[0, 0], asked[3, 1] = [2.0, 0.0], [0.0, 2.0]
    types = np.array([[9.0, 0, 0], [0, 1.0, 4.0], [9.0, 0, 0], [9.0, 0, 0]])
    modes = np.array([[0.0, 0, 0, 0], [1.0, 9.0, 3.0, 2.0], [0, 0, 0, 0], [0, 0, 0, 0]])
    statuses = np.array([[0.0] * 4, [0, 0, 0, 5.0], [0.0] * 4, [0.0] * 4])
    parties = np.concatenate([asking.reshape(4, -1), asked.reshape(4, -1)], axis=1)
    starts, ends = np.array([0, 5, 13, 18]), np.array([4, 12, 17, 23])
    return EventWords(types, modes, statuses, np.ones((4, 3)), parties, starts, ends)


def test_a_word_that_carries_an_event_is_told_of(decoder: EventDecoder, words: EventWords) -> None:
    (event,) = decoder.find_events(words)
    assert (event.start, event.end) == (5, 12)
    assert list(event.types) == ["ACCUSE", "REJECT"]
    assert event.types["REJECT"] == pytest.approx(0.936, abs=0.001)
    assert max(event.statuses, key=lambda name: event.statuses[name]) == "negated"


def test_a_mode_is_one_of_its_type(decoder: EventDecoder, words: EventWords) -> None:
    (event,) = decoder.find_events(words)
    assert event.modes == {"ACCUSE": "allege", "REJECT": "meet"}  # allege scores most, but is none of REJECT's


def test_parties_are_words_with_a_notable_chance(decoder: EventDecoder, words: EventWords) -> None:
    (event,) = decoder.find_events(words)
    actor, recipient = [party for party in event.parties if max(party.actor, party.recipient) > 0.5]
    assert (actor.start, actor.end, round(actor.actor, 2)) == (0, 4, 0.98)
    assert (recipient.start, recipient.end, round(recipient.recipient, 2)) == (18, 23, 0.98)


def test_nothing_is_told_of_words_that_carry_nothing(decoder: EventDecoder, words: EventWords) -> None:
    quiet = words._replace(types=np.array([[9.0, 0, 0]] * 4))
    assert decoder.find_events(quiet) == []


def test_shares_add_up() -> None:
    assert share_scores(np.array([[1000.0, 1000.0]])).tolist() == [[0.5, 0.5]]
