"""Going through folders. It asks the database, so it works in threads."""

import unicodedata
from collections.abc import Sequence
from contextlib import suppress

from actors.store.errors import DocumentNotFound, FolderNotFound, StoreUnavailable
from actors.store.folders.places import Places
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.folders import Folder, Placed
from actors.store.rows.ordering import title_key
from daemon.service.ports import Archive
from daemon.service.refusals import TokenMismatch
from daemon.service.wire.archive import document_message
from daemon.service.wire.page_tokens import page_token, position_of
from scriba.v1 import folders_pb2 as pb

PAGE_SIZE = 100
# Where a page begins: behind a folder, or behind a document, which come after all folders.
_FOLDER, _DOCUMENT = "folder", "document"


class Browsing:
    """Lists folders as they are now, as far as that is known in a moment."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def page(self, request: pb.ListFoldersRequest) -> pb.ListFoldersResponse:
        """Answer one page; raises FolderNotFound, and TokenMismatch for another query's token."""
        path, size = path_of(request.path), request.page_size or PAGE_SIZE
        kind, key, last = _after(request)
        with suppress(StoreUnavailable):  # an archive that can only be read shows what it has
            self._archive.filer.keep_up()
        count = self._places.count(path)
        if path and not count:
            raise FolderNotFound(path)
        folders, documents, token = list[Folder](), list[Placed](), ""
        if kind == _FOLDER:
            folders = list(self._places.folders(path, (key, str(last)) if last else None, size + 1))
        if len(folders) > size:
            folders = folders[:size]
            token = page_token([_FOLDER, title_key(name_of(folders[-1])), folders[-1].path], request)
        else:
            room, after = size - len(folders), (key, DocumentId(int(last))) if kind == _DOCUMENT else None
            found = self._places.documents(path, after, room + 1)
            documents = list(found[:room])
            if len(found) > room:
                token = page_token([_DOCUMENT, *_place(documents)], request)
        return pb.ListFoldersResponse(
            folders=[
                pb.Folder(path=one.path, name=name_of(one), document_count=one.documents, has_folders=one.has_folders) for one in folders
            ],
            documents=self._told(documents),
            next_page_token=token,
            document_count=count,
            moving_count=self._places.waiting(),
        )

    def _told(self, placed: Sequence[Placed]) -> list[pb.PlacedDocument]:
        wanted = list(placed)
        while True:
            try:
                documents = self._archive.store.documents.get_many([one.document_id for one in wanted])
            except DocumentNotFound as purged:  # a moment ago
                wanted = [one for one in wanted if one.document_id != purged.document_id]
            else:
                return [
                    pb.PlacedDocument(name=one.place.name, document=document_message(document), problem=one.place.problem)
                    for one, document in zip(wanted, documents, strict=True)
                    if document.delete_time is None
                ]

    @property
    def _places(self) -> Places:
        return self._archive.store.places


def path_of(text: str) -> str:
    """Read the path of a folder as people write it."""
    parts = unicodedata.normalize("NFC", text).split("/")
    return "/".join(part for part in parts if part)


def name_of(folder: Folder) -> str:
    """Give a folder's own name."""
    return folder.path.rpartition("/")[2]


def _place(documents: Sequence[Placed]) -> tuple[str, int]:
    # A page may be full of folders alone: the documents then begin on the next.
    return (title_key(documents[-1].place.name), documents[-1].document_id) if documents else ("", 0)


def _after(request: pb.ListFoldersRequest) -> tuple[str, str, str | int]:
    if not request.page_token:
        return _FOLDER, "", ""
    match position_of("page_token", request.page_token, request):
        case ["folder", str(key), str(last)]:
            return _FOLDER, key, last
        case ["document", str(key), int(last)]:
            return _DOCUMENT, key, last
        case _:
            raise TokenMismatch("page_token")
