"""Files as sellers have them, made by script, each with its exact rows or its exact error."""
