"""Times in words."""

import pytest

from cancel_desk.texts.durations import spoken


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "a few seconds"),
        (9.9, "a few seconds"),
        (12, "about 10 seconds"),
        (89, "about 90 seconds"),
        (90, "about 2 minutes"),
        (200, "about 3 minutes"),
        (5300, "about 88 minutes"),
        (5400, "about 1.5 hours"),
        (36_000, "about 10 hours"),
    ],
)
def test_times_are_said_as_people_do(seconds: float, words: str) -> None:
    assert spoken(seconds) == words
