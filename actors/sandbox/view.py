"""What a decoder sees of the machine."""

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Where systems keep programs and libraries; each is taken where it is.
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/nix/store", "/gnu/store")
# What libraries read to find one another, fonts, file types, and their own time.
CONFIGURATION = (
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/ld.so.preload",
    "/etc/alternatives",
    "/etc/fonts",
    "/etc/localtime",
    "/etc/magic",
    "/etc/magic.mime",
    "/etc/mime.types",
    "/etc/libreoffice",
    "/var/cache/fontconfig",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
)
# Of a prefix, no more: an archive's folder may stand beside them.
PARTS_OF_PYTHON = ("bin", "lib", "lib64", "share", "pyvenv.cfg")
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
# Folders named in the environment that decoders read: language models, and libraries in unusual places.
FOLDER_VARIABLES = ("TESSDATA_PREFIX", "LD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class View:
    """Paths, the same inside as outside: `readable` programs and data, `inputs` a call's files, `outputs` the one folder to write to.

    `roomy` allows folders in it, and a socket to listen at, as office programs need.
    """

    readable: tuple[Path, ...]
    inputs: Path
    outputs: Path
    devices: tuple[Path, ...] = tuple(map(Path, DEVICES))
    roomy: bool = False


def decoder_paths(environment: Mapping[str, str], packages: Iterable[Path]) -> tuple[Path, ...]:
    """List what an interpreter and its decoders are made of: the system's programs, Python, its packages and `packages` of ours."""
    named = [folder for name in FOLDER_VARIABLES for folder in environment.get(name, "").split(os.pathsep) if folder]
    candidates = [*map(Path, (*SYSTEM, *CONFIGURATION, *named)), *_python(), *packages]
    return tuple(dict.fromkeys(path for path in candidates if path.is_absolute() and path.exists()))


def _python() -> Sequence[Path]:
    """Name the folders of this Python: the virtual environment, the one beneath, and where its program really stands."""
    prefixes = {Path(prefix) for prefix in (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)}
    program = Path(sys.executable).resolve()
    if not any(program.is_relative_to(prefix) for prefix in (*prefixes, Path("/usr"))):
        prefixes.add(program)
    places = {place for prefix in prefixes for place in (prefix, prefix.resolve())}
    return sorted(place / part if place.is_dir() else place for place in places for part in PARTS_OF_PYTHON)


def to_json(view: View) -> str:
    """Write a view as one argument of a program."""
    readable = [*map(str, view.readable)]
    return json.dumps({"readable": readable, "inputs": str(view.inputs), "outputs": str(view.outputs), "roomy": view.roomy})


def from_json(text: str) -> View:
    """Read a view from an argument."""
    told = json.loads(text)
    return View(tuple(map(Path, told["readable"])), Path(told["inputs"]), Path(told["outputs"]), roomy=told["roomy"])
