"""Turn bytes into articles: text files, HTML, tables, feeds, addresses."""
