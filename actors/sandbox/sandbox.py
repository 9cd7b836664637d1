"""Starts decoders shut in as far as this machine can."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from actors.sandbox.bubblewrap import bubblewrap_arguments
from actors.sandbox.confinement import Confinement
from actors.sandbox.level import SandboxLevel
from actors.sandbox.view import View, decoder_paths

PACKAGES = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A level, and what every decoder may read beside the files of its call; `roomy`: see View."""

    level: SandboxLevel
    readable: tuple[Path, ...]
    roomy: bool = False

    def command(self, module: str, words: Sequence[str], inputs: Path, outputs: Path) -> list[str]:
        """Write the command that runs a Python module, which must call `confine` with its last argument before all else."""
        view = View(self.readable, inputs, outputs, roomy=self.roomy)
        program = [sys.executable, "-P", "-m", module, *words, Confinement(self.level, view).argument()]
        return bubblewrap_arguments(view, program) if self.level is SandboxLevel.BUBBLEWRAP else program


def sandbox_of(level: SandboxLevel, *packages: Path) -> Sandbox:
    """Describe a level on this machine; `packages` are folders that a decoder's module needs beside this one."""
    return Sandbox(level, decoder_paths(os.environ, [PACKAGES, *packages]))
