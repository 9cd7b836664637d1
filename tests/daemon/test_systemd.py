"""What a service tells systemd; that daemon and node do, is seen where they are started and ended anyway."""

import asyncio
import secrets
from pathlib import Path

import pytest

from daemon.systemd import Systemd, systemd_of
from tests.systemd import listening


def test_ready_alive_and_stopping_are_told_with_words_for_a_person(tmp_path: Path) -> None:
    with listening(tmp_path / "notify") as manager:
        systemd = systemd_of({"NOTIFY_SOCKET": str(tmp_path / "notify")}, 1)
        systemd.tell_ready("serving")
        systemd.tell_alive("waits")
        systemd.tell_stopping()
        assert manager.told() == ["READY=1\nSTATUS=serving", "WATCHDOG=1\nSTATUS=waits", "STOPPING=1\nSTATUS=stopping"]


def test_a_socket_that_has_no_file_is_found_by_its_name() -> None:
    name = f"scriba-{secrets.token_hex(8)}"
    with listening(f"\0{name}") as manager:
        systemd_of({"NOTIFY_SOCKET": f"@{name}"}, 1).tell_alive()
        assert manager.told() == ["WATCHDOG=1"]


@pytest.mark.parametrize(
    ("environment", "patience"),
    [
        ({}, None),
        ({"WATCHDOG_USEC": "90000000"}, 90.0),
        ({"WATCHDOG_USEC": "90000000", "WATCHDOG_PID": "7"}, 90.0),
        ({"WATCHDOG_USEC": "90000000", "WATCHDOG_PID": "8"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
    ],
)
def test_the_patience_of_systemd_is_taken_by_the_process_that_is_meant(environment: dict[str, str], patience: float | None) -> None:
    assert systemd_of(environment, 7).patience_seconds == patience


async def test_the_loop_tells_twice_in_that_patience_that_it_turns(tmp_path: Path) -> None:
    with listening(tmp_path / "notify") as manager:
        telling = asyncio.create_task(Systemd(str(tmp_path / "notify"), 0.02).keep_telling())
        told: list[str] = []
        async with asyncio.timeout(10):
            while len(told) < 3:
                told += manager.told()
                await asyncio.sleep(0)
        telling.cancel()
    assert set(told) == {"WATCHDOG=1"}


async def test_nobody_is_told_where_nobody_asks() -> None:
    await asyncio.wait_for(Systemd("", 1.0).keep_telling(), 5)
    await asyncio.wait_for(Systemd("/none", None).keep_telling(), 5)
    Systemd().tell_ready("serving")


def test_a_systemd_that_is_gone_stops_nobody(tmp_path: Path) -> None:
    Systemd(str(tmp_path / "none"), 1.0).tell_ready("serving")
