"""Labels and saved views through the real server."""

from typing import Any

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from daemon.service.cataloguing.keeping import LABEL_PATHS, VIEW_PATHS
from scriba.v1 import catalog_pb2 as pb
from scriba.v1 import documents_pb2
from tests.service.house import House, failing

TAG = pb.LABEL_KIND_TAG


def create(house: House, name: str, kind: int = TAG, **values: object) -> Any:
    return house.catalog.CreateLabel(pb.CreateLabelRequest(label=pb.Label(kind=kind, name=name, **values)))  # type: ignore[arg-type]  # each test names its fields


async def label(house: House, name: str, kind: int = TAG, **values: object) -> pb.Label:
    answer: pb.CreateLabelResponse = await create(house, name, kind, **values)
    return answer.label


def update(label_id: str, *paths: str, etag: str = "", **values: object) -> pb.UpdateLabelRequest:
    told = pb.Label(id=label_id, etag=etag, **values)  # type: ignore[arg-type]  # as above
    return pb.UpdateLabelRequest(label=told, update_mask=FieldMask(paths=paths))


def save(name: str, **values: object) -> pb.CreateViewRequest:
    return pb.CreateViewRequest(view=pb.View(name=name, **values))  # type: ignore[arg-type]  # as above


async def names(house: House, kind: int = TAG, **query: object) -> list[str]:
    """List every page."""
    found, token = list[str](), ""
    while True:
        answer = await house.catalog.ListLabels(pb.ListLabelsRequest(kind=kind, page_token=token, **query))  # type: ignore[arg-type]  # as above
        found += [label.name for label in answer.labels]
        token = answer.next_page_token
        if not token:
            assert answer.total_size == len(found)
            return found


async def test_a_new_label_is_told_as_it_was_made(house: House) -> None:
    parent = await label(house, "Money")
    rule: dict[str, Any] = {"matching": pb.MATCHING_ANY, "pattern": "tax levy", "case_sensitive": True}
    made = await label(house, "  Tax ", colour="#AABBCC", inbox=True, parent_id=parent.id, **rule)
    assert made == pb.Label(
        id=made.id,
        etag="1",
        kind=TAG,
        name="Tax",
        matching=pb.MATCHING_ANY,
        pattern="tax levy",
        case_sensitive=True,
        colour="#aabbcc",
        inbox=True,
        parent_id=parent.id,
    )
    assert (await house.catalog.GetLabel(pb.GetLabelRequest(id=made.id))).label == made
    assert (await label(house, "ACME", pb.LABEL_KIND_CORRESPONDENT)).matching == pb.MATCHING_AUTO


async def test_a_list_counts_the_documents_outside_the_trash(house: House) -> None:
    house.accept("one", tags=("tax", "home"))
    trashed = house.accept("two", tags=("tax",))
    await house.documents.DeleteDocument(documents_pb2.DeleteDocumentRequest(id=trashed))
    answer = await house.catalog.ListLabels(pb.ListLabelsRequest(kind=TAG))
    assert [(label.name, label.document_count) for label in answer.labels] == [("home", 1), ("tax", 1)]
    tax = answer.labels[1]
    assert (await house.catalog.GetLabel(pb.GetLabelRequest(id=tax.id))).label.document_count == 1


async def test_pages_hold_every_label_once_by_name(house: House) -> None:
    for name in ("banana", "Apple", "cherry", "date", "ELDER"):
        await label(house, name)
    await label(house, "another kind", pb.LABEL_KIND_STORAGE_PATH)
    assert await names(house, page_size=2) == ["Apple", "banana", "cherry", "date", "ELDER"]
    assert await names(house, page_size=5) == ["Apple", "banana", "cherry", "date", "ELDER"]
    assert await names(house, name_part="A") == ["Apple", "banana", "date"]
    assert await names(house, name_part="%") == []


