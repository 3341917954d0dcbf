"""The command that saves a report for support, and shows it first."""

from pathlib import Path

from cancel_desk.cli.front import Front, readable
from cancel_desk.cli.halt import Halt
from cancel_desk.language import gettext as _
from cancel_desk.support import collect, save, shown


def save_report(front: Front, path: Path) -> int:
    """Show on stdout what the report holds, and write it."""
    if path.suffix.casefold() != ".zip":
        raise Halt(
            _("A report for support is a .zip file. Choose a name that ends so; nothing was saved.")
        )
    if path.exists():
        raise Halt(_("{path} is there already. Choose another name.").format(path=path))
    parts = collect(front.desk)
    front.show(readable(shown(parts)))
    save(parts, path)
    front.say(
        _(
            "Saved as {path}. It holds what is shown above and nothing else: no keys, no cells of "
            "your sheets and nothing about buyers, but the numbers of orders that did not go "
            "well, which support needs. Nothing was sent to anybody."
        ).format(path=path)
    )
    return 0
