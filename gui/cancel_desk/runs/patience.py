"""How long and how often the sender waits and tries again."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Waiting times in seconds and numbers of tries.

    ``looks``: pauses before each reading of an order whose cancel had no usable answer; Walmart
    does not say how soon a reading shows a cancel. ``last_looks``: the same once all is sent, for
    what is still in doubt then. ``reconnects``: pauses before a call that never left is made again.
    ``outage``: how long a lost connection is waited for, the last of these pauses over and over,
    before the run stops. ``before_again``: how long ago an order must have been read by which a
    person had a line in doubt sent again. ``calls_per_line``: calls for a line whose fate was
    unknown, in all. ``throttled``: refusals for pace that a request bears before it is given up.
    ``failures_in_a_row``: failures of one kind after which the run pauses.
    """

    looks: tuple[float, ...] = (0.5, 1.5, 4.0)
    last_looks: tuple[float, ...] = (5.0, 10.0, 15.0)
    reconnects: tuple[float, ...] = (1.0, 3.0, 9.0)
    outage: float = 120.0
    before_again: float = 30.0
    calls_per_line: int = 5
    throttled: int = 20
    failures_in_a_row: int = 8
