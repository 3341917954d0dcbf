"""Times as a person reads them."""

from cancel_desk.ui.models.lines_model import local_time


def test_the_time_of_a_row_is_the_time_here() -> None:
    assert local_time("") == ""
    assert len(local_time("2026-11-23T16:54:08Z")) == len("16:54:08")
