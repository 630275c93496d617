"""Turn the readings of single articles into records across articles."""
