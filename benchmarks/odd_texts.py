"""Show what a thousand words cost in long and in odd texts: python benchmarks/odd_texts.py [LARGEST]

Each text is read at three sizes, up to LARGEST words (100,000 unless told), by the whole pipeline. What is printed is
the processor's time per thousand words, and as a ratio to ordinary text of the smallest size: a ratio that grows from
size to size is a cost that grows faster than its text. The last column names the component that takes most. With -v
each text's components are printed as soon as it is read.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import cycle, islice

from rich.console import Console
from rich.table import Table

from standoff.annotate.to_records import to_reading
from standoff.models.language import load_language
from standoff.records import Article

SIZES = (1_000, 10_000, 100_000)
TOWNS = (
    "Kisumu",
    "Cúcuta",
    "Kherson",
    "Bamako",
    "Hodeidah",
    "Tripoli",
    "Juba",
    "Nicosia",
    "Davao",
    "Santa Cruz",
    "Oran",
)
PEOPLE = ("Ruth Odera", "Pavel Hrubý", "Amina Diallo", "Tomás Ferreira", "Li Wenhao", "Sara Haddad", "Jon Eide")
LANDS = (
    "Chad",
    "Peru",
    "Kenya",
    "Cyprus",
    "Yemen",
    "Bolivia",
    "Ukraine",
    "Mali",
    "Norway",
    "Laos",
    "Togo",
    "Oman",
    "Fiji",
)
TOLD = (
    "Police arrested 12 dockers in {town} on Monday after the union refused to call off its strike.",
    "“We will not negotiate while our members are in prison,” said {person}, who leads the union.",
    "{land} condemned the arrests, but {other} said that it had nothing to say about them.",
    "The minister told reporters that {person} had been warned twice before soldiers were sent to {town}.",
    "Talks between {land} and {other} broke down last week, and both have called up reservists.",
    "At least three people were killed when troops fired on a crowd outside the court in {town}.",
    "{person} said she had been told that {land} would lift the ban if the roads were opened.",
    "Nobody in {town} knows what comes next.",
)


def tell(words: int, between: str = " ") -> str:
    """Give ordinary text of so many words: reports of a dispute, with a paragraph to every third sentence."""
    names = zip(cycle(TOLD), cycle(TOWNS), cycle(PEOPLE), cycle(LANDS), cycle(LANDS[3:]), strict=False)
    parts: list[str] = []
    count = 0
    for number, (told, town, person, land, other) in enumerate(names):
        if count >= words:
            break
        sentence = told.format(town=town, person=person, land=land, other=other)
        count += len(sentence.split())
        parts.append(sentence + (between if number % 3 else between.replace(" ", "\n\n")))
    return "".join(parts)


def repeat(unit: str, words: int) -> str:
    """Give a unit as often as makes so many words."""
    return unit * max(1, words // max(1, len(unit.split())))


TEXTS: dict[str, Callable[[int], str]] = {
    "ordinary text": tell,
    "one sentence without an end": lambda words: tell(words).replace(".", " and").replace("\n\n", " "),
    "lists of forty countries": lambda words: repeat(
        ", ".join(islice(cycle(LANDS), 40)) + " and Benin condemned Iran. ", words
    ),
    "all in capitals": lambda words: tell(words).upper(),
    "nothing but quotations": lambda words: repeat("“We refuse,” said the minister. ", words),
    "quotations that never close": lambda words: repeat("“ We refuse , said the minister . ", words),
    "one line per word": lambda words: tell(words).replace(" ", "\n"),
    "nothing but names": lambda words: repeat("Ruth Odera Pavel Hrubý Amina Diallo Kenya ", words),
    "commas alone": lambda words: repeat("strike, ", words),
    "numbers alone": lambda words: repeat("12 1,500 twenty 3.5 ", words),
    "emoji": lambda words: repeat("😀 👍🏽 police arrested 🚓 him 😡. ", words),
    "right to left": lambda words: repeat("قال الوزير إن الشرطة اعتقلت عشرة متظاهرين في المدينة. ", words),
    "nothing but line ends": lambda words: "\n" * words,
    "no spaces": lambda words: "strike" * words,
}


def main(largest: int) -> None:
    """Print the table of costs."""
    nlp = load_language()
    nlp.max_length = 10**8
    nlp(tell(200))  # loads what is loaded at the first use
    base = 0.0
    table = Table("text", "words", "ms per 1,000 words", "of ordinary text", "most in", title="cost curve")
    for name, make in TEXTS.items():
        for size in (size for size in SIZES if size <= largest):
            text = make(size)
            spent: dict[str, float] = defaultdict(float)
            start = time.process_time()
            doc = nlp.make_doc(text)
            for part, component in nlp.pipeline:
                begun = time.process_time()
                doc = next(iter(component.pipe([doc]))) if hasattr(component, "pipe") else component(doc)
                spent[part] += time.process_time() - begun
            begun = time.process_time()
            to_reading(Article(id="bench", source="bench", text=text), doc)
            spent["to_records"] = time.process_time() - begun
            cost = 1_000_000 * (time.process_time() - start) / size
            base = base or cost
            most = max(spent, key=lambda part: spent[part])
            table.add_row(
                name, f"{size:,}", f"{cost:.0f}", f"{cost / base:.2f}", f"{most} {1_000_000 * spent[most] / size:.0f}"
            )
            if "-v" in sys.argv:
                print(
                    name,
                    size,
                    f"{cost:.0f} ms/kw",
                    {k: round(1_000_000 * v / size) for k, v in spent.items()},
                    flush=True,
                )
    Console().print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1].isdigit() else SIZES[-1])
