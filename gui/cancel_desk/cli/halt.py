"""Ending a command with a sentence."""


class Halt(Exception):  # noqa: N818 - it reads as what happened
    """A command ends here; its text is the sentence a person reads."""
