"""How far decoders are shut in is seen by those who run the archive, and an archive where nothing does so does not start unasked."""

import json
import os
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from actors.sandbox.level import SandboxLevel
from actors.sandbox.probe import found_here
from scriba.v1 import admin_pb2
from scriba.v1.documents_pb2 import DocumentState
from tests.end_to_end.person import Person
from tests.ocr.papers import scan_pdf
from tests.running import Daemon, wait_until

pytestmark = pytest.mark.timeout(300)

OLD_KERNEL = [sys.executable, "-m", "tests.sandbox.old_kernel"]


def levels_told(daemon: Daemon) -> set[str]:
    with daemon.client() as client:
        nodes = client.admin.ListNodes(admin_pb2.ListNodesRequest()).nodes
    return {admin_pb2.SandboxLevel.Name(node.sandbox).removeprefix("SANDBOX_LEVEL_").lower() for node in nodes}


def level_of_readiness(daemon: Daemon) -> str:
    with urllib.request.urlopen(f"http://{daemon.address}/readyz", timeout=10) as answer:  # our own daemon
        told: str = json.load(answer)["sandbox"]
        return told


def test_the_level_is_shown_to_those_who_run_the_archive(daemon: Daemon, person: Person) -> None:
    level = found_here().level.value
    wait_until(lambda: levels_told(daemon) == {level}, 60, daemon.story)
    assert level_of_readiness(daemon) == level
    assert level in person.type("nodes").out
    assert f'"SANDBOX_LEVEL_{level.upper()}"' in person.type("nodes", "--json").out


@pytest.fixture
def without_sandboxes(tmp_path: Path) -> Iterator[Daemon]:
    """A daemon that finds no bubblewrap, on a kernel that has no Landlock."""
    daemon = Daemon(tmp_path / "data", consumer_stability_delay="0.3", ocr_workers="1")
    daemon.data.root.mkdir()
    daemon.before = OLD_KERNEL
    daemon.environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{tmp_path}"
    yield daemon
    daemon.kill()


def test_where_nothing_shuts_decoders_in_the_daemon_says_what_to_do(without_sandboxes: Daemon) -> None:
    with pytest.raises(RuntimeError, match="ended with code 1") as ended:
        without_sandboxes.start()
    for words in ("bwrap is not installed", "the kernel has no Landlock", "apt-get install bubblewrap", "allow_unsandboxed = true"):
        assert words in str(ended.value)
    assert "Traceback" not in str(ended.value)


def test_where_it_is_allowed_documents_are_read_unguarded_and_health_says_so(without_sandboxes: Daemon) -> None:
    without_sandboxes.environment["SCRIBA_ALLOW_UNSANDBOXED"] = "true"
    without_sandboxes.start()
    with Person(without_sandboxes) as person:
        person.drop("letter.pdf", scan_pdf("read without a net"))
        assert person.wait_for_file("letter.pdf").state == DocumentState.DOCUMENT_STATE_READY
    assert levels_told(without_sandboxes) == {SandboxLevel.NONE.value}
    assert level_of_readiness(without_sandboxes) == SandboxLevel.NONE.value
    assert without_sandboxes.stop() == 0
