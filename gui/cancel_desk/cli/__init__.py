"""The command line: the desk's use cases for people at a terminal, and for scripts."""
