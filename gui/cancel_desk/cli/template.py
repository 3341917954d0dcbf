"""The command that writes an empty sheet to fill in."""

from pathlib import Path

from cancel_desk.checks.reasons import REASONS
from cancel_desk.cli.front import Front
from cancel_desk.cli.halt import Halt
from cancel_desk.language import gettext as _
from cancel_desk.sheet.template import write_template
from cancel_desk.texts.reasons import reason_consequence, reason_label


def write(front: Front, path: Path, market: str) -> int:
    """Write the template, with the reasons of a market to choose from; SheetError.

    Halt where there is a file already: it may be somebody's sheet, and nothing would be left of it.
    """
    if path.is_file():
        raise Halt(
            _("“{path}” exists already and was left as it is. Choose another name.").format(
                path=path
            )
        )
    codes = [reason.code for reason in REASONS[market]]
    write_template(path, [(code, reason_label(code), reason_consequence(code)) for code in codes])
    front.say(_("Template: {path}").format(path=path))
    return 0
