"""What SIGTERM and Ctrl-C do: the first asks for an orderly end, the second ends at once."""

import asyncio
import os
import signal

SIGNALS = (signal.SIGTERM, signal.SIGINT)
_SHELL_SIGNAL_BASE = 128


def stop_on_signals() -> asyncio.Event:
    """Give the event that the first signal sets; call in the main thread with the loop running."""
    stop = asyncio.Event()
    arm(stop)
    return stop


def arm(stop: asyncio.Event) -> None:
    """Let signals set the event. To be done again once Ray has started: its own handler aborts the process 3 s after a SIGTERM."""
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, _ask, stop, number)


def _ask(stop: asyncio.Event, number: signal.Signals) -> None:
    if stop.is_set():
        os._exit(_SHELL_SIGNAL_BASE + number)  # no cleaning up: who asks twice doesn't want to wait, and the next start mends
    stop.set()
