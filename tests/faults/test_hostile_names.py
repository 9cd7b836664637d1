"""F14: hostile names and kinds of file, through the folder, the upload and the command: kept and shown sanely, or left alone."""

import os
import random
import re
import socket
import stat
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest

import scriba
from actors.intake.names import shown_name, upload_name
from actors.watcher.ignoring import IgnoreRules
from scriba.v1.documents_pb2 import Document
from tests.end_to_end.invariants import work_that_is_stuck
from tests.end_to_end.person import Person
from tests.faults.plugin import Trials
from tests.running import ACTIVE, wait_until

LONGEST_NAME = 255
AT_ONCE = 60
THROUGH_THE_COMMAND = 12

pytestmark = pytest.mark.timeout(7_200)  # a whole night of names
# What a terminal obeys, and what turns a line round.
COMMANDS = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
NAMES = (
    b"two\nlines.txt",
    b"\ttab\x07bell\x1b[2J\x1b]0;title\x07.txt",
    "\x9b2Jeight bits.txt".encode(),
    b"..txt..",
    b"-rf",
    b"--help",
    b"$(reboot);`reboot`.txt",
    b"%s%n%x.txt",
    "harmless\u202efdp.exe".encode(),
    "👩‍👩‍👧‍👦 family.txt".encode(),
    "Mu\u0308ller.txt".encode(),
    "Müller.txt".encode(),
    b"M\xfcller.txt",
    b"\xff\xfe\xfd",
    b"\xed\xa0\x80 half a letter.txt",
    b"NUL.txt",
    b"con",
    b"C:\\Windows\\evil.txt",
    b"..\\..\\evil.txt",
    b"a" * (LONGEST_NAME - 4) + b".txt",
    "ä".encode() * 127,
    b" spaces around .txt ",
    b"<img src=x onerror=alert(1)>.html",
    b"' OR 1=1; --.txt",
    "\u200b\u200d".encode(),
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334algo.txt".encode(),
)


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Path]:
    """A file that nobody handed in, which must be the same afterwards."""
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret that is nobody's business")
    before = secret.stat()
    yield secret
    after = secret.stat()
    assert secret.read_text() == "a secret that is nobody's business"
    assert (before.st_ino, before.st_mtime_ns, before.st_nlink) == (after.st_ino, after.st_mtime_ns, after.st_nlink)


def name_of_chance(chance: random.Random) -> bytes:
    """Make up a name that a disk takes: of any bytes, of any letters, or of pieces of hostile ones."""
    match chance.randrange(3):
        case 0:
            name = chance.randbytes(chance.randrange(1, 60))
        case 1:
            name = "".join(
                chr(chance.choice([*range(1, 0x250), *range(0x2000, 0x2070), *range(0x1F600, 0x1F640)])) for _ in range(20)
            ).encode()
        case _:
            name = b"".join(chance.choice(NAMES)[: chance.randrange(1, 30)] for _ in range(4))
    return name.replace(b"/", b"").replace(b"\0", b"")[:LONGEST_NAME] or b"x"


@pytest.mark.fault("F14", each=60, nightly=5000)
@pytest.mark.timeout(7200)
def test_dropped_files_of_any_name_are_kept_shown_sanely_and_found(trials: Trials, person: Person) -> None:
    chance = random.Random(trials.seed)
    names = [*NAMES, *(name_of_chance(chance) for _ in range(trials.count - len(NAMES)))]
    for begin in range(0, len(names), AT_ONCE):
        batch = dict.fromkeys(names[begin : begin + AT_ONCE])
        sent = {name: f"hostile name trial {begin} {number} wordof{begin}x{number}" for number, name in enumerate(batch)}
        ignored = [name for name in sent if IgnoreRules().ignores_file(os.fsdecode(name))]
        for name, text in sent.items():
            staged = person.daemon.data.root / "staged"
            staged.write_text(text)
            staged.rename(person.daemon.data.consume / os.fsdecode(name))
        person.wait_until(partial(only_these_lie_there, person, ignored))
        documents = {person.take(each.id).decode(): each for each in person.client.list_documents(f"wordof{begin}x*")}
        for name in ignored:
            (person.daemon.data.consume / os.fsdecode(name)).unlink()
        wanted = {text: name for name, text in sent.items() if name not in ignored}
        assert documents.keys() == wanted.keys()
        assert [wrong for text, name in wanted.items() for wrong in shown_wrongly(documents[text], shown_name(os.fsdecode(name)))] == []
        assert work_that_is_stuck(person, list(documents.values())) == []
        trials.tried(min(AT_ONCE, len(names) - begin))


