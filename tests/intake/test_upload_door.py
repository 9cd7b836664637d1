"""Uploads: once for each request id, checked, whatever happens in between."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from actors.failpoints import Point, after
from actors.intake.errors import ChecksumMismatch, FieldsRefused, NoSpace, OwnerGone, StorageFailed, UploadMissing, UploadTooLarge
from actors.intake.intake import utc_now
from actors.intake.messages import AcceptUpload, UploadAccepted
from actors.intake.settings import IntakeSettings
from actors.store.errors import StoreUnavailable
from actors.store.nouns.archive import DocumentChanges, SourceKind
from actors.store.nouns.catalog import FieldFacts, FieldKind
from actors.store.nouns.identity import Role, UserFacts
from actors.store.store import Store
from tests.intake.archive import FailingArchive, Killed, killed_at
from tests.intake.dropping import documents_in, intake_on, original_of, sha256, spool_files

DATA = b"An uploaded letter"


def uploaded(store: Store, request_id: str = "request-1", data: bytes = DATA) -> AcceptUpload:
    staged = store.data.upload_file(request_id)
    staged.write_bytes(data)
    return AcceptUpload(staged, request_id, "letter.txt", sha256=sha256(data))


async def test_an_upload_becomes_a_document_with_what_was_said_about_it(store: Store) -> None:
    given = DocumentChanges(
        title=" A\nletter ", tags=("Post", "Post", " "), created_date=date(2024, 2, 29), correspondent=" ACME ", document_type=" ", asn=7
    )
    order = replace(uploaded(store), filename="C:\\Scans\\a.txt", given=given)
    answer = await intake_on(store).accept_upload(order)
    [document] = documents_in(store)
    assert answer == UploadAccepted(document.id, answer.job_id, duplicate=False, sha256=sha256(DATA))
    assert (document.title, document.original_filename, document.tags, document.created_date) == (
        "A letter",
        "a.txt",
        ("Post",),
        date(2024, 2, 29),
    )
    assert (document.correspondent and document.correspondent.name, document.document_type, document.asn) == ("ACME", None, 7)
    assert original_of(store, document) == DATA
    assert spool_files(store) == []


async def test_an_owner_who_went_while_the_file_came_is_refused_until_the_file_comes_for_another(store: Store) -> None:
    anna, bert = (store.users.create(UserFacts(name, Role.EDITOR), utc_now()).id for name in ("anna", "bert"))
    store.users.delete(anna, None)
    order = replace(uploaded(store), owner=anna)
    with pytest.raises(OwnerGone):
        await intake_on(store).accept_upload(order)
    assert documents_in(store) == []
    order.staged.write_bytes(DATA)
    await intake_on(store).accept_upload(replace(order, owner=bert))
    assert [one.owner for one in documents_in(store)] == [bert]


async def test_a_custom_field_that_went_while_the_file_came_is_refused_until_the_file_comes_without_it(store: Store) -> None:
    field = store.catalog.fields.create(FieldKind.INTEGER, FieldFacts("Number"), ())
    store.catalog.fields.delete(field.id, None, utc_now())
    order = replace(uploaded(store), given=DocumentChanges(fields=((field.id, 7),)))
    with pytest.raises(FieldsRefused, match="send the file again without them"):
        await intake_on(store).accept_upload(order)
    assert documents_in(store) == []
    assert (await intake_on(store).accept_upload(uploaded(store))).duplicate is False


async def test_the_same_request_id_gets_the_same_answer_with_and_without_a_file(store: Store) -> None:
    order = uploaded(store)
    first = await intake_on(store).accept_upload(order)
    assert await intake_on(store).accept_upload(order) == first
    uploaded(store)
    assert await intake_on(store).accept_upload(order) == first
    assert spool_files(store) == []
    assert [document.duplicate_count for document in documents_in(store)] == [0]


async def test_a_door_knows_its_own_request_ids_and_those_of_no_other(store: Store) -> None:
    first = await intake_on(store).accept_upload(uploaded(store))
    mailed = replace(uploaded(store, data=b"another letter"), kind=SourceKind.MAIL)
    second = await intake_on(store).accept_upload(mailed)
    assert first.document_id != second.document_id
    assert await intake_on(store).accept_upload(mailed) == second


async def test_the_same_bytes_by_another_request_are_a_duplicate(store: Store) -> None:
    intake = intake_on(store)
    first = await intake.accept_upload(uploaded(store, "request-1"))
    second = await intake.accept_upload(uploaded(store, "request-2"))
    assert second == UploadAccepted(first.document_id, None, duplicate=True, sha256=first.sha256)


async def test_other_bytes_than_announced_are_dropped(store: Store) -> None:
    order = replace(uploaded(store), sha256=sha256(b"something else"))
    with pytest.raises(ChecksumMismatch):
        await intake_on(store).accept_upload(order)
    assert (documents_in(store), spool_files(store)) == ([], [])


async def test_an_upload_without_its_file_is_missing(store: Store) -> None:
    order = uploaded(store)
    order.staged.unlink()
    with pytest.raises(UploadMissing):
        await intake_on(store).accept_upload(order)


async def test_an_upload_that_is_still_written_is_not_taken(store: Store) -> None:
    order = uploaded(store)
    with order.staged.open("ab"), pytest.raises(UploadMissing):
        await intake_on(store).accept_upload(order)
    assert order.staged.exists()


async def test_an_upload_over_the_limit_is_dropped(store: Store) -> None:
    with pytest.raises(UploadTooLarge):
        await intake_on(store, settings=IntakeSettings(max_file_bytes=5, min_free_bytes=0)).accept_upload(uploaded(store))
    assert spool_files(store) == []


async def test_on_a_full_disk_an_upload_waits_in_the_spool(store: Store) -> None:
    order = uploaded(store)
    with pytest.raises(NoSpace):
        await intake_on(store, settings=IntakeSettings(min_free_bytes=10), free=lambda _: 9).accept_upload(order)
    assert isinstance(await intake_on(store).accept_upload(order), UploadAccepted)


async def test_an_upload_is_refused_while_the_database_is_away(store: Store) -> None:
    order = uploaded(store)
    with pytest.raises(StorageFailed):
        await intake_on(store, archive=FailingArchive(store, "before accept", StoreUnavailable("away"))).accept_upload(order)
    assert isinstance(await intake_on(store).accept_upload(uploaded(store)), UploadAccepted)


@pytest.mark.parametrize("point", [Point.SEEN, Point.HASHED, Point.STORED, Point.COMMITTED])
async def test_a_kill_after_any_step_lets_the_client_finish(store: Store, point: Point) -> None:
    order = uploaded(store)
    with pytest.raises(Killed):
        await intake_on(store, checkpoint=killed_at(after(point))).accept_upload(order)
    try:
        answer = await intake_on(store).accept_upload(order)
    except UploadMissing:
        assert point == Point.STORED  # the file lies in the archive without a row; sent again, it takes the same place
        answer = await intake_on(store).accept_upload(uploaded(store))
    [document] = documents_in(store)
    assert (answer.document_id, answer.duplicate, document.duplicate_count) == (document.id, False, 0)
    assert original_of(store, document) == DATA
    assert spool_files(store) == []


async def test_one_request_id_many_times_at_once_is_one_upload(store: Store) -> None:
    intake = intake_on(store)
    order = uploaded(store)
    answers = await asyncio.gather(*(intake.accept_upload(order) for _ in range(20)))
    assert len(set(answers)) == 1
    assert [document.duplicate_count for document in documents_in(store)] == [0]


async def test_an_upload_goes_on_when_its_caller_gives_up(store: Store) -> None:
    intake = intake_on(store)
    order = uploaded(store)
    call = asyncio.create_task(intake.accept_upload(order))
    await asyncio.sleep(0)
    call.cancel()
    answer = await intake.accept_upload(order)
    assert (answer.duplicate, intake.state().accepted) == (False, 1)
