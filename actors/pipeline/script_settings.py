"""Which scripts run for new documents; imports nothing heavy, since it travels to every process."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ScriptSettings:
    """The programs to run, None for none, and how long each may take."""

    before: Path | None = None
    after: Path | None = None
    seconds: float = 300.0


NO_SCRIPTS = ScriptSettings()
