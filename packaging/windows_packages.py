"""Packs the built program for Windows: an installer, and an archive for who wants none.

Never run here but by the release workflow; the tests read the installer's script.
"""

import os
import shutil
import subprocess
from pathlib import Path

from cancel_desk import __version__

SCRIPT = Path(__file__).parent / "windows" / "cancel-desk.iss"
PROGRAMS = ("CancelDesk.exe", "cancel-desk.exe")
_TIME_SERVER = "http://timestamp.digicert.com"


def pack(program: Path, icons: Path, out: Path, *, release_page: str) -> list[Path]:
    """Write the packages to ``out`` and return them; no installer where Inno Setup is missing.

    Raises CalledProcessError if a tool fails.
    """
    name = f"cancel-desk-{__version__}-windows-x64"
    packages = [Path(shutil.make_archive(str(out / name), "zip", program.parent, program.name))]
    if compiler := _compiler():
        subprocess.run([compiler, *_definitions(program, icons, out, release_page)], check=True)
        packages.append(out / f"{name}-setup.exe")
        sign(packages[-1:])
    else:
        print("Inno Setup is not installed: no installer was made.")
    return packages


def sign(files: list[Path]) -> None:
    """Sign programs where the environment names a certificate, and say so where it names none.

    ``WINDOWS_CERTIFICATE`` is the path of a .pfx file, ``WINDOWS_CERTIFICATE_PASSWORD`` opens it.
    Raises CalledProcessError if signing fails.
    """
    certificate = os.environ.get("WINDOWS_CERTIFICATE")
    if not certificate:
        print(f"Not signed, for there is no certificate: {', '.join(each.name for each in files)}")
        return
    password = os.environ["WINDOWS_CERTIFICATE_PASSWORD"]
    subprocess.run(
        [
            *(_sign_tool(), "sign", "/f", certificate, "/p", password),
            *("/fd", "sha256", "/tr", _TIME_SERVER, "/td", "sha256"),
            *files,
        ],
        check=True,
    )


def version_resource() -> str:
    """Return what Windows shows about the programs, in PyInstaller's notation."""
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


def _compiler() -> str | None:
    usual = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "Inno Setup 6" / "ISCC.exe"
    return shutil.which("iscc") or (str(usual) if usual.exists() else None)


def _sign_tool() -> str:
    kits = Path(os.environ.get("PROGRAMFILES(X86)", "")) / "Windows Kits" / "10" / "bin"
    found = sorted(kits.glob("10.*/x64/signtool.exe"))
    return shutil.which("signtool") or (str(found[-1]) if found else "signtool")


def _definitions(program: Path, icons: Path, out: Path, release_page: str) -> list[str]:
    given = {
        "Version": __version__,
        "Program": program,
        "Icon": icons / "cancel-desk.ico",
        "Out": out,
        **({"ReleasePage": release_page} if release_page else {}),
    }
    return [*(f"/D{name}={value}" for name, value in given.items()), str(SCRIPT)]
