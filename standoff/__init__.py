"""Standoff reads news coverage of a political dispute and gives back a sourced record of it."""

__version__ = "0.1.0"
