"""Prints an answer as JSON: the contract's names, every field, one JSON text for each answer."""

import json

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message


def print_json(message: Message) -> None:
    """Print an answer over several lines."""
    print(json.dumps(_fields(message), indent=2, ensure_ascii=False))


def print_json_line(message: Message) -> None:
    """Print an answer as one line, for a stream of them."""
    print(json.dumps(_fields(message), ensure_ascii=False), flush=True)


def _fields(message: Message) -> dict[str, object]:
    fields: dict[str, object] = MessageToDict(message, preserving_proto_field_name=True, always_print_fields_with_no_presence=True)
    return fields
