"""What the index keeps of one run: how it stands, and the words by which it is found."""

from dataclasses import dataclass
from pathlib import Path

from cancel_desk.runs.history import RunSummary, columns_of, summary_of
from cancel_desk.runs.journal import Journal, JournalError, RunInUse
from cancel_desk.sheet.columns import Column


@dataclass(frozen=True, slots=True)
class RunWords:
    """A run at a glance; ``orders`` are those of its lines, ``words`` the other order numbers and
    the SKUs in its sheet, all in small letters.
    """

    summary: RunSummary
    orders: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def read_run(path: Path) -> RunWords:
    """Return what a run's file says; one in use or damaged is only named as such."""
    try:
        journal = Journal.open_to_look(path)
    except RunInUse:
        return RunWords(RunSummary(path.stem, path, in_use=True))
    except JournalError:
        return RunWords(RunSummary(path.stem, path, unreadable=True))
    try:
        return words_of(journal)
    except (JournalError, LookupError, ValueError, TypeError):  # but the first: not as we wrote it
        return RunWords(RunSummary(path.stem, path, unreadable=True))
    finally:
        journal.close()


def words_of(journal: Journal) -> RunWords:
    """Return what the run of an open journal says now."""
    rows, lines = journal.rows(), journal.lines()
    columns = columns_of(journal.facts)
    written = [columns[column] for column in (Column.PO, Column.SKU) if column in columns]
    found = {row.cells[at].strip().casefold() for row in rows for at in written}
    orders = frozenset(line.po.casefold() for line in lines)
    skus = {line.sku.casefold() for line in lines}
    return RunWords(
        summary_of(journal, rows, lines), orders, frozenset(found | skus) - {""} - orders
    )
