"""The folder that a decoder shares with whoever started it: files of the call go in, one result comes out."""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from actors.sandbox.whole_file import whole_file

# What decoders need from the environment. Everything else stays behind: logins, tokens and addresses are no business of a decoder.
PASSED_ON = frozenset({"PATH", "LANG", "LC_ALL", "LC_CTYPE", "TESSDATA_PREFIX", "LD_LIBRARY_PATH"})
# Another file system, no hard links there, or too many of one file: then the file is copied.
NO_LINK = frozenset({errno.EXDEV, errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS})
COPY_BYTES = 8 << 20


class ResultRefused(Exception):
    """What stands in the result's place is no plain file of the decoder's own."""


class Scratch:
    """One decoder's folder: `inputs` is read-only to it, `outputs` is all that it may write to."""

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="scriba-decoder-")).resolve()
        self.inputs, self.outputs = self.root / "in", self.root / "out"
        self.inputs.mkdir(mode=0o700)
        self.outputs.mkdir(mode=0o700)

    def put(self, files: Iterable[Path]) -> Mapping[Path, Path]:
        """Show files to the decoder; give the path of each inside. Raises OSError of one that can't be read."""
        return {path: self._put(path) for path in dict.fromkeys(files)}

    def take(self, name: str, target: Path) -> int:
        """Copy a result to its target, durably, whole or not at all; give its size. Raises ResultRefused.

        A copy, since the decoder may still hold its file open and write to it after it was looked at.
        """
        try:
            result = os.open(self.outputs / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise ResultRefused(f"the decoder left no result: {error.strerror}") from error
        try:
            facts = os.fstat(result)
            if not stat.S_ISREG(facts.st_mode) or facts.st_nlink != 1 or facts.st_uid != os.geteuid():
                raise ResultRefused("the decoder left something else than a file of its own")
            with whole_file(target) as part:
                _copy(result, part, facts.st_size)
            return facts.st_size
        finally:
            os.close(result)

    def clear(self) -> bool:
        """Remove the files of a call; False when the decoder has left what can't be removed."""
        _remove_files(self.inputs)
        return _remove_files(self.outputs)

    def remove(self) -> None:
        """Remove it all; the decoder must be dead."""
        shutil.rmtree(self.root, ignore_errors=True)

    def _put(self, path: Path) -> Path:
        source = path.resolve(strict=True)
        facts = source.stat()
        # The same for the same content, and never for another: decoders keep documents open by path.
        inside = self.inputs / f"{facts.st_dev:x}-{facts.st_ino:x}-{facts.st_mtime_ns:x}-{facts.st_size:x}"
        with suppress(FileExistsError):
            try:
                inside.hardlink_to(source)
            except OSError as error:
                if error.errno not in NO_LINK:
                    raise
                shutil.copyfile(source, inside)
                os.utime(inside, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        return inside


def private_environment(environment: Mapping[str, str], outputs: Path) -> dict[str, str]:
    """Choose what a decoder sees of the environment. One thread each: pages, not lines, are spread over the cores."""
    passed = {name: value for name, value in environment.items() if name in PASSED_ON}
    root = str(Path(__file__).resolve().parents[2])
    own = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"}
    return passed | own | {"HOME": str(outputs), "TMPDIR": str(outputs)}


def _copy(source: int, target: Path, size: int) -> None:
    """Copy so many bytes, in the kernel."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        done = 0
        while done < size:
            sent = os.sendfile(descriptor, source, done, min(COPY_BYTES, size - done))
            if sent == 0:
                raise ResultRefused("the decoder cut its result short while it was taken")
            done += sent
    finally:
        os.close(descriptor)


def _remove_files(folder: Path) -> bool:
    """Empty a folder that should hold files alone; without a sandbox it may hold others."""
    clean = True
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
                clean = clean and not os.path.lexists(entry.path)
            else:
                Path(entry.path).unlink(missing_ok=True)
    return clean
