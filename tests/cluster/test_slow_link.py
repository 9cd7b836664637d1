"""A machine at the end of a slow cable, 20 ms each way and 10 Mbit/s, reads as others do."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.cluster.doing import daemon_at, pages_lost
from tests.cluster.machine import Machine, code_of
from tests.cluster.network import NoNetwork, Slow, network
from tests.faults.archive import Orders, archive_of
from tests.faults.papers import word_of
from tests.invariants.sent import Sent
from tests.ocr.papers import scan_pdf

LINK = Slow(0.02, 10_000_000)
LETTERS, LINES = 12, 28


def letter(word: str) -> Sent:
    """Scan a full page as scanners do at 300 dpi, some hundred kilobytes."""
    return Sent(scan_pdf("\n".join(f"line {number} bears the word {word}" for number in range(LINES)), dpi=300), word)


@pytest.mark.timeout(20_000)
@pytest.mark.soak
def test_a_machine_behind_a_slow_link_reads_its_part_and_loses_nothing(tmp_path: Path) -> None:
    with ExitStack() as house:
        try:
            places = house.enter_context(network(2, LINK))
        except NoNetwork as error:
            pytest.skip(str(error))
        head = daemon_at(places[0], tmp_path)
        archive = house.enter_context(archive_of(head, Orders(tmp_path / "orders")))
        machine = Machine(tmp_path / "node", head.address)
        machine.before = places[1].before
        house.callback(machine.kill)
        machine.join(head, code_of(head))
        letters = {f"letter-{number}.pdf": letter(word_of(number)) for number in range(1_000, 1_000 + LETTERS)}
        archive.drop(letters)
        archive.wait_until_ready(letters)
        assert machine.shown(head).pages_read > 0
        assert pages_lost(archive) == 0
        assert archive.broken() == []
