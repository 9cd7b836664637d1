"""A decoder that was taken over gets nowhere. Each way out is taken where nothing shuts it in, too, where it must work."""

import os
import stat
import tempfile
from pathlib import Path
from socket import socket

import psutil
import pytest

from actors.ocr.messages import InspectDocument, OcrSettings
from actors.sandbox.level import SandboxLevel
from tests.sandbox.house import SECRET, Attacker, House, Victim

pytestmark = pytest.mark.asyncio(loop_scope="module")


def somebody_came(door: socket) -> bool:
    try:
        door.accept()[0].close()
    except BlockingIOError:
        return False
    return True


async def test_a_file_in_the_home_folder_is_not_read(attacker: Attacker, house: House) -> None:
    assert await attacker.gets_out("read", str(house.home / "letter"), SECRET) is attacker.is_free


async def test_the_home_folder_is_not_listed(attacker: Attacker) -> None:
    names = " ".join(sorted(path.name for path in Path.home().iterdir()))
    assert await attacker.gets_out("list_folder", str(Path.home()), names) is attacker.is_free


async def test_the_original_of_another_document_is_not_read(attacker: Attacker, house: House) -> None:
    assert await attacker.gets_out("read", str(house.other_original), SECRET) is attacker.is_free


async def test_the_token_is_not_read(attacker: Attacker, house: House) -> None:
    assert await attacker.gets_out("read", str(house.token), SECRET) is attacker.is_free


async def test_the_database_is_not_read(attacker: Attacker, house: House) -> None:
    assert await attacker.gets_out("read", str(house.database), SECRET) is attacker.is_free


async def test_the_system_s_files_about_its_users_are_not_read(attacker: Attacker) -> None:
    path = Path("/etc/shadow" if os.access("/etc/shadow", os.R_OK) else "/etc/passwd")
    assert await attacker.gets_out("read", str(path), path.read_text()) is attacker.is_free


async def test_the_original_that_was_given_is_not_changed(attacker: Attacker, house: House, tmp_path: Path) -> None:
    original = tmp_path / "original"
    original.write_text(SECRET)
    original.chmod(0o444)
    before = original.stat()
    await attacker.tells("overwrite", InspectDocument(original, "text/plain", OcrSettings()))
    after = original.stat()
    facts = [(facts.st_size, stat.S_IMODE(facts.st_mode), facts.st_mtime_ns, facts.st_nlink) for facts in (before, after)]
    unchanged = facts[0] == facts[1] and original.read_text() == SECRET and "user.mark" not in os.listxattr(original)
    assert unchanged is not attacker.is_free


@pytest.mark.parametrize("place", ["data", "home", "temporary", "memory", "packages"])
async def test_nothing_is_written_outside_the_scratch_folder(attacker: Attacker, house: House, place: str) -> None:
    folders = {
        "data": house.data / "originals",
        "home": house.home,
        "temporary": Path(tempfile.gettempdir()),
        "memory": Path("/dev/shm"),  # noqa: S108  # what decoders must not reach
        "packages": Path(__file__).parent,
    }
    written = folders[place] / f"written-{os.getpid()}"
    open_to_us = attacker.is_free and os.access(written.parent, os.W_OK)
    try:
        assert await attacker.gets_out("write", str(written)) is open_to_us
        assert written.exists() is open_to_us
    finally:
        written.unlink(missing_ok=True)


@pytest.mark.parametrize("way", ["change_mode", "change_times"])
async def test_mode_and_times_of_files_elsewhere_are_not_changed(attacker: Attacker, house: House, way: str) -> None:
    assert await attacker.gets_out(way, str(house.token)) is attacker.is_free


async def test_nobody_is_reached_by_tcp(attacker: Attacker, house: House) -> None:
    assert await attacker.gets_out("connect", house.tcp.getsockname()[1]) is attacker.is_free
    assert somebody_came(house.tcp) is attacker.is_free


async def test_nobody_is_reached_by_udp(attacker: Attacker, house: House) -> None:
    assert await attacker.gets_out("send_datagram", house.udp.getsockname()[1]) is attacker.is_free
    try:
        came = house.udp.recv(100) == b"secret"
    except BlockingIOError:
        came = False
    assert came is attacker.is_free


async def test_no_socket_of_the_machine_is_reached_by_its_path(attacker: Attacker, house: House) -> None:
    assert await attacker.gets_out("connect_unix", house.unix.getsockname()) is attacker.is_free
    assert somebody_came(house.unix) is attacker.is_free


async def test_no_socket_of_the_machine_is_reached_by_its_abstract_name(attacker: Attacker, house: House) -> None:
    name = house.abstract.getsockname().replace(b"\0", b"@").decode()
    assert await attacker.gets_out("connect_unix", name) is attacker.is_free
    assert somebody_came(house.abstract) is attacker.is_free


async def test_the_machine_s_processes_and_their_environment_are_not_seen(attacker: Attacker) -> None:
    environment = Path(f"/proc/{os.getpid()}/environ")
    assert await attacker.gets_out("read_bytes", str(environment), environment.read_bytes()[:16]) is attacker.is_free
    names = (await attacker.tells("list_folder", "/proc")).split()
    assert (str(os.getpid()) in names) is attacker.is_free


async def test_no_process_outside_is_signalled(attacker: Attacker, victim: Victim) -> None:
    assert await attacker.gets_out("kill_process", victim.pid) is attacker.is_free
    assert psutil.pid_exists(os.getpid())
    if not attacker.is_free:
        assert victim.lives


async def test_no_process_outside_is_traced(attacker: Attacker, victim: Victim) -> None:
    assert await attacker.gets_out("trace", victim.pid) is attacker.is_free


async def test_no_memory_of_a_process_outside_is_read(attacker: Attacker, victim: Victim) -> None:
    where = f"{victim.pid} {victim.address} {len(SECRET)}"
    assert await attacker.gets_out("read_memory", where, SECRET.encode()) is attacker.is_free


async def test_limits_of_a_process_outside_are_not_lowered(attacker: Attacker, victim: Victim) -> None:
    assert await attacker.gets_out("limit_process", victim.pid) is attacker.is_free


async def test_no_user_namespace_is_made(attacker: Attacker) -> None:
    assert await attacker.gets_out("unshare_users", None) is attacker.is_free


async def test_nothing_is_mounted(attacker: Attacker) -> None:
    assert await attacker.gets_out("mount", None) is attacker.is_free


async def test_no_program_gives_it_privileges(attacker: Attacker) -> None:
    assert await attacker.gets_out("may_gain_privileges", None) is attacker.is_free


async def test_no_terminal_is_typed_into(attacker: Attacker) -> None:
    assert await attacker.tells("type_into_terminal") == ("ENOTTY" if attacker.is_free else "EPERM")


async def test_every_call_that_the_filter_names_is_refused(attacker: Attacker) -> None:
    if attacker.level is SandboxLevel.NONE:
        pytest.skip("some of them would do harm")
    assert await attacker.tells("every_denied_call") == ""


async def test_ordinary_programs_run_all_the_same(attacker: Attacker) -> None:
    assert (await attacker.tells("run_program")).startswith("tesseract")
