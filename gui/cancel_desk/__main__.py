"""Starts Cancel Desk: the window, or a command in the terminal."""

import io
import os
import sys
from contextlib import suppress

_INTERRUPTED = 130  # what a shell calls the end by Ctrl+C


class _Unheard(io.TextIOWrapper):
    """A stream that nobody needs to read: what can't be written any more is lost."""

    def write(self, text: str, /) -> int:
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()


def main() -> None:
    """Run the command that was typed and leave with its exit status."""
    try:
        _run()
    except KeyboardInterrupt:  # before any command began: there is nothing to tell
        sys.exit(_INTERRUPTED)


def _run() -> None:
    if getattr(sys, "frozen", False):
        # First of all: in a packaged program, the process that reads sheets begins here too.
        from multiprocessing import freeze_support

        freeze_support()
    import logging  # here, for that process imports this module too

    # What libraries log is no sentence for a person; what matters reaches them as one.
    logging.getLogger().addHandler(logging.NullHandler())
    # Closed by whoever started us: write to nowhere rather than fail in the middle, and read
    # nothing, as where nobody is there to answer.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        # A sign that a terminal can't show must not end the program.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if isinstance(sys.stderr, io.TextIOWrapper):
        # A terminal that went away must not stop a run half way.
        encoding = sys.stderr.encoding
        sys.stderr = _Unheard(sys.stderr.detach(), encoding, "replace", line_buffering=True)
    from cancel_desk.accounts.variables import CLIENT_ID, CLIENT_SECRET
    from cancel_desk.cli.window import open_window, window_wish
    from cancel_desk.language import speak, wanted_tongue

    _leave_our_libraries_to_ourselves()
    _know_every_sign()
    environ = dict(os.environ)
    for name in (CLIENT_ID, CLIENT_SECRET):
        # What is started from here, a reader of sheets or a browser, must not be given them.
        os.environ.pop(name, None)
    _leave_no_memory_behind()
    speak(wanted_tongue(environ))
    wish = window_wish(sys.argv[1:])
    if wish is not None:
        sys.exit(open_window(wish.root, environ, wish.file))
    from cancel_desk.cli.app import run

    sys.exit(run(sys.argv[1:], environ))


def _leave_our_libraries_to_ourselves() -> None:
    """Have a browser, or whatever else is started from here, find its own libraries as ever.

    The packaged program is started with these variables set to its own folder, which other programs
    can fail over. It doesn't look at them any more.
    """
    if getattr(sys, "frozen", False):
        # The process that reads sheets is this program again, and must be given them anew.
        os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
        for name in ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH"):
            os.environ.pop(name, None)
            before = os.environ.pop(f"{name}_ORIG", None)
            if before is not None:
                os.environ[name] = before


def _know_every_sign() -> None:
    """Have names and texts in UTF-8 where no locale is set, as Python has it outside of a package.

    Qt would do so by itself, and write four lines about it to the terminal.
    """
    if getattr(sys, "frozen", False) and sys.platform == "linux":
        told = [os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
        if not told[0] and next(filter(None, told), "C") in {"C", "POSIX"}:
            os.environ["LC_CTYPE"] = "C.UTF-8"


def _leave_no_memory_behind() -> None:
    """Have no core file written if the program is killed: keys and tokens would be in it."""
    try:
        import resource
    except ImportError:  # pragma: no cover - Windows writes none by itself
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


if __name__ == "__main__":
    main()
