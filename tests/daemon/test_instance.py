"""One daemon for each data folder, its token, its sockets, and what ends it."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pytest

from actors.store.files.data_dir import DataDir
from daemon.edge import leash
from daemon.instance import AlreadyRunning, only_instance
from daemon.local_token import load_or_create_local_token
from daemon.shutdown import arm, stop_on_signals
from daemon.sockets import MAX_SOCKET_PATH_BYTES, UnsafeFolder, make_sockets

SECONDS = 10
HOLDER = """
import sys
import tempfile
from pathlib import Path
from daemon.instance import only_instance
with only_instance(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""
LEASHER = """
import os, subprocess, sys
subprocess.Popen([sys.executable, "-I", "-S", sys.argv[1], str(os.getpid()), "/bin/sh", "-c", sys.argv[2]])
sys.stdin.read()
"""
STOPPER = """
import asyncio
from daemon.shutdown import arm, stop_on_signals
async def main():
    stop = stop_on_signals()
    print("ready", flush=True)
    await stop.wait()
    print("draining", flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


def start(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def says(process: subprocess.Popen[bytes], line: bytes) -> bool:
    assert process.stdout is not None
    return process.stdout.readline() == line


def end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_second_daemon_in_the_same_folder_is_refused_and_told_of_the_first(tmp_path: Path) -> None:
    holder = start(HOLDER, str(tmp_path))
    try:
        assert says(holder, b"held\n")
        with (
            pytest.raises(AlreadyRunning, match=rf"\(pid {holder.pid}\) is at work in {tmp_path}"),
            only_instance(tmp_path, patience_seconds=0.2),
        ):
            pass
    finally:
        end(holder)


def test_the_lock_of_a_killed_daemon_is_free(tmp_path: Path) -> None:
    holder = start(HOLDER, str(tmp_path))
    assert says(holder, b"held\n")
    end(holder)
    with only_instance(tmp_path):
        assert (tmp_path / "run" / "scribad.lock").read_text() == f"{os.getpid()}\n"


def test_another_folder_has_its_own_daemon(tmp_path: Path) -> None:
    with only_instance(tmp_path / "a"), only_instance(tmp_path / "b"):
        pass


def test_the_token_is_made_once_and_only_its_user_reads_it(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    token = load_or_create_local_token(data)
    assert len(token) == 43, "256 bits in base64"
    assert load_or_create_local_token(data) == token == data.local_token.read_text().strip()
    assert (mode(data.secrets), mode(data.local_token)) == (0o700, 0o600)
    assert load_or_create_local_token(DataDir(tmp_path / "other")) != token


def test_a_token_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    token = load_or_create_local_token(data)
    data.local_token.chmod(0o644)
    data.secrets.chmod(0o755)
    assert load_or_create_local_token(data) == token
    assert (mode(data.secrets), mode(data.local_token)) == (0o700, 0o600)


def test_an_empty_token_file_of_a_broken_start_is_replaced(tmp_path: Path) -> None:
    data = DataDir(tmp_path)
    data.secrets.mkdir()
    data.local_token.write_text("\n")
    (data.secrets / "local.token.new").write_text("half")
    assert load_or_create_local_token(data) == data.local_token.read_text().strip() != ""


def test_sockets_lie_in_the_data_folder_when_its_name_is_short(tmp_path: Path) -> None:
    run = Path(os.path.relpath(tmp_path)) if len(str(tmp_path)) > 70 else tmp_path
    sockets = make_sockets(run / "r", tmp_path)
    assert (sockets.folder, mode(sockets.folder)) == (run / "r", 0o700)


def test_sockets_of_a_deep_data_folder_lie_where_names_are_short(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100) / "run"
    with tempfile.TemporaryDirectory(prefix="s") as name:
        short = Path(name)
        sockets = make_sockets(deep, short)
        assert len(os.fsencode(sockets.envoy_admin)) <= MAX_SOCKET_PATH_BYTES
        assert (sockets.folder.parent, mode(sockets.folder)) == (short, 0o700)
        sockets.web.write_text("left by a former life")
        assert make_sockets(deep, short) == sockets
        assert list(sockets.folder.iterdir()) == []
        assert make_sockets(tmp_path / ("e" * 100) / "run", short) != sockets


def test_a_folder_that_is_a_link_is_not_trusted_with_sockets(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to("elsewhere")
    with pytest.raises(UnsafeFolder):
        make_sockets(tmp_path / "run", tmp_path)


def test_a_program_on_the_leash_dies_with_its_parent() -> None:
    parent = start(LEASHER, leash.__file__, "echo $$; exec sleep 100")
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    try:
        child.wait(SECONDS)
    except psutil.TimeoutExpired:
        child.kill()
        raise
    finally:
        parent.communicate()


def test_a_program_whose_parent_is_gone_is_not_started() -> None:
    command = [sys.executable, "-I", "-S", leash.__file__, "1", "/bin/echo", "started"]
    ended = subprocess.run(command, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, b"")


@pytest.mark.parametrize("overridden", [False, True], ids=["as set", "after Ray set its own"])
async def test_the_first_signal_asks_for_an_end(overridden: bool) -> None:
    stop = stop_on_signals()
    if overridden:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        arm(stop)
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(stop.wait(), SECONDS)
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().remove_signal_handler(number)


def test_the_second_signal_ends_at_once() -> None:
    process = start(STOPPER)
    assert says(process, b"ready\n")
    process.send_signal(signal.SIGTERM)
    assert says(process, b"draining\n")
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 128 + signal.SIGINT
    process.communicate()
