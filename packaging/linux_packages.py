"""Packs the built program for Linux: a tarball for any, and a Debian package."""

import gzip
import platform
import shutil
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import licences
from icons import SIZES

from cancel_desk import __version__
from cancel_desk.ui.prerequisites import PACKAGES

HERE = Path(__file__).parent
# Renamed in newer releases of Debian, when time stamps grew to 64 bits.
_RENAMED = {"libglib2.0-0": "libglib2.0-0 | libglib2.0-0t64"}
_MAINTAINER = "The Cancel Desk developers <noreply@example.com>"
_CHANGES = f"""\
cancel-desk ({{version}}) stable; urgency=medium

  * What is new is told in CHANGELOG.md.gz.

 -- {_MAINTAINER}  {{now}}
"""
_CONTROL = """\
Package: cancel-desk
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {needed}
Recommends: gnome-keyring | kwalletmanager | keepassxc
Section: misc
Priority: optional
Description: Cancel Walmart Marketplace order lines from a spreadsheet
 Drop a sheet of purchase orders, lines and reasons on it, fix what is wrong,
 look at what will be cancelled, and send it. The sheet comes back with a result
 on every row.
"""


def pack(program: Path, icons: Path, out: Path) -> list[Path]:
    """Write the packages to ``out`` and return them; no Debian package where its tool is missing.

    Raises CalledProcessError if the tool fails.
    """
    packages = [_tarball(program, icons, out)]
    if tool := shutil.which("dpkg-deb"):
        packages.append(_debian_package(tool, program, icons, out))
    return packages


def needed_packages() -> list[str]:
    """Return what Debian must have installed before the program can run, as ``Depends`` says it."""
    names = dict.fromkeys(PACKAGES.values())
    # Libraries of this system came along, and they ask for its own.
    return [
        f"libc6 (>= {platform.libc_ver()[1]})",
        "zlib1g",
        *(_RENAMED.get(name, name) for name in names),
    ]


def _tarball(program: Path, icons: Path, out: Path) -> Path:
    name = f"cancel-desk-{__version__}-linux-{_architecture()}"
    path = out / f"{name}.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        tar.add(program, name)
        tar.add(HERE / "linux" / "cancel-desk.desktop", f"{name}/share/cancel-desk.desktop")
        tar.add(icons / "cancel-desk-256.png", f"{name}/share/cancel-desk.png")
    return path


def _debian_package(tool: str, program: Path, icons: Path, out: Path) -> Path:
    path = out / f"cancel-desk_{__version__}_{_architecture()}.deb"
    with tempfile.TemporaryDirectory(prefix="cancel-desk-deb-") as name:
        root = Path(name) / "package"
        shutil.copytree(program, root / "usr/lib/cancel-desk", symlinks=True)
        (root / "usr/bin").mkdir(parents=True)
        (root / "usr/bin/cancel-desk").symlink_to("../lib/cancel-desk/cancel-desk")
        share_files(root / "usr/share", icons)
        _write_documents(root / "usr/share/doc/cancel-desk")
        _write_control(root)
        for each in (root, *root.rglob("*")):
            if not each.is_symlink():
                program_or_folder = each.is_dir() or each.name == "cancel-desk"
                each.chmod(0o755 if program_or_folder else 0o644)
        subprocess.run(
            [tool, "--root-owner-group", "--build", "-Zxz", root, path],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return path


def share_files(share: Path, icons: Path) -> None:
    """Put desktop entry, metainfo and icons where desktops look for them, below ``share``."""
    applications, metainfo = share / "applications", share / "metainfo"
    applications.mkdir(parents=True)
    metainfo.mkdir(parents=True)
    shutil.copy(HERE / "linux" / "cancel-desk.desktop", applications)
    facts = (HERE / "linux" / "io.github.cancel_desk.metainfo.xml").read_text(encoding="utf-8")
    facts = facts.replace("@VERSION@", __version__)
    facts = facts.replace("@DATE@", f"{datetime.now(UTC):%Y-%m-%d}")
    (metainfo / "io.github.cancel_desk.metainfo.xml").write_text(facts, encoding="utf-8")
    for size in SIZES:
        folder = share / f"icons/hicolor/{size}x{size}/apps"
        folder.mkdir(parents=True)
        shutil.copy(icons / f"cancel-desk-{size}.png", folder / "cancel-desk.png")
    scalable = share / "icons/hicolor/scalable/apps"
    scalable.mkdir(parents=True)
    shutil.copy(HERE.parent / "resources" / "icon.svg", scalable / "cancel-desk.svg")


def _write_documents(folder: Path) -> None:
    """Write what Debian's rules want of every package: the licences, and what changed."""
    folder.mkdir(parents=True)
    licence = (HERE.parent / "LICENSE").read_text(encoding="utf-8")
    others = f"/usr/lib/cancel-desk/_internal/{licences.FILE}"
    (folder / "copyright").write_text(
        f"{licence}\nThe licences of what comes along are in {others}\n", encoding="utf-8"
    )
    now = format_datetime(datetime.now(UTC))
    entry = _CHANGES.format(version=__version__, now=now)
    (folder / "changelog.gz").write_bytes(gzip.compress(entry.encode(), mtime=0))
    log = (HERE.parent / "CHANGELOG.md").read_bytes()
    (folder / "CHANGELOG.md.gz").write_bytes(gzip.compress(log, mtime=0))


def _write_control(root: Path) -> None:
    files = [each for each in root.rglob("*") if each.is_file() and not each.is_symlink()]
    size = sum(each.stat().st_size for each in files)
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN/control").write_text(
        _CONTROL.format(
            version=__version__,
            architecture=_architecture(),
            kilobytes=size // 1024,
            maintainer=_MAINTAINER,
            needed=", ".join(needed_packages()),
        ),
        encoding="utf-8",
    )


def _architecture() -> str:
    machine = platform.machine()
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(machine, machine)
