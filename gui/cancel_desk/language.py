"""The language of every sentence; its catalogue is looked for once, not at every sentence.

The library's own functions look for the catalogue's file at each call, which costs more than all
the rest of making a sentence.
"""

from gettext import translation

_CATALOGUE = translation("cancel-desk", fallback=True)

gettext = _CATALOGUE.gettext
ngettext = _CATALOGUE.ngettext