async def test_a_page_token_of_labels_holds_only_for_its_query(house: House) -> None:
    for name in ("one", "two"):
        await label(house, name)
    token = (await house.catalog.ListLabels(pb.ListLabelsRequest(kind=TAG, page_size=1))).next_page_token
    for request in (
        pb.ListLabelsRequest(kind=pb.LABEL_KIND_DOCUMENT_TYPE, page_token=token),
        pb.ListLabelsRequest(kind=TAG, page_token=token, name_part="o"),
        pb.ListLabelsRequest(kind=TAG, page_token="no token"),
    ):
        failure = await failing(house.catalog.ListLabels(request))
        assert (failure.code, failure.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "PAGE_TOKEN_MISMATCH")


async def test_a_list_without_a_kind_is_refused(house: House) -> None:
    failure = await failing(house.catalog.ListLabels(pb.ListLabelsRequest()))
    assert list(failure.violations) == ["kind"]


NO_LABELS: list[tuple[dict[str, Any], str]] = [
    ({"name": "  "}, "label.name"),
    ({"name": "x" * 129}, "label.name"),
    ({"name": "x", "kind": 0}, "label.kind"),
    ({"name": "x", "kind": 77}, "label.kind"),
    ({"name": "x", "matching": 77}, "label.matching"),
    ({"name": "x", "pattern": "p" * 4097}, "label.pattern"),
    ({"name": "x", "matching": pb.MATCHING_REGEX, "pattern": "in(voice"}, "label.pattern"),
    ({"name": "x", "matching": pb.MATCHING_ANY, "pattern": " "}, "label.pattern"),
    ({"name": "x", "colour": "red"}, "label.colour"),
    ({"name": "x", "colour": "#12345"}, "label.colour"),
    ({"name": "x", "parent_id": "top"}, "label.parent_id"),
    ({"name": "x", "parent_id": "99"}, "label.parent_id"),
    ({"name": "x", "template": "{{ title }}"}, "label.template"),
    ({"name": "x", "kind": pb.LABEL_KIND_CORRESPONDENT, "colour": "#112233"}, "label.colour"),
    ({"name": "x", "kind": pb.LABEL_KIND_DOCUMENT_TYPE, "inbox": True}, "label.inbox"),
    ({"name": "x", "kind": pb.LABEL_KIND_STORAGE_PATH, "parent_id": "1"}, "label.parent_id"),
    ({"name": "x", "kind": pb.LABEL_KIND_STORAGE_PATH, "template": "t" * 4097}, "label.template"),
    ({"name": "x", "kind": pb.LABEL_KIND_STORAGE_PATH, "template": "{{ titel }}"}, "label.template"),
]


async def test_a_label_that_cannot_be_is_refused_with_its_field(house: House) -> None:
    for values, field in NO_LABELS:
        failure = await failing(create(house, **values))
        assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, [field]), values


async def test_a_name_is_taken_whatever_its_capitals_but_only_among_its_kind(house: House) -> None:
    first = await label(house, "Größe")
    failure = await failing(create(house, " GRÖSSE "))
    assert (failure.code, failure.reason) == (grpc.StatusCode.ALREADY_EXISTS, "NAME_TAKEN")
    assert failure.metadata == {"name": "GRÖSSE", "id": first.id}
    await label(house, "Größe", pb.LABEL_KIND_CORRESPONDENT)
    other = await label(house, "other")
    failure = await failing(house.catalog.UpdateLabel(update(other.id, "name", name="größe")))
    assert failure.reason == "NAME_TAKEN"


async def test_an_update_changes_what_the_mask_names_and_no_document(house: House) -> None:
    document = house.accept("text", tags=("old",))
    before = (await house.documents.GetDocument(documents_pb2.GetDocumentRequest(id=document))).document
    (old,) = (await house.catalog.ListLabels(pb.ListLabelsRequest(kind=TAG))).labels
    request = update(old.id, "name", "colour", name="new", colour="#000000", pattern="ignored", inbox=True)
    changed = (await house.catalog.UpdateLabel(request)).label
    assert (changed.name, changed.colour, changed.pattern, changed.inbox) == ("new", "#000000", "", False)
    assert changed.etag != old.etag
    after = (await house.documents.GetDocument(documents_pb2.GetDocumentRequest(id=document))).document
    assert (list(after.tags), after.etag) == (["new"], before.etag)
    cleared = (await house.catalog.UpdateLabel(update(old.id, "colour"))).label
    assert (cleared.name, cleared.colour) == ("new", "")


