"""Where newer versions are: known to a copy that was released, and to no other."""

from pathlib import Path

import pytest

from cancel_desk.cli.app import run
from cancel_desk.releases import PAGE_FILE, release_page
from cancel_desk.resources import resource


def test_a_checkout_knows_no_release_page() -> None:
    with pytest.raises(FileNotFoundError):
        resource(PAGE_FILE)
    assert release_page() == ""


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("https://releases.example/all\n", "https://releases.example/all"),
        ("http://releases.example/all\n", ""),
        ("file:///etc/passwd", ""),
        ("", ""),
    ],
)
def test_a_release_says_where_it_came_from(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    written: str,
    page: str,
) -> None:
    (tmp_path / PAGE_FILE).write_text(written, encoding="utf-8")
    monkeypatch.setattr("cancel_desk.releases.resource", lambda name: tmp_path / name)
    assert release_page() == page
    assert run(["--version"], {}) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [f"Newer versions: {page}"] * bool(page)
