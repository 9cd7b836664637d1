"""The file that holds the key, or for the moment of a change two: the newest first, one a line."""

from collections.abc import Sequence
from pathlib import Path

from actors.sealing.errors import KeyUnusable
from actors.sealing.seals import Seals, new_key
from actors.store.files.durable import PRIVATE_FILE, write_private


def load_keys(file: Path) -> Sequence[str]:
    """Read the keys; none where there is no file. A mode that lets others read it is mended. Raises KeyUnusable."""
    try:
        file.chmod(PRIVATE_FILE)
        keys = file.read_text(encoding="ascii").split()
        Seals(keys or [""])
    except FileNotFoundError:
        return ()
    except ValueError as error:
        raise KeyUnusable(file) from error
    return keys


def load_or_create_keys(file: Path) -> Sequence[str]:
    """Read the keys, one made at the first start; raises KeyUnusable, OSError."""
    if keys := load_keys(file):
        return keys
    made = [new_key()]
    write_keys(file, made)
    return made


def write_keys(file: Path, keys: Sequence[str]) -> None:
    """Put keys in the place of those that are there: who looks sees the ones or the others."""
    write_private(file, "".join(f"{key}\n" for key in keys))
