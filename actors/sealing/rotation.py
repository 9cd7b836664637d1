"""A new key in the place of the old one."""

from collections.abc import Callable
from pathlib import Path

from actors.sealing.key_file import load_keys, write_keys
from actors.sealing.seals import Seals, new_key
from actors.store.nouns.sealed import Sealed

# Puts each secret that is kept through this, all or none.
ChangeAll = Callable[[Callable[[str], Sealed]], object]


def rotate(file: Path, change_all: ChangeAll) -> Seals:
    """Seal all secrets with a new key, and forget the old one.

    Whatever moment it is killed at, the file holds the key of each secret, and done again it is done. Raises KeyUnusable.
    """
    old, new = load_keys(file), new_key()
    write_keys(file, [new, *old])
    change_all(Seals([new, *old]).seal_again)
    write_keys(file, [new])
    return Seals([new])
