"""Hold statements to their days: a speaker's day goes on with his words, but not into what he said at another time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from standoff.annotate.facts import read_facts

if TYPE_CHECKING:
    from spacy.language import Language

LEAD = "Mayor Hanna Weiss said on Tuesday that the tunnel would open in May.\n\n"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (LEAD + "“It is dry,” Weiss said.", ["Tuesday", "Tuesday"]),
        (LEAD + "The pumps were new. She added that nobody would pay a toll.", ["Tuesday", "Tuesday"]),
        (LEAD.replace("May.", "May, rejecting a report by the guild."), ["Tuesday", "Tuesday"]),
        ("Mayor says tunnel will open in May\n\n" + LEAD, ["Tuesday", "Tuesday"]),
        (LEAD + "Weiss has said that the pumps were too weak.", ["Tuesday", None]),
        (LEAD + "Weiss had denied that the pumps were weak.", ["Tuesday", None]),
        (LEAD + "Weiss said last month that the pumps were too weak.", ["Tuesday", "last month"]),
        (LEAD + "“It is wet,” said the engineer Karl Blum.", ["Tuesday", None]),
        (
            "The miners said in a letter on Monday that the shaft was closed. "
            "At a rally, the miners said that the pumps had failed.",
            ["Monday", None],
        ),
        ("After a two-hour dinner, Ada Ito said that the pact would hold.", [None]),
        ("Ada Ito told a meeting of the board on Friday that the pact would hold.", ["Friday"]),
        ("On Friday the guild withdrew the offer, saying that the pact was dead.", ["Friday"]),
        ("Ada Ito wrote to the board last week, asking for a vote.", ["last week"]),
        ("Ada Ito, who took office on Friday, said that the pact would hold.", [None]),
        ("Ada Ito rejected Friday's verdict.", [None]),
    ],
)
def test_a_speakers_day_goes_on(nlp: Language, text: str, days: list[str | None]) -> None:
    facts = read_facts(nlp(text), "attributions")
    assert [fact["time"] and text[slice(*fact["time"])].removeprefix("on ") for fact in facts] == days
