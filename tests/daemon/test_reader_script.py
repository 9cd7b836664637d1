"""What is sent to the process of a reader, which may be on a machine that its owner lends, knows nothing of the archive."""

from functools import partial
from pathlib import Path

import pytest
from ray import cloudpickle

from actors.store.files.data_dir import DataDir
from actors.store.nouns.mail import Proof
from daemon.cast.reader import make_reader
from daemon.ground import script_of
from daemon.logs import LogSettings
from daemon.node.place import Place, own_place
from daemon.reader_script import ReaderScript
from daemon.settings.loading import load_settings
from daemon.sockets import make_sockets
from daemon.start_error import StartError

DATABASE = "postgresql://scriba:hunter2@db.lan/archive"


def sent(folder: Path) -> bytes:
    """Give what Ray sends to a reader's process: how it is set up, and how it is built."""
    said = {
        "SCRIBA_DATABASE_URL": DATABASE,
        "SCRIBA_PUBLIC_URL": "https://archive.lan",
        "SCRIBA_GMAIL_OAUTH_CLIENT_ID": "an-id",
        "SCRIBA_GMAIL_OAUTH_CLIENT_SECRET": "hunter2",
    }
    settings = load_settings({"data_dir": folder}, said).settings
    script = script_of(settings, DataDir(folder), make_sockets(folder / "run", folder / "run"))
    assert script.grant_clients[Proof.GOOGLE].client_id == "an-id"
    pickled: bytes = cloudpickle.dumps((script.readers.prepare, partial(make_reader, script.readers)))  # type: ignore[no-untyped-call]
    return pickled


def test_what_is_sent_to_a_reader_holds_no_path_of_the_archive_no_database_and_no_secret(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    told = sent(tmp_path)
    assert b"make_reader" in told
    assert [word for word in (str(tmp_path), "hunter2", "db.lan", "an-id", "secrets") if word.encode() in told] == []


def test_a_place_is_what_its_machine_has_told() -> None:
    for place in (Place(Path("/a b"), Path("/c"), True, Path("/d")), Place(Path("/a"), Path("/c"), False)):
        assert own_place(place.told()) == place


def test_where_others_have_begun_ray_a_process_finds_a_place_of_its_own() -> None:
    place = own_place({})
    assert (place.scratch.is_dir(), place.log_socket, place.allow_unsandboxed) == (True, None, False)
    assert own_place({}) == place
    place.scratch.rmdir()


def test_a_machine_with_another_scriba_reads_nothing() -> None:
    with pytest.raises(StartError, match=r"the archive runs Scriba 0\.0\.0 and this machine"):
        make_reader(ReaderScript(LogSettings(), "0.0.0"))
