"""The decoder's process may hang, crash, eat memory or lie: the caller gets one error and the next call works."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from actors.ocr.decoders.isolation import Isolation, IsolationState
from actors.ocr.errors import DecoderKilled, DecoderStopped, PageUnreadable
from actors.sandbox.level import SandboxLevel
from actors.sandbox.probe import found_here
from actors.sandbox.sandbox import sandbox_of
from actors.sandbox.scratch import private_environment

TESTS = Path(__file__).parents[1]


@pytest.fixture(params=[SandboxLevel.BUBBLEWRAP, SandboxLevel.LANDLOCK])
async def isolation(request: pytest.FixtureRequest) -> AsyncIterator[Isolation]:
    level: SandboxLevel = request.param
    if why := found_here().refusals.get(level):
        pytest.skip(why)
    made = Isolation(memory_bytes=200_000_000, module="tests.ocr.faulty_child", sandbox=sandbox_of(level, TESTS))
    yield made
    await made.close()


def gone(pid: int) -> bool:
    """A killed process whose reaper is slow is a zombie for a moment."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


def counts(state: IsolationState) -> tuple[int, int]:
    return state.started, state.killed


async def until_gone(pid: int) -> None:
    async with asyncio.timeout(5):
        while not gone(pid):
            await asyncio.sleep(0.01)


async def test_a_call_answers_and_the_process_stays_warm(isolation: Isolation) -> None:
    assert await isolation.call("echo", "first", 10, returns=str) == "first"
    assert await isolation.call("echo", "second", 10, returns=str) == "second"
    assert counts(isolation.state()) == (1, 0)


async def test_calls_at_the_same_time_take_turns(isolation: Isolation) -> None:
    answers = await asyncio.gather(*(isolation.call("echo", n, 10, returns=int) for n in range(20)))
    assert answers == list(range(20))
    assert isolation.state().started == 1


async def test_several_megabytes_pass_both_ways(isolation: Isolation) -> None:
    data = bytes(range(256)) * 20_000
    assert await isolation.call("echo", data, 10, returns=bytes) == data


async def test_our_own_errors_come_back_and_cost_no_process(isolation: Isolation) -> None:
    with pytest.raises(PageUnreadable, match="torn in two"):
        await isolation.call("refuse", "torn in two", 10, returns=str)
    assert await isolation.call("echo", "alive", 10, returns=str) == "alive"
    assert counts(isolation.state()) == (1, 0)


@pytest.mark.parametrize(
    ("function", "words"),
    [("crash", r"crashed: last words \(SIGABRT\)$"), ("blunder", "crashed: ZeroDivisionError: now$"), ("lie", "no place")],
)
async def test_a_crash_is_told_with_its_last_words_and_the_next_call_works(isolation: Isolation, function: str, words: str) -> None:
    with pytest.raises(DecoderKilled, match=words) as raised:
        await isolation.call(function, "now", 10, returns=str)
    assert raised.type is DecoderKilled
    assert await isolation.call("echo", "again", 10, returns=str) == "again"
    assert counts(isolation.state()) == (2, 1)


async def family_with(word: str) -> list[int]:
    """Wait until some process of the decoder's bears a word; list all of them, guards included. Other tests may have children here, too."""
    async with asyncio.timeout(20):
        while True:
            commands = {member.pid: command_line(member) for member in psutil.Process().children(recursive=True)}
            if any(word in command for command in commands.values()):
                return [pid for pid, command in commands.items() if word in command or "tests.ocr.faulty_child" in command]
            await asyncio.sleep(0.02)


def command_line(process: psutil.Process) -> list[str]:
    with suppress(psutil.NoSuchProcess):
        return process.cmdline()
    return []


async def test_a_call_past_its_deadline_is_killed_with_all_its_children(isolation: Isolation) -> None:
    await isolation.call("echo", "warm", 10, returns=str)
    hanging = asyncio.create_task(isolation.call("hang", "grandchild", 2.5, returns=str))
    family = await family_with("grandchild")
    with pytest.raises(DecoderStopped, match=r"longer than 2\.5 s"):
        await hanging
    assert len(family) >= 2
    for pid in family:
        await until_gone(pid)
    assert await isolation.call("echo", "again", 10, returns=str) == "again"


async def test_a_caller_that_gives_up_leaves_no_late_answer_behind(isolation: Isolation) -> None:
    hanging = asyncio.create_task(isolation.call("hang", "grandchild", 30, returns=str))
    family = await family_with("grandchild")
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging
    for pid in family:
        await until_gone(pid)
    assert await isolation.call("echo", "mine", 10, returns=str) == "mine"


async def test_memory_over_the_whole_family_is_watched(isolation: Isolation) -> None:
    with pytest.raises(DecoderStopped, match="more than 200 MB"):
        await isolation.call("devour", 140_000_000, 20, returns=int)


async def test_one_greedy_allocation_fails_at_once(isolation: Isolation) -> None:
    with pytest.raises(DecoderKilled, match="MemoryError"):
        await isolation.call("gulp", 400_000_000, 20, returns=int)


async def test_a_process_that_has_grown_is_replaced_after_its_answer(isolation: Isolation) -> None:
    assert await isolation.call("keep", 120_000_000, 10, returns=int) == 120_000_000
    assert await isolation.call("echo", "next", 10, returns=str) == "next"
    assert counts(isolation.state()) == (2, 0)


async def test_what_libraries_print_neither_reaches_the_answer_nor_blocks(isolation: Isolation) -> None:
    flood = "databar assertion failed\n" * 20_000
    assert await isolation.call("shout", flood, 10, returns=str) == flood


async def test_no_secret_of_the_environment_reaches_the_decoder(isolation: Isolation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCRIBA_DATABASE_URL", "postgresql://user:secret@host/db")
    names = (await isolation.call("environment", None, 10, returns=str)).split()
    assert "SCRIBA_DATABASE_URL" not in names
    assert "OMP_THREAD_LIMIT" in names


def test_each_decoder_uses_one_thread_and_its_own_scratch_folder(tmp_path: Path) -> None:
    chosen = private_environment({"PATH": "/bin", "RAY_AUTH_TOKEN": "x", "TESSDATA_PREFIX": "/t"}, tmp_path)
    assert chosen["OMP_THREAD_LIMIT"] == "1"
    assert chosen["TMPDIR"] == str(tmp_path)
    assert chosen["TESSDATA_PREFIX"] == "/t"
    assert "RAY_AUTH_TOKEN" not in chosen


async def test_files_left_behind_go_with_the_call_and_the_folder_with_the_process(isolation: Isolation) -> None:
    left = Path(await isolation.call("scratch", None, 10, returns=str))
    assert left.parent.exists()
    assert not left.exists()
    await isolation.close()
    assert not left.parent.parent.exists()


async def test_a_program_that_never_becomes_ready_is_noticed() -> None:
    isolation = Isolation(module="tests.ocr.no_such_child")
    before = time.monotonic()
    with pytest.raises(DecoderKilled, match="No module named"):
        await isolation.call("echo", "x", 10, returns=str)
    assert time.monotonic() - before < 20
