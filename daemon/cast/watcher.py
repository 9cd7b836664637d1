"""Who watches folders."""

from actors.watcher.events import WatchdogEvents
from actors.watcher.watcher import FileIntake, Watcher
from daemon.script import Script


def make_watcher(script: Script, intake: FileIntake) -> Watcher:
    """Build it."""
    return Watcher(script.watcher, intake, WatchdogEvents())
