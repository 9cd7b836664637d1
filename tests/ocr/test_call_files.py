"""A call's files are known, and so is the call as it reads inside."""

import typing
from pathlib import Path

import pytest

from actors.ocr import messages
from actors.ocr.decoders.call_files import RESULT, CallFiles, files_of, seen_inside
from actors.ocr.messages import (
    AssembleDocument,
    BindDocument,
    BoundPage,
    ChosenPages,
    ConvertDocument,
    ExtractPage,
    InspectDocument,
    OcrSettings,
    RenderPage,
    UnlockDocument,
    UnpackFiles,
)

ORIGINAL, LAYER, TARGET, OUT = Path("/a/original"), Path("/a/layer"), Path("/b/target"), Path("/s/out")
PLACES = {ORIGINAL: Path("/s/in/1"), LAYER: Path("/s/in/2")}
SETTINGS = OcrSettings()
CALLS = [
    (InspectDocument(ORIGINAL, "x", SETTINGS), CallFiles((ORIGINAL,))),
    (ExtractPage(ORIGINAL, "x", 1, SETTINGS), CallFiles((ORIGINAL,))),
    (RenderPage(ORIGINAL, "x"), CallFiles((ORIGINAL,))),
    (UnlockDocument(ORIGINAL, "word", TARGET), CallFiles((ORIGINAL,), TARGET)),
    (ConvertDocument(ORIGINAL, "x", TARGET, SETTINGS), CallFiles((ORIGINAL,), TARGET)),
    (UnpackFiles(ORIGINAL, "x", TARGET), CallFiles((ORIGINAL,), TARGET)),
    (BindDocument(ORIGINAL, "x", TARGET, (BoundPage(1, LAYER, 90),), "t", "de", SETTINGS), CallFiles((ORIGINAL, LAYER), TARGET)),
    (
        AssembleDocument((ChosenPages(ORIGINAL, "x", (1,)), ChosenPages(LAYER, "x", (2, 1))), TARGET, "mark", SETTINGS),
        CallFiles((ORIGINAL, LAYER), TARGET),
    ),
    ("anything else", CallFiles()),
]


@pytest.mark.parametrize(("call", "files"), CALLS)
def test_every_path_of_a_call_is_known_and_replaced(call: object, files: CallFiles) -> None:
    assert files_of(call) == files
    inside = seen_inside(call, PLACES, OUT)
    expected = CallFiles(tuple(PLACES[path] for path in files.inputs), OUT / RESULT if files.output else None)
    assert files_of(inside) == expected
    assert "/a/" not in repr(inside)
    assert "/b/" not in repr(inside)


def test_no_message_with_a_path_is_forgotten() -> None:
    """A new order that names a file must be given to the decoder as a file."""
    with_paths = {
        kind
        for kind in vars(messages).values()
        if isinstance(kind, type) and kind.__module__ == messages.__name__ and Path in typing.get_type_hints(kind).values()
    }
    assert with_paths - {BoundPage, ChosenPages} == {type(call) for call, _ in CALLS} - {str}
