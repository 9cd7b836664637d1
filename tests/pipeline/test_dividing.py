"""A scan with separators becomes the documents that it holds, whatever happens meanwhile."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from actors.barcodes.settings import BarcodeSettings
from actors.failpoints import Failpoint, Moment, Point
from actors.ocr.errors import DecoderKilled, DocumentUnreadable
from actors.store.nouns.archive import DocumentForm, DocumentId, DocumentState
from actors.store.nouns.jobs import JobKind, JobState
from actors.store.store import Store
from tests.pipeline.cast import ASSEMBLED, SHEETS, Stage, stage_with_sheet, until, working
from tests.pipeline.following import all_done, documents
from tests.pipeline.killing import Killer
from tests.store.making import deliver


@pytest.fixture
def stage(store: Store) -> Stage:
    return stage_with_sheet(store)


def scanned(store: Store, content: str = "scan") -> DocumentId:
    return deliver(store, content, title="Post", tags=("batch",), now=datetime.now(UTC)).document_id


def contents(store: Store) -> list[bytes]:
    """Give the original of each document that is not in the trash."""
    return [store.originals.path(document).read_bytes() for document in documents(store)]


async def test_a_scan_is_divided_before_it_is_read_and_its_parts_go_all_the_way(stage: Stage) -> None:
    scan = scanned(stage.store)
    await all_done(stage)
    first, second = documents(stage.store)
    assert [(one.title, one.original_filename, one.page_count, one.tags, one.state) for one in (first, second)] == [
        ("Post (1/2)", "scan-1.pdf", 2, ("batch",), DocumentState.READY),
        ("Post (2/2)", "scan-2.pdf", 2, ("batch",), DocumentState.READY),
    ]
    assert contents(stage.store) == [ASSEMBLED + b" page 1 page 2", ASSEMBLED + b" page 4 page 5"]
    (old,) = documents(stage.store, deleted=True)
    assert (old.id, old.form, old.state) == (scan, DocumentForm.REPLACED, DocumentState.READY)
    assert [warning.message for warning in old.warnings] == [f"Barcodes split this scan into the documents {first.id} and {second.id}."]
    assert stage.store.originals.path(old).read_bytes() == b"scan"
    assert stage.store.thumbnails.path(scan).is_file()
    assert sorted(stage.readers.looked_at) == [1, 2, 3, 4, 5]
    assert sorted(stage.readers.read_numbers) == [1, 1, 2, 2]
    assert list(stage.store.data.pages.iterdir()) == []


async def test_a_scan_without_separators_has_its_barcodes_looked_for_once(stage: Stage) -> None:
    stage.readers.codes = {2: ("ASN7",)}
    scan = scanned(stage.store)
    await all_done(stage)
    assert [record.barcodes for record in stage.store.pages.records(scan)] == [(), ("ASN7",), (), (), ()]
    assert all(record.barcodes_read for record in stage.store.pages.records(scan))
    assert sorted(stage.readers.looked_at) == sorted(stage.readers.read_numbers) == [1, 2, 3, 4, 5]
    assert stage.store.documents.get(scan).form is DocumentForm.WHOLE


async def test_where_nothing_can_be_divided_barcodes_are_read_with_the_text_and_alone_only_beside_it(stage: Stage) -> None:
    stage.barcodes = BarcodeSettings(asn=True)
    stage.binder.own_text = {2, 4}
    stage.readers.codes = {1: ("ASN7",), 2: ("TAG:a",)}
    scan = scanned(stage.store)
    await all_done(stage)
    assert [record.barcodes for record in stage.store.pages.records(scan)] == [("ASN7",), ("TAG:a",), (), (), ()]
    assert (sorted(stage.readers.looked_at), sorted(stage.readers.read_numbers)) == ([2, 4], [1, 3, 5])


async def test_only_the_first_pages_are_looked_at_where_that_is_set(stage: Stage) -> None:
    stage.settings = replace(stage.settings, barcode_pages=2)
    scan = scanned(stage.store)
    await all_done(stage)
    assert sorted(stage.readers.looked_at) == [1, 2]
    assert [record.barcodes_read for record in stage.store.pages.records(scan)] == [True, True, False, False, False]


async def test_a_digital_document_is_divided_too(stage: Stage) -> None:
    stage.binder.own_text = {1, 2, 3, 4, 5}
    scanned(stage.store)
    await all_done(stage)
    assert [one.page_count for one in documents(stage.store)] == [2, 2]
    assert stage.readers.read_numbers == []


async def test_a_torn_page_has_no_barcodes_and_stops_nothing(stage: Stage) -> None:
    stage.readers.unreadable = {1}
    scanned(stage.store)
    await all_done(stage)
    assert [one.page_count for one in documents(stage.store)] == [2, 2]


@pytest.mark.parametrize("signed", [True, False])
async def test_a_scan_that_cannot_be_divided_stays_whole_and_says_why(stage: Stage, signed: bool) -> None:
    stage.binder.signed = signed
    stage.binder.assembly_failures = [DocumentUnreadable("the file is torn")]
    scan = scanned(stage.store)
    await all_done(stage)
    (kept,) = documents(stage.store)
    assert (kept.id, kept.page_count, kept.state, kept.form) == (scan, 5, DocumentState.READY, DocumentForm.WHOLE)
    (warning,) = kept.warnings
    assert warning.code == "NOT_SPLIT"
    assert ("signed" if signed else "the file is torn") in warning.message


async def test_a_decoder_killed_from_outside_costs_no_part(stage: Stage) -> None:
    stage.binder.assembly_failures = [DecoderKilled("crashed"), DecoderKilled("crashed")]
    scanned(stage.store)
    await all_done(stage)
    assert len(documents(stage.store)) == 2


async def test_what_is_read_again_by_hand_is_not_divided(stage: Stage) -> None:
    stage.barcodes = BarcodeSettings()
    scan = scanned(stage.store)
    await all_done(stage)
    stage.barcodes = SHEETS
    stage.store.jobs.enqueue(scan, JobKind.DOCUMENT, "again", {}, datetime.now(UTC))
    await all_done(stage)
    assert [one.id for one in documents(stage.store)] == [scan]
    assert stage.store.pages.records(scan)[2].barcodes == ("PATCHT",)


async def test_a_scan_that_is_restored_is_read_as_one_and_says_that_its_parts_are_there(stage: Stage) -> None:
    scan = scanned(stage.store)
    await all_done(stage)
    stage.store.documents.undelete(scan, datetime.now(UTC))
    await all_done(stage)
    back = stage.store.documents.get(scan)
    assert (back.state, back.has_archive, [warning.code for warning in back.warnings]) == (DocumentState.READY, True, ["SPLIT"])
    assert len(documents(stage.store)) == 3
    assert stage.store.pages.texts(scan)[4] == "text of page 5"


@pytest.mark.parametrize(
    ("place", "visits"),
    [
        (Failpoint(Moment.BEFORE, Point.STORED), 1),
        (Failpoint(Moment.AFTER, Point.STORED), 1),
        (Failpoint(Moment.BEFORE, Point.STORED), 2),
        (Failpoint(Moment.BEFORE, Point.COMMITTED), 1),
        (Failpoint(Moment.AFTER, Point.COMMITTED), 1),
    ],
    ids=lambda value: value.name if isinstance(value, Failpoint) else str(value),
)
async def test_a_death_while_a_scan_is_divided_leaves_the_scan_or_its_parts_and_never_both(
    stage: Stage, place: Failpoint, visits: int
) -> None:
    scan = scanned(stage.store)
    stage.checkpoint = killer = Killer(place, visits)
    async with working(stage.pipeline("first life")):
        await until(lambda: killer.has_struck)
    there = [one.id for one in documents(stage.store)]
    assert (there == [scan]) != (len(there) == 2)
    await all_done(stage)
    assert contents(stage.store) == [ASSEMBLED + b" page 1 page 2", ASSEMBLED + b" page 4 page 5"]
    assert [one.id for one in documents(stage.store, deleted=True)] == [scan]
    assert sorted(stage.store.data.originals.glob("*/*")) == sorted(
        stage.store.originals.path(one) for one in (*documents(stage.store), *documents(stage.store, deleted=True))
    )
    assert {job.state for job in stage.store.jobs.list((), None, None, 10)} == {JobState.SUCCEEDED}
    assert list(stage.store.data.pages.iterdir()) == []
