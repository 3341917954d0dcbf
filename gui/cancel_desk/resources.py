"""Where the program's own files are: in a checkout, or inside the installed package."""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "resources"
_CHECKOUT = Path(__file__).parents[2] / "resources"

_FOLDERS = (_INSTALLED, _CHECKOUT)


def resource(name: str) -> Path:
    """Return the path of a file under ``resources/``. Raises FileNotFoundError."""
    for folder in _FOLDERS:
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(name)


def every_resource() -> list[Path]:
    """Return the path of every file under ``resources/``. Raises FileNotFoundError."""
    folder = resource(".")
    return sorted(path for path in folder.rglob("*") if path.is_file())
