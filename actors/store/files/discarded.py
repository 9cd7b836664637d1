"""A folder for the originals of documents that are removed for ever, where the archive's owner wants one."""

import os
import shutil
from pathlib import Path, PurePath

from actors.store.errors import DiscardFailed
from actors.store.files.durable import move_file
from actors.store.nouns.versions import Version

READ_ONLY = 0o444
_LONGEST_NAME_BYTES = 255
# What a name has left beside a document's number and the marks of a draft.
_LONGEST_KEPT_BYTES = 200


class Discarded:
    """Keeps a copy of each original under the number of its document and the name that it came with. Nothing here is ever removed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, original: Path, version: Version, of_several: bool) -> Path:
        """Copy an original, for good, and answer where it lies; one that is kept already stays. Raises DiscardFailed."""
        target = self._folder / name_of(version, of_several)
        if target.is_file() and target.stat().st_size == version.file.size_bytes:
            return target
        staged = self._folder / f".{version.document_id}.{os.getpid()}.part"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                shutil.copyfile(original, staged)
                move_file(staged, target, READ_ONLY)
            finally:
                staged.unlink(missing_ok=True)
        except OSError as error:
            raise DiscardFailed(version.document_id, self._folder, error.strerror or str(error)) from error
        return target


def name_of(version: Version, of_several: bool) -> str:
    """Name the copy: no two documents ever have the same number, nor two versions of one; the suffix stays."""
    name = PurePath(version.facts.filename.replace("/", "_"))
    suffix = name.suffix if len(os.fsencode(name.suffix)) <= _LONGEST_NAME_BYTES - _LONGEST_KEPT_BYTES - 30 else ""
    stem = os.fsencode(name.stem)[:_LONGEST_KEPT_BYTES].decode("utf-8", "ignore")
    number = f"-version-{version.number}" if of_several else ""
    return f"{version.document_id:07}-{stem or 'unnamed'}{number}{suffix}"
