"""Files that are there after a power cut, whole or not at all."""

import os
from pathlib import Path


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
    """Make one folder, and its name durable."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def move_file(staged: Path, target: Path, mode: int) -> None:
    """Put a finished file in its place, durable with its name and mode."""
    staged.chmod(mode)
    sync_file(staged)
    staged.replace(target)
    sync_folder(target.parent)


def write_file(target: Path, data: bytes, mode: int = 0o600) -> None:
    """Write a file in one go; who looks sees the old one or the new one."""
    staged = target.with_name(f".{target.name}.{os.getpid()}.part")
    staged.write_bytes(data)
    move_file(staged, target, mode)
