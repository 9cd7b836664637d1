"""Which files a call works on, and the same call as it reads inside a sandbox."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from actors.ocr.messages import (
    AssembleDocument,
    BindDocument,
    ConvertDocument,
    ExtractPage,
    InspectDocument,
    RenderPage,
    UnlockDocument,
    UnpackFiles,
)

RESULT = "result"  # the name that every result has inside


@dataclass(frozen=True, slots=True)
class CallFiles:
    """The files that are read, and the one that is written; most calls write none, and a page travels in its call."""

    inputs: tuple[Path, ...] = ()
    output: Path | None = None


def files_of(argument: object) -> CallFiles:
    """List the files of a call."""
    match argument:
        case InspectDocument() | ExtractPage() | RenderPage():
            return CallFiles((argument.path,))
        case BindDocument():
            return CallFiles((argument.path, *(page.layer for page in argument.pages)), argument.target)
        case AssembleDocument():
            return CallFiles(tuple(chosen.path for chosen in argument.pages), argument.target)
        case ConvertDocument() | UnlockDocument() | UnpackFiles():
            return CallFiles((argument.path,), argument.target)
        case _:
            return CallFiles()


def seen_inside(argument: object, places: Mapping[Path, Path], outputs: Path) -> object:
    """Write a call with the paths that its files have inside."""
    match argument:
        case InspectDocument() | ExtractPage() | RenderPage():
            return replace(argument, path=places[argument.path])
        case BindDocument():
            pages = tuple(replace(page, layer=places[page.layer]) for page in argument.pages)
            return replace(argument, path=places[argument.path], target=outputs / RESULT, pages=pages)
        case AssembleDocument():
            chosen = tuple(replace(one, path=places[one.path]) for one in argument.pages)
            return replace(argument, pages=chosen, target=outputs / RESULT)
        case ConvertDocument() | UnlockDocument() | UnpackFiles():
            return replace(argument, path=places[argument.path], target=outputs / RESULT)
        case _:
            return argument
