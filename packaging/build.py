"""Builds the program for this system, tests what came out, and packs it.

Run it from the root of the checkout: ``uv run --group packaging packaging/build.py``. With
``--no-packages`` it stops after the test.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from icons import draw_icons
from linux_packages import pack

from cancel_desk import __version__

ROOT = Path(__file__).parents[1]
BUILD, DIST = ROOT / "build", ROOT / "dist"
PROGRAM = DIST / "cancel-desk"
ALONE = frozenset({"HOME", "SYSTEMROOT", "TEMP", "DBUS_SESSION_BUS_ADDRESS"})
"""What the built program is given of this environment: no Python, no libraries of ours."""


def main() -> None:
    """Build, test and pack; leave with 1 where the built program fails its own test."""
    draw_icons(ROOT / "resources" / "icon.svg", BUILD / "icons")
    if platform.system() == "Windows":
        (BUILD / "version.txt").write_text(_windows_version(), encoding="utf-8")
    _freeze()
    if platform.system() == "Linux":
        leave_out_debugging(PROGRAM)
    print(f"{PROGRAM.relative_to(ROOT)}: {_megabytes(PROGRAM):.0f} MB")
    if not passes_its_test(PROGRAM):
        sys.exit("The built program fails its own test; nothing was packed.")
    if "--no-packages" in sys.argv:
        return
    for package in _packed():
        digest = hashlib.sha256(package.read_bytes()).hexdigest()
        package.with_name(f"{package.name}.sha256").write_text(f"{digest}  {package.name}\n")
        print(f"{package.relative_to(ROOT)}: {package.stat().st_size / 1e6:.0f} MB, {digest}")


def _freeze() -> None:
    subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", DIST, "--workpath", BUILD / "pyinstaller"),
            ROOT / "packaging" / "cancel-desk.spec",
        ],
        check=True,
    )


def leave_out_debugging(program: Path) -> None:
    """Take out of the libraries what only a debugger reads: some Pythons come with 30 MB of it."""
    if tool := shutil.which("strip"):
        libraries = [path for path in program.rglob("*.so*") if not path.is_symlink()]
        subprocess.run([tool, "--strip-debug", *libraries], check=True)


def passes_its_test(program: Path) -> bool:
    """Copy the built program to an empty folder and have it test itself there, on its own."""
    with tempfile.TemporaryDirectory(prefix="cancel-desk-built-") as name:
        copy = Path(name) / "program"
        shutil.copytree(program, copy, symlinks=True)
        environ = {key: value for key, value in os.environ.items() if key in ALONE}
        home = Path(name) / "home"
        home.mkdir()
        done = subprocess.run(
            [copy / "cancel-desk", "--self-test"],
            cwd=home,
            env={**environ, "HOME": str(home), "LANG": "C.UTF-8"},
            check=False,
        )
    return done.returncode == 0


def _packed() -> list[Path]:
    """Pack the program as this system's people expect it; return the packages."""
    if platform.system() == "Linux":
        return pack(PROGRAM, BUILD / "icons", DIST)
    archive = DIST / f"cancel-desk-{__version__}-{sys.platform}.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(PROGRAM, "cancel-desk")
    return [archive]


def _megabytes(folder: Path) -> float:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sum(path.stat().st_size for path in files) / 1e6


def _windows_version() -> str:
    """Return the version resource of the Windows programs, in PyInstaller's notation."""
    numbers = (*(int(part) for part in __version__.split(".")), 0)
    texts = {
        "CompanyName": "The Cancel Desk developers",
        "FileDescription": "Cancel Desk",
        "FileVersion": __version__,
        "LegalCopyright": "MIT licence",
        "OriginalFilename": "CancelDesk.exe",
        "ProductName": "Cancel Desk",
        "ProductVersion": __version__,
    }
    strings = ", ".join(f"StringStruct({key!r}, {text!r})" for key, text in texts.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}), kids=["
        f"StringFileInfo([StringTable('040904B0', [{strings}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )


if __name__ == "__main__":
    main()
