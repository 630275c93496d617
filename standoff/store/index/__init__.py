"""Keep an index of a record's entries, and answer questions from it without loading the record."""
