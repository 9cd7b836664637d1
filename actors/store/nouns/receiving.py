"""The nouns of receiving: links by which anybody can add documents."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from actors.store.nouns.catalog import LabelId
from actors.store.nouns.identity import UserId

UploadLinkId = NewType("UploadLinkId", int)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What may come by a link: so many files, so many bytes of each and of all, 0 for any number; of these MIME types, all when empty.

    A type may end with `/*`.
    """

    files: int = 0
    file_bytes: int = 0
    total_bytes: int = 0
    mime_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UploadLinkFacts:
    """What its maker says of a link: what documents that come by it get, and what may come until when."""

    name: str
    owner: UserId | None = None
    tags: tuple[LabelId, ...] = ()
    correspondent: LabelId | None = None
    document_type: LabelId | None = None
    storage_path: LabelId | None = None
    bounds: Bounds = Bounds()
    expire_time: datetime | None = None
    disabled: bool = False

    @property
    def labels(self) -> tuple[LabelId, ...]:
        """Name all labels that it gives."""
        singles = (self.correspondent, self.document_type, self.storage_path)
        return (*self.tags, *(one for one in singles if one is not None))


@dataclass(frozen=True, slots=True)
class NewUploadLink:
    """A link as it is kept: by the digest of its secret. `maker` is None for this machine's own; '' is no password."""

    maker: UserId | None
    digest: str
    facts: UploadLinkFacts
    password_hash: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """What has come by a link: files, and all of their bytes."""

    files: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class UploadLink:
    """A link as its maker sees it. `use_time` is when the last file came."""

    id: UploadLinkId
    revision: int
    maker: UserId | None
    facts: UploadLinkFacts
    has_password: bool
    received: Received
    create_time: datetime
    use_time: datetime | None


@dataclass(frozen=True, slots=True)
class OpenUploadLink:
    """A link as a visitor meets it. '' is no password; a link of this machine's own has no maker."""

    id: UploadLinkId
    facts: UploadLinkFacts
    password_hash: str
    received: Received
    maker: UserId | None = None
    maker_name: str = ""

    @property
    def full(self) -> bool:
        """Tell whether nothing more may come."""
        bounds = self.facts.bounds
        return 0 < bounds.files <= self.received.files or 0 < bounds.total_bytes <= self.received.bytes

    @property
    def most_bytes(self) -> int | None:
        """Tell how many bytes the next file may have, None for any number."""
        bounds = self.facts.bounds
        limits = [bounds.file_bytes] if bounds.file_bytes else []
        limits += [max(bounds.total_bytes - self.received.bytes, 0)] if bounds.total_bytes else []
        return min(limits, default=None)
