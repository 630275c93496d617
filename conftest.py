"""Leave the recipe's doctests out where torch, which only training needs, is not installed, and Alembic's files out."""

from importlib.util import find_spec

collect_ignore_glob = ["standoff/store/care/migrations/*"]  # what Alembic loads itself, by path
if not find_spec("torch"):
    collect_ignore_glob.append("standoff/train/*")
