"""Hold what turns an older store into one of today: a revision for each change of the tables that are kept."""
