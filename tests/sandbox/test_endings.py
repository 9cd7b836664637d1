"""What a decoder that was taken over leaves behind is cleared away, and what it takes is bounded."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from actors.ocr.decoders.decoder import Allowance, Decoder
from actors.ocr.decoders.frames import Call
from actors.ocr.errors import DecoderKilled, DecoderStopped
from actors.ocr.messages import BindDocument, DocumentBound, InspectDocument, OcrSettings
from actors.sandbox.level import SandboxLevel
from actors.sandbox.sandbox import sandbox_of
from tests.sandbox.hostile import HUGE
from tests.sandbox.house import SECRET, TESTS, Attacker

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLENTY = Allowance(30, 4 << 30, 4 << 30)
SETTINGS = OcrSettings()


def with_word(word: str) -> list[psutil.Process]:
    """List the living processes that bear a word."""
    processes = psutil.process_iter(["cmdline", "status"])
    return [one for one in processes if word in (one.info["cmdline"] or []) and one.info["status"] != psutil.STATUS_ZOMBIE]


async def until(condition: object, seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # type: ignore[operator]  # a callable; the name is the claim
            await asyncio.sleep(0.05)


def end(word: str) -> None:
    for process in with_word(word):
        process.kill()


async def test_a_daemon_of_its_own_does_not_outlive_its_kill(attacker: Attacker) -> None:
    word = f"daemon-{attacker.level}-{os.getpid()}"
    hanging = asyncio.create_task(attacker.isolation.call("daemonise", word, 60, returns=str))
    try:
        await until(lambda: with_word(word))
        hanging.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hanging
        if attacker.is_free:
            assert with_word(word)
        else:
            await until(lambda: not with_word(word))
    finally:
        end(word)


async def test_nothing_of_it_outlives_the_actor_that_started_it(attacker: Attacker, tmp_path: Path) -> None:
    name = f"{attacker.level}-{os.getpid()}"
    word = f"left-by-{name}"
    command = [sys.executable, "-m", "tests.sandbox.actor", attacker.level.value, name]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}  # what is killed can't tidy up
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as actor:  # noqa: ASYNC220  # it takes a millisecond
        try:
            await until(lambda: with_word(word))
            # The actor, whoever is between, the decoder, what it started.
            family = psutil.Process(actor.pid).children(recursive=True)
            actor.send_signal(signal.SIGKILL)
            if attacker.is_free:
                assert with_word(word)
            else:
                await until(lambda: not with_word(word))
                await until(lambda: not any(alive(member) for member in family))
        finally:
            actor.kill()
            end(word)


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def test_a_fork_bomb_is_stopped_and_gone(attacker: Attacker) -> None:
    before = {process.pid for process in psutil.process_iter()}
    try:
        answer = await attacker.isolation.call("fork_bomb", None, 30, returns=str)
    except DecoderStopped as error:
        assert "processes" in str(error)  # noqa: PT017  # either end is right: the kernel counts, or we do
    else:
        assert answer.startswith("refused after")
        await attacker.isolation.close()
    await until(lambda: len({process.pid for process in psutil.process_iter()} - before) < 50)


async def test_no_huge_file_is_written(attacker: Attacker, tmp_path: Path) -> None:
    with (tmp_path / "control").open("wb") as file:
        file.truncate(HUGE + 1)
    assert not await attacker.gets_out("fill_disk", None)


async def test_a_call_that_writes_too_much_is_stopped_though_its_file_is_nowhere_seen(refusals: dict[SandboxLevel, str]) -> None:
    level = next((level for level in (SandboxLevel.BUBBLEWRAP, SandboxLevel.LANDLOCK) if not refusals[level]), SandboxLevel.NONE)
    decoder = await Decoder.start(sandbox_of(level, TESTS), "tests.sandbox.hostile", [])
    try:
        await decoder.answer(PLENTY)
        with pytest.raises(DecoderStopped, match="wrote more than 10 MB"):
            await decoder.ask(Call("write_much", str(40 << 20), 4 << 30, 100), Allowance(100, 4 << 30, 10_000_000))
    finally:
        await decoder.kill()


@pytest.mark.parametrize("thing", ["symbolic link", "hard link", "fifo", "folder", "nothing"])
async def test_only_a_file_of_its_own_is_taken_for_a_result(attacker: Attacker, tmp_path: Path, thing: str) -> None:
    original, secret, target = tmp_path / "original", tmp_path / "secret", tmp_path / "target"
    original.write_text("original")
    secret.write_text(SECRET)
    order = BindDocument(original, "text/plain", target, (), thing, str(secret), SETTINGS)
    if attacker.is_free or thing == "nothing":
        with pytest.raises(DecoderKilled, match="left"):
            await attacker.isolation.call("plant", order, 30, returns=DocumentBound)
        assert not target.exists()
    else:  # the kernel let it make nothing but a file
        await attacker.isolation.call("plant", order, 30, returns=DocumentBound)
        assert target.read_bytes() == b"%PDF fallen back"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({"original", "secret", *(["target"] if target.exists() else [])})


async def test_a_result_is_taken_and_belongs_to_nobody_else(attacker: Attacker, tmp_path: Path) -> None:
    original, target = tmp_path / "original", tmp_path / "target"
    original.write_text("original")
    order = BindDocument(original, "text/plain", target, (), "file", "", SETTINGS)
    await attacker.isolation.call("plant", order, 30, returns=DocumentBound)
    assert target.read_bytes() == b"%PDF honest"
    facts = target.stat()
    assert (facts.st_mode & 0o777, facts.st_nlink) == (0o600, 1)


async def test_the_next_call_finds_nothing_of_the_last(attacker: Attacker, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.write_text("first")
    second.write_text("second, longer")
    assert "left" in await attacker.tells("leave_files", InspectDocument(first, "text/plain", SETTINGS))
    written, given = (await attacker.tells("look_around", InspectDocument(second, "text/plain", SETTINGS))).split("/")
    assert written == ""
    assert [name.rsplit("-", 1)[1] for name in given.split()] == [f"{len('second, longer'):x}"]
    assert await attacker.tells("look_around") == "/"


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def _nothing_is_left() -> AsyncIterator[None]:
    yield
    assert not [process for process in psutil.Process().children(recursive=True) if "tests.sandbox.hostile" in process.cmdline()]
