"""Files beside the database: where they lie, and who may read them."""

import stat
from pathlib import Path

import pytest

from actors.store.files.data_dir import DataDir
from actors.store.files.derived import Thumbnails, remove_drafts
from actors.store.files.layers import Layers
from actors.store.files.unlocked import Unlocked
from actors.store.nouns.archive import DocumentId
from actors.store.opening import open_store

ONE = DocumentId(1)


@pytest.fixture(autouse=True)
def created(data: DataDir) -> None:
    data.create()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_secrets_and_spool_are_for_their_owner_alone(data: DataDir) -> None:
    for folder in (data.secrets, data.spool, data.uploads, data.incoming, data.pages, data.unlocked):
        folder.chmod(0o755)
    data.create()
    for folder in (data.secrets, data.spool, data.uploads, data.incoming, data.pages, data.unlocked):
        assert mode(folder) == 0o700


def test_the_database_and_the_documents_are_for_their_owner_alone(data: DataDir) -> None:
    open_store(data.database_url, data).close()
    assert mode(data.database) == 0o600
    for folder in (data.originals, data.archive, data.thumbnails, data.index, data.run):
        assert mode(folder) == 0o700


def test_every_path_lies_where_users_expect_it(data: DataDir) -> None:
    paths = {
        data.consume: "consume",
        data.database: "scriba.db",
        data.local_token: "secrets/local.token",
        data.archive_file(ONE): "archive/1.pdf",
        data.thumbnail_file(ONE): "thumbnails/1.webp",
        data.upload_file("request-1"): "spool/uploads/request-1.part",
    }
    assert {str(path.relative_to(data.root)) for path in paths} == set(paths.values())


def test_a_layer_is_kept_until_its_document_is_bound(data: DataDir) -> None:
    layers = Layers(data)
    kept = layers.put(ONE, 3, b"first")
    assert (kept, kept.read_bytes()) == (data.root / "spool/pages/1/3.pdf", b"first")
    assert layers.put(ONE, 3, b"second").read_bytes() == b"second"
    assert [path.name for path in kept.parent.iterdir()] == ["3.pdf"]
    layers.drop(ONE)
    layers.drop(ONE)
    assert list(data.pages.iterdir()) == []


def test_a_decrypted_copy_is_for_its_owner_alone_until_it_is_dropped(data: DataDir) -> None:
    unlocked = Unlocked(data)
    assert unlocked.find(ONE) is None
    staged = data.incoming / "decrypted"
    staged.write_bytes(b"open")
    kept = unlocked.put(staged, ONE)
    assert (unlocked.find(ONE), kept.read_bytes(), mode(kept), staged.exists()) == (kept, b"open", 0o600, False)
    unlocked.drop(ONE)
    unlocked.drop(ONE)
    assert unlocked.find(ONE) is None


def test_what_a_dead_process_was_writing_is_removed_and_nothing_else(data: DataDir) -> None:
    Thumbnails(data).put(ONE, b"whole")
    (data.thumbnails / ".1.webp.17.4711.part").write_bytes(b"half")
    (data.archive / ".1.pdf.part").write_bytes(b"half")
    assert remove_drafts(data) == 2
    assert ([path.name for path in data.thumbnails.iterdir()], list(data.archive.iterdir())) == (["1.webp"], [])
