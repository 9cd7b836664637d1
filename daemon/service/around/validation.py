"""The limits written in the .proto, checked on every request."""

from collections.abc import Callable

import protovalidate
from google.protobuf.message import Message

from daemon.service.refusals import InvalidRequest, Violation


def request_check() -> Callable[[Message], None]:
    """Return a check that raises InvalidRequest for a message that breaks a rule of its .proto."""
    validator = protovalidate.Validator()

    def check(message: Message) -> None:
        try:
            validator.validate(message)
        except protovalidate.ValidationError as error:
            raise InvalidRequest(*(_violation(found) for found in error.violations)) from None

    return check


def _violation(found: protovalidate.Violation) -> Violation:
    return Violation(_field(found), found.proto.message or found.proto.rule_id)


def _field(found: protovalidate.Violation) -> str:
    """Write the path as BadRequest wants it: `start.tags[3]`."""
    path = ""
    for element in found.proto.field.elements if found.proto.field else ():
        index = f"[{element.subscript.value}]" if element.subscript and element.subscript.field == "index" else ""
        path += f".{element.field_name}{index}"
    return path.removeprefix(".")
