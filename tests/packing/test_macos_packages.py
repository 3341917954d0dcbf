"""The bundle and the disk image of macOS, read and not run: their tools are macOS's."""

import os
import plistlib
import stat
import subprocess
from pathlib import Path

import pytest
from macos_packages import HERE, SCRIPT, bundle_facts, pack

from cancel_desk import __version__
from cancel_desk.ui.dialogs.files import SHEET_SUFFIXES

TOOLS = ("codesign", "ditto", "hdiutil", "spctl", "xcrun")


def test_the_bundle_says_its_version_and_follows_the_dark() -> None:
    facts = bundle_facts()
    assert facts["CFBundleShortVersionString"] == facts["CFBundleVersion"] == __version__
    assert facts["NSRequiresAquaSystemAppearance"] is False
    assert facts["NSHighResolutionCapable"] is True


def test_every_kind_of_sheet_is_offered_and_no_default_is_taken() -> None:
    (kinds,) = bundle_facts()["CFBundleDocumentTypes"]
    assert [f".{each}" for each in kinds["CFBundleTypeExtensions"]] == list(SHEET_SUFFIXES)
    assert len(kinds["LSItemContentTypes"]) == len(SHEET_SUFFIXES)
    assert kinds["LSHandlerRank"] == "Alternate"


def test_the_entitlements_are_only_what_python_needs() -> None:
    found = plistlib.loads((HERE / "entitlements.plist").read_bytes())
    assert found == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put tools on the path that only write down what they are told, into one file."""
    folder, told = tmp_path / "tools", tmp_path / "told.txt"
    folder.mkdir()
    told.touch()
    for name in TOOLS:
        tool = folder / name
        tool.write_text(f'#!/bin/sh\necho {name} "$@" >> "{told}"\n', encoding="utf-8")
        tool.chmod(0o755)
    (folder / "file").write_text("#!/bin/sh\necho Mach-O 64-bit executable\n", encoding="utf-8")
    (folder / "file").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    for name in ("IDENTITY", "NOTARY_KEY", "NOTARY_KEY_ID", "NOTARY_ISSUER"):
        monkeypatch.delenv(f"APPLE_{name}", raising=False)
    return told


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder with what PyInstaller leaves there."""
    programs = tmp_path / "Cancel Desk.app" / "Contents" / "MacOS"
    programs.mkdir(parents=True)
    (programs / "cancel-desk").touch(mode=0o755)
    return tmp_path


pytestmark = pytest.mark.skipif(os.name != "posix", reason="the script is for bash")


def test_without_keys_nothing_is_signed_and_it_is_said(
    told: Path, out: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (image,) = pack(out)
    assert image.name.startswith(f"cancel-desk-{__version__}-macos-")
    assert "Not signed: APPLE_IDENTITY is not set." in capfd.readouterr().out
    used = [line.split()[0] for line in told.read_text(encoding="utf-8").splitlines()]
    assert used == ["ditto", "hdiutil"]


def test_with_keys_it_is_signed_from_the_inside_out_and_notarised(
    told: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPLE_IDENTITY", "Developer ID Application: Someone")
    for name in ("KEY", "KEY_ID", "ISSUER"):
        monkeypatch.setenv(f"APPLE_NOTARY_{name}", f"the {name}")
    (image,) = pack(out)
    lines = told.read_text(encoding="utf-8").splitlines()
    signed = [line for line in lines if line.startswith("codesign") and " --sign " in line]
    ends = ("/MacOS/cancel-desk", "/Cancel Desk.app", image.name)
    assert [end for line, end in zip(signed, ends, strict=True) if line.endswith(end)] == [*ends]
    assert all("--options runtime" in line for line in signed[:2])
    order = [" ".join(line.split()[:2]) for line in lines]
    assert order[-4:] == [
        "codesign --timestamp",
        "xcrun notarytool",
        "xcrun stapler",
        "spctl --assess",
    ]
    assert "--key the KEY --key-id the KEY_ID --issuer the ISSUER" in lines[-3]


def test_a_step_that_fails_makes_no_image(told: Path, out: Path) -> None:
    (told.parent / "tools" / "ditto").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        pack(out)
    assert "hdiutil" not in told.read_text(encoding="utf-8")


def busy(tools: Path, times: int) -> None:
    """Have hdiutil find the image busy so many times; nobody waits for it here."""
    (tools / "sleep").write_text('#!/bin/sh\necho sleep "$@" >> "$0.told"\n', encoding="utf-8")
    (tools / "sleep").chmod(0o755)
    hdiutil = tools / "hdiutil"
    hdiutil.write_text(
        f'#!/bin/sh\necho tried >> "$0.told"\n[ $(wc -l < "$0.told") -gt {times} ]\n',
        encoding="utf-8",
    )


@pytest.mark.parametrize("times", [1, 4])
def test_an_image_that_is_busy_is_tried_again(told: Path, out: Path, times: int) -> None:
    tools = told.parent / "tools"
    busy(tools, times)
    assert len(pack(out)) == 1
    assert len((tools / "sleep.told").read_text(encoding="utf-8").splitlines()) == times


def test_an_image_that_stays_busy_ends_it(told: Path, out: Path) -> None:
    tools = told.parent / "tools"
    busy(tools, 99)
    with pytest.raises(subprocess.CalledProcessError):
        pack(out)
    assert (tools / "hdiutil.told").read_text(encoding="utf-8") == "tried\n" * 5


def test_the_script_can_be_run() -> None:
    assert SCRIPT.stat().st_mode & stat.S_IXUSR
