"""Frames carry this room's values and nothing that could run code."""

import dataclasses
import io
import json
import pickle
import struct
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from actors.invoices.facts import Invoice, InvoiceKind
from actors.ocr import errors
from actors.ocr.decoders import frames
from actors.ocr.errors import DecoderKilled, PageUnreadable
from actors.ocr.messages import (
    BindDocument,
    BoundPage,
    DocumentInspected,
    Notice,
    OcrSettings,
    PageFacts,
    PageRead,
    PageSource,
    ReadPage,
    Word,
)

READ = PageRead(1, "text", (Word("text", 1, 2, 3, 4, 90.0, 0),), 90.0, 90, 1.5, 100, 200, 300.0, b"%PDF", notices=(Notice("a", "b", 1),))

INVOICE = Invoice(
    "7", InvoiceKind.CREDIT_NOTE, issued=date(2024, 2, 29), total=Decimal("-1234567890123456.50"), tax=Decimal("0.0000000001")
)


@pytest.mark.parametrize(
    "value",
    [
        frames.Call("read_page", ReadPage(PageSource(1, b"\0\xff", "image/png"), OcrSettings()), 10, 5.0),
        frames.Answer(value=READ),
        frames.Answer(value=b"picture"),
        frames.Answer(value=DocumentInspected((PageFacts(1, "", True),), True, invoice=INVOICE)),
        frames.Answer(value=BindDocument(Path("a"), "b", Path("c"), (BoundPage(1, Path("d"), 90),), "e", "f", OcrSettings())),
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


def body_of(*tree: object, chunks: bytes = b"", lengths: Sequence[object] = ()) -> bytes:
    head = json.dumps([tree, lengths]).encode()
    return struct.pack(">Q", len(head)) + head + chunks


def inspected_with(**facts: object) -> bytes:
    """Write an answer about an invoice with some facts, as they stand in JSON."""
    honest: dict[str, object] = {field.name: "" for field in dataclasses.fields(Invoice)}
    nothing = dict.fromkeys(("issued", "due", "total", "payable", "tax"))
    return body_of(
        None, [["DocumentInspected", [[], True, False, False, [], list((honest | nothing | {"kind": "invoice"} | facts).values())]], None]
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"garbage",
        pickle.dumps(print),
        body_of(None, None),
        body_of(None, [["system", "true"], None]),
        body_of(None, [["Path", "/"], None]),
        body_of(None, [["Call", ["read_page", None, 1]], None]),
        body_of(None, [None, ["ValueError", "why"]]),
        body_of(None, [None, ["Notice", ["a", "b", 1]]]),
        body_of(None, [["Notice", ["a", "b"]], None]),
        body_of(None, [["Notice", ["a", "b", "1"]], None]),
        body_of(None, [["Notice", ["a", "b", True]], None]),
        inspected_with(issued="2024-02-30"),
        inspected_with(issued=20240229),
        inspected_with(total="1e999999"),
        inspected_with(total="NaN"),
        inspected_with(total=1.5),
        inspected_with(total="9" * 41),
        inspected_with(kind="bribe"),
        body_of(None, [["PageSource", [1, 0, "image/png"]], None]),
        body_of(None, [["PageSource", [1, 0, "image/png"]], None], lengths=[-1]),
        body_of(None, [["PageSource", [1, 0, "image/png"]], None], lengths=[4], chunks=b"abc"),
        body_of(None, [["PageSource", [1, 0, "image/png"]], None], lengths=[2], chunks=b"abc"),
        struct.pack(">Q", 100_000) + b"[" * 100_000,
        struct.pack(">Q", 5_003) + b"[" + b"9" * 5_000 + b",[" + b"]]",
    ],
)
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(frames.BadFrame):
        frames.decode(body)


@pytest.mark.parametrize("value", [print, frames.Answer, {"a": 1}, ValueError("why")])
def test_what_is_no_value_of_this_room_is_not_written(value: object) -> None:
    with pytest.raises(TypeError):
        frames.encode(frames.Answer(value=value))


def test_an_absurd_length_is_refused_before_anything_is_read() -> None:
    with pytest.raises(frames.BadFrame):
        frames.body_size(struct.pack(">Q", frames.MAX_FRAME + 1))


def test_the_end_of_the_stream_is_no_value() -> None:
    assert frames.read(io.BytesIO()) is None
