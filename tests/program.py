"""A program that runs in a process of its own, with all that it starts, and tells its story in a log."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

STOP_SECONDS = 30.0


class Program:
    """May be begun, asked to end and killed any number of times; what it says goes to `log`. `before` stands before its command."""

    def __init__(self, log: Path, environment: Mapping[str, str]) -> None:
        self.log = log
        self.environment = dict(environment)
        self.before: Sequence[str] = ()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Give the id of the running process."""
        return self._running().pid

    @property
    def runs(self) -> bool:
        """Tell whether it was begun and has not ended."""
        return self._process is not None and self._process.poll() is None

    def begin(self, command: Sequence[str]) -> None:
        """Begin a process, which leads a group of its own."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen([*self.before, *command], stdout=log, stderr=log, env=self.environment, start_new_session=True)

    def ended_with(self) -> int | None:
        """Give the exit code of one that was begun and has ended."""
        return None if self._process is None else self._process.poll()

    def stop(self, signal_number: signal.Signals = signal.SIGTERM, seconds: float = STOP_SECONDS) -> int:
        """End it in order; give its exit code."""
        if self._process is None:
            return 0
        self._process.send_signal(signal_number)
        try:
            return self._process.wait(seconds)
        finally:
            self.kill()

    def wait(self, seconds: float) -> int | None:
        """Wait for its end; give its exit code, or None when it still runs."""
        try:
            return self._running().wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    def kill(self) -> None:
        """End it and everything it has started, at once."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def story(self) -> str:
        """Give the end of its log."""
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""

    def processes(self) -> list[psutil.Process]:
        """List it and all that it has started."""
        first = psutil.Process(self.pid)
        return [first, *first.children(recursive=True)]

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            raise RuntimeError("it was not started")
        return self._process
