"""Builds the program for this system, tests what came out, and packs it.

Run it from the root of the checkout: ``uv run --group packaging packaging/build.py``. With
``--no-packages`` it stops after the test; ``--release-page`` is the address at which a release
offers what is built here, and is left out anywhere else.
"""

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import licences
import linux_packages
import macos_packages
import windows_packages
from icons import draw_icons

from cancel_desk.releases import PAGE_FILE

ROOT = Path(__file__).parents[1]
BUILD, DIST = ROOT / "build", ROOT / "dist"
ICONS = BUILD / "icons"
SYSTEM = platform.system()
BARE_MACHINE = ROOT / "packaging" / "linux" / "bare_machine.sh"
ALONE = frozenset({"SYSTEMROOT", "TEMP", "DBUS_SESSION_BUS_ADDRESS"})
"""What the built program is given of this environment: no Python, no libraries of ours."""


def main() -> None:
    """Build, test and pack; leave with 1 where the built program fails its own test."""
    options = _options()
    draw_icons(ROOT / "resources" / "icon.svg", ICONS)
    (BUILD / PAGE_FILE).unlink(missing_ok=True)
    if options.release_page:
        (BUILD / PAGE_FILE).write_text(options.release_page, encoding="utf-8")
    (BUILD / "version.txt").write_text(windows_packages.version_resource(), encoding="utf-8")
    (BUILD / licences.FILE).write_text(licences.gathered(), encoding="utf-8")
    _freeze()
    program = DIST / ("Cancel Desk.app" if SYSTEM == "Darwin" else "cancel-desk")
    if SYSTEM == "Linux":
        leave_out_debugging(program)
    elif SYSTEM == "Windows":
        windows_packages.sign([program / name for name in windows_packages.PROGRAMS])
    print(f"{program.relative_to(ROOT)}: {_megabytes(program):.0f} MB")
    if not passes_its_test(program) or not passes_on_a_bare_machine(program):
        sys.exit("The built program fails its own test; nothing was packed.")
    if options.no_packages:
        return
    for package in _packed(program, options.release_page):
        digest = hashlib.sha256(package.read_bytes()).hexdigest()
        print(f"{package.relative_to(ROOT)}: {package.stat().st_size / 1e6:.0f} MB, {digest}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Build the program, test it and pack it.")
    parser.add_argument("--no-packages", action="store_true", help="stop after the test")
    parser.add_argument("--release-page", default="", metavar="URL", help="where it is released")
    return parser.parse_args()


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
        subprocess.run([tool, "--strip-unneeded", *libraries], check=True)


def passes_its_test(program: Path) -> bool:
    """Have a copy in an empty folder test itself and do the demonstration there, on its own."""
    with tempfile.TemporaryDirectory(prefix="cancel-desk-built-") as name:
        copy = Path(name) / program.name
        shutil.copytree(program, copy, symlinks=True)
        # On macOS the keychain is in the home folder, and there is none in a new one.
        home = Path.home() if SYSTEM == "Darwin" else Path(name) / "home"
        home.mkdir(exist_ok=True)
        within = "Contents/MacOS/cancel-desk" if SYSTEM == "Darwin" else "cancel-desk"
        environ = {key: value for key, value in os.environ.items() if key in ALONE}
        environ |= {"HOME": str(home), "USERPROFILE": str(home), "LANG": "C.UTF-8"}
        for words in (["--self-test"], ["demo", "--results", "results.xlsx"]):
            done = subprocess.run([copy / within, *words], cwd=name, env=environ, check=False)
            if done.returncode != 0:
                return False
    return True


def passes_on_a_bare_machine(program: Path) -> bool:
    """Have it tested where there is nothing but C's library; True where that can't be tried."""
    if SYSTEM != "Linux" or os.geteuid() != 0:
        print("On a bare machine: not tried, which only root can on Linux.")
        return True
    return subprocess.run([BARE_MACHINE, program], check=False).returncode == 0


def _packed(program: Path, release_page: str) -> list[Path]:
    """Pack the program as this system's people expect it; return the packages."""
    if SYSTEM == "Windows":
        return windows_packages.pack(program, ICONS, DIST, release_page=release_page)
    if SYSTEM == "Darwin":
        return macos_packages.pack(DIST)
    return linux_packages.pack(program, ICONS, DIST)


def _megabytes(folder: Path) -> float:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sum(path.stat().st_size for path in files) / 1e6


if __name__ == "__main__":
    main()
