"""Finds out how far decoders can be shut in on this machine, by doing it."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from actors.sandbox.level import SandboxLevel, SandboxUnavailable
from actors.sandbox.sandbox import Sandbox, sandbox_of
from actors.sandbox.scratch import private_environment

PATIENCE_SECONDS = 30.0  # it takes a twentieth of a second; a loaded machine may be slow
ADVICE = (
    "Decoders of pages read files from strangers, and nothing here can shut them in.\n"
    "  bubblewrap: {bubblewrap}\n"
    "  Landlock: {landlock}\n"
    "Install bubblewrap (Debian: apt-get install bubblewrap) on a system that allows it user namespaces, or use Linux 5.13 or newer with\n"
    "Landlock switched on. In a container, its own profile may forbid both. To decode without, set allow_unsandboxed = true."
)

Try = Callable[[SandboxLevel], str]


@dataclass(frozen=True, slots=True)
class Found:
    """The strongest level that works, and why each stronger one does not."""

    level: SandboxLevel
    refusals: dict[SandboxLevel, str]


def find_level(attempt: Try) -> Found:
    """Try the levels, the strongest first. `attempt` runs a program at a level and answers '' or what stood in the way."""
    refusals: dict[SandboxLevel, str] = {}
    for level in (SandboxLevel.BUBBLEWRAP, SandboxLevel.LANDLOCK):
        if not (refusal := attempt(level)):
            return Found(level, refusals)
        refusals[level] = refusal
    return Found(SandboxLevel.NONE, refusals)


@cache
def found_here() -> Found:
    """Find the level of this machine, once in the life of a process."""
    return find_level(run_confined)


def usable_sandbox(found: Found, *, allow_unsandboxed: bool) -> Sandbox:
    """Take what was found; raises SandboxUnavailable where that is nothing, and nothing is not allowed."""
    if found.level is SandboxLevel.NONE and not allow_unsandboxed:
        why = {level.value: refusal for level, refusal in found.refusals.items()}
        raise SandboxUnavailable(ADVICE.format(**why))
    return sandbox_of(found.level)


def run_confined(level: SandboxLevel) -> str:
    """Run a program that shuts itself in at a level; give '' or what stood in the way."""
    with tempfile.TemporaryDirectory(prefix="scriba-sandbox-") as folder:
        inputs, outputs = Path(folder) / "in", Path(folder) / "out"
        inputs.mkdir()
        outputs.mkdir()
        command = sandbox_of(level).command("actors.sandbox.proof", [], inputs, outputs)
        try:
            ended = subprocess.run(
                command,
                env=private_environment(os.environ, outputs),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=PATIENCE_SECONDS,
                process_group=0,
            )
        except FileNotFoundError:
            return f"{command[0]} is not installed"
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
    if ended.returncode == 0 and ended.stdout.strip() == "confined":
        return ""
    lines = [line.strip() for line in ended.stderr.splitlines() if line.strip()]
    return lines[-1][:300] if lines else f"ended with code {ended.returncode}"
