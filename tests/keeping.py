"""What tests put into stores: judgements on a mention, an account with its session, a saved view."""

from __future__ import annotations

from dataclasses import replace

from standoff.records import Judgement, Passage
from standoff.store.kept.accounts import Account, Session
from standoff.store.kept.views import View

AT = "2026-03-01T09:00:00+00:00"

PASSAGE = Passage(article="a1", start=0, end=3, text="Ada")
REJECTION = Judgement(
    id="j1",
    kind="mentions",
    entry="mention_1",
    verdict="reject",
    who="Ada Ito",
    at=AT,
    why="It is another Ada.",
    label="Ada",
    passage=PASSAGE,
    rests_on=("mention_1",),
)
CORRECTION = replace(
    REJECTION, id="j2", verdict="correct", fields={"actor": "\x00 odd \ud800"}, who="\x00 Bo", why=None
)

OWNER = Account(name="ada", role="owner", password="$argon2id$made-up", created=AT)
READER = Account(name="bo", role="reader", created=AT)
SESSION = Session(token="hash", account="ada", created=AT, expires="2026-03-02T09:00:00+00:00")
VIEW = View(id="talks", title="Talks since March", address="/search?words=talks", who="ada", at=AT)
