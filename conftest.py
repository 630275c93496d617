"""Leave the recipe's doctests out where torch, which only training needs, is not installed."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("torch") else ["standoff/train/*"]
