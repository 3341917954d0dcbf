"""How fast the grid is, against other ways to build it, measured in the same run.

Run it with ``python tests/benchmarks/grid.py``; it is no part of the test suite.
"""

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when the application is made

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView

from builders import table
from cancel_desk.checks.review import Review
from cancel_desk.ui.garbage import GarbageCollection
from cancel_desk.ui.grid.clipboard import from_text, to_text
from cancel_desk.ui.grid.editing import Area
from cancel_desk.ui.opening import make_application
from cancel_desk.ui.pages.review_page import ReviewPage
from cancel_desk.ui.widgets.theme import colours, style_sheet

if TYPE_CHECKING:
    import pandas as pd

_SKU: Final = 3  # in the grid; the other models have no state before it
_PASTED: Final = 5000
_FRAME: Final = 0.016
_QUIET: Final = 5  # turns in which nothing was done
_IDLE: Final = 0.001
_BIG: Final = 200_000  # QStandardItemModel takes minutes and gigabytes beyond
_NEEDLE: Final = "sku-99"
_NOWHERE: Final = QModelIndex()
_HEADERS: Final = ("PO#", "Line#", "SKU", "Qty", "Cancel Reason", "Walmart", "Note", "State")


class Times(NamedTuple):
    """Seconds that the processor worked on each try: other programs on the machine don't count.

    ``turns`` are those of each turn of the event loop that the tries took.
    """

    tries: Sequence[float]
    turns: Sequence[float] = ()

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.tries)

    @property
    def worst(self) -> float:
        """The longest one."""
        return max(self.tries)


class Other(NamedTuple):
    """Another way to build a grid: its view, and how it sorts and filters."""

    name: str
    view: QTableView
    sort: Callable[[Qt.SortOrder], object]
    filter: Callable[[str], object]


class FrameModel(QAbstractTableModel):
    """A model over a DataFrame, as it is often written."""

    def __init__(self, frame: "pd.DataFrame") -> None:
        super().__init__()
        self.whole = self.frame = frame

    def rowCount(self, parent: QModelIndex = _NOWHERE) -> int:  # type: ignore[override]
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.frame)

    def columnCount(self, parent: QModelIndex = _NOWHERE) -> int:  # type: ignore[override]
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.frame.columns)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # type: ignore[override]
        """Return a cell's text."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return str(self.frame.iat[index.row(), index.column()])

    def show_frame(self, frame: "pd.DataFrame") -> None:
        """Show other rows."""
        self.beginResetModel()
        self.frame = frame
        self.endResetModel()

    def sort_by_sku(self, order: Qt.SortOrder) -> None:
        """Sort as DataFrames do."""
        ascending = order == Qt.SortOrder.AscendingOrder
        self.show_frame(self.frame.sort_values("SKU", kind="stable", ascending=ascending))

    def filter_by(self, text: str) -> None:
        """Keep the rows with a text in any column."""
        hit = self.whole["PO#"].str.contains(text, case=False, regex=False)
        for name in _HEADERS[1:]:
            hit |= self.whole[name].str.contains(text, case=False, regex=False)
        self.show_frame(self.whole[hit])


def main() -> int:
    """Measure and print; return 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5, help="tries of each; the median counts")
    wanted = parser.parse_args()
    application = make_application()
    application.setStyle("Fusion")
    GarbageCollection(application)  # as the program collects
    rows = [_row(at) for at in range(wanted.rows)]
    before = _memory()
    page = ReviewPage()
    page.setStyleSheet(style_sheet(colours(application.palette())))
    _show(page)
    review = Review(table(*rows), "US")
    opened = _timed(1, lambda _at: page.show_review(review, "orders.xlsx"))
    _say(f"{wanted.rows:,} rows, median of {wanted.times}; seconds unless said otherwise")
    _say(f"checked rows to the first page on screen          {opened.median:8.3f}")
    _say(f"memory of rows, checks and grid, beside the texts {_memory() - before:8.0f} MB")
    _edit(page)
    _paste(page, rows)
    _large_steps(page)
    others = _others(rows, page)
    _compare(page, others, wanted.times)
    _scroll(page.view, others)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _say(f"peak memory with all of the models                {peak:8.0f} MB")
    return 0


