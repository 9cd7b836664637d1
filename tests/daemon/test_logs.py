"""How a process logs."""

import asyncio
import json
import logging
import re
import socket
import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from daemon.log_file import LogFile, LogFileSettings
from daemon.log_relay import RelayHandler, relay_logs
from daemon.logs import LogFormat, LogLevel, LogSettings

SECONDS = 10
PROGRAM = """
import logging, sys, structlog
from daemon.log_relay import RelayHandler, relay_logs
from daemon.logs import LogFormat, LogLevel, LogSettings, configure_logs
configure_logs(LogSettings(LogLevel(sys.argv[1]), LogFormat(sys.argv[2])), "tester")
structlog.get_logger().info("document indexed", document_id=7)
logging.getLogger("another.library").warning("a foreign %s", "line")
logging.getLogger("uvicorn").info("quiet")
def fail():
    token = "s3cret".upper()
    1 / 0
try:
    fail()
except ZeroDivisionError:
    structlog.get_logger().exception("broken")
"""


def lines(level: str, format_: str) -> list[str]:
    ended = subprocess.run([sys.executable, "-c", PROGRAM, level, format_], capture_output=True, text=True, check=True)
    assert ended.stdout == ""
    return ended.stderr.splitlines()


def test_a_machine_gets_one_json_object_a_line_with_the_process() -> None:
    events = [json.loads(line) for line in lines("info", "auto")]
    assert [(event["event"], event["level"], event["process"]) for event in events] == [
        ("document indexed", "info", "tester"),
        ("a foreign line", "warning", "tester"),
        ("broken", "error", "tester"),
    ]
    assert events[0]["document_id"] == 7
    assert events[0]["timestamp"].endswith("Z")
    assert events[2]["exception"][0]["exc_type"] == "ZeroDivisionError"


def test_a_person_gets_plain_lines() -> None:
    first = lines("info", "plain")[0]
    assert "document indexed" in first
    assert "document_id=7" in first
    assert "\x1b" not in first


@pytest.mark.parametrize("format_", ["plain", "json"])
def test_a_traceback_shows_no_local_variables(format_: str) -> None:
    text = "".join(lines("info", format_))
    assert "ZeroDivisionError" in text
    assert "S3CRET" not in text


def test_less_than_the_level_is_not_logged() -> None:
    assert [json.loads(line)["event"] for line in lines("error", "json")] == ["broken"]


@pytest.mark.parametrize(("terminal", "decided"), [(True, LogFormat.PLAIN), (False, LogFormat.JSON)])
def test_the_daemon_decides_for_processes_without_a_terminal(terminal: bool, decided: LogFormat) -> None:
    assert LogSettings().decided(terminal) == LogSettings(LogLevel.INFO, decided)
    assert LogSettings(format=LogFormat.JSON).decided(terminal).format is LogFormat.JSON


def test_an_actors_lines_go_to_the_daemons_socket(tmp_path: Path) -> None:
    path = tmp_path / "log.sock"
    program = PROGRAM.replace("import logging", "import logging, pathlib").replace('"tester")', f'"tester", pathlib.Path({str(path)!r}))')
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as daemon:
        daemon.settimeout(SECONDS)
        daemon.bind(str(path))
        ended = subprocess.run([sys.executable, "-c", program, "info", "json"], capture_output=True, text=True, check=True)
        assert (ended.stdout, ended.stderr) == ("", "")
        assert [json.loads(daemon.recv(100_000))["event"] for _ in range(3)] == ["document indexed", "a foreign line", "broken"]


async def test_the_daemon_prints_what_actors_log(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    transport = await relay_logs(tmp_path / "log.sock")
    handler = RelayHandler(tmp_path / "log.sock")
    for number in range(3):
        handler.emit(logging.LogRecord("actor", logging.INFO, "", 0, f"line {number}", None, None))
    printed = b""
    async with asyncio.timeout(SECONDS):
        while printed.count(b"\n") < 3:
            await asyncio.sleep(0)
            printed += capfdbinary.readouterr().err
    assert printed == b"line 0\nline 1\nline 2\n"
    assert stat.S_IMODE((tmp_path / "log.sock").stat().st_mode) == 0o600
    transport.close()
    handler.emit(logging.LogRecord("actor", logging.INFO, "", 0, "into the void", None, None))


@pytest.mark.parametrize("format_", ["plain", "json"])
def test_a_log_file_holds_the_lines_that_are_printed_for_its_owner_alone(tmp_path: Path, format_: str) -> None:
    kept = f"LogFileSettings(pathlib.Path({str(tmp_path / 'logs')!r}), 100_000, 2)"
    program = PROGRAM.replace("import logging", "import logging, pathlib\nfrom daemon.log_file import LogFileSettings\nimport logging")
    program = program.replace('"tester")', f'"tester", file={kept})')
    ended = subprocess.run([sys.executable, "-c", program, "info", format_], capture_output=True, text=True, check=True)
    file = tmp_path / "logs" / "scriba.log"
    assert "document indexed" in ended.stderr
    # A line of a library is stamped by each of both.
    kept_lines, printed = (re.sub(r"\d\d:\d\d:\d\d[.0-9]*", "", text) for text in (file.read_text(encoding="utf-8"), ended.stderr))
    assert kept_lines == printed
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_what_actors_log_is_in_the_log_file_too_and_full_files_are_kept_up_to_a_number(tmp_path: Path) -> None:
    file, root = LogFile(LogFileSettings(tmp_path / "logs", 4_096, 2)), logging.getLogger()
    root.addHandler(file)
    transport = await relay_logs(tmp_path / "log.sock")
    handler = RelayHandler(tmp_path / "log.sock")
    lines = [f"{number:03} {'x' * 95}" for number in range(200)]
    async with asyncio.timeout(SECONDS):
        for line in lines:
            handler.emit(logging.LogRecord("actor", logging.INFO, "", 0, line, None, None))
            while not (tmp_path / "logs" / "scriba.log").read_text().endswith(f"{line}\n"):
                await asyncio.sleep(0)
    transport.close()
    root.removeHandler(file)
    file.close()
    names = ["scriba.log.2", "scriba.log.1", "scriba.log"]
    assert sorted(path.name for path in (tmp_path / "logs").iterdir()) == sorted(names)
    held = "".join((tmp_path / "logs" / name).read_text() for name in names).splitlines()
    assert held == lines[-len(held) :]
    assert [stat.S_IMODE((tmp_path / "logs" / name).stat().st_mode) for name in names] == [0o600] * 3
    assert all((tmp_path / "logs" / name).stat().st_size <= 4_096 for name in names)


def test_a_full_disk_costs_lines_of_the_file_and_nothing_else(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "scriba.log").symlink_to("/dev/full")
    file = LogFile(LogFileSettings(tmp_path, 4_096, 2))
    file.relay(b"no room for this")
    assert capfd.readouterr() == ("", "")
    with suppress(OSError):
        file.close()
