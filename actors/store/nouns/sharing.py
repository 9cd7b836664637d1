"""The nouns of sharing: links by which anybody can read some documents."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from actors.store.nouns.access import Viewer
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.identity import UserId

ShareLinkId = NewType("ShareLinkId", int)


class ShareContent(StrEnum):
    """Which files of documents a link gives; where there is no archive PDF, the original stands for it."""

    ORIGINALS = "originals"
    ARCHIVES = "archives"


@dataclass(frozen=True, slots=True)
class ShareLinkFacts:
    """What its maker says of a link. Without `expire_time` it holds until it is taken back; 0 downloads are any number."""

    name: str = ""
    expire_time: datetime | None = None
    max_downloads: int = 0
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class NewShareLink:
    """A link as it is kept: by the digest of its secret. `maker` is None for this machine's own; '' is no password."""

    maker: UserId | None
    digest: str
    documents: tuple[DocumentId, ...]
    content: ShareContent = ShareContent.ORIGINALS
    facts: ShareLinkFacts = ShareLinkFacts()
    password_hash: str = ""


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A link as its maker sees it. `documents` are those that he may see who asks."""

    id: ShareLinkId
    revision: int
    maker: UserId | None
    maker_name: str
    content: ShareContent
    facts: ShareLinkFacts
    documents: tuple[DocumentId, ...]
    has_password: bool
    downloads: int
    create_time: datetime
    download_time: datetime | None


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link as a visitor meets it: what stands behind it is read as `viewer`, who made it. '' is no password."""

    id: ShareLinkId
    name: str
    content: ShareContent
    password_hash: str
    expire_time: datetime | None
    viewer: Viewer
    maker: UserId | None
    maker_name: str

    @property
    def called(self) -> str:
        """Give what it is called, also where its maker has not said."""
        return self.name or f"link {self.id}"


@dataclass(frozen=True, slots=True)
class SharedDocument:
    """A document behind a link, by its place there, which stays when others go."""

    place: int
    document: DocumentId
