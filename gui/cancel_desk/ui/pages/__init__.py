"""The pages of the four steps."""
