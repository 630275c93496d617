"""Lay out what the pages show: entries as cards, reports, actors, sides, pictures."""
