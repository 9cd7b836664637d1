"""Passwords of links: guessed a few times, one after the other, and then ever more slowly."""

import asyncio
from collections.abc import Callable

from actors.identity.passwords import verify_password
from actors.identity.throttle import Throttle
from daemon.service.threads import completed

# Failures that cost nothing: of one address at one link; of all at a link; of an address at all links.
FREE_OF_BOTH, FREE_OF_LINK, FREE_OF_ADDRESS = 5, 30, 30
# Each takes 64 MiB of memory and 50 ms, so they take turns; who would wait longer than a second comes again.
MOST_WAITING = 20
BUSY_SECONDS = 2.0


class TooManyGuesses(Exception):
    """Wants a pause."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many guesses: try again in {seconds:.0f} s")
        self.seconds = seconds


class Guesses:
    """Compares passwords with those of links. `clock` counts seconds and never jumps. It belongs to one event loop."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._both, self._link, self._address = Throttle(FREE_OF_BOTH), Throttle(FREE_OF_LINK), Throttle(FREE_OF_ADDRESS)
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def right(self, link: str, address: str, kept: str, typed: str) -> bool:
        """Tell whether a password is that of a link, of which the hash is kept. Raises TooManyGuesses."""
        counted = ((self._both, f"{link}\0{address}"), (self._link, link), (self._address, address))
        self._refuse(counted)
        if self._waiting >= MOST_WAITING:
            raise TooManyGuesses(BUSY_SECONDS)
        self._waiting += 1
        try:
            async with self._turn:
                self._refuse(counted)  # those who came before have failed meanwhile, perhaps
                right = (await completed(verify_password, kept, typed)).right
                self._count(counted, right)
        finally:
            self._waiting -= 1
        return right

    def _refuse(self, counted: tuple[tuple[Throttle, str], ...]) -> None:
        now = self._clock()
        if (pause := max(throttle.pause(key, now) for throttle, key in counted)) > 0:
            raise TooManyGuesses(pause)

    def _count(self, counted: tuple[tuple[Throttle, str], ...], right: bool) -> None:
        now = self._clock()
        for throttle, key in counted:
            if not right:
                throttle.failed(key, now)
            elif throttle is not self._address:  # who knows one password may not guess at others for ever
                throttle.succeeded(key)
