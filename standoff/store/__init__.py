"""Keep readings in a database, and give them back."""
