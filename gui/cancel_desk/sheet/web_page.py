"""Telling a web page or XML from other text, before anything that reads one is needed."""

import re

_WEB_PAGE = re.compile(
    r"\s*(?:<\?xml|<!doctype|<!--|<(?:html|head|meta|style|body|table|div|tr)\b)", re.IGNORECASE
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)


def is_web_page(text: str) -> bool:
    """Tell whether a text begins as a web page or XML does."""
    return _WEB_PAGE.match(text) is not None


def named_charset(data: bytes) -> str | None:
    """Return the encoding that a web page names in its head, or None."""
    found = _CHARSET.search(data[:8192])
    return found[1].decode("ascii") if found else None
