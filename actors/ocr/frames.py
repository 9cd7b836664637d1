"""How a reader and its decoding process talk: a length, then a pickle that can hold nothing but this room's own values.

The decoder handles hostile files, so what it answers is not trusted: the unpickler knows the message and error classes and no function.
"""

import io
import pickle  # only behind the closed unpickler below
import struct
from dataclasses import dataclass
from enum import Enum
from pathlib import Path, PosixPath
from typing import Any, BinaryIO, NewType

from actors.ocr import errors, messages

HEADER = struct.Struct(">Q")
MAX_FRAME = 1 << 30  # one page and its layer are a few MB; a length beyond this is garbage, not an answer

Frame = NewType("Frame", bytes)


@dataclass(frozen=True, slots=True)
class Call:
    """Asks the decoder to run one function within so much memory and time."""

    function: str
    argument: object
    memory_bytes: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What a function gave back, or the error of ours that it raised."""

    value: object = None
    error: errors.OcrError | None = None


class BadFrame(Exception):
    """The bytes are no frame of ours."""


_ALLOWED: dict[tuple[str, str], type] = {
    (kind.__module__, kind.__qualname__): kind
    for kind in [*vars(messages).values(), *vars(errors).values(), Call, Answer]
    if isinstance(kind, type) and kind.__module__ in {messages.__name__, errors.__name__, __name__}
} | {(path.__module__, path.__qualname__): path for path in (Path, PosixPath)}


class _ClosedUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        try:
            return _ALLOWED[module, name]
        except KeyError as error:
            raise BadFrame(f"{module}.{name} has no place in a frame") from error


class _Pickler(pickle.Pickler):
    """Writes an enum as its class and value; Python before 3.11.4, which is Debian's, writes a call of `getattr`."""

    def reducer_override(self, value: object) -> Any:
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


def encode(value: Call | Answer) -> Frame:
    """Write a value as one frame."""
    written = io.BytesIO()
    _Pickler(written, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    body = written.getvalue()
    return Frame(HEADER.pack(len(body)) + body)


def body_size(header: bytes) -> int:
    """Read how many bytes follow the header."""
    (size,) = HEADER.unpack(header)
    if size > MAX_FRAME:
        raise BadFrame(f"a frame of {size} bytes is too large")
    return int(size)


def decode(body: bytes) -> object:
    """Read a value from the bytes after the header."""
    try:
        return _ClosedUnpickler(io.BytesIO(body)).load()
    except (pickle.UnpicklingError, EOFError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise BadFrame(str(error)) from error


def read(stream: BinaryIO) -> object | None:
    """Read the next value, or None when the other side has closed."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    return decode(stream.read(body_size(header)))
