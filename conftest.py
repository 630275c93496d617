"""Leave out what cannot be run here (doctests that need torch, files that Alembic loads itself), and time no test."""

from importlib.util import find_spec

from hypothesis import settings

collect_ignore_glob = ["standoff/store/care/migrations/*"]
if not find_spec("torch"):
    collect_ignore_glob.append("standoff/train/*")

settings.register_profile("untimed", settings(deadline=None))
settings.load_profile("untimed")
