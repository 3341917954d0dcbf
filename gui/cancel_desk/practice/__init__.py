"""The practice store: a real HTTP server on this computer that behaves as Walmart does."""
