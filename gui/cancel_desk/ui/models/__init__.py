"""Read-only tables of a run: what is being sent, and what became of it."""
