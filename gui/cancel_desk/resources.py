"""Where the program's own files are: in a checkout, or inside the installed package."""

from pathlib import Path

_INSTALLED = Path(__file__).parent / "resources"
_CHECKOUT = Path(__file__).parents[2] / "resources"


def resource(name: str) -> Path:
    """Return the path of a file under ``resources/``. Raises FileNotFoundError."""
    for folder in (_INSTALLED, _CHECKOUT):
        path = folder / name
        if path.exists():
            return path
    raise FileNotFoundError(name)
