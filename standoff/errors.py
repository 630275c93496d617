"""What can go wrong, as three kinds that a caller may want to tell apart.

Each message is one sentence: what was met, what was expected, what to do.
"""


class StandoffError(Exception):
    """Stand for every error that Standoff raises on purpose."""


class ConfigError(StandoffError):
    """Say that a setting is wrong: an option, a codebook, a component's argument. Raised before the first article."""


class SourceError(StandoffError):
    """Say that one article, or the place it should come from, cannot be read. Never stops a run over a folder."""


class StoreError(StandoffError):
    """Say that a store cannot be reached, read or written."""
