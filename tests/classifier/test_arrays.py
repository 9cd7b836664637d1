"""Arrays come back as they were kept; anything else is refused without being run or unfolded."""

import io
import struct
import zipfile
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from actors.classifier.arrays import ArraysUnusable, Forms, pack, unpack

FORMS: Forms = {"ends": (np.int64, 1), "weights": (np.float32, 2)}
ENDS, WEIGHTS = np.array([1, 3], np.int64), np.array([[0.5, -1.0]], np.float32)
GOOD: dict[str, NDArray[Any]] = {"ends": ENDS, "weights": WEIGHTS}


def header(description: str, body: bytes = b"") -> bytes:
    """Make an array's bytes of a description that may lie."""
    text = description.encode() + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text + body


def archive(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return file.getvalue()


def member(array: NDArray[np.generic]) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=(1, 0))
    return file.getvalue()


def test_arrays_come_back_as_they_were() -> None:
    again = unpack(pack(GOOD), FORMS)
    assert again.keys() == GOOD.keys()
    assert all(np.array_equal(again[name], GOOD[name]) and again[name].dtype == GOOD[name].dtype for name in GOOD)
    assert pack(again) == pack(GOOD)


def test_empty_arrays_come_back_too() -> None:
    again = unpack(pack({"ends": ENDS[:0], "weights": WEIGHTS[:0]}), FORMS)
    assert (again["ends"].shape, again["weights"].shape) == ((0,), (0, 2))


LIES = {
    "no bytes": b"",
    "no archive": b"PK\x03\x04" * 50,
    "another archive": archive({"other.npy": member(ENDS)}),
    "one array is missing": pack({"ends": ENDS}),
    "one array is too many": pack({**GOOD, "more": ENDS}),
    "another type": pack({**GOOD, "ends": ENDS.astype(np.int32)}),
    "another order of bytes": pack({**GOOD, "ends": ENDS.astype(">i8")}),
    "more dimensions": pack({**GOOD, "ends": ENDS[np.newaxis]}),
    "compressed": archive({f"{name}.npy": member(array) for name, array in GOOD.items()}, zipfile.ZIP_DEFLATED),
    "objects": archive({"ends.npy": member(np.array([1], object)), "weights.npy": member(WEIGHTS)}),
    "a shape of eight exabytes": archive(
        {"ends.npy": header("{'descr': '<i8', 'fortran_order': False, 'shape': (1152921504606846976,)}"), "weights.npy": member(WEIGHTS)}
    ),
    "a negative shape": archive(
        {"ends.npy": header("{'descr': '<i8', 'fortran_order': False, 'shape': (-1,)}", bytes(8)), "weights.npy": member(WEIGHTS)}
    ),
    "a header that calls": archive({"ends.npy": header("__import__('os').abort()"), "weights.npy": member(WEIGHTS)}),
    "a header without end": archive({"ends.npy": header("(" * 9000), "weights.npy": member(WEIGHTS)}),
    "a torn file": pack(GOOD)[:-1],
}


@pytest.mark.parametrize("data", LIES.values(), ids=LIES)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ArraysUnusable):
        unpack(data, FORMS)


def test_a_flipped_bit_is_seen() -> None:
    whole = pack(GOOD)
    place = whole.index(WEIGHTS.tobytes())
    with pytest.raises(ArraysUnusable, match="CRC"):
        unpack(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :], FORMS)
