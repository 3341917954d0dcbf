"""A report for support: what helps to find a fault, without secrets, and shown before it is saved.

Purchase orders and correlation ids are in it, because Walmart's support asks for both; cells of
sheets, names of files and whatever is known of buyers are not.
"""

import os
import platform
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from cancel_desk import __version__
from cancel_desk.accounts.account import Account, AccountError
from cancel_desk.accounts.vault import VaultError
from cancel_desk.desk import Desk
from cancel_desk.runs.history import RunSummary
from cancel_desk.runs.journal import JournalError
from cancel_desk.runs.outcome import State
from cancel_desk.walmart.error_bodies import hidden

MOST_ERRORS = 20
MOST_RUNS = 20
"""Of reports of errors and of runs, the latest ones are taken."""

LIBRARIES = (
    "keyring", "openpyxl", "pandas", "pyside6-essentials", "python-calamine", "requests",
    "truststore", "typer", "urllib3",
)  # fmt: skip
_SETTLED = frozenset({State.CANCELLED, State.PENDING})
_LONG_SECRET = re.compile(r"(?<![\w/+-])(?=[\w/+-]*\d)(?=[\w/+-]*[A-Za-z])[\w/+-]{40,}={0,2}")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the report, as the person sees it before it is saved."""

    name: str
    text: str


def collect(desk: Desk) -> tuple[Part, ...]:
    """Return everything the report would hold, redacted; asks no store and opens no keyring."""
    secrets = list(desk.connections.secrets_at_hand())
    found = [
        Part("about.txt", _about(desk)),
        Part("accounts.txt", _accounts(desk)),
        Part("settings.txt", _settings(desk.folders.root)),
        Part("runs.txt", "\n".join(_runs(desk))),
        *_errors(desk.folders.root / "errors"),
    ]
    return tuple(Part(part.name, redacted(part.text, secrets)) for part in found)


def shown(parts: tuple[Part, ...]) -> str:
    """Return the whole report as one text."""
    return "\n".join(f"--- {part.name} ---\n{part.text.rstrip()}\n" for part in parts)


def save(parts: tuple[Part, ...], path: Path) -> None:
    """Write the report to a zip file that this user alone can read.

    FileExistsError if there is such a file, OSError if it can't be written.
    """
    if path.exists():
        raise FileExistsError(17, os.strerror(17), str(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as z:
            for each in parts:
                z.writestr(each.name, each.text)
        part.rename(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def redacted(text: str, secrets: list[str]) -> str:
    """Return text without these secrets, anything that looks like one, and the person's name.

    Hidden as well: e-mail addresses, telephone numbers and the path to the home folder.
    """
    for secret in secrets:
        text = text.replace(secret, "[hidden]")
    text = text.replace(str(Path.home()), "~") if len(str(Path.home())) > 1 else text
    return "\n".join(_LONG_SECRET.sub("[hidden]", hidden(line)) for line in text.split("\n"))


def _about(desk: Desk) -> str:
    try:
        kept_in = desk.connections.vault.store_name
    except VaultError as error:
        kept_in = f"none: {error.problem}"
    facts = {
        "Cancel Desk": __version__,
        "Python": platform.python_version(),
        "System": platform.platform(),
        "Packaged": str(getattr(sys, "frozen", False)),
        "Encoding": f"{sys.getfilesystemencoding()}, {sys.stdout.encoding or ''}",
        "Keyring": kept_in,
        "Keyring chosen by": desk.connections.vault.chosen_by or "the system",
        **{name: _version(name) for name in LIBRARIES},
    }
    return "\n".join(f"{name}: {fact}" for name, fact in facts.items())


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "not known"


def _accounts(desk: Desk) -> str:
    try:
        return "\n".join(map(_account, desk.connections.accounts()))
    except AccountError as error:
        return f"can't be read: {error.problem}"


def _account(account: Account) -> str:
    facts = (account.market, account.environment, account.base_url, account.kept_in)
    return f"{account.name}: {', '.join(fact for fact in facts if fact)}"


def _settings(root: Path) -> str:
    """Return the window's settings, without those that are paths and window shapes."""
    try:
        lines = (root / "window.ini").read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return "none"
    except OSError as error:
        return f"can't be read: {error.strerror}"
    return "\n".join(line for line in lines if "/" not in line and "@" not in line)


def _runs(desk: Desk) -> Iterator[str]:
    for summary in desk.runs()[:MOST_RUNS]:
        if summary.unreadable:
            yield f"{summary.id}: can't be read"
            continue
        counts = (summary.counts or Counter()).items()
        yield (
            f"{summary.id}: {summary.environment}, {Path(summary.source).suffix}, "
            + ", ".join(f"{number} {result}" for result, number in counts)
            + ", unfinished" * summary.unfinished
            + ", in use" * summary.in_use
        )
        if not summary.in_use:
            yield from _lines(desk, summary)


def _lines(desk: Desk, summary: RunSummary) -> Iterator[str]:
    """Tell of the lines that did not simply go well."""
    try:
        with closing(desk.reopen(summary.id)) as run:
            lines = run.lines()
    except JournalError as error:
        yield f"  can't be opened: {error}"
        return
    for line in lines:
        if line.state in _SETTLED or line.outcome is None:
            continue
        seen = line.outcome
        facts = (
            f"PO {line.po} line {line.line}",
            line.state,
            seen.finding,
            str(seen.status or ""),
            seen.correlation_id,
            seen.time,
            seen.words,
        )
        yield "  " + " | ".join(fact for fact in facts if fact)


def _errors(folder: Path) -> Iterator[Part]:
    for path in sorted(folder.glob("*.txt"), reverse=True)[:MOST_ERRORS]:
        with suppress(OSError):
            yield Part(f"errors/{path.name}", path.read_text(encoding="utf-8", errors="replace"))
