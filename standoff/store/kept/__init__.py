"""Keep what people made: judgements, settings, saved views, accounts."""
