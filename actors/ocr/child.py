"""The decoding process: `python -m actors.ocr.child [FUNCTION…]` answers calls on its standard input until that closes."""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import BinaryIO

from actors.ocr import frames
from actors.ocr.errors import OcrError

# Modules by name: each is imported when first called, so that a page reader never pays for what only a binder needs.
FUNCTIONS: Mapping[str, tuple[str, str]] = {
    "read_page": ("actors.ocr.reading", "read_page"),
    "inspect": ("actors.ocr.inspection", "inspect_document"),
    "extract": ("actors.ocr.extraction", "extract_page"),
    "bind": ("actors.ocr.binding", "bind_document"),
    "thumbnail": ("actors.ocr.rendering", "thumbnail_page"),
    "render": ("actors.ocr.rendering", "render_page"),
    "unlock": ("actors.ocr.locks", "unlock_document"),
}
NICENESS = 10  # the daemon that people wait for comes first
PR_SET_PDEATHSIG = 1


def resolve(functions: Mapping[str, tuple[str, str]], name: str) -> Callable[[object], object]:
    """Import the function that a call names."""
    module, attribute = functions[name]
    function: Callable[[object], object] = getattr(import_module(module), attribute)
    return function


def serve(functions: Mapping[str, tuple[str, str]], warm: list[str]) -> None:
    """Answer calls one by one. An error that isn't ours ends the process: its state can't be trusted any more."""
    calls, answers = _take_standard_streams()
    _live_and_die_with_parent()
    for name in warm:
        resolve(functions, name)
    _send(answers, frames.Answer())
    while (call := frames.read(calls)) is not None:
        if not isinstance(call, frames.Call):
            raise frames.BadFrame("only calls are answered")
        _limit_memory(call.memory_bytes)
        try:
            answer = frames.Answer(value=resolve(functions, call.function)(call.argument))
        except OcrError as error:
            answer = frames.Answer(error=error)
        _send(answers, answer)


def _send(answers: BinaryIO, answer: frames.Answer) -> None:
    answers.write(frames.encode(answer))
    answers.flush()


def _take_standard_streams() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for frames alone: libraries that print to standard output write to the captured noise instead."""
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return calls, answers


def _live_and_die_with_parent() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICENESS)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _limit_memory(size: int) -> None:
    """Let an allocation fail here where the parent's watch would come too late. Data, not address space: mapped models are free."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (size, hard))


if __name__ == "__main__":
    serve(FUNCTIONS, sys.argv[1:])
