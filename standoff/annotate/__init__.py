"""Turn one article into records: mentions, times, attributions, events, occasions, positions."""
