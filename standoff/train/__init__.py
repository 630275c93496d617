"""Train the small models that the package ships. Needs `standoff[train]`; nothing else in the package imports this."""
