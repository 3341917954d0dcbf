"""The ways through the window: what is asked, opened, saved and sent, one after the other."""
