"""Frames carry this room's values and nothing that could run code."""

import io
import os
import pickle
import struct

import pytest

from actors.ocr import errors, frames
from actors.ocr.errors import DecoderKilled, PageUnreadable
from actors.ocr.messages import Notice, OcrSettings, PageRead, PageSource, ReadPage, Word

READ = PageRead(1, "text", (Word("text", 1, 2, 3, 4, 90.0, 0),), 90.0, 90, 1.5, 100, 200, 300.0, b"%PDF", notices=(Notice("a", "b", 1),))


@pytest.mark.parametrize(
    "value",
    [
        frames.Call("read_page", ReadPage(PageSource(1, b"\0\xff", "image/png"), OcrSettings()), 10, 5.0),
        frames.Answer(value=READ),
        frames.Answer(),
    ],
)
def test_what_is_written_is_read_again(value: frames.Call | frames.Answer) -> None:
    assert frames.read(io.BytesIO(frames.encode(value))) == value


@pytest.mark.parametrize("kind", [errors.OutOfTime, errors.DocumentUnreadable, errors.WrongPassword, errors.DecoderKilled])
def test_every_error_of_this_room_can_be_answered(kind: type[errors.OcrError]) -> None:
    answer = frames.read(io.BytesIO(frames.encode(frames.Answer(error=kind("why")))))
    assert isinstance(answer, frames.Answer)
    assert type(answer.error) is kind


def test_an_error_keeps_its_kind_and_reason() -> None:
    answer = frames.read(io.BytesIO(frames.encode(frames.Answer(error=PageUnreadable("torn")))))
    assert isinstance(answer, frames.Answer)
    assert isinstance(answer.error, PageUnreadable)
    assert answer.error.reason == "torn"
    assert not isinstance(answer.error, DecoderKilled)


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize("body", [pickle.dumps(Bomb()), pickle.dumps(print), b"", b"garbage", b"\x80\x05."])
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(frames.BadFrame):
        frames.decode(body)


def test_a_dotted_name_does_not_lead_out_of_the_room() -> None:
    body = pickle.dumps(READ, protocol=5).replace(b"\x8c\x08PageRead", b"\x8c\x08enum.sys")
    with pytest.raises(frames.BadFrame):
        frames.decode(body)


def test_an_absurd_length_is_refused_before_anything_is_read() -> None:
    with pytest.raises(frames.BadFrame):
        frames.body_size(struct.pack(">Q", frames.MAX_FRAME + 1))


def test_the_end_of_the_stream_is_no_value() -> None:
    assert frames.read(io.BytesIO()) is None
