"""Where a store is reached: its address, its market and the allowance there."""

import ipaddress
import posixpath
import re
import socket
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote, urlsplit

CANCELS_PER_MINUTE = 60.0
"""What Walmart allows for the cancel call (Walmart's table of rate limits)."""
READS_PER_MINUTE = 5000.0
"""The same for reading one order: an allowance of its own."""

_PORTS = {"http": 80, "https": 443}
_THIS_MACHINE = "127.0.0.1"
_PLAIN = r"[!-~]+"  # no spaces, no control characters, nothing outside ASCII


class AddressProblem(StrEnum):
    """Why an address is refused."""

    NOT_WEB = "not_web"
    PLAIN_HTTP = "plain_http"  # anywhere but this machine
    HOLDS_LOGIN = "holds_login"  # user:password@ in front of the host
    HOLDS_QUERY = "holds_query"


class AddressRefused(ValueError):  # noqa: N818 - it reads as what happened
    """An address that this program won't talk to. ``address`` holds no password."""

    def __init__(self, problem: AddressProblem, address: str = "") -> None:
        super().__init__(f"{problem}: {address}")
        self.problem = problem
        self.address = address


def is_loopback(host: str) -> bool:
    """Say whether a host name or address means this very machine."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def canonical(address: str) -> str:
    """Return the one text that all spellings of an address have in common (RFC 3986, section 6).

    A store is told by it, so that no spelling makes it another store. It is for comparing alone:
    what is called is the address as it was given, for a server may listen at just one of this
    machine's names. What makes no sense as an address comes back as it is.
    """
    host = canonical_host(address)
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return address
    if not host:
        return address
    place = f"[{host}]" if ":" in host else host
    if port not in (None, _PORTS.get(parts.scheme)):
        place += f":{port}"
    path = posixpath.normpath("/" + unquote(parts.path).lstrip("/")).rstrip("/")
    return f"{parts.scheme}://{place}{path}"


def canonical_host(address: str) -> str:
    """Return the one name that an address's host has in all spellings; "" if there is none.

    International names are in ASCII already: :class:`Endpoint` takes no others.
    """
    try:
        name = (urlsplit(address.strip()).hostname or "").removesuffix(".")
    except ValueError:
        return ""
    if is_loopback(name):
        return _THIS_MACHINE
    with suppress(OSError, UnicodeError):  # numbers in any form that a system connects to: 127.1
        name = socket.inet_ntoa(socket.inet_aton(name))
    try:
        number = ipaddress.ip_address(name)
    except ValueError:
        return name
    number = getattr(number, "ipv4_mapped", None) or number
    # Connecting to "any address" means this machine.
    return _THIS_MACHINE if number.is_loopback or number.is_unspecified else str(number)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One store's address. Raises AddressRefused unless it is https, or http to this machine.

    ``market`` is US, CA, MX or CL; ``sandbox`` asks for Walmart's dynamic sandbox.
    ``cancels_per_minute`` and ``reads_per_minute`` are what the store allows; a practice store can
    be faster than Walmart.
    """

    base_url: str
    market: str = "US"
    sandbox: bool = False
    cancels_per_minute: float = CANCELS_PER_MINUTE
    reads_per_minute: float = READS_PER_MINUTE

    def __post_init__(self) -> None:
        object.__setattr__(self, "base_url", _checked(self.base_url))

    @property
    def host(self) -> str:
        """The host name, for messages and for choosing a proxy."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_loopback(self) -> bool:
        """Whether the store runs on this machine: then no proxy may see it."""
        return is_loopback(self.host)


def _checked(address: str) -> str:
    trimmed = address.strip().rstrip("/")
    try:
        parts = urlsplit(trimmed)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise AddressRefused(AddressProblem.NOT_WEB) from None
    if "@" in parts.netloc:
        raise AddressRefused(AddressProblem.HOLDS_LOGIN, host or "")
    if parts.scheme not in ("http", "https") or not host or not re.fullmatch(_PLAIN, trimmed):
        raise AddressRefused(AddressProblem.NOT_WEB, trimmed)
    if parts.query or parts.fragment:
        raise AddressRefused(AddressProblem.HOLDS_QUERY, trimmed)
    if parts.scheme == "http" and not is_loopback(host):
        raise AddressRefused(AddressProblem.PLAIN_HTTP, trimmed)
    return trimmed
