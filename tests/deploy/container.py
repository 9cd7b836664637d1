"""The image at work as our compose files have it run: as a user without a name or a capability, on a root that nobody can write to."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import psutil

from tests.deploy.image import Image
from tests.running import START_SECONDS, Daemon, wait_until

OWNER = 4711
# What the compose files give it to write to, besides its data.
_MOUNTS = (
    "mount -t tmpfs -o size=256m,mode=1777 tmpfs dev/shm",
    "mount -t tmpfs -o noexec,nosuid,nodev,mode=1777 tmpfs tmp",
)
_READ_ONLY = "mount -o remount,bind,ro ."


class Container(Daemon):
    """A daemon in the image, with `data` bound to its volume."""

    def __init__(self, image: Image, data: Path) -> None:
        super().__init__(data)
        self.image = image
        data.mkdir()
        os.chown(data, OWNER, OWNER)

    def start(self) -> float:
        """Start it with its own command and wait until it answers; give the seconds that took."""
        stage, volume = self.image.stage, self.image.stage.last("VOLUME").rest
        command = [*as_owner(), *stage.last("ENTRYPOINT").words, *stage.last("CMD").words]
        mounts = [*_MOUNTS, f"mount --bind {self.data.root} .{volume}", _READ_ONLY]
        started = time.monotonic()
        environment = self.image.environment | {"SCRIBA_LISTEN": f"0.0.0.0:{self.address.rpartition(':')[2]}", "SCRIBA_OCR_WORKERS": "1"}
        self.begin(self.image.room.enter(command, environment, volume, mounts))
        wait_until(self.answers, 2 * START_SECONDS, self.story)
        return time.monotonic() - started

    def stop(self, signal_number: signal.Signals = signal.SIGTERM, seconds: float = 60.0) -> int:
        """Ask its first process to end, as an engine does; give the exit code."""
        self._first().send_signal(signal_number)
        try:
            code = self.wait(seconds)
            if code is None:
                raise TimeoutError(f"it did not end in {seconds} s: {self.story()}")
            return code
        finally:
            self.kill()

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a program beside it, as `docker exec` does."""
        entering = ["nsenter", "--target", str(self._first().pid), "--mount", "--pid", "--ipc", "--root", "--wd"]
        clean = ["env", "-i", *(f"{name}={value}" for name, value in self.image.environment.items())]
        return subprocess.run([*entering, *clean, *as_owner(), *command], capture_output=True, text=True, check=False, timeout=120)

    def health(self) -> "subprocess.CompletedProcess[str]":
        """Check it as the image says."""
        return self.run(*json.loads(self.image.stage.last("HEALTHCHECK").rest.partition("CMD ")[2]))

    def _first(self) -> psutil.Process:
        return psutil.Process(self.pid).children()[0]


def as_owner() -> list[str]:
    """Give what stands before a command to run it with nobody's rights."""
    user = [f"--reuid={OWNER}", f"--regid={OWNER}", "--clear-groups"]
    return ["setpriv", *user, "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
