"""What a Linux desktop is told of the program, and what a Debian package asks for."""

import configparser
import gzip
import platform
import shutil
import subprocess
import tarfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from icons import SIZES
from linux_packages import needed_packages, pack, share_files

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


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Return a folder as PyInstaller leaves it, with a program that says what it is given."""
    folder = tmp_path / "cancel-desk"
    (folder / "_internal").mkdir(parents=True)
    (folder / "cancel-desk").write_text('#!/bin/sh\necho "opened $1"\n', encoding="utf-8")
    (folder / "cancel-desk").chmod(0o700)
    (folder / "_internal" / "libown.so.1").write_bytes(b"x" * 200_000)
    (folder / "_internal" / "libown.so.1").chmod(0o755)
    (folder / "_internal" / "libown.so").symlink_to("libown.so.1")
    return folder


@pytest.fixture
def unpacked(program: Path, icons: Path, tmp_path: Path) -> Path:
    """Return a root folder with the Debian package unpacked in it."""
    if shutil.which("dpkg-deb") is None:
        pytest.skip("dpkg-deb is not installed")
    _tarball, package = pack(program, icons, tmp_path)
    subprocess.run(["dpkg-deb", "-x", package, tmp_path / "root"], check=True)  # noqa: S607
    subprocess.run(["dpkg-deb", "-e", package, tmp_path / "root/DEBIAN"], check=True)  # noqa: S607
    return tmp_path / "root"


def test_the_command_of_the_desktop_entry_opens_the_file(unpacked: Path, share: Path) -> None:
    command = unpacked / "usr/bin" / entry(share)["Exec"].split()[0]
    name = "Bestellungen für 订单.xlsx"
    done = subprocess.run([command, name], check=True, capture_output=True, text=True)
    assert done.stdout == f"opened {name}\n"


def test_everybody_may_read_and_nobody_may_change_what_is_installed(unpacked: Path) -> None:
    modes = {
        str(each.relative_to(unpacked)): each.stat().st_mode & 0o777
        for each in unpacked.rglob("usr/**/*")
        if not each.is_symlink()
    }
    assert modes.pop("usr/lib/cancel-desk/cancel-desk") == 0o755
    for name, mode in modes.items():
        assert mode == (0o755 if (unpacked / name).is_dir() else 0o644), name


def test_the_package_brings_icons_licence_and_changes(unpacked: Path) -> None:
    share = unpacked / "usr/share"
    for size in SIZES:
        assert (share / f"icons/hicolor/{size}x{size}/apps/cancel-desk.png").is_file()
    assert (share / "icons/hicolor/scalable/apps/cancel-desk.svg").is_file()
    assert "MIT License" in (share / "doc/cancel-desk/copyright").read_text(encoding="utf-8")
    changes = gzip.decompress((share / "doc/cancel-desk/CHANGELOG.md.gz").read_bytes())
    assert f"## [{__version__}]" in changes.decode()


def test_the_package_says_its_size_once_and_asks_for_the_libc_it_was_made_with(
    unpacked: Path,
) -> None:
    text = (unpacked / "DEBIAN/control").read_text(encoding="utf-8")
    facts = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    files = [each for each in (unpacked / "usr").rglob("*") if each.is_file()]
    whole = sum(each.stat().st_size for each in files if not each.is_symlink())
    assert int(facts["Installed-Size"]) == whole // 1024
    assert facts["Version"] == __version__
    assert facts["Depends"].startswith(f"libc6 (>= {platform.libc_ver()[1]})")


def test_the_tarball_holds_one_folder(program: Path, icons: Path, tmp_path: Path) -> None:
    path = pack(program, icons, tmp_path)[0]
    with tarfile.open(path) as tar:
        names = tar.getnames()
    (folder,) = {name.split("/")[0] for name in names}
    assert path.name == f"{folder}.tar.gz"
    assert f"{folder}/cancel-desk" in names
    assert f"{folder}/share/cancel-desk.desktop" in names
