"""The attributes of a small XML part's elements, without namespaces."""

from collections.abc import Iterator, Mapping
from xml.parsers import expat


def elements(xml: bytes, name: str) -> Iterator[Mapping[str, str]]:
    """Return the attributes of all elements with this name; ExpatError if it is no XML."""
    found: list[Mapping[str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if plain_name(element) == name:
            found.append({plain_name(key): text for key, text in attributes.items()})

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.Parse(xml, True)  # noqa: FBT003 - takes no keywords
    return iter(found)


def plain_name(name: str) -> str:
    """Return a name as the parser gives it without its namespace."""
    return name.rpartition(" ")[2]