async def test_what_was_wrong_before_does_not_hinder_another_change(house: House) -> None:
    house.accept("text", tags=("x" * 200,))  # a folder may be called so
    (long,) = (await house.catalog.ListLabels(pb.ListLabelsRequest(kind=TAG))).labels
    await house.catalog.UpdateLabel(update(long.id, "colour", colour="#000000"))
    failure = await failing(house.catalog.UpdateLabel(update(long.id, "name", name="y" * 200)))
    assert list(failure.violations) == ["label.name"]


async def test_a_pattern_is_looked_at_again_when_it_becomes_a_regular_expression(house: House) -> None:
    made = await label(house, "x", matching=pb.MATCHING_ANY, pattern="in(voice")
    failure = await failing(house.catalog.UpdateLabel(update(made.id, "matching", matching=pb.MATCHING_REGEX)))
    assert list(failure.violations) == ["label.pattern"]
    assert failure.violations["label.pattern"].startswith("column ")
    await house.catalog.UpdateLabel(update(made.id, "matching", matching=pb.MATCHING_EXACT))


@pytest.mark.parametrize("path", ["id", "kind", "etag", "document_count", "no_such_field", "*", ""])
async def test_a_path_of_a_label_that_cannot_be_changed_is_refused(house: House, path: str) -> None:
    made = await label(house, "x")
    failure = await failing(house.catalog.UpdateLabel(update(made.id, path)))
    assert (failure.reason, failure.metadata) == ("PATH_REFUSED", {"path": path, "allowed": ",".join(LABEL_PATHS)})


async def test_an_empty_mask_is_refused(house: House) -> None:
    made = await label(house, "x")
    failure = await failing(house.catalog.UpdateLabel(update(made.id, name="y")))
    assert list(failure.violations) == ["update_mask"]


async def test_a_stale_etag_of_a_label_is_refused(house: House) -> None:
    made = await label(house, "x")
    await house.catalog.UpdateLabel(update(made.id, "name", etag=made.etag, name="y"))
    for call in (
        house.catalog.UpdateLabel(update(made.id, "name", etag=made.etag, name="z")),
        house.catalog.DeleteLabel(pb.DeleteLabelRequest(id=made.id, etag=made.etag)),
    ):
        failure = await failing(call)
        assert (failure.code, failure.reason, failure.metadata) == (grpc.StatusCode.ABORTED, "STALE_ETAG", {"etag": "2"})


async def test_a_tag_moved_below_another_brings_that_one_to_its_documents(house: House) -> None:
    document = house.accept("text", tags=("child",))
    (child,) = (await house.catalog.ListLabels(pb.ListLabelsRequest(kind=TAG))).labels
    parent = await label(house, "parent")
    await house.catalog.UpdateLabel(update(child.id, "parent_id", parent_id=parent.id))
    told = (await house.documents.GetDocument(documents_pb2.GetDocumentRequest(id=document))).document
    assert list(told.tags) == ["child", "parent"]
    assert house.index.applied == 1
    failure = await failing(house.catalog.UpdateLabel(update(parent.id, "parent_id", parent_id=child.id)))
    assert (failure.reason, list(failure.violations)) == ("PARENT_REFUSED", ["label.parent_id"])


async def test_a_deleted_label_leaves_its_documents_and_tells_how_many(house: House) -> None:
    for text in ("one", "two"):
        house.accept(text, tags=("gone", "kept"))
    gone, _ = (await house.catalog.ListLabels(pb.ListLabelsRequest(kind=TAG))).labels
    answer = await house.catalog.DeleteLabel(pb.DeleteLabelRequest(id=gone.id))
    assert (answer.documents_changed, house.index.applied) == (2, 1)
    documents = (await house.documents.ListDocuments(documents_pb2.ListDocumentsRequest())).documents
    assert [list(document.tags) for document in documents] == [["kept"], ["kept"]]
    failure = await failing(house.catalog.GetLabel(pb.GetLabelRequest(id=gone.id)))
    assert (failure.code, failure.reason, failure.metadata) == (grpc.StatusCode.NOT_FOUND, "LABEL_NOT_FOUND", {"label": gone.id})


