"""The desk: a store to click through, to search, and to decide on, as web pages."""
