"""Threads that do the same work side by side; more can join in while they are at it."""

import threading
from collections.abc import Callable


class Crew:
    """Each member calls ``work`` once, and ends with it."""

    def __init__(self, work: Callable[[], None], *, most: int) -> None:
        """``work`` raises nothing. There are ``most`` members at the most."""
        self._work = work
        self._most = most
        self._lock = threading.Lock()
        self._members: list[threading.Thread] = []

    def work(self, number: int) -> None:
        """Work with so many members at first; return when all have ended."""
        for _ in range(number):
            self.add()
        for member in self._members:  # those who join meanwhile are met at the end of the list
            member.join()

    def add(self) -> None:
        """Let one more join in, unless there are enough."""
        with self._lock:
            at = len(self._members)
            if at == self._most:
                return
            member = threading.Thread(target=self._work, name=f"send-{at}", daemon=True)
            self._members.append(member)
            member.start()
