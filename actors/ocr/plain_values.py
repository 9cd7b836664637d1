"""This room's values as bytes and back: JSON that is read by the types of the fields, and behind it the byte strings as they are.

What comes from a decoder is not trusted. Nothing that is read here can name code, reach a class that is not listed, give a field
another type than it says, or take more memory than a small multiple of its own length.
"""

import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path, PurePath
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

_LENGTH = struct.Struct(">Q")
# What may stand where a field says no more than `object`, besides dataclasses and errors: each is written under its name.
_PLAIN: Mapping[str, type] = {kind.__name__: kind for kind in (str, int, float, bool, bytes)}


class BadValue(Exception):
    """The bytes are no value of the type that was expected."""


def write(value: object, classes: Mapping[str, type]) -> bytes:
    """Write a dataclass; `classes` are those that may stand in a field of type `object`. TypeError: a value has no place here."""
    chunks: list[bytes] = []
    tree = _tree(value, type(value), classes, chunks)
    head = json.dumps([tree, [len(chunk) for chunk in chunks]], separators=(",", ":")).encode()
    return b"".join([_LENGTH.pack(len(head)), head, *chunks])


def read(data: bytes, kind: type[T], classes: Mapping[str, type]) -> T:
    """Read a dataclass of this type; raise BadValue for anything else."""
    try:
        (size,) = _LENGTH.unpack_from(data)
        tree, lengths = json.loads(data[_LENGTH.size : _LENGTH.size + size])
        chunks = list(_chunks(memoryview(data)[_LENGTH.size + size :], lengths))
        value = _value(tree, kind, classes, chunks)
    except (struct.error, ValueError, TypeError, RecursionError) as error:  # the JSON's own shape; the types below raise BadValue
        raise BadValue(str(error)) from error
    if not isinstance(value, kind):
        raise BadValue(f"no {kind.__name__}")
    return value


def _chunks(data: memoryview, lengths: list[int]) -> Iterator[bytes]:
    begin = 0
    for length in lengths:
        if type(length) is not int or not 0 <= length <= len(data) - begin:
            raise BadValue("byte strings of impossible length")
        yield bytes(data[begin : begin + length])
        begin += length
    if begin != len(data):
        raise BadValue("bytes that belong to nothing")


def _tree(value: object, kind: object, classes: Mapping[str, type], chunks: list[bytes]) -> object:
    """Write a value as what JSON knows; a byte string by its number."""
    if kind is object:
        return _named_tree(value, classes, chunks)
    if isinstance(value, bytes):
        chunks.append(value)
        return len(chunks) - 1
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, PurePath):
        return str(value)
    if isinstance(value, BaseException):
        return _named_tree(value, classes, chunks)
    if isinstance(value, tuple):
        inner = get_args(kind)[0] if get_args(kind) else object
        return [_tree(item, inner, classes, chunks) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        hints = _hints(type(value))
        return [_tree(getattr(value, name), hint, classes, chunks) for name, hint in hints.items()]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} has no place in a frame")


def _named_tree(value: object, classes: Mapping[str, type], chunks: list[bytes]) -> object:
    """Write a value with the name of its class, where the field does not tell it."""
    name = type(value).__name__
    if value is None:
        return None
    if isinstance(value, BaseException) and classes.get(name) is type(value):
        return [name, str(value)]
    if classes.get(name) is not type(value) and _PLAIN.get(name) is not type(value):
        raise TypeError(f"{type(value).__qualname__} has no place in a frame")
    return [name, _tree(value, type(value), classes, chunks)]


def _value(tree: object, kind: Any, classes: Mapping[str, type], chunks: list[bytes]) -> object:
    """Read a value as the type says, and as nothing else."""
    origin = get_origin(kind)
    if origin in (UnionType, Union):
        (inner,) = (choice for choice in get_args(kind) if choice is not NoneType)
        return None if tree is None else _value(tree, inner, classes, chunks)
    if kind is object or (isinstance(kind, type) and issubclass(kind, BaseException)):
        return _named_value(tree, kind, classes, chunks)
    if kind is bytes:
        if type(tree) is not int or not 0 <= tree < len(chunks):
            raise BadValue("a byte string that is not there")
        return chunks[tree]
    if origin is tuple:
        return tuple(_value(item, get_args(kind)[0], classes, chunks) for item in _list(tree))
    if isinstance(kind, type) and is_dataclass(kind):
        hints, items = _hints(kind), _list(tree)
        if len(items) != len(hints):
            raise BadValue(f"{kind} with other fields")
        return kind(*(_value(item, hint, classes, chunks) for item, hint in zip(items, hints.values(), strict=True)))
    return _plain_value(tree, kind)


def _plain_value(tree: object, kind: Any) -> object:
    if issubclass(kind, Enum | Path):
        return kind(_plain_value(tree, str))
    if kind is float and type(tree) is int:
        return float(tree)
    if type(tree) is not kind:
        raise BadValue(f"{type(tree).__name__} instead of {kind.__name__}")
    return tree


def _named_value(tree: object, kind: type, classes: Mapping[str, type], chunks: list[bytes]) -> object:
    if tree is None and kind is object:
        return None
    items = _list(tree)
    chosen = (classes.get(items[0]) or _PLAIN.get(items[0])) if len(items) == 2 and isinstance(items[0], str) else None
    if chosen is None or not issubclass(chosen, kind):
        raise BadValue("a class that has no place in a frame")
    return chosen(_plain_value(items[1], str)) if issubclass(chosen, BaseException) else _value(items[1], chosen, classes, chunks)


def _list(tree: object) -> list[Any]:
    if not isinstance(tree, list):
        raise BadValue("no list where one belongs")
    return tree


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """Give the types of a dataclass's fields, in order."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
