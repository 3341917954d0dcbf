"""One run is one SQLite file: journal, runner, recovery, history, report."""
