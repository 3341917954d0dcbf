"""Writing a file where the person says, and offering another place where that can't be done."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from PySide6.QtWidgets import QWidget

from cancel_desk.language import gettext as _
from cancel_desk.sheet.problems import SheetError, SheetProblem
from cancel_desk.texts.sheet import sheet_sentence
from cancel_desk.ui.dialogs.files import Kind, ask_where_to_save, documents
from cancel_desk.ui.dialogs.questions import ask
from cancel_desk.ui.in_turns import Slices
from cancel_desk.ui.session.background import Background
from cancel_desk.ui.widgets.notice import Notice

_TOO_LARGE: Final = frozenset(
    {
        SheetProblem.OUTPUT_TOO_MANY_ROWS,
        SheetProblem.OUTPUT_TOO_MANY_COLUMNS,
        SheetProblem.OUTPUT_CELL_TOO_LONG,
    }
)
_OTHER_NAME: Final = frozenset({SheetProblem.OUTPUT_LOCKED, SheetProblem.OUTPUT_IS_SOURCE})


Drawing: TypeAlias = Slices[Callable[[], None]]
"""What is yet to be drawn of a file, in the window's thread; it returns what then writes it."""


class FileWish(NamedTuple):
    """A file to write: the title of the question where, its kinds, and what writes it.

    ``write`` is called off the window's thread and may raise SheetError; where the file has to be
    drawn first, it returns that, and what the drawing returns is called off the thread too.
    ``more`` is a sentence to say beside where the file lies.
    """

    title: str
    kinds: Sequence[Kind]
    write: Callable[[Path], Drawing | None]
    more: str = ""


class SavingElsewhere:
    """Asks for a name until the file is written, or the person no longer wants it."""

    def __init__(
        self,
        parent: QWidget,
        background: Background,
        notice: Notice,
        *,
        failed: Callable[[Exception], None],
    ) -> None:
        """``notice`` tells how far it is; ``failed`` is told of what no other name could mend."""
        self._parent = parent
        self._background = background
        self._notice = notice
        self._failed = failed

    def move_to(self, parent: QWidget, notice: Notice) -> None:
        """Ask and tell elsewhere from now on, as the place so far is about to go."""
        self._parent, self._notice = parent, notice

    def ask(self, wish: FileWish, suggested: Path) -> None:
        """Ask where to write a file, and write it there."""
        ask_where_to_save(
            self._parent, wish.title, suggested, partial(self._write, wish), kinds=wish.kinds
        )

    def _write(self, wish: FileWish, path: Path) -> None:
        self._notice.tell(_("Saving as {path}…").format(path=path))
        self._do(wish, path, partial(wish.write, path))

    def _do(self, wish: FileWish, path: Path, work: Callable[[], Drawing | None]) -> None:
        """Do work for a file off this thread, and then what it leaves to be drawn."""
        refused = partial(self._on_refused, wish, path)

        def draw(drawing: Drawing | None) -> None:
            if drawing is None:
                self._say_saved(wish, path)
            else:
                self._background.start_here(drawing, partial(self._do, wish, path), refused)

        self._background.start(work, draw, refused)

    def _say_saved(self, wish: FileWish, path: Path) -> None:
        said = _("Saved as {path}").format(path=path)
        if wish.more:
            said = _("Saved as {path}. {more}").format(path=path, more=wish.more)
        self._notice.tell(said, tone="good")

    def _on_refused(self, wish: FileWish, path: Path, error: Exception) -> None:
        self._notice.hide()
        if not isinstance(error, SheetError):
            self._failed(error)
            return
        too_large = error.problem in _TOO_LARGE
        elsewhere = another_place(path, error.problem, wish.kinds[0].suffix)
        ask(
            self._parent,
            sheet_sentence(error),
            more=_("What became of your orders is kept on this computer in any case."),
            yes=_("Save as .csv…") if too_large else _("Choose another place…"),
            no=_("Don't save"),
            agreed=partial(self.ask, wish, elsewhere),
        )


def another_place(path: Path, problem: SheetProblem, suffix: str) -> Path:
    """Return where a file may be written that ``path`` was no place for.

    ``suffix`` is what its name ends in where it ended in nothing that is written.
    """
    if problem in _TOO_LARGE:
        return path.with_suffix(".csv")
    if problem is SheetProblem.OUTPUT_WRONG_KIND:
        return path.with_suffix(suffix)
    folder = documents() if documents().is_dir() else Path.home()
    if problem in _OTHER_NAME or path.parent == folder:
        return path.with_stem(_("{name} - new").format(name=path.stem))
    return folder / path.name
