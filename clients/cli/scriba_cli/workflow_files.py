"""Workflows as files that people write: TOML or JSON with the contract's names, its constants in short."""

import json
import tomllib
from pathlib import Path

import typer
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.json_format import ParseDict, ParseError

from scriba.v1.workflows_pb2 import Workflow

LARGEST = 1_000_000


def read_workflow(file: Path) -> Workflow:
    """Read a workflow, switched on unless it says otherwise; raises BadParameter where it can't be one."""
    text = _text(file)
    try:
        told = tomllib.loads(text) if file.suffix == ".toml" else json.loads(text)
        if isinstance(told, dict) and list(told) == ["workflow"]:  # as `scriba workflows show --json` prints it
            told = told["workflow"]
        if not isinstance(told, dict):
            raise typer.BadParameter(f"{file}: must be one workflow, with name, triggers and actions")
        return ParseDict({"enabled": True, **_whole(told, Workflow.DESCRIPTOR)}, Workflow())
    except (ParseError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise typer.BadParameter(f"{file}: {error}") from error


def _text(file: Path) -> str:
    with file.open("rb") as opened:
        content = opened.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise typer.BadParameter(f"{file}: has more than {LARGEST:,} bytes, which no workflow has")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise typer.BadParameter(f"{file}: must be text in UTF-8") from error


def _whole(told: object, kind: Descriptor) -> dict[str, object]:
    """Write constants in full: `document_added` is TRIGGER_KIND_DOCUMENT_ADDED."""
    if not isinstance(told, dict):
        raise typer.BadParameter(f"{kind.name} must be a table with {', '.join(field.name for field in kind.fields)}")
    known = {field.name: field for field in kind.fields}
    return {name: _value(value, known[name]) if name in known else value for name, value in told.items()}


def _value(told: object, field: FieldDescriptor) -> object:
    if isinstance(told, list):
        return [_one(value, field) for value in told]
    if isinstance(told, str) and field.is_repeated:
        raise typer.BadParameter(f"{field.name} must be a list")  # without what stands there: it may be a password
    return _one(told, field)


def _one(told: object, field: FieldDescriptor) -> object:
    if field.message_type is not None and field.message_type.file.package == "scriba.v1":
        return _whole(told, field.message_type)
    if field.enum_type is not None and isinstance(told, str):
        prefix = field.enum_type.values[0].name.removesuffix("UNSPECIFIED")
        word = told.upper().replace("-", "_").replace(" ", "_")
        return word if word.startswith(prefix) else f"{prefix}{word}"
    return told
