"""Where newer versions of the program are: the page that this copy was released on."""

from cancel_desk.resources import resource

PAGE_FILE = "release-page.txt"
"""Written into the program by a release. A checkout has none: nobody released it."""


def release_page() -> str:
    """Return the address of the page this copy was released on; empty for any other copy."""
    try:
        address = resource(PAGE_FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
    return address if address.startswith("https://") else ""
