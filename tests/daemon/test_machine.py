"""How many pages a machine reads at once, by its cores, its memory, and what its owner wants."""

from pathlib import Path

import pytest

from actors.runtime.machine import usable_cores, usable_memory
from actors.runtime.machines import NodeInfo
from daemon.cast.readers import OTHERS_BYTES, READER_BYTES, readers_on

GIGABYTE = 10**9


@pytest.mark.parametrize(
    ("workers", "load", "cores", "memory", "head", "readers"),
    [
        (0, 100, 8, 64 * GIGABYTE, True, 8),
        (0, 50, 8, 64 * GIGABYTE, True, 4),
        (0, 1, 8, 64 * GIGABYTE, True, 1),
        (0, 50, 8, 64 * GIGABYTE, False, 8),
        (0, 100, 8, OTHERS_BYTES + 3 * READER_BYTES - 1, True, 2),
        (0, 100, 8, OTHERS_BYTES + 3 * READER_BYTES, True, 3),
        (0, 100, 8, GIGABYTE // 2, True, 1),
        (5, 50, 2, GIGABYTE, True, 5),
    ],
)
def test_readers_follow_cores_and_memory(workers: int, load: int, cores: int, memory: int, head: bool, readers: int) -> None:
    node = NodeInfo("id", "host", head, alive=True, cores=cores, memory_bytes=memory)
    assert readers_on(workers, load, node) == readers


def test_a_container_counts_as_what_it_may_use(tmp_path: Path) -> None:
    (tmp_path / "memory.max").write_text("123456789\n")
    (tmp_path / "cpu.max").write_text("100000 100000\n")
    assert (usable_memory(tmp_path), usable_cores(tmp_path)) == (123_456_789, 1)
    (tmp_path / "memory.max").write_text("max\n")
    (tmp_path / "cpu.max").write_text("max 100000\n")
    assert usable_memory(tmp_path) == usable_memory(tmp_path / "none") > 10**8
    assert usable_cores(tmp_path) == usable_cores(tmp_path / "none") >= 1
