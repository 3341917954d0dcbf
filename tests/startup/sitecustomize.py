"""Gives this user another home in the system's user database; Python runs it when it starts.

Where locks of the program lie is decided by that home, and by no variable.
"""

import os
import sys
from typing import Final

HOME: Final = "HOME_IN_USER_DATABASE"
"""The variable that has the home; without it the database is as it is."""

if sys.platform != "win32":
    import pwd

    _found = pwd.getpwuid

    def _with_that_home(uid: int) -> pwd.struct_passwd:
        entry = _found(uid)
        home = os.environ.get(HOME, entry.pw_dir)
        return pwd.struct_passwd((*entry[:5], home, *entry[6:]))

    pwd.getpwuid = _with_that_home
