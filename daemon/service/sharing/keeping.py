"""Making and changing share links: read, checked and kept. It asks the database and hashes passwords, so it works in threads."""

from actors.identity.tokens import digest, new_link_secret
from actors.store.nouns.sharing import NewShareLink, ShareLink, ShareLinkId
from actors.store.versions.errors import InTrash
from daemon.service.callers import caller
from daemon.service.ports import Archive
from daemon.service.refusals import InvalidRequest, TokenMismatch, Violation
from daemon.service.wire.archive import document_id
from daemon.service.wire.link_passwords import hashed
from daemon.service.wire.masks import masked, merging, paths_of
from daemon.service.wire.page_tokens import page_token, position_of
from daemon.service.wire.shares import share_content, share_link_facts, share_link_id, share_link_message
from daemon.service.wire.values import expected_revision
from scriba.v1 import shares_pb2 as pb

PATHS = ("name", "expire_time", "password", "max_downloads", "disabled")
PAGE_SIZE = 100
# Where the pages of links stand (daemon/web/sharing).
PATH = "/s/"


class Sharing:
    """Keeps links as those want them who make them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def create(self, told: pb.ShareLink) -> pb.CreateShareLinkResponse:
        """Make a link, and tell its secret once. Raises InvalidRequest, DocumentNotFound, InTrash."""
        store, secret = self._archive.store, new_link_secret()
        if not told.document_ids:
            raise InvalidRequest(Violation("link.document_ids", "must name 1 to 100 documents"))
        self._check_time(told)
        documents = [document_id(text) for text in told.document_ids]
        for document in store.documents.get_many(documents):
            if document.delete_time is not None:
                raise InTrash(document.id)
        new = NewShareLink(
            maker=caller().user,
            digest=digest(secret),
            documents=tuple(documents),
            content=share_content(told.content),
            facts=share_link_facts(told),
            password_hash=hashed("link.password", told.password, told.name),
        )
        link, path = store.share_links.create(new, self._archive.now()), f"{PATH}{secret}"
        address = self._archive.facts.public_url
        return pb.CreateShareLinkResponse(link=share_link_message(link), secret=secret, path=path, url=address and f"{address}{path}")

    def page(self, request: pb.ListShareLinksRequest) -> pb.ListShareLinksResponse:
        """Answer one page of links. Raises TokenMismatch for another query's token."""
        size, document = request.page_size or PAGE_SIZE, document_id(request.document_id) if request.document_id else None
        found = self._archive.store.share_links.list(_after(request), size + 1, document)
        shown = found[:size]
        more = page_token([shown[-1].id], request) if len(found) > size else ""
        return pb.ListShareLinksResponse(links=map(share_link_message, shown), next_page_token=more)

    def get(self, text: str) -> ShareLink:
        """Give one link. Raises ShareLinkNotFound."""
        return self._archive.store.share_links.get(share_link_id(text))

    def update(self, request: pb.UpdateShareLinkRequest) -> ShareLink:
        """Change a link. Raises InvalidRequest, ShareLinkNotFound, StaleItem."""
        paths = paths_of(request.update_mask, PATHS)
        link_id, named = share_link_id(request.link.id), expected_revision(request.link.etag)
        if "expire_time" in paths:
            self._check_time(request.link)
        password = hashed("link.password", request.link.password, request.link.name) if "password" in paths else None
        links = self._archive.store.share_links

        def change() -> ShareLink:
            present = links.get(link_id)
            told = masked(share_link_message(present), request.link, request.update_mask)
            return links.update(link_id, share_link_facts(told), password, named or present.revision)

        return merging(change, named)

    def delete(self, request: pb.DeleteShareLinkRequest) -> None:
        """Take a link back. Raises ShareLinkNotFound, StaleItem."""
        self._archive.store.share_links.delete(share_link_id(request.id), expected_revision(request.etag))

    def _check_time(self, told: pb.ShareLink) -> None:
        until = share_link_facts(told).expire_time
        if until is not None and until <= self._archive.now():
            raise InvalidRequest(Violation("link.expire_time", "has passed already"))


def _after(request: pb.ListShareLinksRequest) -> ShareLinkId | None:
    if not request.page_token:
        return None
    match position_of("page_token", request.page_token, request):
        case [int(last)]:
            return ShareLinkId(last)
        case _:
            raise TokenMismatch("page_token")
