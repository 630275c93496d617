"""Trained files in, predictions out: the language model, with Standoff's components on it."""
