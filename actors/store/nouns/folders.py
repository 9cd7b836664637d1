"""The nouns of the folders that people browse."""

from collections.abc import Collection
from dataclasses import dataclass

from actors.store.nouns.archive import Document, DocumentId
from actors.store.nouns.catalog import LabelId, LabelKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands: `folder` has / between its parts and is '' for the top. `problem` tells why its template does not say."""

    folder: str
    name: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A document and its place."""

    document_id: DocumentId
    place: Place


@dataclass(frozen=True, slots=True)
class Filed:
    """A document with its place, and what its files are found by."""

    document_id: DocumentId
    sha256: str
    has_archive: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, how many documents are in it and in all below it, and whether there are folders in it."""

    path: str
    documents: int
    has_folders: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A document that is to be placed. Another change gives it another mark. None is one in the trash, or gone."""

    document_id: DocumentId
    mark: int
    document: Document | None


@dataclass(frozen=True, slots=True)
class Renamed:
    """What has another name: a label, or a custom field where `kind` is None. A storage path may have another template instead."""

    kind: LabelKind | None
    item_id: int


@dataclass(frozen=True, slots=True)
class OfPaths:
    """Documents by their storage path; with `none` also those that have none."""

    paths: Collection[LabelId]
    none: bool
