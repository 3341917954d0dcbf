"""Dialogs, all of them opened, never run in a loop of their own."""
