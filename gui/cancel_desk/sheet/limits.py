"""How large a file may be before reading it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reading may take; passing any of them is an error of its own.

    The defaults for rows and cell length are those of spreadsheet programs. ``area`` is rows times
    columns of the used rectangle, which a native reader allocates as a whole; ``uncompressed`` and
    ``memory`` are bytes, the latter held only where the system can limit a process.
    """

    rows: int = 1_048_576
    columns: int = 1_000
    cell_length: int = 32_767
    area: int = 50_000_000
    uncompressed: int = 1 << 30
    memory: int = 2 << 30
    seconds: float = 300.0


DEFAULT_LIMITS = Limits()
