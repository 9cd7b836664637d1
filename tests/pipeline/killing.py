"""The end of a process in the middle of its work, in tests that go on in theirs."""

from actors.failpoints import Failpoint


class Killed(BaseException):
    """Stands for the end of a process: nobody catches it, and nothing after it is done."""


class Killer:
    """Ends the work that comes to a place for the n-th time."""

    def __init__(self, place: Failpoint, visits: int) -> None:
        self._place = place
        self._left = visits
        self.has_struck = False

    def __call__(self, place: Failpoint) -> None:
        if place == self._place:
            self._left -= 1
            if self._left == 0:
                self.has_struck = True
                raise Killed
