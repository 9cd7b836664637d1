"""An archive with a second machine, both as processes here: it reads, dies with pages in hand, comes back, rests, leaves and is removed."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from scriba.v1.cluster_pb2 import DrainNodeRequest, RemoveNodeRequest
from tests.cluster.doing import drop_scans, freeze, pages_lost
from tests.cluster.machine import AWAY, RESTING, Machine, code_of, machine_of, nodes
from tests.end_to_end.invariants import stray_processes
from tests.faults.archive import SECONDS, Archive, running_archive
from tests.ports import free_port, free_row
from tests.running import wait_until
from tests.systemd import Manager, listening

# As the issue wants it, and as a busy machine allows.
WORDS_SECONDS = 40.0
REMOVED = 4
# What a person waits for after Ctrl-C: the pages in hand, and Ray.
LEAVE_SECONDS = 30.0


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive that machines may join, with one reader of its own."""
    with running_archive(tmp_path_factory.mktemp("head"), cluster="true", cluster_port=str(free_row()), ocr_workers="1") as archive:
        yield archive


@pytest.fixture(scope="module")
def manager(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Manager]:
    """The ear of systemd, which the machine speaks to."""
    with listening(tmp_path_factory.mktemp("ear") / "notify") as manager:
        yield manager


@pytest.fixture(scope="module")
def joined(archive: Archive, manager: Manager, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    folder = tmp_path_factory.mktemp("machine") / "node"
    with machine_of(folder, archive.daemon, NOTIFY_SOCKET=manager.address, WATCHDOG_USEC="2000000") as machine:
        yield machine


@pytest.fixture
def machine(archive: Archive, joined: Machine) -> Machine:
    """A machine with one reader, that works."""
    if not joined.runs:
        joined.join(archive.daemon)
    return joined


def wait_until_it_reads(archive: Archive, machine: Machine, pages: int = 0) -> None:
    """Wait until a machine has read so many pages, and has others in hand."""

    def reads() -> bool:
        shown = machine.shown(archive.daemon)
        return shown.pages_read >= pages and shown.pages_reading > 0

    wait_until(reads, SECONDS, archive.daemon.story)


def of_another_version(machine: Machine) -> Machine:
    """Install another version of Scriba before the one that is there."""
    installed = machine.folder / "installed"
    (installed / "scriba-0.0.0.dist-info").mkdir(parents=True)
    (installed / "scriba-0.0.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: scriba\nVersion: 0.0.0\n")
    machine.environment["PYTHONPATH"] = f"{installed}:{machine.environment.get('PYTHONPATH', '')}"
    return machine


def an_hour_ahead(machine: Machine) -> Machine:
    """Set a machine's clock."""
    machine.before = ("env", "FAKETIME_DONT_FAKE_MONOTONIC=1", "faketime", "-f", "+1h")
    return machine


def test_a_machine_that_is_killed_with_pages_in_hand_costs_no_document_and_comes_back_by_its_key(
    archive: Archive, machine: Machine
) -> None:
    scans, processes = drop_scans(archive, 6), machine.processes()
    wait_until_it_reads(archive, machine, pages=1)
    freeze(processes)
    assert machine.shown(archive.daemon).pages_reading > 0
    machine.kill()
    assert stray_processes(processes) == []
    archive.wait_until_ready(scans)
    assert pages_lost(archive) > 0
    assert archive.broken() == []
    shown = nodes(archive.daemon)
    assert [node.id for node in shown] == ["head", machine.number]
    assert shown[0].pages_read > 0
    assert shown[1].state == AWAY
    machine.join(archive.daemon)


def test_a_machine_asked_to_end_reads_what_it_has_in_hand_and_loses_nothing(archive: Archive, machine: Machine, manager: Manager) -> None:
    lost, scans, processes = pages_lost(archive), drop_scans(archive, 4), machine.processes()
    wait_until_it_reads(archive, machine)
    told = manager.told()
    assert f"READY=1\nSTATUS=reads pages for {machine.server}" in told
    assert machine.stop(signal.SIGINT, LEAVE_SECONDS) == 0
    told += manager.told()
    assert {"WATCHDOG=1", "STOPPING=1\nSTATUS=stopping"} <= set(told)
    assert stray_processes(processes) == []
    archive.wait_until_ready(scans)
    assert pages_lost(archive) == lost
    assert archive.broken() == []
    assert machine.shown(archive.daemon).state == AWAY


def test_who_does_not_fit_is_refused_in_words_that_say_why(archive: Archive, joined: Machine, tmp_path: Path) -> None:
    server, code = archive.daemon.address, code_of(archive.daemon)
    asked = {
        "another code": (Machine(tmp_path / "guesses", server), code[::-1], 4, "this join code"),
        "a used code": (Machine(tmp_path / "late", server), joined.code, 4, "this join code"),
        "another version": (of_another_version(Machine(tmp_path / "old", server)), code, 1, "install the head's version here"),
        "another time": (an_hour_ahead(Machine(tmp_path / "ahead", server)), code, 1, "ahead of the head's"),
        "nobody there": (Machine(tmp_path / "lost", f"127.0.0.1:{free_port()}"), code, 3, "does not answer"),
    }
    for one, shown, _, _ in asked.values():
        one.ask(shown)
    ended = {name: (one.wait(WORDS_SECONDS), words in one.story()) for name, (one, _, _, words) in asked.items()}
    assert ended == {name: (code, True) for name, (_, _, code, _) in asked.items()}


def test_a_machine_that_rests_gets_no_page_and_one_that_was_removed_ends_with_words(archive: Archive, machine: Machine) -> None:
    with archive.daemon.client() as client:
        client.cluster.DrainNode(DrainNodeRequest(node_id=machine.number))
        wait_until(lambda: machine.shown(archive.daemon).state == RESTING, SECONDS, archive.daemon.story)
        before = machine.shown(archive.daemon).pages_read
        archive.wait_until_ready(drop_scans(archive, 3))
        assert machine.shown(archive.daemon).pages_read == before
        client.cluster.RemoveNode(RemoveNodeRequest(node_id=machine.number))
    processes = machine.processes()
    assert machine.wait(LEAVE_SECONDS) == REMOVED
    assert "has removed this machine" in machine.story()
    assert stray_processes(processes) == []
    assert [node.id for node in nodes(archive.daemon)] == ["head"]
    machine.ask()
    assert machine.wait(LEAVE_SECONDS) == REMOVED
    assert archive.broken() == []
