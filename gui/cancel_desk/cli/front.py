"""The person at the terminal, and the desk they work at."""

import json
import os
import shlex
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from rich.console import Console, RenderableType
from rich.text import Text

from cancel_desk.cli.halt import Halt
from cancel_desk.desk import Desk, open_desk
from cancel_desk.folders import default_root
from cancel_desk.language import gettext as _
from cancel_desk.language.typed import is_one_of
from cancel_desk.texts.runs import state_folder_sentence


class Front:
    """What every command works with.

    Messages go to stderr; what was asked for goes to stdout. The state folder is touched only when
    a command needs the desk.
    """

    def __init__(
        self,
        root: Path | None,
        environ: Mapping[str, str],
        *,
        messages: Console | None = None,
        report: Console | None = None,
    ) -> None:
        """``root`` is the state folder where another than the usual one is wanted.

        ``messages`` is where messages go instead of stderr, ``report`` what was asked for instead
        of stdout.
        """
        self.environ = environ
        self.own_root = root
        self.report = report or Console(highlight=False)
        self.messages = messages or Console(stderr=True, highlight=False)

    @property
    def root(self) -> Path:
        """The state folder."""
        return self.own_root or default_root()

    @cached_property
    def desk(self) -> Desk:
        """The desk over the state folder; Halt if that can't be made."""
        try:
            return open_desk(self.root, self.environ)
        except OSError as error:
            raise Halt(state_folder_sentence(self.root, error)) from error

    def say(self, sentence: str) -> None:
        """Tell the person something, on stderr."""
        self.messages.print(readable(sentence), soft_wrap=True)

    def ring(self) -> None:
        """Call the person back to the terminal: most show its bell where they look meanwhile."""
        if self.messages.is_terminal:
            self.messages.bell()

    def show(self, content: RenderableType) -> None:
        """Give a part of what was asked for, on stdout."""
        self.report.print(content, soft_wrap=isinstance(content, Text))

    def give(self, value: object) -> None:
        """Give one JSON value to the program that asked for it, on stdout."""
        sys.stdout.write(json.dumps(value, indent=2) + "\n")
        sys.stdout.flush()

    @contextmanager
    def even_unheard(self) -> Iterator[None]:
        """Go on where stdout is full or closed: what was done counts, not whether it was read."""
        try:
            yield
            sys.stdout.flush()
        except (OSError, SystemExit):  # the latter is what rich makes of a closed pipe
            leave_unheard()

    @property
    def attended(self) -> bool:
        """Whether somebody is at the terminal to answer."""
        return sys.stdin.isatty()

    def answer(self, question: str) -> str:
        """Return what a person answers, without spaces around it; Halt where nobody is there."""
        if not self.attended:
            raise Halt(
                _(
                    "Nobody is at this terminal to answer, so nothing was sent. "
                    "Add --yes to the command to send without being asked."
                )
            )
        self.messages.print(readable(f"{question} "), end="")
        return sys.stdin.readline().strip()

    def agrees(self, question: str) -> bool:
        """Ask a question whose answer is yes or no; Halt where nobody is there to answer."""
        asked = _("{question} [y/N]").format(question=question)
        return is_one_of(self.answer(asked), {_("y"), _("yes"), "y", "yes"})

    def command(self, *words: str) -> str:
        """Return the command to type, with the state folder in use."""
        own = ("--data-dir", str(self.own_root)) if self.own_root else ()
        return shlex.join(("cancel-desk", *own, *words))


def leave_unheard() -> None:
    """Let what is still to be written to stdout go nowhere: its reader went away."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def readable(text: str) -> Text:
    """Return text as it is shown: nothing in it may steer the terminal or the layout."""
    return Text("".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text))
