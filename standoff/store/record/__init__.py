"""Keep a record's tables: derived from its dataclasses, written by difference, loaded whole or in part."""
