"""The grid of the review: the sheet as a person edits it, with what is wrong beside it."""