def _row(at: int) -> tuple[str, ...]:
    reason = "out of stock" if at % 20 else ""
    return str(129_114_917_000_000 + at // 3), str(at % 3 + 1), f"SKU-{at % 997}", "1", reason


def _others(rows: Sequence[tuple[str, ...]], page: ReviewPage) -> list[Other]:
    import pandas as pd

    full = [(*row, "\u2014", "", "Ready") for row in rows]
    before = _memory()
    frame = FrameModel(pd.DataFrame(full, columns=list(_HEADERS), dtype=str))
    _say(f"memory of a DataFrame, beside the texts           {_memory() - before:8.0f} MB")
    found = [Other("pandas-backed model", _view(frame), frame.sort_by_sku, frame.filter_by)]
    if len(rows) > _BIG:
        return found
    ours = QSortFilterProxyModel()
    ours.setSourceModel(page.model)
    found.append(_proxied("our model through QSortFilterProxyModel", ours, _SKU))
    items = QStandardItemModel()
    for row in full:
        items.appendRow([QStandardItem(text) for text in row])
    standard = QSortFilterProxyModel()
    standard.setSourceModel(items)
    items.setParent(standard)
    found.append(_proxied("QStandardItemModel + QSortFilterProxyModel", standard, _SKU - 1))
    return found


def _proxied(name: str, proxy: QSortFilterProxyModel, sku: int) -> Other:
    proxy.setFilterKeyColumn(-1)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    view = _view(proxy)
    return Other(
        name,
        view,
        lambda order: proxy.sort(sku, order),
        proxy.setFilterFixedString,
    )


def _view(model: QAbstractTableModel | QSortFilterProxyModel) -> QTableView:
    view = QTableView()
    model.setParent(view)
    view.setModel(model)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    _show(view)
    return view


def _compare(page: ReviewPage, others: Sequence[Other], times: int) -> None:
    """Sort and filter the grid and the others in turn."""
    up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder

    def busy() -> bool:
        return page.model.is_arranging

    def sort(
        do: Callable[[Qt.SortOrder], object],
        tries: int,
        between: Callable[[], object] | None = None,
    ) -> Times:
        return _timed(tries, lambda at: do(down if at % 2 else up), between=between, busy=busy)

    def search(do: Callable[[str], object], tries: int) -> Times:
        return _timed(tries, lambda _at: do(_NEEDLE), between=lambda: do(""), busy=busy)

    def edit() -> None:
        page.model.setData(page.model.index(0, _SKU), f"SKU-{next(number)}")

    number = count()
    mine = sort(lambda order: page.model.sort(_SKU, order), times, between=edit)
    _tell("sort by SKU after an edit of it", mine)
    again = sort(lambda order: page.model.sort(_SKU, order), times)
    _tell("sort by SKU again", again)
    page.model.sort(-1)
    _tell("first search in all columns", search(page.filters.search.setText, 1))
    narrow = search(page.filters.search.setText, times)
    _tell("search as one goes on typing", narrow)
    page.filters.show_all()
    blank = _timed(
        times,
        lambda _at: page.model.keep(5, frozenset({""})),
        between=page.model.keep_all,
        busy=busy,
    )
    _tell("filter by a column's values", blank)
    page.model.keep_all()
    page.model.choose(list)  # the proxy over our model does not listen to its resets
    page.filters.show_all()
    for other in others:
        few = 1 if "Proxy" in other.name else times
        theirs, theirs_narrow = sort(other.sort, few), search(other.filter, few)
        other.filter("")
        _say(
            f"  {other.name:47}"
            f" sort {theirs.median:8.3f} = {theirs.median / mine.median:6.1f} x ours"
            f" ({theirs.median / again.median:6.1f} x again),"
            f" search {theirs_narrow.median:8.3f}"
            f" = {theirs_narrow.median / narrow.median:6.1f} x ours"
        )


def _scroll(view: QTableView, others: Sequence[Other]) -> None:
    """Paint pages here and there, in the grid and the others in turn."""
    views = [("grid", view), *((other.name, other.view) for other in others)]
    for step, name in ((28, "by a line"), (7777, "by a page")):
        for whose, each in views:
            bar = each.verticalScrollBar()
            frames = _timed(120, lambda _at, bar=bar, step=step: _turn(bar, step))  # type: ignore[misc]
            late = sum(taken > _FRAME for taken in frames.tries)
            _say(
                f"scroll {name}: {whose:42} {frames.median * 1000:6.1f} ms,"
                f" longest {frames.worst * 1000:6.1f}, over 16 ms: {late} of {len(frames.tries)}"
            )


def _large_steps(page: ReviewPage) -> None:
    """Change all rows, leave out all, delete and insert very many: each with its undo."""
    model, editing, stack = page.model, page.view.editing, page.undo_stack
    many = len(model.shown)
    quantities = Area(range(many), (_SKU + 1,))
    steps = (
        ("one quantity in all rows", lambda _at: editing.fill([quantities], "2")),
        ("leaving out all rows", lambda _at: editing.leave_out_rows(range(many))),
        ("deleting every second row", lambda _at: editing.delete_rows(range(0, many, 2))),
        ("deleting the first half", lambda _at: editing.delete_rows(range(many // 2))),
        ("duplicating a tenth", lambda _at: editing.duplicate_rows(range(many // 10))),
        ("inserting a row", lambda _at: editing.insert_rows(many // 2, 1, below=False)),
    )
    for name, step in steps:
        _tell(name, _timed(1, step, busy=lambda: model.is_changing))
        _tell("  taken back", _timed(1, lambda _at: stack.undo(), busy=lambda: model.is_changing))


def _memory() -> float:
    """Return how much memory this process has now, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1024**2


def _edit(page: ReviewPage) -> None:
    """Type into cells in view: the row, its problems and every count are painted."""
    model, top = page.model, page.view.rowAt(0)
    places = [(model.index(top + at % 9, 1), f"179627709{at:04}") for at in range(60)]
    taken = _timed(len(places), lambda at: model.setData(*places[at]))
    _say(
        f"one edit to its problems on screen: {taken.median * 1000:.1f} ms,"
        f" longest {taken.worst * 1000:.1f}   wanted under 16"
    )


def _paste(page: ReviewPage, rows: Sequence[tuple[str, ...]]) -> None:
    """Paste a block of other orders, over rows of the sheet and past its end."""
    text = to_text([("77" + row[0][2:], *row[1:]) for row in rows[:_PASTED]])
    view = page.view

    def paste(at: int) -> None:
        view.go_to(min(at * _PASTED, max(len(rows) - _PASTED // 2, 0)), 1)
        view.editing.paste(view.areas(), from_text(text), view.visible_columns())

    taken = _timed(5, paste, busy=lambda: page.model.is_changing)
    _say(
        f"paste of {_PASTED:,} rows: {taken.median:.3f}, longest {taken.worst:.3f}"
        f"   wanted under 0.3; in turns of at most {max(taken.turns):.3f}"
    )


def _turn(bar: object, step: int) -> None:
    value, most = bar.value(), bar.maximum()  # type: ignore[attr-defined]
    bar.setValue((value + step) % max(most, 1))  # type: ignore[attr-defined]


def _timed(
    times: int,
    run: Callable[[int], object],
    *,
    between: Callable[[], object] | None = None,
    busy: Callable[[], bool] = lambda: False,
) -> Times:
    """Time tries of something, each until it is painted and nothing is under way any more."""
    tries: list[float] = []
    turns: list[float] = []
    for at in range(times):
        if between:
            between()
        _rest(busy)
        begin = time.process_time()
        run(at)
        _turn_of_loop()
        turns.append(time.process_time() - begin)
        while busy():
            turns.append(_turn_of_loop())
        tries.append(time.process_time() - begin)
    return Times(tries, turns)


def _rest(busy: Callable[[], bool]) -> None:
    """Let go on what goes on behind a person's back."""
    quiet = 0
    while quiet < _QUIET:
        quiet = 0 if _turn_of_loop() > _IDLE or busy() else quiet + 1


def _turn_of_loop() -> float:
    begin = time.process_time()
    QApplication.processEvents()
    return time.process_time() - begin


def _show(widget: QTableView | ReviewPage) -> None:
    widget.resize(1280, 760)
    widget.show()
    QApplication.processEvents()


def _tell(name: str, times: Times) -> None:
    _say(f"{name:49} {times.median:8.3f}   in turns of at most {max(times.turns):.3f}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
