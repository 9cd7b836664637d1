"""The decoding process: `python -m actors.ocr.decoders.child [FUNCTION…] CONFINEMENT` answers calls on standard input until it ends."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import BinaryIO

from actors.ocr.decoders import frames
from actors.ocr.errors import OcrError
from actors.sandbox.confinement import confine, confinement_from
from actors.sandbox.limits import limit_call

# Modules by name: each is imported when first called, so that a page reader never pays for what only a binder needs.
FUNCTIONS: Mapping[str, tuple[str, str]] = {
    "read_page": ("actors.ocr.reading.reading", "read_page"),
    "barcodes": ("actors.ocr.reading.barcode_pages", "read_barcodes"),
    "inspect": ("actors.ocr.files.inspection", "inspect_document"),
    "extract": ("actors.ocr.files.extraction", "extract_page"),
    "assemble": ("actors.ocr.binding.assembly", "assemble_document"),
    "convert": ("actors.ocr.converting.converting", "convert_document"),
    "unpack": ("actors.ocr.converting.unpacking", "unpack_files"),
    "bind": ("actors.ocr.binding.binding", "bind_document"),
    "thumbnail": ("actors.ocr.files.rendering", "thumbnail_page"),
    "render": ("actors.ocr.files.rendering", "render_page"),
    "unlock": ("actors.ocr.files.locks", "unlock_document"),
}


def resolve(functions: Mapping[str, tuple[str, str]], name: str) -> Callable[[object], object]:
    """Import the function that a call names."""
    module, attribute = functions[name]
    function: Callable[[object], object] = getattr(import_module(module), attribute)
    return function


def serve(functions: Mapping[str, tuple[str, str]], words: Sequence[str]) -> None:
    """Shut this process in, then answer calls one by one. `words` are functions to be warm for, and the confinement.

    An error that isn't ours ends the process: its state can't be trusted any more.
    """
    *warm, confinement = words
    confine(confinement_from(confinement))
    calls, answers = _take_standard_streams()
    for name in warm:
        resolve(functions, name)
    _send(answers, frames.Answer())
    while (call := frames.read(calls)) is not None:
        if not isinstance(call, frames.Call):
            raise frames.BadFrame("only calls are answered")
        limit_call(call.memory_bytes, call.seconds)
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


if __name__ == "__main__":
    serve(FUNCTIONS, sys.argv[1:])
