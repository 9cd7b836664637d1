"""Plain arrays as bytes (.npz, uncompressed), read without trust: nothing in them is run, and none takes more memory than its bytes."""

import io
import tokenize
import zipfile
from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

# What each array must be: its type and its number of dimensions.
Forms = Mapping[str, tuple[DTypeLike, int]]
Arrays = Mapping[str, NDArray[Any]]
# What zipfile and numpy's parser of headers raise on foreign bytes.
FOREIGN = (
    zipfile.BadZipFile,
    tokenize.TokenError,
    ArithmeticError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


class ArraysUnusable(Exception):
    """The bytes hold other arrays than those expected, or none."""


def pack(arrays: Arrays) -> bytes:
    """Make bytes of named arrays; the same arrays make the same bytes."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **{name: np.ascontiguousarray(array) for name, array in arrays.items()})
    return file.getvalue()


def unpack(data: bytes, forms: Forms) -> dict[str, NDArray[Any]]:
    """Give the arrays of exactly these names and forms; raises ArraysUnusable. They cannot be written to."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: info for info in archive.infolist()}
            if sorted(members) != sorted(f"{name}.npy" for name in forms) or len(members) != len(archive.infolist()):
                raise ArraysUnusable(f"there are {sorted(members)}")
            # A compressed member could be a thousand times as large as the file.
            if any(info.compress_type != zipfile.ZIP_STORED or info.file_size > len(data) for info in members.values()):
                raise ArraysUnusable("a member is compressed")
            return {name: _array(archive.read(f"{name}.npy"), *form) for name, form in forms.items()}
    except FOREIGN as error:
        raise ArraysUnusable(f"they cannot be read: {error!r}") from error


def _array(member: bytes, expected: DTypeLike, dimensions: int) -> NDArray[Any]:
    file = io.BytesIO(member)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ArraysUnusable("an array is of another format")
    shape, by_columns, kind = np.lib.format.read_array_header_1_0(file)
    begin = file.tell()
    if kind != np.dtype(expected) or len(shape) != dimensions or (by_columns and dimensions > 1):
        raise ArraysUnusable(f"an array is of {kind} in {len(shape)} dimensions")
    if min(shape, default=0) < 0 or prod(shape) * kind.itemsize != len(member) - begin:
        raise ArraysUnusable("an array says that it is longer or shorter than it is")
    return np.frombuffer(member, kind, offset=begin).reshape(shape)
