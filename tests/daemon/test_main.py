"""The program as a person meets it: its commands, its words, its exit codes."""

import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from actors.store.files.data_dir import DataDir
from actors.store.nouns.jobs import JobKind
from daemon.certificates.names import names_to_certify
from daemon.certificates.self_made import News, keep_self_made
from daemon.certificates.shown import Shown
from daemon.greeting import Place, greeting_at, place_of_reader
from daemon.instance import only_instance
from daemon.listen import parse_listen_address
from daemon.settings.loading import load_settings
from tests.archives import open_archive
from tests.ports import free_port
from tests.store.making import deliver

SCRIBAD = [sys.executable, "-c", "from daemon.main import main; main()"]
WIDTH = 80


def scribad(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SCRIBA_")} | environment
    return subprocess.run([*SCRIBAD, *arguments], env=clean, capture_output=True, text=True, check=False, timeout=60)


def greet(tmp_path: Path, place: Place, **given: object) -> str:
    return greeting_at(place, load_settings({"data_dir": tmp_path / "data", **given}, {}).settings)


def test_the_version_is_told() -> None:
    ended = scribad("version")
    assert (ended.returncode, ended.stdout.startswith("scriba ")) == (0, True)


def test_settings_in_force_are_shown_in_80_columns_with_their_source(tmp_path: Path) -> None:
    ended = scribad(
        "config", "check", "--data-dir", str(tmp_path), SCRIBA_OCR_LANGUAGE="deu+eng", SCRIBA_DATABASE_URL="postgresql://me:s3cret@db/x"
    )
    rows = {line.split()[0]: line.split()[1:] for line in ended.stdout.splitlines() if line.strip()}
    assert ended.returncode == 0
    assert rows["ocr_language"] == ["deu,", "eng", "environment"]
    assert rows["listen"] == ["127.0.0.1:8440", "default"]
    assert "s3cret" not in ended.stdout
    assert max(map(len, ended.stdout.splitlines())) <= WIDTH


@pytest.mark.parametrize("command", ["run", "check"])
def test_an_archive_of_a_newer_scriba_is_refused_in_words(tmp_path: Path, command: str) -> None:
    with closing(open_archive(DataDir(tmp_path))) as store, store.database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    ended = scribad(command, "--data-dir", str(tmp_path), "--listen", f"127.0.0.1:{free_port()}")
    assert ended.returncode == 1
    assert "9999, which this version does not know: start the newer Scriba that wrote it" in ended.stderr.replace("\n", " ")


@pytest.mark.parametrize("command", [("run",), ("config", "check"), ("reindex",)])
def test_wrong_settings_are_wrong_usage(tmp_path: Path, command: tuple[str, ...]) -> None:
    ended = scribad(*command, "--data-dir", str(tmp_path), SCRIBA_OCR_PAGES="many", SCRIBA_TYPO="1")
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 2
    assert "ocr_pages = 'many' (SCRIBA_OCR_PAGES)" in ended.stderr


def test_plain_text_towards_other_machines_does_not_start(tmp_path: Path) -> None:
    ended = scribad("run", "--data-dir", str(tmp_path), "--listen", "0.0.0.0:8440", SCRIBA_TLS="off")
    assert (ended.returncode, "allow_plaintext" in ended.stderr) == (2, True)


def test_a_certificate_that_is_not_there_is_named_before_anything_starts(tmp_path: Path) -> None:
    own = {"SCRIBA_TLS_CERTIFICATE": "/none/a.pem", "SCRIBA_TLS_KEY": "/none/b.pem"}
    ended = scribad("run", "--data-dir", str(tmp_path), "--listen", f"127.0.0.1:{free_port()}", **own)
    assert ended.returncode == 1
    assert "tls_certificate = /none/a.pem: the file can't be read: No such file or directory\n" in ended.stderr


def test_a_second_daemon_is_refused_in_one_line(tmp_path: Path) -> None:
    with only_instance(tmp_path):
        ended = scribad("run", "--data-dir", str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr == f"another scribad (pid {os.getpid()}) is at work in {tmp_path}; stop it first, or use another --data-dir\n"


def test_a_file_is_no_data_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ended = scribad("run", "--data-dir", str(tmp_path / "file"))
    assert (ended.returncode, str(tmp_path / "file") in ended.stderr, len(ended.stderr.splitlines())) == (2, True, 1)


def test_reindex_without_a_daemon_leaves_one_order_for_the_next_start(tmp_path: Path) -> None:
    first, second = scribad("reindex", "--data-dir", str(tmp_path)), scribad("reindex", "--data-dir", str(tmp_path))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    assert "ordered already" in second.stdout
    data = DataDir(tmp_path)
    store = open_archive(data)
    assert [job.kind for job in store.jobs.list((), None, None, 10)] == [JobKind.REBUILD_INDEX]
    store.close()


def test_reindex_tells_when_a_running_daemon_does_not_answer(tmp_path: Path) -> None:
    with only_instance(tmp_path):
        ended = scribad("reindex", "--data-dir", str(tmp_path), "--listen", "127.0.0.1:9")
    assert ended.returncode == 3
    assert ended.stderr.startswith("the daemon is running, but does not answer on 127.0.0.1:9")


def test_the_greeting_says_where_to_look_and_what_to_try(tmp_path: Path) -> None:
    place = Place(tmp_path, "scriba", (tmp_path / "data",))
    assert greet(tmp_path, place) == (
        "Scriba is ready.\n"
        "\n"
        "  page         http://127.0.0.1:8440/\n"
        "  drop into    data/consume/\n"
        "  try          scriba upload FILE --wait\n"
        "               scriba search WORD\n"
        "               scriba --help\n"
        "  end          Ctrl-C\n"
    )


def test_the_greeting_says_how_somebody_becomes_the_first_user(tmp_path: Path) -> None:
    text = greeting_at(
        Place(tmp_path, "scriba", (tmp_path / "data",)), load_settings({"data_dir": tmp_path}, {}).settings, code="ABCD-EFGH"
    )
    assert (
        "  first user   http://127.0.0.1:8440/invitation#code=ABCD-EFGH\n"
        "               or scriba login --invited\n"
        "               with the code ABCD-EFGH\n"
    ) in text


def test_the_greeting_gives_what_the_client_cannot_find_by_itself(tmp_path: Path) -> None:
    text = greet(tmp_path, Place(tmp_path, "scriba", ()), listen="[::1]:9000")
    assert "http://[::1]:9000/" in text
    assert f"export SCRIBA_SERVER=[::1]:9000\n               export SCRIBA_DATA_DIR={tmp_path}/data\n" in text


def test_the_client_is_called_by_name_only_when_that_is_the_one(tmp_path: Path) -> None:
    beside = tmp_path / ".venv" / "bin" / "scriba"
    assert place_of_reader(tmp_path, beside, str(beside), tmp_path).command == "scriba"
    assert place_of_reader(tmp_path, beside, "/usr/bin/scriba", tmp_path).command == ".venv/bin/scriba"
    assert place_of_reader(tmp_path, beside, None, tmp_path).command == ".venv/bin/scriba"


def test_without_a_daemon_the_folder_itself_is_checked_and_mended(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data")
    with closing(open_archive(data)) as store:
        deliver(store, "hydrant", now=datetime.now(UTC))
    options = ("--data-dir", str(data.root))
    sound = scribad("check", *options)
    assert (sound.returncode, sound.stdout, sound.stderr) == (0, "All is well.\n", "")
    (original,) = data.originals.glob("*/*")
    original.chmod(0o644)
    found = scribad("check", *options)
    assert (found.returncode, found.stderr) == (5, "")
    assert found.stdout.splitlines() == [
        "Originals with another mode than 0444: 1",
        "  - document 1, its mode is 0644",
        f"    {original.relative_to(data.root)}",
        "  Repair: the mode is set right.",
        "",
        "1 findings. `scribad repair` does what is safe, and deletes nothing.",
    ]
    original.unlink()
    left = scribad("repair", "--json", *options)
    assert left.returncode == 5
    told = json.loads(left.stdout)
    assert [(finding["kind"], finding["outcome"], finding["documentId"]) for finding in told["findings"]] == [
        ("FINDING_KIND_ORIGINAL_MISSING", "FINDING_OUTCOME_NEEDS_PERSON", "1")
    ]
    assert told["summary"]["needsPerson"] == "1"


def test_a_folder_without_an_archive_is_not_made_one(tmp_path: Path) -> None:
    ended = scribad("check", "--data-dir", str(tmp_path / "typo"))
    assert (ended.returncode, ended.stderr) == (1, f"there is no archive in {tmp_path / 'typo'}: name its folder with --data-dir\n")
    assert not (tmp_path / "typo").exists()


def test_files_get_names_that_people_read(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data")
    with closing(open_archive(data)) as store:
        deliver(store, "bill")
    words = ("rename", "--data-dir", str(data.root))
    tried = scribad(*words, "--dry-run", SCRIBA_FILENAME_FORMAT="{created_year}/{title}")
    assert tried.stdout.splitlines() == ["+ originals/none/bill.pdf", "1 name to give, 0 to drop, in named/; nothing is changed"]
    assert not data.named.exists()
    done = scribad(*words, SCRIBA_FILENAME_FORMAT="{created_year}/{title}")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "1 name given, 0 dropped, in named/")
    assert (data.named / "originals/none/bill.pdf").read_text() == "bill"
    assert scribad(*words, SCRIBA_FILENAME_FORMAT="{created_year}/{title}").stdout == "Every file has its name already.\n"
    with only_instance(data.root):
        refused = scribad(*words)
    assert (refused.returncode, "stop it first" in refused.stderr) == (1, True)
    assert "there is no archive in" in scribad("rename", "--data-dir", str(tmp_path / "none")).stderr


@pytest.mark.parametrize(
    ("self_made", "news", "words"),
    [
        (True, News.FIRST, "The certificate is made by Scriba."),
        (True, News.NAMES, "The certificate is made anew, since this machine has another name."),
        (False, News.NONE, "The certificate is yours; its fingerprint is"),
    ],
)
def test_the_greeting_shows_the_fingerprint_of_the_certificate(tmp_path: Path, self_made: bool, news: News, words: str) -> None:
    names = names_to_certify(parse_listen_address("0.0.0.0:8440"), (), "archive", ["192.168.1.5"])
    certificate = keep_self_made(DataDir(tmp_path / "made"), names, datetime.now(UTC)).certificate
    settings = load_settings({"data_dir": tmp_path / "data", "listen": "0.0.0.0:8440"}, {}).settings
    shown = Shown(certificate, self_made, news, b"")
    lines = greeting_at(Place(tmp_path, "scriba", (tmp_path / "data",)), settings, shown).splitlines()
    assert lines[2:4] == ["  page         https://127.0.0.1:8440/", "  elsewhere    https://archive:8440/"]
    assert any(line.startswith(words) for line in lines)
    assert f"  {certificate.fingerprint}" in lines
    assert max(map(len, lines)) <= WIDTH
