"""What is handed on with the program keeps its licence beside it."""

from licences import gathered, needed


def test_every_package_that_the_program_needs_is_there_with_its_licence() -> None:
    text = gathered()
    names = needed("cancel-desk")
    assert {"pandas", "numpy", "pyside6-essentials", "shiboken6", "requests", "urllib3"} <= names
    assert not names & {"pytest", "pyinstaller", "ruff"}
    for name in names - {"cancel-desk"}:
        after = text.split(f"=== {name} ", 1)[1].partition("\n=== ")[0]
        assert after.partition(" ===")[2].strip(), name


def test_the_terms_of_qt_are_there_in_full() -> None:
    text = gathered()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "https://download.qt.io/" in text
