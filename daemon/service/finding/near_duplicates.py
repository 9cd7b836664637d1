"""Papers that are there more than once."""

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.likeness import SamePaper, SamePapers
from daemon.service.ports import Archive
from daemon.service.refusals import TokenMismatch
from daemon.service.wire.archive import document_id, document_message
from daemon.service.wire.page_tokens import page_token, position_of
from scriba.v1 import search_pb2 as pb

DUPLICATES = 10
GROUPS = 20


class NearDuplicates:
    """Tells what the pipeline has found; the answers come from the database alone."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def of(self, request: pb.FindNearDuplicatesRequest) -> pb.FindNearDuplicatesResponse:
        """Answer the near-duplicates of a document; raises DocumentNotFound."""
        asked = document_id(request.id)
        found = self._archive.store.likenesses.of(asked, request.page_size or DUPLICATES)
        return pb.FindNearDuplicatesResponse(duplicates=[duplicate_message(one, asked) for one in found])

    def page(self, request: pb.ListNearDuplicatesRequest) -> pb.ListNearDuplicatesResponse:
        """Answer one page of all that there are; raises TokenMismatch for another query's token."""
        size = request.page_size or GROUPS
        groups = self._archive.store.likenesses.groups(_before(request), size + 1)
        return pb.ListNearDuplicatesResponse(
            groups=[group_message(group) for group in groups[:size]],
            next_page_token=page_token([groups[size - 1].documents[-1].id], request) if len(groups) > size else "",
        )


def duplicate_message(found: SamePaper, asked: DocumentId) -> pb.NearDuplicate:
    """Tell a near-duplicate of the document that was asked about."""
    return pb.NearDuplicate(document=document_message(found.document), likeness=found.likeness, came_before=found.document.id < asked)


def group_message(group: SamePapers) -> pb.NearDuplicateGroup:
    """Tell of documents that are one paper."""
    return pb.NearDuplicateGroup(documents=map(document_message, group.documents), likeness=group.likeness)


def _before(request: pb.ListNearDuplicatesRequest) -> DocumentId | None:
    if not request.page_token:
        return None
    match position_of("page_token", request.page_token, request):
        case [int(newest)]:
            return DocumentId(newest)
        case _:
            raise TokenMismatch("page_token")
