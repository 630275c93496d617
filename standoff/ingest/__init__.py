"""Turn bytes into articles: text files, HTML pages, tables, addresses."""
