"""Packs the built program for macOS: a disk image, signed and notarised where there are keys.

Never run here but by the release workflow; the tests read its scripts.
"""

import platform
import plistlib
import subprocess
from pathlib import Path
from typing import Any

from cancel_desk import __version__

HERE = Path(__file__).parent / "macos"
SCRIPT = HERE / "disk_image.sh"


def pack(out: Path) -> list[Path]:
    """Write the disk image to ``out`` and return it. Raises CalledProcessError if a tool fails."""
    image = out / f"cancel-desk-{__version__}-macos-{platform.machine()}.dmg"
    subprocess.run([SCRIPT, out / "Cancel Desk.app", image], check=True)
    return [image]


def bundle_facts() -> dict[str, Any]:
    """Return what the bundle says of itself, but for what PyInstaller says anyway."""
    facts: dict[str, Any] = plistlib.loads((HERE / "Info.plist").read_bytes())
    return {**facts, "CFBundleVersion": __version__, "CFBundleShortVersionString": __version__}
