"""A bell that ends any waiting: also that of a thread which waits for a server."""

import os
import select


class Bell:
    """Is rung from any thread, and heard by one. What is rung while nobody waits is heard by the next who does."""

    def __init__(self) -> None:
        self._hears, self._rings = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    @property
    def descriptor(self) -> int:
        """Give what can be read once the bell has been rung."""
        return self._hears

    def ring(self) -> None:
        """End the waiting."""
        try:
            os.write(self._rings, b"!")
        except BlockingIOError:
            return  # it has been rung so often that one more makes no difference

    def wait(self, seconds: float) -> bool:
        """Wait until it is rung (True) or so many seconds are over."""
        poll = select.poll()
        poll.register(self._hears, select.POLLIN)
        return bool(poll.poll(max(seconds, 0) * 1000))

    def heard(self) -> None:
        """Be ready to be rung again."""
        try:
            while os.read(self._hears, 1024):
                pass
        except BlockingIOError:
            return

    def close(self) -> None:
        """Give it back; nobody may ring it any more."""
        os.close(self._hears)
        os.close(self._rings)
