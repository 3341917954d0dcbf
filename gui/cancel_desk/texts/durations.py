"""Times in the words people use for them."""

from cancel_desk.language import decimal, ngettext
from cancel_desk.language import gettext as _


def spoken(seconds: float) -> str:
    """Return a time to come as people say it: rounded up, in the largest fitting unit."""
    if seconds < 10:
        return _("a few seconds")
    if seconds < 90:
        tens = round(seconds / 10) * 10
        return ngettext("about {n} second", "about {n} seconds", tens).format(n=tens)
    minutes = max(2, round(seconds / 60))
    if minutes < 90:
        return ngettext("about {n} minute", "about {n} minutes", minutes).format(n=minutes)
    hours = round(minutes / 60, 1)
    return _("about {hours} hours").format(hours=decimal(hours))
