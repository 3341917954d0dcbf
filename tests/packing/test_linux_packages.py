"""What a Linux desktop is told of the program, and what a Debian package asks for."""

import configparser
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from linux_packages import needed_packages, share_files

from cancel_desk import __version__
from cancel_desk.ui.opening import DESKTOP_ENTRY
from cancel_desk.ui.prerequisites import PACKAGES


@pytest.fixture
def share(tmp_path: Path, icons: Path) -> Path:
    folder = tmp_path / "share"
    share_files(folder, icons)
    return folder


def entry(share: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(share / "applications" / "cancel-desk.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_desktop_entry_opens_sheets_with_the_program(share: Path) -> None:
    found = entry(share)
    assert found["Exec"] == "cancel-desk %f"
    assert found["Icon"] == "cancel-desk"
    kinds = found["MimeType"].split(";")
    assert "text/csv" in kinds
    assert "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" in kinds
    assert "application/vnd.oasis.opendocument.spreadsheet" in kinds


def test_the_window_belongs_to_the_desktop_entry(share: Path) -> None:
    """A dock shows icon and name of the entry that the window names."""
    assert (share / "applications" / f"{DESKTOP_ENTRY}.desktop").is_file()
    assert entry(share)["StartupWMClass"] == DESKTOP_ENTRY


def test_the_metainfo_names_this_version_and_the_entry(share: Path) -> None:
    path = share / "metainfo" / "io.github.cancel_desk.metainfo.xml"
    root = ET.parse(path).getroot()  # noqa: S314 - our own file
    releases = root.findall("releases/release")
    assert [each.get("version") for each in releases] == [__version__]
    assert root.findtext("launchable") == "cancel-desk.desktop"
    assert "@" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("tool", "words", "file"),
    [
        ("desktop-file-validate", (), "applications/cancel-desk.desktop"),
        (
            "appstreamcli",
            ("validate", "--no-net"),
            "metainfo/io.github.cancel_desk.metainfo.xml",
        ),
    ],
)
def test_the_desktops_own_tools_find_nothing_wrong(
    share: Path, tool: str, words: tuple[str, ...], file: str
) -> None:
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed")
    done = subprocess.run(
        [found, *words, share / file], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_debian_package_asks_for_all_that_qt_leaves_to_the_system() -> None:
    asked = ", ".join(needed_packages())
    assert all(package in asked for package in PACKAGES.values())
