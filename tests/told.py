"""Build the reading of a made-up article from its sentences, for tests of dating and of happenings."""

from __future__ import annotations

from typing import Any

from standoff.records import Article, Attribution, Event, Occasion, Passage, Reading, Source, TimeExpression, When

Sentence = tuple[str, str, Any, str]


def tell(name: str, *sentences: Sentence, published: str | None = None, place: str = "Sudan") -> Reading:
    """Build a reading of sentences, each given with what it tells, its status, and its time.

    What it tells: "CONSULT ada ben" (type, actor, recipients), "occasion general-election ada" (kind, parties) or
    "says ada". The time is a rule of `standoff.timex` or two ISO days joined by "..", for the sentence's last word.
    """
    article = Article(id=name, source=f"{name}.txt", text=" ".join(text for text, *_ in sentences), published=published)
    builder = _Builder(article, place)
    start = 0
    for text, what, status, time in sentences:
        builder.add(Passage(article=name, start=start, end=start + len(text), text=text), what, status, time)
        start += len(text) + 1
    return Reading(
        article=article,
        times=tuple(builder.times),
        events=tuple(builder.events),
        occasions=tuple(builder.occasions),
        attributions=tuple(builder.attributions),
    )


class _Builder:
    def __init__(self, article: Article, place: str) -> None:
        self.article = article
        self.place = place
        self.times: list[TimeExpression] = []
        self.events: list[Event] = []
        self.occasions: list[Occasion] = []
        self.attributions: list[Attribution] = []

    def add(self, passage: Passage, what: str, status: Any, time: str) -> None:
        kind, *names = what.split()
        shared: dict[str, Any] = {"id": f"{self.article.id}:{passage.start}", "when": self._add_time(passage, time)}
        if kind == "occasion":
            label, parties = names[0].replace("-", " "), tuple(names[1:])
            shared |= {"kind": names[0], "label": label, "place": self.place, "actors": parties, "status": status}
            self.occasions.append(Occasion(passage=passage, **shared))
        elif kind == "says":
            shared |= {"source": Source(actor=names[0]), "directness": "direct", "score": 0.9, "made_by": "test"}
            self.attributions.append(Attribution(cue=None, content=(passage,), **shared))
        else:
            shared |= {"actors": tuple(names[:1]), "recipients": tuple(names[1:]), "status": status}
            self.events.append(Event(type=kind, passage=passage, score=0.8, why="", made_by="test", **shared))

    def _add_time(self, passage: Passage, time: str) -> When | None:
        if not time:
            return None
        word = passage.text.rsplit(" ", 1)[-1]
        at = Passage(article=passage.article, start=passage.end - len(word), end=passage.end, text=word)
        first, last = time.split("..") if ".." in time else (None, None)
        rule = None if first else time
        self.times.append(TimeExpression(passage=at, type="DATE", value="", relative=rule, earliest=first, latest=last))
        return When(earliest=first, latest=last, passage=at)
