"""What the pipeline finds is told in PolNeAR's terms before it is held against a gold made in them."""

from __future__ import annotations

import pytest

from standoff.evaluate.attributions import find_attributions

# Text, and the source, the cue and the content that PolNeAR's guidelines would have marked in it.
CASES = [
    (
        "The mine stood still on Monday. The owners did not respond to requests for comment.",
        ("The owners", "did not respond to", "requests for comment"),
    ),
    (
        "The union, which has criticized the new quota, will meet on Friday.",
        ("which", "has criticized", "the new quota"),
    ),
    ("The president urged the king of Tonga to go.", ("The president", "urged", "the king of Tonga to go")),
    ("Ada Ito said that the pit would stay shut.", ("Ada Ito", "said", "that the pit would stay shut")),
]


@pytest.mark.parametrize(("text", "marked"), CASES)
def test_attributions_are_told_as_polnear_marks_them(text: str, marked: tuple[str, str, str]) -> None:
    ((found,),) = find_attributions([{"doc_id": "made up", "text": text, "attributions": []}])
    assert tuple(" … ".join(text[slice(*part)] for part in found[role]) for role in found) == marked
