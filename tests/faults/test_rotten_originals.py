"""F21: whatever happens to originals, a check reports every one and only those, repair loses nothing, and the right bytes heal all."""

import os
import random
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from actors.checkup.findings import Kind
from actors.checkup.messages import Subject
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentId
from actors.store.opening import open_store
from actors.store.store import Store
from tests.checkup.archive import Shown, age
from tests.faults.plugin import Trials

DOCUMENTS = 12
Found = tuple[Kind, DocumentId | None]
Harm = Callable[[Path, random.Random], Kind]


def rot(path: Path, chance: random.Random) -> Kind:
    """Flip one bit; the size stays, and so does the time."""
    status, content = path.stat(), bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.chmod(0o644)
    path.write_bytes(content)
    path.chmod(0o444)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return Kind.ORIGINAL_CHANGED


def truncate(path: Path, chance: random.Random) -> Kind:
    """Lose the end, or all."""
    path.chmod(0o644)
    os.truncate(path, chance.randrange(path.stat().st_size))
    path.chmod(0o444)
    return Kind.ORIGINAL_CHANGED


def delete(path: Path, chance: random.Random) -> Kind:
    """Lose the whole file, or its whole folder."""
    path.unlink()
    if chance.random() < 0.3 and not any(path.parent.iterdir()):
        path.parent.rmdir()
    return Kind.ORIGINAL_MISSING


def open_up(path: Path, chance: random.Random) -> Kind:
    """Let it be written."""
    path.chmod(chance.choice([0o644, 0o600, 0o666, 0o444 | 0o200]))
    return Kind.ORIGINAL_WRITABLE


def link(path: Path, chance: random.Random) -> Kind:
    """Put a link in its place: to its own bytes, to another's, to nothing."""
    aside = path.parent.parent.parent / f"aside-{path.name}"
    path.rename(aside)
    path.symlink_to(chance.choice([aside, Path("/etc/hostname"), Path("nowhere")]))
    return Kind.ORIGINAL_NOT_A_FILE


def make_a_folder(path: Path, chance: random.Random) -> Kind:
    """Put a folder in its place, with something in it."""
    path.unlink()
    path.mkdir()
    (path / f"{chance.random()}").write_bytes(b"somebody's")
    return Kind.ORIGINAL_NOT_A_FILE


def lock(path: Path, chance: random.Random) -> Kind:
    """Let nobody read it; the system's administrator reads it all the same, and finds the mode."""
    path.chmod(0o000)
    return Kind.ORIGINAL_WRITABLE if os.geteuid() == 0 else Kind.ORIGINAL_UNREADABLE


HARMS: tuple[Harm, ...] = (rot, truncate, delete, open_up, link, make_a_folder, lock)


def make_documents(store: Store) -> dict[str, DocumentId]:
    """Take documents in and have them read."""
    shown = Shown(store)
    shown.read(*(f"word{number}" for number in range(DOCUMENTS)))
    shown.searcher.close()
    return shown.documents


def harm_some(shown: Shown, chance: random.Random) -> list[Found]:
    """Do something to some of the originals, and tell what must be found."""
    words = chance.sample(sorted(shown.documents), chance.randint(1, DOCUMENTS // 2))
    done = [(chance.choice(HARMS)(shown.original(word), chance), shown.documents[word]) for word in words]
    return done + swap_some(shown, chance, words) + add_some(shown, chance)


def swap_some(shown: Shown, chance: random.Random, harmed: list[str]) -> list[Found]:
    """Let two files change their places."""
    sound = sorted(shown.documents.keys() - set(harmed))
    if chance.random() < 0.5 or len(sound) < 2:
        return []
    one, other = chance.sample(sound, 2)
    first, second, aside = shown.original(one), shown.original(other), shown.store.data.root / "aside"
    first.rename(aside)
    second.rename(first)
    aside.rename(second)
    return [(Kind.ORIGINAL_CHANGED, shown.documents[one]), (Kind.ORIGINAL_CHANGED, shown.documents[other])]


def add_some(shown: Shown, chance: random.Random) -> list[Found]:
    """Put files there that belong to nobody: old ones, and one that is on its way to its row."""
    root, added = shown.store.data.originals, chance.randint(0, 3)
    for number in range(added):
        name = chance.choice([f"{chance.getrandbits(256):064x}.pdf", f"note {number}", "not\udcffutf-8"])
        folder = root / chance.choice([f"{chance.randrange(256):02x}", "", "stranger"])
        folder.mkdir(exist_ok=True)
        (folder / f"{name}{number}").write_bytes(b"somebody's")
        age(folder / f"{name}{number}")
        age(folder)
    young = root / "00"
    young.mkdir(exist_ok=True)
    (young / f"{0:064x}.pdf").write_bytes(b"on its way")
    strangers = [path for path in root.iterdir() if path.name == "stranger" or not path.is_dir()]
    inside = [path for shard in root.iterdir() if len(shard.name) == 2 for path in shard.iterdir() if content_of(path) == b"somebody's"]
    return [(Kind.ORIGINAL_EXTRA, None)] * (len(strangers) + len(inside))


def content_of(path: Path) -> bytes:
    """Give the bytes of a plain file."""
    return path.read_bytes() if path.is_file() and not path.is_symlink() else b""


def bytes_below(folder: Path) -> set[bytes]:
    """Give the contents of all plain files."""
    return {path.read_bytes() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}


def restore(shown: Shown) -> None:
    """Bring missing originals back as a person does, from a backup."""
    for word, document_id in shown.documents.items():
        sha256 = shown.store.documents.get(document_id).sha256
        folder = shown.store.data.originals / sha256[:2]
        if not list(folder.glob(f"{sha256}*")):
            folder.mkdir(exist_ok=True)
            (folder / f"{sha256}.pdf").write_text(word)
            (folder / f"{sha256}.pdf").chmod(0o444)


@pytest.mark.fault("F21", each=8, nightly=200)
def test_every_harm_to_originals_is_found_and_no_other_and_the_right_bytes_heal_all(trials: Trials, tmp_path: Path) -> None:
    chance = random.Random(trials.seed)
    sound = DataDir(tmp_path / "sound")
    with closing(open_store(sound.database_url, sound)) as store:
        documents = make_documents(store)
    for number in range(trials.count):
        data = DataDir(tmp_path / str(number))
        shutil.copytree(sound.root, data.root)
        store = open_store(data.database_url, data)
        shown = Shown(store)
        shown.documents = dict(documents)
        expected = harm_some(shown, chance)
        there = bytes_below(data.originals)
        assert sorted(shown.found(), key=str) == sorted(expected, key=str)
        shown.repair()
        left = shown.found()
        assert {kind for kind, _ in left} <= {Kind.ORIGINAL_MISSING}
        assert there <= bytes_below(data.root)
        restore(shown)
        assert shown.found() == []
        assert all(shown.original(word).read_text() == word for word in shown.documents)
        shown.searcher.close()
        store.close()
        trials.tried()


def test_bytes_that_are_delivered_again_take_the_place_of_rotten_ones(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "archive")
    store = open_store(data.database_url, data)
    shown = Shown(store)
    shown.read("hydrant")
    rot(shown.original("hydrant"), random.Random(1))
    assert shown.found(Subject.ORIGINALS) == [(Kind.ORIGINAL_CHANGED, shown.documents["hydrant"])]
    shown.read("hydrant")
    assert shown.found() == []
    store.close()
