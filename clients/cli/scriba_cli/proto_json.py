"""Prints an answer as JSON: the contract's names, every field, one JSON text for each answer."""

import json
import re

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

# JSON leaves them as they are; some terminals obey the eight-bit codes, and the others break a line or turn it round.
_COMMANDS = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def print_json(message: Message) -> None:
    """Print an answer over several lines."""
    print(json_of(message, indent=2))


def print_json_line(message: Message) -> None:
    """Print an answer as one line, for a stream of them."""
    print(json_of(message), flush=True)


def print_json_fields(fields: dict[str, object]) -> None:
    """Print what several answers say over several lines."""
    print(_written(fields, 2))


def fields_of(message: Message) -> dict[str, object]:
    """Give the fields of an answer, by the contract's names."""
    return MessageToDict(message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True)


def json_of(message: Message, indent: int | None = None) -> str:
    """Write an answer as JSON that commands no terminal."""
    return _written(fields_of(message), indent)


def _written(fields: dict[str, object], indent: int | None) -> str:
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(fields, indent=indent, ensure_ascii=False))
