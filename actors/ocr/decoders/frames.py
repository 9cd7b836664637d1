"""How a reader and its decoding process talk: a length, then a value of this room's own (plain_values.py)."""

import struct
from dataclasses import dataclass
from typing import BinaryIO, NewType

from actors.ocr import errors, messages
from actors.ocr.decoders.plain_values import BadValue, Codec

HEADER = struct.Struct(">Q")
MAX_FRAME = 1 << 29  # one page and its layer are a few MB; a length beyond this is garbage, not an answer

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


@dataclass(frozen=True, slots=True)
class _Content:
    """What stands in a frame: one of the two."""

    call: Call | None = None
    answer: Answer | None = None


class BadFrame(Exception):
    """The bytes are no frame of ours."""


_CODEC = Codec(
    {
        kind.__name__: kind
        for kind in [*vars(messages).values(), *vars(errors).values()]
        if isinstance(kind, type) and kind.__module__ in {messages.__name__, errors.__name__}
    }
)


def encode(value: Call | Answer) -> Frame:
    """Write a value as one frame; raise TypeError for one that has no place in it."""
    content = _Content(call=value) if isinstance(value, Call) else _Content(answer=value)
    body = _CODEC.write(content)
    return Frame(HEADER.pack(len(body)) + body)


def body_size(header: bytes) -> int:
    """Read how many bytes follow the header."""
    (size,) = HEADER.unpack(header)
    if size > MAX_FRAME:
        raise BadFrame(f"a frame of {size} bytes is too large")
    return int(size)


def decode(body: bytes) -> Call | Answer:
    """Read a value from the bytes after the header."""
    try:
        content = _CODEC.read(body, _Content)
    except BadValue as error:
        raise BadFrame(str(error)) from error
    value = content.call or content.answer
    if value is None:
        raise BadFrame("an empty frame")
    return value


def read(stream: BinaryIO) -> Call | Answer | None:
    """Read the next value, or None when the other side has closed."""
    header = stream.read(HEADER.size)
    if len(header) < HEADER.size:
        return None
    return decode(stream.read(body_size(header)))
