"""Turn a record into one self-contained HTML page."""
