"""Looks at folders and files. Links are never followed; what vanishes while it is looked at is not there."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from actors.watcher.ignoring import IgnoreRules
from actors.watcher.settings import WatchedFolder
from actors.watcher.settling import Facts

FolderIdentity = tuple[int, int]


def folder_identity(folder: Path) -> FolderIdentity | None:
    """Tell which folder stands at a path; another one after a mount or a new creation, None when there is none that we may enter."""
    try:
        found = folder.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISDIR(found.st_mode) else None


def scan(folder: WatchedFolder, rules: IgnoreRules, start: Path | None = None) -> dict[Path, Facts]:
    """Find everything in a folder that could be a document, or below `start` in it."""
    return dict(_below(start or folder.path, folder.recursive, rules))


def look(folder: WatchedFolder, path: Path, rules: IgnoreRules) -> dict[Path, Facts]:
    """Look at one path that an event named: itself, or what is below it when it is a folder; nothing when it is ignored or gone."""
    parts = path.relative_to(folder.path).parts
    inner = parts[:-1]
    if any(rules.ignores_dir(part) for part in inner) or (inner and not folder.recursive):
        return {}
    with suppress(OSError):
        found = path.lstat()
        if stat.S_ISDIR(found.st_mode):
            deeper = parts and (not folder.recursive or rules.ignores_dir(parts[-1]))
            return {} if deeper else scan(folder, rules, path)
        if parts and not rules.ignores_file(parts[-1]):
            return {path: _facts(found)}
    return {}


def _below(top: Path, recursive: bool, rules: IgnoreRules) -> Iterator[tuple[Path, Facts]]:
    """Walk without recursion: a folder tree may be deeper than Python's stack."""
    folders = [os.fspath(top)]
    while folders:
        with suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                with suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        if recursive and not rules.ignores_dir(entry.name):
                            folders.append(entry.path)
                    elif not rules.ignores_file(entry.name):
                        yield Path(entry.path), _facts(entry.stat(follow_symlinks=False))


def _facts(found: os.stat_result) -> Facts:
    return Facts(found.st_size, found.st_mtime_ns, found.st_ino)