def only_these_lie_there(person: Person, names: list[bytes]) -> bool:
    """Tell whether all but these files have been taken in, and read."""
    return lying(person) == sorted(names) and next(iter(person.client.list_jobs(ACTIVE, limit=1)), None) is None


def lying(person: Person) -> list[bytes]:
    """List what lies in the watched folder."""
    return sorted(os.fsencode(path.name) for path in person.daemon.data.consume.iterdir())


def shown_wrongly(document: Document, name: str) -> Iterator[str]:
    """Tell what is wrong with how a document is called."""
    if document.original_filename != name:
        yield f"{document.original_filename!r} instead of {name!r}"
    for shown in (document.original_filename, document.title):
        if COMMANDS.search(shown) or not shown.strip() or not unicodedata.is_normalized("NFC", shown) or "/" in shown:
            yield f"{shown!r} is not sane"


@pytest.mark.fault("F14", each=26, nightly=26)
def test_uploads_of_any_name_are_kept_shown_sanely_and_taken_out_where_they_were_wanted(
    trials: Trials, person: Person, tmp_path: Path, outside: Path
) -> None:
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    for number, name in enumerate(
        [*(os.fsdecode(name).encode("utf-8", "replace").decode() for name in NAMES[:-3]), "../../etc/passwd", "/", "a\0b"]
    ):
        answer = person.client.upload(BytesIO(f"upload of a hostile name {number}".encode()), filename=name)
        assert list(shown_wrongly(answer.document, upload_name(name))) == []
        target = chosen / str(number)
        target.mkdir()
        taken = person.client.download(answer.document.id, target)
        assert taken.path.parent == target
        assert [path.name for path in target.iterdir()] == [taken.path.name]
        assert taken.path.name[0] not in ".-"
        assert COMMANDS.search(taken.path.name) is None
        trials.tried()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chosen", outside.name]


def test_the_command_takes_files_of_any_name_and_shows_no_command_to_the_terminal(person: Person, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    names = NAMES[:THROUGH_THE_COMMAND]
    for number, name in enumerate(names):
        (folder / os.fsdecode(name)).write_text(f"a file for the command {number}")
    typed = person.type("upload", "-r", str(folder))
    seen = [name for name in names if not name.startswith(b".")]  # -r leaves hidden files out
    assert (typed.code, typed.err.count("document")) == (0, len(seen))
    listed, found = person.type("list", "--limit", "200"), person.type("search", "hostile OR command", "--limit", "200")
    newest = next(iter(person.client.list_documents(limit=1)))
    shown = person.type("show", newest.id)
    asked = person.type("list", "--limit", "200", "--json")
    for answer in (typed, listed, found, shown, asked):
        assert COMMANDS.search((answer.out + answer.err).replace("\n", "")) is None
        assert answer.code == 0
    taken = person.type("download", newest.id, "-o", str(tmp_path))
    assert (taken.code, COMMANDS.search(taken.err)) == (0, None)


def symlink_inside(path: Path, outside: Path) -> None:
    path.symlink_to(path.with_name("nothing there yet"))


def symlink_outside(path: Path, outside: Path) -> None:
    path.symlink_to(outside)


def symlink_to_itself(path: Path, outside: Path) -> None:
    path.symlink_to(path.name)


def symlink_to_a_folder(path: Path, outside: Path) -> None:
    path.symlink_to(outside.parent)


def fifo(path: Path, outside: Path) -> None:
    os.mkfifo(path)


def unix_socket(path: Path, outside: Path) -> None:
    listener = socket.socket(socket.AF_UNIX)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        listener.bind(f"/proc/self/fd/{folder}/{path.name}")  # a path of a socket has 108 letters at most
    finally:
        os.close(folder)
        listener.close()


def device(path: Path, outside: Path) -> None:
    os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 5))  # /dev/zero, which has no end


