"""Secrets as they are kept, and the file of keys."""

import tempfile
from pathlib import Path

from actors.sealing.errors import CannotUnseal, KeyUnusable
from actors.sealing.key_file import load_keys
from actors.sealing.seals import Seals, new_key
from actors.store.nouns.sealed import Sealed
from tests.fuzz.target import Target, text

SEALS = Seals([new_key()])


def fuzz_kept_secret(data: bytes) -> None:
    """Whatever the database holds is refused in words, or is what was sealed; any text is sealed."""
    try:
        SEALS.unseal(Sealed(text(data)))
    except CannotUnseal as refused:
        assert str(refused)
    secret = data.decode("utf-8", "replace")
    assert SEALS.unseal(SEALS.seal(secret)) == secret
    again = SEALS.seal_again(secret)
    assert SEALS.unseal(again) == secret if SEALS.opens(secret) else again == secret


def fuzz_key_file(data: bytes) -> None:
    """Any file holds keys that seal, or is refused in words and stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "secrets.key"
        file.write_bytes(data)
        try:
            keys = load_keys(file)
        except KeyUnusable as refused:
            assert "put it back" in str(refused)
            assert file.read_bytes() == data
        else:
            assert Seals(keys).unseal(Seals(keys).seal("s3cret")) == "s3cret"


KEY = b"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
TARGETS = (
    Target(fuzz_kept_secret, (b"s3cret", b"sealed:gAAAAABn", "sealed:ü".encode(), b"sealed:", b"gAAAAA==")),
    Target(fuzz_key_file, (KEY, KEY + b"\n" + KEY[::-1], b"", b"\xff\n", b"no key")),
)
