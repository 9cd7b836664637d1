"""An original is there whole, read-only and for good; the same bytes are one file."""

import stat
from hashlib import sha256
from pathlib import Path

import pytest

from actors.store.errors import OriginalMissing
from actors.store.files.data_dir import DataDir
from actors.store.files.originals import Originals
from actors.store.store import Store
from tests.store.making import document_id

BODY = b"%PDF-1.7 letter"
DIGEST = sha256(BODY).hexdigest()


@pytest.fixture
def originals(data: DataDir) -> Originals:
    data.create()
    return Originals(data)


def staged(data: DataDir, body: bytes = BODY) -> Path:
    path = data.incoming / "staged"
    path.write_bytes(body)
    return path


def files(data: DataDir) -> list[Path]:
    return [path for path in data.originals.rglob("*") if path.is_file() and path.name != ".lock"]


def test_a_staged_file_becomes_a_read_only_original(data: DataDir, originals: Originals) -> None:
    source = staged(data)
    stored = originals.put(source, DIGEST, ".pdf")
    assert stored == data.originals / DIGEST[:2] / f"{DIGEST}.pdf"
    assert (stored.read_bytes(), stat.S_IMODE(stored.stat().st_mode)) == (BODY, 0o444)
    assert not source.exists()


def test_the_same_bytes_are_kept_once_whatever_their_suffix(data: DataDir, originals: Originals) -> None:
    stored = originals.put(staged(data), DIGEST, ".pdf")
    inode = stored.stat().st_ino
    source = staged(data)
    assert originals.put(source, DIGEST, ".bin") == stored
    assert (stored.stat().st_ino, source.exists(), files(data)) == (inode, False, [stored])


def test_a_damaged_original_is_replaced_by_the_whole_one(data: DataDir, originals: Originals) -> None:
    stored = originals.put(staged(data), DIGEST, ".pdf")
    stored.unlink()
    stored.write_bytes(BODY[:4])
    assert originals.put(staged(data), DIGEST, ".pdf") == stored
    assert (stored.read_bytes(), stat.S_IMODE(stored.stat().st_mode)) == (BODY, 0o444)


@pytest.mark.parametrize("suffix", ["", ".a b", "./x", "." + "x" * 300, "pdf"])
def test_what_is_no_suffix_is_left_out(data: DataDir, originals: Originals, suffix: str) -> None:
    assert originals.put(staged(data), DIGEST, suffix).name == DIGEST


def test_an_original_is_removed_unless_it_came_again(data: DataDir, originals: Originals) -> None:
    assert originals.stamp(DIGEST) == 0
    originals.put(staged(data), DIGEST, ".pdf")
    stamp = originals.stamp(DIGEST)
    originals.put(staged(data), DIGEST, ".pdf")
    originals.remove(DIGEST, stamp)
    assert len(files(data)) == 1
    originals.remove(DIGEST, originals.stamp(DIGEST))
    assert files(data) == []
    originals.remove(DIGEST, stamp)


def test_a_missing_original_is_named(store: Store) -> None:
    document = store.documents.get(document_id(store))
    store.originals.path(document).unlink()
    with pytest.raises(OriginalMissing, match=document.sha256):
        store.originals.path(document)
