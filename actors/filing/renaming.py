"""Gives files the names that templates say, as hard links: a crash between any two steps leaves what the next run finishes."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path

from actors.filing.filer import Filer
from actors.filing.naming import Plan, Wish, planned
from actors.store.files.durable import make_folder, remove_file, sync_folder
from actors.store.store import Store

ORIGINALS, ARCHIVE = "originals", "archive"
_AT_ONCE = 200


class Step(StrEnum):
    """Where a run may be cut, each time it comes there."""

    CLEARED = "cleared"
    NOTED = "noted"
    LINKED = "linked"
    DROPPED = "dropped"


class NoLinks(OSError):
    """The file system of the archive has no hard links."""

    def __init__(self, error: OSError) -> None:
        super().__init__(f"a file can't have a second name here: {error}; the file system must have hard links")


class Renaming:
    """Plans and gives names, while nobody else works on the archive."""

    def __init__(self, store: Store, filer: Filer, reach: Callable[[Step], None] = lambda _: None) -> None:
        self._store = store
        self._filer = filer
        self._reach = reach
        self._root = store.data.named

    def plan(self) -> Plan:
        """Place all documents that have changed, and say what is to be done."""
        while self._filer.step():
            pass
        noted = self._store.named_files.noted()
        foreign = {str(path.relative_to(self._root)) for path in self._root.rglob("*") if not _is_folder(path)} - noted.keys()
        return planned(self._wishes(), noted, foreign, self._is_given)

    def carry_out(self, plan: Plan) -> None:
        """Do what is planned; raises NoLinks."""
        self._root.mkdir(mode=0o700, exist_ok=True)
        sync_folder(self._root.parent)
        for paths in _batches(plan.clear):
            self._drop(paths)
            self._reach(Step.CLEARED)
        for paths in _batches(plan.give):
            self._store.named_files.note({path: plan.give[path].document_id for path in paths})
            self._reach(Step.NOTED)
            self._link({path: plan.give[path].source for path in paths})
            self._reach(Step.LINKED)
        for paths in _batches(plan.drop):
            self._drop(paths)
            self._reach(Step.DROPPED)

    def _wishes(self) -> Iterator[Wish]:
        for one in self._store.named_files.filed():
            original, archive = self._store.originals.find(one.sha256), self._store.data.archive_file(one.document_id)
            if original is not None:
                yield Wish(one.document_id, ORIGINALS, one.place, original)
            if one.has_archive and archive.is_file():
                yield Wish(one.document_id, ARCHIVE, one.place, archive)

    def _is_given(self, path: str, wish: Wish) -> bool:
        try:
            return (self._root / path).lstat().st_ino == wish.source.lstat().st_ino
        except OSError:
            return False

    def _link(self, sources: dict[str, Path]) -> None:
        folders = dict.fromkeys((self._root / path).parent for path in sources)
        for folder in folders:
            self._make(folder)
        for path, source in sources.items():
            try:
                os.link(source, self._root / path)
            except FileNotFoundError:
                continue  # an archive file that is being replaced gets its name in the next run
            except FileExistsError:
                self._store.named_files.forget([path])  # somebody else's, since the plan was made
            except OSError as error:
                raise NoLinks(error) from error
        for folder in folders:
            sync_folder(folder)

    def _make(self, folder: Path) -> None:
        for one in reversed((folder, *folder.parents)):
            if self._root in one.parents and not one.is_dir():
                make_folder(one)

    def _drop(self, paths: Sequence[str]) -> None:
        for path in paths:
            remove_file(self._root / path)
            self._prune((self._root / path).parent)
        self._store.named_files.forget(paths)

    def _prune(self, folder: Path) -> None:
        while folder != self._root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _batches(paths: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(paths)
    while batch := list(islice(waiting, _AT_ONCE)):
        yield batch


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
