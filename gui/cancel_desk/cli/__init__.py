"""The command line: the desk's use cases for people at a terminal, and for scripts."""

from cancel_desk.cli.app import run

__all__ = ["run"]
