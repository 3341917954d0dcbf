"""One store's account: name, market, address, and how careful to be with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from cancel_desk.accounts.variables import BASE_URL, CLIENT_ID, CLIENT_SECRET, MARKET
from cancel_desk.walmart.endpoint import (
    CANCELS_PER_MINUTE,
    AddressRefused,
    Endpoint,
    canonical,
    canonical_host,
)
from cancel_desk.walmart.token import Credentials

PRODUCTION_URL = "https://marketplace.walmartapis.com"
SANDBOX_URL = "https://sandbox.walmartapis.com"

PRACTICE_WORD = "practice"
"""What the practice store is called on the command line."""
PRACTICE_NAME = "Practice store"
ENV_NAME = "env"
RESERVED_NAMES = frozenset({PRACTICE_WORD, PRACTICE_NAME.casefold(), ENV_NAME})
"""Names in small letters that mean something of their own: no account may have them."""

LONGEST_NAME = 60

THIS_SESSION = "session"
"""Where keys are kept that are held in memory and end with the program."""


class Market(StrEnum):
    """A country that Walmart's Marketplace has an API for."""

    US = "US"
    CA = "CA"
    MX = "MX"
    CL = "CL"


class Environment(StrEnum):
    """How real a store is; the value is the word on its badge."""

    LIVE = "LIVE"
    SANDBOX = "SANDBOX"
    PRACTICE = "PRACTICE"


class AccountProblem(StrEnum):
    """What is wrong with an account or with the list of them."""

    NAME_EMPTY = "name_empty"
    NAME_TOO_LONG = "name_too_long"
    NAME_UNPRINTABLE = "name_unprintable"
    NAME_RESERVED = "name_reserved"
    NAME_TAKEN = "name_taken"
    NOT_FOUND = "not_found"
    ENV_MISSING = "env_missing"
    BAD_MARKET = "bad_market"
    BAD_ADDRESS = "bad_address"
    BOOK_BROKEN = "book_broken"
    BOOK_NEWER = "book_newer"
    BOOK_UNREADABLE = "book_unreadable"
    BOOK_UNWRITABLE = "book_unwritable"
    BOOK_BUSY = "book_busy"


class AccountError(Exception):
    """An account can't be used or kept. ``params`` name what it is about; never a secret."""

    def __init__(self, problem: AccountProblem, **params: str) -> None:
        super().__init__(" ".join([problem.value, *params.values()]))
        self.problem = problem
        self.params = params


@dataclass(frozen=True, slots=True)
class Account:
    """A store as the person knows it. Its keys are kept elsewhere, in the vault.

    ``kept_in`` is the name of the keyring that had them last, or THIS_SESSION; "" if not known.
    ``sellers`` tell whose keys they are (`Credentials.seller`): of the keys it has now, then of
    earlier ones that the person said were of the same store; empty if not known.
    """

    name: str
    market: Market
    environment: Environment
    base_url: str
    kept_in: str = ""
    sellers: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, str]:
        """Where it is, to be compared: address and market, however the address was spelled."""
        return canonical(self.base_url), self.market.value

    def endpoint(self, *, cancels_per_minute: float = CANCELS_PER_MINUTE) -> Endpoint:
        """Return where to reach it. Raises AccountError BAD_ADDRESS."""
        # The dynamic sandbox exists for the US only (Walmart's sandbox guide).
        dynamic = self.market is Market.US and _is_at(self.base_url, SANDBOX_URL)
        try:
            return Endpoint(
                self.base_url,
                market=self.market.value,
                sandbox=dynamic,
                cancels_per_minute=cancels_per_minute,
            )
        except AddressRefused as refused:
            raise bad_address(refused) from None


def practice_account(base_url: str) -> Account:
    """Return the account of the practice store, wherever it listens now."""
    return Account(PRACTICE_NAME, Market.US, Environment.PRACTICE, base_url)


def env_account(environ: Mapping[str, str]) -> tuple[Account, Credentials]:
    """Return the account that the environment variables describe, and its keys.

    Raises AccountError: ENV_MISSING (``variables``), BAD_MARKET, BAD_ADDRESS.
    """
    told = {name: environ.get(name, "").strip() for name in (CLIENT_ID, CLIENT_SECRET)}
    missing = [name for name, value in told.items() if not value]
    if missing:
        raise AccountError(AccountProblem.ENV_MISSING, variables=", ".join(missing))
    market = read_market(environ.get(MARKET, "").strip() or Market.US)
    base_url = checked_address(environ.get(BASE_URL, "").strip() or PRODUCTION_URL)
    account = Account(ENV_NAME, market, environment_of(base_url), base_url)
    return account, Credentials(told[CLIENT_ID], told[CLIENT_SECRET])


def environment_of(base_url: str) -> Environment:
    """Return how real the store at an address must be taken to be.

    Walmart's sandbox and servers on this machine are SANDBOX; whatever is not known to be
    harmless is LIVE.
    """
    if _is_at(base_url, SANDBOX_URL) or Endpoint(base_url).is_loopback:
        return Environment.SANDBOX
    return Environment.LIVE


def honest(account: Account) -> Account:
    """Return the account with no badge that plays down what its address is.

    PRACTICE belongs to the practice store alone, and Walmart's own address is always LIVE.
    """
    found = environment_of(account.base_url)
    plays_down = account.environment is Environment.PRACTICE
    if plays_down or _is_at(account.base_url, PRODUCTION_URL):
        return replace(account, environment=found)
    return account


def read_market(text: str) -> Market:
    """Return the market named by its two letters. Raises AccountError BAD_MARKET."""
    try:
        return Market(text.strip().upper())
    except ValueError:
        raise AccountError(AccountProblem.BAD_MARKET, market=text) from None


def checked_address(text: str) -> str:
    """Return the address as it is to be kept. Raises AccountError BAD_ADDRESS."""
    try:
        return Endpoint(text).base_url
    except AddressRefused as refused:
        raise bad_address(refused) from None


def checked_name(text: str) -> str:
    """Return a name that an account may have. Raises AccountError NAME_..."""
    name = " ".join(text.split())
    if not name:
        raise AccountError(AccountProblem.NAME_EMPTY)
    if len(name) > LONGEST_NAME:
        raise AccountError(AccountProblem.NAME_TOO_LONG, longest=str(LONGEST_NAME))
    if not name.isprintable():
        raise AccountError(AccountProblem.NAME_UNPRINTABLE)
    if name.casefold() in RESERVED_NAMES:
        raise AccountError(AccountProblem.NAME_RESERVED, name=name)
    return name


def bad_address(refused: AddressRefused) -> AccountError:
    """Return the account's error for a refused address."""
    return AccountError(
        AccountProblem.BAD_ADDRESS, why=refused.problem.value, address=refused.address
    )


def _is_at(base_url: str, known: str) -> bool:
    return canonical_host(base_url) == canonical_host(known)