@pytest.mark.parametrize("item", ["7", "0", "-1", "abc", "٣", "9" * 64])
async def test_what_is_not_in_the_catalogue_is_not_found(house: House, item: str) -> None:
    calls = {
        "LABEL_NOT_FOUND": house.catalog.GetLabel(pb.GetLabelRequest(id=item)),
        "FIELD_NOT_FOUND": house.catalog.DeleteField(pb.DeleteFieldRequest(id=item)),
        "VIEW_NOT_FOUND": house.catalog.DeleteView(pb.DeleteViewRequest(id=item)),
    }
    for reason, call in calls.items():
        failure = await failing(call)
        assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, reason)


async def test_two_who_change_different_things_of_a_label_at_once_both_do(house: House) -> None:
    made = await label(house, "x")
    for round_ in range(10):
        colour = f"#0000{round_:02}"
        one = house.catalog.UpdateLabel(update(made.id, "colour", colour=colour))
        two = house.catalog.UpdateLabel(update(made.id, "pattern", pattern=f"p{round_}"))
        await one
        await two
        told = (await house.catalog.GetLabel(pb.GetLabelRequest(id=made.id))).label
        assert (told.colour, told.pattern) == (colour, f"p{round_}")


async def test_a_view_is_saved_changed_listed_and_removed(house: House) -> None:
    second = (await house.catalog.CreateView(save("Second", query="tag:tax created:2024", order_by="title desc", position=2))).view
    first = (await house.catalog.CreateView(save("First", display="table", columns=["title", "asn"], dashboard=True))).view
    assert list((await house.catalog.ListViews(pb.ListViewsRequest())).views) == [first, second]
    change = pb.UpdateViewRequest(
        view=pb.View(id=second.id, etag=second.etag, sidebar=True, name="ignored"), update_mask=FieldMask(paths=["sidebar", "position"])
    )
    changed = (await house.catalog.UpdateView(change)).view
    assert (changed.name, changed.sidebar, changed.position, changed.query) == ("Second", True, 0, "tag:tax created:2024")
    assert (await failing(house.catalog.UpdateView(change))).reason == "STALE_ETAG"
    await house.catalog.DeleteView(pb.DeleteViewRequest(id=first.id))
    assert list((await house.catalog.ListViews(pb.ListViewsRequest())).views) == [changed]
    assert (await failing(house.catalog.CreateView(save("SECOND")))).reason == "NAME_TAKEN"


NO_VIEWS: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "view.name"),
    ({"name": "x", "query": "created:someday"}, "view.query"),
    ({"name": "x", "query": "a" * 4097}, "view.query"),
    ({"name": "x", "order_by": "size"}, "view.order_by"),
    ({"name": "x", "page_size": 1001}, "view.page_size"),
    ({"name": "x", "page_size": -1}, "view.page_size"),
    ({"name": "x", "display": "d" * 65}, "view.display"),
    ({"name": "x", "columns": ["c"] * 101}, "view.columns"),
    ({"name": "x", "columns": ["c" * 129]}, "view.columns"),
    ({"name": "x", "position": -1}, "view.position"),
]


async def test_a_view_that_cannot_be_is_refused_with_its_field(house: House) -> None:
    for values, field in NO_VIEWS:
        failure = await failing(house.catalog.CreateView(save(**values)))
        assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, [field]), values


async def test_a_query_of_a_view_that_is_not_understood_is_refused_with_the_place(house: House) -> None:
    failure = await failing(house.catalog.CreateView(save("x", query="tag:tax created:someday")))
    assert (failure.reason, failure.metadata["column"]) == ("QUERY_INVALID", "17")


async def test_a_path_of_a_view_that_cannot_be_changed_is_refused(house: House) -> None:
    view = (await house.catalog.CreateView(save("x"))).view
    request = pb.UpdateViewRequest(view=pb.View(id=view.id), update_mask=FieldMask(paths=["id"]))
    assert (await failing(house.catalog.UpdateView(request))).metadata == {"path": "id", "allowed": ",".join(VIEW_PATHS)}
