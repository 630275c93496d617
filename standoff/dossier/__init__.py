"""Turn a record into one self-contained HTML page."""

from standoff.dossier.build import build_dossier, write_dossier

__all__ = ["build_dossier", "write_dossier"]