def sparse_tebibyte(path: Path, outside: Path) -> None:
    staged = path.parent.with_name("staged")
    with staged.open("wb") as file:
        file.truncate(1 << 40)
    staged.rename(path)


LEFT_ALONE: list[Callable[[Path, Path], None]] = [
    symlink_inside, symlink_outside, symlink_to_itself, symlink_to_a_folder, fifo, unix_socket, device, sparse_tebibyte,
]  # fmt: skip


@pytest.mark.fault("F14", each=len(LEFT_ALONE), nightly=len(LEFT_ALONE))
def test_what_is_no_file_or_far_too_large_is_left_alone_and_others_pass_by_it(trials: Trials, person: Person, outside: Path) -> None:
    consume = person.daemon.data.consume
    there = [consume / f"left alone {kind.__name__}.txt" for kind in LEFT_ALONE if kind is not device or os.geteuid() == 0]
    for path, kind in zip(there, [kind for kind in LEFT_ALONE if kind is not device or os.geteuid() == 0], strict=True):
        kind(path, outside)
    facts = {path: path.lstat() for path in there}
    try:
        person.drop("a letter among them.txt", b"a letter among what is no letter, wordamongthem")
        person.wait_until(lambda: person.finds("wordamongthem") != [])
        wait_until(lambda: all(path.name in person.daemon.log.read_text() for path in there), 60, person.daemon.story)
        for path, found in facts.items():
            left = path.lstat()
            assert (left.st_ino, left.st_mode, left.st_size, left.st_nlink) == (found.st_ino, found.st_mode, found.st_size, found.st_nlink)
        assert [each.original_filename for each in person.client.list_documents() if each.original_filename.startswith("left alone")] == []
    finally:
        for path in there:
            path.unlink()
    trials.tried(len(LEFT_ALONE))


@pytest.mark.fault("F14", each=1, nightly=20)
def test_a_hard_link_to_an_original_leaves_the_original_alone(trials: Trials, person: Person) -> None:
    for number in range(trials.count):
        content = f"the linked letter {number}".encode()
        document = person.put(f"linked {number}.txt", content)
        (original,) = person.daemon.data.originals.glob(f"*/{document.sha256}*")
        before = original.stat()
        os.link(original, person.daemon.data.consume / f"link {number}.txt")
        person.wait_until(person.daemon.settled)
        after = original.stat()
        assert (original.read_bytes(), after.st_ino, stat.S_IMODE(after.st_mode)) == (content, before.st_ino, 0o444)
        assert person.look(document.id).duplicate_count == 1
        trials.tried()


@pytest.mark.fault("F14", each=3, nightly=3)
def test_files_whose_suffix_lies_or_that_are_empty_end_with_words(trials: Trials, person: Person) -> None:
    lies = {"text.pdf": b"plain text, not a PDF", "picture.txt": b"\x89PNG\r\n\x1a\n and no picture behind it", "empty.pdf": b""}
    for name, content in lies.items():
        person.drop(name, content)
    person.wait_until(person.daemon.settled)
    for name in lies:
        document = person.find_file(name)
        assert document is not None
        job = next(iter(person.client.list_jobs(document_id=document.id, limit=1)))
        assert job.error or person.text(document.id)
        assert "Traceback" not in job.error
        trials.tried()


def test_a_server_s_name_too_long_for_the_contract_is_refused_in_words(person: Person) -> None:
    with pytest.raises(scriba.InvalidArgument, match=r"start\.filename"):
        person.client.upload(BytesIO(b"x"), filename="a" * 1025)
