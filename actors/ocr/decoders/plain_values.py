"""This room's values as bytes and back: JSON that is read by the types of the fields, and behind it the byte strings as they are.

What comes from a decoder is not trusted. Nothing that is read here can name code, reach a class that is not listed, give a field
another type than it says, or take more memory than a small multiple of its own length.
"""

import json
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Chunks = list[bytes]
Writer = Callable[[Any, Chunks], object]
Reader = Callable[[Any, Chunks], object]

_LENGTH = struct.Struct(">Q")
_PLAIN = (str, int, float, bool, bytes)
# Without an exponent, by which a number of ten letters could have a million digits.
_DECIMAL = re.compile(r"-?\d{1,40}(\.\d{1,20})?", re.ASCII)


class BadValue(Exception):
    """The bytes are no value of the type that was expected."""


class Codec:
    """Writes and reads dataclasses. What a field of type `object` holds is one of `classes`, a plain value, or nothing.

    How a type is written and read is worked out once: a page has thousands of words.
    """

    def __init__(self, classes: Mapping[str, type]) -> None:
        self._classes = {**{kind.__name__: kind for kind in _PLAIN}, **classes}
        self._writer: Callable[[Any], Writer] = cache(self._make_writer)
        self._reader: Callable[[Any], Reader] = cache(self._make_reader)

    def write(self, value: object) -> bytes:
        """Write a dataclass; raise TypeError for one with a value that has no place in it."""
        chunks: Chunks = []
        tree = self._writer(type(value))(value, chunks)
        head = json.dumps([tree, [len(chunk) for chunk in chunks]], separators=(",", ":")).encode()
        return b"".join([_LENGTH.pack(len(head)), head, *chunks])

    def read(self, data: bytes, kind: type[T]) -> T:
        """Read a dataclass of this type; raise BadValue for anything else."""
        try:
            (size,) = _LENGTH.unpack_from(data)
            tree, lengths = json.loads(data[_LENGTH.size : _LENGTH.size + size])
            chunks = list(_chunks(memoryview(data)[_LENGTH.size + size :], lengths))
            value = self._reader(kind)(tree, chunks)
        except (struct.error, ValueError, TypeError, RecursionError) as error:  # JSON of another shape, or none
            raise BadValue(str(error)) from error
        if not isinstance(value, kind):
            raise BadValue(f"no {kind.__name__}")
        return value

    def _make_writer(self, kind: Any) -> Writer:
        """Find out how a value of a type becomes what JSON knows; a byte string is written as its number."""
        if get_origin(kind) in (UnionType, Union):
            inner = self._writer(_but_none(kind))
            return lambda value, chunks: None if value is None else inner(value, chunks)
        if get_origin(kind) is tuple:
            each = self._writer(get_args(kind)[0])
            return lambda value, chunks: [each(item, chunks) for item in value]
        if kind is object or issubclass(kind, BaseException):
            return self._write_named
        if is_dataclass(kind):
            parts = [(name, self._writer(hint)) for name, hint in _hints(kind).items()]
            return lambda value, chunks: [write(getattr(value, name), chunks) for name, write in parts]
        if kind is bytes:
            return _put_chunk
        if issubclass(kind, Enum):
            return lambda value, _: value.value
        if kind is Decimal:
            return lambda value, _: f"{value:f}"
        return (lambda value, _: str(value)) if issubclass(kind, Path | date) else (lambda value, _: value)

    def _write_named(self, value: object, chunks: Chunks) -> object:
        """Write a value with the name of its class, where the field does not tell it."""
        kind = type(value)
        if value is None:
            return None
        if self._classes.get(kind.__name__) is not kind:
            raise TypeError(f"{kind.__qualname__} has no place in a frame")
        return [kind.__name__, str(value) if isinstance(value, BaseException) else self._writer(kind)(value, chunks)]

    def _make_reader(self, kind: Any) -> Reader:
        """Find out how a value of a type is read, and nothing else in its place."""
        if get_origin(kind) in (UnionType, Union):
            inner = self._reader(_but_none(kind))
            return lambda tree, chunks: None if tree is None else inner(tree, chunks)
        if get_origin(kind) is tuple:
            each = self._reader(get_args(kind)[0])
            return lambda tree, chunks: tuple([each(item, chunks) for item in _list(tree)])
        if kind is object or issubclass(kind, BaseException):
            return lambda tree, chunks: self._read_named(tree, kind, chunks)
        if is_dataclass(kind):
            return _dataclass_reader(kind, [self._reader(hint) for hint in _hints(kind).values()])
        if kind is bytes:
            return _take_chunk
        if issubclass(kind, Enum | Path):
            return lambda tree, _: kind(_plain(tree, str))
        if kind is date:
            return lambda tree, _: date.fromisoformat(str(_plain(tree, str)))
        if kind is Decimal:
            return lambda tree, _: _decimal(tree)
        return lambda tree, _: _plain(tree, kind)

    def _read_named(self, tree: object, kind: type, chunks: Chunks) -> object:
        if tree is None and kind is object:
            return None
        items = _list(tree)
        chosen = self._classes.get(items[0]) if len(items) == 2 and isinstance(items[0], str) else None
        if chosen is None or not issubclass(chosen, kind):
            raise BadValue("a class that has no place in a frame")
        return chosen(_plain(items[1], str)) if issubclass(chosen, BaseException) else self._reader(chosen)(items[1], chunks)


def _chunks(data: memoryview, lengths: list[int]) -> Iterator[bytes]:
    begin = 0
    for length in lengths:
        if type(length) is not int or not 0 <= length <= len(data) - begin:
            raise BadValue("byte strings of impossible length")
        yield bytes(data[begin : begin + length])
        begin += length
    if begin != len(data):
        raise BadValue("bytes that belong to nothing")


def _put_chunk(value: bytes, chunks: Chunks) -> int:
    chunks.append(value)
    return len(chunks) - 1


def _take_chunk(tree: object, chunks: Chunks) -> bytes:
    if type(tree) is not int or not 0 <= tree < len(chunks):
        raise BadValue("a byte string that is not there")
    return chunks[tree]


def _dataclass_reader(kind: Any, readers: list[Reader]) -> Reader:
    def read(tree: object, chunks: Chunks) -> object:
        items = _list(tree)
        if len(items) != len(readers):
            raise BadValue(f"{kind.__name__} with other fields")
        return kind(*[reader(item, chunks) for reader, item in zip(readers, items, strict=True)])

    return read


def _plain(tree: object, kind: type) -> object:
    """Take what JSON gave as a text, number or truth value; it writes whole numbers alike, whatever they are meant as."""
    if type(tree) is kind:
        return tree
    if kind is float and type(tree) is int:
        return float(tree)
    raise BadValue(f"{type(tree).__name__} instead of {kind.__name__}")


def _decimal(tree: object) -> Decimal:
    text = str(_plain(tree, str))
    if not _DECIMAL.fullmatch(text):
        raise BadValue("no decimal number")
    return Decimal(text)


def _list(tree: object) -> list[Any]:
    if not isinstance(tree, list):
        raise BadValue("no list where one belongs")
    return tree


def _but_none(kind: Any) -> Any:
    """Give the type that may also be left out."""
    (inner,) = (choice for choice in get_args(kind) if choice is not NoneType)
    return inner


def _hints(kind: Any) -> dict[str, Any]:
    """Give the types of a dataclass's fields, in order."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
