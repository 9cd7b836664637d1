"""A decoding process kept warm in a sandbox, and killed when it takes too long or too much."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from actors.ocr.decoders import frames
from actors.ocr.decoders.call_files import RESULT, CallFiles, files_of, seen_inside
from actors.ocr.decoders.decoder import Allowance, Decoder
from actors.ocr.decoders.family import writing_allowance
from actors.ocr.decoders.plausibility import oddity
from actors.ocr.errors import DecoderKilled, DocumentUnreadable, OcrError
from actors.sandbox.level import SandboxLevel
from actors.sandbox.probe import found_here, usable_sandbox
from actors.sandbox.sandbox import Sandbox
from actors.sandbox.scratch import ResultRefused, Scratch

R = TypeVar("R")

START_SECONDS = 60.0  # imports take about a second; a loaded machine may be slow, a broken install must still be noticed
DEFAULT_MEMORY_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True)
class IsolationState:
    """How often a decoder was started and killed, and how far it is shut in."""

    started: int
    killed: int
    sandbox: SandboxLevel


class Isolation:
    """Runs functions of `actors.ocr.decoders.child` in another process, shut in, one at a time.

    A call that passes its deadline, its memory or its disk raises `DecoderStopped`, a child that crashes or lies `DecoderKilled`; the next
    call starts a new child. The child finds a call's files in one folder and leaves its result in another, from where it is brought to its
    target, whole or not at all. Nothing survives a restart, and nothing needs to.
    """

    def __init__(
        self,
        memory_bytes: int = DEFAULT_MEMORY_BYTES,
        warm: Sequence[str] = (),
        module: str = "actors.ocr.decoders.child",
        sandbox: Sandbox | None = None,
    ) -> None:
        self._memory_bytes = memory_bytes
        self._warm = warm
        self._module = module
        self._sandbox = sandbox or usable_sandbox(found_here(), allow_unsandboxed=False)
        self._turn = asyncio.Lock()
        self._decoder: Decoder | None = None
        self._started = 0
        self._killed = 0

    async def call(self, function: str, argument: object, seconds: float, *, returns: type[R], memory_bytes: int | None = None) -> R:
        """Run a function by its name in `actors.ocr.decoders.child.FUNCTIONS`; its own errors come back as raised there."""
        memory = memory_bytes or self._memory_bytes
        files = files_of(argument)
        async with self._turn:
            decoder = self._decoder or await self._start()
            answered = False
            try:
                inside, size = await asyncio.to_thread(_put, decoder.scratch, files, argument)
                allowance = Allowance(seconds, memory, writing_allowance(size))
                answer = await decoder.ask(frames.Call(function, inside, memory, seconds), allowance)
                value = await asyncio.to_thread(_value, answer, argument, returns, decoder.scratch, files.output)
                answered = True
            except DocumentUnreadable:  # it is not there: the child was not even asked
                answered = True
                raise
            finally:  # also when the caller gives up: a late answer must not meet the next call
                if not answered or not await asyncio.to_thread(decoder.scratch.clear):
                    await self._kill(decoder)
            if decoder.memory_in_use() > memory // 2:
                await self._retire(decoder)
        if isinstance(value, OcrError):
            raise value
        return value

    def state(self) -> IsolationState:
        """Report what became of the children so far."""
        return IsolationState(self._started, self._killed, self._sandbox.level)

    async def close(self) -> None:
        """End the child, after the call at work."""
        async with self._turn:
            if self._decoder is not None:
                await self._retire(self._decoder)

    async def _start(self) -> Decoder:
        decoder = self._decoder = await Decoder.start(self._sandbox, self._module, self._warm)
        self._started += 1
        ready = False
        try:
            await decoder.answer(Allowance(START_SECONDS, sys.maxsize, sys.maxsize))
            ready = True
        finally:
            if not ready:
                await self._kill(decoder)
        return decoder

    async def _kill(self, decoder: Decoder) -> None:
        self._killed += 1
        self._decoder = None
        await decoder.kill()

    async def _retire(self, decoder: Decoder) -> None:
        self._decoder = None
        await decoder.retire()


def _put(scratch: Scratch, files: CallFiles, argument: object) -> tuple[object, int]:
    """Show a call's files to the child; give the call as it reads inside, and the bytes of its files."""
    try:
        places = scratch.put(files.inputs)
    except FileNotFoundError as error:
        raise DocumentUnreadable("The file is not there any more.") from error
    size = sum(place.stat().st_size for place in places.values())
    return seen_inside(argument, places, scratch.outputs), size


def _value(answer: frames.Answer, argument: object, returns: type[R], scratch: Scratch, target: Path | None) -> R | OcrError:
    """Take an answer that may be a lie for what it is worth, and bring the file that was made to its place."""
    if answer.error is not None:
        return answer.error
    value = answer.value
    if not isinstance(value, returns):
        raise DecoderKilled(f"the decoder answered with something else than {returns.__name__}")
    if odd := oddity(argument, value):
        raise DecoderKilled(f"the decoder answered nonsense: {odd}")
    if target is not None:
        try:
            scratch.take(RESULT, target)
        except ResultRefused as error:
            raise DecoderKilled(str(error)) from error
    return value
