"""Folders through the real server, which places documents by `{{ tag_list }}/{{ title }}`."""

from typing import Any

import grpc
from google.protobuf.field_mask_pb2 import FieldMask

from scriba.v1 import catalog_pb2, documents_pb2
from scriba.v1 import folders_pb2 as pb
from tests.service.house import House, failing


async def shown(house: House, path: str = "", **query: Any) -> tuple[list[tuple[str, int]], list[str]]:
    answer = await house.folders.ListFolders(pb.ListFoldersRequest(path=path, **query))
    return [(folder.path, folder.document_count) for folder in answer.folders], [one.name for one in answer.documents]


async def test_folders_are_listed_with_all_documents_below_them(house: House) -> None:
    house.accept("one", tags=("Tax",))
    document = house.accept("two", tags=("Tax",))
    house.accept("three", tags=("home",))
    assert await shown(house) == ([("home", 1), ("Tax", 2)], [])
    answer = await house.folders.ListFolders(pb.ListFoldersRequest(path="/Tax/"))
    assert [(one.name, one.document.title, one.problem) for one in answer.documents] == [("one", "one", ""), ("two", "two", "")]
    assert answer.documents[1].document.id == document
    assert (answer.document_count, answer.moving_count, answer.next_page_token) == (2, 0, "")
    assert (await house.folders.ListFolders(pb.ListFoldersRequest())).document_count == 3


async def test_what_has_changed_is_seen_at_once(house: House) -> None:
    document = house.accept("one", tags=("Tax",))
    tags = await house.catalog.ListLabels(catalog_pb2.ListLabelsRequest(kind=catalog_pb2.LABEL_KIND_TAG))
    renamed = catalog_pb2.Label(id=tags.labels[0].id, name="Levy")
    await house.catalog.UpdateLabel(catalog_pb2.UpdateLabelRequest(label=renamed, update_mask=FieldMask(paths=["name"])))
    assert await shown(house) == ([("Levy", 1)], [])
    path = catalog_pb2.Label(kind=catalog_pb2.LABEL_KIND_STORAGE_PATH, name="mine", template="mine/{{ doc_id }}")
    await house.catalog.CreateLabel(catalog_pb2.CreateLabelRequest(label=path))
    moved = documents_pb2.Document(id=document, storage_path="mine")
    await house.documents.UpdateDocument(documents_pb2.UpdateDocumentRequest(document=moved, update_mask=FieldMask(paths=["storage_path"])))
    assert await shown(house, "mine") == ([], [document])
    await house.documents.DeleteDocument(documents_pb2.DeleteDocumentRequest(id=document))
    assert await shown(house) == ([], [])


async def test_pages_hold_every_folder_and_document_once(house: House) -> None:
    for title in ("a", "B", "c"):
        house.accept(title, tags=("x/y",))  # a slash in a name makes no folder
        house.accept(f"{title} of one", tags=("x/y", title))
    everything = [("a,x-y", 1), ("B,x-y", 1), ("c,x-y", 1), ("x-y", 3)]
    for size in (1, 2, 3, 4, 5):
        for path, folders, documents in (("", everything, []), ("x-y", [], ["a", "B", "c"])):
            request, seen = pb.ListFoldersRequest(path=path, page_size=size), (list[tuple[str, int]](), list[str]())
            while True:
                answer = await house.folders.ListFolders(request)
                assert len(answer.folders) + len(answer.documents) <= size
                seen[0].extend((folder.path, folder.document_count) for folder in answer.folders)
                seen[1].extend(one.name for one in answer.documents)
                request.page_token = answer.next_page_token
                if not answer.next_page_token:
                    break
            assert seen == (folders, documents)


async def test_folders_and_documents_share_a_page(house: House) -> None:
    path = catalog_pb2.Label(kind=catalog_pb2.LABEL_KIND_STORAGE_PATH, name="top", template="{{ title }}")
    await house.catalog.CreateLabel(catalog_pb2.CreateLabelRequest(label=path))
    house.accept("inside", tags=("f",))
    for title in ("one", "two"):
        moved = documents_pb2.Document(id=house.accept(title), storage_path="top")
        mask = FieldMask(paths=["storage_path"])
        await house.documents.UpdateDocument(documents_pb2.UpdateDocumentRequest(document=moved, update_mask=mask))
    assert await shown(house) == ([("f", 1)], ["one", "two"])
    first = await house.folders.ListFolders(pb.ListFoldersRequest(page_size=1))
    assert (len(first.folders), len(first.documents)) == (1, 0)
    assert await shown(house, page_size=1, page_token=first.next_page_token) == ([], ["one"])


async def test_a_folder_that_is_not_there_is_not_found(house: House) -> None:
    failure = await failing(house.folders.ListFolders(pb.ListFoldersRequest(path="no/such")))
    assert (failure.code, failure.reason, failure.metadata) == (grpc.StatusCode.NOT_FOUND, "FOLDER_NOT_FOUND", {"path": "no/such"})
    assert await shown(house) == ([], [])


async def test_a_token_holds_only_for_its_folder(house: House) -> None:
    house.accept("one", tags=("a",))
    house.accept("two", tags=("b",))
    token = (await house.folders.ListFolders(pb.ListFoldersRequest(page_size=1))).next_page_token
    for request in (pb.ListFoldersRequest(path="a", page_token=token), pb.ListFoldersRequest(page_token="none")):
        failure = await failing(house.folders.ListFolders(request))
        assert (failure.code, failure.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "PAGE_TOKEN_MISMATCH")
