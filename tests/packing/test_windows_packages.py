"""The installer for Windows, read and not run: Inno Setup and signtool are tools of Windows."""

import re
import subprocess
from pathlib import Path

import pytest
import windows_packages
from windows_packages import SCRIPT, pack, sign, version_resource

from cancel_desk import __version__
from cancel_desk.ui.dialogs.files import SHEET_SUFFIXES

TEXT = SCRIPT.read_text(encoding="utf-8-sig")


def section(name: str) -> list[str]:
    """Return the entries of a section, without comments and directives."""
    (body,) = re.findall(rf"^\[{name}\]\n(.*?)(?=^\[|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    return [line for line in body.splitlines() if line and line[0] not in ";#"]


def settings() -> dict[str, str]:
    return dict(line.split("=", 1) for line in section("Setup"))


def test_the_script_is_marked_as_utf_8() -> None:
    assert SCRIPT.read_bytes().startswith(b"\xef\xbb\xbf")


def test_it_is_installed_for_one_person_without_an_administrator() -> None:
    found = settings()
    assert found["PrivilegesRequired"] == "lowest"
    assert found["DefaultDirName"] == r"{autopf}\Cancel Desk"
    assert not re.search(r"HKLM|HKCR|\{pf|\{commonpf|\{sys", TEXT)
    assert all(line.startswith("Root: HKA;") for line in section("Registry"))


def test_the_version_and_the_paths_come_from_the_build() -> None:
    assert settings()["AppVersion"] == "{#Version}"
    assert __version__ not in TEXT
    assert (SCRIPT.parent / settings()["LicenseFile"].replace("\\", "/")).is_file()


def test_every_kind_of_sheet_is_offered_and_no_default_is_taken() -> None:
    lines = section("Registry")
    offered = [re.search(r"\\(\.\w+)\\OpenWithProgids", line) for line in lines]
    supported = [re.search(r'SupportedTypes".*ValueName: "(\.\w+)"', line) for line in lines]
    assert [each[1] for each in offered if each] == list(SHEET_SUFFIXES)
    assert [each[1] for each in supported if each] == list(SHEET_SUFFIXES)
    # The value without a name of a suffix's own key would be what opens it.
    assert not [line for line in lines if re.search(r'\\\.\w+";', line)]


def test_a_file_is_handed_over_whole_whatever_its_name() -> None:
    commands = [line for line in section("Registry") if "shell\\open\\command" in line]
    assert len(commands) == 2
    assert all(
        line.endswith('''ValueData: """{app}\\CancelDesk.exe"" ""%1"""''') for line in commands
    )


def test_every_program_it_names_is_one_that_is_built() -> None:
    named = set(re.findall(r"[\w-]+\.exe", TEXT))
    assert named <= set(windows_packages.PROGRAMS)
    spec = (SCRIPT.parents[1] / "cancel-desk.spec").read_text(encoding="utf-8")
    for name in windows_packages.PROGRAMS:
        assert f'program("{name.removesuffix(".exe")}"' in spec


def test_runs_are_left_and_it_is_said_in_every_language() -> None:
    languages = re.findall(r'^Name: "(\w+)"', "\n".join(section("Languages")), re.MULTILINE)
    assert languages == ["en", "es", "zh"]
    kept = dict(line.split(".Kept=", 1) for line in section("CustomMessages"))
    assert set(kept) == set(languages)
    assert all("%1" in sentence for sentence in kept.values())
    assert "UninstallDelete" not in TEXT
    assert r"{localappdata}\cancel-desk" in TEXT


class Tools:
    """Stands for the tools of Windows; keeps what they were told."""

    def __init__(self) -> None:
        self.told: list[list[str]] = []

    def run(self, words: list[object], **_rest: object) -> None:
        self.told.append([str(word) for word in words])


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Tools:
    made = Tools()
    monkeypatch.setattr(subprocess, "run", made.run)
    monkeypatch.delenv("WINDOWS_CERTIFICATE", raising=False)
    return made


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "cancel-desk"
    folder.mkdir()
    (folder / "CancelDesk.exe").write_bytes(b"MZ")
    return folder


def test_the_installer_is_given_all_that_its_script_asks_for(
    tools: Tools, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"C:/tools/{name}.exe")
    archive, setup = pack(program, tmp_path, tmp_path, release_page="https://releases.example")
    (words,) = tools.told
    given = {word[2:].split("=")[0] for word in words if word.startswith("/D")}
    asked = set(re.findall(r"\{#(\w+)\}", TEXT)) - set(re.findall(r"#define (\w+)", TEXT))
    assert given == asked
    assert words[0] == "C:/tools/iscc.exe"
    assert words[-1] == str(SCRIPT)
    assert archive.name == f"cancel-desk-{__version__}-windows-x64.zip"
    assert setup.stem == settings()["OutputBaseFilename"].replace("{#Version}", __version__)


def test_without_inno_setup_there_is_an_archive_and_it_is_said(
    tools: Tools, program: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (archive,) = pack(program, tmp_path, tmp_path, release_page="")
    assert archive.is_file()
    assert "no installer was made" in capsys.readouterr().out
    assert tools.told == []


def test_programs_are_signed_where_there_is_a_certificate_and_else_it_is_said(
    tools: Tools, program: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = program / "CancelDesk.exe"
    sign([file])
    assert tools.told == []
    assert "Not signed, for there is no certificate: CancelDesk.exe" in capsys.readouterr().out
    monkeypatch.setenv("WINDOWS_CERTIFICATE", "own.pfx")
    monkeypatch.setenv("WINDOWS_CERTIFICATE_PASSWORD", "hush")
    sign([file])
    (words,) = tools.told
    assert words[1:6] == ["sign", "/f", "own.pfx", "/p", "hush"]
    assert words[-1] == str(file)


def test_the_version_resource_is_read_by_the_tool_that_embeds_it() -> None:
    names = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "StringStruct")
    kinds = {name: lambda *words, **named: (words, named) for name in names}
    kinds |= {name: lambda *words: words for name in ("VarFileInfo", "VarStruct")}
    _words, found = eval(version_resource(), {"__builtins__": {}}, kinds)  # noqa: S307
    numbers = found["ffi"][1]["filevers"]
    assert numbers == (*(int(part) for part in __version__.split(".")), 0)
    assert __version__ in version_resource()
