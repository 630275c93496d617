"""Look after a store: check it, back it up, take it out and put it back, bring it to the form of today."""
