"""Files that are there after a power cut, whole or not at all."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from threading import get_ident

PRIVATE_FILE = 0o600


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the bytes of a file durable. An error here is final: after a failed fsync a second one lies."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make one folder, and its name durable; one that is there may be another process's that has not come to that yet."""
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it, for good; none is fine."""
    if folder.is_dir():
        shutil.rmtree(folder)
        sync_folder(folder.parent)


def remove_file(path: Path) -> None:
    """Remove a file for good; none is fine."""
    with suppress(FileNotFoundError):
        path.unlink()
        sync_folder(path.parent)


def seal_file(staged: Path, mode: int) -> None:
    """Make a finished file durable with its mode, before it gets its place."""
    staged.chmod(mode)
    sync_file(staged)


def write_private(target: Path, content: str) -> None:
    """Put a file of ASCII that nobody else may read in its place, whole or not at all."""
    draft = target.with_name(f"{target.name}.new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    place_file(draft, target)


def place_file(sealed: Path, target: Path) -> None:
    """Put a sealed file in its place; who looks sees what was there, or all of it."""
    sealed.replace(target)
    sync_folder(target.parent)


def move_file(staged: Path, target: Path, mode: int) -> None:
    """Make a finished file durable and put it in its place."""
    seal_file(staged, mode)
    place_file(staged, target)


def write_file(target: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file in one go; who looks sees what was there, or all of it."""
    staged = target.with_name(f".{target.name}.{os.getpid()}.{get_ident()}.part")
    try:
        staged.write_bytes(data)
        move_file(staged, target, mode)
    finally:
        staged.unlink(missing_ok=True)
