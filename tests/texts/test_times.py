"""Times as a person reads them."""

import re

from cancel_desk.texts.times import local_clock


def test_the_time_of_a_row_is_the_time_here() -> None:
    assert local_clock("") == ""
    assert re.fullmatch("[0-9]{1,2}:[0-9]4:08 [AP]M", local_clock("2026-11-23T16:54:08Z"))
