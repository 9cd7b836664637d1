"""Making and changing sources: read, checked and kept. It asks the database and hashes passwords, so it works in threads."""

from collections.abc import Iterable
from datetime import datetime

from actors.identity.tokens import digest, new_link_secret
from actors.store.catalog.labels import Labels
from actors.store.nouns.identity import UserId
from actors.store.nouns.receiving import NewUploadLink, UploadLink, UploadLinkFacts, UploadLinkId
from daemon.service.callers import caller
from daemon.service.label_names import LabelNames
from daemon.service.owners import owner_of
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, TokenMismatch, Violation
from daemon.service.wire.link_passwords import hashed
from daemon.service.wire.masks import masked, merging, paths_of
from daemon.service.wire.page_tokens import page_token, position_of
from daemon.service.wire.sources import bounds_of, source_message, source_name, upload_link_id
from daemon.service.wire.values import expected_revision, moment_of
from scriba.v1 import sources_pb2 as pb

PATHS = (
    "name",
    "tags",
    "correspondent",
    "document_type",
    "storage_path",
    "owner_id",
    "expire_time",
    "max_files",
    "max_file_bytes",
    "max_total_bytes",
    "mime_types",
    "password",
    "disabled",
)
PAGE_SIZE = 100
# Where the pages of upload links stand (daemon/web/receiving).
PATH = "/u/"


class Sources:
    """Keeps upload links as those want them who make them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def create(self, told: pb.Source) -> pb.CreateSourceResponse:
        """Make a link, and tell its secret once. Raises InvalidRequest, LabelNotFound, OwnerNotYours, UserNotFound."""
        secret, owner = new_link_secret(), owner_of(told.owner_id if told.HasField("owner_id") else None, self._archive.whole)
        self._check_time(told)
        new = NewUploadLink(caller().user, digest(secret), self._facts(told, owner), hashed("source.password", told.password, told.name))
        (source,) = self._told([self._archive.store.upload_links.create(new, self._archive.now())])
        path, address = f"{PATH}{secret}", self._archive.facts.public_url
        return pb.CreateSourceResponse(source=source, secret=secret, path=path, url=address and f"{address}{path}")

    def page(self, request: pb.ListSourcesRequest) -> pb.ListSourcesResponse:
        """Answer one page of links. Raises TokenMismatch for another query's token."""
        size = request.page_size or PAGE_SIZE
        found = self._archive.store.upload_links.list(_after(request), size + 1)
        shown = found[:size]
        more = page_token([shown[-1].id], request) if len(found) > size else ""
        return pb.ListSourcesResponse(sources=self._told(shown), next_page_token=more)

    def get(self, text: str) -> pb.Source:
        """Give one link. Raises UploadLinkNotFound."""
        return self._told([self._archive.store.upload_links.get(upload_link_id(text))])[0]

    def update(self, request: pb.UpdateSourceRequest) -> pb.Source:
        """Change a link. Raises UploadLinkNotFound, StaleItem, and what `create` does."""
        paths = paths_of(request.update_mask, PATHS)
        link_id, named = upload_link_id(request.source.id), expected_revision(request.source.etag)
        if "expire_time" in paths:
            self._check_time(request.source)
        password = hashed("source.password", request.source.password, request.source.name) if "password" in paths else None
        links = self._archive.store.upload_links

        def change() -> UploadLink:
            present = links.get(link_id)
            told = masked(self._told([present])[0], request.source, request.update_mask)
            owner = owner_of(request.source.owner_id, self._archive.whole) if "owner_id" in paths else present.facts.owner
            return links.update(link_id, self._facts(told, owner), password, named or present.revision)

        return self._told([merging(change, named)])[0]

    def delete(self, request: pb.DeleteSourceRequest) -> None:
        """Take a link back. Raises UploadLinkNotFound, StaleItem."""
        self._archive.store.upload_links.delete(upload_link_id(request.id), expected_revision(request.etag))

    def _facts(self, told: pb.Source, owner: UserId | None) -> UploadLinkFacts:
        if not (name := source_name(told)):
            raise InvalidRequest(Violation("source.name", "must say what it is for"))
        names = LabelNames(self._labels, "source")
        return UploadLinkFacts(
            name=name,
            owner=owner,
            tags=names.tags(told.tags),
            correspondent=names.correspondent(told.correspondent),
            document_type=names.document_type(told.document_type),
            storage_path=names.storage_path(told.storage_path),
            bounds=bounds_of(told),
            expire_time=_until(told),
            disabled=told.disabled,
        )

    @property
    def _labels(self) -> Labels:
        return self._archive.store.catalog.labels

    def _told(self, links: Iterable[UploadLink]) -> list[pb.Source]:
        known = list(links)
        labels = self._labels.still_there(label for link in known for label in link.facts.labels)
        names = {label_id: label.name for label_id, label in labels.items()}
        return [source_message(link, names) for link in known]

    def _check_time(self, told: pb.Source) -> None:
        until = _until(told)
        if until is not None and until <= self._archive.now():
            raise InvalidRequest(Violation("source.expire_time", "has passed already"))


def _until(told: pb.Source) -> datetime | None:
    return moment_of("source.expire_time", told.expire_time) if told.HasField("expire_time") else None


def _after(request: pb.ListSourcesRequest) -> UploadLinkId | None:
    if not request.page_token:
        return None
    match position_of("page_token", request.page_token, request):
        case [int(last)]:
            return UploadLinkId(last)
        case _:
            raise TokenMismatch("page_token")
