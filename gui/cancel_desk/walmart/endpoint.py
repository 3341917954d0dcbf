"""Where a store is reached: its address, its market and the allowance there."""

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

CANCELS_PER_MINUTE = 60.0
"""What Walmart allows for the cancel call (Walmart's table of rate limits)."""
READS_PER_MINUTE = 5000.0
"""The same for reading one order: an allowance of its own."""

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
