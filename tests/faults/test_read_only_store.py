"""F6: the store becomes read-only under a running daemon. Health says so within 10 s, reading goes on, and all mends by itself."""

import time
from pathlib import Path

import grpc
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

import scriba
from daemon.service.server import OURS, UPLOADS
from scriba.v1.admin_pb2 import CheckArchiveRequest
from tests.end_to_end.invariants import Sent
from tests.end_to_end.person import Person
from tests.faults.disk import daemon_on, needs_mounts, small_disk
from tests.faults.plugin import Trials
from tests.ocr.papers import digital_pdf
from tests.running import Daemon, wait_until

TOLD_SECONDS = 10.0
HEALED_SECONDS = 60.0
DISK_BYTES = 1 << 29
SERVING, NOT_SERVING = health_pb2.HealthCheckResponse.SERVING, health_pb2.HealthCheckResponse.NOT_SERVING


def health(daemon: Daemon) -> dict[str, bool]:
    """Ask for the health of everything that has one."""
    with grpc.insecure_channel(daemon.address) as channel:
        stub = health_pb2_grpc.HealthStub(channel)
        names = ("", *OURS, *UPLOADS)
        return {name: stub.Check(health_pb2.HealthCheckRequest(service=name)).status == SERVING for name in names}


def letter(word: str) -> Sent:
    """Make a page with a word of its own."""
    return Sent(digital_pdf(f"a letter that bears the word {word}"), word)


@needs_mounts
@pytest.mark.timeout(900)
@pytest.mark.fault("F6", each=1, nightly=5)
def test_a_store_that_becomes_read_only_is_told_and_goes_on_when_it_is_mended(tmp_path: Path, trials: Trials) -> None:
    settings = {"consumer_stability_delay": "0.3", "min_free_bytes": "1048576"}
    documents, search, admin, *others = OURS
    with small_disk(tmp_path / "data", DISK_BYTES) as disk, daemon_on(disk, **settings) as daemon, Person(daemon) as person:
        sent = {"first.pdf": letter("firstword")}
        before = person.put("first.pdf", sent["first.pdf"].content)
        wait_until(lambda: person.finds("firstword") == [before.id], TOLD_SECONDS)
        for number in range(trials.count):
            processes = {process.pid for process in daemon.processes()}
            disk.make_read_only()
            remounted = time.monotonic()
            wait_until(lambda: not health(daemon)[""], TOLD_SECONDS, daemon.story)
            assert time.monotonic() - remounted < TOLD_SECONDS
            assert health(daemon) == {
                "": False,
                documents: False,
                search: True,
                admin: False,
                **dict.fromkeys((*UPLOADS, *others), False),
            }
            assert person.finds("firstword") == [before.id]
            assert person.take(before.id) == sent["first.pdf"].content
            assert [document.id for document in person.client.list_documents()][-1:] == [before.id]
            with pytest.raises(scriba.Unavailable, match="read-only"):
                person.upload("refused.pdf", b"%PDF-refused")
            assert "read-only" in person.type("info").out
            # The search index is looked at with what a writable disk would hold for a moment.
            with pytest.raises(scriba.Unavailable, match="Read-only"):
                list(person.client.admin.CheckArchive(CheckArchiveRequest(), timeout=HEALED_SECONDS))
            assert daemon.log.read_text().count("storage in trouble") == number + 1
            assert processes <= {process.pid for process in daemon.processes()}, daemon.story()
            disk.make_writable()
            wait_until(lambda: all(health(daemon).values()), HEALED_SECONDS, daemon.story)
            name, more = f"after-{number}.pdf", letter(f"afterword{number}")
            sent[name] = more
            person.put(name, more.content)
            trials.tried()
        assert "actor ended" not in daemon.log.read_text()
        assert disk.broken_invariants(daemon, sent) == []
